"""The worklist as it is kept: what was worked out last for each patient, and whose must be worked out again."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from app.pathway.worklist import Task
from app.record.names import full_name
from app.record.patient import Patient
from db.engine import now

if TYPE_CHECKING:
    from app.record.record import PatientRecord

FIELDS = tuple(field.name for field in fields(Task))
PERSON = ("patient.key", "mrn", "family_name", "given_name", "nurse", "doctor")
_values = attrgetter(*FIELDS)  # the last two are lists of words, one to a line, as db.types.WordList keeps them


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was worked out for one patient: from which version of the record, and until which day (None: for good)."""

    key: int
    version: int
    person: Patient
    until: date | None
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one patient who has something open."""

    key: int
    mrn: str
    name: str
    nurse: str
    doctor: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """When the whole list was last brought up to date (UTC), and for which day."""

    as_of: str
    at: str


def last_run(cursor: sqlite3.Cursor) -> Run | None:
    """Return when the whole list was last brought up to date, or None."""
    row = cursor.execute("SELECT as_of, at FROM worklist_run").fetchone()
    return None if row is None else Run(*row)


def note_run(cursor: sqlite3.Cursor, as_of: date) -> None:
    """Note that the whole list is up to date now."""
    cursor.execute("INSERT OR REPLACE INTO worklist_run (key, as_of, at) VALUES (1, ?, ?)", (as_of.isoformat(), now()))


def key_of(cursor: sqlite3.Cursor, mrn: str) -> int | None:
    """Return the key of the patient of this number, or None."""
    row = cursor.execute("SELECT key FROM patient WHERE mrn = ?", (mrn,)).fetchone()
    return None if row is None else int(row[0])


def outdated(cursor: sqlite3.Cursor, as_of: date, made_by: str) -> list[int]:
    """Return the keys of the patients whose tasks are not kept for `as_of`, or from an older record or `made_by`."""
    day = as_of.isoformat()
    found = cursor.execute(
        "SELECT patient.key FROM patient LEFT JOIN worklist_patient AS kept ON kept.patient_key = patient.key"
        " WHERE kept.patient_key IS NULL OR kept.version <> patient.version OR kept.made_by <> ?"
        " OR kept.as_of > ? OR kept.until <= ? ORDER BY patient.key",
        (made_by, day, day),
    )
    return [key for (key,) in found]


def records(cursor: sqlite3.Cursor, keys: Sequence[int]) -> "Iterator[tuple[int, int, PatientRecord]]":
    """Yield key, version and record of these patients, but for their notes: no advice rests on those."""
    from db.bulk import records_of

    return records_of(cursor, json.dumps(list(keys)), without=("notes",))


def keep(cursor: sqlite3.Cursor, answers: Iterable[Answer], as_of: date, made_by: str) -> None:
    """Put these answers in the place of what was kept of their patients; who is gone since is left out."""
    worked_out = list(answers)
    keys = json.dumps([one.key for one in worked_out])
    there = dict(cursor.execute("SELECT key, mrn FROM patient WHERE key IN (SELECT value FROM json_each(?))", (keys,)))
    listed = [one for one in worked_out if there.get(one.key) == one.person.mrn]
    cursor.execute("DELETE FROM worklist_item WHERE patient_key IN (SELECT value FROM json_each(?))", (keys,))
    cursor.executemany(
        "INSERT OR REPLACE INTO worklist_patient (patient_key, version, as_of, until, made_by) VALUES (?, ?, ?, ?, ?)",
        [
            (one.key, one.version, as_of.isoformat(), None if one.until is None else one.until.isoformat(), made_by)
            for one in listed
        ],
    )
    cursor.executemany(
        f"INSERT INTO worklist_item (patient_key, position, {', '.join(FIELDS)}) VALUES (?, ?, {_marks()})",
        [(one.key, number, *_row(task)) for one in listed for number, task in enumerate(one.tasks)],
    )


def kept(cursor: sqlite3.Cursor, due_by: str, key: int | None = None) -> Iterator[Kept]:
    """Yield what is kept, patient by patient, or of one `key` alone; what is due after `due_by` is left out."""
    rows = cursor.execute(
        f"SELECT {', '.join((*PERSON, *(f'item.{name}' for name in FIELDS)))}"
        " FROM patient JOIN worklist_item AS item ON item.patient_key = patient.key"
        " LEFT JOIN team ON team.patient_key = patient.key"
        f" WHERE (item.kind <> 'due' OR item.since <= ?) {'' if key is None else 'AND patient.key = ?'}"
        " ORDER BY patient.key, item.position",
        (due_by,) if key is None else (due_by, key),
    )
    before: tuple[Any, ...] = ()
    tasks: list[Task] = []
    for row in rows:
        if row[: len(PERSON)] != before:
            if tasks:
                yield _kept(before, tasks)
            before, tasks = row[: len(PERSON)], []
        tasks.append(_task(row[len(PERSON) :]))
    if tasks:
        yield _kept(before, tasks)


def _kept(person: tuple[Any, ...], tasks: list[Task]) -> Kept:
    key, mrn, family, given, nurse, doctor = person
    name = full_name(Patient(mrn=mrn, family_name=family, given_name=given))
    return Kept(key=key, mrn=mrn, name=name, nurse=nurse or "", doctor=doctor or "", tasks=tuple(tasks))


def _row(task: Task) -> tuple[Any, ...]:
    *values, beside, entries = _values(task)
    return (*values, "\n".join(beside), "\n".join(entries))


def _task(row: tuple[Any, ...]) -> Task:
    return Task(*(*row[:-2], _words(row[-2]), _words(row[-1])))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


@cache
def _marks() -> str:
    return ", ".join("?" * len(FIELDS))
