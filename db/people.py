"""The people of the clinic as they are stored: listed, added and changed, never removed."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from db.engine import now

Role = Literal["nurse", "doctor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the clinic's people; `key` is None until the person is stored."""

    name: str
    role: Role
    retired: bool = False
    key: int | None = None


def listed(cursor: sqlite3.Cursor) -> tuple[Person, ...]:
    """Return everybody, by name; the retired too."""
    rows = cursor.execute("SELECT key, name, role, retired FROM person ORDER BY name COLLATE NOCASE, key")
    return tuple(Person(key=key, name=name, role=role, retired=bool(retired)) for key, name, role, retired in rows)


def put(cursor: sqlite3.Cursor, person: Person) -> int:
    """Store a person, new or changed, and return the key."""
    values = (person.name, person.role, person.retired, now())
    if person.key is None:
        cursor.execute("INSERT INTO person (name, role, retired, changed_at) VALUES (?, ?, ?, ?)", values)
        assert cursor.lastrowid is not None
        return cursor.lastrowid
    changed = "UPDATE person SET name = ?, role = ?, retired = ?, changed_at = ? WHERE key = ?"
    cursor.execute(changed, (*values, person.key))
    return person.key
