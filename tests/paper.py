"""A printer for tests: what is printed on it is a PDF, and it can do what it is said to do."""

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from app.record.reading import NotPossible
from app.ui.printers import Abilities, Printers, gone

A4, LETTER = QPageSize(QPageSize.PageSizeId.A4), QPageSize(QPageSize.PageSizeId.Letter)


class PaperPrinters(Printers):
    """Printers by name that print into one file."""

    def __init__(self, file, names=("Ward 4",), *, papers=(A4, LETTER), edges=0.0, both_sides=True, trays=()):
        self.file, self._names = file, names
        self._papers, self._edges, self._both_sides, self._trays = papers, edges, both_sides, trays

    def names(self):
        return self._names

    def usual(self):
        return self._names[0] if self._names else ""

    def trays(self, _name):
        return self._trays

    def abilities(self, name, _paper):
        if name not in self._names:
            raise NotPossible(gone(name))
        edges = QMarginsF(self._edges, self._edges, self._edges, self._edges)
        return Abilities(
            both_sides=self._both_sides, colours=True, usual=self._papers[0], papers=self._papers, edges=edges
        )

    def opened(self, name):
        if name not in self._names:
            raise NotPossible(gone(name))
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.file))
        return printer


def put_in_printer(monkeypatch, file):
    """Let this computer have one printer, which prints into a file."""
    monkeypatch.setattr("app.ui.panels.print_dialog.Printers", lambda: PaperPrinters(file))
    return file
