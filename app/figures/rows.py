"""Puts signs and their words into rows so that nothing touches: shorter words, the sign alone, several as one."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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
    """Signs in rows; `cut` is how many have no words or not all of them, `dropped` are those without room."""

    placed: tuple[Placed, ...]
    rows: int
    cut: int
    dropped: tuple[Sign, ...]


def pack(signs: Sequence[Sign], rows: int, scale: TimeScale, size: float, mark: float, measure: Measure) -> Packing:
    """Return the signs in at most `rows` rows, the weightier and earlier ones first."""
    taken = [Row() for _ in range(rows)]
    placed: list[Placed] = []
    dropped: list[Sign] = []
    cut = 0
    for sign in sorted(signs, key=lambda one: (not one.of, -one.weight, one.day, one.entry)):
        one = _place(sign, taken, scale, size, mark, measure)
        if one is None:
            dropped.append(sign)
            continue
        cut += one.text != sign.words[0]
        placed.append(one)
    placed.sort(key=lambda one: (one.row, one.x))
    used = 1 + max((one.row for one in placed), default=-1)
    return Packing(tuple(placed), used, cut, tuple(dropped))


def pack_all(signs: Sequence[Sign], rows: int, scale: TimeScale, size: float, mark: float, measure: Measure) -> Packing:
    """Return the signs in at most `rows` rows: marks first, words where there is room beside them.

    Marks that would lie on one another become one, which says how many others it stands for.
    """
    packing = _marks_first(signs, rows, scale, size, mark, measure)
    while packing.dropped and len(signs) > 1:
        signs = _joined(signs, packing.dropped, scale)
        packing = _marks_first(signs, rows, scale, size, mark, measure)
    return packing


def _marks_first(
    signs: Sequence[Sign], rows: int, scale: TimeScale, size: float, mark: float, measure: Measure
) -> Packing:
    gap, taken, ends = size * 0.25, [Row() for _ in range(rows)], [float("-inf")] * rows
    homes: list[tuple[Sign, int]] = []
    dropped: list[Sign] = []
    for sign in sorted(signs, key=lambda one: (one.day, one.entry)):
        left, right = scale.x(sign.day) - mark / 2, max(scale.x(sign.day), scale.x(sign.until)) + mark / 2
        least = measure(sign.words[-1], size) + 2 * gap if sign.of else 0  # several as one say how many
        if right + least > scale.edge + mark and sign.of:
            left, right, least = left - least, right, 0
        number = min(range(rows), key=ends.__getitem__)
        if left < ends[number] + gap / 2:
            dropped.append(sign)
            continue
        ends[number] = right + least
        taken[number].take(left, right + gap / 2)
        homes.append((sign, number))
    placed = []
    for sign, number in sorted(homes, key=lambda pair: (not pair[0].of, -pair[0].weight, pair[0].day)):
        x, x_end = scale.x(sign.day), scale.x(sign.until)
        text, text_x, anchor = _words_beside(sign, taken[number], scale, size, mark, measure)
        placed.append(Placed(sign, number, x, x_end, text, text_x, anchor))
    placed.sort(key=lambda one: (one.row, one.x))
    cut = sum(one.text != one.sign.words[0] for one in placed)
    return Packing(tuple(placed), rows, cut, tuple(dropped))


def _words_beside(
    sign: Sign, row: Row, scale: TimeScale, size: float, mark: float, measure: Measure
) -> tuple[str, float, Anchor]:
    """Return the longest words that have room on the right or left of a mark that stands in its row, and take it."""
    gap = size * 0.25
    left, right = scale.x(sign.day) - mark / 2, max(scale.x(sign.day), scale.x(sign.until)) + mark / 2 + gap / 2
    for words in sign.words:
        width = measure(words, size) + 2 * gap
        if right + width <= scale.edge and row.is_free(right, right + width):
            row.take(right, right + width)
            return words, right + gap / 2, "start"
        if left - width >= scale.left and row.is_free(left - width, left):
            row.take(left - width, left)
            return words, left - gap, "end"
    return "", right, "start"


def _joined(signs: Sequence[Sign], dropped: Sequence[Sign], scale: TimeScale) -> list[Sign]:
    """Return the signs with each dropped one put together with the one nearest to it."""
    ordered = sorted(signs, key=lambda one: (one.day, one.entry))
    places = [scale.x(one.day) for one in ordered]
    homeless = {id(one) for one in dropped}
    joins = [False] * len(ordered)  # with the one before
    for number, one in enumerate(ordered):
        if id(one) in homeless:
            before = places[number] - places[number - 1] if number else float("inf")
            after = places[number + 1] - places[number] if number + 1 < len(places) else float("inf")
            joins[number if before <= after else number + 1] = True
    groups: list[list[Sign]] = []
    for one, with_former in zip(ordered, joins, strict=True):
        if with_former:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [_one_of(group) for group in groups]


def _one_of(group: Sequence[Sign]) -> Sign:
    """Return one sign for several: the weightiest, the oldest of those, with a count of the others."""
    if len(group) == 1:
        return group[0]
    signs = tuple(sign for one in group for sign in one.signs)
    lead = min(signs, key=lambda one: (-one.weight, one.day))
    others = f"+{len(signs) - 1}"
    words = (*(f"{one} {others}" for one in dict.fromkeys(lead.words)), others)
    return replace(lead, words=words, until=lead.day, filled=True, lasts=False, of=signs)


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
    for number, row in enumerate(taken if not sign.of else ()):
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
