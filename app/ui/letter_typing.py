"""What was chosen and typed of a letter that is not signed: kept as half-typed forms are, until it is or is dropped."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.letters.kinds import KINDS
from app.record.record import PatientRecord
from app.services.desk import Desk
from app.services.letter_archive import SignedLetter, UnsignedLetter
from app.ui.drafts import CHOICES, LETTER, DraftKey, Drafts
from app.ui.panels.letter_choices import LetterChoices, Words
from app.words import _

CHOSEN = ("kind", "language", "recipient")
WORDS = ("opening", "closing", "question")
OTHERS = "other_kinds"  # the words typed for a letter of another kind, before that was chosen


class LetterTyping(QObject):
    """Keeps what is typed into the choices of a letter, new or waiting, and shows it there again.

    `said(text)` when something comes back that was not saved.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, drafts: Drafts, choices: LetterChoices) -> None:
        super().__init__(choices)
        self._desk = desk
        self._drafts = drafts
        self._choices = choices
        self._begun = choices.letter()
        self._left: dict[str, UnsignedLetter] = {}  # letters that wait and were looked at last, by patient
        choices.typed.connect(self._keep)

    def show_record(self, record: PatientRecord, *, is_same: bool) -> None:
        """Offer what there is for a patient; of another one than before, what was typed or looked at last."""
        clinic, mrn = self._desk.letters.settings(), record.patient.mrn
        if is_same:
            self._choices.show_record(record, clinic, self._choices.letter())
            return
        if self._begun.key is not None:
            self._left[self._begun.mrn] = self._begun
        letter = self._left.pop(mrn, None) or self._new(mrn)
        self._choices.show_record(record, clinic, letter)
        self.begin(letter)

    def begin(self, letter: UnsignedLetter, *, undoable: bool = False) -> None:
        """Show the choices of a letter, with what was typed of it and not kept."""
        self._choices.put(letter, {}, undoable=undoable)
        self._begun = self._choices.letter()
        if (typed := self._typed_of(self._begun)) is not None:
            self._choices.put(*typed)
            self.said.emit(_("Here is what you had typed and not saved."))

    def begin_anew(self, former: SignedLetter | None = None) -> None:
        """Begin a new letter; words typed into one that was not kept come back by undoing in their field.

        After a `former` one it is of that kind, to that recipient, and begins with the words that were typed into that.
        """
        letter = self._choices.letter()
        is_new = letter.key is None
        if is_new:
            self.drop(letter)
        new = replace(letter, key=None, opening=None, closing=None, question="")
        if former is not None:
            new = replace(
                new, kind=former.kind, language=former.language, recipient=former.recipient, opening=former.opening,
                closing=former.closing, question=former.question or "",
            )  # fmt: skip
        self.begin(new, undoable=is_new)
        if former is not None and (former.opening or former.closing or former.question):
            self.said.emit(_("It begins with the words that were typed into the letter before: do they still hold?"))

    def end(self, letter: UnsignedLetter) -> None:
        """What is shown was kept, or signed: nothing of it is unfinished; `letter` is what it is now."""
        self.drop(self._choices.letter())
        self._choices.put(letter)
        self._begun = self._choices.letter()

    def drop(self, letter: UnsignedLetter) -> None:
        """Forget what was typed of a letter."""
        for section in (LETTER, CHOICES):
            self._drafts.drop(_key(letter, section))

    def moved(self, mrn: str, entry: str) -> UnsignedLetter:
        """Return a new letter that begins with what was typed of one that no longer waits.

        Where a new one has typing of its own, that comes first; the other stays among the unfinished until then.
        """
        letter = self._new(mrn)
        self._drafts.move(DraftKey(mrn, LETTER, entry), _key(letter, LETTER))
        return letter

    def signed(self, letter: UnsignedLetter) -> None:
        """Forget what was typed of a letter that is signed now, but not what was typed into it since it was taken."""
        for section in (LETTER, CHOICES):
            kept = self._drafts.typed(_key(letter, section))
            if kept is not None and all(kept.get(name) == getattr(letter, name) for name in (*CHOSEN, *WORDS)):
                self._drafts.drop(_key(letter, section))

    def _new(self, mrn: str) -> UnsignedLetter:
        today = self._desk.today().isoformat()
        return UnsignedLetter(mrn=mrn, kind="clinic", language="", recipient="", day=today)

    def _keep(self) -> None:
        """Keep what the letter is otherwise than it was begun; nothing when it is as it was."""
        letter, begun, others = self._choices.letter(), self._begun, self._choices.others
        typed: dict[str, Any] = {name: getattr(letter, name) for name in (*CHOSEN, *WORDS)}
        is_other = {name for name, one in typed.items() if one != getattr(begun, name)}
        section = LETTER if others or is_other & set(WORDS) else CHOICES
        for unwanted in {LETTER, CHOICES} - ({section} if others or is_other else set()):
            self._drafts.drop(_key(letter, unwanted))
        if others or is_other:
            self._drafts.keep(_key(letter, section), {**typed, OTHERS: others})

    def _typed_of(self, begun: UnsignedLetter) -> tuple[UnsignedLetter, dict[str, Words]] | None:
        kept = self._drafts.typed(_key(begun, LETTER)) or self._drafts.typed(_key(begun, CHOICES))
        if kept is None or kept.get("kind") not in KINDS:
            return None
        chosen: dict[str, Any] = {name: str(kept.get(name) or "") for name in CHOSEN}
        others = kept.get(OTHERS) or {}
        words_of = {str(kind): _words(others[kind]) for kind in KINDS if kind in others}
        return replace(begun, **chosen, **_words(kept)), words_of


def _key(letter: UnsignedLetter, section: str) -> DraftKey:
    return DraftKey(letter.mrn, section, "" if letter.key is None else str(letter.key))


def _words(kept: Words) -> Words:
    """Return the texts of a letter; where the clinic's own words stand, None, but of the question to the board ""."""
    texts = {name: kept.get(name) if isinstance(kept.get(name), str) else None for name in WORDS}
    return {**texts, "question": texts["question"] or ""}
