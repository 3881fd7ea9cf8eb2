"""A scale of time: days to places, broken where nothing happened for long, and what stands under it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.figures.shapes import Measure
from app.words import _

FEWEST_DAYS = 45  # a course of one day still gets a scale with months on it
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months between ticks
WEEKS = (1, 2, 4, 8, 12, 24, 52, 104, 260, 520)  # weeks between ticks
LONG = 400  # days in which nothing happened, before the axis may be broken over them
MOST_BREAKS = 3
DAYS_OF_A_YEAR, DAYS_OF_A_MONTH = 365.25, 30.4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days in a row and their place; `broken`: they are drawn far shorter than the others."""

    first: date
    last: date
    left: float
    right: float
    broken: bool = False

    def x(self, day: date) -> float:
        """Return the place of one of its days."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Puts days between `left` and `right`; words stay left of `edge`, the place of the last day asked."""

    stretches: tuple[Stretch, ...]
    edge: float

    @property
    def first(self) -> date:
        """The first day on the scale."""
        return self.stretches[0].first

    @property
    def last(self) -> date:
        """The last day on the scale."""
        return self.stretches[-1].last

    @property
    def left(self) -> float:
        """The place of the first day."""
        return self.stretches[0].left

    @property
    def right(self) -> float:
        """The place of the last day."""
        return self.stretches[-1].right

    def x(self, day: date) -> float:
        """Return the place of a day; what lies outside is put on the border."""
        for stretch in self.stretches:
            if day <= stretch.last:
                return stretch.x(day) if day >= stretch.first else stretch.left
        return self.right

    def day_at(self, x: float) -> date:
        """Return the day at a place; outside of the scale its first or last."""
        for stretch in self.stretches:
            if x <= stretch.right:
                share = max(0.0, x - stretch.left) / max(1e-9, stretch.right - stretch.left)
                return _moved(stretch.first, round(share * (stretch.last - stretch.first).days))
        return self.last

    def shows(self, first: date, last: date) -> bool:
        """Return whether any of these days is on the scale."""
        return first <= self.last and last >= self.first

    def parts(self, x1: float, x2: float) -> Iterator[tuple[float, float, bool]]:
        """Yield the parts of a span of places, and whether each lies in a break."""
        for stretch in self.stretches:
            start, end = max(x1, stretch.left), min(x2, stretch.right)
            if start < end:
                yield start, end, stretch.broken

    @property
    def breaks(self) -> tuple[Stretch, ...]:
        """The stretches that are drawn far too short."""
        return tuple(one for one in self.stretches if one.broken)


def scale_over(
    days: Iterable[date],
    as_of: date,
    left: float,
    right: float,
    *,
    break_width: float = 0,
    window: tuple[date, date] | None = None,
) -> TimeScale:
    """Return a scale that holds all days and `as_of` with a little air, or of the days of a window alone.

    With a `break_width` it is broken over long times without any of `days`.
    """
    anchors = sorted({*days, as_of})
    if window is not None:
        first, last = window
        anchors = [one for one in anchors if first <= one <= last]
    else:
        first, last = anchors[0], max(anchors[-1], as_of)
    gaps = _gaps(anchors, (last - first).days) if break_width else []
    kept = (last - first).days - sum((end - start).days for start, end in gaps)
    if window is None:
        if kept < FEWEST_DAYS:
            first = _moved(first, kept - FEWEST_DAYS)
            kept = FEWEST_DAYS
        air = max(2, kept // 60)
        first, last = _moved(first, -air), _moved(last, 2 * air)
    return _laid_out(first, last, gaps, as_of, left, right, break_width)


def _gaps(anchors: Sequence[date], whole: int) -> list[tuple[date, date]]:
    """Return the gaps over which the scale breaks: long ones that would take a third of it; a margin stays drawn."""
    found, kept = [], whole
    longest_first = sorted(pairwise(anchors), key=lambda pair: pair[0] - pair[1])
    for start, end in longest_first[:MOST_BREAKS]:
        days = (end - start).days
        if days < LONG or 2 * days < kept - days:
            break
        margin = min(max((kept - days) // 12, 14), 90)
        found.append((_moved(start, margin), _moved(end, -margin)))
        kept -= days - 2 * margin
    return sorted(found)


def _laid_out(
    first: date,
    last: date,
    gaps: Sequence[tuple[date, date]],
    as_of: date,
    left: float,
    right: float,
    break_width: float,
) -> TimeScale:
    kept = max(1, (last - first).days - sum((end - start).days for start, end in gaps))
    a_day = max(0.0, right - left - break_width * len(gaps)) / kept
    stretches: list[Stretch] = []
    day, x = first, left
    for start, end in gaps:
        until = x + a_day * (start - day).days
        stretches += [Stretch(day, start, x, until), Stretch(start, end, until, until + break_width, broken=True)]
        day, x = end, until + break_width
    scale = TimeScale((*stretches, Stretch(day, last, x, right)), right)
    return TimeScale(scale.stretches, scale.x(as_of) if as_of > scale.first else right)


def duration(first: date, last: date) -> str:
    """Return about how long it is from one day to another: "14 years", "8 months"."""
    days = (last - first).days
    years = round(days / DAYS_OF_A_YEAR)
    if days >= 1.5 * DAYS_OF_A_YEAR:
        return _("{years} years").format(years=years)
    return _("{months} months").format(months=round(days / DAYS_OF_A_MONTH))


def ticks(scale: TimeScale, size: float, measure: Measure) -> list[tuple[float, str, bool]]:
    """Return place, label and whether it begins a year, of ticks as close as their labels allow."""
    halves = [(one, measure(duration(one.first, one.last), size) / 2) for one in scale.breaks]
    taken = [((one.left + one.right) / 2 - half, (one.left + one.right) / 2 + half) for one, half in halves]
    for step in STEPS:
        found = list(_ticks(scale, step, size, measure, taken))
        if len(found) < 2 or _are_apart([(x, label) for x, label, _year in found], scale, size, measure):
            break
    return found


def within(x: float, text: str, scale: TimeScale, size: float, measure: Measure) -> float:
    """Return the middle of a text at a place, moved so that it stays on the scale."""
    half = measure(text, size) / 2
    return min(max(x, scale.left + half), scale.right - half)


def _are_apart(
    labels: Sequence[tuple[float, str]], scale: TimeScale, size: float, measure: Measure, gap: float = 1
) -> bool:
    return all(
        within(*second, scale, size, measure) - within(*first, scale, size, measure)
        > (measure(first[1], size) + measure(second[1], size)) / 2 + gap * size
        for first, second in pairwise(labels)
    )


def _ticks(
    scale: TimeScale, step: int, size: float, measure: Measure, taken: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, str, bool]]:
    for stretch in scale.stretches:
        if stretch.broken:
            continue
        month = stretch.first.year * 12 + stretch.first.month - 1
        first_label = True
        for number in range(month + -month % step, stretch.last.year * 12 + stretch.last.month, step):
            day = date(number // 12, number % 12 + 1, 1) if 12 <= number < 120000 else None
            if day is None or not stretch.first <= day <= stretch.last:
                continue
            x, name = scale.x(day), months()[day.month - 1]
            is_year = day.month == 1
            label = str(day.year) if is_year else f"{name} {day.year}" if first_label else name
            middle, half = within(x, label, scale, size, measure), measure(label, size) / 2 + size / 2
            if any(start < middle + half and middle - half < end for start, end in taken):
                continue
            yield x, label, is_year
            first_label = False


def week_ticks(scale: TimeScale, day_0: date, size: float, measure: Measure) -> list[tuple[float, str]]:
    """Return place and number of the weeks since `day_0`, as close as the numbers allow."""
    whole = (scale.last - day_0).days // 7
    found: list[tuple[float, str]] = []
    for step in WEEKS:
        if whole // step > 200:
            continue
        days = ((_moved(day_0, 7 * number), str(number)) for number in range(0, whole + 1, step))
        unbroken = [one for one in scale.stretches if not one.broken]
        found = [(scale.x(day), label) for day, label in days if any(one.first <= day <= one.last for one in unbroken)]
        if _are_apart(found, scale, size, measure, gap=2):
            break
    return found


def months() -> tuple[str, ...]:
    """Return the short names of the months."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
