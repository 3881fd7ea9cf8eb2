"""The pages of a letter as they will be printed: composed beside the window, turned, made larger."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.record.reading import NotPossible, Refused
from app.ui.work import Cancelled, Work, in_background
from app.words import _

WIDEST = 860  # pixels of a page at first


def document_of(pdf: bytes, parent: QObject) -> QPdfDocument:
    """Return a document of these bytes; it belongs to `parent`."""
    document = QPdfDocument(parent)
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


class LetterPages(QWidget):
    """`composed(bytes)` when a letter is shown, `dropped` when it no longer is, `failed(Exception)` if it cannot.

    What is asked for later takes the place of what is still being composed.
    """

    composed = Signal(bytes)
    dropped = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pdf = b""
        self._zoomed = False
        self._number = 0
        self._work: Work | None = None
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setAccessibleName(_("Pages of the letter"))
        self.words = QLabel()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.words)
        self.page_words = QLabel()
        self.page_words.setObjectName("quiet")
        self.previous = QPushButton(_("Page &up"))
        self.previous.clicked.connect(self._page_up)
        self.next = QPushButton(_("Page &down"))
        self.next.clicked.connect(self._page_down)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.view.pageNavigator().currentPageChanged.connect(self._show_page)

    def compose(self, make: Callable[[], bytes]) -> None:
        """Show the letter that `make` gives, which is called in another thread."""
        self.drop(_("Composing the letter…"))
        number = self._number

        def job(work: Work) -> tuple[int, bytes]:
            work.check()
            try:
                return number, make()
            except Exception:
                work.check()  # why a letter failed that nobody waits for any more is not said over another one
                raise

        self._work = in_background(job, self._composed, self._failed)

    def fail(self, error: Exception) -> None:
        """Say why there is no letter."""
        self.drop("")
        self._failed(error)

    def drop(self, words: str) -> None:
        """Show words in the place of a letter, also of one that is being composed."""
        self._number += 1
        if self._work is not None:
            self._work.cancel()
        self.pdf = b""
        self.document.close()
        self._buffer.close()
        self.page_words.clear()
        self.words.setText(words)
        self.stack.setCurrentWidget(self.words)
        self.dropped.emit()

    def zoom(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        width = max(1.0, self.document.pagePointSize(0).width()) * self.logicalDpiX() / 72
        fitted = (self.view.viewport().width() - 2 * self.view.documentMargins().left()) / width
        now = self.view.zoomFactor() if self.view.zoomMode() == QPdfView.ZoomMode.Custom else fitted
        self._zoomed = True
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(4.0, max(0.25, now * factor)))

    def fit_width(self) -> None:
        """Make the pages as wide as the window."""
        self._zoomed = True
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _fit_to_read(self) -> None:
        """Begin with lines as long as on paper held in the hand, not as wide as the screen."""
        width = max(1.0, self.document.pagePointSize(0).width()) * self.logicalDpiX() / 72
        room = self.view.viewport().width() - 2 * self.view.documentMargins().left()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(0.25, min(WIDEST / width, room / width)))

    def _composed(self, result: tuple[int, bytes]) -> None:
        number, pdf = result
        if number != self._number:
            return  # a newer one is on its way
        self._work = None
        self.pdf = pdf
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.stack.setCurrentWidget(self.view)
        if not self._zoomed:
            self._fit_to_read()
        self._show_page(0)
        self.composed.emit(pdf)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return  # a newer one is on its way
        self._work = None
        if isinstance(error, Refused):
            why = "\n".join(str(fault) for fault in error.faults)
        elif isinstance(error, NotPossible):
            why = str(error)
        else:
            self.words.setText(_("The letter cannot be composed."))
            raise error
        self.words.setText(_("The letter cannot be composed: {why}").format(why=why))
        self.failed.emit(error)

    def _show_page(self, page: int) -> None:
        count = self.document.pageCount()
        self.page_words.setText(_("Page {page} of {count}").format(page=page + 1, count=count) if count else "")
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < count)

    def _page_up(self) -> None:
        self._go(-1)

    def _page_down(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        navigator = self.view.pageNavigator()
        page = navigator.currentPage() + step
        if 0 <= page < self.document.pageCount():
            navigator.jump(page, navigator.currentLocation() * 0, navigator.currentZoom())
