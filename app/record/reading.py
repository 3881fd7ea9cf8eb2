"""From plain data to values, or to every fault of it in a nurse's words. Files and forms read through here."""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from app.words import _

T = TypeVar("T")
CODES_LISTED = 12  # a longer list of codes is cut


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


class Locked(NotPossible):
    """Another program, or other work of this one, is writing just now: the same may be possible in a moment."""


class ChangedMeanwhile(Exception):
    """The record was changed elsewhere since it was opened; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A fault and where it is in the data; `meant` is the place of the field a misspelt one stands for."""

    place: tuple[str | int, ...]
    fault: Fault
    meant: tuple[str | int, ...] | None = None


def read(kind: type[T], data: Any) -> T:
    """Return `data` (plain JSON-like values) as a value of `kind`.

    Raises `Refused` with all faults: unknown fields and codes, missing keys, wrong types, impossible numbers and dates.
    Sense between entries is `app.record.checks`.
    """
    value = examine(kind, data)
    if isinstance(value, list):
        raise Refused(one.fault for one in value)
    return value


def examine(kind: type[T], data: Any) -> T | list[Misplaced]:
    """Return `data` as a value of `kind`, or every fault of it with its place."""
    from pydantic import ValidationError

    try:
        return cast(T, _adapter(cast(Hashable, kind)).validate_python(data, by_alias=True))
    except ValidationError as error:
        # Nothing of pydantic's error goes on: it carries what was typed.
        return _misplaced(error.errors(include_url=False, include_input=False), kind, data)


@cache
def _adapter(kind: Hashable) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(cast(Any, kind))


def path_text(parts: Iterable[str | int]) -> str:
    """Return a JSON path as people read it: `therapy_lines[1].stopped_on`."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _misplaced(errors: Iterable[Any], kind: type[Any], data: Any) -> list[Misplaced]:
    """Return faults in the order of the fields; a misspelt field stands for the one that is then missing."""
    found: dict[Misplaced, None] = {}
    for error in errors:
        place, group, value = _place(error["loc"], kind, data)
        meant = None
        if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            near = _near(str(place[-1]), fields_of(group) if group is not None else ())
            meant = (*place[:-1], near) if near is not None else None
            sentence = _unknown_field(near)
        else:
            sentence = _("is missing") if value is None else _sentence(error, value)
        found[Misplaced(place, Fault(path_text(place), sentence), meant)] = None
    meant_places = {one.meant for one in found}
    return [one for one in found if one.place not in meant_places or one.fault.sentence != _("is missing")]


def _place(
    location: Iterable[str | int], kind: type[Any], data: Any
) -> tuple[tuple[str | int, ...], Hashable | None, Any]:
    """Return where an error is in the data, the kind of group around it, and the value there."""
    parts: list[str | int] = []
    group: Hashable | None = None
    here: Hashable | None = cast(Hashable, kind)
    for part in location:
        if isinstance(part, int) and isinstance(data, list | tuple) and part < len(data):
            data = data[part]
        elif here is not None and isinstance(data, Mapping) and (part in data or part in fields_of(here)):
            group, here = here, fields_of(here).get(str(part))
            data = data.get(part)
        else:  # the name of a validator or of a branch of a union: not in the data, nor in the path people read
            continue
        parts.append(part)
    return tuple(parts), group, data


@cache
def fields_of(kind: Hashable) -> Mapping[str, Hashable | None]:
    """Return the keys of a group, each with the kind of group it holds, or None."""
    return {name.rstrip("_"): _group_in(hint) for name, hint in get_type_hints(kind).items()}


def _group_in(hint: Any) -> Hashable | None:
    if is_dataclass(hint):
        return cast(Hashable, hint)
    return next((group for one in get_args(hint) if (group := _group_in(one)) is not None), None)


def _near(word: str, known: Iterable[str]) -> str | None:
    """Return the word of `known` that was probably meant."""
    by_lower = {one.lower(): one for one in known}
    near = get_close_matches(word.lower(), by_lower, n=1)
    return by_lower[near[0]] if near else None


def _unknown_field(near: str | None) -> str:
    if near is None:
        return _("is not a field of the record format")
    return _("is not a field of the record format (is {name} meant?)").format(name=near)


def _unknown_code(expected: str, value: Any) -> str:
    codes = re.findall("'([^']*)'", expected)
    if isinstance(value, str) and (near := _near(value, codes)) is not None:
        return _("is not a code of the record format (is {code} meant?)").format(code=near)
    listed = ", ".join(codes[:CODES_LISTED]) + (", …" if len(codes) > CODES_LISTED else "")
    return _("is not one of {codes}").format(codes=listed)


def _sentence(error: Any, value: Any) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "refused":
            return str(context["sentence"])
        case "literal_error":
            return _unknown_code(context["expected"], value)
        case "less_than_equal":
            return _("must not be above {limit}").format(limit=context["le"])
        case "too_short":
            return _("must not be empty")
        case "tuple_type" | "list_type":
            return _("must be a list")
        case "dataclass_type" | "dict_type" | "mapping_type":
            return _("must be a group of fields")
        case "string_type":
            return _("must be text")
    return str(error["msg"]).lower()
