"""Every demonstration patient and every short record gets the advice that was agreed for it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.paths import RESOURCES
from app.pathway.advice import Advice, as_data
from app.pathway.engine import advise
from app.pathway.protocol import Protocol
from app.pathway.protocol_reading import load_protocol
from app.record.assessment import Assessment, NewLesion
from app.record.files import parsed_records, read_record
from app.record.lab import Lab
from app.record.note import Note
from app.record.record import PatientRecord

HERE = Path(__file__).parent
TODAY = date(2026, 11, 25)
ROWS = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
NAMES = [f"{row['record']} on {row['as_of']}" for row in ROWS]


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol(RESOURCES / "protocols" / "duchemann-2015")


def record_of(name: str) -> PatientRecord:
    folder = RESOURCES / "demo" if name.startswith("demo") else HERE / "cases"
    with (folder / f"{name}.json").open("rb") as source:
        return read_record(next(parsed_records(source)), TODAY)


def spoken(action: str, drug: str | None) -> set[str]:
    return {action, f"{action} {drug}"}


def options(advice: Advice) -> set[str]:
    return {words for one in advice.options for words in spoken(one.action, one.drug)}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row.get("needs_toxicity_rules")], ids=lambda row: row["record"]
)
def test_a_record_gets_the_agreed_advice(row: dict[str, Any], protocol: Protocol) -> None:
    advice = advise(record_of(row["record"]), protocol, date.fromisoformat(row["as_of"]))
    first = advice.options[0]
    assert spoken(first.action, first.drug) & set(row["preferred"])
    assert set(row.get("also", ())) <= options(advice)
    assert not set(row.get("never", ())) & options(advice)
    alerts = {words for one in advice.alerts for words in spoken(one.action, one.drug)}
    assert set(row.get("alerts", ())) <= alerts
    assert row.get("alk_status", advice.alk_status) == advice.alk_status
    assert row.get("rule", first.rule) == first.rule
    said = {one.id for part in (*advice.options, *advice.alerts, *advice.due) for one in part.ambiguities}
    assert set(row.get("ambiguities", ())) <= said
    assert set(row.get("missing", ())) <= {one.fact for one in advice.missing}
    assert set(row.get("due", ())) <= {one.what for one in advice.due}


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_exactly_the_first_option_is_preferred_and_every_reason_names_known_entries(
    row: dict[str, Any], protocol: Protocol
) -> None:
    record = record_of(row["record"])
    advice = advise(record, protocol, date.fromisoformat(row["as_of"]), trace=True)
    assert [one.preferred for one in advice.options] == [True] + [False] * (len(advice.options) - 1)
    known = {entry.id for _, entry in record.entries()} | {"patient", "diagnosis"}
    reasons = [reason for one in (*advice.options, *advice.alerts) for reason in one.because]
    assert {entry for reason in reasons for entry in reason.from_} <= known
    assert all(one.text for one in advice.options)
    forbidden = {(one.action, one.drug) for one in advice.not_recommended}
    assert not forbidden & {(one.action, one.drug) for one in advice.options}


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_nothing_dated_after_the_day_asked_is_seen(row: dict[str, Any], protocol: Protocol) -> None:
    record = record_of(row["record"])
    day = date.fromisoformat(row["as_of"])
    later = (day + timedelta(days=1)).isoformat()
    fuller = record.with_entry(Note(id="later1", date=later, text="seen tomorrow"))
    fuller = fuller.with_entry(Lab(id="later2", date=later, analyte="ALT", value=1260, unit="U/L", upper=40))  # type: ignore[arg-type]
    spread = (NewLesion(site="brain", unequivocal=True),)
    fuller = fuller.with_entry(Assessment(id="later3", date=later, modality="mri", new_lesions=spread))
    if fuller.patient.deceased_on is None:
        fuller = replace(fuller, patient=replace(fuller.patient, deceased_on=later))
    now, then = advise(record, protocol, day), advise(fuller, protocol, day)
    assert as_data(then) == as_data(now)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_answer_is_plain_data_and_the_same_every_time(row: dict[str, Any], protocol: Protocol) -> None:
    record = record_of(row["record"])
    texts = {
        json.dumps(as_data(advise(record, protocol, date.fromisoformat(row["as_of"]), trace=True)), default=str)
        for _ in range(2)
    }
    assert len(texts) == 1
    assert set(json.loads(texts.pop())) == {
        "as_of", "mrn", "protocol", "parameters", "stage", "alk_status", "line", "response", "options", "alerts",
        "due", "missing", "one_fact_away", "not_recommended", "trace",
    }  # fmt: skip
