"""The step before something is printed: on which printer, how often, from which tray; and how the sheets will look."""

from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.record.reading import NotPossible
from app.ui.forms.count_box import CountBox
from app.ui.forms.fields import Field
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import small
from app.ui.panels.letter_choices import Chooser
from app.ui.panels.letter_pages import document_of
from app.ui.panels.sheet_view import SheetView
from app.ui.panels.state_line import StateLine
from app.ui.printers import (
    Abilities,
    PrintChoices,
    Printers,
    keep_choices,
    kept_choices,
    paper_in_words,
    paper_of,
    prepared,
)
from app.ui.printing import fit_paper, pages_cut
from app.ui.settings import Settings
from app.ui.work import in_background
from app.words import _, many

MOST_COPIES = 99
LARGE, AROUND = (900, 820), (60, 110)  # pixels
MILLIMETRES = 25.4 / 72  # of a point


class PrintDialog(QDialog):
    """`confirmed(QPrinter)` when it is to be printed, on a printer that was there just now.

    The choices are kept for this paper and this computer; copies and pages are not.
    """

    confirmed = Signal(object)

    def __init__(
        self,
        pdf: bytes,
        settings: Settings,
        stamp: str = "",
        *,
        letters: int = 1,
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Print a document, which is only the first where there are several `letters`."""
        super().__init__(parent)
        self._document = document = document_of(pdf, self)
        self._settings = settings
        self._letters = letters
        self.printers = printers or Printers()
        self._paper = paper_of(document)
        self._able: Abilities | None = None
        self._kept = kept_choices(settings, self._paper, self.printers)
        title = many("Print {count} letter", "Print {count} letters", letters).format(count=letters)
        self.setWindowTitle(title if letters > 1 else _("Print"))
        self.printer = Field(_("Printer"), Chooser())
        self.sides = Field(_("Sheets"), Chooser())
        self.tray = Field(_("Tray"), Chooser(), tip=_("As the printer itself calls them."))
        self.colours = Field(_("Colours"), Chooser())
        self.copies = Field(_("Copies"), CountBox(1, MOST_COPIES))
        count = document.pageCount()
        self.first, self.last = Field(_("From page"), CountBox(1, count)), Field(_("To page"), CountBox(1, count))
        self.last.put(count)
        self.sheet = SheetView(document, stamp)
        self.page_words = small(QLabel())
        self.warning = StateLine(_("What to look after"))
        self.warning.hide()
        self._lay_out()
        self._connect()
        self._offer_printers()

    def _lay_out(self) -> None:
        self.up, self.down = QPushButton(_("Page &up")), QPushButton(_("Page &down"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.print = self.buttons.addButton(_("Print"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.print.setProperty("main", True)
        self.other = self.buttons.addButton(_("The system’s own dialog…"), QDialogButtonBox.ButtonRole.ActionRole)
        for button in (self.up, self.down, self.other):
            button.setAutoDefault(False)
        fields = (self.printer, self.copies, self.first, self.last, self.sides, self.tray, self.colours)
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(10)
        for field in fields:
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            (numbers if isinstance(field.editor, CountBox) else left).addWidget(field)
        left.insertLayout(1, numbers)
        left.addStretch(1)
        for field in (self.first, self.last):
            field.setVisible(self._letters == 1 and self._document.pageCount() > 1)
        turning = QHBoxLayout()
        turning.addWidget(self.up)
        turning.addWidget(self.down)
        turning.addWidget(self.page_words, 1)
        right = QVBoxLayout()
        right.addLayout(turning)
        right.addWidget(self.sheet, 1)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addLayout(left, 2)
        upper.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(upper, 1)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)
        self.print.setDefault(True)  # now that it is of this dialog
        self.resize(QSize(*LARGE).boundedTo(self.screen().availableSize() - QSize(*AROUND)))
        with_mnemonics([*(one.label for one in fields), self.up, self.down, self.other, self.print])
        for one, after in pairwise(fields):
            QWidget.setTabOrder(one.editor, after.editor)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        self.other.clicked.connect(self._ask_system)
        self.printer.edited.connect(self._printer_chosen)
        self.colours.edited.connect(self._show_sheet)
        self.first.edited.connect(self._first_chosen)
        self.last.edited.connect(self._last_chosen)
        for button, key, step in ((self.up, "PgUp", self._turn_back), (self.down, "PgDown", self._turn_on)):
            button.clicked.connect(step)
            QShortcut(QKeySequence(key), self).activated.connect(step)

    def choices(self) -> PrintChoices:
        """Return how it is to be printed."""
        return PrintChoices(
            printer=self.printer.value(), both_sides=self.sides.value() == "both", tray=self.tray.value(),
            grey=self.colours.value() == "grey",
        )  # fmt: skip

    def _offer_printers(self) -> None:
        names = self.printers.names()
        none = {"": _("no printer")}
        self.printer.editor.offer({name: name for name in names} or none, self._kept.printer)
        self.printer.setEnabled(bool(names))
        self._printer_chosen()
        (self.print if names else self.buttons.button(QDialogButtonBox.StandardButton.Cancel)).setFocus()

    def _printer_chosen(self) -> None:
        """Offer what the chosen printer can do, and say what is against it."""
        name = self.printer.value()
        self._able, fault = None, ""
        if name:
            try:
                self._able = self.printers.abilities(name, self._paper)
            except NotPossible as error:
                fault = str(error)
        else:
            fault = _("No printer is set up on this computer. The letter can be saved as PDF instead (Ctrl+S).")
        able = self._able
        both = {"both": _("both sides")} if able is not None and able.both_sides else {}
        self.sides.editor.offer({"one": _("one side"), **both}, "both" if self._kept.both_sides else "one")
        colours = {"colour": _("in colour")} if able is not None and able.colours else {}
        is_grey = self._kept.grey or not colours
        self.colours.editor.offer({**colours, "grey": _("black and grey")}, "grey" if is_grey else "colour")
        self._offer_trays(())
        if able is not None:
            printers = self.printers
            in_background(lambda _work: (name, printers.trays(name)), self._trays_told, self._trays_not_told)
        for part in (self.sides, self.colours, self.print):
            part.setEnabled(able is not None)
        self._say(fault)
        self._show_sheet()

    def _offer_trays(self, trays: tuple[str, ...]) -> None:
        usual = {"": _("as the printer decides")}
        is_kept = self.printer.value() == self._kept.printer
        self.tray.editor.offer({**usual, **{one: one for one in trays}}, self._kept.tray if is_kept else "")
        self.tray.setEnabled(bool(trays))

    def _trays_told(self, told: tuple[str, tuple[str, ...]]) -> None:
        name, trays = told
        if name == self.printer.value():
            self._offer_trays(trays)

    def _trays_not_told(self, error: Exception) -> None:
        raise error

    def _say(self, fault: str) -> None:
        said = [fault] if fault else []
        if self._able is not None:
            said += self._about_paper(self._able)
        self.warning.setVisible(bool(said))
        if said:
            self.warning.say("\n".join(said), is_calm=False)

    def _about_paper(self, able: Abilities) -> list[str]:
        """Return what is wrong with the paper, and what would be cut off."""
        paper = paper_in_words(self._paper)
        said = [_("This printer is stopped: what is sent waits until it goes on.")] if able.is_stopped else []
        if not able.has(self._paper):
            words = _("This printer knows no paper of {paper}: its edges may be lost. It is never made smaller.")
            said.append(words.format(paper=paper))
        elif not able.usual.isEquivalentTo(self._paper):
            words = _("This is for {paper}, and the printer usually holds {usual}: see that {paper} is in the tray.")
            said.append(words.format(paper=paper, usual=paper_in_words(able.usual)))
        if cut := pages_cut(self._document, able.edges):
            edge = max(able.edges.left(), able.edges.top(), able.edges.right(), able.edges.bottom()) * MILLIMETRES
            words = _("This printer leaves up to {mm} mm blank around: something at the edge of page {pages} is lost.")
            said.append(words.format(mm=round(edge), pages=", ".join(map(str, cut))))
        return said

    def _first_chosen(self) -> None:
        self.last.put(max(self.first.value(), self.last.value()))

    def _last_chosen(self) -> None:
        self.first.put(min(self.first.value(), self.last.value()))

    def _turn_back(self) -> None:
        self._turn(-1)

    def _turn_on(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        self.sheet.page = min(max(self.sheet.page + step, 0), self._document.pageCount() - 1)
        self._show_sheet()

    def _show_sheet(self) -> None:
        page, count = self.sheet.page, self._document.pageCount()
        words = _("Page {page} of {count}").format(page=page + 1, count=count)
        if self._letters > 1:
            words += " · " + _("the first of {count} letters").format(count=self._letters)
        self.page_words.setText(words)
        self.sheet.setAccessibleName(words)
        self.up.setEnabled(page > 0)
        self.down.setEnabled(page + 1 < count)
        self.sheet.grey = self.colours.value() == "grey"
        if self._able is not None:
            self.sheet.edges = self._able.edges
        self.sheet.update()

    def _opened(self) -> QPrinter:
        printer = prepared(self.printers.opened(self.printer.value()), self.choices(), self.copies.value())
        fit_paper(printer, self._document)
        if (self.first.value(), self.last.value()) != (1, self._document.pageCount()):
            printer.setFromTo(self.first.value(), self.last.value())
        return printer

    def _confirm(self) -> None:
        try:
            printer = self._opened()
        except NotPossible as error:
            self._say(str(error))
            return
        keep_choices(self._settings, self._paper, self.choices())
        self.accept()
        self.confirmed.emit(printer)

    def _ask_system(self) -> None:
        """Let the dialog of the system decide, which knows every option of its printers."""
        try:
            printer = self._opened()
        except NotPossible:  # none is there, or that one is no more: another can be chosen there
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            fit_paper(printer, self._document)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self._document.pageCount())
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.accept()
            self.confirmed.emit(printer)
