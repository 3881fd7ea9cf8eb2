"""How many pages a story will take, before any of it is drawn: from the heights of its parts alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table
from reportlab.platypus.doctemplate import ActionFlowable

from app.letters.columns import LEAST, TwoColumns


@dataclass(frozen=True, slots=True)
class Extent:
    """A number of pages, and how much of the last one is used, as a part of its height."""

    pages: int
    filled: float

    def is_nearly(self, pages: int) -> bool:
        """Whether hardly anything stands over so many pages."""
        return self.pages == pages + 1 and self.filled <= 0.08


def extent_of(story: Sequence[Flowable], width: float, first: float, later: float) -> Extent:
    """Return how far a story goes on a first page so high and later ones so high.

    The lines of paragraphs, once broken, are kept: laying out the same story afterwards costs the less.
    """
    pages, room = 1, first
    for block in _blocks(story, width):
        if room < block.wanted:
            pages, room = pages + 1, later
        if block.height <= room + 0.01:
            room -= block.height
        elif block.is_parted and room >= LEAST:
            left = block.height - room
            pages, room = pages + 1, later
            while left > room:
                left -= room
                pages += 1
            room -= left
        else:
            pages, room = pages + 1, later - block.height
    return Extent(pages, 1 - room / (first if pages == 1 else later))


@dataclass(frozen=True, slots=True)
class _Block:
    """What stays together, or may be parted between pages; it begins where there is as much room as `wanted`."""

    height: float
    wanted: float
    is_parted: bool


def _blocks(story: Sequence[Any], width: float) -> Iterator[_Block]:
    """Yield the parts of a story, each with the space above it as a frame has it."""
    after, is_first, wanted = 0.0, True, 0.0
    for one in story:
        if isinstance(one, CondPageBreak):
            wanted = float(one.height)
        if isinstance(one, ActionFlowable | CondPageBreak):
            continue
        height = 0.0
        for part in cast(Any, one)._content if isinstance(one, KeepTogether) else [one]:
            above = 0.0 if is_first else max(part.getSpaceBefore() - after, 0.0)
            after = float(part.getSpaceAfter())
            height += above + float(part.wrap(width, 100_000)[1]) + after
            is_first = False
        yield _Block(height, wanted, isinstance(one, Table | TwoColumns))
        wanted = 0.0
