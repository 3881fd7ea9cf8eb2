"""Every kind of entry in one line of words."""

from decimal import Decimal

import pytest

from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment, NewLesion, Progression, TargetLesion
from app.record.circumstances import Access, Medicine, Trial
from app.record.examination import Examination
from app.record.fields import EnteredInError
from app.record.lab import Lab
from app.record.local_treatment import LocalTreatment
from app.record.note import Note
from app.record.record import KIND_OF
from app.record.status import Condition, PerformanceStatus
from app.record.therapy_line import Dose
from app.ui.panels.entry_lines import _LINES, error_words, line_of, sort_day
from app.words import speaking
from builders import a_diagnosis, a_dose, a_fish, a_line, a_reading, a_record, a_specimen, a_test, an_ihc

PROGRESSION = Assessment(
    id="a3", date="2014-10-28", modality="mri", reported_response="PD",
    target_lesions=(
        TargetLesion(lesion="T1", site="lung", mm=Decimal("20.0")),
        TargetLesion(lesion="T2", site="liver", too_small_to_measure=True),
    ),
    new_lesions=(NewLesion(site="brain"),),
    progression=Progression(symptomatic=False, tempo="slow", extent="oligometastatic", sites=("brain",)),
)  # fmt: skip
DOSE = Dose(drug="crizotinib", from_="2014-02-03", amount=Decimal(250), unit="mg", frequency="twice_daily")
RECORD = a_record(a_specimen(), PROGRESSION, diagnosis=a_diagnosis())


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (a_diagnosis(), "Adenocarcinoma · stage IV · metastases: bone"),
        (a_specimen(), "Tissue, lung"),
        (
            a_specimen("s2", purpose="re-biopsy", site="brain", prompted_by="a3", adequate=False),
            "Re-biopsy, tissue, brain · for the progression of 28 October 2014 · not adequate",
        ),
        (an_ihc(), "IHC: positive, 3+ · tissue of 12 January 2014"),
        (a_fish(a_reading(20), a_reading(21, reader="B")), "FISH: 41 of 100 cells · tissue of 12 January 2014"),
        (a_test("t9", "ngs", None), "NGS: awaited · tissue of 12 January 2014"),
        (a_line(doses=(DOSE,)), "Crizotinib · 250 mg twice daily · running"),
        (
            a_line("cisplatin", "pemetrexed", stop="2014-10-05", stop_reason="progression"),
            "Cisplatin + pemetrexed · stopped 5 October 2014 (progression)",
        ),
        (
            PROGRESSION,
            "MRI · reported PD · T1 20.0, T2 too small to measure mm · new lesions: brain · "
            "PROGRESSION: without symptoms, slow, oligometastatic, brain",
        ),
        (
            Lab(id="lab1", date="2014-02-17", analyte="ALT", value=Decimal(180), unit="U/L", upper=Decimal(40)),
            "ALT 180 U/L · upper limit 40 · above the limit",
        ),
        (
            Lab(id="lab2", date="2014-02-17", analyte="platelets", value=Decimal(5), comparator="<", unit="10*9/L"),
            "platelets <5 × 10⁹/L",
        ),
        (
            AdverseEvent(id="e1", term="pneumonitis", grade=2, from_="2014-06-01", suspected_drug="crizotinib"),
            "Pneumonitis · grade 2 · suspected: crizotinib · goes on",
        ),
        (Condition(id="c1", date="2014-01-15", code="long_qt", present=False), "No long QT"),
        (PerformanceStatus(id="p1", date="2014-01-15", ecog=1), "ECOG 1"),
        (
            LocalTreatment(id="k1", date="2014-11-02", kind="stereotactic_radiotherapy", site="brain"),
            "Stereotactic radiotherapy · brain",
        ),
        (
            Access(id="y1", date="2014-11-01", drug="alectinib", available=False, reason="not funded"),
            "Alectinib cannot be had · not funded",
        ),
        (Trial(id="z1", date="2014-11-01", name="ASCEND", open=True, requires_rebiopsy=True),
         "ASCEND · open · needs a re-biopsy"),
        (Medicine(id="m1", name="rifampicin", to="2014-03"), "Rifampicin · until March 2014"),
        (Examination(id="x1", date="2014-01-30", kind="ecg", result="normal"), "ECG: normal"),
        (Note(id="n1", date="2014-11-01", text="phoned\nthe GP"), "phoned the GP"),
    ],
)  # fmt: skip
def test_an_entry_in_words(entry, words):
    assert line_of(entry, RECORD) == words


def test_every_kind_of_entry_has_its_line():
    assert set(KIND_OF.values()) <= set(_LINES)


def test_an_entry_in_error_says_why():
    wrong = a_specimen(entered_in_error=EnteredInError(reason="another patient"))
    assert error_words(wrong) == "entered in error: another patient"
    assert error_words(a_specimen(entered_in_error=EnteredInError())) == "entered in error"
    assert error_words(a_specimen()) == ""


def test_an_entry_stands_under_its_own_day():
    assert sort_day(a_line(start="2014-02")) == "2014-02"
    assert sort_day(a_test("t1", "ngs", None, requested_on="2014-03-01")) == "2014-03-01"
    assert sort_day(a_line(start=None)) == ""


def test_a_known_site_and_drug_are_said_in_the_language_of_the_session():
    two = a_line("cisplatin", "pemetrexed", doses=(a_dose("cisplatin", amount=75), a_dose("pemetrexed", amount=500)))
    record = a_record(a_specimen(), two)
    with speaking("fr"):
        assert line_of(record.specimens[0], record) == "Tissu, poumon"
        assert "cisplatine 75 mg" in line_of(record.therapy_lines[0], record)
