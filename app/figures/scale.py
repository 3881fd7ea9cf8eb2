"""A scale of time: days to places, and the ticks under it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.figures.shapes import Measure
from app.words import _

FEWEST_DAYS = 75  # a course of one day still gets a scale with months on it
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months between ticks


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Puts days between `left` and `right`; words stay left of `edge`, the place of the last day."""

    first: date
    last: date
    left: float
    right: float
    edge: float

    def x(self, day: date) -> float:
        """Return the place of a day; what lies outside is put on the border."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)


def scale_over(first: date, last: date, left: float, right: float) -> TimeScale:
    """Return a scale that holds both days with a little air before and after, and is never too short."""
    days = max((last - first).days, 1)
    if days < FEWEST_DAYS:
        first = _moved(first, -(FEWEST_DAYS - days))
        days = FEWEST_DAYS
    air = max(2, days // 60)
    start, end = _moved(first, -air), _moved(last, 2 * air)
    edge = left + (right - left) * (last - start).days / max(1, (end - start).days)
    return TimeScale(start, end, left, right, edge)


def ticks(scale: TimeScale, size: float, measure: Measure) -> list[tuple[float, str, bool]]:
    """Return place, label and whether it begins a year, of ticks as close as their labels allow."""

    def middle(tick: tuple[float, str, bool]) -> float:
        half = measure(tick[1], size) / 2
        return min(max(tick[0], scale.left + half), scale.right - half)

    for step in STEPS:
        found = list(_ticks(scale, step))
        if len(found) < 2 or all(
            middle(second) - middle(first) > (measure(first[1], size) + measure(second[1], size)) / 2 + size
            for first, second in pairwise(found)
        ):
            break
    return found


def _ticks(scale: TimeScale, step: int) -> Iterator[tuple[float, str, bool]]:
    month = scale.first.year * 12 + scale.first.month - 1
    month += -month % step
    last = scale.last.year * 12 + scale.last.month - 1
    first_label = True
    for number in range(month, last + 1, step):
        day = date(number // 12, number % 12 + 1, 1) if 12 <= number < 120000 else None
        if day is None or not scale.first <= day <= scale.last:
            continue
        if day.month == 1:
            yield scale.x(day), str(day.year), True
        elif first_label:
            yield scale.x(day), f"{months()[day.month - 1]} {day.year}", False
        else:
            yield scale.x(day), months()[day.month - 1], False
        first_label = False


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
