"""The kinds of value a record field may hold, each with what it refuses.

Everything refused here is refused in words that stand after the field's path: `mm: must not be below 0`.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.record import dates

STRICT = ConfigDict(extra="forbid", hide_input_in_errors=True)
T = TypeVar("T")


def refuse(sentence: str) -> PydanticCustomError:
    """Return the error that puts `sentence` beside the field."""
    return PydanticCustomError("refused", "{sentence}", {"sentence": sentence})


def _date(value: Any) -> str:
    if not isinstance(value, str):
        raise refuse("is not a date: write it as text, YYYY-MM-DD, YYYY-MM or YYYY")
    if fault := dates.fault_in(value):
        raise refuse(fault)
    return value


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise refuse("is not a number")
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise refuse("is not a finite number")
    if number < 0:
        raise refuse("must not be below 0")
    if number.adjusted() > 12 or number.as_tuple().exponent < -12:  # type: ignore[operator]  # finite: an int
        raise refuse("is not a number of ordinary size")
    return number


def _whole(value: Any) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise refuse("must be a whole number")
    return int(number)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise refuse("must be true or false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise refuse("must be text")
    if not value.strip():
        raise refuse("must not be empty")
    if any(character < " " and character not in "\n\t" for character in value):
        raise refuse("holds a control character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise refuse("holds half a character") from None
    return value


def _one_line(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise refuse("must be one line")
    return value


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _drop_blanks(value: Any) -> Any:
    return () if value is None else [line for line in value if line != ""] if isinstance(value, list) else value


def _none_is_empty(value: Any) -> Any:
    return () if value is None else value


def _no_value_is_none(block: T | None) -> T | None:
    """A block that says nothing is no block (`"fusion": {"reported": null}`)."""
    if block is not None and all(getattr(block, field.name) in (None, ()) for field in fields(block)):  # type: ignore[arg-type]
        return None
    return block


PartialDate = Annotated[
    str, BeforeValidator(_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"})
]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})]
Percent = Annotated[Number, Field(le=100)]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
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
