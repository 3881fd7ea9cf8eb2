"""CORRECTED stands beside whatever corrections have changed in a letter, and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from letters.conftest import DAYS, texts
from letters.test_against_record import TRIED, squeezed, text_of
from random_courses import courses
from record_strategies import records

from app.letters.corrected import OF_THE_RECORD, with_marks
from app.letters.pdf import write_pdf
from app.record.dates import earliest_day
from app.record.record import PatientRecord
from app.words import _, speaking
from builders import (
    a_diagnosis,
    a_dose,
    a_fish,
    a_lab,
    a_line,
    a_local_treatment,
    a_note,
    a_patient,
    a_reading,
    a_record,
    a_specimen,
    an_adverse_event,
    an_assessment,
    an_examination,
)

RECORD = a_record(
    a_specimen(), a_fish(a_reading(33)),
    a_line(doses=(a_dose(from_="2014-02-03"),)), an_assessment(30, 20),
    a_lab("ALT", 66, unit="U/L", upper=40, id="lab1", date="2014-02-18"),
    a_lab("ALT", 180, unit="U/L", upper=40, id="lab2", date="2014-03-04"),
    a_lab("weight", 62, unit="kg", id="lab3", date="2014-03-04"),
    an_examination("echocardiogram", date="2014-03-05", result="ejection fraction 60 %"),
    an_adverse_event("nausea", grade=1), a_local_treatment(date="2014-11-02"),
    diagnosis=a_diagnosis(),
)  # fmt: skip


def said(content):
    return [one for name in OF_THE_RECORD for one in texts(getattr(content, name))]


def marked(desk, now, then, day="2014-12-01", language="en", **wanted):
    with speaking(language):
        contents = [desk.content(one, day, language=language, **wanted) for one in (now, then)]
        return with_marks(*contents)


CORRECTIONS = [
    (a_lab("ALT", 168, unit="U/L", upper=40, id="lab2", date="2014-03-04"), {"168 U/L", "4.2 × ULN, grade 2"}),
    (a_lab("ALT", 61, unit="U/L", upper=40, id="lab1", date="2014-02-18"), {"61 U/L, 18 February 2014"}),
    (a_lab("weight", 63, unit="kg", id="lab3", date="2014-03-04"), {"63 kg"}),
    (an_examination("echocardiogram", date="2014-03-05", result="ejection fraction 50 %"), {"ejection fraction 50 %"}),
    (an_adverse_event("nausea", grade=2), {"2 (CTCAE version not recorded)"}),
    (a_local_treatment(date="2014-11-03"), {"3 November 2014: stereotactic radiotherapy, brain"}),
    (a_fish(a_reading(34)), {"34 of 50 cells positive (68 %), one reader; 4 fields"}),
    (a_line(doses=(a_dose(from_="2014-02-03", amount=200),)), {"200 mg twice daily from 3 February 2014"}),
    (an_assessment(30, 21), {"21 mm", "51 mm"}),
]


@pytest.mark.parametrize(("entry", "put_right"), CORRECTIONS)
def test_each_value_that_was_put_right_has_its_mark_and_no_other(desk, entry, put_right):
    found = {one.removesuffix(" [CORRECTED]") for one in said(marked(desk, RECORD.with_entry(entry), RECORD))
             if "CORRECTED" in one}  # fmt: skip
    assert put_right <= found
    # What is worked out from the value has changed with it; nothing else has.
    before = set(said(desk.content(RECORD)))
    assert not found & before
    assert len(found) <= len(put_right) + 3


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("entry", "_put_right"), CORRECTIONS)
def test_the_marks_are_on_paper_beside_their_values_in_both_languages(desk, entry, _put_right, language):
    content = marked(desk, RECORD.with_entry(entry), RECORD, language=language)
    with speaking(language):
        text, mark = text_of(write_pdf(content)), _("{value} [CORRECTED]").format(value="").strip()
    printed = [one for name in ("tests", "lines", "local_treatments", "assessment", "labs", "examinations", "events")
               for one in texts(getattr(content, name)) if mark in one]  # fmt: skip
    assert printed
    assert [one for one in printed if squeezed(one) not in text] == []


def test_a_corrected_diagnosis_and_name_have_their_marks(desk):
    now = replace(RECORD, patient=a_patient(birth_date="1964-05-20"), diagnosis=a_diagnosis(stage="IIIB"))
    found = [one for one in said(marked(desk, now, RECORD)) if "CORRECTED" in one]
    assert found == [
        "20 May 1964 [CORRECTED]",
        "Adenocarcinoma, stage IIIB, ALK positive. [CORRECTED]",
        "IIIB [CORRECTED]",
    ]


def test_a_note_that_was_put_right_has_its_mark_where_notes_are_printed(desk, tmp_path):
    from letters.test_findings import with_notes

    then, now = (a_record(a_note(text)) for text in ("Seen with her son.", "Seen with her daughter."))
    contents = [with_notes(tmp_path).content(one, date(2014, 12, 1)) for one in (now, then)]
    assert with_marks(*contents).notes[0].text == "Seen with her daughter. [CORRECTED]"


def bare(value):
    """Return a text, or all texts of a part, without their marks."""
    return [one.removesuffix(" [CORRECTED]") for one in texts(value)]


@given(records() | courses(), records() | courses())
@settings(
    max_examples=max(TRIED // 2, 10), deadline=None, suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip
def test_of_any_two_records_what_only_the_first_says_is_marked_and_what_both_say_is_not(desk, now, then):
    if died := now.patient.deceased_on:
        now = replace(now, patient=replace(now.patient, deceased_on=None if earliest_day(died) else died))
    plain, other = (desk.content(one) for one in (now, then))
    content = with_marks(plain, other)
    for name in OF_THE_RECORD:
        was, is_now, is_marked = (getattr(one, name) for one in (other, plain, content))
        assert bare(is_marked) == list(texts(is_now))
        for row, with_mark in zip(is_now, is_marked, strict=True) if isinstance(is_now, tuple) else ():
            # A row that both have is as it is; of any other something has a mark, unless only more is empty.
            if row in was:
                assert with_mark == row
            elif name != "plan" and set(filter(None, texts(row))) - set(texts(was)):
                assert any("[CORRECTED]" in one for one in texts(with_mark)), row


@pytest.mark.parametrize("number", range(1, 8))
def test_a_letter_in_which_nothing_was_put_right_has_no_mark(desk, number):
    content = desk.content_of_demo(number)
    assert with_marks(content, desk.content_of_demo(number)) == content


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_full_of_marks_still_prints_every_value(desk, language):
    """Beside an empty record everything is new: the widest that cells can become."""
    record = desk.demo(6)
    empty = PatientRecord(patient=replace(record.patient, birth_date="1900", family_name="Other"))
    content = marked(desk, record, empty, DAYS[6], language=language)
    with speaking(language):
        text = text_of(write_pdf(content))
    for row in content.labs:
        assert squeezed(row.value) in text
        assert squeezed(row.before) in text
