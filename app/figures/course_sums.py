"""The sum of diameters over time: points, lines within one line of treatment, and as many numbers as have room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.clinical.recist import Judgement
from app.figures.rows import Row
from app.figures.scale import TimeScale
from app.figures.shapes import Line, Mark, Measure, Shape, Text
from app.figures.wording import date_in_words, number
from app.record.dates import earliest_day
from app.words import _

HEIGHT = 4.6  # times the text size


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum in mm; `begins` where a new baseline does."""

    day: date
    date: str
    mm: Decimal
    begins: bool
    entry: str


def sums_of(judgements: Sequence[Judgement]) -> list[Sum]:
    """Return the sums that were computed, oldest first."""
    found = [
        Sum(earliest_day(one.date), one.date, one.sum_mm, one.is_baseline, one.ids[-1])
        for one in judgements
        if one.sum_mm is not None
    ]
    return sorted(found, key=lambda one: one.day)


def sum_shapes(sums: Sequence[Sum], top: float, scale: TimeScale, size: float, measure: Measure) -> Iterator[Shape]:
    """Yield the trace of the sums, from its upper border at `top` down `HEIGHT` text sizes."""
    upper, bottom = top + size * 1.5, top + (HEIGHT - 0.3) * size
    most = max((one.mm for one in sums), default=Decimal(0)) or Decimal(1)
    places = [(scale.x(one.day), bottom - float(one.mm / most) * (bottom - upper)) for one in sums]
    for place, one in enumerate(sums):
        if place and not one.begins:
            yield Line(*places[place - 1], *places[place], "sum", 1.1)
    for (x, y), one in zip(places, sums, strict=True):
        tip = _("{date}: sum of diameters {mm} mm").format(date=date_in_words(one.date), mm=number(one.mm))
        yield Mark(x, y, "circle", size * 0.45, "sum", entry=one.entry, tip=tip)
    yield from _numbers(sums, places, scale, size, measure)


def _numbers(
    sums: Sequence[Sum], places: Sequence[tuple[float, float]], scale: TimeScale, size: float, measure: Measure
) -> Iterator[Text]:
    """Yield the numbers that have room: the last one first, then baselines, lowest and highest, then the rest."""
    if not sums:
        return
    lowest, highest = min(one.mm for one in sums), max(one.mm for one in sums)
    last = len(sums) - 1

    def weight(place: int) -> tuple[int, int]:
        one = sums[place]
        return (0 if place == last else 1 if one.begins else 2 if one.mm in (lowest, highest) else 3, place)

    row = Row()
    for place in sorted(range(len(sums)), key=weight):
        text, (x, y) = number(sums[place].mm), places[place]
        width = measure(text, size) + size * 0.4
        start = min(max(x - width / 2, scale.left), scale.edge - width)
        if row.is_free(start, start + width):
            row.take(start, start + width)
            yield Text(start + size * 0.2, y - size * 0.45, text, size, "sum", entry=sums[place].entry)
