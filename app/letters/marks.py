"""What marks a letter as what it is: the square code at its foot, a word across the page, a line over its head."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.letters.content import LetterContent
from app.letters.fonts import BOLD, printable
from app.letters.sheet import Sheet
from app.letters.style import INK

QR_SIDE = 11 * mm  # a module of 0.3 mm and more: a telephone reads it, and a copier keeps it
WATERMARK = HexColor("#E9E9E9")  # opaque and under the text: nothing shines through in an archive's PDF
STRIP = 9 * mm  # from the upper edge to the baseline of what is said over the head


@lru_cache(maxsize=64)
def _squares(text: str) -> Sequence[Sequence[bool]]:
    """Return the rows of a QR code, without the quiet zone around it."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text.encode()))
    code.make()
    return tuple(tuple(bool(one) for one in row) for row in code.modules)


@lru_cache(maxsize=64)
def _boxes(text: str) -> str:
    """Return a QR code as a path of a PDF, each run of squares a box; a square is one unit wide."""
    boxes = []
    rows = _squares(text)
    for place, row in enumerate(rows):
        column = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                boxes.append(f"{column} {len(rows) - place - 1} {length} 1 re")
            column += length
    return " ".join(boxes)


def draw_qr(canvas: Canvas, text: str, x: float, y: float) -> None:
    """Draw the QR code of `text`, its lower left corner at (x, y)."""
    side = QR_SIDE / len(_squares(text))
    canvas.saveState()
    canvas.setFillColor(black)
    canvas.transform(side, 0, 0, side, x, y)
    # It stands on every page: as a path of reportlab's it is reckoned and written anew each time.
    canvas.addLiteral(f"n {_boxes(text)} f")
    canvas.restoreState()


def draw_state(canvas: Canvas, content: LetterContent, sheet: Sheet) -> None:
    """Draw what a page is not: a letter in force. Nothing on one that is."""
    if content.watermark:
        _draw_watermark(canvas, printable(content.watermark), sheet)
    if content.superseded:
        words = printable(content.superseded)
        size = min(9.0, 9.0 * sheet.text_width / stringWidth(words, BOLD, 9))
        canvas.saveState()
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, size)
        canvas.drawCentredString(sheet.width / 2, sheet.height - STRIP, words)
        canvas.restoreState()


def _draw_watermark(canvas: Canvas, words: str, sheet: Sheet) -> None:
    size = min(150.0, 0.75 * min(sheet.width, sheet.height) / stringWidth(words, BOLD, 1))
    canvas.saveState()
    canvas.setFillColor(WATERMARK)
    canvas.setFont(BOLD, size)
    canvas.translate(sheet.width / 2, sheet.height / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, -size / 3, words)
    canvas.restoreState()
