"""The window over a real database in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import pytest
from paper import put_in_printer

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.desk import Desk
from app.services.letter_archive import LetterArchive
from app.services.letters import Letters
from app.services.patients import Patients
from app.services.people import People
from app.services.worklist import Worklist
from app.ui.application import Start
from app.ui.main_window import MainWindow
from db.store import Store

TODAY = date(2014, 11, 5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The services over a fresh SQLite file; today is 5 November 2014."""
    store = Store(tmp_path / "clinic.sqlite")
    clinic = Clinic(None)
    advising = Advising(clinic)
    letters, people = Letters(clinic, advising), People(store, tmp_path)
    yield Desk(
        patients=Patients(store, lambda: TODAY),
        advising=advising,
        letters=letters,
        archive=LetterArchive(store, letters, people, lambda: TODAY),
        clinic=clinic,
        worklist=Worklist(store, advising),
        people=people,
        today=lambda: TODAY,
    )
    store.close()


@pytest.fixture
def a_printer(monkeypatch, tmp_path: Path) -> Path:
    """One printer, “Ward 4”, for A4 in colour on both sides; what is printed is in the file returned."""
    return put_in_printer(monkeypatch, tmp_path / "printed.pdf")


@pytest.fixture
def start_with(qtbot, tmp_path: Path) -> Iterator[Callable[..., Start]]:
    """Return what starts a window over a desk and waits until every action is ready."""
    starts: list[Start] = []

    def start(open_desk: Callable[[], AbstractContextManager[Desk]]) -> Start:
        one = Start(MainWindow(), open_desk, tmp_path)
        starts.append(one)
        qtbot.addWidget(one.window)
        with qtbot.waitSignal(one.window.ready, timeout=20000):
            one.window.show()
            one.window.activateWindow()
        return one

    yield start
    for one in starts:
        for window in one.windows.open.copy() if one.windows is not None else [one.window]:
            window.close()
        one.end()


@pytest.fixture
def a_desk(desk: Desk) -> Callable[[], AbstractContextManager[Desk]]:
    """Return what opens the desk of this test."""
    return given(desk)


def given(desk: Desk) -> Callable[[], AbstractContextManager[Desk]]:
    """Return what opens this desk."""

    @contextmanager
    def open_desk() -> Iterator[Desk]:
        yield desk

    return open_desk


@pytest.fixture
def open_window(start_with, desk: Desk) -> Callable[..., MainWindow]:
    """Return what opens the window over the desk, or over another one, as for a person who has just arrived."""

    def open_it(over: Desk = desk) -> MainWindow:
        return start_with(given(over)).window

    return open_it
