"""Keeps words readable on a picture: the lines that only help to read it stop at either side of a word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.figures.shapes import Line, Measure, Shape, Text

AIR = 0.15  # around a word, times its size
ABOVE, BELOW = 0.8, 0.25  # of a baseline, as parts of the text size
SHORTEST = 1.0  # of what is left of a line
Area = tuple[float, float, float, float]  # left, upper, right and lower border


def cleared(shapes: Sequence[Shape], measure: Measure) -> tuple[Shape, ...]:
    """Return the shapes with every line of a date or of a limit interrupted where a word stands on it."""
    words = [_area(one, measure) for one in shapes if isinstance(one, Text) and one.text]
    return tuple(
        part for shape in shapes for part in (_parts(shape, words) if isinstance(shape, Line) else iter((shape,)))
    )


def _area(text: Text, measure: Measure) -> Area:
    width, air = measure(text.text, text.size), text.size * AIR
    left = text.x - width * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
    return left - air, text.y - text.size * ABOVE - air, left + width + air, text.y + text.size * BELOW + air


def _parts(line: Line, words: Sequence[Area]) -> Iterator[Line]:
    """Yield what is left of a line: all of one that shows something of the patient."""
    is_rule = line.role in ("grid", "today", "limit") or (line.role == "progression" and line.dashed and not line.entry)
    if is_rule and line.x1 == line.x2:
        across = [(upper, lower) for left, upper, right, lower in words if left < line.x1 < right]
        yield from (replace(line, y1=start, y2=end) for start, end in _left_of(line.y1, line.y2, across))
    elif is_rule and line.y1 == line.y2:
        across = [(left, right) for left, upper, right, lower in words if upper < line.y1 < lower]
        yield from (replace(line, x1=start, x2=end) for start, end in _left_of(line.x1, line.x2, across))
    else:
        yield line


def _left_of(start: float, end: float, across: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for first, last in sorted(across):
        if last <= start or first >= end:
            continue
        if first - start >= SHORTEST:
            yield start, first
        start = max(start, last)
    if end - start >= SHORTEST or not across:
        yield start, end
