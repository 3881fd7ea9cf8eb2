"""What is on paper compared with the record, value by value: nothing in between is trusted.

`ALKPATH_LETTERS` sets how many random records are tried (50 unless set; `make nightly` tries 1,000).
"""

import os
import re
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from letters.conftest import DAYS, Desk
from pypdf import PdfReader
from random_courses import courses
from record_strategies import records

from app.figures.wording import code, unit
from app.letters.fonts import printable, register_fonts
from app.record.fields import EnteredInError
from app.record.views import up_to
from app.services.letters import KINDS
from app.words import LANGUAGES, _, language, speaking
from builders import (
    a_dose,
    a_fish,
    a_lab,
    a_lesion,
    a_line,
    a_local_treatment,
    a_medicine,
    a_note,
    a_reading,
    a_specimen,
    a_test,
    an_adverse_event,
    an_assessment,
    an_examination,
)

TRIED = int(os.environ.get("ALKPATH_LETTERS", "50"))
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
}  # fmt: skip
# The foot of a page, and the line over the head of every page but the first.
FOOT = {"en": r"page\d+of\d+", "fr": r"page\d+sur\d+"}
HEAD = {"en": r"^.*?historicalprotocol·\d+[A-Z][a-z]+\d{4}", "fr": r"^.*?protocolehistorique·\d+(?:er)?[^\W\d]+\d{4}"}
LONGEST_NAME = 40  # characters; in the one line at the head of a page a longer one is cut


def day_in_words(partial):
    """Return a date as it was given, in the language spoken here."""
    year, *rest = partial.split("-")
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    if day == ["1"] and language() == "fr":
        day = ["1er"]
    return " ".join([*day, *([MONTHS[language()][int(rest[0]) - 1]] if rest else []), year])


def squeezed(text):
    """Return a text as two libraries that never agree on spaces both have it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", printable(text)))


def text_of(pdf):
    """Return the text of all pages without spaces, each without its foot and the line over its head."""
    pages = []
    for place, page in enumerate(PdfReader(BytesIO(pdf)).pages):
        text = squeezed(page.extract_text())
        foot = FOOT[language()]
        text = re.sub(rf"{foot}(?!.*{foot}).*$", "", text)
        pages.append(text if place == 0 else re.sub(HEAD[language()], "", text, count=1))
    return "".join(pages)


def amount(number):
    digits = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return digits.replace(".", ",") if language() == "fr" else digits


def of_tests(record):
    for test in record.tests:
        readings = test.fish.readings if test.fish else ()
        days = [one.date for one in readings if one.date]
        if day := test.reported_on or max(days, default=None) or test.requested_on:
            yield day_in_words(day)
        if test.status == "failed":
            continue
        counted = [one for one in readings if one.cells and (one.split is not None or one.single_red is not None)]
        for one in counted if len(counted) > 1 else ():
            positive = (one.split or 0) + (one.single_red or 0)
            yield _("{positive} of {cells}").format(positive=positive, cells=one.cells)
        if test.ihc and test.ihc.intensity:
            yield _("intensity {intensity}+").format(intensity=test.ihc.intensity)
        for block in (test.rt_pcr, test.ngs.fusion if test.ngs else None):
            if block and block.partner:
                yield f"{block.partner}-ALK"
        for one in test.ngs.alterations if test.ngs else ():
            yield f"{one.gene} {one.protein or code(one.kind)}"
        if test.method == "gene" and test.gene and test.gene.gene:
            yield code(test.gene.gene)


def of_lines(record):
    for line in record.therapy_lines:
        yield from map(_, line.drugs)
        yield from (day_in_words(day) for day in (line.started_on, line.stopped_on) if day)
        for dose in line.doses:
            yield day_in_words(dose.from_)
            if dose.amount and dose.unit and dose.frequency != "held":
                yield amount(dose.amount)


def of_last_assessment(record):
    newest = max((one.date for one in record.assessments), default=None)
    last = [one for one in record.assessments if one.date == newest]
    if len(last) == 1 and not any(one.date.startswith(newest) or newest.startswith(one.date)
                                  for one in record.assessments if one is not last[0]):  # fmt: skip
        yield day_in_words(newest)
        names = [one.lesion for one in last[0].target_lesions]
        for one in last[0].target_lesions if len(names) == len(set(names)) else ():
            yield one.lesion
            if one.mm is not None and not one.too_small_to_measure and one.merged_with is None:
                yield f"{amount(one.mm)} mm"


def of_events(record):
    for event in record.adverse_events:
        yield code(event.term) if event.term.islower() else event.term
        yield day_in_words(event.from_)
        if event.suspected_drug:
            yield _(event.suspected_drug)


def newest(entries):
    """Return the last of some entries, of those of one day the last one entered."""
    return max(enumerate(entries), key=lambda one: (one[1].date, one[0]))[1]


def of_labs(record):
    """Yield the newest value of each analyte, a QTc for each formula, with its unit, its day and its limits."""
    for series in {(one.analyte, one.formula) for one in record.labs}:
        one = newest([lab for lab in record.labs if (lab.analyte, lab.formula) == series])
        yield code(one.analyte)
        yield day_in_words(one.date)
        if one.value is not None:
            yield f"{one.comparator or ''}{amount(one.value)} {unit(one.unit) if one.unit else ''}"
        for limit in (one.lower, one.upper):
            if limit is not None:
                yield amount(limit)


def of_flagged_labs(record):
    """Yield the value before each newest one that is outside the limits of its report."""
    for series in {(one.analyte, one.formula) for one in record.labs}:
        labs = [lab for lab in record.labs if (lab.analyte, lab.formula) == series]
        one = newest(labs)
        if one.value is None or one.comparator or (one.upper is None or one.value <= one.upper):
            continue
        if labs := [lab for lab in labs if lab is not one and lab.value is not None]:
            before = newest(labs)
            if before is newest([lab for lab in record.labs if lab.analyte == one.analyte
                                 and lab.formula == one.formula and lab is not one]):  # fmt: skip
                yield f"{before.comparator or ''}{amount(before.value)} {unit(before.unit) if before.unit else ''}"
                yield day_in_words(before.date)


def of_examinations(record):
    for kind in {one.kind for one in record.examinations}:
        entries = [one for one in record.examinations if one.kind == kind]
        yield from (day_in_words(one.date) for one in entries)
        for one in entries if kind == "other" else [newest(entries)]:
            yield from (one.result or "").splitlines()


def of_notes(record):
    for one in record.notes:
        yield day_in_words(one.date)
        yield one.by
        yield from one.text.splitlines()


def of_clinic(record):
    yield from of_tests(record)
    yield from of_lines(record)
    yield from of_last_assessment(record)
    yield from of_events(record)
    yield from of_labs(record)
    yield from of_flagged_labs(record)
    yield from of_examinations(record)
    for one in record.local_treatments:
        yield from (day_in_words(one.date), f"{code(one.kind)}, {code(one.site)}")
    if record.diagnosis and record.diagnosis.tnm:
        yield record.diagnosis.tnm
    if record.patient.birth_date:
        yield day_in_words(record.patient.birth_date)


def of_board(record):
    yield from of_tests(record)
    started = [one for one in record.therapy_lines if one.started_on and one.intent in (None, "palliative")]
    if started and len({one.started_on for one in started}) == len(started):
        yield from map(_, max(started, key=lambda one: one.started_on).drugs)
    if record.diagnosis and record.diagnosis.tnm:
        yield record.diagnosis.tnm


def of_plan(record, as_of):
    for line in record.therapy_lines:
        if line.stopped_on is None or line.stopped_on > as_of:
            yield from map(_, line.drugs)
    for medicine in record.medicines:
        if medicine.to is None or medicine.to > as_of:
            yield medicine.name


def of_patient(record):
    """Yield what the treatment of somebody whose treatment runs is, and since when."""
    running = [one for one in record.therapy_lines if one.stopped_on is None]
    if len(running) == 1 and not record.patient.deceased_on:
        yield from map(_, running[0].drugs)
        if running[0].started_on:
            yield day_in_words(running[0].started_on)


def expected(record, as_of, kind):
    """Return what a kind of letter must show of a record."""
    seen = up_to(record, date.fromisoformat(as_of))
    found = {
        "clinic": of_clinic, "mdt": of_board, "pathway": lambda _one: (), "patient": of_patient,
        "plan": lambda one: of_plan(one, as_of),
    }[kind](seen)  # fmt: skip
    values = list(found)
    names = (seen.patient.family_name, seen.patient.given_name or "")
    if kind in ("clinic", "patient") or len(printable("".join(names))) <= LONGEST_NAME:
        values += names
    if kind != "patient":
        values.append(seen.patient.mrn)
    return [one for one in values if one and is_comparable(one)]


def is_comparable(text):
    """Return whether a text is drawn in the order it is written, from the letters' own faces."""
    shown = printable(text)
    return register_fonts().issuperset(shown) and not any(
        unicodedata.category(character) in ("Cf", "Mn", "Zl", "Zp") for character in shown
    )


def missing(desk, record, as_of, kind, spoken="en"):
    if kind == "patient" and record.patient.deceased_on:
        return []
    with speaking(spoken):
        text = text_of(desk.pdf(record, as_of, kind=kind, language=spoken))
        return [one for one in expected(record, as_of, kind) if squeezed(one) not in text]


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", range(1, 8))
def test_every_value_of_a_demonstration_patient_that_a_kind_must_show_is_on_paper(desk, number, kind, spoken):
    record = desk.demo(number)
    assert len(expected(record, DAYS[number], kind)) >= 2
    assert missing(desk, record, DAYS[number], kind, spoken) == []


@given(records() | courses(), st.sampled_from(KINDS), st.sampled_from(LANGUAGES))
@settings(
    max_examples=TRIED, deadline=None, suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # what fails is read at once: shrinking takes minutes
)  # fmt: skip
def test_every_value_of_any_record_that_a_kind_must_show_is_on_paper(desk, record, kind, spoken):
    assert missing(desk, record, "2014-12-01", kind, spoken) == []


@pytest.fixture(scope="module")
def desk_with_notes(tmp_path_factory):
    """Return the desk of a clinic that wants notes in its letters."""
    folder = tmp_path_factory.mktemp("clinic")
    (folder / "clinic.yaml").write_text("letters: {clinic: {notes: true}}\n", encoding="utf-8")
    return Desk(folder)


@given(records(), st.sampled_from(LANGUAGES))
@settings(
    max_examples=TRIED, deadline=None, suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip
def test_every_note_of_any_record_is_on_paper_where_the_clinic_wants_them(desk_with_notes, record, spoken):
    with speaking(spoken):
        text = text_of(desk_with_notes.pdf(record, "2014-12-01", language=spoken))
        wanted = [one for one in of_notes(up_to(record, date(2014, 12, 1))) if one and is_comparable(one)]
        assert [one for one in wanted if squeezed(one) not in text] == []


WRONG = EnteredInError(on="2014-06-01")
ENTRIES = (
    a_specimen("wrong1", "1987-06-05", site="amiss here", entered_in_error=WRONG),
    a_fish(a_reading(49, 53), id="wrong2", reported_on="1987-06-05", entered_in_error=WRONG),
    a_test("wrong3", "ihc", "1987-06-05", entered_in_error=WRONG),
    a_line("amissimab", id="wrong4", start="1987-06-05", doses=(a_dose("amissimab", "1987-06-05"),),
           entered_in_error=WRONG),
    an_assessment(a_lesion("Amiss lesion", 91), id="wrong5", date="1987-06-05", entered_in_error=WRONG),
    an_adverse_event("Amiss event", id="wrong6", from_="1987-06-05", entered_in_error=WRONG),
    a_local_treatment(id="wrong7", date="1987-06-05"),
    a_medicine("amissamycin", id="wrong8", from_="1987-06-05"),
    a_note("A note amiss.", date="1987-06-05", id="wrong9"),
    a_lab("ALT", 1987, id="wrong10", date="1987-06-05", unit="amiss/L", upper=1),
    a_lab("testosterone", 1987, id="wrong11", date="1987-06-05", unit="amiss/L"),
    an_examination("ecg", date="1987-06-05", id="wrong12", result="amiss"),
)  # fmt: skip


def with_wrong_entries(record):
    from app.record.record import SECTION_OF

    for entry in ENTRIES:
        wrong = replace(entry, entered_in_error=WRONG)
        section = SECTION_OF[type(entry)]
        record = replace(record, **{section: (*getattr(record, section), wrong)})
    return record


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", range(1, 8))
def test_nothing_of_an_entry_in_error_is_on_paper(desk, number, kind):
    pdf = desk.pdf(with_wrong_entries(desk.demo(number)), DAYS[number], kind=kind)
    text = text_of(pdf).lower()
    assert "amiss" not in text
    assert "1987" not in text
    assert text == text_of(desk.pdf(desk.demo(number), DAYS[number], kind=kind)).lower()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_an_entry_in_error_goes_with_the_letter(desk, kind):
    pdf = desk.pdf(with_wrong_entries(desk.demo(2)), DAYS[2], kind=kind, attach_record=True)
    (held,) = PdfReader(BytesIO(pdf)).attachments["record.json"]
    assert b"miss" not in held.lower()
