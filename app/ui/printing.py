"""A letter on paper: the pages of the PDF, drawn onto the printer as they are."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.record.reading import NotPossible
from app.services.letter_archive import SignedLetter
from app.words import _

STRIP = 256  # rows of dots
STAMP_TOP, STAMP_HEIGHT = 12.0, 16.0  # points from the upper edge: above the head of every letter
FINEST = 600  # dots per inch: more shows nothing more and costs memory


def ask_printer(document: QPdfDocument, parent: QWidget) -> QPrinter | None:
    """Ask for the printer, copies, both sides and tray; return it, or None when nothing is to be printed.

    The paper is that of the document.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_("Letter"))  # never a patient's name: it stands in print queues
    fit_paper(printer, document)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintCollateCopies)
    dialog.setMinMax(1, document.pageCount())
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def fit_paper(printer: QPrinter, document: QPdfDocument) -> None:
    """Let the printer take paper of the size of the first page, laid as the page lies."""
    size = document.pagePointSize(0)
    lies = size.width() > size.height()
    upright = size.transposed() if lies else size
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageSize(paper)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait)


def stamp_of(letter: SignedLetter) -> str:
    """Return what is printed over the head of every page of a letter that another has superseded, or "".

    Its bytes stay as they were signed: the line is drawn on the paper alone, where a letter composed as superseded
    would have it.
    """
    if not letter.superseded_by:
        return ""
    return _("SUPERSEDED by the newer letter {code}").format(code=letter.superseded_by)


def print_letter(pdf: bytes, printer: QPrinter, stamp: str = "") -> None:
    """Print a letter, in any thread: drawing it finely takes seconds. Raises `NotPossible` when the printer refuses.

    `stamp` is printed over the head of every page.
    """
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    print_pages(document, printer, stamp)
    document.close()


def print_pages(document: QPdfDocument, printer: QPrinter, stamp: str = "") -> None:
    """Draw the chosen pages onto the printer, edge to edge as they were composed."""
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    numbers = range(first - 1, min(last, document.pageCount()))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPossible(_("The printer does not take the letter: look whether it is switched on and has paper."))
    try:
        for count, page in enumerate(page for _copy in range(copies) for page in numbers):
            if count and not printer.newPage():
                raise NotPossible(_("The printer stopped after page {page}.").format(page=count))
            _draw_page(document, page, painter, printer.resolution())
            if stamp:
                _draw_stamp(stamp, painter, document.pagePointSize(page).width(), printer.resolution())
    finally:
        painter.end()


def _draw_page(document: QPdfDocument, page: int, painter: QPainter, resolution: int) -> None:
    """Draw a page strip by strip: a whole one takes a second, in which Qt would let nothing else be done."""
    points, dots = document.pagePointSize(page), min(resolution, FINEST)
    image = document.render(page, QSize(round(points.width() * dots / 72), round(points.height() * dots / 72)))
    scale = resolution / dots
    for top in range(0, image.height(), STRIP):
        strip = image.copy(0, top, image.width(), min(STRIP, image.height() - top))
        painter.drawImage(QRectF(0, top * scale, strip.width() * scale, strip.height() * scale), strip)


def _draw_stamp(words: str, painter: QPainter, width: float, resolution: int) -> None:
    """Draw words over the head of a page, in black on white."""
    scale = resolution / 72
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(round(11 * scale))
    painter.setFont(font)
    strip = QRectF(0, STAMP_TOP * scale, width * scale, STAMP_HEIGHT * scale)
    painter.fillRect(strip, Qt.GlobalColor.white)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, words)
