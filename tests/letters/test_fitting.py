"""How far a letter goes is known before it is drawn: the plan and the pages agree."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from letters.conftest import DAYS, Desk
from record_strategies import records

from app.letters.content import NoteSaid
from app.letters.pdf import _lay, _plan, _sheet
from app.letters.style import look_of
from app.services.letters import KINDS
from app.words import speaking

DESK = Desk()

SCALES = (1.0, 0.95, 0.9)


def agree(content, scale):
    planned = _plan(content, look_of(content.letterhead.accent, _sheet(content.kind, content.letterhead), scale))
    laid = _lay(planned, b"")
    return planned.extent.pages, laid.pages


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_demonstration_letter_takes_the_pages_it_was_planned_on(kind, language, scale):
    with speaking(language):
        for number in DAYS:
            planned, pages = agree(DESK.content_of_demo(number, kind=kind, language=language), scale)
            assert planned == pages, number


@given(records())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_letter_takes_the_pages_it_was_planned_on(record):
    if record.patient.deceased_on is None:
        planned, pages = agree(DESK.content(record), 0.95)
        assert planned == pages


@pytest.mark.parametrize("lines", [1, 30, 90, 200])
def test_long_notes_and_long_tables_are_planned_over_pages(lines):
    content = DESK.content_of_demo(6)
    events = tuple(replace(content.events[0], event=f"event {number}") for number in range(lines))
    notes = tuple(NoteSaid("1 May 2014", "N. Nurse", "a word and another " * 20) for _number in range(lines // 4))
    planned, pages = agree(
        replace(content, events=events, notes=notes, sections=(*content.sections[:-2], "notes", "closing")), 1.0
    )
    assert planned == pages
