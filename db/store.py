"""The database as the rest of the program sees it: records in, records out, each saving whole or not at all."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.record.reading import NotPossible
from app.record.summary import Order, PatientSummary
from app.words import _
from db import search
from db.engine import WAIT_SECONDS, WRITING, file_of, open_engine, opened, plainly, waiting
from db.history import Change, history
from db.migrate import make_ready

if TYPE_CHECKING:  # the first list of patients is on the screen before these are loaded
    from sqlalchemy import Connection, Engine

    from app.record.record import PatientRecord
    from db.saving import Saving


class Store:
    """One database of patients. It is opened, and made or brought up to date, on first use.

    Every method raises `NotPossible`, saying what to do, when the database is locked, full, damaged, of a newer
    version, or cannot be written. Any thread may call: each call has a connection to itself.
    """

    def __init__(self, target: str | Path) -> None:
        self.file = file_of(target)
        self._engine: Engine | None = None
        self._opening = threading.Lock()

    def find(
        self, text: str = "", *, limit: int = 200, offset: int = 0, by: Order = "name", backwards: bool = False
    ) -> tuple[PatientSummary, ...]:
        """Return the patients whose name, number or date of birth holds every word of `text`, ordered `by` a value."""
        with self._listing() as cursor:
            return search.find(cursor, text, limit, offset, by, backwards)

    def count(self, text: str = "") -> int:
        """Return how many patients `find` would give without a limit."""
        with self._listing() as cursor:
            return search.count(cursor, text)

    def numbered(self, mrns: Sequence[str]) -> tuple[PatientSummary, ...]:
        """Return the patients of these numbers, in their order; a number that nobody has is left out."""
        with self._listing() as cursor:
            return search.numbered(cursor, mrns)

    def mrns(self) -> tuple[str, ...]:
        """Return every patient's number, ordered by name."""
        with self._reading() as connection:
            return tuple(connection.exec_driver_sql("SELECT mrn FROM patient ORDER BY search").scalars())

    def load(self, mrn: str) -> "tuple[PatientRecord, int] | None":
        """Return the record of a number, with its version; None when there is no such patient."""
        with self._reading() as connection:
            stored = _saving(connection).stored(mrn)
            return None if stored is None else (stored.record(), stored.version)

    def records(self, mrns: Iterable[str]) -> "Iterator[PatientRecord]":
        """Yield the records of these numbers one by one, all as they were at one moment."""
        with self._reading() as connection:
            saving = _saving(connection)
            for mrn in mrns:
                stored = saving.stored(mrn)
                if stored is None:
                    raise NotPossible(_("There is no patient with the number {mrn}.").format(mrn=mrn))
                yield stored.record()

    def save(
        self,
        record: "PatientRecord",
        version: int | None,
        *,
        by: str,
        replace: bool = False,
        mrn: str | None = None,
        reuse: bool = False,
        wait: float = WAIT_SECONDS,
    ) -> int:
        """Store a record, with the history of what changed, and return its new version.

        `version` is the one it was loaded with; None for a new patient, or to `replace` whatever is there. `mrn` is
        the number it is known by, when the number itself is being corrected. A number whose record was merged into
        another one is refused, unless it is to be given to another person (`reuse`). Raises `ChangedMeanwhile` when
        somebody saved since, `Refused` when the number is another patient's, `Locked` when somebody else writes for
        longer than `wait` seconds; nothing is stored then.
        """
        with self.saving(wait) as saving:
            return saving.save(record, version, by=by, replace=replace, mrn=mrn, reuse=reuse)

    @contextmanager
    def saving(self, wait: float = WAIT_SECONDS) -> "Iterator[Saving]":
        """Give a transaction for many savings: all are stored at its end, or none when anything is raised in it."""
        with plainly(self.file), self._opened().connect() as connection, waiting(_raw(connection), wait):
            writing = connection.execution_options(**{WRITING: True})
            with writing.begin():
                yield _saving(writing)

    @contextmanager
    def cursor(self, *, writing: bool = False) -> Iterator[sqlite3.Cursor]:
        """Give one transaction for what is read or stored beside the records, many patients at a time."""
        with plainly(self.file), self._opened().connect() as connection:
            chosen = connection.execution_options(**{WRITING: writing})
            with chosen.begin():
                yield _raw(chosen).cursor()

    def history(self, mrn: str, entry_id: str | None = None) -> tuple[Change, ...]:
        """Return what changed in a record, oldest first: everything, or one entry alone; also of one merged away."""
        with self.cursor() as cursor:
            return history(cursor, mrn, entry_id)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def prepare(self) -> None:
        """Load what reads and stores records, which takes a moment: best before somebody waits for it."""
        import db.saving  # noqa: F401  # loaded, no more

        self._opened()

    @contextmanager
    def _listing(self) -> Iterator[sqlite3.Cursor]:
        """Give what a list is read with: until something else is done, without what takes long to load."""
        if self._engine is not None:
            with self.cursor() as cursor:
                yield cursor
            return
        with self._opening:
            make_ready(self.file)
        with opened(self.file) as raw:
            yield raw.cursor()

    @contextmanager
    def _reading(self) -> "Iterator[Connection]":
        with plainly(self.file), self._opened().connect() as connection:
            yield connection

    def _opened(self) -> "Engine":
        """Return the engine over a database that is there and of this version."""
        with self._opening:
            if self._engine is None:
                make_ready(self.file)
                self._engine = open_engine(self.file)
            return self._engine


def _raw(connection: "Connection") -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _saving(connection: "Connection") -> "Saving":
    from db.saving import Saving

    if not connection.in_transaction():
        connection.begin()  # every row of a record is of one moment
    return Saving(_raw(connection).cursor())
