"""CTCAE as data: where each grade of each term begins, read from `resources/clinical/ctcae-VERSION.yaml`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, cast

from app.paths import RESOURCES

Version = Literal["5.0", "4.03"]
Sign = Literal["<", ">", ">="]
Condition = Literal["symptoms", "signs_noted", "two_ecgs", "fasting"]

_LIMIT = re.compile(r"(<|>=|>)([0-9]+(?:\.[0-9]+)?)")
OVER_BASELINE = " over baseline"


@dataclass(frozen=True, slots=True)
class Step:
    """Where a grade begins: `measure` is ULN, LLN, baseline (times it), a unit, or a unit over the baseline."""

    grade: int
    measure: str
    sign: Sign
    limit: Decimal
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term with its grades; `not_by_value` says why there are none, `is_verified` whether the source was read."""

    name: str
    analytes: tuple[str, ...]
    is_verified: bool
    units: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    steps_if_baseline_abnormal: tuple[Step, ...] = ()
    not_by_value: str | None = None


@cache
def terms(version: Version) -> Mapping[str, Term]:
    """Return the terms of a version by analyte."""
    import yaml

    text = (RESOURCES / "clinical" / f"ctcae-{version}.yaml").read_text(encoding="utf-8")
    found = [_term(one) for one in yaml.safe_load(text)["terms"]]
    return {analyte: term for term in found for analyte in term.analytes}


def _term(one: Mapping[str, Any]) -> Term:
    conditional = (_steps(grades, condition) for condition, grades in one.get("only_if", {}).items())
    return Term(
        name=one["term"],
        analytes=tuple(one["analytes"]),
        is_verified=one["mark"] == "V",
        units=tuple(one.get("units", ())),
        steps=(*_steps(one.get("grades", {})), *(step for steps in conditional for step in steps)),
        steps_if_baseline_abnormal=tuple(_steps(one.get("grades_if_baseline_abnormal", {}))),
        not_by_value=one.get("not_by_value"),
    )


def _steps(grades: Mapping[str, Mapping[int, str]], only_if: Condition | None = None) -> Iterator[Step]:
    for measure, begins in grades.items():
        for grade, limit in begins.items():
            sign, number = cast("re.Match[str]", _LIMIT.fullmatch(limit)).groups()
            yield Step(grade, measure, cast(Sign, sign), Decimal(number), only_if)
