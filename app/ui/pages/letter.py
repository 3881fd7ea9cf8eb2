"""The clinic letter in the window: as it will be printed, to save or to print."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.record.reading import NotPossible, Refused
from app.record.record import PatientRecord
from app.services.desk import Desk
from app.ui.flow import FlowRow
from app.ui.work import Cancelled, Work, in_background
from app.words import _

WIDEST = 860  # pixels of a page at first


class LetterPage(QWidget):
    """Composes beside the window and shows the pages.

    `ready(bool)` when a letter is there to save or to print, or is no more; `said(text)` for the status bar,
    `not_possible(text)` for what went wrong.
    """

    ready = Signal(bool)
    said = Signal(str)
    not_possible = Signal(str)

    def __init__(self, desk: Desk, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._next = ""
        self._zoomed = False
        self.pdf = b""
        self._wanted: tuple[PatientRecord, date] | None = None
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
        self.tools = FlowRow(8)
        self.tools.setContentsMargins(12, 8, 12, 6)
        self.previous = self._tool(_("Page &up"), self._page_up)
        self.next = self._tool(_("Page &down"), self._page_down)
        self.tools.add(self.page_words, stretch=True)
        for name in ("zoom_out", "zoom_in", "zoom_fit", "save_letter", "print_letter"):
            self._button_for(actions[name], main=name == "print_letter")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.tools)
        layout.addWidget(self.stack, 1)
        self.view.pageNavigator().currentPageChanged.connect(self._show_page)
        self.setFocusProxy(self.view)

    def _tool(self, words: str, do: Any) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(do)
        self.tools.add(button)
        return button

    def _button_for(self, action: QAction, *, main: bool = False) -> None:
        button = QPushButton(action.text())
        button.setToolTip(action.toolTip())
        button.setProperty("main", main)
        button.clicked.connect(action.trigger)
        self.ready.connect(button.setEnabled)
        self.tools.add(button)

    def show_letter(self, record: PatientRecord, as_of: date) -> None:
        """Compose the letter of a record as of a day, unless it is the one that is shown."""
        if self._wanted == (record, as_of) and self.pdf:
            return
        self._wanted = (record, as_of)
        self._drop()
        self.words.setText(_("Composing the letter…"))
        self.stack.setCurrentWidget(self.words)
        if self._work is not None:
            self._work.cancel()
        letters = self._desk.letters

        def job(work: Work) -> tuple[PatientRecord, date, bytes]:
            work.check()
            return record, as_of, letters.compose(record, as_of)

        self._work = in_background(job, self._composed, self._failed)

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
        self.view.setZoomFactor(min(WIDEST / width, room / width))

    def file_name(self) -> str:
        """Return the name a saved letter gets unless another is typed: a name of a patient has no place in it."""
        day = self._wanted[1] if self._wanted is not None else self._desk.today()
        return f"clinic-letter-{day.isoformat()}.pdf"

    def when_ready(self, do: str) -> None:
        """Save or print ("save", "print") as soon as the letter is composed."""
        self._next = do
        if self.pdf:
            self._do_next()

    def _do_next(self) -> None:
        do, self._next = self._next, ""
        try:
            if do == "save":
                self._ask_and_save()
            elif do == "print":
                self._ask_and_print()
        except NotPossible as error:
            self.not_possible.emit(str(error))

    def _ask_and_print(self) -> None:
        from app.ui.printing import ask_printer, print_letter

        printer, pdf = ask_printer(self.document.pageCount(), self), self.pdf
        if printer is not None:
            self.said.emit(_("Printing the letter…"))
            in_background(lambda _work: print_letter(pdf, printer), self._printed, self._not_printed)

    def _printed(self, _nothing: object) -> None:
        self.said.emit(_("The letter was sent to the printer."))

    def _not_printed(self, error: Exception) -> None:
        if not isinstance(error, NotPossible):
            raise error
        self.not_possible.emit(str(error))

    def _ask_and_save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save letter as PDF"), self.file_name(), _("PDF documents (*.pdf)")
        )
        if name:
            path = Path(name) if Path(name).suffix else Path(name + ".pdf")
            self.save(path)
            self.said.emit(_("The letter was saved as {file}.").format(file=path))

    def save(self, path: Path) -> None:
        """Write the letter to a file, whole or not at all; raises `NotPossible` with the reason."""
        from app.services.whole_file import whole_file

        with whole_file(path) as out:
            out.write(self.pdf)

    def _composed(self, result: tuple[PatientRecord, date, bytes]) -> None:
        record, as_of, pdf = result
        if self._wanted != (record, as_of):
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
        self.ready.emit(True)
        self._do_next()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return  # a newer one is on its way
        self._work, self._next = None, ""
        if isinstance(error, Refused):
            why = "\n".join(str(fault) for fault in error.faults)
        elif isinstance(error, NotPossible):
            why = str(error)
        else:
            self.words.setText(_("The letter cannot be composed."))
            raise error
        self.words.setText(_("The letter cannot be composed: {why}").format(why=why))

    def _drop(self) -> None:
        self.pdf = b""
        self.document.close()
        self._buffer.close()
        self.page_words.clear()
        self.ready.emit(False)

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
