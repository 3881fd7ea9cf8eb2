"""Courses on crizotinib with a toxicity, and what must be said of them on 1 November 2014, with the dose."""

from typing import Any

import pytest
from pathway.course_builders import POSITIVE, Case, Entry, asked, blood, check, course, line, words

from app.record.record import PatientRecord

WITHHOLD, STAY = "withhold crizotinib", "continue crizotinib"
SAME, REDUCED = "resume crizotinib", "resume_reduced crizotinib"
OUT = "switch ceritinib"
BID250, BID200, OD250 = "250 mg twice daily", "200 mg twice daily", "250 mg once daily"


def dose(on: str, amount: int = 250, frequency: str = "twice_daily") -> dict[str, Any]:
    """Return a dose of crizotinib from a day on."""
    return {"drug": "crizotinib", "from": on, "amount": amount, "unit": "mg", "frequency": frequency}


def held(on: str = "2014-10-02") -> dict[str, Any]:
    """Return that crizotinib is held from a day on."""
    return {"drug": "crizotinib", "from": on, "frequency": "held"}


FULL = dose("2014-02-03")
LOWER = (FULL, dose("2014-05-01", 200))
LOWEST = (*LOWER, dose("2014-07-01", 250, "once_daily"))


def on_crizotinib(*entries: Entry, doses: tuple[dict[str, Any], ...] = (FULL,), **given: Any) -> PatientRecord:
    """Return a course on crizotinib since 3 February 2014 with these doses and entries."""
    return course(POSITIVE, line("crizotinib", doses=list(doses), **given), *entries)


def alt(on: str, times: float, **given: Any) -> Entry:
    """Return an ALT as a multiple of its upper limit of 40 U/L."""
    return blood("ALT", on, times * 40, upper=40, **given)


def ast(on: str, times: float, **given: Any) -> Entry:
    """Return an AST as a multiple of its upper limit of 40 U/L."""
    return blood("AST", on, times * 40, upper=40, **given)


def bilirubin(on: str, times: float, **given: Any) -> Entry:
    """Return a bilirubin as a multiple of its upper limit of 20 µmol/L."""
    return blood("total_bilirubin", on, times * 20, "umol/L", upper=20, **given)


def count(analyte: str, on: str, value: float, **given: Any) -> Entry:
    """Return a blood count in 10^9/L."""
    return blood(analyte, on, value, "10*9/L", **given)


def qtc(on: str, ms: int, formula: str | None = "fridericia", **given: Any) -> Entry:
    """Return a QTc in ms."""
    return blood("QTc", on, ms, "ms", formula=formula, **given)


def event(term: str, on: str = "2014-10-01", **given: Any) -> Entry:
    """Return an adverse event."""
    return "adverse_events", {"term": term, "from": on, **given}


def told(sentence: str, record: PatientRecord, *order: str, dose: str | None = None, wrong: str | None = None,
         **said: Any) -> Any:  # fmt: skip
    """Return a row: the options in their order, the dose of the first; `wrong` says why the engine is not right."""
    plain = {key: (value,) if key != "on" and isinstance(value, str) else value for key, value in said.items()}
    marks = [pytest.mark.xfail(strict=True, reason=wrong)] if wrong else []
    return pytest.param(Case(record=record, order=order, **plain), dose, id=sentence, marks=marks)


def check_with_dose(one: Case, dose: str | None) -> None:
    """Fail where the options, alerts or the dose of what is preferred are not what the row says."""
    check(one)
    first = asked(one).options[0]
    assert first.dose == dose, (words([first]), first.dose)
