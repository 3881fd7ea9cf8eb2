"""What the clinic letter says, compared with the record value by value."""

import hashlib
from dataclasses import replace

import pytest

from app.letters.content import EventSaid, LesionSaid, LineSaid, MolecularTestSaid, ResponseSaid, Said
from app.record.diagnosis import Smoking
from app.record.files import json_bytes
from app.record.molecular_test import Alteration, Fusion, Ngs
from app.record.patient import GeneralPractitioner, Recipient, Team
from builders import (
    a_baseline,
    a_condition,
    a_diagnosis,
    a_dose,
    a_fish,
    a_gene_test,
    a_lab,
    a_lesion,
    a_line,
    a_local_treatment,
    a_new_lesion,
    a_node,
    a_patient,
    a_performance_status,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    a_staging,
    a_test,
    an_adverse_event,
    an_assessment,
    an_ihc,
    an_ngs,
)

POSITIVE = (a_specimen(), a_fish(a_reading(33)))


def by_name(said):
    return {one.name: one.words for one in said}


def test_the_patient_is_named_in_full(desk):
    patient = desk.content(a_record(patient=a_patient(sex="female"))).patient
    assert (patient.name, patient.listed_name, patient.mrn) == ("Ada Example", "Example, Ada", "A-1042")
    assert (patient.born, patient.sex) == ("2 May 1964", "female")


def test_what_is_not_known_of_a_patient_is_said(desk):
    patient = desk.content(a_record(patient=a_patient(birth_date=None, given_name=None))).patient
    assert (patient.name, patient.born, patient.sex) == ("Example", "not recorded", "sex not recorded")


def test_the_letter_goes_to_the_general_practitioner_and_copies_to_the_others(desk):
    patient = a_patient(
        gp=GeneralPractitioner(name="Dr Ögür", address=("Straße 1", "Ulm")),
        team=Team(doctor="Dr Keller"),
        recipients=(Recipient(name="Dr Bell", role="referrer", address=("Hill 2",)), Recipient(role="radiotherapist")),
    )
    content = desk.content(a_record(patient=patient))
    assert content.recipient == ("Dr Ögür", "Straße 1", "Ulm")
    assert content.copies == ("Dr Bell (referrer), Hill 2", "radiotherapist")


@pytest.mark.parametrize(
    ("team", "recipient"),
    [(Team(doctor="Dr Keller"), ("Dr Keller", "Example Hospital")), (None, ("To whom it may concern",))],
)
def test_without_a_general_practitioner_it_goes_to_the_team_or_to_nobody_by_name(desk, team, recipient):
    assert desk.content(a_record(patient=a_patient(team=team))).recipient == recipient


def test_the_diagnosis_has_its_stage_its_sites_and_what_bears_on_treatment(desk):
    record = a_record(
        a_staging("IV", metastatic_sites=("liver",)),
        a_performance_status(1),
        a_performance_status(2, date="2014-06-01", id="p2"),
        a_condition("oxygen_dependence"),
        a_condition("long_qt", present=False, id="c2"),
        diagnosis=a_diagnosis(
            date="2014-01", tnm="cT2 cN2 cM1b", tnm_edition=7, smoking=Smoking(status="former", pack_years=8),
            metastatic_sites=("brain", "contralateral_lung"),
        ),
    )  # fmt: skip
    said = by_name(desk.content(record, "2016-03-01").diagnosis)
    assert said == {
        "Histology": "adenocarcinoma, diagnosed January 2014",
        "Stage at diagnosis": "IV, cT2 cN2 cM1b (TNM, edition 7)",
        "Metastatic sites": "brain, other lung",
        "Latest staging": "1 February 2016: IV; liver",
        "Smoking": "former smoker, 8 pack-years",
        "Performance status": "ECOG 2 (1 June 2014)",
        "Other conditions": "oxygen dependence (15 January 2014)",
    }


def test_an_empty_record_says_what_is_not_recorded(desk):
    content = desk.content(a_record())
    assert by_name(content.diagnosis) == {
        "Histology": "not recorded, date of diagnosis not recorded",
        "Stage at diagnosis": "not recorded",
        "Metastatic sites": "not recorded",
        "Smoking": "not recorded",
        "Performance status": "not recorded",
    }
    assert (content.tests, content.lines, content.events, content.assessment) == ((), (), (), None)
    assert content.alk_status == "unknown"


def test_two_readers_of_fish_are_pooled_with_their_counts(desk):
    content = desk.content_of_demo(4)
    assert content.alk_status == "positive"
    assert content.tests == (
        MolecularTestSaid("27 May 2014", "FISH",
                          "17 of 100 cells positive (17 %), two readers (7 of 50, 10 of 50); 4 fields",
                          "tissue, lung, 1 May 2014"),
        MolecularTestSaid("20 May 2014", "EGFR", "wild type", "tissue, lung, 1 May 2014"),
    )  # fmt: skip


def test_before_its_report_a_reading_is_said_and_the_report_awaited(desk):
    content = desk.content_of_demo(4, "2014-05-21")
    fish = next(one for one in content.tests if one.test == "FISH")
    assert fish.date == "20 May 2014"
    assert fish.result == "7 of 50 cells positive (14 %), one reader; 4 fields; not yet reported"


def test_every_method_says_what_it_found(desk):
    record = a_record(
        a_specimen(),
        a_specimen("s2", "2014-09-01", kind="plasma", site=None, purpose="re-biopsy"),
        an_ihc(3),
        a_test("t3", "rt_pcr", None, requested_on="2014-01-20"),
        a_gene_test("KRAS", "mutated"),
        a_test("t6", "fish", status="failed"),
        an_ngs(
            id="t7", specimen="s2", reported_on="2014-09-10",
            ngs=Ngs(fusion=Fusion(reported="positive", partner="EML4", variant="3a"),
                    alterations=(Alteration(gene="ALK", kind="mutation", protein="p.G1202R"),
                                 Alteration(gene="MET", kind="amplification"))),
        ),
    )  # fmt: skip
    said = {one.test: (one.date, one.result, one.specimen) for one in desk.content(record).tests}
    assert said == {
        "IHC": ("22 January 2014", "positive, intensity 3+", "tissue, lung, 12 January 2014"),
        "RT-PCR": ("20 January 2014", "not yet reported, asked for on 20 January 2014",
                   "tissue, lung, 12 January 2014"),
        "KRAS": ("22 January 2014", "mutated", "tissue, lung, 12 January 2014"),
        "FISH": ("22 January 2014", "failed", "tissue, lung, 12 January 2014"),
        "NGS": ("10 September 2014", "ALK fusion positive, EML4-ALK variant 3a; found: ALK p.G1202R, MET amplification",
                "re-biopsy, plasma, 1 September 2014"),
    }  # fmt: skip


def test_lines_have_their_doses_their_best_response_and_why_they_stopped(desk):
    doses = (
        a_dose(from_="2014-02-03"),
        a_dose(from_="2014-03-10", amount=0, frequency="held", reason="hepatotoxicity"),
        a_dose(from_="2014-03-24", amount=200),
    )
    record = a_record(
        a_line(stop="2014-10", stop_reason="progression", doses=doses),
        a_line("ceritinib", id="l2", start="2014-11", in_trial=True),
        a_baseline(66),
        an_assessment(28, id="a2", date="2014-05-01", reported_response="PR"),
    )
    assert desk.content(record).lines == (
        LineSaid(
            "1", "crizotinib", "3 February 2014 to October 2014", "partial response (PR)", "progression",
            ("250 mg twice daily from 3 February 2014; held from 10 March 2014 (hepatotoxicity); "
             "200 mg twice daily from 24 March 2014",),
        ),
        LineSaid("2", "ceritinib (in a trial)", "from November 2014", "none recorded", "running",
                 ("dose not recorded",)),
    )  # fmt: skip


def test_each_drug_of_a_regimen_has_its_own_doses(desk):
    assert desk.content_of_demo(3).lines[1].doses == (
        "carboplatin AUC 5 every 3 weeks from 22 August 2011 to 26 December 2011",
        "pemetrexed 500 mg/m² every 3 weeks from 22 August 2011",
    )


def test_a_local_treatment_names_the_progression_it_answers(desk):
    record = a_record(an_assessment(20, id="a3", date="2014-10-28"), a_local_treatment(prompted_by="a3"))
    assert desk.content(record).local_treatments == (
        "2 November 2014: stereotactic radiotherapy, brain (for the progression on the CT of 28 October 2014)",
    )


def test_the_last_assessment_has_lesions_sums_changes_and_both_compartments(desk):
    said = desk.content_of_demo(2).assessment
    assert said.title == "CT of 5 July 2012, line 1"
    assert (said.baseline_date, said.date) == ("1 September 2011", "5 July 2012")
    assert said.lesions == (LesionSaid("T1", "lung", "66 mm", "28 mm"),)
    assert said.sums == ("66 mm", "28 mm")
    assert said.changes == (
        Said("Change from baseline (66 mm)", "\u221257.6 %"),
        Said("Change from nadir (29 mm)", "\u22123.4 %"),
    )
    assert said.responses == (
        ResponseSaid("Target", "PR"),
        ResponseSaid("Non-target", "non-CR/non-PD"),
        ResponseSaid("New lesions", "brain"),
        ResponseSaid("Intracranial", "PD"),
        ResponseSaid("Extracranial", "PR"),
        ResponseSaid("Overall", "PD", "PD"),
    )
    assert said.differs == ""
    assert said.progression == (
        "oligometastatic, in brain, without symptoms, tempo not recorded, local treatment possible, "
        "treatment well tolerated"
    )


def test_lesions_that_were_not_measured_or_too_small_are_said(desk):
    first = a_baseline(a_lesion("T1", "20.0"), a_node("N1", 18), a_lesion("T2", 12))
    now = an_assessment(
        a_lesion("T1", None, too_small_to_measure=True), a_node("N1", "9.5"), id="a2", date="2014-06-01"
    )
    said = desk.content(a_record(a_line(), first, now)).assessment
    assert said.lesions == (
        LesionSaid("T1", "lung", "20.0 mm", "too small to measure"),
        LesionSaid("N1", "lymph node, node, short axis", "18 mm", "9.5 mm"),
        LesionSaid("T2", "lung", "12 mm", "not measured"),
    )
    assert said.sums == ("50.0 mm", "not evaluable")


def test_a_reader_and_the_arithmetic_that_differ_are_both_shown_and_it_is_said(desk):
    now = an_assessment(100, id="a2", date="2014-06-01", reported_response="SD")
    said = desk.content(a_record(*POSITIVE, a_line(), a_baseline(50), now)).assessment
    assert said.responses[-1] == ResponseSaid("Overall", "PD", "SD")
    assert said.differs == "The response reported and the one computed differ; SD counts for the next step."


def test_an_equivocal_new_lesion_is_called_so(desk):
    now = an_assessment(50, id="a2", date="2014-06-01", new_lesions=(a_new_lesion("liver", unequivocal=False),))
    said = desk.content(a_record(a_line(), a_baseline(50), now)).assessment
    assert said.responses[2] == ResponseSaid("New lesions", "liver (equivocal)")


def test_adverse_events_have_grade_time_drug_and_other_causes(desk):
    record = a_record(
        an_adverse_event(
            "qtc_prolonged", from_="2014-03", to="2014-04-01", grade=3, ctcae_version="4.03",
            suspected_drug="crizotinib", other_causes_excluded=True, causes_excluded=("infection",),
        ),
        an_adverse_event("Torsade de pointes", id="e2"),
    )  # fmt: skip
    assert desk.content(record).events == (
        EventSaid("QTc prolonged", "3 (CTCAE 4.03)", "March 2014 to 1 April 2014", "crizotinib", "excluded: infection"),
        EventSaid("Torsade de pointes", "not recorded", "from 1 June 2014", "not recorded", "not recorded"),
    )


def test_the_preferred_option_comes_first_with_its_reasons_in_words(desk):
    step = desk.content_of_demo(2).next_step
    first, *others = step.options
    assert first.is_preferred
    assert not any(one.is_preferred for one in others)
    assert first.dose == "250 mg twice daily"
    assert first.rule == "rule P4, ‘Therapeutic strategies’"
    (seen,) = (one for one in first.reasons if one.endswith("(CT of 5 July 2012)"))
    assert "current response: progression (PD), extent of the progression: oligometastatic," in seen
    assert "an ALK inhibitor runs (line 1, crizotinib)" in first.reasons
    assert {one.words for one in step.not_recommended} >= {"P3", "P5"}


def test_evidence_has_its_figures_and_readings_say_printed_applied_and_why(desk):
    step = desk.content_of_demo(2).next_step
    evidence = by_name(step.evidence)
    assert set(evidence) == {"E6", "E7", "E8", "E9", "E10"}
    assert "54%" in evidence["E8"]
    reading = next(one for one in step.readings if one.id == "A28")
    assert "58% with alectinib" in reading.printed
    assert "55%" in reading.applied
    assert reading.why
    assert "readings A28, A15" in step.options[1].marks


def test_what_the_source_says_besides_of_drugs_and_findings_stands_on_paper_in_short(desk):
    besides = by_name(desk.content_of_demo(2).next_step.besides)
    assert set(besides) == {"crizotinib", "ceritinib", "alectinib", "progression", "progression on an ALK inhibitor"}
    assert "side effects: all grades (grade 3-4) in two studies: visual effects 60-64% (0)" in besides["crizotinib"]
    assert "(X8; readings A25, A26)" in besides["crizotinib"]
    assert {"A25", "A26", "A30"} <= {one.id for one in desk.content_of_demo(2).next_step.readings}


def test_a_dose_that_is_hazardous_today_is_never_on_paper(desk):
    step = desk.content_of_demo(2).next_step
    said = " ".join(one.words for one in step.besides) + " ".join(one.text + one.dose for one in step.options)
    assert "the dose of 2015 is history and not shown" in said
    assert not any(dose in said for dose in ("750 mg", "180 mg", "300 mg"))


def test_an_alert_stands_with_its_values(desk):
    alert = desk.content_of_demo(6).next_step.alerts[0]
    assert alert.severity == "Urgent"
    assert any("ALT 1260 U/L of 4 March 2014" in reason for reason in alert.reasons)


def test_what_is_due_and_missing_is_said_with_its_day(desk):
    due = by_name(desk.content_of_demo(4).next_step.due)
    assert due["ECG"] == "due 28 May 2014 (rule B2; reading A12)"
    assert any("slow, moderate or rapid" in one for one in desk.content_of_demo(2).next_step.missing)


def test_the_protocol_is_named_and_a_historical_one_has_a_notice(desk):
    protocol = desk.content_of_demo(2).protocol
    assert (protocol.id, protocol.edition, protocol.status) == ("duchemann-2015", "2015-03", "historical")
    assert len(protocol.code) == 12
    assert protocol.parameters == "monitoring schedule EU, baseline days 42"
    assert protocol.notice.startswith("Historical protocol: this is the practice of 2015, not of today.")


def test_the_foot_names_patient_protocol_and_the_state_of_the_record(desk):
    state = hashlib.sha256(json_bytes(desk.demo(2))).hexdigest()[:12]
    assert desk.content_of_demo(2).foot == (
        f"Brainonly, Clara · DEMO-2 · protocol edition 2015-03 (historical) · record {state}"
    )


def test_nothing_after_the_day_asked_is_in_the_letter(desk):
    before = desk.content(a_record(*POSITIVE, diagnosis=a_diagnosis()), "2014-02-01")
    later = desk.content(
        a_record(
            *POSITIVE, a_line(start="2014-02-02"), an_assessment(10), a_lab("ALT", 900), an_adverse_event(),
            a_local_treatment(), a_performance_status(3, date="2014-02-02"), diagnosis=a_diagnosis(),
        ),
        "2014-02-01",
    )  # fmt: skip
    assert replace(later, foot="") == replace(before, foot="")


def test_what_was_entered_in_error_is_not_in_the_letter(desk):
    wrong = an_adverse_event(entered_in_error={"on": "2014-07-01"})
    assert desk.content(a_record(wrong)).events == ()


def test_the_summary_says_line_and_response_in_words(desk):
    assert desk.content_of_demo(2).summary == (
        "Adenocarcinoma, stage IV, ALK positive.",
        "On line 1, crizotinib, since 1 September 2011. Current response: progression (PD), 5 July 2012.",
    )


def test_of_the_dead_the_summary_says_when(desk):
    content = desk.content(a_record(a_line(), patient=a_patient(deceased_on="2014-11")))
    assert content.patient.deceased == "November 2014"
    assert content.summary[1] == "Died November 2014."


def test_a_progression_of_which_nothing_is_said_says_so(desk):
    now = an_assessment(50, id="a2", date="2014-06-01", progression=a_progression())
    assert desk.content(a_record(a_line(), a_baseline(50), now)).assessment.progression == (
        "extent not recorded, sites not recorded, symptoms not recorded, tempo not recorded, "
        "possibility of local treatment not recorded, tolerance of the treatment not recorded"
    )
