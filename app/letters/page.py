"""The pages of a letter: what stands at the head of those after the first, and at the foot of all."""

from reportlab.lib.units import mm

from app.figures.shapes import shortened
from app.letters.canvas import LetterCanvas
from app.letters.content import LetterContent
from app.letters.fonts import BOLD, REGULAR, printable, width_of
from app.letters.marks import QR_SIDE, draw_qr
from app.letters.style import HAIR, QUIET, Look
from app.letters.tables import broken
from app.words import _

BLANK = 5.5 * mm  # printers leave 4.2 mm of a sheet blank, some 5: a square code that is cut is read by nobody


def draw_later_page(canvas: LetterCanvas, content: LetterContent, look: Look) -> None:
    """Draw whose letter it is, and that its protocol is a historical one; a patient is advised nothing by it."""
    sheet, patient = look.sheet, content.patient
    canvas.saveState()
    canvas.setFont(REGULAR, 8.5)
    canvas.setFillColor(QUIET)
    y = sheet.height - 13 * mm
    # The number first: a name that is too long is cut, the number never.
    about = _("{mrn} · {name}, born {born}").format(name=patient.listed_name, born=patient.born, mrn=patient.mrn)
    canvas.drawString(sheet.left, y, shortened(printable(about), sheet.text_width * 0.65, 8.5, width_of))
    words = content.date
    if content.protocol.notice and content.kind != "patient":
        words = _("historical protocol") + f" · {words}"
    canvas.drawRightString(sheet.width - sheet.right, y, words)
    canvas.restoreState()


def draw_foot(canvas: LetterCanvas, content: LetterContent, look: Look, number: int, count: int) -> None:
    """Draw the foot of page `number` of `count`: whose letter, by which protocol, its code."""
    sheet = look.sheet
    y, right = sheet.bottom - 7 * mm, sheet.width - sheet.right
    if content.qr:
        right -= QR_SIDE + 2 * mm
        draw_qr(canvas, content.qr, sheet.width - sheet.right - QR_SIDE, BLANK)
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.4)
    canvas.line(sheet.left, y + 10, right, y + 10)
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, 8)
    page = _("page {number} of {count}").format(number=number, count=count)
    canvas.drawRightString(right, y, page)
    if content.mark:
        canvas.setFont(BOLD, 8)
        canvas.drawRightString(right, y - 9.5, printable(content.mark))
        canvas.setFont(REGULAR, 8)
    width = right - sheet.left - 30 * mm
    for place, line in enumerate(broken(content.foot, width, REGULAR, 8).split("\n")[:3]):
        canvas.drawString(sheet.left, y - place * 9.5, line)
