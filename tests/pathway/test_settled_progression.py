"""Settled readings: the branches of a progression on an ALK inhibitor, and what answers it."""

from typing import Any

import pytest
from pathway.course_builders import (
    NO_SECOND_GENERATION,
    POSITIVE,
    Case,
    asked,
    awaited,
    case,
    check,
    condition,
    course,
    decided,
    line,
    local_treatment,
    measured,
    no_access,
    pd,
    seen,
    specimen,
    trial,
    words,
)  # fmt: skip

ON = (POSITIVE, line("crizotinib"))
SLOW: dict[str, Any] = {"symptomatic": False, "tempo": "slow", "tolerated": True}
FAST: dict[str, Any] = {"symptomatic": True, "tempo": "rapid", "tolerated": True}
BRAIN: dict[str, Any] = {"extent": "oligometastatic", "sites": ["brain"], "local": True}
ADRENAL: dict[str, Any] = {"extent": "oligometastatic", "sites": ["adrenal"], "local": True}
LOCAL, STAY = "continue_with_local_treatment crizotinib", "continue_with_surveillance crizotinib"
P7 = ("switch ceritinib", "switch alectinib")
S2, S3 = "switch platinum-pemetrexed", "switch platinum-pemetrexed-bevacizumab"

BRANCHES = [
    case("oligometastatic only in the CNS: P4, then P7's drugs", course(*ON, pd(**BRAIN, **FAST)), LOCAL, *P7,
         rules=("P4", "P7", "P7"), stage="progression", not_recommended=("escalate_dose", "abrupt_stop")),
    case("leptomeninges are CNS", course(*ON, pd(**BRAIN | {"sites": ["brain", "leptomeninges"]})), LOCAL,
         rules="P4"),
    case("oligometastatic outside the CNS: P6", course(*ON, pd(**ADRENAL, **FAST)), LOCAL, *P7, rules="P6"),
    case("in both: P6", course(*ON, pd(**BRAIN | {"sites": ["brain", "adrenal"]})), LOCAL, rules="P6"),
    case("a site list left empty: P6", course(*ON, pd(**BRAIN | {"sites": []})), LOCAL, rules="P6"),
    case("P4 and P2 both hold: P4, P2, P7", course(*ON, pd(**BRAIN, **SLOW)), LOCAL, STAY, *P7,
         rules=("P4", "P2", "P7", "P7")),
    case("P6 and P2 both hold: P6, P2, P7", course(*ON, pd(**ADRENAL, **SLOW)), LOCAL, STAY, *P7,
         rules=("P6", "P2", "P7", "P7")),
    case("widespread, slow, asymptomatic and tolerated: P2, then P7", course(*ON, pd(extent="widespread", **SLOW)),
         STAY, *P7, rules=("P2", "P7")),
    case("P2's three said, extent unknown: P2", course(*ON, pd(**SLOW)), STAY, rules="P2",
         never="continue_with_local_treatment"),
    case("P2's three said, access to local treatment unknown: P2",
         course(*ON, pd(extent="oligometastatic", sites=["brain"], **SLOW)), STAY, rules="P2"),
    case("widespread and rapid: P7, ceritinib first, alectinib second, no other drug",
         course(*ON, pd(extent="widespread", **FAST)), *P7, only=True, rules=("P7", "P7"), never=S2),
    case("widespread: P7 is preferred while one of P2's three is unknown",
         course(*ON, pd(extent="widespread", symptomatic=False, tempo="slow")), *P7, missing="tolerated"),
    case("widespread, only slow said: both others stand in missing",
         course(*ON, pd(extent="widespread", tempo="slow")), *P7, missing=("tolerated", "progression_symptomatic")),
    case("widespread and symptomatic: P2 cannot hold, nothing of it is missing",
         course(*ON, pd(extent="widespread", symptomatic=True)), *P7, not_missing=("tolerated", "progression_tempo")),
    case("a moderate tempo is not slow: nothing of P2 is missing",
         course(*ON, pd(extent="widespread", tempo="moderate")), *P7,
         not_missing=("tolerated", "progression_symptomatic")),
    case("local treatment not possible: P7", course(*ON, pd(**BRAIN | {"local": False}, **FAST)), *P7, never=LOCAL),
    case("local treatment not possible, extent unsaid: P7", course(*ON, pd(local=False, symptomatic=True)), *P7),
    case("local treatment not possible but P2's three said: P2, then P7",
         course(*ON, pd(**BRAIN | {"local": False}, **SLOW)), STAY, *P7),
    case("widespread with local treatment possible is P7, not local",
         course(*ON, pd(extent="widespread", local=True, **FAST)), *P7, never=LOCAL),
    case("nothing said: complete_record, naming the branches", course(*ON, pd()), "complete_record", rules="H4",
         missing="progression_extent", never=("switch", STAY, LOCAL), stage="progression"),
    case("oligometastatic with access unknown: complete_record",
         course(*ON, pd(extent="oligometastatic", sites=["brain"], symptomatic=True)), "complete_record",
         missing="local_treatment_possible", never="switch"),
    case("extent unknown with local treatment possible: complete_record",
         course(*ON, pd(local=True, symptomatic=True)), "complete_record", missing="progression_extent"),
    case("not tolerated: P7 before P4", course(*ON, pd(**BRAIN, tolerated=False)), *P7, LOCAL, never=STAY),
    case("not tolerated: P7 before P6", course(*ON, pd(**ADRENAL, tolerated=False)), *P7, LOCAL),
    case("not tolerated, extent unknown: P7, the extent missing", course(*ON, pd(tolerated=False)), *P7,
         missing="progression_extent", never="complete_record"),
    case("not tolerated, access unknown: P7",
         course(*ON, pd(extent="oligometastatic", sites=["brain"], tolerated=False)), *P7, never="complete_record"),
]  # fmt: skip

ACCESS = [
    case("ceritinib not available: alectinib alone",
         course(*ON, pd(extent="widespread", **FAST), no_access("ceritinib")), "switch alectinib", only=True),
    case("the newest word on access counts",
         course(*ON, pd(extent="widespread", **FAST), no_access("ceritinib"),
                no_access("ceritinib", True, "2014-05-01")), *P7),
    case("access that ends after the day asked is not seen",
         course(*ON, pd(extent="widespread", **FAST), no_access("ceritinib", on="2014-11-02")), *P7),
    case("none left: S2, the trial, bevacizumab last",
         course(*ON, pd(extent="widespread", **FAST), *NO_SECOND_GENERATION), S2, "refer_to_trial", S3,
         rules=("S2", "H9", "S3"), never=P7, only=True),
    case("none left: S2 behind P4", course(*ON, pd(**BRAIN, **FAST), *NO_SECOND_GENERATION), LOCAL, S2,
         never="refer_to_board"),
    case("none left: S2 behind P6", course(*ON, pd(**ADRENAL, **FAST), *NO_SECOND_GENERATION), LOCAL, S2),
    case("none left: S2 behind P2", course(*ON, pd(extent="widespread", **SLOW), *NO_SECOND_GENERATION), STAY, S2),
    case("none left and not tolerated: S2 before P4",
         course(*ON, pd(**BRAIN, tolerated=False), *NO_SECOND_GENERATION), S2, LOCAL),
    case("a trial of metastatic disease follows", course(*ON, pd(extent="widespread", **FAST), trial()), *P7,
         "refer_to_trial", never="consider_rebiopsy_in_trial"),
    case("a trial whose setting is unsaid follows", course(*ON, pd(**BRAIN), trial(None)), LOCAL, *P7,
         "refer_to_trial"),
    case("an adjuvant trial does not", course(*ON, pd(extent="widespread"), trial("adjuvant")), *P7,
         never="refer_to_trial"),
    case("a closed trial does not", course(*ON, pd(extent="widespread"), trial(open=False)), *P7,
         never="refer_to_trial"),
    case("a trial that requires a re-biopsy: consider it, last",
         course(*ON, pd(extent="widespread", **FAST), trial(requires_rebiopsy=True)), *P7, "refer_to_trial",
         "consider_rebiopsy_in_trial", only=True),
    case("with S2 the order is doublet, trial, bevacizumab, re-biopsy",
         course(*ON, pd(extent="widespread", **FAST), *NO_SECOND_GENERATION, trial(requires_rebiopsy=True)),
         S2, "refer_to_trial", S3, "consider_rebiopsy_in_trial", only=True),
    case("no progression: no trial", course(*ON, trial(requires_rebiopsy=True)), "continue crizotinib", only=True),
    *(case(f"bevacizumab is not shown with {code}",
           course(*ON, pd(extent="widespread", **FAST), *NO_SECOND_GENERATION, condition(code)), S2, never=S3)
      for code in ("haemoptysis", "anticoagulation", "recent_surgery", "hypertension")),
    case("bevacizumab is shown where the contraindication is gone",
         course(*ON, pd(extent="widespread", **FAST), *NO_SECOND_GENERATION, condition("hypertension"),
                condition("hypertension", False, "2014-06-01")), S2, S3),
    case("another condition does not hide bevacizumab",
         course(*ON, pd(extent="widespread", **FAST), *NO_SECOND_GENERATION, condition("visual_disorder")), S2, S3),
]  # fmt: skip

PD = pd(**BRAIN, **FAST)
MODIFIED = {"verdict": "modified"}
ANSWERS = [
    case("answered by a local treatment it prompted (H14)", course(*ON, PD, local_treatment()), STAY, *P7,
         rules=("H14", "P7"), due="assessment", stage="on_treatment", never=LOCAL),
    case("answered by an accepted decision to continue with local treatment",
         course(*ON, PD, decided("continue_with_local_treatment", "crizotinib")), STAY, *P7, rules="H14"),
    case("answered by an accepted decision to continue with surveillance",
         course(*ON, PD, decided("continue_with_surveillance", "crizotinib")), STAY, rules="H14"),
    case("answered by a decision modified to continue",
         course(*ON, PD, decided("switch", "ceritinib", **MODIFIED, instead={
             "action": "continue_with_surveillance", "drug": "crizotinib"})), STAY, rules="H14"),
    case("answered on the day of the assessment", course(*ON, PD, local_treatment("2014-10-28")), STAY, rules="H14"),
    case("a local treatment before it answers nothing", course(*ON, PD, local_treatment("2014-10-20")), LOCAL,
         stage="progression"),
    case("a local treatment it did not prompt answers nothing",
         course(*ON, PD, local_treatment(prompted_by=None)), LOCAL, rules="P4"),
    case("a local treatment after the day asked is not seen", course(*ON, PD, local_treatment("2014-11-02")), LOCAL),
    case("a declined decision answers nothing",
         course(*ON, PD, decided("continue_with_surveillance", "crizotinib", verdict="declined")), LOCAL, rules="P4"),
    case("a decision before it answers nothing",
         course(*ON, PD, decided("continue_with_surveillance", "crizotinib", on="2014-10-20")), LOCAL),
    case("an accepted switch answers nothing, and stands first",
         course(*ON, PD, decided("switch", "alectinib")), "switch alectinib", LOCAL, "switch ceritinib",
         stage="progression"),
    case("an accepted option the row does not list changes nothing",
         course(*ON, PD, decided("switch", "lorlatinib")), LOCAL, *P7, never="switch lorlatinib"),
    case("an accepted switch after the answer counts: the row stands",
         course(*ON, PD, local_treatment("2014-10-29"), decided("switch", "ceritinib", on="2014-10-31")),
         "switch ceritinib", LOCAL),
    case("an answer after an accepted switch counts",
         course(*ON, PD, decided("switch", "ceritinib", on="2014-10-29"), local_treatment("2014-10-31")), STAY, *P7),
    case("an answer holds until the next assessment: progression again",
         course(*ON, pd("2014-08-01", "a2", **BRAIN), local_treatment("2014-08-10", "a2"), PD), LOCAL,
         stage="progression"),
    case("an answer holds until the next assessment: stable",
         course(*ON, pd("2014-08-01", "a2", **BRAIN), local_treatment("2014-08-10", "a2"), seen("SD")),
         "continue crizotinib", stage="on_treatment"),
    case("an answered progression with no drug of P7 left: S2 follows",
         course(*ON, PD, local_treatment(), *NO_SECOND_GENERATION), STAY, S2, rules=("H14", "S2"),
         never="refer_to_board"),
    case("an answer whose extent was never said", course(*ON, pd(), local_treatment()), STAY, *P7, rules="H14"),
    case("a decision in error answers nothing",
         course(*ON, PD, decided("continue_with_surveillance", "crizotinib",
                                 entered_in_error={"on": "2014-10-31", "by": "nurse1"})), LOCAL),
]  # fmt: skip

BASE = measured(20, "2014-01-30", "a1", baseline=True)
BLOCK = ("assessments", {"id": "a3", "date": "2014-10-28", "modality": "mri", "progression": {"extent": "widespread"}})
RESPONSE = [
    case("no progression and no hold: continue (H7)", course(*ON, seen("PR")), "continue crizotinib", rules="H7",
         only=True, stage="on_treatment"),
    case("no assessment yet: continue", course(*ON), "continue crizotinib", only=True),
    case("an NE after PD is passed over", course(*ON, PD, seen("NE", "2014-10-30", "a4")), LOCAL),
    case("an empty assessment after PD is passed over", course(*ON, PD, seen(None, "2014-10-30", "a4")), LOCAL),
    case("a stable one after PD counts", course(*ON, PD, seen("SD", "2014-10-31", "a4")), "continue crizotinib"),
    case("a progression block means PD", course(*ON, BLOCK), *P7, stage="progression"),
    case("an assessment after the day asked is not seen", course(*ON, pd("2014-11-02", **BRAIN)),
         "continue crizotinib"),
    case("a new lesion that is unequivocal is PD", course(*ON, BASE, measured(15, "2014-10-20", "a2", new_lesions=[
         {"site": "brain", "unequivocal": True}])), "complete_record", stage="progression"),
    case("a new lesion whose certainty is unsaid is not PD",
         course(*ON, BASE, measured(15, "2014-10-20", "a2", new_lesions=[{"site": "brain"}])), "continue crizotinib"),
    case("an equivocal new lesion is not PD",
         course(*ON, BASE, measured(15, "2014-10-20", "a2", new_lesions=[{"site": "brain", "unequivocal": False}])),
         "continue crizotinib"),
    case("assessments of one timepoint are judged together: the brain MRI makes it PD",
         course(*ON, BASE, measured(20, "2014-10-20", "a2", timepoint="w38"),
                seen(None, "2014-10-22", "a3", modality="mri", timepoint="w38",
                     new_lesions=[{"site": "brain", "unequivocal": True}])), "complete_record", stage="progression"),
    case("a clean MRI of the same timepoint does not undo the CT's PD",
         course(*ON, BASE, measured(30, "2014-10-20", "a2", timepoint="w38"),
                seen(None, "2014-10-22", "a3", modality="mri", timepoint="w38")), "complete_record",
         stage="progression"),
    case("on the first day of a line an assessment is the earlier line's last",
         course(POSITIVE, line("docetaxel", stop="2014-06-01", why="progression"),
                line("crizotinib", id="l2", start="2014-06-01"), pd("2014-06-01", extent="widespread")),
         "continue crizotinib", stage="on_treatment"),
    case("an assessment belongs to the line running on its day: the earlier line's PD is not the running one's",
         course(POSITIVE, line("docetaxel", stop="2014-06-01", why="progression"),
                line("crizotinib", id="l2", start="2014-06-10"), pd("2014-05-28", extent="widespread")),
         "continue crizotinib"),
    case("between two lines it belongs to the last one before",
         course(POSITIVE, line("docetaxel", stop="2014-06-01", why="progression"),
                line("crizotinib", id="l2", start="2014-06-10"), pd("2014-06-05", extent="widespread")),
         "continue crizotinib"),
    case("partial dates are ordered by their earliest day",
         course(POSITIVE, line("crizotinib", start="2014-02"), pd("2014-10", **BRAIN, **FAST)), LOCAL, *P7),
    case("an assessment of an earlier day and a partial later one: the later month counts",
         course(*ON, pd("2014-08-15", "a2", extent="widespread"), seen("SD", "2014-10")), "continue crizotinib"),
    case("a re-biopsy that was asked for never stands in the way",
         course(*ON, PD, specimen("s2", None, status="requested", requested_on="2014-10-29")), LOCAL, *P7),
]  # fmt: skip


@pytest.mark.parametrize("one", [*BRANCHES, *ACCESS])
def test_branches_and_access(one: Case) -> None:
    check(one)


@pytest.mark.parametrize("one", [*ANSWERS, *RESPONSE])
def test_answers_and_response(one: Case) -> None:
    check(one)


def test_bevacizumab_is_for_the_prescriber_alone_and_never_preferred() -> None:
    advice = asked(Case(record=course(*ON, pd(extent="widespread", **FAST), *NO_SECOND_GENERATION), order=()))
    shown = [one for one in advice.options if one.drug == "platinum-pemetrexed-bevacizumab"]
    assert [(one.prescriber_only, one.preferred) for one in shown] == [(True, False)]


def test_no_dose_is_shown_of_the_drugs_whose_doses_are_history() -> None:
    advice = asked(Case(record=course(*ON, pd(extent="widespread", **FAST)), order=()))
    assert [(word, one.dose) for word, one in zip(words(advice.options), advice.options, strict=True)] == [
        ("switch ceritinib", None), ("switch alectinib", None)]  # fmt: skip


def test_an_awaited_rebiopsy_is_said_not_to_change_the_strategy() -> None:
    advice = asked(Case(record=course(*ON, PD, specimen("s2", "2014-10-29"),
                                       awaited("ngs", "2014-10-29", specimen="s2")), order=()))  # fmt: skip
    assert "re-biopsy does not change the strategy (R2)" in [one.value for one in advice.options[0].because]
