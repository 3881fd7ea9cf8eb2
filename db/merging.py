"""Merging two records in one transaction, and taking it back: no table of a patient can be forgotten.

The tables are walked, not listed. Rows of the record itself are in what the caller merged; rows of every other table
go over to the record that is kept, but for those that the table says are made anew or are set aside (`db.tables`).
The absorbed patient is then removed: a table with a row still left refuses that, and everything is as it was.
"""

import json
import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import Table

from app.record.reading import ChangedMeanwhile, NotPossible
from app.record.record import PatientRecord
from app.words import _
from db.convert import layouts, record_of, text_from
from db.engine import now
from db.merges import Merge, later_than, merge_of, said_of
from db.saving import Saving, Stored
from db.tables import MADE_ANEW, SET_ASIDE, Base

Versioned = tuple[str, int]  # number and version


def merge(saving: Saving, kept: Versioned, absorbed: Versioned, record: PatientRecord, by: str) -> int:
    """Store `record` in the place of `kept`, remove `absorbed`, and return the new version of the record.

    Raises `ChangedMeanwhile` when one of them was saved since those versions.
    """
    own, other = _stored(saving, kept), _stored(saving, absorbed)
    cursor = saving.cursor
    (changed_at,) = cursor.execute("SELECT changed_at FROM patient WHERE key = ?", (other.key,)).fetchone()
    before, theirs = own.record(), other.record()
    aside = {name: _rows(cursor, name, other.key) for name in tables_to_be(SET_ASIDE)}
    carried = {name: _carry(cursor, name, other.key, own.key) for name in carried_tables()}
    for name in (*tables_to_be(MADE_ANEW), *tables_to_be(SET_ASIDE), *reversed([one.table.name for one in layouts()])):
        cursor.execute(f'DELETE FROM "{name}" WHERE patient_key = ?', (other.key,))
    cursor.execute("DELETE FROM patient WHERE key = ?", (other.key,))
    version = saving.change(own, record, by)
    _insert(cursor, "merge", {
        "patient_key": own.key, "mrn": absorbed[0], "version": version, "at": now(), "by": by,
        "kept": text_from(before), "absorbed": text_from(theirs), "merged": text_from(record),
        "absorbed_version": other.version, "absorbed_changed_at": changed_at,
        "aside": json.dumps(aside), "carried": json.dumps(carried),
    })  # fmt: skip
    return version


def unmerge(saving: Saving, merge: Merge, version: int, by: str) -> None:
    """Make two records of one again, both as they were; `version` is that of the merged record when it was looked at.

    What was changed in the merged record since is in its history. Raises `ChangedMeanwhile` when it was saved since,
    `NotPossible` when a later merging stands in the way or the number has been given to somebody else.
    """
    cursor = saving.cursor
    own = _stored(saving, (merge.into, version))
    row = _row(cursor, merge.key)
    if row["undone_at"] is not None:
        raise ChangedMeanwhile
    _refuse_unless_last(cursor, row)
    if saving.has(merge.mrn):
        raise NotPossible(_("{mrn} is the number of another patient now.").format(mrn=merge.mrn))
    before = record_of(row["kept"])
    if before.patient.mrn != merge.into and saving.has(before.patient.mrn):
        raise NotPossible(_("{mrn} is the number of another patient now.").format(mrn=before.patient.mrn))
    back = saving.change(own, before, by)
    key = saving.create(record_of(row["absorbed"]), row["absorbed_version"], row["absorbed_changed_at"])
    for name, rows in json.loads(row["aside"]).items():
        for one in rows:
            _insert(cursor, name, {**one, "patient_key": key})
    for name, keys in json.loads(row["carried"]).items():
        gone_over = "(SELECT value FROM json_each(?))"
        cursor.execute(f'UPDATE "{name}" SET patient_key = ? WHERE "key" IN {gone_over}', (key, json.dumps(keys)))
    cursor.execute(
        "UPDATE merge SET undone_version = ?, undone_at = ?, undone_by = ? WHERE key = ?", (back, now(), by, merge.key)
    )


def records_at(cursor: sqlite3.Cursor, merge: Merge) -> tuple[PatientRecord, PatientRecord, PatientRecord]:
    """Return the kept and the absorbed record as they were before, and what was made of them."""
    row = _row(cursor, merge.key)
    return record_of(row["kept"]), record_of(row["absorbed"]), record_of(row["merged"])


@cache
def tables_to_be(how: str) -> tuple[str, ...]:
    """Return the tables of a patient that say this of merging, parts before what they belong to."""
    return tuple(table.name for table in reversed(_of_patients()) if table.info.get("merging") == how)


@cache
def carried_tables() -> tuple[str, ...]:
    """Return the tables whose rows go over to the other record: those rows have a key of their own."""
    record = {one.table.name for one in layouts()}
    return tuple(table.name for table in _of_patients() if "merging" not in table.info and table.name not in record)


def _of_patients() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if "patient_key" in table.columns]


def _stored(saving: Saving, wanted: Versioned) -> Stored:
    mrn, version = wanted
    stored = saving.stored(mrn)
    if stored is None:
        merge = merge_of(saving.cursor, mrn)
        nobody = _("There is no patient with the number {mrn}.").format(mrn=mrn)
        raise NotPossible(f"{said_of(merge)}." if merge is not None else nobody)
    if stored.version != version:
        raise ChangedMeanwhile
    return stored


def _refuse_unless_last(cursor: sqlite3.Cursor, row: dict[str, Any]) -> None:
    """What a later merging has brought in would go with this one."""
    if later := later_than(cursor, row["patient_key"], row["key"]):
        raise NotPossible(_("{merge}, after this: take that back first.").format(merge=said_of(later[0])))


def _carry(cursor: sqlite3.Cursor, table: str, absorbed: int, kept: int) -> list[int]:
    """Let the rows of a table be the other patient's; return their keys."""
    keys = [key for (key,) in cursor.execute(f'SELECT "key" FROM "{table}" WHERE patient_key = ?', (absorbed,))]
    cursor.execute(f'UPDATE "{table}" SET patient_key = ? WHERE patient_key = ?', (kept, absorbed))
    return keys


def _rows(cursor: sqlite3.Cursor, table: str, patient_key: int) -> list[dict[str, Any]]:
    """Return the rows of a patient as JSON has them, without the keys that say nothing outside the database."""
    found = cursor.execute(f'SELECT * FROM "{table}" WHERE patient_key = ? ORDER BY rowid', (patient_key,))
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found]
    return [{name: value for name, value in row.items() if name not in ("key", "patient_key")} for row in rows]


def _row(cursor: sqlite3.Cursor, key: int) -> dict[str, Any]:
    found = cursor.execute("SELECT * FROM merge WHERE key = ?", (key,))
    names = [column[0] for column in found.description]
    return dict(zip(names, found.fetchone(), strict=True))


def _insert(cursor: sqlite3.Cursor, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', tuple(row.values()))
