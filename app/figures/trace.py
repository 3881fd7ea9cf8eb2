"""A line from point to point over a scale of time; dashed where it passes a break."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.figures.scale import TimeScale
from app.figures.shapes import Line, Role


def trace(points: Sequence[tuple[float, float]], scale: TimeScale, role: Role, width: float) -> Iterator[Line]:
    """Yield the parts of the line through these places, from left to right."""
    for (x1, y1), (x2, y2) in pairwise(points):
        for start, end, broken in scale.parts(x1, x2):
            slope = (y2 - y1) / (x2 - x1)
            yield Line(start, y1 + (start - x1) * slope, end, y1 + (end - x1) * slope, role, width, dashed=broken)
