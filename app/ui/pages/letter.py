"""A letter in the window: what it is to be, as it will be printed; signed, saved, printed; and those there are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.letters.kinds import file_name
from app.record.reading import NotPossible
from app.record.record import PatientRecord
from app.services.desk import Desk
from app.services.letter_archive import Changes, SignedLetter, UnsignedLetter
from app.services.letter_check import state_of
from app.services.spelling import spelling_at
from app.ui.drafts import Drafts
from app.ui.flow import FlowRow
from app.ui.forms.small import small
from app.ui.letter_out import LetterOut
from app.ui.letter_typing import LetterTyping
from app.ui.panels.letter_choices import LetterChoices
from app.ui.panels.letter_list import LetterList
from app.ui.panels.letter_pages import LetterPages
from app.ui.panels.letter_words import draft_words, signed_words
from app.ui.panels.state_line import StateLine
from app.ui.settings import Settings
from app.words import _

BESIDE = 372  # pixels of what stands beside the pages, at first


class LetterPage(QWidget):
    """A draft, composed anew whenever record or choices change, or a signed letter as it was kept.

    `ready(bool)` when a letter is there to save or to print, or is no more; `shown` when another letter is shown;
    `said(text)` for the status bar, `not_possible(text)` for what went wrong.
    """

    ready = Signal(bool)
    shown = Signal()
    said = Signal(str)
    not_possible = Signal(str)

    def __init__(self, desk: Desk, actions: Mapping[str, QAction], settings: Settings, drafts: Drafts) -> None:
        super().__init__()
        self._desk = desk
        self._next = ""
        self._wanted: tuple[PatientRecord, date] | None = None
        self.signed: SignedLetter | None = None
        self.changes = Changes()
        self.pages = LetterPages()
        self.choices = LetterChoices(spelling_at(desk))
        self.typing = LetterTyping(desk, drafts, self.choices)
        self.typing.said.connect(self.said)
        self.list = LetterList()
        self.none = small(QLabel(_("No letter was signed yet, and none waits. Those that are will be listed here.")))
        self.none.setWordWrap(True)
        self.state = StateLine(_("State of the letter"))
        self.state.setContentsMargins(12, 4, 12, 4)
        self.document, self.view, self.stack = self.pages.document, self.pages.view, self.pages.stack
        self.words, self.page_words = self.pages.words, self.pages.page_words
        self.zoom, self.fit_width = self.pages.zoom, self.pages.fit_width
        self._lay_out(actions)
        self.out = LetterOut(self, settings)
        self.out.said.connect(self.said)
        self.out.not_possible.connect(self.not_possible)
        self.pages.composed.connect(self._composed)
        self.pages.dropped.connect(partial(self.ready.emit, False))
        self.pages.failed.connect(self._not_composed)
        self.choices.changed.connect(self.show_draft)
        self.choices.refused.connect(self._refused)
        self.choices.not_possible.connect(self.not_possible)
        self.list.opened.connect(self.open_letter)

    def _lay_out(self, actions: Mapping[str, QAction]) -> None:
        tools = FlowRow(8)
        tools.setContentsMargins(12, 8, 12, 6)
        tools.add(self.pages.previous)
        tools.add(self.pages.next)
        tools.add(self.page_words, stretch=True)
        for name in ("zoom_out", "zoom_in", "zoom_fit", "save_letter", "print_letter"):
            tools.add(self._button_for(actions[name], needs_letter=True))
        self.buttons = {
            name: self._button_for(actions[name], main=name == "sign_letter")
            for name in ("sign_letter", "keep_unsigned", "new_letter")
        }
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.state)
        column.addWidget(self.pages, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("letter")
        splitter.addWidget(self._beside())
        splitter.addWidget(right)
        splitter.setSizes([BESIDE, 1000])
        splitter.setStretchFactor(1, 1)
        splitter.setCollapsible(1, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _beside(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.choices)
        row = FlowRow(8)
        for button in self.buttons.values():
            row.add(button)
        column.addLayout(row)
        column.addWidget(self.none)
        column.addWidget(self.list, 100)
        column.addStretch(1)  # else what is above it is drawn apart on a high screen
        self.list.setMinimumHeight(120)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        scroll.setWidget(inside)
        scroll.setMinimumWidth(300)
        return scroll

    def _button_for(self, action: QAction, *, main: bool = False, needs_letter: bool = False) -> QPushButton:
        button = QPushButton(action.text())
        button.setToolTip(action.toolTip())
        button.setProperty("main", main)
        button.clicked.connect(action.trigger)
        if needs_letter:
            self.ready.connect(button.setEnabled)
        else:
            action.enabledChanged.connect(button.setEnabled)
            button.setEnabled(action.isEnabled())
        return button

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the pages."""
        super().focusInEvent(event)
        self.view.setFocus(event.reason())

    @property
    def pdf(self) -> bytes:
        """The bytes of what is shown; none while it is being composed."""
        return self.pages.pdf

    @property
    def is_draft(self) -> bool:
        """Whether what is shown can be signed: it is no signed letter, and nothing typed in it is wrong."""
        return self._wanted is not None and self.signed is None and not self.choices.has_faults

    def show_letter(self, record: PatientRecord, as_of: date) -> None:
        """Show the draft of a record as of a day, unless what is shown is of this record and day already."""
        if self._wanted == (record, as_of) and self.pdf:
            return
        is_same = self._wanted is not None and self._wanted[0].patient.mrn == record.patient.mrn
        signed = self.signed if is_same else None
        self._wanted = (record, as_of)
        try:
            self.typing.show_record(record, is_same=is_same)
        except Exception as error:  # a settings file that cannot be read is said where the letter would be
            self._wanted, self.signed, self.changes = None, None, Changes()
            self.choices.setEnabled(False)  # nothing of the patient before can be taken for this one's
            self.list.hide()
            self._tell_shown()
            self.pages.fail(error)
            return
        self.choices.setEnabled(True)
        self.refresh_list()
        if signed is not None:
            self._show_signed(signed)
        else:
            self.show_draft()

    def show_draft(self) -> None:
        """Show the letter that is chosen, composed anew."""
        if self._wanted is None:
            return
        self.signed, self.changes = None, Changes()
        if self.choices.has_faults:
            self._refused()
            return
        record, as_of = self._wanted
        self._say_draft()
        if (letter := self.choices.letter()).key is None:
            self.list.choose_none()
        draft = partial(self._desk.archive.draft, record, as_of, letter)
        self.pages.compose(draft, (letter.mrn, letter.kind, letter.key))
        self._tell_shown()

    def begin_anew(self) -> None:
        """Show the draft of a new letter."""
        if self._wanted is not None:
            self.typing.begin_anew(self.signed)
            self.show_draft()
            self.choices.focus_first()

    def open_letter(self, letter: SignedLetter | UnsignedLetter) -> None:
        """Show a letter of the list: a signed one as it was kept, one that waits as it would be signed now."""
        if isinstance(letter, SignedLetter):
            self._show_signed(letter)
        else:
            self.typing.begin(letter)
            self.show_draft()

    def show_as_signed(self, letter: SignedLetter, wanted: UnsignedLetter) -> bool:
        """Show a letter signed just now as `wanted`, unless somebody has gone on; return whether it is shown."""
        shown = self.choices.letter()
        if shown == wanted:
            self.typing.end(replace(shown, key=None))
        self.refresh_list()
        if shown == wanted:
            self.open_letter(letter)
            self.setFocus()  # a key more in the texts would begin another draft
        elif shown.key is not None and shown.key == wanted.key:  # it waits no more: what was typed since is a new one
            self.open_letter(self.typing.moved(shown.mrn, str(shown.key)))
        return shown == wanted

    def refresh_list(self) -> None:
        """List the letters of this patient as they are kept now."""
        if self._wanted is None:
            return
        try:
            signed = self.list.read(self._desk.archive, self._wanted[0], self._desk.today())
        except NotPossible as error:
            self.not_possible.emit(str(error))
            return
        self.list.setVisible(self.list.topLevelItemCount() > 0)
        self.none.setVisible(self.list.topLevelItemCount() == 0)
        if self.signed is not None:
            self.signed = next((one for one in signed if one.code == self.signed.code), self.signed)

    def file_name(self) -> str:
        """Return the name a saved letter gets unless another is typed."""
        if self.signed is not None:
            return file_name(self.signed.kind, self.signed.as_of, self.signed.code)
        day = self._wanted[1] if self._wanted is not None else self._desk.today()
        return file_name(self.choices.kind.value() or "clinic", day.isoformat())

    def when_ready(self, do: str) -> None:
        """Save or print ("save", "print") as soon as the letter is composed."""
        self._next = do
        if self.pdf:
            self._do_next()

    def _show_signed(self, letter: SignedLetter) -> None:
        self.signed = letter
        self.list.choose(letter)
        record = self._wanted[0] if self._wanted is not None else None
        try:
            self.changes = self._desk.archive.changes(letter, record)
            state = state_of(letter, self.changes)
        except NotPossible as error:
            self.changes, state = Changes(), (str(error),)
        self.state.say(signed_words(letter, self.changes, state), is_calm=not (letter.superseded_by or self.changes))
        self.pages.compose(partial(self._desk.archive.pdf, letter), letter.code)
        self._tell_shown()

    def keep_shown(self, letter: UnsignedLetter) -> None:
        """Show that what is shown waits for its signature now, as `letter`."""
        self.typing.end(letter)
        self.refresh_list()
        self.list.choose(letter)
        self._say_draft()
        self._tell_shown()

    def _say_draft(self) -> None:
        self.state.say(draft_words(self.choices.letter(), self.choices.missing), is_calm=False)

    def _refused(self) -> None:
        self.signed = None
        self._say_draft()
        self.pages.drop(_("The letter is composed when what is wrong beside it is put right."))
        self._tell_shown()

    def _tell_shown(self) -> None:
        is_new = self.signed is None and self.choices.letter().key is None
        self.buttons["new_letter"].setVisible(not is_new)
        self.shown.emit()

    def _do_next(self) -> None:
        do, self._next = self._next, ""
        if do == "save":
            self.out.ask_and_save(self.pdf, self.file_name())
        elif do == "print":
            from app.ui.printing import stamp_of

            self.out.ask_and_print(self.pdf, stamp_of(self.signed) if self.signed is not None else "")

    def _composed(self, _pdf: bytes) -> None:
        self.ready.emit(True)
        self._do_next()

    def _not_composed(self, _error: Exception) -> None:
        self._next = ""
