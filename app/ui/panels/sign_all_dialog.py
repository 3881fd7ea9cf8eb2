"""All letters that wait for their signature: looked at one by one, signed together, printed together."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
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
from app.record.reading import NotPossible, Refused
from app.services.desk import Desk
from app.services.letter_archive import SignedLetter, Waiting
from app.services.people import Person
from app.services.recipients import recipient_of
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import small
from app.ui.palette import colour
from app.ui.panels.letter_pages import LetterPages
from app.ui.panels.sign_dialog import SignDialog, doctors_of
from app.ui.work import Cancelled, Work, in_background
from app.words import _, many

WAITING = Qt.ItemDataRole.UserRole
STATE = 1
LISTED = 12  # letters named one by one before they are signed


class SignAllDialog(QDialog):
    """A list with a box for each letter, its pages beside it. `changed(mrn)` for each that was signed."""

    changed = Signal(str)

    def __init__(self, desk: Desk, waiting: Sequence[Waiting], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Work | None = None
        self.signed: list[SignedLetter] = []
        self._rows: dict[str, int] = {}
        self._faults: list[tuple[int, str]] = []
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
        self.cancel = self._button(_("Cancel"), self._cancel)
        self.close_button = self._button(_("Close"), self.reject)
        self._fill(waiting)
        self._lay_out()
        self.list.currentItemChanged.connect(self._preview)
        self.list.itemChanged.connect(self._count)
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
        if self._work is None:
            super().reject()

    def _count(self) -> None:
        count = len(self.chosen())
        words = many("&Sign {count} letter…", "&Sign {count} letters…", count).format(count=count)
        self.sign.setText(words if count else _("&Sign letters…"))
        self.sign.setEnabled(bool(count) and self._work is None)
        self.print.setEnabled(bool(self.signed) and self._work is None)

    def _preview(self, item: QTreeWidgetItem | None) -> None:
        one: Waiting | None = item.data(0, WAITING) if item is not None else None
        if one is not None:
            desk, letter = self._desk, one.letter
            self.pages.compose(lambda: desk.archive.draft(desk.patients.open(letter.mrn).record, desk.today(), letter))
        elif item is not None:
            signed = next(one for one in self.signed if one.code in item.text(STATE))
            self.pages.compose(partial(self._desk.archive.pdf, signed))

    def _ask(self) -> None:
        """Ask who signs, naming every letter."""
        chosen = self.chosen()
        try:
            doctors = doctors_of(self._desk.people)
            lines = [self._in_words(one) for _row, one in chosen[:LISTED]]
        except NotPossible as error:
            self.said.setText(str(error))
            return
        if not doctors:
            self.said.setText(_("A doctor signs letters, and the clinic’s list has none: Ctrl+Shift+U adds one."))
            return
        if len(chosen) > LISTED:
            lines.append(_("… and {count} more").format(count=len(chosen) - LISTED))
        dialog = SignDialog(doctors, "\n".join(lines), (self._desk.people.by, chosen[0][1].doctor), self)
        dialog.confirmed.connect(partial(self._sign, chosen))
        dialog.open()

    def _in_words(self, one: Waiting) -> str:
        record = self._desk.patients.open(one.letter.mrn).record
        to = recipient_of(record, one.letter.kind, one.letter.recipient, self._desk.letters.settings().name)
        title = _(KINDS[kind_of(one.letter.kind)].title)
        return _("{kind} on {name}, {mrn}, to: {recipient}").format(
            kind=title, name=one.name, mrn=one.letter.mrn, recipient=to.words
        )

    def _sign(self, chosen: list[tuple[int, Waiting]], signer: Person) -> None:
        desk, done, faults, today = self._desk, self.signed, self._faults, self._desk.today()
        faults.clear()
        rows = self._rows
        rows.clear()

        def job(work: Work) -> None:
            for count, (row, one) in enumerate(chosen):  # one letter at a time: none is held longer than it takes
                work.report(count)
                try:
                    record = desk.patients.open(one.letter.mrn).record
                    letter = desk.archive.sign(record, today, one.letter, signer)
                except (NotPossible, Refused) as error:
                    why = "; ".join(map(str, error.faults)) if isinstance(error, Refused) else str(error)
                    faults.append((row, why))
                else:
                    rows[letter.code] = row
                    done.append(letter)

        self._start(job, len(chosen), self._have_signed)

    def _have_signed(self, _nothing: object) -> None:
        for letter in self.signed:
            row = self._rows.pop(letter.code, None)
            item = self.list.topLevelItem(row) if row is not None else None
            if item is not None:
                item.setData(0, WAITING, None)
                item.setCheckState(0, Qt.CheckState.Unchecked)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setText(STATE, f"✓ {letter.code}")
                item.setForeground(STATE, colour("done"))
                self.changed.emit(letter.mrn)
        for row, why in self._faults:
            if (item := self.list.topLevelItem(row)) is not None:
                item.setText(STATE, f"■ {why}")
                item.setToolTip(STATE, why)
                item.setForeground(STATE, colour("urgent"))
        words = _("{count} signed.").format(count=len(self.signed))
        if self._faults:
            words += " " + _("{count} could not be signed: the list says why.").format(count=len(self._faults))
        self._preview(self.list.currentItem())
        self._end(words)

    def _ask_printer(self) -> None:
        from app.ui.printing import ask_printer, print_letter

        printer = ask_printer(self.pages.document, self)
        if printer is None:
            return
        archive, letters = self._desk.archive, tuple(self.signed)

        def job(work: Work) -> None:
            for count, letter in enumerate(letters):
                work.report(count)
                print_letter(archive.pdf(letter), printer)

        self._start(job, len(letters), self._have_printed)

    def _have_printed(self, _nothing: object) -> None:
        self._end(_("The letters were sent to the printer."))

    def _start(self, job: Callable[[Work], None], count: int, done: Callable[[object], None]) -> None:
        self.progress.setRange(0, count)
        self.progress.setValue(0)
        self.progress.show()
        self.cancel.show()
        self._work = in_background(job, done, self._stopped)
        self._work.progressed.connect(self.progress.setValue)
        self._count()

    def _cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _stopped(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._have_signed(None)
            return
        self._end(str(error))
        if not isinstance(error, NotPossible):
            raise error

    def _end(self, words: str) -> None:
        self._work = None
        self.said.setText(words)
        self.progress.hide()
        self.cancel.hide()
        self._count()
