"""Random records of every kind of entry, found from the dataclasses: a field that is added tomorrow is in them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from app.record.record import SECTIONS, PatientRecord

DATES = {"date", "on", "from_", "to", "as_of"}
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)
DAY = st.sampled_from(["2014", "2014-03", "2014-03-05", "1999-12-31"])
NUMBER = st.decimals(
    min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=None
) | st.sampled_from([Decimal("42"), Decimal("42.0"), Decimal("0.00"), Decimal("1E+3"), Decimal("0.000001")])
PLAIN = st.none() | st.booleans() | st.integers() | NUMBER | st.text(st.characters(exclude_categories=("Cs",)))


def records() -> st.SearchStrategy[PatientRecord]:
    """Return random records; ids are unique, as the format has it, and references need not lead anywhere."""
    return st.builds(PatientRecord, **_fields_of(PatientRecord)).map(_with_own_ids)


def _with_own_ids(record: PatientRecord) -> PatientRecord:
    from dataclasses import replace

    number = 0
    changed = {}
    for section in SECTIONS:
        entries = []
        for entry in getattr(record, section):
            number += 1
            entries.append(replace(entry, id=f"{entry.id}{number}"))
        changed[section] = tuple(entries)
    return replace(record, **changed)


def _fields_of(kind: type[Any]) -> dict[str, st.SearchStrategy[Any]]:
    hints = get_type_hints(kind)
    return {field.name: _value(hints[field.name], field.name) for field in fields(kind)}


def _value(hint: Any, name: str) -> st.SearchStrategy[Any]:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of(*(st.none() if one is type(None) else _value(one, name) for one in inside))
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is tuple:
        return st.lists(_value(inside[0], name), max_size=2).map(tuple)
    if origin is Mapping:
        return st.dictionaries(LINE, PLAIN | st.lists(PLAIN, max_size=2).map(tuple), max_size=3)
    if is_dataclass(hint):
        return st.builds(hint, **_fields_of(hint))
    if hint is str:
        return DAY if name in DATES or name.endswith(("_on", "_date")) else LINE
    return {bool: st.booleans(), int: st.integers(0, 3), Decimal: NUMBER}[hint]
