"""What a letter is to be: its kind, who gets it, in which language, and the clinic's own words in it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.letters.free_text import placeholder_faults
from app.letters.kinds import KINDS, kind_of
from app.record.record import PatientRecord
from app.services.clinic import ClinicSettings
from app.services.letter_archive import UnsignedLetter
from app.services.recipients import NOBODY, Recipient, recipients_of
from app.services.spelling import Spelling, names_in
from app.ui.drop_down import DropDown
from app.ui.forms.fields import Field
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.spelt import SpeltField
from app.ui.panels.letter_inserts import inserts
from app.words import LANGUAGES, _, later

Words = dict[str, Any]  # the texts of a letter by their names; None: as the clinic has decided

PAUSE = 350  # milliseconds after the last key, before the letter is composed anew
LANGUAGE_WORDS = {"en": later("English"), "fr": later("French")}
CHOOSING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End
)  # fmt: skip
TEXTS = ("question", "opening", "closing")
WITH_WORDS = {"clinic": ("opening", "closing"), "patient": ("opening", "closing"), "mdt": ("question",)}


class Chooser(DropDown):
    """One of a few entries, each with a value; there is no blank one."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(32)
        self.currentIndexChanged.connect(self._tell)

    def offer(self, choices: Mapping[str, str], chosen: str) -> None:
        """Offer these values with their words, and show one of them."""
        with QSignalBlocker(self):
            self.clear()
            for value, words in choices.items():
                self.addItem(words, value)
            self.setCurrentIndex(max(0, self.findData(chosen)))

    def value(self) -> str:
        """Return the value that is chosen."""
        return str(self.currentData() or "")

    def put(self, value: str) -> None:
        """Choose a value."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def _tell(self) -> None:
        self.edited.emit()


class Inserter(Chooser):
    """A list that is opened by any key that would choose: what is chosen there is put in at once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; by a letter at the first entry that begins with it."""
        with_others = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if with_others or not ((event.text().isprintable() and event.text()) or event.key() in CHOOSING):
            super().keyPressEvent(event)
            return
        self.showPopup()
        if event.text().strip():
            self.view().keyboardSearch(event.text())


class LetterChoices(QWidget):
    """`changed(UnsignedLetter)` after a pause, when something was chosen or typed and nothing is wrong with it.

    `typed` at every change, whatever is wrong with it. `refused` when a placeholder is typed that there is not; what is
    wrong stands beside its field. `not_possible(text)` when a word cannot be added to those that are right.
    """

    changed = Signal(object)
    typed = Signal()
    refused = Signal()
    not_possible = Signal(str)

    def __init__(self, spelling: Spelling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spelling = spelling
        self._record: PatientRecord | None = None
        self._clinic = ClinicSettings()
        self._letter = UnsignedLetter(mrn="", kind="clinic", language="en", recipient="", day="")
        self.others: dict[str, Words] = {}  # what was typed for a letter of another kind, by kind
        self._recipients: tuple[Recipient, ...] = ()
        self.kind = Field(_("Kind"), Chooser(), tip=_("What the letter is for."))
        self.recipient = Field(_("Recipient"), Chooser(), tip=_("Who gets it; addresses are in the patient’s details."))
        self.language = Field(_("Language"), Chooser(), tip=_("At first the recipient’s own."))
        tip = _("Words of the clinic’s own. {names} in braces is filled from the record.").format(
            names="{patient.name}"
        )
        blank = _("Blank: the one of the stage.")
        self.texts: dict[str, SpeltField] = {
            "question": SpeltField(_("Question to the board"), spelling, lines=2, tip=blank),
            "opening": SpeltField(_("Words at the beginning"), spelling, lines=2, tip=tip),
            "closing": SpeltField(_("Words at the end"), spelling, lines=2, tip=tip),
        }
        self.insert = Field(_("Insert into the words"), Inserter(), tip=_("A text block, or what the record says."))
        self._typed_in = "opening"
        self._clock = QTimer(self, interval=PAUSE, singleShot=True)
        self._clock.timeout.connect(self._tell)
        self._lay_out()
        self.kind.edited.connect(self._kind_chosen)
        self.recipient.edited.connect(self._recipient_chosen)
        self.language.edited.connect(self._edited)
        self.insert.editor.activated.connect(self._insert)
        for name, field in self.texts.items():
            field.touched = True  # what is wrong is said at once
            field.edited.connect(self._edited)
            field.editor.setObjectName(name)
            field.editor.refused.connect(self.not_possible)
            field.editor.learnt.connect(self._learnt)
            field.left.connect(field.show_spelling)
        with_mnemonics(
            [one.label for one in (self.kind, self.recipient, self.language, *self.texts.values(), self.insert)]
        )
        ordered = (self.kind, self.language, self.recipient, *self.texts.values(), self.insert)
        for one, after in pairwise(ordered):
            QWidget.setTabOrder(one.editor, after.editor)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.kind, 3)
        first.addWidget(self.language, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.recipient)
        for field in (*self.texts.values(), self.insert):
            column.addWidget(field)

    def focus_first(self) -> None:
        """Put the keyboard onto the kind of the letter."""
        self.kind.focus()

    def show_record(self, record: PatientRecord, clinic: ClinicSettings, letter: UnsignedLetter) -> None:
        """Offer what there is for this patient; show what is chosen of a letter."""
        self._record, self._clinic = record, clinic
        self._spelling.names = names_in(record.patient, clinic, [line.drugs for line in record.therapy_lines])
        self.put(letter)

    def put(self, letter: UnsignedLetter, others: Mapping[str, Words] | None = None, *, undoable: bool = False) -> None:
        """Show what is chosen of a letter; an empty language is the recipient's own.

        `others` are words for other kinds. What stood in the texts can be brought back there only if `undoable`.
        """
        if letter.mrn != self._letter.mrn or others is not None:
            self.others = dict(others or {})
        self._letter = letter
        self._offer(letter.kind, letter.recipient, letter.language)
        for name, field in self.texts.items():
            given = getattr(letter, name)
            self._write(field, self._usual(letter.kind, name) if given is None else given, undoable=undoable)
        self._show_faults()
        self._show_spelling()
        self._clock.stop()

    def _write(self, field: Field, text: str, *, undoable: bool) -> None:
        if field.value() == text:
            return  # the cursor stays where it is
        with QSignalBlocker(field):
            if undoable:
                cursor = QTextCursor(field.editor.document())
                cursor.select(QTextCursor.SelectionType.Document)
                cursor.insertText(text)
            else:
                field.put(text)

    def letter(self) -> UnsignedLetter:
        """Return the letter as it is chosen now."""
        kind = self.kind.value()
        return replace(
            self._letter, kind=kind, recipient=self.recipient.value(), language=self.language.value(),
            **self._words(kind),
        )  # fmt: skip

    def _words(self, kind: str) -> Words:
        """Return what was typed into the texts of a letter of this kind."""
        given = {name: self._given(kind, name) for name in TEXTS}
        return {**given, "question": given["question"] or ""}

    def _given(self, kind: str, name: str) -> str | None:
        """Return what was typed into one of the texts; None where the letter has it not, or as the clinic has it."""
        if name not in WITH_WORDS.get(kind, ()):
            return None
        typed = str(self.texts[name].value())
        return None if typed == self._usual(kind, name) else typed

    @property
    def chosen_recipient(self) -> Recipient:
        """Who is to get the letter."""
        return next(one for one in self._recipients if one.key == self.recipient.value())

    @property
    def missing(self) -> str:
        """What the letter lacks to be posted, and where it is entered; "" for nothing."""
        to = self.chosen_recipient
        if to.key == NOBODY:
            return _("Nobody to send it to is recorded: the patient’s details (Ctrl+Shift+E) have the GP and others.")
        if to.key and not to.address:
            return _("No address of {name} is recorded: it goes into the patient’s details (Ctrl+Shift+E).").format(
                name=to.name
            )
        return ""

    @property
    def has_faults(self) -> bool:
        """Whether something typed cannot be printed."""
        return any(field.fault.text() for field in self.texts.values())

    def _offer(self, kind: str, recipient: str, language: str) -> None:
        assert self._record is not None
        self.kind.editor.offer({name: _(one.title) for name, one in KINDS.items()}, kind)
        self._recipients = recipients_of(self._record, kind, self._clinic.name)
        self.recipient.editor.offer({one.key: one.words for one in self._recipients}, recipient)
        chosen = language or self.chosen_recipient.language
        self.language.editor.offer({one: _(LANGUAGE_WORDS[one]) for one in LANGUAGES}, chosen)
        self.recipient.setEnabled(bool(self.chosen_recipient.key))  # read well, also where there is only one
        used = WITH_WORDS.get(kind, ())
        for name, field in self.texts.items():
            field.setVisible(name in used)
        self.insert.setVisible("opening" in used)
        self.insert.editor.offer({"": _("choose…"), **inserts(self._clinic.blocks)}, "")

    def _usual(self, kind: str, name: str) -> str:
        choices = self._clinic.letters.get(kind)
        return str(getattr(choices, name, None) or "") if choices is not None else ""

    def _kind_chosen(self) -> None:
        left, kind = self._letter.kind, kind_of(self.kind.value())
        self.others |= {left: words} if any((words := self._words(left)).values()) else {}
        blank: Words = {"opening": None, "closing": None, "question": ""}
        self.put(replace(self._letter, kind=kind, recipient="", language="", **self.others.pop(kind, blank)))
        self._edited()

    def _recipient_chosen(self) -> None:
        self._offer(self.kind.value(), self.recipient.value(), "")
        self._edited()

    def _insert(self) -> None:
        place = self.insert.value()
        if place:
            field = self.texts[self._typed_in]
            field.editor.insertPlainText(f"{{{place}}}")
            self.insert.put("")
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        for name in ("opening", "closing"):
            if self.texts[name].editor.hasFocus():
                self._typed_in = name
        self._show_faults()
        self._clock.start()
        self.typed.emit()
        if self.has_faults:
            self.refused.emit()

    def _show_faults(self) -> None:
        used = WITH_WORDS.get(self.kind.value(), ())
        for name in ("opening", "closing"):
            field = self.texts[name]
            faults = placeholder_faults(name, str(field.value()), self._clinic.blocks) if name in used else []
            field.show_fault(faults[0].sentence if faults else "")

    def _show_spelling(self) -> None:
        """Mark what is in no dictionary of the letter's language, and say above each field what may have been meant."""
        for field in self.texts.values():
            with QSignalBlocker(field):  # marking words tells the same as typing them
                field.editor.use(self.language.value())
                field.show_spelling()

    def _learnt(self) -> None:
        for field in self.texts.values():
            with QSignalBlocker(field):
                field.editor.marks.rehighlight()
                field.show_spelling()

    def _tell(self) -> None:
        self._show_spelling()
        if not self.has_faults:
            self.changed.emit(self.letter())
