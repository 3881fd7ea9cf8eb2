"""A letter out of the window: onto paper, or into a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.record.reading import NotPossible
from app.services.whole_file import whole_file
from app.ui.settings import Settings
from app.ui.work import Work, in_background
from app.words import _


class LetterOut(QObject):
    """`said(text)` for the status bar; `not_possible(text)` when the printer or the disk refuses."""

    said = Signal(str)
    not_possible = Signal(str)

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__(parent)
        self._window = parent
        self._settings = settings
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def ask_and_print(self, pdf: bytes, stamp: str = "") -> None:
        """Ask how, then print beside the window; `stamp` stands over the head of every page."""
        from app.ui.panels.print_dialog import PrintDialog

        dialog = PrintDialog(pdf, self._settings, stamp, parent=self._window)
        dialog.confirmed.connect(partial(self._print, pdf, stamp))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _print(self, pdf: bytes, stamp: str, printer: QPrinter) -> None:
        from app.ui.printing import print_letter

        self.said.emit(_("Printing…"))

        def job(_work: Work) -> str:
            print_letter(pdf, printer, stamp)
            if file := printer.outputFileName():
                return _("The letter was saved as {file}.").format(file=file)
            return _("Sent to the printer {name}.").format(name=printer.printerName())

        in_background(job, self.said.emit, self._not_printed)

    def ask_and_save(self, pdf: bytes, name: str) -> None:
        """Ask where to, then write the file; `name` is offered, in the folder of the last one."""
        offered = str(self._folder / name) if self._folder.is_dir() else name
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, _("Save letter as PDF"), offered, _("PDF documents (*.pdf)")
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen + ".pdf")
        if str(path) != chosen and path.exists() and not self._may_replace(path):
            return  # the dialog asked about the name without its ending
        try:
            save(pdf, path)
        except NotPossible as error:
            self.not_possible.emit(str(error))
        else:
            self._folder = path.parent
            self.said.emit(_("The letter was saved as {file}.").format(file=path))

    def _may_replace(self, path: Path) -> bool:
        words = _("{file} is there already. Put the new one in its place?").format(file=path.name)
        box = QMessageBox(QMessageBox.Icon.Question, _("Save letter as PDF"), words, parent=self._window)
        replace = box.addButton(_("&Replace it"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is replace

    def _not_printed(self, error: Exception) -> None:
        if not isinstance(error, NotPossible):
            raise error
        self.not_possible.emit(str(error))


def save(pdf: bytes, path: Path) -> None:
    """Write a letter to a file, whole or not at all; raises `NotPossible` with the reason."""
    with whole_file(path) as out:
        out.write(pdf)
