"""The window over a real database in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.desk import Desk
from app.services.letters import Letters
from app.services.patients import Patients
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
    yield Desk(
        patients=Patients(store, lambda: TODAY),
        advising=advising,
        letters=Letters(clinic, advising),
        clinic=clinic,
        worklist=Worklist(store, advising),
        today=lambda: TODAY,
    )
    store.close()


@pytest.fixture
def start_with(qtbot, tmp_path):
    """Return what starts a window over a desk and waits until every action is ready."""
    starts = []

    def start(open_desk):
        one = Start(MainWindow(), open_desk, tmp_path)
        starts.append(one)
        qtbot.addWidget(one.window)
        with qtbot.waitSignal(one.window.ready, timeout=20000):
            one.window.show()
        return one

    yield start
    for one in starts:
        for window in one.windows.open.copy() if one.windows is not None else [one.window]:
            window.close()
        one.end()


@pytest.fixture
def a_desk(desk):
    """Return what opens the desk of this test."""

    @contextmanager
    def open_desk():
        yield desk

    return open_desk
