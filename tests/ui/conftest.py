"""The window over a real database in a folder of its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.desk import Desk
from app.services.letters import Letters
from app.services.patients import Patients
from app.services.people import People
from app.services.worklist import Worklist
from db.store import Store

TODAY = date(2014, 11, 5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The services over a fresh SQLite file; today is 5 November 2014."""
    store = Store(tmp_path / "clinic.sqlite")
    clinic = Clinic(None)
    advising = Advising(clinic)
    yield Desk(
        patients=Patients(store, lambda: TODAY),
        advising=advising,
        letters=Letters(clinic, advising),
        clinic=clinic,
        worklist=Worklist(store, advising),
        people=People(store, tmp_path),
        today=lambda: TODAY,
    )
    store.close()
