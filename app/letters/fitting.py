"""How many pages a story will take, before any of it is drawn: by the rules by which reportlab fills its frames."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table
from reportlab.platypus.doctemplate import ActionFlowable

from app.letters.columns import TwoColumns
from app.letters.prose import Prose

FUZZ = 1e-6  # points that reportlab lets stand over
UNLIMITED = 100_000.0


@dataclass(frozen=True, slots=True)
class Extent:
    """A number of pages, and how much of the last one is used, as a part of its height."""

    pages: int
    filled: float


def extent_of(story: Sequence[Flowable], width: float, first: float, later: float) -> Extent:
    """Return how far a story goes on a first page so high and later ones so high.

    The lines of paragraphs, once broken, are kept: laying out the same story afterwards costs the less.
    """
    pages = _Pages(width, first, later)
    for one in story:
        if isinstance(one, CondPageBreak):
            pages.want(float(one.height))
        elif isinstance(one, KeepTogether):
            parts = cast(Any, one)._content
            pages.want(pages.height_of(parts))
            for part in parts:
                pages.put(part)
        elif not isinstance(one, ActionFlowable):
            pages.put(one)
    return Extent(pages.number, 1 - pages.room / pages.height)


class _Pages:
    """Pages that are filled one after the other."""

    def __init__(self, width: float, first: float, later: float) -> None:
        self.number = 1
        self.height = self.room = first
        self._later = later
        self._width = width
        self._is_empty = True
        self._after = 0.0  # the space below what was put last

    def want(self, height: float) -> None:
        """Go on to the next page unless so much room is left."""
        if height > self.room + FUZZ and not self._is_empty:
            self._turn()

    def height_of(self, parts: Sequence[Flowable]) -> float:
        """Return how high parts are that stay together, with the space between them."""
        total, after = 0.0, 0.0 if self._is_empty else self._after
        for place, part in enumerate(parts):
            if place or not self._is_empty:
                total += max(part.getSpaceBefore() - after, 0.0)
            after = float(part.getSpaceAfter())
            total += float(part.wrap(self._width, UNLIMITED)[1]) + after
        return total - after

    def put(self, one: Any) -> None:
        """Put something where there is room for it, in parts when it has to be."""
        while True:
            above = 0.0 if self._is_empty else max(one.getSpaceBefore() - self._after, 0.0)
            height = above + float(one.wrap(self._width, UNLIMITED)[1])
            if height <= self.room + FUZZ:
                self._after = float(one.getSpaceAfter())
                self._is_empty = self._is_empty and height == 0
                self.room -= height + self._after
                return
            if isinstance(one, Table):
                self._put_rows(cast(Any, one)._rowHeights, above)
                return
            pieces = one.split(self._width, self.room - above) if isinstance(one, Prose | TwoColumns) else []
            if len(pieces) == 1:  # columns that are cut are less high than those of whole paragraphs
                one = pieces[0]
                continue
            if pieces:
                one = pieces[1]
            elif self._is_empty:  # higher than a page: parted in ways of its own
                self.room = max(self.room - height, 0.0)
                return
            self._turn()

    def _put_rows(self, heights: Sequence[float], above: float) -> None:
        """Put a table, whose first row is its head and stands on each of its pages."""
        head, *rows = heights
        if rows and above + head + rows[0] > self.room + FUZZ and not self._is_empty:
            self._turn()
            above = 0.0
        self.room -= above + head
        for row in rows:
            if row > self.room + FUZZ:
                self._turn()
                self.room -= head
            self.room -= row
        self._is_empty, self._after = False, 0.0

    def _turn(self) -> None:
        self.number += 1
        self.height = self.room = self._later
        self._is_empty, self._after = True, 0.0
