"""The clinic's own words: placeholders are filled from the record, unknown ones refused with all there are."""

import pytest

from app.letters.free_text import NAMES, faults_in, filled
from app.record.reading import Refused
from builders import a_diagnosis, a_fish, a_line, a_patient, a_reading, a_record, a_specimen

RECORD = a_record(a_specimen(), a_fish(a_reading(33)), a_line(), diagnosis=a_diagnosis())


def opening(desk, text, record=RECORD, day="2014-12-01"):
    return desk.content(record, day, opening=text).opening


def test_placeholders_are_filled_from_the_record(desk):
    assert opening(desk, "{patient.name}, {patient.age}, takes {line.drug} (line {line.number}).") == (
        "Ada Example, 50, takes crizotinib (line 1)."
    )


@pytest.mark.parametrize(
    ("born", "age"),
    [("1964-12-01", "50"), ("1964-12-02", "49"), ("1964", "49 or 50"), ("1964-12", "49 or 50"), ("1964-11", "50"),
     (None, "not recorded")],
)  # fmt: skip
def test_the_age_is_as_exact_as_the_date_of_birth(desk, born, age):
    assert opening(desk, "{patient.age}", a_record(patient=a_patient(birth_date=born))) == age


@pytest.mark.parametrize("name", NAMES)
def test_every_placeholder_has_words_even_where_nothing_is_known(desk, name):
    assert opening(desk, f"<{{{name}}}>", a_record()) not in ("<>", f"<{{{name}}}>")


@pytest.mark.parametrize(("text", "wrong"), [("{patient.weight}", "{patient.weight}"), ("{}", "{}"), ("a { b", "{")])
def test_an_unknown_placeholder_is_refused_with_the_list_of_those_there_are(text, wrong):
    with pytest.raises(Refused) as refused:
        filled("opening", text, {})
    (fault,) = refused.value.faults
    assert fault.path == "opening"
    assert fault.sentence.startswith(f"{wrong} is no placeholder; there are: {{patient.name}}")


def test_every_unknown_placeholder_of_a_text_is_named_once():
    assert faults_in("{a} {b} {a} {patient.name}") == ("a", "b")


def test_what_a_record_says_is_never_read_as_a_placeholder(desk):
    record = a_record(patient=a_patient(family_name="{patient.mrn}", given_name=None))
    assert opening(desk, "{patient.name}", record) == "{patient.mrn}"


def test_the_clinics_words_are_on_paper_and_markup_in_them_is_not_markup(desk):
    pages = " ".join(desk.pages(RECORD, closing="Call <b>{clinic.phone}</b> & ask."))
    assert "Call <b>+00 000 000 000</b> & ask." in pages
