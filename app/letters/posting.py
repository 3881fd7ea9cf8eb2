"""Envelopes and labels: an address on what a letter is posted in.

DIN 678: C6/5 is 114 by 229 mm; DL 110 by 220 mm. No. 10 of the United States is 4 1/8 by 9 1/2 inches. A sheet of
labels is A4 with three columns and eight rows of 70 by 36 mm, as most makers have it: 4.5 mm free above and below.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Literal

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import inch, mm
from reportlab.pdfgen.canvas import Canvas

from app.letters.fonts import REGULAR, printable, register_fonts, width_of
from app.letters.style import INK, QUIET

Posting = Literal["c6_5", "dl", "us_10", "labels"]
ENVELOPES: Mapping[str, tuple[float, float]] = {
    "c6_5": (229 * mm, 114 * mm),
    "dl": (220 * mm, 110 * mm),
    "us_10": (9.5 * inch, 4.125 * inch),
}
COLUMNS, ROWS = 3, 8
LABEL = (70 * mm, 36 * mm)
EDGE = 6 * mm  # within a label
SIZE, LEADING = 12.0, 1.25
SMALLEST = 5.0  # points: an address of very many lines is still all there


def envelope_pdf(lines: Sequence[str], sender: str, form: str) -> bytes:
    """Return an envelope with an address and who sends it, as PDF; the upper right is left to the stamp."""
    width, height = ENVELOPES[form]
    canvas, out = _canvas((width, height))
    canvas.setFillColor(QUIET)
    _write(canvas, [sender] if sender else [], (12 * mm, height - 10 * mm), (0.5 * width, 6 * mm), 8)
    canvas.setFillColor(INK)
    _write(canvas, lines, (0.45 * width, 0.56 * height), (0.55 * width - 12 * mm, 0.56 * height - 8 * mm), SIZE)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def labels_pdf(addresses: Sequence[Sequence[str]], start: int = 1) -> bytes:
    """Return sheets of labels as PDF; `start` is the first label of the first sheet that is still there, 1 to 24."""
    canvas, out = _canvas(A4)
    top = (A4[1] - ROWS * LABEL[1]) / 2
    each = COLUMNS * ROWS
    for number, lines in enumerate(addresses, start=start - 1):
        place = number % each
        if place == 0 and number >= each:
            canvas.showPage()
        canvas.setFillColor(INK)
        x, y = place % COLUMNS * LABEL[0], A4[1] - top - place // COLUMNS * LABEL[1]
        _write(canvas, lines, (x + EDGE, y - EDGE), (LABEL[0] - 2 * EDGE, LABEL[1] - 2 * EDGE), 10.5)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _canvas(size: tuple[float, float]) -> tuple[Canvas, BytesIO]:
    register_fonts()
    out = BytesIO()
    face: Any = REGULAR  # a name, whatever the types of reportlab say
    return Canvas(out, pagesize=size, invariant=1, initialFontName=face), out


def _write(
    canvas: Canvas, lines: Sequence[str], place: tuple[float, float], room: tuple[float, float], size: float
) -> None:
    """Write lines below a place, as much smaller as it takes to have room for all of them."""
    said = [printable(one) for one in lines if one.strip()]
    if not said:
        return
    width, height = room
    widest = max(width_of(one, size) for one in said)
    size = max(SMALLEST, size * min(1.0, width / max(widest, 1.0), height / (len(said) * size * LEADING)))
    canvas.setFont(REGULAR, size)
    for number, line in enumerate(said):
        canvas.drawString(place[0], place[1] - size - number * size * LEADING, line)
