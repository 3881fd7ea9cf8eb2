"""A letter out of the window: onto paper, or into a file."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from app.record.reading import NotPossible
from app.services.whole_file import whole_file
from app.ui.work import in_background
from app.words import _


class LetterOut(QObject):
    """`said(text)` for the status bar; `not_possible(text)` when the printer or the disk refuses."""

    said = Signal(str)
    not_possible = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent

    def ask_and_print(self, document: QPdfDocument, pdf: bytes, stamp: str = "") -> None:
        """Ask for the printer, then print beside the window; `stamp` stands over the head of every page."""
        from app.ui.printing import ask_printer, print_letter

        printer = ask_printer(document, self._window)
        if printer is not None:
            self.said.emit(_("Printing the letter…"))
            in_background(lambda _work: print_letter(pdf, printer, stamp), self._printed, self._not_printed)

    def ask_and_save(self, pdf: bytes, name: str) -> None:
        """Ask where to, then write the file; `name` is offered."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, _("Save letter as PDF"), name, _("PDF documents (*.pdf)")
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen + ".pdf")
        try:
            save(pdf, path)
        except NotPossible as error:
            self.not_possible.emit(str(error))
        else:
            self.said.emit(_("The letter was saved as {file}.").format(file=path))

    def _printed(self, _nothing: object) -> None:
        self.said.emit(_("The letter was sent to the printer."))

    def _not_printed(self, error: Exception) -> None:
        if not isinstance(error, NotPossible):
            raise error
        self.not_possible.emit(str(error))


def save(pdf: bytes, path: Path) -> None:
    """Write a letter to a file, whole or not at all; raises `NotPossible` with the reason."""
    with whole_file(path) as out:
        out.write(pdf)
