from dataclasses import dataclass

import pytest

from app.record.assessment import Assessment, TargetLesion
from app.record.patient import Patient
from app.record.reading import Fault, Refused, path_text, read

CT = {"id": "a1", "date": "2014-04-01", "modality": "ct"}


def faults_of(kind, data):
    with pytest.raises(Refused) as refused:
        read(kind, data)
    return [str(fault) for fault in refused.value.faults]


def lesion(**given):
    return {**CT, "target_lesions": [{"lesion": "T1", "site": "lung", **given}]}


def test_an_entry_reads_as_a_value_with_exact_numbers():
    value = read(Assessment, lesion(mm=42.0))
    assert (value.id, value.target_lesions[0].lesion, str(value.target_lesions[0].mm)) == ("a1", "T1", "42.0")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (lesion(mm=-3), "target_lesions[0].mm: must not be below 0"),
        (lesion(mm="12"), "target_lesions[0].mm: is not a number"),
        (lesion(mm=True), "target_lesions[0].mm: is not a number"),
        (lesion(mm=float("nan")), "target_lesions[0].mm: is not a finite number"),
        (lesion(mm=float("inf")), "target_lesions[0].mm: is not a finite number"),
        (lesion(mm=10**13), "target_lesions[0].mm: is not a number of ordinary size"),
        (lesion(mm=1e-13), "target_lesions[0].mm: is not a number of ordinary size"),
        (lesion(lymph_node="no"), "target_lesions[0].lymph_node: must be true or false"),
        (lesion(lymph_node=0), "target_lesions[0].lymph_node: must be true or false"),
        (lesion(site=None), "target_lesions[0].site: is missing"),
        (lesion(site="kidney"), "target_lesions[0].site: is not one of lung, adrenal, bone, brain, contralateral_lung, "
         "liver, leptomeninges, lymph_node, pericardium, pleura, other"),
        (lesion(site="Brain"), "target_lesions[0].site: is not a code of the record format (is brain meant?)"),
        (lesion(site=["lung"]), "target_lesions[0].site: is not one of lung, adrenal, bone, brain, contralateral_lung, "
         "liver, leptomeninges, lymph_node, pericardium, pleura, other"),
        (lesion(lesion=""), "target_lesions[0].lesion: must not be empty"),
        (lesion(lesion="T\n1"), "target_lesions[0].lesion: must be one line"),
        (lesion(lesion="T\x001"), "target_lesions[0].lesion: holds a control character"),
        (lesion(lesion="\ud800"), "target_lesions[0].lesion: holds half a character"),
        (lesion(lesion=1), "target_lesions[0].lesion: must be text"),
        (lesion(zyx=1), "target_lesions[0].zyx: is not a field of the record format"),
        ({**CT, "target_lesions": {}}, "target_lesions: must be a list"),
        ({**CT, "target_lesions": "T1"}, "target_lesions: must be a list"),
        ({**CT, "target_lesions": [5]}, "target_lesions[0]: must be a group of fields"),
        ({**CT, "progression": "slow"}, "progression: must be a group of fields"),
        ({**CT, "date": 2014}, "date: is not a date: write it as text, YYYY-MM-DD, YYYY-MM or YYYY"),
        ({**CT, "date": "1.4.2014"}, "date: is not a date: write YYYY-MM-DD, YYYY-MM or YYYY"),
        ({**CT, "date": None}, "date: is missing"),
        ({"id": "a1", "date": "2014-04-01"}, "modality: is missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_with_its_path(data, line):
    assert faults_of(Assessment, data) == [line]


def test_a_misspelt_field_offers_the_name_that_was_meant_and_is_one_line():
    assert faults_of(Assessment, {"id": "a1", "date": "2014-04-01", "modalty": "ct"}) == [
        "modalty: is not a field of the record format (is modality meant?)"
    ]


def test_a_name_of_python_is_no_name_of_the_format():
    from app.record.therapy_line import Dose

    assert faults_of(Dose, {"drug": "crizotinib", "from_": "2014-02-03", "frequency": "weekly"}) == [
        "from_: is not a field of the record format (is from meant?)"
    ]


def test_all_faults_come_at_once():
    lines = faults_of(Assessment, {**lesion(mm=-3, sit="x"), "date": "2014-02-30", "modality": "xray"})
    assert lines == [
        "date: is not a date: there is no such day in the calendar",
        "modality: is not one of ct, mri, pet_ct, clinical",
        "target_lesions[0].mm: must not be below 0",
        "target_lesions[0].sit: is not a field of the record format (is site meant?)",
    ]


def test_a_long_list_of_codes_is_cut():
    from app.record.lab import Lab

    (line,) = faults_of(Lab, {"id": "x", "date": "2014-01-01", "analyte": "zzz"})
    assert line == (
        "analyte: is not one of ALT, AST, ALP, GGT, total_bilirubin, direct_bilirubin, CK, LDH, lipase, amylase, "
        "creatinine, uric_acid, …"
    )


def test_a_code_in_the_wrong_case_is_offered_in_the_right_one():
    from app.record.lab import Lab

    lines = faults_of(Lab, {"id": "x", "date": "2014-01-01", "analyte": "alt"})
    assert lines == ["analyte: is not a code of the record format (is ALT meant?)"]


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_what_is_no_group_of_fields_says_so(data):
    assert len(faults_of(Patient, data)) == 1


def test_blank_optional_text_is_unknown():
    patient = read(Patient, {"mrn": "1", "family_name": "A", "phone": " ", "address": ["line 1", "", " "]})
    assert (patient.phone, patient.address) == (None, ("line 1",))


def test_null_is_unknown_and_a_missing_list_is_empty():
    patient = read(Patient, {"mrn": "1", "family_name": "A", "sex": None, "address": None, "recipients": None})
    assert (patient.sex, patient.address, patient.recipients) == (None, (), ())


def test_a_group_that_says_nothing_is_unknown_but_a_progression_is_there():
    patient = read(Patient, {"mrn": "1", "family_name": "A", "gp": {"name": "", "address": []}, "team": {}})
    assert (patient.gp, patient.team) == (None, None)
    assert read(Assessment, {**CT, "progression": {"symptomatic": None}}).progression is not None


def test_minus_nothing_is_nothing():
    assert str(read(TargetLesion, {"lesion": "T1", "site": "lung", "mm": -0.0}).mm) == "0.0"


def test_other_kinds_of_value_are_refused_in_words_too():
    """The clinic's settings are read through here as well."""

    @dataclass
    class Settings:
        name: str
        days: int | list[int]

    assert faults_of(Settings, {"name": 5, "days": "x"}) == [
        "name: must be text",
        "days: input should be a valid integer, unable to parse string as an integer",
        "days: must be a list",
    ]


def test_a_value_already_read_is_taken_as_it_is():
    value = read(Assessment, CT)
    assert read(Assessment, value) is value


def test_a_refusal_does_not_carry_what_was_typed():
    with pytest.raises(Refused) as refused:
        read(Patient, {"mrn": "1", "family_name": 5, "given_name": "Secret"})
    assert str(refused.value) == "1 fault(s)"
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_a_path_is_written_as_people_read_it():
    assert path_text(("therapy_lines", 1, "doses", 0, "from")) == "therapy_lines[1].doses[0].from"
    assert str(Fault("", "is empty")) == "is empty"
