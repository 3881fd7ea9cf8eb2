"""CTCAE grades for a list of laboratory values that somebody else's program holds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import IO, Annotated, Any, Literal

from pydantic import AfterValidator

from app.clinical.ctcae import Grade, grade_of
from app.record.fields import STRICT, Number, refuse
from app.record.files import with_ids
from app.record.lab import Lab
from app.record.reading import Fault, Refused, path_text, read
from app.words import _

LARGEST = 50_000_000  # bytes
ALWAYS = ("version", "term", "grade", "reason")


def _above_zero(number: Decimal) -> Decimal:
    if not number:
        raise refuse(_("must be above 0"))
    return number


Baseline = Annotated[Number, AfterValidator(_above_zero)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabToGrade(Lab):
    """A laboratory entry, and the value before treatment in the same unit."""

    __pydantic_config__ = STRICT

    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """An entry as it was given, as it was read, and its grade."""

    given: dict[str, Any]
    lab: LabToGrade
    grade: Grade


def graded(source: IO[bytes], version: Literal["5.0", "4.03"]) -> list[Graded]:
    """Return the entries of a JSON list with their grades; all are taken to be of one person.

    Raises `Refused` with every fault, by the place of its entry: `[2].value: must not be below 0`.
    """
    given = _listed(source)
    labs: list[LabToGrade] = []
    faults: list[Fault] = []
    for place, one in enumerate(with_ids({"labs": given})["labs"]):
        try:
            labs.append(read(LabToGrade, one))
        except Refused as refused:
            faults += [_of_entry(place, fault) for fault in refused.faults]
    if faults:
        raise Refused(faults)
    among = tuple(labs)
    return [
        Graded(one, lab, grade_of(lab, version=version, baseline=lab.baseline, among=among))
        for one, lab in zip(given, labs, strict=True)
    ]


def _of_entry(place: int, fault: Fault) -> Fault:
    return Fault(path_text([place]) + (f".{fault.path}" if fault.path else ""), fault.sentence)


def as_data(entries: Sequence[Graded]) -> list[dict[str, Any]]:
    """Return the entries as they were given, each with its grade under `ctcae`."""
    return [{**one.given, "ctcae": _grade_data(one.grade)} for one in entries]


def _grade_data(grade: Grade) -> dict[str, Any]:
    """Return version, term, grade and reason; of the rest what there is to say."""
    said = {field.name: getattr(grade, field.name) for field in fields(grade)}
    return {name: value for name, value in said.items() if name in ALWAYS or (value is not None and value is not False)}


def _listed(source: IO[bytes]) -> list[dict[str, Any]]:
    data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _refused(_("is larger than {size} MB").format(size=LARGEST // 10**6))
    try:
        text = data.decode("utf-8-sig")
        if not text.strip():
            raise _refused(_("is empty"))
        found = json.loads(
            text, parse_int=Decimal, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_once_each
        )
    except UnicodeDecodeError:
        raise _refused(_("is not text in UTF-8")) from None
    except json.JSONDecodeError as error:
        raise _refused(_("is not valid JSON (line {line})").format(line=error.lineno)) from None
    except (RecursionError, InvalidOperation):
        raise _refused(_("is not a list of laboratory values")) from None
    if not isinstance(found, list):
        raise _refused(_("is not a list of laboratory values"))
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _refused(_("gives {name} twice in one entry").format(name=name))
        found[name] = value
    return found


def _refused(sentence: str) -> Refused:
    return Refused([Fault("", _("The input {what}.").format(what=sentence))])
