"""Many records at once are the records read one by one."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_strategies import records

from app.record.fields import EnteredInError
from app.record.record import PatientRecord
from builders import a_condition, a_line, a_note, a_patient, a_record
from db.bulk import records_of
from db.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("bulk") / "a.sqlite")
    yield opened
    opened.close()


def at_once(store: Store, *mrns: str) -> dict[str, tuple[int, PatientRecord]]:
    with store.cursor() as cursor:
        keys = {mrn: key for key, mrn in cursor.execute("SELECT key, mrn FROM patient")}
        chosen = json.dumps([keys[mrn] for mrn in mrns])
        return {record.patient.mrn: (version, record) for _key, version, record in records_of(cursor, chosen)}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(records(), min_size=1, max_size=4))
def test_any_records_read_at_once_are_those_read_one_by_one(store: Store, found: list[PatientRecord]) -> None:
    numbered = [
        replace(one, patient=replace(one.patient, mrn=f"B-{number}")) for number, one in enumerate(found, start=1)
    ]
    for one in numbered:
        store.save(one, None, by="", replace=True)
    read = at_once(store, *(one.patient.mrn for one in numbered))
    for one in numbered:
        loaded = store.load(one.patient.mrn)
        assert loaded is not None
        assert read[one.patient.mrn] == (loaded[1], loaded[0]) == (loaded[1], one)


def test_only_the_patients_asked_for_are_read_each_with_its_version(store: Store) -> None:
    store.save(a_record(a_line(), patient=a_patient(mrn="C-1")), None, by="")
    version = store.save(a_record(a_note(), patient=a_patient(mrn="C-2")), None, by="")
    store.save(a_record(a_note("More."), patient=a_patient(mrn="C-2")), version, by="")
    assert at_once(store, "C-2") == {"C-2": (2, a_record(a_note("More."), patient=a_patient(mrn="C-2")))}
    assert at_once(store) == {}


def test_an_entry_entered_in_error_keeps_who_said_so_and_why(store: Store) -> None:
    wrong = EnteredInError(on="2014-11-02", by="nurse2", reason="other patient")
    record = a_record(replace(a_condition("hypertension"), entered_in_error=wrong), patient=a_patient(mrn="D-1"))
    store.save(record, None, by="")
    assert at_once(store, "D-1")["D-1"][1].conditions[0].entered_in_error == wrong
