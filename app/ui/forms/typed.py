"""What was typed, turned into the plain data the record's reader takes, guided by the record's own classes.

What cannot be turned (a word where a number belongs) passes through untouched, so that the reader refuses it in its
own words and the typing stays.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from app.record.dates import typed_date
from app.record.fields import PartialDate
from app.record.files import plain

# Under this key a draft remembers which of its groups do not count now; what was typed in them stays.
LEFT_OUT = "left out"
# A progression of which nothing is known yet is a progression still.
MEANS_SOMETHING_EMPTY = frozenset({"progression"})
NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?")
_DATE_MARK = get_args(PartialDate)[1]


@dataclass(frozen=True, slots=True)
class Shape:
    """What one field of the record holds: a leaf, a group of fields, or a list of either."""

    leaf: Literal["date", "number", "flag", "text"] | None = None
    group: type[Any] | None = None
    several: bool = False


def shapes_of(kind: type[Any]) -> Mapping[str, Shape]:
    """Return the shape of every field of a record class, by its name in the record format."""
    return _shapes(cast(Hashable, kind))


@cache
def _shapes(kind: Any) -> Mapping[str, Shape]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name.rstrip("_"): _shape(hints[field.name]) for field in fields(kind)}


def _shape(hint: Any, marks: tuple[Any, ...] = ()) -> Shape:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *more = get_args(hint)
        return _shape(inner, (*marks, *more))
    if origin in (Union, UnionType):
        (inner,) = (one for one in get_args(hint) if one is not NoneType)
        return _shape(inner, marks)
    if origin is tuple:
        one = _shape(get_args(hint)[0])
        return Shape(one.leaf, one.group, several=True)
    if is_dataclass(hint) and isinstance(hint, type):
        return Shape(group=hint)
    if hint is bool:
        return Shape("flag")
    if hint in (int, Decimal):
        return Shape("number")
    return Shape("date" if _DATE_MARK in marks else "text")


def data_of(kind: type[Any], typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the typing of one entry as JSON-like data: blanks gone, numbers exact, dates in ISO where readable."""
    shapes = shapes_of(kind)
    data = {}
    for name, value in typed.items():
        if name == LEFT_OUT or name in typed.get(LEFT_OUT, ()):
            continue
        shape = shapes.get(name)
        part = value if shape is None else part_of(shape, value, today)
        empty = part is None or (part == {} and value != {} and name not in MEANS_SOMETHING_EMPTY)
        if not empty:
            data[name] = part
    return data


def part_of(shape: Shape, value: Any, today: date) -> Any:
    """Return the typing of one field as JSON-like data; None when it is blank."""
    if shape.several and isinstance(value, list):
        single = Shape(shape.leaf, shape.group)
        parts = [part_of(single, one, today) for one in value]
        return [one for one in parts if one is not None] or None
    if shape.group is not None:
        return data_of(shape.group, value, today) if isinstance(value, dict) else value
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    if shape.leaf == "date":
        return typed_date(text, today)
    return number_of(text) if shape.leaf == "number" else text


def number_of(text: str) -> Decimal | str:
    """Return a number typed with a comma or a point, as it was written; the text itself when it is none."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-")
    return Decimal(bare.replace(",", ".")) if NUMBER.fullmatch(bare) else text


def typed_of(value: Any) -> dict[str, Any]:
    """Return an entry as somebody would have typed it: all of it JSON-able, numbers as their digits."""
    written: dict[str, Any] = _digits(plain(value))
    return written


def _digits(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _digits(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_digits(one) for one in value]
    return str(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value
