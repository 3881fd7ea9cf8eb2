"""A letter on paper: the pages of the PDF, drawn onto the printer as they are."""

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.record.reading import NotPossible
from app.words import _

FINEST = 600  # dots per inch: more shows nothing more and costs memory


def ask_and_print(document: QPdfDocument, parent: QWidget) -> bool:
    """Ask for the printer and print; return whether it was done. Raises `NotPossible` when the printer refuses."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_("Clinic letter"))  # never a patient's name: it stands in print queues
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, document.pageCount())
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    print_pages(document, printer)
    return True


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
            size = document.pagePointSize(page)
            dots = min(printer.resolution(), FINEST) / 72
            image = document.render(page, QSize(round(size.width() * dots), round(size.height() * dots)))
            paper = printer.resolution() / 72
            painter.drawImage(QRectF(0, 0, size.width() * paper, size.height() * paper), image)
    finally:
        painter.end()
