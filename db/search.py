"""Finding patients by name, number or date of birth, whatever the case and the accents; and those like a person.

With the driver alone: the first list is on the screen before the database library is loaded.
"""

import json
import re
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.record.alike import Person, marks
from app.record.names import fold
from app.record.summary import Order, PatientSummary

if TYPE_CHECKING:
    from app.record.patient import Patient

SHOWN = ("mrn", "family_name", "given_name", "birth_date", "sex", "deceased_on", "changed_at")
# A day, a day and a month, the whole date, or its beginning while it is typed: "2.", "2.5", "2/5/19", "5.1964".
TYPED_DATE = re.compile(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{0,4})")
NUMBERED = f"SELECT {', '.join(SHOWN)} FROM patient WHERE mrn IN (SELECT value FROM json_each(?))"
ALIKE = f"""
    SELECT {", ".join(SHOWN)} FROM patient WHERE key IN (
        SELECT patient_key FROM likeness WHERE mark IN (SELECT value FROM json_each(?)))
"""
# How to order by a value, and by the name within it; each has its index, both ways.
ORDERS: dict[Order, str] = {
    "name": "search {}",
    "mrn": "mrn {}",
    "birth_date": "birth_date {} NULLS LAST, search",
    "sex": "sex {} NULLS LAST, search",
}


def search_text(patient: "Patient") -> str:
    """Return what a patient is found by. It begins with the name, so that it also sorts by name."""
    parts = (patient.family_name, patient.given_name, patient.mrn, patient.birth_date)
    return fold(" ".join(part for part in parts if part))


def find(
    cursor: sqlite3.Cursor, text: str, limit: int, offset: int, by: Order = "name", backwards: bool = False
) -> tuple[PatientSummary, ...]:
    """Return the patients in whom every word of `text` is found, in any order; ordered `by` one of their values.

    Who has no such value comes last either way.
    """
    condition, sought = _matching(text)
    order = ORDERS[by].format("DESC" if backwards else "ASC")
    rows = cursor.execute(
        f"SELECT {', '.join(SHOWN)} FROM patient {condition} ORDER BY {order} LIMIT ? OFFSET ?",
        (*sought, limit, offset),
    )
    return tuple(_summary(row) for row in rows)


def count(cursor: sqlite3.Cursor, text: str) -> int:
    """Return how many patients `find` would give without a limit."""
    condition, sought = _matching(text)
    (found,) = cursor.execute(f"SELECT count(*) FROM patient {condition}", sought).fetchone()
    return int(found)


def numbered(cursor: sqlite3.Cursor, mrns: Sequence[str]) -> tuple[PatientSummary, ...]:
    """Return the patients of these numbers, in their order; a number that nobody has is left out."""
    rows = cursor.execute(NUMBERED, (json.dumps(list(mrns)),))
    found = {row[0]: _summary(row) for row in rows}
    return tuple(found[mrn] for mrn in mrns if mrn in found)


def candidates(cursor: sqlite3.Cursor, person: Person) -> tuple[PatientSummary, ...]:
    """Return the patients who share a mark with a person: among them is everybody who is like that person."""
    return tuple(_summary(row) for row in cursor.execute(ALIKE, (json.dumps(sorted(marks(person))),)))


def _summary(row: tuple[Any, ...]) -> PatientSummary:
    return PatientSummary(**dict(zip(SHOWN, row, strict=True)))


def _matching(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition that every word is found, and what to put into it."""
    conditions, sought = [], []
    for word in fold(text).split():
        born = _born(word)
        # Not LIKE: a % or _ that somebody typed is a sign like any other, and this is faster.
        conditions.append(f"({' OR '.join(['instr(search, ?) > 0', *['search GLOB ?'] * len(born)])})")
        sought += [word, *born]
    return "WHERE " + " AND ".join(conditions) if conditions else "", tuple(sought)


def _born(word: str) -> tuple[str, ...]:
    """Return how a search text ends when `word` is the birth date in it, as far as it has been typed."""
    match = TYPED_DATE.fullmatch(word)
    if match is None:
        return ()
    first, second, year = match.groups(default="")
    if first:  # day, month, and as much of the year as there is
        return (f"* {year:?<4}-{second:0>2}-{first:0>2}",)
    # One dot so far: a month and its year, or a day and its month.
    months = {"": ["??"], "0": ["0?"], "1": ["01", "1?"]}.get(year, [f"{year:0>2}"]) if len(year) <= 2 else []
    return (f"* {year:?<4}-{second:0>2}*", *(f"* ????-{month}-{second:0>2}" for month in months))
