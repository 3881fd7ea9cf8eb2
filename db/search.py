"""Finding patients by name, number or date of birth, whatever the case and the accents."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.record.dates import fault_in
from app.record.summary import Order, PatientSummary

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from app.record.patient import Patient

SHOWN = ("mrn", "family_name", "given_name", "birth_date", "sex", "deceased_on", "changed_at")
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
    connection: "Connection", text: str, limit: int, offset: int, by: Order = "name", backwards: bool = False
) -> tuple[PatientSummary, ...]:
    """Return the patients in whom every word of `text` is found, in any order; ordered `by` one of their values."""
    from sqlalchemy import column, select, table

    # Spelled here and not taken from the models: the first list is on the screen before they are loaded.
    patient = table("patient", *(column(name) for name in (*SHOWN, "search")))
    query = select(*(patient.c[name] for name in SHOWN)).where(*_matching(patient.c.search, words_of(text)))
    rows = connection.execute(query.order_by(*_in_order(patient.c, by, backwards)).limit(limit).offset(offset))
    return tuple(PatientSummary(**dict(zip(SHOWN, row, strict=True))) for row in rows)


def _in_order(columns: Any, by: Order, backwards: bool) -> "list[ColumnElement[Any]]":
    """Return what to order by: the value, and the name within it; who has no such value comes last either way."""
    value = columns.search if by == "name" else columns[by]
    chosen = value.desc() if backwards else value
    if by in ("birth_date", "sex"):
        return [chosen.nulls_last(), columns.search]
    return [chosen]  # everybody has one, and there is an index


def count(connection: "Connection", text: str) -> int:
    """Return how many patients `find` would give without a limit."""
    from sqlalchemy import column, func, select, table

    patient = table("patient", column("search"))
    query = select(func.count()).select_from(patient).where(*_matching(patient.c.search, words_of(text)))
    return int(connection.scalar(query) or 0)


def _matching(searched: "ColumnElement[Any]", words: Sequence[str]) -> "list[ColumnElement[bool]]":
    from sqlalchemy import func

    # Not LIKE: a % or _ that somebody typed is a sign like any other, and this is faster.
    return [func.instr(searched, word) > 0 for word in words]


def _as_iso(word: str) -> str:
    match = TYPED_DATE.fullmatch(word)
    if match is None:
        return word
    day, month, year = match.groups()
    iso = "-".join(part.zfill(2) for part in (year, month, day) if part)
    return word if fault_in(iso) else iso
