"""The desk: everything the two front doors, window and commands, may ask for. Built once, in main.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letter_archive import LetterArchive
from app.services.letters import Letters
from app.services.patients import Patients
from app.services.people import People
from app.services.worklist import Worklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The services over one database. `today` is asked each time: a window stays open over midnight."""

    patients: Patients
    advising: Advising
    letters: Letters
    archive: LetterArchive
    clinic: Clinic
    worklist: Worklist
    people: People
    today: Callable[[], date]
