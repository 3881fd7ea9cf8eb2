"""Many records at once: one select per table for all of them, where reading one by one would make forty for each.

The rows of a table are turned into values for all the patients together, parts before what they belong to.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from app.record.fields import EnteredInError
from app.record.record import PatientRecord
from db.convert import DIALECT, ERROR, PATIENT_LEVEL, Layout, Row, folded, patient_layout, sections
from db.tables import PatientRow


def records_of(
    cursor: sqlite3.Cursor, keys: str, *, without: Sequence[str] = ()
) -> Iterator[tuple[int, int, PatientRecord]]:
    """Yield key, version and record of these patients (their keys as a JSON list), in the order of the keys.

    `without` names lists of the record that are not read.
    """
    layout = patient_layout()
    person = _maker(layout)
    people = cursor.execute(_select(layout), (keys,)).fetchall()
    parts = [(_made(cursor, part, keys), _empty(part)) for _name, part in layout.parts]
    read = [(name, part) for name, part in sections().items() if part is not layout and name not in without]
    rest = [(name, part.is_entry, _made(cursor, part, keys)) for name, part in read]
    for row in people:
        key, version = row[-1], row[-2]
        owner = (key, PATIENT_LEVEL)
        patient = person(row, [made.get(owner, empty) for made, empty in parts])
        found: dict[str, Any] = {
            name: tuple(made.get(key, ())) if is_entry else made.get(owner) for name, is_entry, made in rest
        }
        yield key, version, PatientRecord(patient=patient, **found)


def _made(cursor: sqlite3.Cursor, layout: Layout, keys: str) -> dict[Any, Any]:
    """Return the values of a table: of entries a list by the patient's key; of a part one, or all, by its owner."""
    parts = [(_made(cursor, part, keys), _empty(part)) for _name, part in layout.parts]
    make, owner_at, is_entry, several = _maker(layout), layout.owner_at, layout.is_entry, layout.is_listed
    made: dict[Any, Any] = {}
    for row in cursor.execute(_select(layout), (keys,)):
        key = row[-1]
        if parts or not is_entry:
            owner = (key, PATIENT_LEVEL if owner_at is None else row[owner_at])
            value = make(row, [found.get(owner, empty) for found, empty in parts])
            if not is_entry:
                key = owner
        else:
            value = make(row, ())
        if not several:
            made[key] = value
        elif (listed := made.get(key)) is None:
            made[key] = [value]
        else:
            listed.append(value)
    return made if is_entry or not several else {owner: folded(layout, listed) for owner, listed in made.items()}


@cache
def _maker(layout: Layout) -> Callable[[Row, Sequence[Any]], Any]:
    """Return what makes a value of its row and its parts.

    It fills the slots itself: the initialiser of a frozen dataclass checks nothing either, and takes twice the time,
    which is most of what reading costs.
    """
    kind, width = layout.kind, len(layout.names)
    names = (*layout.names, *(name for name, _part in layout.parts), *(["entered_in_error"] if layout.is_entry else []))
    assert set(names) == {field.name for field in fields(kind)}
    assert not hasattr(kind, "__post_init__")
    fill = [getattr(kind, name).__set__ for name in names]
    convert = [(layout.names.index(name), read) for name, read in layout.readers]
    is_entry = layout.is_entry

    def make(row: Row, parts: Sequence[Any]) -> Any:
        values = [*row[:width], *parts]
        for index, read in convert:
            if (stored := values[index]) is not None:
                values[index] = read(stored)
        if is_entry:
            values.append(EnteredInError(**dict(zip(ERROR, row[width + 1 :], strict=False))) if row[width] else None)
        value = kind.__new__(kind)
        for put, one in zip(fill, values, strict=True):
            put(value, one)
        return value

    return make


def _empty(part: Layout) -> Any:
    return folded(part, ()) if part.is_listed else None


@cache
def _select(layout: Layout) -> str:
    """Return the select of the rows of these patients, in the order of one patient's, with the patient's key last."""
    table: Any = layout.table
    columns = [table.c[name] for name in layout.columns]
    if table is PatientRow.__table__:
        chosen = select(*columns, table.c.version, table.c.key).order_by(table.c.key)
        key = table.c.key
    else:
        key = table.c.patient_key
        order = [] if layout.is_entry or layout.owner_at is None else [columns[layout.owner_at]]
        chosen = select(*columns, key).order_by(key, *order, *([table.c.position] if layout.is_listed else []))
    each = select(func.json_each(bindparam("keys")).table_valued("value").c.value)
    return str(chosen.where(key.in_(each)).compile(dialect=DIALECT))
