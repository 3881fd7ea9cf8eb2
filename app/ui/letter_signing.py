"""From a letter that is shown to one that is signed: the question, the signing beside the window, what came of it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.record.reading import NotPossible, Refused
from app.services.desk import Desk
from app.ui.open_record import OpenRecord
from app.ui.work import Work, in_background
from app.words import _

if TYPE_CHECKING:
    from app.services.letter_archive import SignedLetter, UnsignedLetter
    from app.services.people import Person
    from app.services.recipients import Recipient


class LetterSigning(QObject):
    """`begun` when a letter is being signed; then `signed(SignedLetter, UnsignedLetter)`, what it is and what it was,
    or `not_possible(text)` with why it is not.
    """

    begun = Signal()
    signed = Signal(object, object)
    not_possible = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._work: Work | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a letter is being signed now."""
        return self._work is not None

    def ask(self, opened: OpenRecord, letter: "UnsignedLetter", to: "Recipient") -> None:
        """Ask who signs this letter to somebody, then sign it and keep it."""
        from app.ui.panels.sign_dialog import SignDialog, doctors_of, goes_along

        try:
            doctors = doctors_of(self._desk.people)
            along = goes_along(self._desk.letters.settings().attach_record, 1)
        except NotPossible as error:
            self.not_possible.emit(str(error))
            return
        if not doctors:
            self.not_possible.emit(_("A doctor signs letters, and the clinic’s list has none: Ctrl+Shift+U adds one."))
            return
        team = opened.record.patient.team
        named = (self._desk.people.by, team.doctor or "" if team is not None else "")
        dialog = SignDialog(doctors, _in_words(opened, letter, to), named, along, self._window)
        dialog.confirmed.connect(partial(self._sign, opened, letter))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sign(self, opened: OpenRecord, letter: "UnsignedLetter", signer: "Person") -> None:
        archive, record, as_of = self._desk.archive, opened.record, opened.as_of
        self._work = in_background(
            lambda _work: (archive.sign(record, as_of, letter, signer), letter), self._signed, self._not_signed
        )
        self.begun.emit()

    def _signed(self, letters: "tuple[SignedLetter, UnsignedLetter]") -> None:
        self._work = None
        self.signed.emit(*letters)

    def _not_signed(self, error: Exception) -> None:
        self._work = None
        if isinstance(error, Refused):
            self.not_possible.emit("\n".join(str(fault) for fault in error.faults))
        elif isinstance(error, NotPossible):
            self.not_possible.emit(str(error))
        else:
            self.not_possible.emit(_("The letter was not signed."))
            raise error


def _in_words(opened: OpenRecord, letter: "UnsignedLetter", to: "Recipient") -> str:
    """Return what is about to be signed: which letter, on whom, as of when, to whom."""
    from app.figures.wording import date_in_words
    from app.letters.kinds import KINDS, kind_of

    patient = opened.record.patient
    who = ", ".join(filter(None, (patient.family_name, patient.given_name)))
    return _("{kind} on {name}, {mrn}, as of {day}\nTo: {recipient}").format(
        kind=_(KINDS[kind_of(letter.kind)].title), name=who, mrn=patient.mrn,
        day=date_in_words(opened.as_of.isoformat()), recipient=to.words,
    )  # fmt: skip
