"""How high a story is before it is laid out: what would not fit on one page is not even tried."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether
from reportlab.platypus.doctemplate import ActionFlowable


def height_of(story: Sequence[Flowable], width: float) -> float:
    """Return the height of a story on one page without an end, the space between its parts as a frame has it."""
    height = after = 0.0
    for one in _parts(story):
        above = max(one.getSpaceBefore() - after, 0.0) if height else 0.0
        after = float(one.getSpaceAfter())
        height += above + float(one.wrap(width, 100_000)[1]) + after
    return height - after


def _parts(story: Sequence[Any]) -> Iterator[Flowable]:
    for one in story:
        if isinstance(one, KeepTogether):
            yield from _parts(one._content)  # type: ignore[attr-defined]
        elif not isinstance(one, ActionFlowable | CondPageBreak):
            yield one
