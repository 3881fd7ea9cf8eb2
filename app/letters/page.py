"""The page around a letter: letterhead and address on the first, the patient on the others, the foot on all."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.figures.shapes import shortened
from app.letters.content import LetterContent
from app.letters.fonts import BOLD, REGULAR, printable, width_of
from app.letters.style import (
    ADDRESS_TOP,
    BOTTOM,
    FIRST_HEIGHT,
    HAIR,
    INK,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    RIGHT,
    TEXT_WIDTH,
    look_of,
)
from app.letters.tables import broken
from app.words import _


class NumberedCanvas(Canvas):
    """A canvas that writes "page x of y" and the foot when it knows how many pages there are."""

    def __init__(self, *args: Any, foot: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._foot = foot
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
        y = BOTTOM - 7 * mm
        self.setStrokeColor(HAIR)
        self.setLineWidth(0.4)
        self.line(LEFT, y + 10, PAGE_WIDTH - RIGHT, y + 10)
        self.setFillColor(QUIET)
        self.setFont(REGULAR, 8)
        page = _("page {number} of {count}").format(number=number, count=count)
        self.drawRightString(PAGE_WIDTH - RIGHT, y, page)
        for place, line in enumerate(broken(self._foot, TEXT_WIDTH - 30 * mm, REGULAR, 8).split("\n")[:3]):
            self.drawString(LEFT, y - place * 9.5, line)


def address_lines(content: LetterContent) -> list[str]:
    """Return the recipient in lines as wide as the window of an envelope."""
    return [line for one in content.recipient for line in broken(one, 85 * mm, REGULAR, 10.5).split("\n")][:20]


def first_height(content: LetterContent) -> float:
    """Return how high the text of the first page may be: below the address, however many lines that has."""
    return min(FIRST_HEIGHT, ADDRESS_TOP - len(address_lines(content)) * 14 - 8 - BOTTOM)


def draw_first_page(canvas: Canvas, content: LetterContent) -> None:
    """Draw the letterhead, the recipient where a window envelope shows it, the date and the number."""
    head, right = content.letterhead, PAGE_WIDTH - RIGHT
    canvas.saveState()
    top = PAGE_HEIGHT - 17 * mm
    canvas.setFillColor(look_of(head.accent).accent)
    canvas.setFont(BOLD, 15)
    name = broken(head.name, TEXT_WIDTH * 0.6, BOLD, 15).split("\n")
    _lines(canvas, LEFT, top, name[:2], 17)
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 10.5)
    _lines(canvas, LEFT, top - 17 * len(name[:2]) + 2, [printable(head.department)], 12)
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, 9)
    contact = [*head.address, *(one for one in (head.phone, head.email) if one)]
    for place, line in enumerate(contact[:6]):
        canvas.drawRightString(right, top + 3 - place * 11, shortened(printable(line), TEXT_WIDTH * 0.38, 9, width_of))
    canvas.setStrokeColor(look_of(head.accent).accent)
    canvas.setLineWidth(0.9)
    canvas.line(LEFT, PAGE_HEIGHT - 38 * mm, right, PAGE_HEIGHT - 38 * mm)
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 10.5)
    _lines(canvas, LEFT, ADDRESS_TOP, address_lines(content), 14)
    canvas.drawRightString(right, ADDRESS_TOP, content.date)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(right, ADDRESS_TOP - 14, _("Clinic letter"))
    canvas.restoreState()


def draw_later_page(canvas: Canvas, content: LetterContent) -> None:
    """Draw whose letter it is, and that its protocol is a historical one."""
    canvas.saveState()
    canvas.setFont(REGULAR, 8.5)
    canvas.setFillColor(QUIET)
    y = PAGE_HEIGHT - 13 * mm
    patient = content.patient
    about = _("{mrn} · {name}, born {born}").format(name=patient.listed_name, born=patient.born, mrn=patient.mrn)
    canvas.drawString(LEFT, y, shortened(printable(about), TEXT_WIDTH * 0.65, 8.5, width_of))
    words = content.date
    if content.protocol.notice:
        words = _("historical protocol") + f" · {words}"
    canvas.drawRightString(PAGE_WIDTH - RIGHT, y, words)
    canvas.restoreState()


def _lines(canvas: Canvas, x: float, y: float, lines: Sequence[str], leading: float) -> None:
    for place, line in enumerate(lines):
        canvas.drawString(x, y - place * leading, line)
