"""Every letter keeps to PDF/A-3a and PDF/UA-1, says itself what it is, and may hold the record it was written from."""

import json
from datetime import date
from functools import cache
from io import BytesIO

import page
import pytest
from hypothesis import HealthCheck, given, settings
from letters.conftest import DAYS
from PIL import Image
from pypdf import PdfReader
from record_strategies import records

from app.letters.kinds import KINDS
from app.record.files import read_record
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from builders import a_patient, a_record


def failures(pdf):
    return [
        (profile, failure.rule_id, failure.message)
        for profile in ("3a", "ua1")
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", range(1, 8))
def test_every_letter_is_for_archives_and_can_be_listened_to(desk, number, kind, language):
    pdf = desk.pdf(desk.demo(number), DAYS[number], kind=kind, language=language, attach_record=number == 2)
    assert failures(pdf) == []


@pytest.mark.parametrize("envelope", ["din_5008_b", "uk_dl", "us_10", "us_10_double"])
def test_so_is_one_with_a_logo_in_any_envelope(desk, tmp_path, envelope):
    Image.new("RGBA", (300, 100), (0, 0, 200, 90)).save(tmp_path / "logo.png")
    (tmp_path / "clinic.yaml").write_text(f"envelope: {envelope}\nlogo: logo.png\n")
    clinic = Clinic(tmp_path)
    pdf = Letters(clinic, Advising(clinic)).compose(desk.demo(4), date.fromisoformat(DAYS[4]))
    assert failures(pdf) == []


def test_so_is_one_with_names_in_many_scripts(desk):
    patient = a_patient(family_name="فاطمة 王小明", given_name="רחל 김철수 𝔸 <b>🙂")
    assert failures(desk.pdf(a_record(patient=patient))) == []


@given(records())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_so_is_the_letter_of_any_record(desk, record):
    assert failures(desk.pdf(record, attach_record=True)) == []


# What it says of itself


@cache
def letter_of_demo(desk, **wanted):
    return desk.pdf(desk.demo(2), DAYS[2], **wanted)


def test_it_says_its_title_its_day_and_its_language_and_names_no_patient(desk):
    document = PdfReader(BytesIO(letter_of_demo(desk)))
    metadata = document.xmp_metadata
    assert metadata.dc_title == {"x-default": "Clinic letter"}
    assert metadata.dc_creator == ["Example Hospital"]
    assert metadata.xmp_create_date.date() == date(2012, 7, 10)
    assert document.metadata["/CreationDate"] == "D:20120710000000Z"
    root = document.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"Brainonly" not in root["/Metadata"].get_object().get_data()
    assert len(document.trailer["/ID"]) == 2


def test_its_colours_are_those_of_the_profile_shipped_here(desk):
    (intent,) = PdfReader(BytesIO(letter_of_demo(desk))).trailer["/Root"]["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert intent.get_object()["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"


def test_every_section_is_in_the_outline_and_leads_to_its_page(desk):
    document = PdfReader(BytesIO(letter_of_demo(desk)))
    entries = {entry.title: document.get_destination_page_number(entry) for entry in document.outline}
    assert list(entries)[:4] == ["Diagnosis", "Course", "ALK status: positive", "Treatment"]
    for title, number in entries.items():
        assert " ".join(title.split()) in " ".join(document.pages[number].extract_text().split())
    assert entries["Protocol and evidence"] > 0


def roles(element):
    """Yield the kinds of all elements below one, in the order they are read in."""
    for child in element.get("/K", ()) if isinstance(element.get("/K"), list) else ():
        child = child.get_object()
        yield child["/S"]
        yield from roles(child)


def test_headings_tables_lists_and_pictures_are_tagged_as_what_they_are(desk):
    root = PdfReader(BytesIO(letter_of_demo(desk))).trailer["/Root"]["/StructTreeRoot"]
    found = list(roles(root["/K"].get_object()))
    assert found.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/LBody", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= set(found)
    assert found.index("/H1") < found.index("/H2") < found.index("/Table")


def test_a_picture_says_in_words_what_it_shows(desk):
    def figures(element):
        for child in element.get("/K", ()) if isinstance(element.get("/K"), list) else ():
            child = child.get_object()
            if child["/S"] == "/Figure":
                yield child["/Alt"]
            yield from figures(child)

    root = PdfReader(BytesIO(letter_of_demo(desk))).trailer["/Root"]["/StructTreeRoot"]
    (said,) = figures(root["/K"].get_object())
    assert said.startswith("Course from 27 July 2011 to 10 July 2012. Tests 3, Therapy 1, Response 3. Tests: ")
    assert "18 August 2011: FISH 33/50." in said
    assert "Therapy: crizotinib from 1 September 2011; crizotinib 250 mg twice daily (1 September 2011)." in said
    assert "5 July 2012: sum of diameters 28 mm, the nadir since the baseline." in said


# The record


def test_the_record_goes_with_the_letter_as_it_was_seen_on_its_day(desk):
    document = PdfReader(BytesIO(letter_of_demo(desk, attach_record=True)))
    root = document.trailer["/Root"]
    (file,) = root["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Source"
    assert file.get_object()["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"
    assert list(document.attachments) == ["record.json"]
    (held,) = document.attachments["record.json"]
    record = read_record(json.loads(held), date(2026, 1, 1))
    assert record.patient == desk.demo(2).patient
    assert all(one.date <= "2012-07-10" for one in record.assessments)


def test_without_being_asked_no_record_goes_with_it(desk):
    assert "record.json" not in PdfReader(BytesIO(letter_of_demo(desk))).attachments


def test_the_record_changes_nothing_on_paper(desk):
    def text(pdf):
        return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]

    assert text(letter_of_demo(desk)) == text(letter_of_demo(desk, attach_record=True))
