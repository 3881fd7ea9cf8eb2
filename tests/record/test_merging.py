"""Two records of one person made one: nothing is lost, nothing is doubled, nothing comes to mean something else."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_strategies import records

from app.record.diagnosis import Diagnosis, Smoking
from app.record.fields import EnteredInError
from app.record.files import plain
from app.record.merging import Comparison, compare, units
from app.record.patient import GeneralPractitioner, Patient, Recipient, Team
from app.record.record import REFERENCES, PatientRecord
from builders import (
    a_diagnosis,
    a_lab,
    a_line,
    a_local_treatment,
    a_note,
    a_patient,
    a_record,
    a_specimen,
    an_assessment,
    an_ihc,
)  # fmt: skip

OTHER = a_patient(mrn="A-17")


def shown(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    return [(one.section, one.entry.id, one.origin, one.former_id) for one in comparison.entries]


def test_entries_of_both_are_taken_and_an_id_that_both_use_is_another_one() -> None:
    comparison = compare(a_record(a_lab("ALT", 42), a_note()), a_record(a_lab("ALT", 43), a_line(), patient=OTHER))
    assert shown(comparison) == [
        ("therapy_lines", "l1", "absorbed", "l1"),
        ("labs", "lab1", "kept", ""),
        ("labs", "lab2", "absorbed", "lab1"),
        ("notes", "n1", "kept", ""),
    ]
    merged = comparison.record({})
    assert merged == a_record(a_line(), a_lab("ALT", 42), a_lab("ALT", 43, id="lab2"), a_note())


def test_an_earlier_state_of_the_absorbed_record_has_the_ids_of_the_merged_one() -> None:
    kept = a_record(a_specimen(), an_ihc(), a_lab("ALT", 42))
    former = a_record(a_specimen(date="2014-01-20"), an_ihc(), a_lab("ALT", 43), a_note("Gone.", id="lab2"),
                      patient=OTHER)  # fmt: skip
    absorbed = replace(former, notes=())
    comparison = compare(kept, absorbed)
    moved = comparison.as_merged(former)
    merged = comparison.record({})
    ids = {one.id for _section, one in merged.entries()}
    assert [one for _section, one in moved.entries() if one.id in ids] == [
        one.entry for one in comparison.entries if one.origin == "absorbed"
    ]
    assert moved.tests[0].specimen == moved.specimens[0].id != "s1"
    assert moved.notes[0].id not in ids
    assert moved.patient == OTHER


def test_entries_that_say_the_same_are_taken_once_whatever_their_ids() -> None:
    comparison = compare(a_record(a_note()), a_record(a_note(id="n9"), a_note("Other."), patient=OTHER))
    assert shown(comparison) == [("notes", "n1", "both", "n9"), ("notes", "n2", "absorbed", "n1")]


def test_an_entry_that_a_record_has_twice_stays_twice() -> None:
    twice = a_record(a_note(), a_note(id="n2"))
    assert shown(compare(twice, a_record(a_note(), patient=OTHER))) == [
        ("notes", "n1", "both", "n1"), ("notes", "n2", "kept", ""),
    ]  # fmt: skip
    assert [one[2] for one in shown(compare(a_record(a_note()), replace(twice, patient=OTHER)))] == ["both", "absorbed"]


def test_other_digits_and_marks_of_error_are_not_the_same() -> None:
    wrong = replace(a_lab("ALT", "42"), entered_in_error=EnteredInError(reason="haemolysed"))
    comparison = compare(a_record(a_lab("ALT", "42")), a_record(a_lab("ALT", "42.0"), replace(wrong, id="lab7"),
                                                               patient=OTHER))  # fmt: skip
    assert [(one.entry.id, one.origin) for one in comparison.entries] == [
        ("lab1", "kept"), ("lab2", "absorbed"), ("lab7", "absorbed"),
    ]  # fmt: skip


def test_references_follow_the_entries_they_name() -> None:
    absorbed = a_record(
        an_assessment(20, id="a1"), a_specimen("s1", purpose="re-biopsy", prompted_by="a1"), an_ihc(),
        a_local_treatment(prompted_by="a1"), patient=OTHER,
    )  # fmt: skip
    kept = a_record(an_assessment(42, id="a1"), a_specimen("s1"), an_ihc())
    merged = compare(kept, absorbed).record({})
    assert [one.id for one in merged.assessments] == ["a1", "a2"]
    assert merged.specimens[1] == a_specimen("s2", purpose="re-biopsy", prompted_by="a2")
    assert merged.tests[1] == an_ihc(id="t2", specimen="s2")
    assert merged.local_treatments[0].prompted_by == "a2"


def test_what_refers_to_an_entry_of_both_is_the_same_too() -> None:
    chain = (an_assessment(20, id="a1"), a_specimen("s1", prompted_by="a1"), an_ihc())
    other = (an_assessment(20, id="a5"), a_specimen("s5", prompted_by="a5"), an_ihc(id="t5", specimen="s5"))
    comparison = compare(a_record(*chain), a_record(*other, patient=OTHER))
    assert {one.origin for one in comparison.entries} == {"both"}
    assert comparison.record({}) == a_record(*chain)


@pytest.mark.parametrize("turned", [False, True])
def test_a_reference_to_nothing_does_not_come_to_mean_an_entry_of_the_other_record(turned: bool) -> None:
    error = EnteredInError(reason="other patient")
    lost = a_record(replace(a_specimen("s4", prompted_by="a1"), entered_in_error=error))
    other = a_record(an_assessment(30, id="a1"))
    first, second = (other, lost) if turned else (lost, other)
    merged = compare(first, replace(second, patient=OTHER)).record({})
    assert merged.specimens[0].prompted_by != merged.assessments[0].id


def test_a_value_that_one_record_has_is_taken_and_one_that_both_have_is_chosen() -> None:
    kept = a_record(patient=a_patient(phone="1", team=Team(nurse="N")), diagnosis=Diagnosis(stage="IV"))
    absorbed = a_record(
        patient=a_patient(mrn="A-17", birth_date="1964-02-05", sex="female", phone="1", team=Team(doctor="D")),
        diagnosis=Diagnosis(stage="III", smoking=Smoking(status="never"), metastatic_sites=("brain",)),
    )
    comparison = compare(kept, absorbed)
    assert [one.path for one in comparison.conflicts] == ["patient.birth_date", "diagnosis.stage"]
    merged = comparison.record({"patient.birth_date": "absorbed", "diagnosis.stage": "kept"})
    assert merged.patient == a_patient(
        birth_date="1964-02-05", sex="female", phone="1", team=Team(nurse="N", doctor="D")
    )
    assert merged.diagnosis == Diagnosis(stage="IV", smoking=Smoking(status="never"), metastatic_sites=("brain",))


def test_what_means_nothing_alone_is_chosen_together() -> None:
    own, other = GeneralPractitioner(name="Dr A", address=("A Street",)), GeneralPractitioner(name="Dr B")
    kept = a_record(patient=a_patient(gp=own), diagnosis=a_diagnosis(tnm="cT1", tnm_edition=7))
    absorbed = a_record(patient=a_patient(mrn="A-17", gp=other), diagnosis=a_diagnosis(tnm="cT2", tnm_edition=8))
    comparison = compare(kept, absorbed)
    assert [one.path for one in comparison.conflicts] == ["patient.gp", "diagnosis.tnm"]
    merged = comparison.record({"patient.gp": "absorbed", "diagnosis.tnm": "absorbed"})
    assert merged.patient.gp == other
    assert merged.diagnosis == a_diagnosis(tnm="cT2", tnm_edition=8)


def test_recipients_of_both_get_their_copies_once() -> None:
    first, second = Recipient(name="Dr A"), Recipient(name="Dr B")
    kept = a_record(patient=a_patient(recipients=(first,)))
    absorbed = a_record(patient=a_patient(mrn="A-17", recipients=(second, first)))
    assert compare(kept, absorbed).record({}).patient.recipients == (first, second)


def test_lesions_of_one_name_in_both_records_are_told() -> None:
    kept = a_record(an_assessment(42, 20))
    assert compare(kept, a_record(an_assessment(30), patient=OTHER)).lesions_of_both == ("T1",)
    assert compare(kept, replace(kept, patient=OTHER)).lesions_of_both == ()


def test_everything_of_which_a_record_has_one_can_be_chosen() -> None:
    from dataclasses import fields

    paths = {unit.path for unit in units()}
    names = {name for unit in units() for name in unit.names}
    inside = {field.name for kind in (Patient, Diagnosis, Team, Smoking) for field in fields(kind)}
    assert inside - names == {"mrn", "recipients", "team", "smoking"}
    assert {"patient.gp", "patient.team.nurse", "diagnosis.smoking.status", "diagnosis.resected"} <= paths


def with_number(record: PatientRecord, mrn: str) -> PatientRecord:
    return replace(record, patient=replace(record.patient, mrn=mrn))


FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@FEW
@given(records(), records(), st.sampled_from(["kept", "absorbed"]))
def test_every_entry_of_both_is_there_with_an_id_of_its_own(
    first: PatientRecord, second: PatientRecord, side: Any
) -> None:
    kept, absorbed = with_number(first, "A-12"), with_number(second, "A-17")
    comparison = compare(kept, absorbed)
    merged = comparison.record({one.path: side for one in comparison.conflicts})
    ids = [entry.id for _section, entry in merged.entries()]
    assert len(ids) == len(set(ids))
    assert merged.patient.mrn == "A-12"
    own = list(kept.entries())
    assert [(section, one) for section, one in merged.entries() if one.id in {entry.id for _, entry in own}] == own
    now = {one.former_id: one.entry for one in comparison.entries if one.former_id}
    for section, entry in absorbed.entries():
        moved = replace(now[entry.id], id=entry.id)
        field = REFERENCES.get(section, ("", ""))[0]
        if field and getattr(entry, field) in now:
            assert getattr(moved, field) == now[getattr(entry, field)].id
        assert plain(replace(moved, **{field: getattr(entry, field)}) if field else moved) == plain(entry)


@FEW
@given(records())
def test_a_record_merged_with_its_copy_is_the_record(record: PatientRecord) -> None:
    comparison = compare(record, with_number(record, "copy"))
    assert comparison.conflicts == ()
    assert [entry for _section, entry in comparison.record({}).entries()] == [entry for _, entry in record.entries()]


@FEW
@given(records())
def test_a_record_merged_with_an_empty_one_keeps_every_word(record: PatientRecord) -> None:
    kept = with_number(record, "A-12")
    nobody = PatientRecord(patient=Patient(mrn="A-17", family_name=kept.patient.family_name))
    assert plain(compare(kept, nobody).record({})) == plain(kept)
