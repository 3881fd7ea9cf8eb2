"""Records that a letter was not made for in mind: markup in texts, very long and very many entries, nothing at all."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from letters.test_findings import with_notes
from pypdf import PdfReader

from app.letters.kinds import KINDS
from app.record.patient import Patient
from app.record.record import PatientRecord
from builders import (
    a_diagnosis,
    a_fish,
    a_lab,
    a_line,
    a_note,
    a_patient,
    a_reading,
    a_record,
    a_specimen,
    an_adverse_event,
    an_assessment,
    an_examination,
)

DAY = date(2014, 12, 1)
MARKUP = "<b>&amp; <br/> a < b & c > d </b>"
ALK = (a_specimen(), a_fish(a_reading(33)))


def pages_of(pdf):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_markup_in_a_text_is_printed_as_it_was_written(tmp_path, language):
    record = a_record(
        a_specimen(site=MARKUP), a_fish(a_reading(33)), a_line(MARKUP), an_assessment(30),
        a_lab("ALT", 180, unit="<b>U</b>&L", upper=40), an_examination(result=MARKUP),
        an_adverse_event(MARKUP, suspected_drug=MARKUP), a_note(MARKUP),
        patient=a_patient(family_name=MARKUP), diagnosis=a_diagnosis(tnm=MARKUP),
    )  # fmt: skip
    text = "".join("".join(pages_of(with_notes(tmp_path).compose(record, DAY, language=language))).split())
    assert text.count("".join(MARKUP.split())) >= 7
    assert "180<b>U</b>&L" in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sixty_assessments_and_twelve_lines_make_a_letter_of_the_last_one_and_of_all_lines(desk, language):
    first = date(2008, 1, 1)
    assessments = [
        an_assessment(10 + number, id=f"a{number}", date=(first + timedelta(days=40 * number)).isoformat())
        for number in range(60)
    ]
    lines = [a_line(f"drug{number:02}", id=f"l{number}", start=f"{2002 + number}-01-05", stop=f"{2002 + number}-11-05")
             for number in range(12)]  # fmt: skip
    labs = [a_lab("ALT", 20 + number, unit="U/L", upper=40, id=f"lab{number}", date=assessments[number].date)
            for number in range(60)]  # fmt: skip
    pages = pages_of(desk.pdf(a_record(*ALK, *lines, *assessments, *labs, diagnosis=a_diagnosis()), language=language))
    text = " ".join(pages)
    assert [number for number in range(12) if f"drug{number:02}" not in text] == []
    assert "69 mm" in text
    assert "79 U/L" in text
    assert len(pages) <= 5
    assert all(len(page.split()) > 40 for page in pages)  # no page of two lines


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_record_makes_a_letter_that_says_what_is_not_known(desk, kind, language):
    record = PatientRecord(patient=Patient(mrn="E-1", family_name="Empty"))
    text = " ".join(pages_of(desk.pdf(record, kind=kind, language=language)))
    assert "E-1" in text
    if kind == "clinic" and language == "en":
        for words in ("No test is recorded", "No line of treatment", "No assessment", "No laboratory value",
                      "No examination", "No adverse event", "born not recorded", "sex not recorded"):  # fmt: skip
            assert words in text


def test_a_note_of_4000_characters_without_a_space_is_whole(tmp_path):
    text = "".join(f"{number:04}" for number in range(1000))
    pages = pages_of(with_notes(tmp_path).compose(a_record(a_note(text)), DAY))
    found = "".join(re.sub(r"page \d+ of \d+", "", page) for page in pages)
    assert text in "".join(found.split())


def test_sixty_notes_go_on_over_as_many_pages_as_they_need(tmp_path):
    notes = [a_note(f"Note {number:02}. " + "word " * 60, id=f"n{number}") for number in range(60)]
    pages = pages_of(with_notes(tmp_path).compose(a_record(*notes), DAY))
    assert re.findall(r"Note (\d\d)\.", " ".join(pages)) == [f"{number:02}" for number in reversed(range(60))]
    assert all(len(page.split()) > 40 for page in pages)
