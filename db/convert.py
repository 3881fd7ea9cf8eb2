"""The one place that turns rows into a patient's record and back, by name.

Everything is found out once from the dataclasses and the tables: a field is a column of the same name, a dataclass
within a dataclass is a row of the table of its own name. Rows come and go as plain tuples and are trusted: they were
checked before they were stored, so that a record of 25 entries is read in well under a millisecond.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import sqlite

from app.record.fields import EnteredInError
from app.record.patient import Patient
from app.record.record import PatientRecord
from db.facts import FactValue, facts_of, values_of
from db.tables import Base

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]  # of one patient, by table
DIALECT = sqlite.dialect(paramstyle="qmark")
ERROR = tuple(field.name for field in fields(EnteredInError))
PATIENT_LEVEL = ""  # stands for the owner of what the patient has, not an entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one dataclass lies in its table. A row is its own columns, then those of its error, its place, its owner."""

    kind: Any
    table: Table
    section: str  # of the record: "patient", "diagnosis", "labs" …
    names: tuple[str, ...]  # the attributes that are columns
    columns: tuple[str, ...]  # of a row, in order
    readers: tuple[tuple[str, Callable[[Any], Any]], ...]
    writers: tuple[Callable[[Any], Any] | None, ...]
    is_entry: bool
    is_listed: bool
    owner_at: int | None  # where in a row its owner's id is; none: the patient
    key_at: tuple[int, ...]  # where in a row is what tells it from the patient's others
    parts: tuple[tuple[str, "Layout"], ...]
    select: str

    def key(self, row: Row) -> Row:
        """Return what tells this row from the patient's others in its table."""
        return tuple([row[index] for index in self.key_at])

    def owner(self, row: Row) -> str:
        """Return the id of the entry that this row is, or is a part of; empty for the patient and the diagnosis."""
        return PATIENT_LEVEL if self.owner_at is None else row[self.owner_at]


def table_name(kind: type[Any]) -> str:
    """Return the name of the table of a dataclass: `FishReading` lies in `fish_reading`."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", kind.__name__).lower()


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every layout but the patient's own, each after the ones it belongs to."""
    found: list[Layout] = []

    def collect(layout: Layout) -> None:
        found.append(layout)
        for _attribute, part in layout.parts:
            collect(part)

    for _attribute, part in patient_layout().parts:
        collect(part)
    for section, layout in sections().items():
        if section != "patient":
            collect(layout)
    return tuple(found)


@cache
def sections() -> Mapping[str, Layout]:
    """Return the layout of each part of the record, in the order of the format."""
    hints = get_type_hints(PatientRecord)
    found = {}
    for field in fields(PatientRecord):
        kind, is_listed = _dataclass_in(hints[field.name])
        found[field.name] = _layout(kind, field.name, owner="id" if is_listed else None, entry=is_listed)
    return found


def patient_layout() -> Layout:
    """Return the layout of the person."""
    return sections()["patient"]


def record_from(patient: Row, rows: Rows) -> PatientRecord:
    """Return the record of a patient's row (its own columns) and the rows of every other table."""
    values: dict[str, Any] = {}
    for section, layout in sections().items():
        if section == "patient":
            values[section] = _made(layout, [patient], rows)[PATIENT_LEVEL]
        else:
            made = _made(layout, rows[layout.table.name], rows)
            values[section] = tuple(made.values()) if layout.is_entry else made.get(PATIENT_LEVEL)
    return PatientRecord(**values)


def rows_from(record: PatientRecord) -> tuple[Row, Rows]:
    """Return the patient's row (its own columns) and the rows of every other table, as they are stored."""
    rows: Rows = {layout.table.name: [] for layout in layouts()}
    for section, layout in sections().items():
        value = getattr(record, section)
        if section == "patient":
            person = tuple(_own(layout, value))
            _add_parts(layout, value, PATIENT_LEVEL, rows)
        elif layout.is_entry:
            for position, entry in enumerate(value):
                _add(layout, entry, position, entry.id, rows)
        elif value is not None:
            _add(layout, value, None, PATIENT_LEVEL, rows)
    return person, rows


def text_from(record: PatientRecord) -> str:
    """Return a whole record as text, to be kept in one column."""
    person, rows = rows_from(record)
    named = {"patient": [dict(zip(patient_layout().columns, person, strict=True))]}
    for layout in layouts():
        if found := rows[layout.table.name]:
            named[layout.table.name] = [dict(zip(layout.columns, row, strict=True)) for row in found]
    return json.dumps(named, ensure_ascii=False)


def record_of(text: str) -> PatientRecord:
    """Return a record that was kept as text; a column that has come since says nothing in it."""
    named = json.loads(text)
    (person,) = named["patient"]
    rows = {
        layout.table.name: [
            tuple([row.get(column) for column in layout.columns]) for row in named.get(layout.table.name, ())
        ]
        for layout in layouts()
    }
    return record_from(tuple([person.get(column) for column in patient_layout().columns]), rows)


def _made(layout: Layout, own_rows: Iterable[Row], rows: Rows) -> dict[str, Any]:
    """Return the values of a table by the id of their owner: one each, or a list where the format has one."""
    parts = []
    for attribute, part in layout.parts:
        part_rows = rows[part.table.name]
        empty = folded(part, ()) if part.is_listed else None
        parts.append((attribute, _made(part, part_rows, rows) if part_rows else {}, empty))
    kind, names, readers, owner_at = layout.kind, layout.names, layout.readers, layout.owner_at
    error_at = len(names) if layout.is_entry else None
    several = layout.is_listed and not layout.is_entry
    made: dict[str, Any] = {}
    for row in own_rows:
        values = dict(zip(names, row, strict=False))  # the row goes on with its error, place and owner
        for name, convert in readers:
            values[name] = convert(values[name])
        owner = PATIENT_LEVEL if owner_at is None else row[owner_at]
        if error_at is not None and row[error_at]:
            on, by, reason = row[error_at + 1 : error_at + 4]
            values["entered_in_error"] = EnteredInError(on=on, by=by, reason=reason)
        for attribute, found, empty in parts:
            values[attribute] = found.get(owner, empty)
        if several:
            made.setdefault(owner, []).append(kind(**values))
        else:
            made[owner] = kind(**values)
    return {owner: folded(layout, listed) for owner, listed in made.items()} if several else made


def folded(layout: Layout, listed: Iterable[Any]) -> Any:
    return facts_of(listed) if layout.kind is FactValue else tuple(listed)


def _own(layout: Layout, value: Any) -> list[Any]:
    found = [getattr(value, name) for name in layout.names]
    return [one if write is None else write(one) for one, write in zip(found, layout.writers, strict=True)]


def _add(layout: Layout, value: Any, position: int | None, owner: str, rows: Rows) -> None:
    row = _own(layout, value)
    if layout.is_entry:
        error = value.entered_in_error
        row += (0, None, None, None) if error is None else (1, error.on, error.by, error.reason)
    if position is not None:
        row.append(position)
    if not layout.is_entry and layout.owner_at is not None:
        row.append(owner)
    rows[layout.table.name].append(tuple(row))
    if layout.parts:
        _add_parts(layout, value, owner, rows)


def _add_parts(layout: Layout, value: Any, owner: str, rows: Rows) -> None:
    for attribute, part in layout.parts:
        found = getattr(value, attribute)
        if part.is_listed:
            for position, one in enumerate(values_of(found) if part.kind is FactValue else found):
                _add(part, one, position, owner, rows)
        elif found is not None:
            _add(part, found, None, owner, rows)


def _layout(kind: type[Any], section: str, *, owner: str | None, listed: bool = False, entry: bool = False) -> Layout:
    """Return the layout of `kind`; `owner` is the column with its owner's id."""
    hints = get_type_hints(kind)
    table = Base.metadata.tables["decision_fact" if kind is FactValue else table_name(kind)]
    own_id = table.name if entry else owner
    names, parts = [], []
    for field in fields(kind):
        hint = hints[field.name]
        inner, inner_listed = _dataclass_in(hint)
        if inner is EnteredInError:
            continue
        if get_origin(hint) is Mapping:
            inner, inner_listed = FactValue, True
        if inner is None:
            names.append(field.name)
        else:
            parts.append((field.name, _layout(inner, section, owner=own_id, listed=inner_listed)))
    columns = [name.rstrip("_") for name in names]
    stored = [table.c[name] for name in columns]
    readers = [(name, _reader(column)) for name, column in zip(names, stored, strict=True)]
    if entry:
        columns += ["entered_in_error", *(f"entered_in_error_{name}" for name in ERROR)]
    if entry or listed:
        columns.append("position")
    if owner is not None and not entry:
        columns.append(owner)
    owner_at = None if owner is None else columns.index(owner)
    key_at = tuple(index for index, name in enumerate(columns) if table.c[name].primary_key)
    return Layout(
        kind=kind,
        table=table,
        section=section,
        names=tuple(names),
        columns=tuple(columns),
        readers=tuple((name, reader) for name, reader in readers if reader is not None),
        writers=tuple(column.type.dialect_impl(DIALECT).bind_processor(DIALECT) for column in stored),
        is_entry=entry,
        is_listed=listed or entry,
        owner_at=owner_at,
        key_at=key_at,
        parts=tuple(parts),
        select=_select(table, columns, owner, entry),
    )


def _reader(column: Any) -> Callable[[Any], Any] | None:
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(DIALECT).result_processor(DIALECT, None)
    return processor


def _select(table: Table, columns: list[str], owner: str | None, entry: bool) -> str:
    if table.name == table_name(Patient):
        return ""  # by number, with its key and version: `db.store`
    order = [table.c[name] for name in (() if entry or owner is None else (owner,))]
    if "position" in columns:
        order.append(table.c.position)
    statement = select(*(table.c[name] for name in columns)).where(table.c.patient_key == bindparam("key"))
    return str(statement.order_by(*order).compile(dialect=DIALECT))


def _dataclass_in(hint: Any) -> tuple[Any, bool]:
    """Return the dataclass that a field holds (`X`, `X | None`, `tuple[X, ...]`) and whether it is a list."""
    if get_origin(hint) in (Union, UnionType):
        return next(((one, False) for one in get_args(hint) if is_dataclass(one)), (None, False))
    if get_origin(hint) is tuple and is_dataclass(get_args(hint)[0]):
        return get_args(hint)[0], True
    return (hint, False) if is_dataclass(hint) else (None, False)
