"""Letters as they are stored: those that were signed, never changed; and those that wait for their signature."""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.engine import now

SIGNED = (
    "code", "kind", "language", "recipient", "address", "as_of", "signed_by", "signed_at", "record_version",
    "record_sha256", "protocol", "protocol_edition", "protocol_sha256", "seal", "sha256",
    "opening", "closing", "question",
)  # fmt: skip
UNSIGNED = ("kind", "language", "recipient", "opening", "closing", "question", "day", '"by"')
_FOUND = (
    f"SELECT letter.key, patient.mrn, newer.code, older.code, {', '.join(f'letter.{name}' for name in SIGNED)}"
    " FROM letter JOIN patient ON patient.key = letter.patient_key"
    " LEFT JOIN letter AS newer ON newer.key = letter.superseded_by"
    " LEFT JOIN letter AS older ON older.key = letter.supersedes"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLetter:
    """A letter as it was signed. `mrn` is the number its patient has now; `superseded_by` and `supersedes` are codes.

    `recipient` says who it went to, so that a newer letter finds the one before it; `address` is what was printed.
    `seal` is the SHA-256 of what it says, `sha256` that of its bytes. `opening`, `closing` and `question` are the words
    as they were typed; None: as the clinic had decided, or not kept yet when it was signed. `key` is None until it is
    stored.
    """

    mrn: str
    code: str
    kind: str
    language: str
    recipient: str
    address: tuple[str, ...]
    as_of: str
    signed_by: str
    signed_at: str
    record_version: int
    record_sha256: str
    protocol: str
    protocol_edition: str
    protocol_sha256: str
    seal: str
    sha256: str
    opening: str | None = None
    closing: str | None = None
    question: str | None = None
    superseded_by: str = ""
    supersedes: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsignedLetter:
    """A letter that was prepared on a day by somebody; `opening` and `closing` None: as the clinic has decided."""

    mrn: str
    kind: str
    language: str
    recipient: str
    opening: str | None = None
    closing: str | None = None
    question: str = ""
    day: str
    by: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An unsigned letter with whose it is, as lists have it."""

    patient_key: int
    name: str
    nurse: str
    doctor: str
    letter: UnsignedLetter


def version_of(cursor: sqlite3.Cursor, mrn: str) -> int | None:
    """Return the version of a patient's record as it is stored, or None."""
    row = cursor.execute("SELECT version FROM patient WHERE mrn = ?", (mrn,)).fetchone()
    return None if row is None else int(row[0])


def put(cursor: sqlite3.Cursor, letter: SignedLetter, pdf: bytes, record: bytes) -> int:
    """Store a signed letter and return its key; it takes the place of the one before it of its kind and recipient."""
    before = cursor.execute(
        "SELECT letter.key FROM letter JOIN patient ON patient.key = letter.patient_key WHERE mrn = ? AND kind = ?"
        " AND recipient = ? AND superseded_by IS NULL ORDER BY letter.key DESC",
        (letter.mrn, letter.kind, letter.recipient),
    ).fetchall()
    values = [getattr(letter, name) for name in SIGNED]
    values[SIGNED.index("address")] = "\n".join(letter.address)  # as db.types.WordList keeps it
    cursor.execute(
        f"INSERT INTO letter (patient_key, {', '.join(SIGNED)}, record, pdf, supersedes)"
        f" SELECT key, {', '.join('?' * len(SIGNED))}, ?, ?, ? FROM patient WHERE mrn = ?",
        (*values, zlib.compress(record, 9), zlib.compress(pdf, 9), before[0][0] if before else None, letter.mrn),
    )
    key = cursor.lastrowid
    assert key is not None
    cursor.executemany("UPDATE letter SET superseded_by = ? WHERE key = ?", [(key, old) for (old,) in before])
    return key


def of_patient(cursor: sqlite3.Cursor, mrn: str) -> tuple[SignedLetter, ...]:
    """Return the signed letters of a patient, the newest first."""
    return tuple(_signed(row) for row in cursor.execute(f"{_FOUND} WHERE mrn = ? ORDER BY letter.key DESC", (mrn,)))


def of_code(cursor: sqlite3.Cursor, code: str) -> SignedLetter | None:
    """Return the letter of a code, or None."""
    row = cursor.execute(f"{_FOUND} WHERE letter.code = ?", (code,)).fetchone()
    return None if row is None else _signed(row)


def of_sha256(cursor: sqlite3.Cursor, sha256: str) -> SignedLetter | None:
    """Return the letter whose bytes have this checksum, or None."""
    row = cursor.execute(f"{_FOUND} WHERE letter.sha256 = ? ORDER BY letter.key DESC", (sha256,)).fetchone()
    return None if row is None else _signed(row)


def pdf_of(cursor: sqlite3.Cursor, code: str) -> bytes | None:
    """Return the bytes of a letter as they were signed."""
    return _blob(cursor.execute("SELECT pdf FROM letter WHERE code = ?", (code,)).fetchone())


def record_of(cursor: sqlite3.Cursor, code: str) -> bytes | None:
    """Return the record a letter was written from, as JSON."""
    return _blob(cursor.execute("SELECT record FROM letter WHERE code = ?", (code,)).fetchone())


def put_unsigned(cursor: sqlite3.Cursor, letter: UnsignedLetter) -> int | None:
    """Store a letter that waits, and return its key; None if its patient is gone, or it waits no more."""
    values = [getattr(letter, name.strip('"')) for name in UNSIGNED]
    if letter.key is not None:
        changed = ", ".join(f"{name} = ?" for name in UNSIGNED)
        changing = f"UPDATE unsigned_letter SET {changed}, at = ? WHERE key = ? AND closed_on IS NULL"
        cursor.execute(changing, (*values, now(), letter.key))
        return letter.key if cursor.rowcount == 1 else None
    cursor.execute(
        f"INSERT INTO unsigned_letter (patient_key, {', '.join(UNSIGNED)}, at)"
        f" SELECT key, {', '.join('?' * len(UNSIGNED))}, ? FROM patient WHERE mrn = ?",
        (*values, now(), letter.mrn),
    )
    return cursor.lastrowid if cursor.rowcount == 1 else None


def close_unsigned(cursor: sqlite3.Cursor, key: int, day: str, by: str) -> bool:
    """Let a letter wait no more, and return whether it did until now."""
    closed = "UPDATE unsigned_letter SET closed_on = ?, closed_by = ? WHERE key = ? AND closed_on IS NULL"
    cursor.execute(closed, (day, by, key))
    return cursor.rowcount == 1


def open_again(cursor: sqlite3.Cursor, key: int) -> None:
    """Let a letter that was put away wait again."""
    cursor.execute("UPDATE unsigned_letter SET closed_on = NULL, closed_by = NULL WHERE key = ?", (key,))


def waiting(cursor: sqlite3.Cursor, day: str, patients: Sequence[int] | None = None) -> Iterator[Waiting]:
    """Yield the letters that wait on a day, the oldest first: all, or those of these patients alone."""
    only = "" if patients is None else f"AND patient.key IN ({', '.join('?' * len(patients))})"
    rows = cursor.execute(
        "SELECT patient.key, mrn, family_name, given_name, nurse, doctor, letter.key,"
        f" {', '.join(f'letter.{name}' for name in UNSIGNED)}"
        " FROM unsigned_letter AS letter JOIN patient ON patient.key = letter.patient_key"
        " LEFT JOIN team ON team.patient_key = patient.key"
        f" WHERE day <= ? AND (closed_on IS NULL OR closed_on > ?) {only} ORDER BY letter.key",
        (day, day, *(patients or ())),
    )
    names = [name.strip('"') for name in UNSIGNED]
    for patient, mrn, family, given, nurse, doctor, key, *values in rows:
        letter = UnsignedLetter(mrn=mrn, key=key, **dict(zip(names, values, strict=True)))
        name = ", ".join(filter(None, (family, given)))
        yield Waiting(patient_key=patient, name=name, nurse=nurse or "", doctor=doctor or "", letter=letter)


def _signed(row: Sequence[Any]) -> SignedLetter:
    key, mrn, newer, older, *values = row
    given = dict(zip(SIGNED, values, strict=True))
    given["address"] = tuple(given["address"].split("\n")) if given["address"] else ()
    return SignedLetter(key=key, mrn=mrn, superseded_by=newer or "", supersedes=older or "", **given)


def _blob(row: Sequence[Any] | None) -> bytes | None:
    return None if row is None else zlib.decompress(row[0])
