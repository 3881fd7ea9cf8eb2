"""What a draft keeps, what it says is wrong, and the entry it gives."""

import json
from datetime import date
from decimal import Decimal

import pytest

from app.record.assessment import Assessment, Progression, TargetLesion
from app.record.lab import Lab
from app.record.molecular_test import MolecularTest
from app.record.patient import Patient
from app.record.reading import Fault
from app.record.specimen import Specimen
from app.record.therapy_line import TherapyLine
from app.ui.draft import Draft
from builders import a_patient, a_record

TODAY = date(2014, 11, 3)


def a_draft(kind, typed=None, *entries, existing=None):
    return Draft(kind, typed, record=a_record(*entries), today=TODAY, existing=existing)


def test_what_was_typed_stays_when_the_date_is_wrong():
    draft = a_draft(Assessment, {"date": "2014-02-30", "modality": "ct"})
    assert draft.typed["date"] == "2014-02-30"
    assert draft.faults == {"date": "is not a date: there is no such day in the calendar"}
    assert draft.entry is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("5.3.2014", "2014-03-05"),
        ("3/2014", "2014-03"),
        ("2014", "2014"),
        ("yesterday", "2014-11-02"),
        ("-3w", "2014-10-13"),
    ],
)
def test_a_date_is_taken_as_people_type_it(typed, kept):
    assert a_draft(Assessment, {"date": typed, "modality": "ct"}).entry.date == kept


@pytest.mark.parametrize(("typed", "kept"), [("42,0", "42.0"), ("42.0", "42.0"), ("42", "42"), (" 1 250,5 ", "1250.5")])
def test_a_number_with_comma_or_point_keeps_its_digits(typed, kept):
    draft = a_draft(TherapyLine, {"drugs": ["crizotinib"], "doses": [dose(amount=typed)]})
    assert str(draft.entry.doses[0].amount) == kept


def dose(**typed):
    return {"drug": "crizotinib", "from": "2014-02-03", "frequency": "twice_daily", **typed}


@pytest.mark.parametrize(
    ("typed", "sentence"), [("-3", "must not be below 0"), ("three", "is not a number"), ("1.234,5", "is not a number")]
)
def test_a_number_that_is_none_is_refused_in_the_words_of_the_record_format(typed, sentence):
    draft = a_draft(TherapyLine, {"drugs": ["crizotinib"], "doses": [dose(amount=typed)]})
    assert draft.faults == {"doses[0].amount": sentence}


def test_sense_across_entries_is_said_beside_the_field_it_concerns():
    specimen = Specimen(id="s1", kind="tissue", purpose="diagnosis", date="2014-01-12")
    draft = a_draft(
        MolecularTest, {"specimen": "s1", "method": "ihc", "status": "final", "reported_on": "2014-01-02"}, specimen
    )
    assert draft.faults == {
        "ihc": "is missing: a final test has its result",
        "reported_on": "2014-01-02 is before the specimen of 2014-01-12",
    }


def test_a_fault_that_a_correction_would_make_elsewhere_is_said_too():
    record = a_record(Specimen(id="s1", kind="tissue", purpose="diagnosis", date="2014-01-12"))
    draft = Draft(Patient, record=record, today=TODAY, existing=record.patient)
    draft.put("birth_date", "2014-06-01")
    assert draft.faults == {"": "specimens[0].date: 2014-01-12 is before the date of birth 2014-06-01"}
    assert draft.entry is None


def test_the_patient_of_a_new_record_needs_a_number_and_a_name():
    draft = Draft(Patient, {"given_name": "Ada"}, record=None, today=TODAY)
    assert draft.faults == {"mrn": "is missing", "family_name": "is missing"}
    draft.put("mrn", "A-1")
    draft.put("family_name", "Example")
    assert draft.entry == Patient(mrn="A-1", family_name="Example", given_name="Ada")


def test_an_empty_progression_is_a_progression_and_a_blank_one_left_out_is_none():
    draft = a_draft(Assessment, {"date": "2014-10-28", "modality": "mri", "progression": {"sites": []}})
    assert draft.entry.progression == Progression()
    draft.leave_out({"progression"})
    assert draft.entry.progression is None
    assert draft.typed["progression"] == {"sites": []}


def test_an_untouched_correction_gives_the_entry_back_as_it_was():
    assessment = Assessment(
        id="a1",
        date="2014-01",
        modality="ct",
        baseline=False,
        target_lesions=(TargetLesion(lesion="T1", site="lung", mm=Decimal("42.0"), lymph_node=False),),
        progression=Progression(symptomatic=False, sites=("brain",)),
    )
    draft = a_draft(Assessment, None, assessment, existing=assessment)
    assert draft.entry == assessment
    assert str(draft.entry.target_lesions[0].mm) == "42.0"
    assert not draft.is_touched


def test_typing_survives_a_crash_as_json():
    draft = a_draft(Assessment, {"date": "5.13.2014", "modality": "ct", "baseline": True})
    draft.put("target_lesions", [{"lesion": "T1", "mm": "4,"}])
    again = a_draft(Assessment, json.loads(json.dumps(draft.typed)))
    assert again.typed == draft.typed
    assert again.faults == draft.faults


def test_a_new_entry_takes_an_id_that_is_free_when_it_is_saved():
    draft = a_draft(Assessment, {"date": "2014-10-28", "modality": "ct"})
    assert draft.entry.id == "a1"
    draft.see(a_record(Assessment(id="a1", date="2014-10-01", modality="ct")))
    assert draft.entry.id == "a2"


def test_a_correction_outlives_the_entry_it_corrects():
    note = Assessment(id="a1", date="2014-10-01", modality="ct")
    draft = a_draft(Assessment, None, note, existing=note)
    draft.see(a_record())
    draft.put("date", "1950")
    assert draft.faults == {"date": "1950 is before the date of birth 1964-05-02"}


def test_several_laboratory_values_of_one_draw_become_one_entry_each():
    rows = [
        {"analyte": "ALT", "value": "180", "unit": "U/L", "upper": "40"},
        {"analyte": "total_bilirubin", "value": "<0,3"},
    ]
    draft = a_draft(Lab, {"date": "17.2.2014", "sample": "7", "values": rows})
    alt, ck = draft.entry
    assert alt == Lab(
        id="lab1", date="2014-02-17", sample="7", analyte="ALT", value=Decimal(180), unit="U/L", upper=Decimal(40)
    )
    assert (ck.id, ck.comparator, str(ck.value)) == ("lab2", "<", "0.3")


def test_faults_of_a_draw_stand_in_their_row_and_those_of_its_date_once():
    draft = a_draft(
        Lab, {"date": "1950", "values": [{"analyte": "ALT", "value": "1"}, {"analyte": "AST", "value": "1"}]}
    )
    assert draft.faults == {"date": "1950 is before the date of birth 1964-05-02"}
    draft.put("values", [{"analyte": "ALT", "value": "1"}, {"analyte": "AST", "value": "x"}])
    assert draft.faults["values[1].value"] == "is not a number"


def test_one_stored_value_is_corrected_alone():
    lab = Lab(id="lab4", date="2014-02-17", analyte="ALT", value=Decimal("0.30"), comparator="<")
    draft = a_draft(Lab, None, lab, existing=lab)
    assert draft.entry == lab
    assert draft.typed["values"][0]["value"] == "<0.30"


def test_what_saving_refused_stands_beside_its_field_until_the_next_typing():
    record = a_record()
    draft = Draft(Patient, record=record, today=TODAY, existing=a_patient())
    draft.refuse([Fault("patient.mrn", "A-1042 is already the number of another patient")])
    assert draft.faults == {"mrn": "A-1042 is already the number of another patient"}
    draft.put("mrn", "A-1043")
    assert draft.entry.mrn == "A-1043"
