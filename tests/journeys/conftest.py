"""The real window over a fresh database, as `main.py` builds it."""

from contextlib import contextmanager
from datetime import date

import pytest
from hands import until
from paper import put_in_printer

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.desk import Desk
from app.services.letter_archive import LetterArchive
from app.services.letters import Letters
from app.services.patients import Patients
from app.services.people import People
from app.services.put_aside import PutAsides
from app.services.worklist import Worklist
from app.ui.application import Start
from app.ui.main_window import MainWindow
from app.ui.palette import dress
from db.store import Store

TODAY = date(2014, 11, 5)


@contextmanager
def desk_in(folder):
    """Give the services over a database in a folder; today is 5 November 2014."""
    store = Store(folder / "clinic.sqlite")
    clinic = Clinic(None)
    advising = Advising(clinic)
    patients = Patients(store, lambda: TODAY)
    letters = Letters(clinic, advising, asides=PutAsides(store))
    people = People(store, folder)
    try:
        yield Desk(
            patients=patients,
            advising=advising,
            letters=letters,
            archive=LetterArchive(store, letters, people, lambda: TODAY),
            clinic=clinic,
            worklist=Worklist(store, advising),
            people=people,
            today=lambda: TODAY,
        )
    finally:
        store.close()


def store(folder, *records, people=()):
    """Put records and people into the database of a folder, before the window opens."""
    with desk_in(folder) as desk:
        for record in records:
            desk.patients.save(record, None)
        for person in people:
            desk.people.put(person)


@pytest.fixture
def open_window(qtbot, qapp, tmp_path, monkeypatch):
    """Return what opens the window, as often as wanted, over the same folder; its printer prints into a file there."""
    dress(qapp)
    put_in_printer(monkeypatch, tmp_path / "printed.pdf")
    starts = []

    def open_it():
        start = Start(MainWindow(), lambda: desk_in(tmp_path), tmp_path)
        starts.append(start)
        qtbot.addWidget(start.window)
        start.window.resize(1366, 768)
        start.window.show()
        start.window.activateWindow()
        until(lambda: start.window.desktop is not None, "the desk to open")
        until(start.window.isActiveWindow, "the window to be active")
        return start.window

    yield open_it
    for start in starts:
        start.window.close()
        start.end()
