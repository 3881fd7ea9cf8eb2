"""The sum of diameters over time: points, lines within one line of treatment, and as many numbers as have room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.clinical.recist import Judgement
from app.figures.rows import Row
from app.figures.scale import TimeScale
from app.figures.shapes import Mark, Measure, Shape, Stop, Text
from app.figures.trace import trace
from app.figures.wording import date_in_words, number
from app.record.dates import earliest_day
from app.words import _

HEIGHT, HEIGHT_OF_ONE = 4.2, 2.0  # times the text size
UNDER = 1.2  # how far the baseline of a number stands under its sum, times the text size


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum in mm; `begins` where a new baseline does, `nadir` where it is the lowest since then."""

    day: date
    date: str
    mm: Decimal
    begins: bool
    entry: str
    nadir: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What stands beside it, longest first."""
        mm = number(self.mm)
        return (_("nadir {mm}").format(mm=mm), mm) if self.nadir else (mm,)

    @property
    def tip(self) -> str:
        """It in full."""
        said = _("{date}: sum of diameters {mm} mm").format(date=date_in_words(self.date), mm=number(self.mm))
        return _("{sum}, the nadir since the baseline").format(sum=said) if self.nadir else said


def sums_of(judgements: Sequence[Judgement]) -> tuple[Sum, ...]:
    """Return the sums that were computed, oldest first; of equal lowest ones the first is the nadir."""
    found = [
        Sum(earliest_day(one.date), one.date, one.sum_mm, one.is_baseline or bool(one.baseline_of), one.ids[-1])
        for one in judgements
        if one.sum_mm is not None
    ]
    found.sort(key=lambda one: one.day)
    starts = [place for place, one in enumerate(found) if one.begins or place == 0]
    for start, end in pairwise([*starts, len(found)]):
        lowest = min(range(start, end), key=lambda place: found[place].mm)
        if lowest > start:
            found[lowest] = replace(found[lowest], nadir=True)
    return tuple(found)


def height_of(sums: Sequence[Sum], stretch: float = 1) -> float:
    """Return how high their lane is, in text sizes; a trace is `stretch` times as high as it must be."""
    return HEIGHT * stretch if len(sums) > 1 else HEIGHT_OF_ONE if sums else 0


def sum_shapes(
    sums: Sequence[Sum], top: float, scale: TimeScale, size: float, measure: Measure, stretch: float = 1
) -> Iterator[Shape]:
    """Yield the trace of the sums, from its upper border at `top` down."""
    places = _places(sums, top, scale, size, stretch)
    starts = [place for place, one in enumerate(sums) if one.begins or place == 0]
    for start, end in pairwise([*starts, len(sums)]):
        yield from trace(places[start:end], scale, "sum", 1.1)
    shown = [(one, place) for one, place in zip(sums, places, strict=True) if scale.shows(one.day, one.day)]
    for one, (x, y) in shown:
        if one.nadir:
            yield Mark(x, y, "diamond", size * 0.6, "sum", filled=False, entry=one.entry)
        else:
            yield Mark(x, y, "circle", size * 0.45, "sum", entry=one.entry)
    lowest = top + height_of(sums, stretch) * size
    yield from _numbers([one for one, _place in shown], [place for _one, place in shown], lowest, scale, size, measure)


def sum_stops(
    sums: Sequence[Sum], top: float, scale: TimeScale, size: float, lane: int, name: str, stretch: float = 1
) -> Iterator[Stop]:
    """Yield where a person can go: every sum."""
    for one, (x, y) in zip(sums, _places(sums, top, scale, size, stretch), strict=True):
        if scale.shows(one.day, one.day):
            half = size * 0.8
            yield Stop(
                (one.entry,), one.tip, x - half, y - size * 1.3, x + half, y + size * 0.4, lane, name,
                (one.day, one.day),
            )  # fmt: skip


def _places(
    sums: Sequence[Sum], top: float, scale: TimeScale, size: float, stretch: float
) -> list[tuple[float, float]]:
    upper, bottom = top + size * 1.5, top + (height_of(sums, stretch) - 0.3) * size
    most = max((one.mm for one in sums), default=Decimal(0)) or Decimal(1)
    return [(scale.x(one.day), bottom - float(one.mm / most) * (bottom - upper)) for one in sums]


def _numbers(
    sums: Sequence[Sum],
    places: Sequence[tuple[float, float]],
    lowest: float,
    scale: TimeScale,
    size: float,
    measure: Measure,
) -> Iterator[Text]:
    """Yield the numbers that have room: the last one first, then nadirs, baselines and the highest, then the rest.

    Each stands where the trace does not pass: over a peak, beside a slope, under a valley down to `lowest`.
    """
    if not sums:
        return
    highest, last = max(one.mm for one in sums), len(sums) - 1

    def weight(place: int) -> tuple[int, int]:
        one = sums[place]
        return (0 if place == last else 1 if one.nadir else 2 if one.begins else 3 if one.mm == highest else 4, place)

    row = Row()
    for place in sorted(range(len(sums)), key=weight):
        x, y = places[place]
        for text in sums[place].words:
            width = measure(text, size) + size * 0.4
            falls, rises = _falls_and_rises(sums, place)
            share = 0.5 if falls is rises else 0.15 if falls else 0.85
            start = min(max(x - width * share, scale.left), scale.edge - width)
            if row.is_free(start, start + width):
                row.take(start, start + width)
                is_under = falls and rises and y + size * UNDER <= lowest
                y += size * UNDER if is_under else -size * 0.45
                yield Text(start + size * 0.2, y, text, size, "sum", entry=sums[place].entry)
                break


def _falls_and_rises(sums: Sequence[Sum], place: int) -> tuple[bool, bool]:
    """Return whether the trace comes from higher up, and whether it goes on higher up."""
    one, after = sums[place], sums[place + 1] if place + 1 < len(sums) else None
    falls = place > 0 and not one.begins and sums[place - 1].mm > one.mm
    return falls, after is not None and not after.begins and after.mm > one.mm
