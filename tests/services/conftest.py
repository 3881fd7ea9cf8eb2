"""The database of a clinic and its worklist, each test its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.worklist import Worklist
from db.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "clinic.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """A fresh database, closed at the end."""
    opened = Store(file)
    yield opened
    opened.close()


@pytest.fixture
def worklist(store: Store, tmp_path: Path) -> Worklist:
    """The worklist over it."""
    return Worklist(store, Advising(Clinic(tmp_path)))
