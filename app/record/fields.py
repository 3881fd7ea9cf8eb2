"""The kinds of value a record field may hold, each with what it refuses.

Everything refused here is refused in words that stand after the field's path: `mm: must not be below 0`.
"""

import re
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.record import dates
from app.words import _

STRICT = ConfigDict(extra="forbid", hide_input_in_errors=True)
T = TypeVar("T")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # the last: half of a pair of code units


def refuse(sentence: str) -> PydanticCustomError:
    """Return the error that puts `sentence` beside the field."""
    return PydanticCustomError("refused", "{sentence}", {"sentence": sentence})


def _date(value: Any) -> str:
    if not isinstance(value, str):
        raise refuse(_("is not a date: write it as text, YYYY-MM-DD, YYYY-MM or YYYY"))
    if fault := dates.fault_in(value):
        raise refuse(fault)
    return value


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise refuse(_("is not a number"))
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise refuse(_("is not a finite number"))
    if number < 0:
        raise refuse(_("must not be below 0"))
    if number.adjusted() > 12 or exponent < -12:
        raise refuse(_("is not a number of ordinary size"))
    return number if number else number.copy_abs()  # never -0


def _whole(value: Any) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise refuse(_("must be a whole number"))
    return int(number)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise refuse(_("must be true or false"))
    return value


def fault_in_text(value: str) -> str | None:
    """Return why `value` cannot be kept or printed as text, or None."""
    found = UNPRINTABLE.search(value)
    if found is None:
        return None
    return _("holds a control character") if found[0] < " " else _("holds half a character")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise refuse(_("must be text"))
    if not value.strip():
        raise refuse(_("must not be empty"))
    if fault := fault_in_text(value):
        raise refuse(fault)
    return value


def _one_line(value: str) -> str:
    if any(character in value for character in "\n\r\t"):
        raise refuse(_("must be one line"))
    return value


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _blank_is_none(value: Any) -> Any:
    return None if _is_blank(value) else value


def _drop_blanks(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [line for line in value if not _is_blank(line)]
    return () if value is None else value


def _none_is_empty(value: Any) -> Any:
    return () if value is None else value


def _no_value_is_none(block: T | None) -> T | None:
    """A block that says nothing is no block (`"fusion": {"reported": null}`)."""
    names = [field.name for field in fields(cast(Any, block))] if block is not None else []
    return block if any(getattr(block, name) not in (None, ()) for name in names) else None


PartialDate = Annotated[
    str, BeforeValidator(_date), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"})
]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})]
Percent = Annotated[Number, Field(le=100), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
UpTo3 = Annotated[Whole, Field(le=3), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 3})]
UpTo5 = Annotated[Whole, Field(le=5), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 5})]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
Line = Annotated[Text, AfterValidator(_one_line)]
OptionalLine = Annotated[Line | None, BeforeValidator(_blank_is_none)]
OptionalText = Annotated[Text | None, BeforeValidator(_blank_is_none)]
EntryId = Line
Listed = Annotated[tuple[T, ...], BeforeValidator(_none_is_empty)]
Address = Annotated[tuple[Line, ...], BeforeValidator(_drop_blanks)]
Block = Annotated[T | None, AfterValidator(_no_value_is_none)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredInError:
    """That an entry is wrong: kept and shown struck through, absent from facts, advice and letters."""

    __pydantic_config__ = STRICT

    on: PartialDate | None = None
    by: OptionalLine = None
    reason: OptionalText = None
