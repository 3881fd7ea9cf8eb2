"""Which records were merged into which: found by either number, and said in a sentence."""

import sqlite3
from dataclasses import dataclass, fields
from datetime import datetime

from app.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One merging that has not been taken back."""

    key: int
    mrn: str  # of the record that went into the other
    into: str  # the number of that other one today
    version: int  # of that record, as the merging made it
    at: str  # UTC
    by: str


_COLUMNS = ", ".join({"into": "patient.mrn"}.get(field.name, f"merge.{field.name}") for field in fields(Merge))
_FROM = f"SELECT {_COLUMNS} FROM merge JOIN patient ON patient.key = merge.patient_key WHERE merge.undone_at IS NULL"


def merges(cursor: sqlite3.Cursor) -> tuple[Merge, ...]:
    """Return all of them, the newest first."""
    return _made(cursor.execute(f"{_FROM} ORDER BY merge.key DESC"))


def merge_of(cursor: sqlite3.Cursor, mrn: str) -> Merge | None:
    """Return how the record of this number went into another, the last time it did; None when it did not."""
    return next(iter(_made(cursor.execute(f"{_FROM} AND merge.mrn = ? ORDER BY merge.key DESC", (mrn,)))), None)


def merges_into(cursor: sqlite3.Cursor, mrn: str) -> tuple[Merge, ...]:
    """Return what went into the record of this number, the newest first."""
    return _made(cursor.execute(f"{_FROM} AND patient.mrn = ? ORDER BY merge.key DESC", (mrn,)))


def merges_of_letter(cursor: sqlite3.Cursor, code: str) -> tuple[Merge, ...]:
    """Return the mergings by which a signed letter came to another record than the one it is on, the oldest first."""
    carried = "SELECT value FROM json_each(merge.carried, '$.letter')"
    query = f"{_FROM} AND (SELECT key FROM letter WHERE code = ?) IN ({carried}) ORDER BY merge.key"
    return _made(cursor.execute(query, (code,)))


def later_than(cursor: sqlite3.Cursor, patient_key: int, key: int) -> tuple[Merge, ...]:
    """Return what went into the same record after another merging, the newest first."""
    query = f"{_FROM} AND merge.patient_key = ? AND merge.key > ? ORDER BY merge.key DESC"
    return _made(cursor.execute(query, (patient_key, key)))


def said_of(merge: Merge) -> str:
    """Return "A-17 was merged into A-12 on 5 November 2014 by M. Keller", by the day of this place."""
    from app.figures.wording import date_in_words  # not before the first list of patients is on the screen

    day = datetime.fromisoformat(merge.at).astimezone().date().isoformat()
    words = _("{mrn} was merged into {into} on {day}")
    if merge.by:
        words = _("{mrn} was merged into {into} on {day} by {by}")
    return words.format(mrn=merge.mrn, into=merge.into, day=date_in_words(day), by=merge.by)


def _made(rows: sqlite3.Cursor) -> tuple[Merge, ...]:
    names = [field.name for field in fields(Merge)]
    return tuple(Merge(**dict(zip(names, row, strict=True))) for row in rows)
