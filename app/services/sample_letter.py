"""A letter to look at: on an invented patient, to an invented doctor, as the clinic has decided of its letters."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.services.demonstration import demonstration_files, telling_day
from app.services.recipients import addressed, recipient_of
from app.words import language

if TYPE_CHECKING:
    from app.letters.content import LetterContent
    from app.services.desk import Desk

DOCTOR = "Dr Ada Example"
ADDRESS = ("2 Invented Street", "00000 Exampletown")


def sample_letter(desk: "Desk") -> bytes:
    """Return a clinic letter as PDF, composed with the clinic's settings as they are now.

    Raises `Refused` with every fault of the clinic's own file, `NotPossible` when it cannot be read.
    """
    from app.record.patient import GeneralPractitioner

    known = desk.patients.read_file(demonstration_files()[0])
    doctor = GeneralPractitioner(name=DOCTOR, address=ADDRESS)
    record = replace(known, patient=replace(known.patient, gp=doctor))

    def finish(content: "LetterContent") -> "LetterContent":
        return addressed(content, record, recipient_of(record, "clinic", "", content.letterhead.name))

    as_of = telling_day(record.patient.mrn) or desk.today()
    return desk.letters.compose(record, as_of, language=language(), finish=finish)
