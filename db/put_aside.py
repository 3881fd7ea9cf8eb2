"""What people put aside of the worklist: done, or snoozed until a day. Nothing is erased, what is taken back too."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from db.engine import now

if TYPE_CHECKING:
    from app.pathway.worklist import Task

Verdict = Literal["done", "snoozed"]
COLUMNS = 'key, patient_key, facts, verdict, day, until, reason, "by"'


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """What was answered to one thing on the worklist, on which day, by whom; `until` is the day it comes back.

    Without that day it comes back only when its facts change. `key` is None until it is stored.
    """

    verdict: Verdict
    day: str
    until: str | None
    reason: str
    by: str
    key: int | None = None


def holding(cursor: sqlite3.Cursor, as_of: date) -> dict[tuple[int, str], PutAside]:
    """Return what holds on a day, by the patient's key and the checksum of the facts; of several, the newest."""
    day = as_of.isoformat()
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM put_aside WHERE taken_back_at IS NULL AND day <= ? AND (until IS NULL OR until > ?)"
        " ORDER BY key",
        (day, day),
    )
    return {
        (patient, facts): PutAside(key=key, verdict=verdict, day=since, until=until, reason=reason, by=by)
        for key, patient, facts, verdict, since, until, reason, by in rows
    }


def put(cursor: sqlite3.Cursor, mrn: str, task: "Task", aside: PutAside) -> int | None:
    """Store what was answered to a task of a patient, and return its key; None when there is no such patient."""
    cursor.execute(
        'INSERT INTO put_aside (patient_key, facts, verdict, kind, what, drug, day, until, reason, "by", at)'
        " SELECT key, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM patient WHERE mrn = ?",
        (
            task.facts, aside.verdict, task.kind, task.what, task.drug, aside.day, aside.until, aside.reason, aside.by,
            now(), mrn,
        ),
    )  # fmt: skip
    return cursor.lastrowid if cursor.rowcount == 1 else None


def take_back(cursor: sqlite3.Cursor, key: int, by: str) -> None:
    """Let one answer hold no more."""
    cursor.execute(
        "UPDATE put_aside SET taken_back_at = ?, taken_back_by = ? WHERE key = ? AND taken_back_at IS NULL",
        (now(), by, key),
    )


def take_back_all(cursor: sqlite3.Cursor, mrn: str, facts: str, by: str) -> None:
    """Let no answer to a task of a patient hold any more."""
    cursor.execute(
        "UPDATE put_aside SET taken_back_at = ?, taken_back_by = ? WHERE taken_back_at IS NULL AND facts = ?"
        " AND patient_key = (SELECT key FROM patient WHERE mrn = ?)",
        (now(), by, facts, mrn),
    )
