"""Small print in two columns: as high on each side as it can be, going on over as many pages as it needs."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from reportlab.platypus import Flowable

GAP = 14.0
LEAST = 40.0  # points of height that are worth beginning in


class TwoColumns(Flowable):
    """Paragraphs in two columns, read down the left one first."""

    def __init__(self, parts: Sequence[Flowable]) -> None:
        super().__init__()
        self.parts = list(parts)
        self._columns: tuple[list[Flowable], list[Flowable]] | None = None  # chosen already, by a split

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of the block at this width."""
        self._column = (width - GAP) / 2
        left, right = self._columns or self._balanced()
        self._placed = (left, right)
        self.width, self.height = width, max(self._height(left), self._height(right))
        return self.width, self.height

    def _heights(self, parts: Sequence[Flowable]) -> list[float]:
        """Return the height of each part with the space above it, the first without."""
        wrapped = [float(one.wrap(self._column, 10_000)[1]) for one in parts]
        return [
            high + (max(one.getSpaceBefore(), parts[place - 1].getSpaceAfter()) if place else 0)
            for place, (one, high) in enumerate(zip(parts, wrapped, strict=True))
        ]

    def _height(self, parts: Sequence[Flowable]) -> float:
        return sum(self._heights(parts))

    def _balanced(self) -> tuple[list[Flowable], list[Flowable]]:
        heights = self._heights(self.parts)
        down = list(accumulate(heights))
        best = min(
            range(1, len(down) + 1), key=lambda count: (max(down[count - 1], down[-1] - down[count - 1]), -count)
        )
        # A heading goes to the other column with what it is of.
        while best > 1 and best < len(heights) and _keeps_with_next(self.parts[best - 1]):
            best -= 1
        return self.parts[:best], self.parts[best:]

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits here in both columns, and the rest."""
        if height < LEAST:
            return []
        self._column = (width - GAP) / 2
        left, rest = self._filled(self.parts, height)
        if not left:
            return []
        right, rest = self._filled(rest, height)
        here = TwoColumns([*left, *right])
        here._columns = (left, right)
        return [here, *([TwoColumns(rest)] if rest else [])]

    def _filled(self, parts: Sequence[Flowable], height: float) -> tuple[list[Flowable], list[Flowable]]:
        """Return as many parts as are at most so high, the last of them cut where it may be, and the others."""
        filled: list[Flowable] = []
        left = list(parts)
        used = 0.0
        while left:
            above = max(left[0].getSpaceBefore(), filled[-1].getSpaceAfter()) if filled else 0
            room = height - used - above
            high = float(left[0].wrap(self._column, room)[1])
            if high > room:
                pieces = left[0].split(self._column, room) if room > 0 else []
                if len(pieces) > 1:
                    filled.append(pieces[0])
                    left[0:1] = pieces[1:]
                break
            used += above + high
            filled.append(left.pop(0))
        while len(filled) > 1 and left and _keeps_with_next(filled[-1]):
            left.insert(0, filled.pop())
        return filled, left

    def draw(self) -> None:
        """Draw the left column, then the right one."""
        for side, parts in enumerate(self._placed):
            y = self.height
            for part, high in zip(parts, self._heights(parts), strict=True):
                y -= high
                part.drawOn(self.canv, side * (self._column + GAP), y)


def _keeps_with_next(part: Any) -> bool:
    return bool(part.getKeepWithNext())
