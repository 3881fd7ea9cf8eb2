"""From plain data to values, or to every fault of it in a nurse's words. Files and forms read through here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in one place: the field's path, and a sentence that follows it."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


class Refused(Exception):
    """What was given cannot be taken; `faults` says why, one by one. Nothing was stored."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} fault(s)")  # never the sentences: they may quote a patient


class NotPossible(Exception):
    """The request cannot be met now (locked, full, missing, newer); the text says what to do."""


class ChangedMeanwhile(Exception):
    """The record was changed elsewhere since it was opened; nothing was stored."""


def read(kind: type[T], data: Any) -> T:
    """Return `data` (plain JSON-like values) as a value of `kind`.

    Raises `Refused` with all faults: unknown fields and codes, missing keys, wrong types, impossible numbers and dates.
    Sense between entries is `app.record.checks`.
    """
    from pydantic import ValidationError

    try:
        return _adapter(kind).validate_python(data, by_alias=True)
    except ValidationError as error:
        faults = [_fault(one, data) for one in error.errors(include_url=False, include_input=False)]
    raise Refused(dict.fromkeys(faults))  # outside the handler: pydantic's error carries the input


@cache
def _adapter(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def path_text(parts: Iterable[str | int]) -> str:
    """Return a JSON path as people read it: `therapy_lines[1].stopped_on`."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _fault(error: Any, data: Any) -> Fault:
    sentence = _sentence(error)
    # Steps that name a validator or a branch of a union are not in the data, nor in the path people read.
    parts: list[str | int] = []
    at = data
    for part in error["loc"]:
        if isinstance(at, dict) and part not in at and error["loc"][-1] is not part:
            continue
        if isinstance(part, str) and ("[" in part or part in ("nullable", "function-after()", "str", "int")):
            continue
        parts.append(part)
        if isinstance(at, dict):
            at = at.get(part)
        elif isinstance(at, (list, tuple)) and isinstance(part, int) and part < len(at):
            at = at[part]
    return Fault(path_text(parts), sentence)


def _sentence(error: Any) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "refused":
            return str(context["sentence"])
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "is not a field of the record format"
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return "is missing"
        case "literal_error":
            return f"is not one of {str(context['expected']).replace(chr(39), '').replace(' or ', ', ')}"
        case "less_than_equal":
            return f"must not be above {context['le']}"
        case "too_short":
            return "must not be empty"
        case "tuple_type" | "list_type":
            return "must be a list"
        case "dataclass_type" | "dict_type" | "mapping_type":
            return "must be a group of fields"
        case "string_type":
            return "must be text"
    return str(error["msg"]).lower()
