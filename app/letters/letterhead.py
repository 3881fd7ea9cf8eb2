"""The head of the first page: the clinic, the recipient where the envelope's window shows it, the day; or one band."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.figures.shapes import shortened
from app.letters.canvas import LetterCanvas
from app.letters.content import LetterContent, Letterhead
from app.letters.envelopes import Place
from app.letters.fonts import BOLD, REGULAR, printable, width_of
from app.letters.logo import draw_logo
from app.letters.sheet import Sheet
from app.letters.style import INK, QUIET, Look
from app.letters.tables import broken
from app.words import _

COMPACT_HEAD = 17 * mm  # below the upper margin, on a page without an address
HEAD_TOP = 9 * mm  # what a printer leaves white, and a little
LEADING = 12.9  # six lines in the 27.3 mm of an address
SMALLEST = 7.0  # points, of an address of very many lines
SMALLEST_BESIDE = 6.2  # of what stands beside the address
FOLD = 5 * mm  # long, from where a printer begins


def first_height(content: LetterContent, look: Look) -> float:
    """Return how high the text of the first page may be: below its head, however many lines the address has."""
    sheet, place = look.sheet, look.sheet.place
    if place is None:
        return sheet.frame_height - COMPACT_HEAD
    _size, leading, top, lines = _address(content, place)
    beside = sum(leading for _line, _size, leading in _beside(content.letterhead, sheet, place))
    below = max(place.body, top + len(lines) * leading + 8, place.beside[1] + 9 + beside + 18 + 6)
    return max(sheet.height - below - sheet.bottom, 60.0)


def draw_first_page(canvas: LetterCanvas, content: LetterContent, look: Look) -> None:
    """Draw the head of the first page: with the recipient where a window envelope shows it, or in one band."""
    canvas.saveState()
    if look.sheet.place is None:
        _draw_band(canvas, content, look)
    else:
        _draw_head(canvas, content, look, look.sheet.place)
        _draw_folds(canvas, look.sheet, look.sheet.place)
        _draw_address(canvas, content, look.sheet, look.sheet.place)
        _draw_beside(canvas, content, look, look.sheet.place)
    canvas.restoreState()


def _draw_head(canvas: LetterCanvas, content: LetterContent, look: Look, place: Place) -> None:
    head, sheet = content.letterhead, look.sheet
    right = sheet.width - sheet.right
    room = (sheet.text_width * 0.4, place.head - HEAD_TOP - 3 * mm)
    logo = 0.0
    if head.logo:
        alt = _("Logo of {clinic}").format(clinic=head.name)
        box = (right - room[0], sheet.height - HEAD_TOP - room[1], *room)
        with canvas.tagged("Figure", alt=alt, box=box):
            logo = draw_logo(canvas, head.logo, right, sheet.height - HEAD_TOP, room)
    if place.is_sender_in_window and place.returned is not None:
        _draw_sender_in_window(canvas, head, sheet, place.returned)
    else:
        # In a low letterhead the name stands high; in a high one it has some air above it.
        top = sheet.height - HEAD_TOP - 13 - (place.head - 27 * mm) * 0.3
        _draw_name(canvas, head, look, top, sheet.text_width - logo - (6 * mm if logo else 0))
    canvas.setStrokeColor(look.accent)
    canvas.setLineWidth(0.9)
    y = sheet.height - place.head + 1.6 * mm
    canvas.line(sheet.left, y, right, y)


def _draw_name(canvas: LetterCanvas, head: Letterhead, look: Look, top: float, width: float) -> None:
    left = look.sheet.left
    size = 15.0 if stringWidth(printable(head.name), BOLD, 15) <= width else 11.0
    name = broken(head.name, width, BOLD, size).split("\n")[: 1 if size > 12 else 2]
    is_close = len(name) > 1  # all of it stands above the rule
    y = top + (4 if is_close else 0)
    with canvas.tagged("P"):
        canvas.setFillColor(look.accent)
        canvas.setFont(BOLD, 10.0 if is_close else size)
        _lines(canvas, left, y, name, 10.8)
        y -= 10.8 * (len(name) - 1)
        canvas.setFillColor(INK)
        if head.department:
            size = 9.0 if is_close else 10.0
            canvas.setFont(REGULAR, size)
            y -= size + (1.5 if is_close else 3)
            canvas.drawString(left, y, shortened(printable(head.department), width, size, width_of))
        canvas.setFillColor(QUIET)
        if head.registration:
            size = 7.5 if width_of(head.registration, 7.5) <= width else 6.2
            canvas.setFont(REGULAR, size)
            lines = broken(head.registration, width, REGULAR, size).split("\n")[:2]
            _lines(canvas, left, y - size - (1 if is_close else 3), lines, size + 0.5)


def _draw_sender_in_window(
    canvas: LetterCanvas, head: Letterhead, sheet: Sheet, place: tuple[float, float, float]
) -> None:
    """Draw the clinic as the upper window of an envelope shows it."""
    left, bottom, width = place
    lines = [head.name, *head.address][:4]
    leading = 10.4
    y = sheet.height - bottom + (len(lines) - 1) * leading + 2
    with canvas.tagged("P"):
        canvas.setFillColor(INK)
        for number, line in enumerate(lines):
            face, most = (BOLD, 10.0) if number == 0 else (REGULAR, 9.0)
            size = _small_enough(line, width * 0.96, most)
            canvas.setFont(face, size)
            canvas.drawString(left, y - number * leading, shortened(printable(line), width * 0.96, size, width_of))


def _draw_folds(canvas: LetterCanvas, sheet: Sheet, place: Place) -> None:
    canvas.setStrokeColor(QUIET)
    canvas.setLineWidth(0.25)
    for down in place.folds:
        canvas.line(4 * mm, sheet.height - down, 4 * mm + FOLD, sheet.height - down)
    if place.hole is not None:
        canvas.line(4 * mm, sheet.height - place.hole, 4 * mm + FOLD * 1.4, sheet.height - place.hole)


def _address(content: LetterContent, place: Place) -> tuple[float, float, float, list[str]]:
    """Return size, leading, upper edge and lines of the recipient, as small as they must be to be in the window."""
    _left, top, bottom, width = place.address
    size = 10.5
    while True:
        lines = [line for one in content.recipient for line in broken(one, width, REGULAR, size).split("\n")]
        leading = LEADING * size / 10.5
        height = len(lines) * leading
        if height <= bottom - top + 0.5:
            return size, leading, bottom - height if place.is_low else top, lines
        if height <= bottom - top + place.spare or size <= SMALLEST:
            return size, leading, max(bottom - height, top - place.spare), lines[:20]
        size -= 0.5


def _draw_address(canvas: LetterCanvas, content: LetterContent, sheet: Sheet, place: Place) -> None:
    size, leading, top, lines = _address(content, place)
    head = content.letterhead
    if place.returned is not None and not place.is_sender_in_window:
        left, bottom, width = place.returned
        y = sheet.height - bottom
        with canvas.tagged("P"):
            canvas.setFillColor(QUIET)
            canvas.setFont(REGULAR, 7)
            sender = " · ".join(one for one in (head.name, *head.address) if one)
            canvas.drawString(left, y + 3.5, shortened(printable(sender), width, 7, width_of))
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.25)
        canvas.line(left, y + 1, left + width, y + 1)
    with canvas.tagged("P"):
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, size)
        _lines(canvas, place.address[0], sheet.height - top - size * 0.95, lines, leading)


def _beside(head: Letterhead, sheet: Sheet, place: Place) -> list[tuple[str, float, float]]:
    """Return the lines beside the address, each with its size and leading."""
    width = sheet.width - sheet.right - place.beside[0]
    # What the upper window of an envelope has no room for stands here.
    apart = (head.department, *head.address[3:]) if place.is_sender_in_window else head.address
    lines = []
    for one in (*apart, head.phone, head.email):
        size = _small_enough(one, width, 9.0)
        lines += [(shortened(printable(one), width, size, width_of), size, 11.0)] if one else []
    if place.is_sender_in_window and head.registration:
        lines += [
            (one, SMALLEST_BESIDE, 6.7)
            for one in broken(head.registration, width, REGULAR, SMALLEST_BESIDE).split("\n")[:3]
        ]
    return lines


def _small_enough(text: str, width: float, most: float) -> float:
    """Return the largest size at which `text` is no wider than `width`: half an address reaches nobody."""
    return next((size for size in (most, 8.0, 7.0) if width_of(printable(text), size) <= width), SMALLEST_BESIDE)


def _draw_beside(canvas: LetterCanvas, content: LetterContent, look: Look, place: Place) -> None:
    """Draw the block beside the address: how to reach the clinic, the kind of letter and its day."""
    sheet = look.sheet
    left, down = place.beside
    width = sheet.width - sheet.right - left
    y = sheet.height - down - 9
    with canvas.tagged("P"):
        canvas.setFillColor(QUIET)
        for line, size, leading in _beside(content.letterhead, sheet, place):
            canvas.setFont(REGULAR, size)
            canvas.drawString(left, y, line)
            y -= leading
    y -= 5
    with canvas.tagged("H1"):
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 10.5)
        canvas.drawString(left, y, shortened(printable(content.title), width, 10.5, width_of))
    with canvas.tagged("P"):
        canvas.setFont(REGULAR, 10.5)
        canvas.drawString(left, y - 13, content.date)


def _draw_band(canvas: LetterCanvas, content: LetterContent, look: Look) -> None:
    """Draw title and patient at the left, clinic and date at the right, a rule under both."""
    head, sheet, patient = content.letterhead, look.sheet, content.patient
    top, right = sheet.height - sheet.top - 4 * mm, sheet.width - sheet.right
    with canvas.tagged("H1"):
        canvas.setFillColor(look.accent)
        canvas.setFont(BOLD, 15)
        canvas.drawString(sheet.left, top, printable(content.title))
    with canvas.tagged("P"):
        canvas.setFillColor(INK)
        # A name may be cut, the number never.
        name = shortened(printable(patient.listed_name), sheet.text_width * 0.45, 10.5, width_of)
        about = _("{name}, born {born}, number {mrn}").format(name=name, born=patient.born, mrn=patient.mrn)
        lines = broken(about, sheet.text_width * 0.68, BOLD, 10.5).split("\n")
        if len(lines) > 1:
            lines = broken(about, sheet.text_width * 0.68, BOLD, 8.5).split("\n")[:2]
        canvas.setFont(BOLD, 10.5 if len(lines) == 1 else 8.5)
        _lines(canvas, sheet.left, top - (16 if len(lines) == 1 else 12), lines, 9.5)
    with canvas.tagged("P"):
        canvas.setFont(REGULAR, 9)
        canvas.setFillColor(QUIET)
        for number, line in enumerate((head.name, head.department, content.date)):
            words = shortened(printable(line), sheet.text_width * 0.3, 9, width_of)
            canvas.drawRightString(right, top + 3 - number * 11, words)
    canvas.setStrokeColor(look.accent)
    canvas.setLineWidth(0.9)
    canvas.line(sheet.left, top - 24, right, top - 24)


def _lines(canvas: LetterCanvas, x: float, y: float, lines: Sequence[str], leading: float) -> None:
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * leading, line)
