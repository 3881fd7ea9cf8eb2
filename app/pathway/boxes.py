"""Boxes in fact space: each row of a table is one or more. Intersect, subtract, find a point; exact, never sampled.

A box maps a fact to the values it may have, as bits over the fact's cells; a fact that is not in it may have any. A
number's cells are the pieces between all bounds that any row names, so every fact is finite.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from app.pathway.facts import FACTS
from app.pathway.table import Between, Box, Condition, OneOf
from app.pathway.values import Codes, Value

Bits = dict[str, int]


@dataclass(frozen=True)
class Space:
    """The cells of every fact: its values, or for a number one value in each piece between the bounds."""

    cells: Mapping[str, tuple[Value, ...]]

    @classmethod
    def of(cls, boxes: Iterable[Box]) -> "Space":
        """Return the space in which all of these boxes are exact."""
        bounds: dict[str, set[Decimal]] = {}
        for box in boxes:
            for name, one in box.items():
                if isinstance(one, Between):
                    bounds.setdefault(name, set()).update((one.low, one.high))
        cells: dict[str, tuple[Value, ...]] = {}
        for name, fact in FACTS.items():
            if isinstance(fact.domain, Codes):
                cells[name] = fact.domain.all
                continue
            cuts = sorted({Decimal(fact.domain.low), Decimal(fact.domain.high)} | bounds.get(name, set()))
            pieces = [*cuts, *((low + high) / 2 for low, high in pairwise(cuts))]
            cells[name] = (*sorted(pieces), None) if fact.domain.open else tuple(sorted(pieces))
        return cls(cells)

    def bits(self, name: str, one: Condition) -> int:
        """Return the cells of a fact that meet a condition."""
        return sum(1 << number for number, value in enumerate(self.cells[name]) if _holds(one, value))

    def box(self, written: Box) -> Bits:
        """Return a box as bits."""
        return {name: self.bits(name, one) for name, one in written.items()}

    def full(self, name: str) -> int:
        """Return every cell of a fact."""
        return (1 << len(self.cells[name])) - 1

    def values(self, bits: Bits) -> dict[str, Value]:
        """Return one value of each fact the box speaks of: a counter-example to read."""
        return {name: self.cells[name][(one & -one).bit_length() - 1] for name, one in bits.items()}

    def intersect(self, first: Bits, second: Bits) -> Bits | None:
        """Return what two boxes have in common, or None."""
        result = dict(first)
        for name, one in second.items():
            common = result.get(name, self.full(name)) & one
            if not common:
                return None
            result[name] = common
        return result

    def outside(self, box: Bits, without: Sequence[Bits]) -> Bits | None:
        """Return a part of `box` that none of `without` touches, or None when they cover it."""
        touching = [one for one in without if self._touches(box, one)]
        if not touching:
            return box
        # The narrowest way in: the box that leaves the fewest facts to split on.
        cut = min(touching, key=lambda one: sum(1 for name in one if self._rest(box, one, name)))
        inside = dict(box)
        for name in cut:
            rest = self._rest(inside, cut, name)
            if rest:
                found = self.outside({**inside, name: rest}, touching)
                if found is not None:
                    return found
                inside[name] = inside.get(name, self.full(name)) & cut[name]
        return None

    def _touches(self, box: Bits, other: Bits) -> bool:
        return all(box[name] & one for name, one in other.items() if name in box)

    def _rest(self, box: Bits, cut: Bits, name: str) -> int:
        return box.get(name, self.full(name)) & ~cut[name]

    def common(self, first: Iterable[Bits], second: Iterable[Bits]) -> Iterator[Bits]:
        """Yield the non-empty intersections of two unions of boxes."""
        second = list(second)
        for one in first:
            for other in second:
                both = self.intersect(one, other)
                if both is not None:
                    yield both


def _holds(one: Condition, value: Value) -> bool:
    if isinstance(one, OneOf):
        return any(value is known or (isinstance(known, str) and value == known) for known in one.values)
    return one.holds(value)
