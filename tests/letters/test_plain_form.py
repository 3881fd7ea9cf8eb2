"""When the layout fails the letter still prints, in plain form, and says so."""

import dataclasses
from datetime import date
from functools import partial
from io import BytesIO
from operator import attrgetter

import pytest
from letters.conftest import DAYS
from pypdf import PdfReader

from app.letters import pdf as layout
from app.letters.content import LetterContent, Section
from app.letters.kinds import KINDS
from app.letters.plain_form import SAID, write_plainly
from app.services.advice import Advising
from app.services.bug_log import FILE_NAME, note_bug
from app.services.clinic import Clinic
from app.services.letters import Letters


@pytest.fixture
def broken_layout(monkeypatch):
    def fails(content, _look):
        raise ZeroDivisionError(f"cannot lay out {content.patient.name}")

    monkeypatch.setattr(layout, "SECTIONS", dict.fromkeys(layout.SECTIONS, fails))


def text_of(pdf):
    """Return the text of all pages, each without its last line: its foot."""
    pages = [page.extract_text().splitlines() for page in PdfReader(BytesIO(pdf)).pages]
    return " ".join(word for lines in pages for line in lines[:-1] for word in line.split())


def texts(value):
    """Yield every text in a part of a content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_whose_sections_fail_prints_all_it_says_and_that_it_is_plain(desk, tmp_path, kind, broken_layout):
    clinic = Clinic(None)
    letters = Letters(clinic, Advising(clinic), failed=partial(note_bug, folder=tmp_path))
    day = date.fromisoformat(DAYS[2])
    pdf = letters.compose(desk.demo(2), day, kind=kind)
    text = text_of(pdf)
    assert text.startswith("Printed in plain form because the layout failed. Nothing is left out.")
    content = letters.content(desk.demo(2), day, kind=kind)
    said = {name for section in content.sections for name in SAID[section]}
    wanted = [one for name in said for one in texts(attrgetter(name)(content)) if name != "course"]
    assert [one for one in wanted if " ".join(one.split()) not in text] == []
    assert all(content.foot in page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_bug_is_noted_without_the_patient(desk, tmp_path, broken_layout):
    clinic = Clinic(None)
    Letters(clinic, Advising(clinic), failed=partial(note_bug, folder=tmp_path)).compose(
        desk.demo(2), date.fromisoformat(DAYS[2])
    )
    log = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "Brainonly" not in log
    assert "Clara" not in log


def test_where_nobody_is_told_a_failure_is_raised(desk, broken_layout):
    with pytest.raises(ZeroDivisionError):
        desk.pdf(desk.demo(2), DAYS[2])


def test_a_patient_is_told_nothing_in_plain_form_that_the_letter_would_not_tell(desk, broken_layout):
    content = desk.content_of_demo(6, kind="patient")
    text = text_of(write_plainly(content))
    assert not any(one.text in text for one in (*content.next_step.options, *content.next_step.alerts))


def test_every_section_has_its_words_in_plain_form():
    from typing import get_args

    names = {field.name for field in dataclasses.fields(LetterContent)}
    assert set(SAID) == set(get_args(Section))
    assert {name.split(".")[0] for said in SAID.values() for name in said} <= names


def test_a_draft_in_plain_form_is_still_called_one(desk):
    content = dataclasses.replace(desk.content_of_demo(2), watermark="DRAFT", mark="K7QM-2F9D")
    assert text_of(write_plainly(content)).startswith("DRAFT Printed in plain form")
    assert "K7QM-2F9D" in PdfReader(BytesIO(write_plainly(content))).pages[0].extract_text()


def test_the_same_plain_letter_is_the_same_bytes_again(desk):
    assert write_plainly(desk.content_of_demo(2)) == write_plainly(desk.content_of_demo(2))
