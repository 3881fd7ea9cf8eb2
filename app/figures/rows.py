"""Puts signs and their words into rows so that nothing touches: shorter words, then the sign alone, then a count."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.figures.course_events import Sign
from app.figures.scale import TimeScale
from app.figures.shapes import Anchor, Measure, shortened


@dataclass(slots=True)
class Row:
    """What is taken of one row: spans that do not touch, from left to right."""

    starts: list[float] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)

    def is_free(self, start: float, end: float) -> bool:
        """Return whether nothing is between `start` and `end`."""
        place = bisect_left(self.starts, end)
        return place == 0 or self.spans[place - 1][1] <= start

    def free_from(self, start: float, end: float) -> float:
        """Return how far to the right of `start` nothing is, at most to `end`."""
        place = bisect_left(self.starts, start)
        return min(end, self.starts[place]) if place < len(self.starts) else end

    def take(self, start: float, end: float) -> None:
        """Take the span."""
        insort(self.starts, start)
        insort(self.spans, (start, end))


@dataclass(frozen=True, slots=True)
class Placed:
    """A sign with the row it stands in, its places, and the words beside it (none: the sign alone)."""

    sign: Sign
    row: int
    x: float
    x_end: float
    text: str
    text_x: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Packing:
    """Signs in rows; `cut` is how many have no words or not all of them, `dropped` how many are not shown."""

    placed: tuple[Placed, ...]
    rows: int
    cut: int
    dropped: int


def pack(signs: Sequence[Sign], rows: int, scale: TimeScale, size: float, mark: float, measure: Measure) -> Packing:
    """Return the signs in at most `rows` rows, the weightier and earlier ones first."""
    taken = [Row() for _ in range(rows)]
    placed: list[Placed] = []
    cut = dropped = 0
    for sign in sorted(signs, key=lambda one: (-one.weight, one.day, one.entry)):
        one = _place(sign, taken, scale, size, mark, measure)
        if one is None:
            dropped += 1
            continue
        cut += one.text != sign.words[0]
        placed.append(one)
    placed.sort(key=lambda one: (one.row, one.x))
    used = 1 + max((one.row for one in placed), default=-1)
    return Packing(tuple(placed), used, cut, dropped)


def _place(sign: Sign, taken: list[Row], scale: TimeScale, size: float, mark: float, measure: Measure) -> Placed | None:
    gap, x, x_end = size * 0.5, scale.x(sign.day), scale.x(sign.until)
    left, right = x - mark / 2, max(x, x_end) + mark / 2
    for words in sign.words:
        width = measure(words, size) + gap * 1.5
        for number, row in enumerate(taken):
            if right + width <= scale.edge and row.is_free(left, right + width):
                row.take(left, right + width)
                return Placed(sign, number, x, x_end, words, right + gap * 0.5, "start")
            if left - width >= scale.left and row.is_free(left - width, right + gap):
                row.take(left - width, right + gap)
                return Placed(sign, number, x, x_end, words, left - gap * 0.5, "end")
    for number, row in enumerate(taken):
        if not row.is_free(left, right + gap):
            continue
        room = row.free_from(right, scale.edge) - right - gap * 1.5
        text = shortened(sign.words[-1], room, size, measure) if sign.weight > 1 and room > 3 * size else ""
        row.take(left, right + (measure(text, size) + gap * 1.5 if text else gap * 0.4))
        return Placed(sign, number, x, x_end, text, right + gap * 0.5, "start")
    return None


def rows_wanted(
    signs: Sequence[Sign], most: int, scale: TimeScale, size: float, mark: float, measure: Measure
) -> Packing:
    """Return the packing with the fewest rows in which every sign has its words, or the one of `most` rows."""
    packing = pack(signs, 1, scale, size, mark, measure)
    rows = 1
    while (packing.cut or packing.dropped) and rows < most:
        rows += 1
        packing = pack(signs, rows, scale, size, mark, measure)
    return packing
