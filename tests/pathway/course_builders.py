"""Short invented courses for the pathway, written as the record format has them, and what must be said of them.

`course(POSITIVE, line("crizotinib"), pd(extent="widespread"))` is a whole record; unless said otherwise it is a never
smoker with a stage IV adenocarcinoma, and the day asked is 1 November 2014.
`case(sentence, record, order, …)` is one row of a table: `order` names the options in their order, the first of which
is preferred; other options may stand between them unless `only=True`. A word without a drug means any drug.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import pytest

from app.paths import RESOURCES
from app.pathway.advice import Advice
from app.pathway.engine import advise
from app.pathway.protocol import Protocol
from app.pathway.protocol_reading import load_protocol
from app.record.files import read_record
from app.record.record import PatientRecord

TODAY = date(2026, 11, 25)
DAY = "2014-11-01"
Entry = tuple[str, dict[str, Any]]


def course(*entries: Entry, born: str = "1964-05-02", died: str | None = None, **diagnosis: Any) -> PatientRecord:
    """Return the record of these entries; `diagnosis` changes the stage IV adenocarcinoma of a never smoker."""
    said: dict[str, Any] = {
        "format": "alkpath-record/1",
        "patient": {"mrn": "A-1042", "family_name": "Example", "birth_date": born, "deceased_on": died},
        "diagnosis": {
            "date": "2014-01-15", "histology": "adenocarcinoma", "stage": "IV", "metastatic_sites": ["bone"],
            "smoking": {"status": "never", "pack_years": 0}, **diagnosis,
        },
        "specimens": [{"id": "s1", "date": "2014-01-12", "kind": "tissue", "purpose": "diagnosis"}],
    }  # fmt: skip
    for section, entry in entries:
        said.setdefault(section, []).append(entry)
    return read_record(said, TODAY)


def smoker(pack_years: float | None = 30, status: str = "former") -> dict[str, Any]:
    """Return a smoking history."""
    return {"status": status, "pack_years": pack_years}


def specimen(id: str, day: str, **given: Any) -> Entry:
    """Return tissue of a re-biopsy."""
    return "specimens", {"id": id, "date": day, "kind": "tissue", "purpose": "re-biopsy", **given}


def alk_test(method: str, reported: str | None, on: str | None = "2014-01-22", **given: Any) -> Entry:
    """Return a final RT-PCR, NGS or IHC with its call, or a test that was requested where `on` is None."""
    result: dict[str, Any] = {"reported": reported}
    if method == "ngs":
        result = {"fusion": result, "alterations": given.pop("alterations", [])}
    said: dict[str, Any] = {"id": f"t-{method}", "specimen": "s1", "method": method, "status": "final"}
    said |= {"reported_on": on, method: result, **given}
    return "tests", said


def ihc(reported: str | None, **given: Any) -> Entry:
    """Return a final immunohistochemistry with the pathologist's call."""
    return alk_test("ihc", reported, **given)


def awaited(method: str, since: str | None = "2014-01-20", **given: Any) -> Entry:
    """Return a test that was asked for and is not reported."""
    said = {"id": f"w-{method}", "specimen": "s1", "method": method, "requested_on": since, "status": "requested"}
    return "tests", {**said, **given}


def failed(method: str, **given: Any) -> Entry:
    """Return a test that failed."""
    said = {"id": f"f-{method}", "specimen": "s1", "method": method, "status": "failed", "reported_on": "2014-01-22"}
    return "tests", {**said, **given}


def read(positive: int | None, cells: int = 50, reader: str | None = "A", on: str | None = None) -> dict[str, Any]:
    """Return one reading of a FISH; its positive cells are split signals."""
    return {"reader": reader, "date": on, "cells": cells, "split": positive}


def fish(*readings: dict[str, Any], said: str | None = None, on: str = "2014-01-22", **given: Any) -> Entry:
    """Return a final FISH of these readings."""
    counted = {"fields": 4, "readings": list(readings), "reported": said}
    base = {"id": "t-fish", "specimen": "s1", "method": "fish", "status": "final", "reported_on": on}
    return "tests", {**base, "fish": counted, **given}


def gene(name: str, reported: str, **given: Any) -> Entry:
    """Return a final test of another gene."""
    said = {"id": f"t-{name}", "specimen": "s1", "method": "gene", "status": "final", "reported_on": "2014-01-20"}
    return "tests", {**said, "gene": {"gene": name, "reported": reported}, **given}


POSITIVE = fish(read(30), id="t-shown")
NEGATIVE = fish(read(2), id="t-none")


def line(*drugs: str, id: str = "l1", start: str | None = "2014-02-03", stop: str | None = None,
         why: str | None = None, **given: Any) -> Entry:  # fmt: skip
    """Return a palliative line of these drugs."""
    said = {"id": id, "drugs": list(drugs), "started_on": start, "stopped_on": stop, "stop_reason": why}
    return "therapy_lines", {**said, **given}


def doublet(**given: Any) -> Entry:
    """Return a line of cisplatin and pemetrexed."""
    return line("cisplatin", "pemetrexed", **given)


PLATINUM = ("cisplatin", "pemetrexed")


def spell(number: int, *drugs: str, why: str | None = "progression", open: bool = False) -> Entry:
    """Return the line of this number: one month, from the third of February, March, April … on."""
    stop = None if open else f"2014-{number + 2:02}-01"
    return line(*drugs, id=f"l{number}", start=f"2014-{number + 1:02}-03", stop=stop, why=None if open else why)


def seen(response: str | None, on: str = "2014-10-28", id: str = "a3", **given: Any) -> Entry:
    """Return an assessment with the radiologist's word."""
    return "assessments", {"id": id, "date": on, "modality": "ct", "reported_response": response, **given}


def pd(on: str = "2014-10-28", id: str = "a3", **said: Any) -> Entry:
    """Return a reported progression with what the clinician says of it."""
    short = {"local": "local_treatment_possible", "tolerated": "well_tolerated"}
    return seen("PD", on, id, progression={short.get(key, key): value for key, value in said.items()})


def measured(mm: float, on: str, id: str, **given: Any) -> Entry:
    """Return an assessment of one lung lesion of this size."""
    lesion = {"lesion": "T1", "site": "lung", "lymph_node": False, "mm": mm}
    return seen(given.pop("reported", None), on, id, target_lesions=[lesion], **{"non_target": "none", **given})


def local_treatment(on: str = "2014-10-30", prompted_by: str | None = "a3", **given: Any) -> Entry:
    """Return stereotactic radiotherapy of the brain."""
    said = {"date": on, "kind": "stereotactic_radiotherapy", "site": "brain", "prompted_by": prompted_by}
    return "local_treatments", {**said, **given}


def decided(
    action: str, drug: str | None = None, on: str = "2014-10-30", verdict: str = "accepted", **given: Any
) -> Entry:
    """Return a decision on what the pathway said."""
    said = {"date": on, "as_of": on, "rule": "P4", "action": action, "drug": drug, "verdict": verdict}
    return "decisions", {**said, **given}


def no_access(drug: str, available: bool = False, on: str = "2014-02-01") -> Entry:
    """Return that a drug cannot be had."""
    return "access", {"date": on, "drug": drug, "available": available}


NO_SECOND_GENERATION = (no_access("ceritinib"), no_access("alectinib"))


def trial(setting: str | None = "metastatic", open: bool = True, **given: Any) -> Entry:
    """Return an open trial."""
    return "trials", {"date": "2014-02-01", "name": "An open trial", "open": open, "setting": setting, **given}


def condition(code: str, present: bool = True, on: str = "2014-01-15") -> Entry:
    """Return what bears on treatment."""
    return "conditions", {"date": on, "code": code, "present": present}


def staging(on: str, stage: str | None = None, *sites: str) -> Entry:
    """Return a later staging."""
    return "staging", {"date": on, "stage": stage, "metastatic_sites": list(sites)}


def blood(analyte: str, on: str, value: float = 20, unit: str = "U/L", **given: Any) -> Entry:
    """Return an ordinary laboratory value."""
    return "labs", {"date": on, "analyte": analyte, "value": value, "unit": unit, "lower": 1, "upper": 400, **given}


def examination(kind: str, on: str) -> Entry:
    """Return a normal examination."""
    return "examinations", {"date": on, "kind": kind, "result": "normal"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A record, the day asked, and what must and must not be said."""

    record: PatientRecord
    order: tuple[str, ...]
    on: str = DAY
    only: bool = False
    never: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    no_alert: tuple[str, ...] = ()
    alk: str | None = None
    stage: str | None = None
    rules: tuple[str, ...] = ()  # of the options in `order`, as far as given
    missing: tuple[str, ...] = ()
    not_missing: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    not_due: tuple[str, ...] = ()
    not_recommended: tuple[str, ...] = ()
    names: tuple[str, ...] = field(default=())  # entries the preferred option names


def case(sentence: str, record: PatientRecord, *order: str, wrong: str | None = None, **said: Any) -> Any:
    """Return a row of a table; `wrong` says why the engine is believed to be wrong there."""
    tuples: dict[str, Any] = {key: (value,) if key not in ("on", "alk", "stage") and isinstance(value, str) else value
              for key, value in said.items()}  # fmt: skip
    marks = [pytest.mark.xfail(strict=True, reason=wrong)] if wrong else []
    return pytest.param(Case(record=record, order=order, **tuples), id=sentence, marks=marks)


@cache
def protocol() -> Protocol:
    """Return the protocol of 2015."""
    return load_protocol(RESOURCES / "protocols" / "duchemann-2015")


def words(said: Any) -> tuple[str, ...]:
    """Return the actions said, each with its drug."""
    return tuple(" ".join(filter(None, (one.action, one.drug))) for one in said)


def among(word: str, said: tuple[str, ...]) -> bool:
    """Return whether an action, with its drug or with any, is among those said."""
    return any(one == word or one.partition(" ")[0] == word for one in said)


def in_order(order: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Return whether the first is first and the others follow in this order."""
    if not said or not among(order[0], said[:1]):
        return False
    rest = iter(said[1:])
    return all(any(among(word, (one,)) for one in rest) for word in order[1:])


def asked(one: Case) -> Advice:
    """Return the advice of a case."""
    return advise(one.record, protocol(), date.fromisoformat(one.on))


def check(one: Case) -> None:
    """Fail where the advice is not what the case says."""
    advice = asked(one)
    said, alerts = words(advice.options), words(advice.alerts)
    assert in_order(one.order, said), said
    assert not one.only or len(said) == len(one.order), said
    assert [word for word in one.never if among(word, said)] == []
    assert [word for word in one.alerts if not among(word, alerts)] == [], alerts
    assert [word for word in one.no_alert if among(word, alerts)] == []
    assert advice.alk_status == (one.alk or advice.alk_status)
    assert advice.stage == (one.stage or advice.stage)
    by_word = {word: option.rule for word, option in zip(said, advice.options, strict=True)}
    for word, rule in zip(one.order, one.rules, strict=False):
        assert rule in (by_word.get(word), *(by_word[full] for full in said if full.partition(" ")[0] == word)), by_word
    missing, due = {item.fact for item in advice.missing}, {item.what for item in advice.due}
    assert set(one.missing) <= missing, missing
    assert not set(one.not_missing) & missing
    assert set(one.due) <= due, due
    assert not set(one.not_due) & due
    assert set(one.not_recommended) <= {item.action for item in advice.not_recommended}
    named = {entry for reason in advice.options[0].because for entry in reason.from_}
    assert set(one.names) <= named, named
