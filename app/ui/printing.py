"""A letter on paper: the pages of the PDF, drawn onto the printer as they are."""

from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.record.reading import NotPossible
from app.services.letter_archive import SignedLetter
from app.ui.printers import gone, paper_of
from app.words import _

STRIP = 256  # rows of dots
STAMP_TOP, STAMP_HEIGHT = 12.0, 16.0  # points from the upper edge: above the head of every letter
FINEST = 600  # dots per inch: more shows nothing more and costs memory
POINTS = 72  # to the inch
INK = 160  # of 255: lighter than this is no text
FOLDS = 8  # rows of points: so much the marks to fold by take at the side, and may be lost


def fit_paper(printer: QPrinter, document: QPdfDocument) -> None:
    """Let the printer take paper of the size of the first page, laid as the page lies, without margins of its own."""
    size = document.pagePointSize(0)
    lies = size.width() > size.height()
    printer.setPageSize(paper_of(document))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)


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
    _confirm_there(printer)
    fit_paper(printer, document)
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
            draw_sheet(document, page, painter, printer.resolution(), stamp)
    finally:
        painter.end()
    _confirm_there(printer)


def _confirm_there(printer: QPrinter) -> None:
    """Qt says nothing of a job that no printer took: ask whether the printer is there, before and after."""
    is_file = printer.outputFormat() == QPrinter.OutputFormat.PdfFormat or printer.outputFileName()
    if not is_file and QPrinterInfo.printerInfo(printer.printerName()).isNull():
        raise NotPossible(gone(printer.printerName()))


def draw_sheet(document: QPdfDocument, page: int, painter: QPainter, resolution: float, stamp: str = "") -> None:
    """Draw one page with what is printed over its head; `resolution` in dots per inch."""
    _draw_page(document, page, painter, resolution)
    if stamp:
        _draw_stamp(stamp, painter, document.pagePointSize(page).width(), resolution)


def drawn_sheet(document: QPdfDocument, page: int, width: int, stamp: str = "") -> QImage:
    """Return a page on white paper as a picture of this width, drawn as the printer draws it."""
    points = document.pagePointSize(page)
    scale = width / points.width()
    image = QImage(width, max(1, round(points.height() * scale)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_sheet(document, page, painter, scale * POINTS, stamp)
    painter.end()
    return image


def pages_cut(document: QPdfDocument, edges: QMarginsF) -> tuple[int, ...]:
    """Return the numbers of those pages on which something stands that a printer with these blank edges leaves out.

    `edges` are those of the upright sheet, in points.
    """
    found = []
    for page in range(document.pageCount()):
        points = document.pagePointSize(page)
        own = edges_of(points.width() > points.height(), edges)
        picture = drawn_sheet(document, page, round(points.width())).convertToFormat(QImage.Format.Format_Grayscale8)
        wide, high = picture.width(), picture.height()
        bands = (
            (0, 0, wide, int(own.top()), 0), (0, high - int(own.bottom()), wide, int(own.bottom()), 0),
            (0, 0, int(own.left()), high, FOLDS), (wide - int(own.right()), 0, int(own.right()), high, FOLDS),
        )  # fmt: skip
        if any(_rows_of_ink(picture.copy(*band)) > most for *band, most in bands if band[2] > 0 and band[3] > 0):
            found.append(page + 1)
    return tuple(found)


def edges_of(lies: bool, edges: QMarginsF) -> QMarginsF:
    """Return the blank edges of a page, which lies or stands on a sheet with these ones."""
    return QMarginsF(edges.top(), edges.right(), edges.bottom(), edges.left()) if lies else edges


def _rows_of_ink(picture: QImage) -> int:
    rows = (cast(memoryview, picture.constScanLine(row)) for row in range(picture.height()))
    return sum(min(row[: picture.width()]) < INK for row in rows)


def _draw_page(document: QPdfDocument, page: int, painter: QPainter, resolution: float) -> None:
    """Draw a page strip by strip: a whole one takes a second, in which Qt would let nothing else be done."""
    points, dots = document.pagePointSize(page), min(resolution, FINEST)
    size = QSize(round(points.width() * dots / POINTS), round(points.height() * dots / POINTS))
    image = document.render(page, size)
    scale = resolution / dots
    for top in range(0, image.height(), STRIP):
        strip = image.copy(0, top, image.width(), min(STRIP, image.height() - top))
        painter.drawImage(QRectF(0, top * scale, strip.width() * scale, strip.height() * scale), strip)


def _draw_stamp(words: str, painter: QPainter, width: float, resolution: float) -> None:
    """Draw words over the head of a page, in black on white."""
    scale = resolution / POINTS
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(max(1, round(11 * scale)))
    painter.setFont(font)
    strip = QRectF(0, STAMP_TOP * scale, width * scale, STAMP_HEIGHT * scale)
    painter.fillRect(strip, Qt.GlobalColor.white)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, words)
