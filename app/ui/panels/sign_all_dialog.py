"""All letters that wait for their signature: looked at one by one, signed together, printed together."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.figures.wording import date_in_words
from app.letters.kinds import KINDS, kind_of
from app.record.reading import NotPossible
from app.services.desk import Desk
from app.services.letter_archive import Waiting
from app.services.people import Person
from app.services.recipients import recipient_of
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import small
from app.ui.letter_batch import LetterBatch
from app.ui.palette import colour
from app.ui.panels.letter_pages import LetterPages
from app.ui.panels.sign_dialog import SignDialog, doctors_of, goes_along
from app.ui.settings import Settings
from app.words import _, many

WAITING = Qt.ItemDataRole.UserRole
STATE = 1
LISTED = 12  # letters named one by one before they are signed


class SignAllDialog(QDialog):
    """A list with a box for each letter, its pages beside it. `changed(mrn)` for each that was signed."""

    changed = Signal(str)

    def __init__(
        self, desk: Desk, waiting: Sequence[Waiting], settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self.batch = LetterBatch(desk, self)
        self.setWindowTitle(_("Letters that wait for their signature"))
        self.resize(1180, 660)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Letter"), _("State")])
        self.list.setRootIsDecorated(False)
        self.list.setAccessibleName(self.windowTitle())
        self.pages = LetterPages()
        self.said = small(QLabel(_("Arrows show each letter; Space leaves one out.")))
        self.said.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.hide()
        self.sign = self._button(_("Sign"), self._ask, main=True)
        self.print = self._button(_("Print what was signed…"), self._ask_printer)
        self.cancel = self._button(_("Cancel"), self.batch.cancel)
        self.close_button = self._button(_("Close"), self.reject)
        self._fill(waiting)
        self._lay_out()
        self.list.currentItemChanged.connect(self._preview)
        self.list.itemChanged.connect(self._count)
        self.batch.progressed.connect(self.progress.setValue)
        self.batch.ended.connect(self._show_end)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self._count()
        self.list.setFocus()

    def _button(self, words: str, do: object, *, main: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setProperty("main", main)
        button.clicked.connect(do)
        return button

    def _fill(self, waiting: Sequence[Waiting]) -> None:
        for one in waiting:
            title = _(KINDS[kind_of(one.letter.kind)].title)
            words = " · ".join(filter(None, (title, date_in_words(one.letter.day), one.doctor)))
            item = QTreeWidgetItem([f"{one.name} · {one.letter.mrn}\n{words}", _("waits")])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked)
            item.setData(0, WAITING, one)
            self.list.addTopLevelItem(item)
        self.list.setColumnWidth(0, min(400, max(300, self.list.sizeHintForColumn(0) + 24)))
        self.list.setTabKeyNavigation(False)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        for button in (self.pages.previous, self.pages.next):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addWidget(self.pages.page_words, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(tools)
        column.addWidget(self.pages, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setSizes([480, 700])
        foot = QHBoxLayout()
        foot.addWidget(self.said, 2)
        foot.addWidget(self.progress, 1)
        for button in (self.cancel, self.sign, self.print, self.close_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        self.cancel.hide()
        with_mnemonics([self.sign, self.print, self.cancel, self.close_button])

    def chosen(self) -> list[tuple[int, Waiting]]:
        """Return the letters that are to be signed, with their rows."""
        items = ((row, self.list.topLevelItem(row)) for row in range(self.list.topLevelItemCount()))
        ticked = ((row, item) for row, item in items if item is not None and item.data(0, WAITING) is not None)
        return [(row, item.data(0, WAITING)) for row, item in ticked if item.checkState(0) == Qt.CheckState.Checked]

    def reject(self) -> None:
        """Close, but not while letters are being signed or printed."""
        if not self.batch.is_busy:
            super().reject()

    def _count(self) -> None:
        count = len(self.chosen())
        words = many("&Sign {count} letter…", "&Sign {count} letters…", count).format(count=count)
        self.sign.setText(words if count else _("&Sign letters…"))
        self.sign.setEnabled(bool(count) and not self.batch.is_busy)
        self.print.setEnabled(bool(self.batch.signed) and not self.batch.is_busy)

    def _preview(self, item: QTreeWidgetItem | None) -> None:
        one: Waiting | None = item.data(0, WAITING) if item is not None else None
        if one is not None:
            desk, letter = self._desk, one.letter
            self.pages.compose(lambda: desk.archive.draft(desk.patients.open(letter.mrn).record, desk.today(), letter))
        elif item is not None:
            signed = self.batch.signed[self.list.indexOfTopLevelItem(item)]
            self.pages.compose(partial(self._desk.archive.pdf, signed))

    def _ask(self) -> None:
        """Ask who signs, naming every letter."""
        chosen = self.chosen()
        try:
            doctors = doctors_of(self._desk.people)
            lines = [self._in_words(one) for _row, one in chosen[:LISTED]]
            along = goes_along(self._desk.letters.settings().attach_record, len(chosen))
        except NotPossible as error:
            self.said.setText(str(error))
            return
        if not doctors:
            self.said.setText(_("A doctor signs letters, and the clinic’s list has none: Ctrl+Shift+U adds one."))
            return
        if len(chosen) > LISTED:
            lines.append(_("… and {count} more").format(count=len(chosen) - LISTED))
        dialog = SignDialog(doctors, "\n".join(lines), (self._desk.people.by, chosen[0][1].doctor), along, self)
        dialog.confirmed.connect(partial(self._sign, chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _in_words(self, one: Waiting) -> str:
        record = self._desk.patients.open(one.letter.mrn).record
        to = recipient_of(record, one.letter.kind, one.letter.recipient, self._desk.letters.settings().name)
        title = _(KINDS[kind_of(one.letter.kind)].title)
        return _("{kind} on {name}, {mrn}, to: {recipient}").format(
            kind=title, name=one.name, mrn=one.letter.mrn, recipient=to.words
        )

    def _sign(self, chosen: list[tuple[int, Waiting]], signer: Person) -> None:
        self.batch.sign(chosen, signer)
        self._show_begin(len(chosen))

    def _ask_printer(self) -> None:
        """Ask how what was signed is printed; what was printed already is printed only when all of it was."""
        from app.ui.panels.print_dialog import PrintDialog

        rows = sorted(set(self.batch.signed) - self.batch.printed) or sorted(self.batch.signed)
        try:
            first = self._desk.archive.pdf(self.batch.signed[rows[0]])
        except NotPossible as error:
            self.said.setText(str(error))
            return
        dialog = PrintDialog(first, self._settings, letters=len(rows), parent=self)
        dialog.confirmed.connect(partial(self._print, rows))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _print(self, rows: list[int], printer: QPrinter) -> None:
        named = [(row, item.text(0).partition("\n")[0]) for row in rows if (item := self.list.topLevelItem(row))]
        self.batch.print(named, printer)
        self._show_begin(len(rows))

    def _show_begin(self, count: int) -> None:
        self.progress.setRange(0, count)
        self.progress.setValue(0)
        self.progress.setFormat(_("{done} of {all}").format(done="%v", all="%m"))
        self.progress.show()
        self.cancel.show()
        self._count()

    def _show_end(self, words: str) -> None:
        """Say what was done, and of each letter how it stands."""
        for row, letter in self.batch.signed.items():
            item = self.list.topLevelItem(row)
            if item is None:
                continue
            more = _("sent to the printer") if row in self.batch.printed else ""
            self._mark(item, "\n".join(filter(None, (f"✓ {letter.code}", more))), "done")
            if item.data(0, WAITING) is not None:
                item.setData(0, WAITING, None)
                item.setCheckState(0, Qt.CheckState.Unchecked)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                self.changed.emit(letter.mrn)
        for one in self.batch.failed:
            if (item := self.list.topLevelItem(one.row)) is not None:
                code = f"✓ {self.batch.signed[one.row].code}\n" if one.row in self.batch.signed else ""
                self._mark(item, f"{code}■ {one.why}", "urgent")
        self.said.setText(words)
        self.progress.hide()
        self.cancel.hide()
        self._preview(self.list.currentItem())
        self._count()

    def _mark(self, item: QTreeWidgetItem, words: str, ink: str) -> None:
        item.setText(STATE, words)
        item.setToolTip(STATE, words)
        item.setForeground(STATE, colour(ink))
