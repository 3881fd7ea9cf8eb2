"""What changed in a record: its entries, and what was merged into it."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.merges import merge_of

COLUMNS = ("version", "at", "by", "change", "section", "id", "former")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a record's history; `former` is the entry as it was (record format), None when there was none.

    Of a merging it is the other record, and `entry_id` that record's number.
    """

    version: int
    at: str  # UTC
    by: str
    change: str  # created, added, changed, marked (in error), removed; merged, or parted when that was taken back
    section: str
    entry_id: str
    former: Mapping[str, Any] | None


def history(cursor: sqlite3.Cursor, mrn: str, entry_id: str | None = None) -> tuple[Change, ...]:
    """Return what changed in a record, oldest first: everything, or one entry alone; also of one merged away."""
    query = (
        f"SELECT {', '.join(f'history.{name}' for name in COLUMNS)} FROM patient"
        " JOIN history ON history.patient_key = patient.key WHERE patient.mrn = ? ORDER BY history.key"
    )
    rows = cursor.execute(query, (mrn,)).fetchall() or list(_set_aside(cursor, mrn))
    changes = [_change(*row) for row in rows]
    if entry_id is not None:
        return tuple(one for one in changes if one.entry_id == entry_id)
    # Moments have seconds: what is of one moment is in the order of the versions, the merging before its entries.
    return tuple(sorted((*_merged(cursor, mrn), *changes), key=lambda one: (one.at, one.version)))


def _set_aside(cursor: sqlite3.Cursor, mrn: str) -> Iterator[tuple[Any, ...]]:
    if (merge := merge_of(cursor, mrn)) is not None:
        (aside,) = cursor.execute("SELECT aside FROM merge WHERE key = ?", (merge.key,)).fetchone()
        yield from (tuple(row[name] for name in COLUMNS) for row in json.loads(aside)["history"])


def _merged(cursor: sqlite3.Cursor, mrn: str) -> Iterator[Change]:
    columns = "merge.version, at, by, merge.mrn, absorbed, undone_version, undone_at, undone_by"
    found = cursor.execute(
        f"SELECT {columns} FROM merge JOIN patient ON patient.key = merge.patient_key WHERE patient.mrn = ?"
        " ORDER BY merge.key",
        (mrn,),
    )
    from app.record.files import plain
    from db.convert import record_of

    for version, at, by, absorbed_mrn, absorbed, undone_version, undone_at, undone_by in found.fetchall():
        yield Change(
            version=version, at=at, by=by, change="merged", section="patient", entry_id=absorbed_mrn,
            former=plain(record_of(absorbed)),
        )  # fmt: skip
        if undone_at is not None:
            yield _change(undone_version, undone_at, undone_by, "parted", "patient", absorbed_mrn, None)


def _change(version: int, at: str, by: str, change: str, section: str, entry_id: str, former: str | None) -> Change:
    return Change(
        version=version, at=at, by=by, change=change, section=section, entry_id=entry_id,
        former=None if former is None else json.loads(former, parse_float=Decimal),
    )  # fmt: skip
