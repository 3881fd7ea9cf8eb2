"""The window over a real database in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
        people=People(store, tmp_path),
        today=lambda: TODAY,
    )
    store.close()


@pytest.fixture
def open_window(qtbot, tmp_path: Path, desk: Desk) -> Iterator[Callable[[], MainWindow]]:
    """Return what opens the window over the desk, or over another one, as for a person who has just arrived."""
    starts: list[Start] = []

    def open_it(over: Desk = desk) -> MainWindow:
        @contextmanager
        def open_desk() -> Iterator[Desk]:
            yield over

        start = Start(MainWindow(), open_desk, tmp_path)
        starts.append(start)
        qtbot.addWidget(start.window)
        with qtbot.waitSignal(start.window.ready, timeout=20000):
            start.window.show()
            start.window.activateWindow()
        return start.window

    yield open_it
    for start in starts:
        start.window.close()
        start.end()
