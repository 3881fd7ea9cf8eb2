"""Finding patients by name, number or date of birth, whatever the case and the accents.

With the driver alone: the first list is on the screen before the database library is loaded.
"""

import re
import sqlite3
import unicodedata
from typing import TYPE_CHECKING

from app.record.dates import fault_in
from app.record.summary import Order, PatientSummary

if TYPE_CHECKING:
    from app.record.patient import Patient

SHOWN = ("mrn", "family_name", "given_name", "birth_date", "sex", "deceased_on", "changed_at")
# How to order by a value, and by the name within it; an index has those that everybody has.
ORDERS: dict[Order, str] = {
    "name": "search {}",
    "mrn": "mrn {}",
    "birth_date": "birth_date {} NULLS LAST, search",
    "sex": "sex {} NULLS LAST, search",
}
# Letters that are letters of their own and not a letter with an accent, as most people type them.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
TYPED_DATE = re.compile(r"(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})")


def fold(text: str) -> str:
    """Return `text` as it is compared: no case, no accents, one space between words."""
    # Twice, as folding the case can take a letter apart (İ) and taking it apart can bring up a case.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.translate(PLAIN).split())


def search_text(patient: "Patient") -> str:
    """Return what a patient is found by. It begins with the name, so that it also sorts by name."""
    parts = (patient.family_name, patient.given_name, patient.mrn, patient.birth_date)
    return fold(" ".join(part for part in parts if part))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words to look for; a date may be typed as 2.5.1964 or 5/1964."""
    return tuple(_as_iso(word) for word in fold(text).split())


def find(
    cursor: sqlite3.Cursor, text: str, limit: int, offset: int, by: Order = "name", backwards: bool = False
) -> tuple[PatientSummary, ...]:
    """Return the patients in whom every word of `text` is found, in any order; ordered `by` one of their values.

    Who has no such value comes last either way.
    """
    condition, words = _matching(text)
    order = ORDERS[by].format("DESC" if backwards else "ASC")
    rows = cursor.execute(
        f"SELECT {', '.join(SHOWN)} FROM patient {condition} ORDER BY {order} LIMIT ? OFFSET ?", (*words, limit, offset)
    )
    return tuple(PatientSummary(**dict(zip(SHOWN, row, strict=True))) for row in rows)


def count(cursor: sqlite3.Cursor, text: str) -> int:
    """Return how many patients `find` would give without a limit."""
    condition, words = _matching(text)
    (found,) = cursor.execute(f"SELECT count(*) FROM patient {condition}", words).fetchone()
    return int(found)


def _matching(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition that every word is found, and the words."""
    words = words_of(text)
    # Not LIKE: a % or _ that somebody typed is a sign like any other, and this is faster.
    return "WHERE " + " AND ".join(["instr(search, ?) > 0"] * len(words)) if words else "", words


def _as_iso(word: str) -> str:
    match = TYPED_DATE.fullmatch(word)
    if match is None:
        return word
    day, month, year = match.groups()
    iso = "-".join(part.zfill(2) for part in (year, month, day) if part)
    return word if fault_in(iso) else iso
