"""A framed block that stays whole on one page; one longer than a page continues on the next, between its parts."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

PADDING = 8.0


class Framed(Flowable):
    """A frame around parts (each a list of flowables); a page is `page_height` points high inside its margins.

    A `close` one has less room over and under what is in it.
    """

    def __init__(
        self, parts: Sequence[Sequence[Flowable]], colour: Color, page_height: float, *, close: bool = False
    ) -> None:
        super().__init__()
        self.parts = [list(part) for part in parts if part]
        self.colour = colour
        self.page_height = page_height
        self._above = PADDING / 2 if close else PADDING  # and below
        self.spaceBefore, self.spaceAfter = 4, 6
        self._placed: list[tuple[Flowable, float]] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the size of the block at this width."""
        y, after = self._above, 0.0
        self._placed = []
        for flowable in (one for part in self.parts for one in part):
            if self._placed:
                y += max(after, flowable.getSpaceBefore())
            y += self._height_of(flowable, width)
            self._placed.append((flowable, y))
            after = flowable.getSpaceAfter()
        self.width, self.height = width, y + self._above
        return self.width, self.height

    def _height_of(self, flowable: Flowable, width: float) -> float:
        canvas = getattr(self, "canv", None)
        if canvas is None:
            return float(flowable.wrap(width - 2 * PADDING, self.page_height)[1])
        return float(flowable.wrapOn(canvas, width - 2 * PADDING, self.page_height)[1])

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return nothing while the block fits on a page of its own, else what fits here and the rest."""
        if self.wrap(width, height)[1] <= self.page_height:
            return []
        first: list[list[Flowable]] = []
        rest = list(self.parts)
        while rest and self._framed([*first, rest[0]]).wrap(width, height)[1] <= height:
            first.append(rest.pop(0))
        if not first:
            if height < self.page_height * 0.9:
                return []
            head, tail = self._cut(rest[0], width, height)
            if not head:
                return []
            first, rest = [head], [*([tail] if tail else []), *rest[1:]]
        return [self._framed(first), *([self._framed(rest)] if rest else [])]

    def _cut(self, part: Sequence[Flowable], width: float, height: float) -> tuple[list[Flowable], list[Flowable]]:
        """Return a part that is alone longer than a page in two: what fits, and the rest."""
        head: list[Flowable] = []
        tail = list(part)
        while tail and self._framed([[*head, tail[0]]]).wrap(width, height)[1] <= height:
            head.append(tail.pop(0))
        if tail:
            used = self._framed([head]).wrap(width, height)[1] if head else 2 * self._above
            pieces = tail[0].splitOn(self.canv, width - 2 * PADDING, height - used - tail[0].getSpaceBefore())
            if len(pieces) > 1:
                return [*head, pieces[0]], [*pieces[1:], *tail[1:]]
        return head, tail

    def _framed(self, parts: Sequence[Sequence[Flowable]]) -> "Framed":
        framed = Framed(parts, self.colour, self.page_height, close=self._above < PADDING)
        if hasattr(self, "canv"):
            framed.canv = self.canv
        return framed

    def draw(self) -> None:
        """Draw the frame, heavier at the left, and what is in it."""
        canvas: Any = self.canv
        canvas.saveState()
        canvas.setStrokeColor(self.colour)
        canvas.setLineWidth(0.9)
        canvas.rect(0, 0, self.width, self.height)
        canvas.setFillColor(self.colour)
        canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        canvas.restoreState()
        for flowable, bottom in self._placed:
            flowable.drawOn(canvas, PADDING + 2, self.height - bottom)
