"""Rows to records and back: nothing is lost, nothing is written otherwise than it was."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from record_strategies import records

from app.record.assessment import Assessment, Progression
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis
from app.record.fields import EnteredInError
from app.record.files import json_bytes
from app.record.lab import Lab
from app.record.molecular_test import Fish, GeneResult, Ihc, MolecularTest, Ngs, RtPcr
from app.record.note import Note
from app.record.patient import Patient, Recipient
from app.record.record import PatientRecord
from app.record.therapy_line import TherapyLine
from db.convert import layouts, patient_layout, table_name
from db.facts import facts_of, values_of
from db.store import Store
from db.tables import Base

PERSON = Patient(mrn="A-1", family_name="Example")


def all_dataclasses(kind: Any, seen: set[Any]) -> Iterator[Any]:
    """Yield every dataclass that a record can hold."""
    if is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        yield kind
        for hint in get_type_hints(kind).values():
            yield from all_dataclasses(hint, seen)
    for inner in get_args(kind):
        yield from all_dataclasses(inner, seen)


KINDS = [kind for kind in all_dataclasses(PatientRecord, set()) if kind not in (PatientRecord, EnteredInError)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("convert") / "a.sqlite")
    yield opened
    opened.close()


def stored(store: Store, record: PatientRecord) -> PatientRecord:
    store.save(record, None, by="", replace=True)
    found = store.load(record.patient.mrn)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_the_record_has_a_column_of_its_name_or_a_table_of_its_kind(kind: Any) -> None:
    columns = Base.metadata.tables[table_name(kind)].columns.keys()
    hints = get_type_hints(kind)
    for field in fields(kind):
        inner = [one for one in all_dataclasses(hints[field.name], set()) if one is not EnteredInError]
        if field.name == "entered_in_error":
            expected = {"entered_in_error", *(f"entered_in_error_{one.name}" for one in fields(EnteredInError))}
            assert expected <= set(columns)
        elif inner:
            assert table_name(inner[0]) in Base.metadata.tables
        elif field.name == "facts":
            assert "decision_fact" in Base.metadata.tables
        else:
            assert field.name.rstrip("_") in columns


@pytest.mark.parametrize("layout", [patient_layout(), *layouts()], ids=lambda layout: layout.table.name)
def test_every_column_of_a_clinical_table_is_read_and_written(layout: Any) -> None:
    kept_elsewhere = {"patient_key", "key", "version", "changed_at", "search"}
    assert set(layout.columns) == set(layout.table.columns.keys()) - kept_elsewhere


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_any_record_comes_back_equal_and_exports_the_same_bytes(store: Store, record: PatientRecord) -> None:
    again = stored(store, record)
    assert again == record
    assert json_bytes(again) == json_bytes(record)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=records(), second=records())
def test_any_record_can_become_any_other(store: Store, first: PatientRecord, second: PatientRecord) -> None:
    stored(store, first)
    second = replace(second, patient=replace(second.patient, mrn=first.patient.mrn))
    again = stored(store, second)
    assert again == second
    assert json_bytes(again) == json_bytes(second)


def a_test(**blocks: Any) -> MolecularTest:
    return MolecularTest(id="t1", specimen="s1", method="ihc", status="final", **blocks)


@pytest.mark.parametrize(
    "entry",
    [
        a_test(ihc=Ihc()),
        a_test(fish=Fish()),
        a_test(rt_pcr=RtPcr()),
        a_test(ngs=Ngs()),
        a_test(gene=GeneResult()),
        Assessment(id="a1", date="2014", modality="ct", progression=Progression()),
        Note(id="n1", date="2014", text="x", entered_in_error=EnteredInError()),
        Decision(id="d1", date="2014", as_of="2014", rule="P4", action="switch", verdict="accepted", facts={}),
    ],
    ids=["ihc", "fish", "rt_pcr", "ngs", "gene", "progression", "entered_in_error", "facts"],
)
def test_a_part_that_is_there_but_says_nothing_is_still_there(store: Store, entry: Any) -> None:
    record = PatientRecord(patient=PERSON).with_entry(entry)
    assert stored(store, record) == record


def test_a_diagnosis_without_a_word_is_not_the_same_as_none(store: Store) -> None:
    assert stored(store, PatientRecord(patient=PERSON, diagnosis=Diagnosis())).diagnosis == Diagnosis()
    assert stored(store, PatientRecord(patient=PERSON)).diagnosis is None


@pytest.mark.parametrize("written", ["42", "42.0", "0.10", "1E+3", "0"])
def test_a_number_keeps_the_digits_it_was_written_with(store: Store, written: str) -> None:
    record = PatientRecord(patient=PERSON, labs=(Lab(id="lab1", date="2014", analyte="ALT", value=Decimal(written)),))
    assert str(stored(store, record).labs[0].value) == written


def test_lists_keep_their_order_and_their_repetitions(store: Store) -> None:
    line = TherapyLine(id="l1", drugs=("pemetrexed", "cisplatin", "pemetrexed"))
    person = replace(
        PERSON, address=("2 High Street", "1 Low Street"), recipients=(Recipient(name="B"), Recipient(name="A"))
    )
    record = PatientRecord(patient=person, therapy_lines=(line,))
    assert stored(store, record) == record


FACTS: Mapping[str, Any] = {
    "whole": 3,
    "text": "3",
    "decimal": Decimal("3.0"),
    "true": True,
    "one": 1,
    "unknown": None,
    "empty": "",
    "no sites": (),
    "one site": ("brain",),
    "mixed": ("brain", 1, True, None, Decimal("0.50")),
}


def test_the_facts_of_a_decision_keep_their_kinds_and_their_order(store: Store) -> None:
    decision = Decision(id="d1", date="2014", as_of="2014", rule="P4", action="switch", verdict="accepted", facts=FACTS)
    record = PatientRecord(patient=PERSON, decisions=(decision,))
    again = stored(store, record).decisions[0].facts
    assert [(name, repr(fact)) for name, fact in again.items()] == [(name, repr(fact)) for name, fact in FACTS.items()]


def test_a_fact_that_is_no_plain_value_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError):
        list(values_of({"x": object()}))
    assert facts_of(()) == {}


def test_a_line_break_in_a_word_of_a_list_is_a_fault_of_ours(store: Store) -> None:
    with pytest.raises(ValueError, match="one line"):
        stored(store, PatientRecord(patient=replace(PERSON, address=("1 High Street\nTown",))))
