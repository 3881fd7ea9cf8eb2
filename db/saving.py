"""Writing a record: only what changed, and what it was before."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, bindparam, delete, select, update

from app.record.alike import marks
from app.record.files import plain
from app.record.json_text import text_of
from app.record.patient import Patient
from app.record.reading import ChangedMeanwhile, Fault, NotPossible, Refused
from app.record.record import PatientRecord
from app.words import _
from db.convert import DIALECT, PATIENT_LEVEL, Layout, Row, Rows, layouts, patient_layout, record_from, rows_from
from db.engine import now
from db.merges import merge_of, said_of
from db.search import search_text
from db.tables import HistoryRow, PatientRow

PATIENT = PatientRow.__table__
HISTORY = HistoryRow.__table__
HISTORY_COLUMNS = ("patient_key", "version", "at", "by", "change", "section", "id", "former")
Touched = dict[tuple[str, str], None]  # section and id of what changed, in order


@dataclass(frozen=True, slots=True)
class Stored:
    """A patient as the database has it."""

    key: int
    version: int
    person: Row
    rows: Rows

    def record(self) -> PatientRecord:
        """Return the record."""
        return record_from(self.person, self.rows)


class Saving:
    """Reading and writing of records within one transaction, which the caller begins and ends."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.cursor = cursor

    def stored(self, mrn: str) -> Stored | None:
        """Return the patient of this number."""
        found = self.cursor.execute(_sql().patient, (mrn,)).fetchone()
        if found is None:
            return None
        key, version, *person = found
        rows: Rows = {}
        for layout in layouts():
            rows[layout.table.name] = self.cursor.execute(layout.select, (key,)).fetchall()
        return Stored(key, version, tuple(person), rows)

    def save(
        self,
        record: PatientRecord,
        version: int | None,
        *,
        by: str,
        replace: bool = False,
        mrn: str | None = None,
        reuse: bool = False,
    ) -> int:
        """Store a record and return its version; as `Store.save`."""
        number = record.patient.mrn
        known_as = number if mrn is None else mrn
        stored = self.stored(known_as)
        if (version is None and not replace) or number != known_as or stored is None:
            self.refuse_taken(number, reuse=reuse)
        if stored is None:
            if version is not None:
                raise NotPossible(_("There is no patient with the number {mrn}.").format(mrn=known_as))
            key, moment = self.create(record), now()
            self.cursor.execute(_sql().history, (key, 1, moment, by, "created", "", "", None))
            return 1
        if version is not None and version != stored.version:
            raise ChangedMeanwhile
        return self.change(stored, record, by)

    def has(self, mrn: str) -> bool:
        """Return whether a patient has this number."""
        return self.cursor.execute("SELECT 1 FROM patient WHERE mrn = ?", (mrn,)).fetchone() is not None

    def refuse_taken(self, mrn: str, *, reuse: bool = False) -> None:
        """Raise `Refused` when a patient has this number, or had it until the record was merged into another one."""
        if self.has(mrn):
            taken = _("{mrn} is already the number of another patient").format(mrn=mrn)
            raise Refused([Fault("patient.mrn", taken)])
        if (merge := merge_of(self.cursor, mrn)) is not None and not reuse:
            raise Refused([Fault("patient.mrn", said_of(merge))])

    def create(self, record: PatientRecord, version: int = 1, changed_at: str | None = None) -> int:
        """Store a record that is not there, without a word of history; return its key."""
        person, rows = rows_from(record)
        own = (version, changed_at or now(), search_text(record.patient))
        self.cursor.execute(_sql().new_patient, (*own, *person))
        key = self.cursor.lastrowid
        assert key is not None
        self._mark(key, record.patient)
        for layout in layouts():
            if new := rows[layout.table.name]:
                self.cursor.executemany(_sql().insert[layout.table.name], [(key, *row) for row in new])
        return key

    def change(self, stored: Stored, record: PatientRecord, by: str) -> int:
        """Store what has changed in a record, with its history, and return its version."""
        person, rows = rows_from(record)
        touched: Touched = {} if person == stored.person else {("patient", PATIENT_LEVEL): None}
        changes = [(layout, *_differences(layout, stored.rows, rows, touched)) for layout in layouts()]
        if not touched and not any(removed or added or altered for _layout, removed, added, altered in changes):
            return stored.version
        version, moment, sql = stored.version + 1, now(), _sql()
        # The patient's row is always touched, or two people adding different entries would pass one another unnoticed.
        self.cursor.execute(
            sql.patient_changed, (version, moment, search_text(record.patient), *person, stored.key, stored.version)
        )
        if self.cursor.rowcount != 1:
            raise ChangedMeanwhile
        key = stored.key
        if person != stored.person:
            self._mark(key, record.patient)
        for layout, removed, _added, _altered in reversed(changes):  # parts before what they belong to
            self._many(sql.delete[layout.table.name], ((key, *layout.key(row)) for row in removed))
        for layout, _removed, added, altered in changes:
            self._many(sql.insert[layout.table.name], ((key, *row) for row in added))
            if altered:
                self._many(sql.update[layout.table.name], ((*row, key, *layout.key(row)) for row in altered))
        self._many(sql.history, _history(stored, record, touched, (key, version, moment, by)))
        return version

    def _mark(self, key: int, patient: Patient) -> None:
        """Keep by what a patient is found to be like another one."""
        self.cursor.execute("DELETE FROM likeness WHERE patient_key = ?", (key,))
        rows = [(key, mark) for mark in marks(patient)]
        self.cursor.executemany("INSERT INTO likeness (patient_key, mark) VALUES (?, ?)", rows)

    def _many(self, sql: str, rows: Iterator[Row]) -> None:
        self.cursor.executemany(sql, rows)


def _differences(layout: Layout, old: Rows, new: Rows, touched: Touched) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the rows to delete, to insert and to change, and note what they belong to in `touched`."""
    before, after = old[layout.table.name], new[layout.table.name]
    if before == after:
        return [], [], []
    old_rows = {layout.key(row): row for row in before}
    new_rows = {layout.key(row): row for row in after}
    removed = [row for key, row in old_rows.items() if key not in new_rows]
    added = [row for key, row in new_rows.items() if key not in old_rows]
    altered = [row for key, row in new_rows.items() if key in old_rows and row != old_rows[key]]
    # An entry whose place in its list alone has moved says what it said.
    reworded = [row for row in altered if not (layout.is_entry and old_rows[layout.key(row)][:-1] == row[:-1])]
    for row in (*removed, *reworded, *added):
        touched[layout.section, layout.owner(row)] = None
    return removed, added, altered


def _history(stored: Stored, record: PatientRecord, touched: Touched, stamp: tuple[Any, ...]) -> Iterator[Row]:
    """Yield a row of history for everything that changed: what it was, and what happened to it."""
    was, now_is = _by_id(stored.record()), _by_id(record)
    for section, entry_id in touched:
        before, after = was.get((section, entry_id)), now_is.get((section, entry_id))
        change = "added" if before is None else "removed" if after is None else "changed"
        if change == "changed" and _is_in_error(after) and not _is_in_error(before):
            change = "marked"
        text = None if before is None else text_of(plain(before))
        yield (*stamp, change, section, entry_id, text)


def _is_in_error(value: Any) -> bool:
    return getattr(value, "entered_in_error", None) is not None


def _by_id(record: PatientRecord) -> dict[tuple[str, str], Any]:
    """Return every entry by its list and id, and the patient and the diagnosis by their names alone."""
    found: dict[tuple[str, str], Any] = {(section, entry.id): entry for section, entry in record.entries()}
    found["patient", PATIENT_LEVEL] = record.patient
    found["diagnosis", PATIENT_LEVEL] = record.diagnosis
    return found


@dataclass(frozen=True, slots=True)
class _Statements:
    patient: str
    new_patient: str
    patient_changed: str
    history: str
    insert: dict[str, str]
    update: dict[str, str]
    delete: dict[str, str]


@cache
def _sql() -> _Statements:
    """Return every statement, put together once from the tables."""
    own = patient_layout().columns
    person = [PATIENT.c[name] for name in own]
    parts = [(layout.table.name, layout.table, layout.columns, _key(layout)) for layout in layouts()]
    return _Statements(
        patient=_text(select(PATIENT.c.key, PATIENT.c.version, *person).where(PATIENT.c.mrn == bindparam("number"))),
        new_patient=_insert(PATIENT, ("version", "changed_at", "search", *own)),
        patient_changed=_update(PATIENT, ("version", "changed_at", "search", *own), ("key", "version")),
        history=_insert(HISTORY, HISTORY_COLUMNS),
        insert={name: _insert(table, ("patient_key", *columns)) for name, table, columns, _own in parts},
        update={name: _update(table, columns, its_key) for name, table, columns, its_key in parts},
        delete={name: _text(delete(table).where(*_is(table, its_key))) for name, table, _columns, its_key in parts},
    )


def _key(layout: Layout) -> tuple[str, ...]:
    return ("patient_key", *(layout.columns[index] for index in layout.key_at))


def _is(table: FromClause, columns: Iterable[str]) -> list[ColumnElement[bool]]:
    return [table.c[name] == bindparam(f"its_{name}") for name in columns]


def _update(table: Any, columns: Iterable[str], key: Iterable[str]) -> str:
    pairs: list[tuple[Any, Any]] = [(table.c[name], bindparam(f"new_{name}")) for name in columns]
    return _text(update(table).where(*_is(table, key)).ordered_values(*pairs)) if pairs else ""


def _insert(table: Any, columns: tuple[str, ...]) -> str:
    # Core would put the columns in the order of the table, and rows here end with their place and owner.
    quote = DIALECT.identifier_preparer.quote
    names = ", ".join(quote(name) for name in columns)
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({', '.join('?' * len(columns))})"


def _text(statement: Any) -> str:
    return str(statement.compile(dialect=DIALECT))
