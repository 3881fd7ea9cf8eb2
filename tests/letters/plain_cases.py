"""Patients in every situation that a letter to the patient is written in, and the letters to them."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from letters.conftest import DAYS, Desk

from app.letters.content import LetterContent
from app.paths import RESOURCES
from app.pathway.examples import read_examples
from app.record.patient import Team
from app.record.record import PatientRecord
from app.words import speaking
from builders import (
    a_baseline,
    a_condition,
    a_diagnosis,
    a_dose,
    a_fish,
    a_line,
    a_local_treatment,
    a_patient,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    a_staging,
    a_test,
    an_assessment,
)

Case = tuple[str, PatientRecord, date]
DAY = date(2014, 12, 1)
POSITIVE = (a_specimen(), a_fish(a_reading(33)))
SITES = ("adrenal", "bone", "brain", "contralateral_lung", "liver", "leptomeninges", "lymph_node", "pericardium",
         "pleura", "other")  # fmt: skip
KINDS_OF_CANCER = ("adenocarcinoma", "adenosquamous", "nsclc_nos", "large_cell", "squamous", "small_cell", "other")


@cache
def cases() -> tuple[Case, ...]:
    """Return every patient with a name for the case and the day; none of them has died."""
    found = (*_demonstration(), *_examples(), *_built())
    return tuple(one for one in found if one[1].patient.deceased_on is None)


def _demonstration() -> Iterator[Case]:
    desk = Desk()
    for number, day in DAYS.items():
        yield f"demo-{number}", desk.demo(number), date.fromisoformat(day)


def _examples() -> Iterator[Case]:
    """Yield the whole records from which every rule of the protocol is shown to fire: every step, every alert."""
    for rule, several in read_examples(RESOURCES / "protocols" / "duchemann-2015").items():
        for one in several:
            if one.record is not None and one.as_of is not None:
                yield f"{rule}: {one.name}", one.record, one.as_of


def _built() -> Iterator[Case]:
    team = a_patient(team=Team(nurse="Nurse Lee", doctor="Dr Keller"), address=("Long Road 1", "Town"))
    on_crizotinib = a_line(doses=(a_dose(from_="2014-02-03"),))
    yield "nothing recorded", a_record(), DAY
    yield "on treatment", a_record(*POSITIVE, on_crizotinib, patient=team, diagnosis=a_diagnosis()), DAY
    yield "first days", a_record(*POSITIVE, on_crizotinib, diagnosis=a_diagnosis()), date(2014, 2, 5)
    held = a_line(doses=(a_dose(from_="2014-02-03"), a_dose(from_="2014-11-01", amount=0, frequency="held")))
    yield "paused", a_record(*POSITIVE, held, diagnosis=a_diagnosis()), DAY
    infusion = a_line(drugs=("cisplatin", "pemetrexed"), doses=(
        a_dose(drug="cisplatin", amount=75, unit="mg/m2", frequency="every_3_weeks", from_="2014-02-03"),))  # fmt: skip
    yield "infusions", a_record(*POSITIVE, infusion, diagnosis=a_diagnosis()), DAY
    tired = a_condition("hypogonadism_symptoms", date="2014-11-20")
    yield "hormones", a_record(*POSITIVE, on_crizotinib, tired, diagnosis=a_diagnosis()), DAY
    for reason in ("toxicity", "progression", "completed", "patient_choice", "other", None):
        line = a_line(stop="2014-10", stop_reason=reason)
        yield f"stopped: {reason}", a_record(*POSITIVE, line, patient=team, diagnosis=a_diagnosis()), DAY
    for response in ("CR", "PR", "SD", "NON_CR_NON_PD", "PD", "NE"):
        for modality in ("ct", "clinical"):
            seen = an_assessment(28, id="a2", date="2014-05", reported_response=response, modality=modality)
            record = a_record(*POSITIVE, on_crizotinib, a_baseline(66), seen, diagnosis=a_diagnosis())
            yield f"{response} by {modality}", record, DAY
    grown = an_assessment(90, id="a2", date="2014-05-05", progression=a_progression(extent="widespread"))
    yield "progression", a_record(*POSITIVE, on_crizotinib, a_baseline(66), grown, diagnosis=a_diagnosis()), DAY
    for kind in KINDS_OF_CANCER:
        yield kind, a_record(diagnosis=a_diagnosis(histology=kind, resected=True, resected_on="2013-04")), DAY
    yield "every place", a_record(*POSITIVE, a_staging(metastatic_sites=SITES, date="2014-03-01")), DAY
    kinds = ("radiotherapy", "stereotactic_radiotherapy", "whole_brain_radiotherapy", "surgery", "ablation")
    local = [a_local_treatment(site, kind=kind, id=f"k{at}", date="2014") for at, (kind, site) in
             enumerate(zip(kinds, SITES, strict=False))]  # fmt: skip
    yield "local treatments", a_record(*POSITIVE, *local, diagnosis=a_diagnosis()), DAY
    asked = a_specimen("s9", None, status="requested", requested_on="2014-11-01", purpose="re-biopsy")
    waiting = (asked, a_test("t9", "ngs", None, status="requested", requested_on="2014-11-01"))
    yield "waiting for results", a_record(*POSITIVE, on_crizotinib, *waiting, diagnosis=a_diagnosis()), DAY
    odd = a_patient(family_name="<b>O'Neil & Sons", team=Team(nurse="<i>N. & x</i>", doctor="Dr <br/>"))
    drug = a_line(drugs=("<b>new & improved</b>",), doses=())
    yield "markup", a_record(*POSITIVE, drug, patient=odd, diagnosis=a_diagnosis()), DAY


@cache
def letters(language: str) -> tuple[tuple[str, LetterContent], ...]:
    """Return the letter to the patient of every case."""
    desk = Desk()
    return tuple((name, letter_to(desk, record, day, language)) for name, record, day in cases())


def letter_to(desk: Desk, record: PatientRecord, day: date, language: str) -> LetterContent:
    """Return one letter to the patient."""
    with speaking(language):
        return desk.letters.content(record, day, kind="patient", language=language)


def texts_of(content: LetterContent) -> list[str]:
    """Return the paragraphs and items of a letter in the order of the page, without headings."""
    assert content.whom_to_call is not None
    parts = (content.whom_to_call, *content.plain)
    return [text for part in parts for text in (" ".join(part.sentences), *part.items) if text]
