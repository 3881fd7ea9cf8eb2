"""The page around a letter: its head on the first, the patient on the others, the foot on all."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.figures.shapes import shortened
from app.letters.content import LetterContent
from app.letters.fonts import BOLD, REGULAR, printable, width_of
from app.letters.marks import QR_SIDE, draw_qr, draw_state
from app.letters.style import HAIR, INK, QUIET, Look
from app.letters.tables import broken
from app.words import _

COMPACT_HEAD = 17 * mm  # below the upper margin, on a page without an address


class NumberedCanvas(Canvas):
    """A canvas that writes "page x of y" and the foot when it knows how many pages there are."""

    def __init__(self, *args: Any, content: LetterContent, look: Look, **options: Any) -> None:
        super().__init__(*args, **options)
        self._content = content
        self._sheet = look.sheet
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page until the last one is known."""
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # as in reportlab's own recipe for "page x of y"

    def save(self) -> None:
        """Write all pages, each with its foot."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_foot(number, len(self._pages))
            super().showPage()
        super().save()

    def _draw_foot(self, number: int, count: int) -> None:
        sheet, content = self._sheet, self._content
        y, right = sheet.bottom - 7 * mm, sheet.width - sheet.right
        self.setStrokeColor(HAIR)
        self.setLineWidth(0.4)
        self.line(sheet.left, y + 10, right, y + 10)
        if content.qr:
            right -= QR_SIDE + 2 * mm
            draw_qr(self, content.qr, sheet.width - sheet.right - QR_SIDE, y + 10 - 1 * mm - QR_SIDE)
        self.setFillColor(QUIET)
        self.setFont(REGULAR, 8)
        page = _("page {number} of {count}").format(number=number, count=count)
        self.drawRightString(right, y, page)
        if content.mark:
            self.setFont(BOLD, 8)
            self.drawRightString(right, y - 9.5, printable(content.mark))
            self.setFont(REGULAR, 8)
        width = right - sheet.left - 30 * mm
        for place, line in enumerate(broken(content.foot, width, REGULAR, 8).split("\n")[:3]):
            self.drawString(sheet.left, y - place * 9.5, line)


def address_lines(content: LetterContent) -> list[str]:
    """Return the recipient in lines as wide as the window of an envelope."""
    return [line for one in content.recipient for line in broken(one, 85 * mm, REGULAR, 10.5).split("\n")][:20]


def first_height(content: LetterContent, look: Look) -> float:
    """Return how high the text of the first page may be: below its head, however many lines the address has."""
    sheet = look.sheet
    if not sheet.addressed:
        return sheet.frame_height - COMPACT_HEAD
    return min(sheet.first_height, sheet.address_top - len(address_lines(content)) * 14 - 8 - sheet.bottom)


def draw_first_page(canvas: Canvas, content: LetterContent, look: Look) -> None:
    """Draw the head of the first page: with the recipient where a window envelope shows it, or in one band."""
    canvas.saveState()
    draw_state(canvas, content, look.sheet)
    if look.sheet.addressed:
        _draw_letterhead(canvas, content, look)
        _draw_address(canvas, content, look)
    else:
        _draw_band(canvas, content, look)
    canvas.restoreState()


def _draw_letterhead(canvas: Canvas, content: LetterContent, look: Look) -> None:
    head, sheet = content.letterhead, look.sheet
    top, right = sheet.height - sheet.head_down, sheet.width - sheet.right
    canvas.setFillColor(look.accent)
    canvas.setFont(BOLD, 15)
    name = broken(head.name, sheet.text_width * 0.6, BOLD, 15).split("\n")
    _lines(canvas, sheet.left, top, name[:2], 17)
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 10.5)
    _lines(canvas, sheet.left, top - 17 * len(name[:2]) + 2, [printable(head.department)], 12)
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, 9)
    contact = [*head.address, *(one for one in (head.phone, head.email) if one)]
    for place, line in enumerate(contact[:6]):
        words = shortened(printable(line), sheet.text_width * 0.38, 9, width_of)
        canvas.drawRightString(right, top + 3 - place * 11, words)
    canvas.setStrokeColor(look.accent)
    canvas.setLineWidth(0.9)
    canvas.line(sheet.left, top - 21 * mm, right, top - 21 * mm)


def _draw_address(canvas: Canvas, content: LetterContent, look: Look) -> None:
    sheet = look.sheet
    right = sheet.width - sheet.right
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 10.5)
    _lines(canvas, sheet.left, sheet.address_top, address_lines(content), 14)
    canvas.drawRightString(right, sheet.address_top, content.date)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(right, sheet.address_top - 14, printable(content.title))


def _draw_band(canvas: Canvas, content: LetterContent, look: Look) -> None:
    """Draw title and patient at the left, clinic and date at the right, a rule under both."""
    head, sheet, patient = content.letterhead, look.sheet, content.patient
    top, right = sheet.height - sheet.top - 4 * mm, sheet.width - sheet.right
    canvas.setFillColor(look.accent)
    canvas.setFont(BOLD, 15)
    canvas.drawString(sheet.left, top, printable(content.title))
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 10.5)
    about = _("{name}, born {born}, number {mrn}").format(name=patient.listed_name, born=patient.born, mrn=patient.mrn)
    canvas.drawString(sheet.left, top - 16, shortened(printable(about), sheet.text_width * 0.68, 10.5, width_of))
    canvas.setFont(REGULAR, 9)
    canvas.setFillColor(QUIET)
    for place, line in enumerate((head.name, head.department, content.date)):
        words = shortened(printable(line), sheet.text_width * 0.3, 9, width_of)
        canvas.drawRightString(right, top + 3 - place * 11, words)
    canvas.setStrokeColor(look.accent)
    canvas.setLineWidth(0.9)
    canvas.line(sheet.left, top - 24, right, top - 24)


def draw_later_page(canvas: Canvas, content: LetterContent, look: Look) -> None:
    """Draw whose letter it is, and that its protocol is a historical one."""
    sheet, patient = look.sheet, content.patient
    canvas.saveState()
    draw_state(canvas, content, sheet)
    canvas.setFont(REGULAR, 8.5)
    canvas.setFillColor(QUIET)
    y = sheet.height - 13 * mm
    about = _("{mrn} · {name}, born {born}").format(name=patient.listed_name, born=patient.born, mrn=patient.mrn)
    canvas.drawString(sheet.left, y, shortened(printable(about), sheet.text_width * 0.65, 8.5, width_of))
    words = content.date
    if content.protocol.notice:
        words = _("historical protocol") + f" · {words}"
    canvas.drawRightString(sheet.width - sheet.right, y, words)
    canvas.restoreState()


def _lines(canvas: Canvas, x: float, y: float, lines: Sequence[str], leading: float) -> None:
    for place, line in enumerate(lines):
        canvas.drawString(x, y - place * leading, line)
