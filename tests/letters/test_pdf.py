"""The letter as PDF: its text, its fonts, its bytes, and records that are hard to print."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from letters.conftest import DAYS
from pypdf import PdfReader
from record_strategies import records

from app.letters.kinds import KINDS
from app.paths import RESOURCES
from app.record.dates import add_months
from app.record.patient import GeneralPractitioner
from builders import (
    a_diagnosis,
    a_dose,
    a_fish,
    a_lesion,
    a_line,
    a_note,
    a_patient,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    an_adverse_event,
    an_assessment,
)

ROOT = RESOURCES.parent
COMPOSE = """
import hashlib, sys
from datetime import date
from app.record.files import parsed_records, read_record
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import KINDS, Letters
with open(sys.argv[1], "rb") as source:
    record = read_record(next(parsed_records(source)), date(2026, 1, 1))
clinic = Clinic(None)
letters = Letters(clinic, Advising(clinic))
for kind in KINDS:
    for language in ("en", "fr"):
        pdf = letters.compose(record, date(2012, 7, 10), kind=kind, language=language, attach_record=True)
        print(kind, language, hashlib.sha256(pdf).hexdigest())
"""


def reader(desk, record, day="2014-12-01"):
    return PdfReader(BytesIO(desk.pdf(record, day)))


def test_the_same_letter_is_the_same_bytes_in_any_process_and_again(desk):
    printed = {
        subprocess.run(
            [sys.executable, "-c", COMPOSE, str(RESOURCES / "demo" / "demo-2.json")],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "27")
    }  # fmt: skip
    (there,) = printed
    here = [
        f"{kind} {language} {hashlib.sha256(pdf).hexdigest()}"
        for kind in KINDS
        for language in ("en", "fr")
        for pdf in [desk.pdf(desk.demo(2), "2012-07-10", kind=kind, language=language, attach_record=True)]
    ]
    assert there.splitlines() == here


@pytest.mark.parametrize("number", range(1, 8))
def test_every_demonstration_letter_prints_what_its_content_says(desk, number):
    content = desk.content_of_demo(number)
    pages = desk.pages(desk.demo(number), DAYS[number])
    # What goes on over the page is one text again without the foot of one page and the head of the next.
    over = rf"page \d+ of \d+ {re.escape(content.foot)} \S+ · .{{1,80}}? historical protocol · \d+ \w+ \d{{4}} "
    text = re.sub(over, "", " ".join(pages))
    step, said = content.next_step, content.assessment
    wanted = [
        content.patient.name, content.patient.mrn, content.protocol.notice, content.alk_status, content.protocol.code,
        *(one.words for one in content.diagnosis), *(one.text for one in step.options),
        *(reason for one in step.options for reason in one.reasons), *(one.text for one in step.alerts),
        *(one.printed for one in step.readings), *(one.words for one in step.evidence),
        *(one.words for one in step.besides), *step.missing,
        *(one.drugs for one in content.lines), *(dose for one in content.lines for dose in one.doses),
        *(one.result for one in content.tests), *(one.event for one in content.events),
        *((said.why, *said.sums, *(one.words for one in said.changes)) if said else ()),
    ]  # fmt: skip
    assert [one for one in wanted if " ".join(one.split()) not in text] == []
    for place, page in enumerate(pages, start=1):
        assert f"page {place} of {len(pages)}" in page
        assert " ".join(content.foot.split()) in page
        assert "istorical protocol" in page or "(historical)" in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded_and_no_other_is_listed(desk, kind):
    names = set()
    for page in PdfReader(BytesIO(desk.pdf(desk.demo(2), "2012-07-10", kind=kind))).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(re.sub(r"^/[A-Z]{6}\+", "/", font.get_object()["/BaseFont"]))
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    assert names == {"/SourceSansPro-Regular", "/SourceSansPro-Semibold"}


def test_the_document_is_a4_and_names_no_patient_outside_its_pages(desk):
    document = reader(desk, desk.demo(2), "2012-07-10")
    assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [595, 842]
    assert document.metadata.title == "Clinic letter"
    assert document.metadata.author == "Example Hospital"
    assert not any("Brainonly" in str(value) for value in document.metadata.values())
    assert document.trailer["/Root"]["/Lang"] == "en"


def test_names_from_anywhere_are_printed_and_markup_in_them_is_not_markup(desk):
    patient = a_patient(
        family_name="Łőğ-Żółć <b>&amp;", given_name="Жанна ε Nguyệt",
        gp=GeneralPractitioner(name="Dr <i>Ögür</i> & 🙂", address=("<br/>",)),
    )  # fmt: skip
    text = " ".join(desk.pages(a_record(patient=patient)))
    assert "Жанна ε Nguyệt Łőğ-Żółć <b>&amp;, born" in text
    assert "Dr <i>Ögür</i> & [U+1F642]" in text
    assert "<br/>" in text


def test_the_next_step_is_never_parted_while_it_fits_on_a_page(desk):
    for number, day in DAYS.items():
        pages = desk.pages(desk.demo(number), day)
        step = desk.content_of_demo(number).next_step
        (page,) = (one for one in pages if "Next step, as of" in one)
        last = step.not_recommended[-1].name if step.not_recommended else step.options[-1].text
        assert all(" ".join(one.text.split()) in page for one in step.options)
        assert " ".join(last.split()) in page


def test_a_heading_never_stands_last_on_a_page(desk):
    for number, day in DAYS.items():
        for page in reader(desk, desk.demo(number), day).pages:
            lines = [line for line in page.extract_text().splitlines() if line.strip()]
            body = [line for line in lines if " · " not in line and not line.startswith("page ")]
            assert body[-1] not in ("Diagnosis", "Course", "Treatment", "Adverse events", "Due", "Not recommended")


def a_long_record():
    first = date(2010, 1, 5)
    lines = []
    for number in range(12):
        start, stop = (add_months(first, 5 * number + later).isoformat() for later in (0, 5))
        doses = (a_dose("crizotinib", start), a_dose("crizotinib", stop, 0, "held", reason="hepatotoxicity " * 12))
        ended = {"stop": stop, "stop_reason": "toxicity"} if number < 11 else {}
        lines.append(a_line(id=f"l{number}", start=start, doses=doses, **ended))
    assessments = [
        an_assessment(*(10 + place for place in range(8)), id=f"a{number}", date=add_months(first, number).isoformat())
        for number in range(60)
    ]
    events = [
        an_adverse_event("rash", id=f"e{number}", from_=add_months(first, number).isoformat()) for number in range(40)
    ]
    return a_record(a_specimen(date="2010-01-01"), *lines, *assessments, *events, a_note("A long note. " * 5000))


def test_sixty_assessments_and_twelve_lines_are_all_printed(desk):
    pages = desk.pages(a_long_record(), "2015-06-01")
    text = " ".join(pages)
    assert text.count("250 mg twice daily from") == 12
    assert text.count("rash") >= 40
    assert pages[-1].endswith(f"page {len(pages)} of {len(pages)}") or f"page {len(pages)} of {len(pages)}" in pages[-1]
    heads = [page for page in pages if "Event Grade When Suspected drug Other causes" in page]
    assert len(heads) > 1, "the head of a table is repeated on every page"


def test_texts_of_any_length_are_printed(desk):
    long = "word " * 3000
    record = a_record(
        a_specimen(site="s" * 4000),
        a_fish(a_reading(33)),
        a_line("drug " * 200, doses=(a_dose("drug " * 200, reason=long),)),
        an_assessment(
            a_lesion("x" * 3000, 10), id="a2", date="2014-05-01", progression=a_progression(sites=("brain",))
        ),
        an_adverse_event("term " * 500),
        patient=a_patient(
            family_name="F" * 400, given_name="G" * 400,
            gp=GeneralPractitioner(name="N" * 300, address=tuple("street" * 9 for _ in range(9))),
        ),
        diagnosis=a_diagnosis(tnm="T" * 3000),
    )  # fmt: skip
    assert " ".join(desk.pages(record)).count("word") >= 3000


def test_an_empty_record_has_a_letter(desk):
    text = " ".join(desk.pages(a_record()))
    assert "No line of treatment is recorded." in text
    assert "Nothing with a date is recorded yet." in text


@given(records())
@settings(max_examples=40)
def test_any_record_has_a_letter(desk, record):
    assert desk.pdf(record).startswith(b"%PDF-")
