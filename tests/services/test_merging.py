"""Two records of one person: looked at side by side, merged after the same checks as any record, and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from record_strategies import records

from app.record.reading import ChangedMeanwhile, NotPossible, Refused
from app.record.record import PatientRecord
from app.services.merging import Merging
from app.services.patients import Patients
from builders import a_diagnosis, a_lab, a_line, a_note, a_patient, a_record
from db.store import Store

TODAY = date(2014, 11, 5)
KEPT = a_record(a_note(), patient=a_patient(mrn="A-12"), diagnosis=a_diagnosis())
ABSORBED = a_record(a_note(), a_line(), patient=a_patient(mrn="A-17", birth_date="1964-02-05"))


@pytest.fixture
def patients(tmp_path: Path) -> Iterator[Patients]:
    store = Store(tmp_path / "patients.sqlite")
    found = Patients(store, lambda: TODAY)
    found.save(KEPT, None)
    found.save(ABSORBED, None)
    yield found
    store.close()


@pytest.fixture
def merging(patients: Patients) -> Merging:
    return patients.merging


def exported(patients: Patients, *mrns: str) -> list[bytes]:
    found = []
    for mrn in mrns:
        out = BytesIO()
        patients.export([mrn], out)
        found.append(out.getvalue())
    return found


def test_what_differs_must_be_chosen_before_anything_is_stored(patients: Patients, merging: Merging) -> None:
    before = exported(patients, "A-12", "A-17")
    prepared = merging.prepare("A-12", "A-17")
    with pytest.raises(Refused) as refused:
        merging.merge(prepared, {})
    assert [str(fault) for fault in refused.value.faults] == [
        "patient.birth_date: is not the same in the two records: choose one"
    ]
    assert exported(patients, "A-12", "A-17") == before
    assert merging.merge(prepared, {"patient.birth_date": "absorbed"}, by="nurse1") == "A-12"
    assert patients.open("A-12").record == a_record(
        a_note(), a_line(), patient=a_patient(mrn="A-12", birth_date="1964-02-05"), diagnosis=a_diagnosis()
    )


def test_a_merged_record_with_a_fault_is_not_stored_and_the_fault_is_shown(
    patients: Patients, merging: Merging
) -> None:
    patients.save(a_record(patient=a_patient(mrn="B-1", deceased_on="2014-01-20")), None)
    before = exported(patients, "A-17", "B-1")
    prepared = merging.prepare("B-1", "A-17")
    choices = {"patient.birth_date": "kept"}
    assert [str(fault) for fault in merging.faults(prepared, choices)] == [  # type: ignore[arg-type]
        "therapy_lines[0].started_on: 2014-02-03 is after the date of death 2014-01-20"
    ]
    with pytest.raises(Refused):
        merging.merge(prepared, choices)  # type: ignore[arg-type]
    assert exported(patients, "A-17", "B-1") == before


def test_a_record_saved_meanwhile_is_looked_at_again_first(patients: Patients, merging: Merging) -> None:
    prepared = merging.prepare("A-12", "A-17")
    patients.save(replace(ABSORBED, notes=()), 1)
    with pytest.raises(ChangedMeanwhile):
        merging.merge(prepared, {"patient.birth_date": "kept"})
    assert patients.count() == 2


def test_a_record_is_not_merged_with_itself_or_with_nobody(merging: Merging) -> None:
    with pytest.raises(NotPossible, match="with itself"):
        merging.prepare("A-12", "A-12")
    with pytest.raises(NotPossible, match="no patient with the number B-1"):
        merging.prepare("A-12", "B-1")


def merged(merging: Merging) -> None:
    merging.merge(merging.prepare("A-12", "A-17"), {"patient.birth_date": "kept"}, by="M. Keller")


def test_the_absorbed_number_leads_to_the_record_it_is_part_of(patients: Patients, merging: Merging) -> None:
    merged(merging)
    with pytest.raises(NotPossible, match=r"^A-17 was merged into A-12 on .* by M\. Keller\.$"):
        patients.open("A-17")
    with pytest.raises(NotPossible, match="A-17 was merged into A-12"):
        patients.export(["A-17"], BytesIO())
    assert [one.into for one in merging.searched("a17")] == ["A-12"]
    assert [one.into for one in merging.searched("17")] == ["A-12"]
    assert merging.searched("18") == merging.searched("a") == merging.searched("") == ()
    assert [one.mrn for one in merging.into("A-12")] == ["A-17"]


def test_an_import_under_an_absorbed_number_is_refused_with_the_reason(
    patients: Patients, merging: Merging, tmp_path: Path
) -> None:
    (tmp_path / "old.json").write_bytes(exported(patients, "A-17")[0])
    merged(merging)
    for replacing in (False, True):
        with pytest.raises(Refused) as refused:
            patients.import_files([tmp_path / "old.json"], replace=replacing)
        assert str(refused.value.faults[0]).startswith("patient.mrn: A-17 was merged into A-12 on ")


def test_what_would_be_lost_by_taking_back_is_told_first(patients: Patients, merging: Merging) -> None:
    merged(merging)
    (merge,) = merging.into("A-12")
    assert merging.undoing(merge).lost == ()
    opened = patients.open("A-12")
    record = replace(opened.record.with_entry(a_lab("ALT", 42)).with_entry(a_note("Changed.")), therapy_lines=())
    record = replace(record, patient=replace(record.patient, phone="1"))
    patients.save(record, opened.version)
    undoing = merging.undoing(merge)
    assert [(one.section, one.change) for one in undoing.lost] == [
        ("patient", "changed"), ("labs", "added"), ("notes", "changed"), ("therapy_lines", "removed"),
    ]  # fmt: skip
    assert undoing.lost[3].entry == a_line()
    merging.undo(undoing, by="nurse1")
    assert (patients.open("A-12").record, patients.open("A-17").record) == (KEPT, ABSORBED)


def test_taking_back_is_refused_when_somebody_saved_since_it_was_looked_at(
    patients: Patients, merging: Merging
) -> None:
    merged(merging)
    undoing = merging.undoing(merging.into("A-12")[0])
    patients.save(replace(undoing.record, notes=()), undoing.version)
    with pytest.raises(ChangedMeanwhile):
        merging.undo(undoing)
    assert patients.count() == 1


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(records(), records())
def test_merged_and_taken_back_both_records_are_exported_with_the_same_bytes(
    first: PatientRecord, second: PatientRecord
) -> None:
    kept = replace(first, patient=replace(first.patient, mrn="A-12"))
    absorbed = replace(second, patient=replace(second.patient, mrn="A-17"))
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "a.sqlite")
        patients = Patients(store, lambda: date(2100, 1, 1))
        for record in (kept, absorbed):
            store.save(record, None, by="")
        before = exported(patients, "A-12", "A-17")
        prepared = patients.merging.prepare("A-12", "A-17")
        record = prepared.comparison.record({})
        from db.merging import merge

        with store.saving() as saving:  # random records have faults, which the service would refuse
            merge(saving, ("A-12", 1), ("A-17", 1), record, "")
        assert patients.open("A-12").record == record
        patients.merging.undo(patients.merging.undoing(patients.merging.into("A-12")[0]))
        assert exported(patients, "A-12", "A-17") == before
        store.close()
