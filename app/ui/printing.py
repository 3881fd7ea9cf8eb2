"""A letter on paper: the pages of the PDF, drawn onto the printer as they are."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.record.reading import NotPossible
from app.words import _

STRIP = 256  # rows of dots
FINEST = 600  # dots per inch: more shows nothing more and costs memory


def ask_printer(pages: int, parent: QWidget) -> QPrinter | None:
    """Ask for the printer; return it, or None when nothing is to be printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_("Clinic letter"))  # never a patient's name: it stands in print queues
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_letter(pdf: bytes, printer: QPrinter) -> None:
    """Print a letter, in any thread: drawing it finely takes seconds. Raises `NotPossible` when the printer refuses."""
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    print_pages(document, printer)
    document.close()


def print_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Draw the chosen pages onto the printer, edge to edge as they were composed."""
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPossible(_("The printer does not take the letter: look whether it is switched on and has paper."))
    try:
        for page in range(first - 1, min(last, document.pageCount())):
            if page > first - 1 and not printer.newPage():
                raise NotPossible(_("The printer stopped after page {page}.").format(page=page))
            _draw_page(document, page, painter, printer.resolution())
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
