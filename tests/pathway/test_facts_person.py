"""What is known of the person, the disease and what surrounds the treatment, each fact with the entries it is from."""

from datetime import date

import pytest

from app.pathway.facts_person import contradiction, newest_by, open_baseline, person_facts
from app.pathway.protocol import BaselineItem
from builders import (
    a_condition,
    a_diagnosis,
    a_dose,
    a_lab,
    a_lesion,
    a_line,
    a_local_treatment,
    a_new_lesion,
    a_non_target,
    a_patient,
    a_record,
    a_specimen,
    a_staging,
    a_test,
    a_trial,
    an_assessment,
    an_examination,
)


def facts(*entries, diagnosis=None, **patient):
    return person_facts(a_record(*entries, patient=a_patient(**patient), diagnosis=diagnosis))


def test_of_a_record_that_only_names_a_person_nothing_is_known():
    assert facts() == {
        "deceased": (False, ("patient",)),
        "record_contradiction": ("none", ()),
        "histology": (None, ()),
        "limited_sample": (None, ()),
        "stage_metastatic": (None, ()),
        "resected": (None, ()),
        "rebiopsy_histology": ("none", ()),
        "rebiopsy_awaited": (False, ()),
        "bevacizumab_contraindicated": (False, ()),
        "lung_disease_or_oxygen": (False, ()),
        "adjuvant_trial_open": (False, ()),
        "metastatic_trial_open": (False, ()),
        "rebiopsy_trial_open": (False, ()),
    }


def test_the_diagnosis_says_the_histology_the_sample_and_the_stage():
    found = facts(diagnosis=a_diagnosis(limited_sample=True), deceased_on="2014-12-01")
    assert found["deceased"] == (True, ("patient",))
    assert found["histology"] == ("adenocarcinoma", ("diagnosis",))
    assert found["limited_sample"] == (True, ("diagnosis",))
    assert found["stage_metastatic"] == (True, ("diagnosis",))


# Stage.


@pytest.mark.parametrize(
    ("stage", "sites", "metastatic", "from_"),
    [
        ("IV", (), True, "diagnosis"),
        ("IVA", (), True, "diagnosis"),
        ("IVB", (), True, "diagnosis"),
        ("IIIC", (), False, "diagnosis"),
        ("IIIC", ("lymph_node",), False, "diagnosis"),
        ("IB", ("lymph_node", "bone"), True, "diagnosis"),
        (None, ("brain",), True, "diagnosis"),
        (None, ("lymph_node",), None, None),
        (None, (), None, None),
    ],
)
def test_metastatic_is_stage_iv_or_a_site_other_than_lymph_nodes(stage, sites, metastatic, from_):
    found = facts(diagnosis=a_diagnosis(stage=stage, metastatic_sites=sites))
    assert found["stage_metastatic"] == (metastatic, (from_,) if from_ else ())


@pytest.mark.parametrize(
    ("stagings", "metastatic"),
    [
        ((a_staging("IV"),), (True, ("g1",))),
        ((a_staging("IIIA"),), (False, ("g1",))),
        ((a_staging("IIIA", metastatic_sites=("bone",)),), (True, ("g1",))),
        ((a_staging(None, metastatic_sites=("bone",)),), (True, ("g1",))),
        ((a_staging(None, metastatic_sites=()),), (False, ("diagnosis",))),
        ((a_staging("IV"), a_staging("IB", date="2016-01-01", id="g2")), (True, ("g1",))),
        ((a_staging("IV", date="2016-01-01"), a_staging("IB", id="g2")), (False, ("g2",))),
        ((a_staging("IB", metastatic_sites=("bone",)), a_staging("IA", date="2016-03-01", id="g2")), (True, ("g1",))),
    ],
)
def test_the_newest_staging_that_names_a_stage_or_sites_counts_for_each_of_the_two(stagings, metastatic):
    found = facts(*stagings, diagnosis=a_diagnosis(stage="IB", metastatic_sites=()))
    assert found["stage_metastatic"] == metastatic


def test_a_staging_counts_without_a_diagnosis():
    assert facts(a_staging("IV"))["stage_metastatic"] == (True, ("g1",))


# Resected, and another histology.


@pytest.mark.parametrize(
    ("entries", "said", "resected"),
    [
        ((), None, (None, ())),
        ((), True, (True, ("diagnosis",))),
        ((), False, (False, ("diagnosis",))),
        ((a_local_treatment("lung", kind="surgery"),), None, (True, ("k1",))),
        ((a_local_treatment("lung", kind="surgery"),), False, (True, ("k1",))),
        ((a_local_treatment("brain", kind="surgery"),), None, (None, ())),
        ((a_local_treatment("lung", kind="ablation"),), None, (None, ())),
    ],
)
def test_resected_is_what_the_diagnosis_says_or_surgery_of_the_lung(entries, said, resected):
    assert facts(*entries, diagnosis=a_diagnosis(resected=said))["resected"] == resected


def a_rebiopsy(histology=None, id="s2", date="2014-11-02", **given):
    return a_specimen(id, date, purpose="re-biopsy", histology=histology, **given)


@pytest.mark.parametrize(
    ("specimens", "histology"),
    [
        ((a_rebiopsy(),), ("none", ())),
        ((a_rebiopsy("small_cell"),), ("changed", ("s2",))),
        ((a_rebiopsy("squamous"),), ("changed", ("s2",))),
        ((a_rebiopsy("adenocarcinoma"),), ("same", ("s2",))),
        ((a_rebiopsy("large_cell"),), ("same", ("s2",))),
        ((a_rebiopsy("small_cell", status="failed"),), ("none", ())),
        ((a_rebiopsy("small_cell"), a_rebiopsy("adenocarcinoma", "s3", "2014-12-02")), ("same", ("s3",))),
        ((a_rebiopsy("adenocarcinoma", "s3", "2014-12-02"), a_rebiopsy("small_cell")), ("same", ("s3",))),
        ((a_rebiopsy("small_cell", date=None), a_rebiopsy("adenocarcinoma", "s3")), ("same", ("s3",))),
        ((a_specimen(histology="small_cell"),), ("none", ())),
    ],
)
def test_the_newest_re_biopsy_that_was_read_says_whether_the_histology_has_changed(specimens, histology):
    assert facts(*specimens, diagnosis=a_diagnosis())["rebiopsy_histology"] == histology


def test_the_histology_of_the_diagnosis_is_no_change():
    assert facts(a_rebiopsy("squamous"), diagnosis=a_diagnosis(histology="squamous"))["rebiopsy_histology"][0] == "same"
    assert facts(a_rebiopsy("squamous"))["rebiopsy_histology"][0] == "changed"


REQUESTED = a_rebiopsy(date=None, status="requested", requested_on="2014-11-01")


@pytest.mark.parametrize(
    ("entries", "awaited"),
    [
        ((REQUESTED,), ("s2",)),
        ((a_rebiopsy(),), ("s2",)),
        ((a_rebiopsy("adenocarcinoma"),), ()),
        ((a_rebiopsy(status="failed"),), ()),
        ((a_rebiopsy(), a_test("t9", "ngs", specimen="s2")), ()),
        ((a_rebiopsy(), a_test("t9", "ngs", specimen="s2", status="failed")), ()),
        ((a_rebiopsy(), a_test("t9", "ngs", None, specimen="s2")), ("s2", "t9")),
        ((a_rebiopsy("adenocarcinoma"), a_test("t9", "ngs", None, specimen="s2")), ("t9",)),
        ((a_specimen(), a_test("t9", "ngs", None)), ()),
    ],
)
def test_a_re_biopsy_is_awaited_until_something_is_told_of_it(entries, awaited):
    assert facts(*entries)["rebiopsy_awaited"] == (bool(awaited), awaited)


# What bears on treatment, and trials.


@pytest.mark.parametrize("code", ["haemoptysis", "anticoagulation", "recent_surgery", "hypertension"])
def test_bevacizumab_is_kept_from_those_who_bleed_or_may(code):
    assert facts(a_condition(code))["bevacizumab_contraindicated"] == (True, ("c1",))
    assert facts(a_condition(code, present=False))["bevacizumab_contraindicated"] == (False, ())
    over = a_condition(code, False, date="2014-02-01", id="c2")
    assert facts(over, a_condition(code))["bevacizumab_contraindicated"] == (False, ())
    assert facts(a_condition(code))["lung_disease_or_oxygen"] == (False, ())


@pytest.mark.parametrize("code", ["interstitial_lung_disease", "oxygen_dependence"])
def test_lung_disease_and_oxygen_are_a_caution_of_their_own(code):
    assert facts(a_condition(code))["lung_disease_or_oxygen"] == (True, ("c1",))
    assert facts(a_condition(code))["bevacizumab_contraindicated"] == (False, ())


@pytest.mark.parametrize(
    ("trials", "adjuvant", "metastatic", "rebiopsy"),
    [
        ((a_trial(setting="adjuvant"),), ("z1",), (), ()),
        ((a_trial(setting="metastatic"),), (), ("z1",), ()),
        ((a_trial(),), (), ("z1",), ()),
        ((a_trial(requires_rebiopsy=True),), (), ("z1",), ("z1",)),
        ((a_trial(setting="adjuvant", requires_rebiopsy=True),), ("z1",), (), ()),
        ((a_trial(open=False),), (), (), ()),
        ((a_trial(), a_trial(open=False, date="2014-12-01", id="z2")), (), (), ()),
        ((a_trial(), a_trial("Another trial", open=False, date="2014-12-01", id="z2")), (), ("z1",), ()),
    ],
)
def test_a_trial_is_open_by_its_newest_entry_and_for_its_setting(trials, adjuvant, metastatic, rebiopsy):
    found = facts(*trials)
    assert found["adjuvant_trial_open"] == (bool(adjuvant), adjuvant)
    assert found["metastatic_trial_open"] == (bool(metastatic), metastatic)
    assert found["rebiopsy_trial_open"] == (bool(rebiopsy), rebiopsy)


def test_of_entries_of_one_day_the_one_entered_last_is_the_newest():
    first, second = a_condition("haemoptysis"), a_condition("haemoptysis", present=False, id="c2")
    assert newest_by((first, second), "code") == {"haemoptysis": second}
    assert newest_by((second, first), "code") == {"haemoptysis": first}


# What contradicts itself (H2).

OPEN, ALSO_OPEN = a_line(), a_line("ceritinib", id="l2", start="2014-05-01")
UNSTOPPED = a_line(id="l3", stop_reason="toxicity", intent="adjuvant")
LATE_DOSE = a_line(id="l4", start="2014-01-03", stop="2014-02-01", doses=(a_dose(from_="2014-02-02"),))
EARLY = an_assessment(date="2013-12-31", reported_response="PR")


@pytest.mark.parametrize(
    ("entries", "said", "ids"),
    [
        ((), "none", ()),
        ((OPEN,), "none", ()),
        ((OPEN, ALSO_OPEN), "two_lines_open", ("l1", "l2")),
        ((OPEN, a_line(id="l2", intent="adjuvant")), "none", ()),
        ((UNSTOPPED,), "reason_without_stop", ("l3",)),
        ((LATE_DOSE,), "dose_after_stop", ("l4",)),
        ((a_line(stop="2014-02-28", doses=(a_dose(from_="2014-02-28"),)),), "none", ()),
        ((a_line(stop="2014-02", doses=(a_dose(from_="2014-02-28"),)),), "none", ()),
        ((OPEN, EARLY), "response_before_treatment", ("a1",)),
        ((EARLY,), "response_before_treatment", ("a1",)),
        ((OPEN, an_assessment(date="2014-02-03", reported_response="PR")), "none", ()),
        ((OPEN, an_assessment(date="2014-02", reported_response="PR")), "none", ()),
        ((OPEN, an_assessment(date="2013-12-31", reported_response="NE")), "none", ()),
        ((OPEN, an_assessment(date="2013-12-31")), "none", ()),
        ((OPEN, a_local_treatment(date="2013-12-01"), EARLY), "none", ()),
        ((a_local_treatment(date="2014-01-01"), EARLY), "response_before_treatment", ("a1",)),
        ((a_line(start=None), EARLY), "none", ()),
        ((UNSTOPPED, LATE_DOSE), "several", ("l3", "l4")),
        ((OPEN, ALSO_OPEN, EARLY), "several", ("l1", "l2", "a1")),
        ((a_line(stop_reason="toxicity"), ALSO_OPEN), "several", ("l1", "l2")),
    ],
)
def test_what_contradicts_itself_is_said_with_the_entries(entries, said, ids):
    assert contradiction(a_record(*entries)) == (said, ids)


# The work-up before the first inhibitor (B1 to B6).

DAY = date(2014, 2, 1)
LIVER = BaselineItem(what="liver", rule="B5", labs_all=("ALT", "AST"))
ECG = BaselineItem(what="ecg", rule="B2", labs_any=("QTc", "PR"), examinations=("ecg",))
BRAIN = BaselineItem(what="brain", rule="B6", examinations=("brain_mri",), imaging_of="brain")
HORMONES = BaselineItem(what="hormones", rule="B4", labs_any=("testosterone",), only_with="hypogonadism_symptoms")


def is_open(item, *entries, days=42):
    return open_baseline(a_record(*entries), (item,), DAY, days) == [item]


def test_a_set_of_values_needs_every_one_of_them():
    alt, ast = a_lab("ALT", 20, date="2014-01-20"), a_lab("AST", 20, date="2014-01-21", id="lab2")
    assert is_open(LIVER)
    assert is_open(LIVER, alt)
    assert not is_open(LIVER, alt, ast)
    assert is_open(LIVER, alt, a_lab("AST", None, date="2014-01-21", id="lab2"))


@pytest.mark.parametrize(("day", "is_old"), [("2013-12-21", False), ("2013-12-20", True)])
def test_a_result_counts_for_42_days(day, is_old):
    assert is_open(ECG, a_lab("QTc", 400, date=day)) is is_old
    assert is_open(ECG, an_examination("ecg", date=day)) is is_old
    mri = an_assessment(a_lesion("T1", 12, site="brain"), date=day, modality="mri")
    assert is_open(BRAIN, mri) is is_old
    assert is_open(ECG, a_lab("QTc", 400, date=day), days=41)


@pytest.mark.parametrize(
    "entry", [a_lab("QTc", 400, date="2014-01-20"), a_lab("PR", 160, date="2014-01-20"), an_examination("ecg")]
)
def test_any_value_or_examination_of_an_item_does_it(entry):
    assert not is_open(ECG, entry)


@pytest.mark.parametrize("entry", [a_lab("ALT", 20, date="2014-01-20"), an_examination("echocardiogram")])
def test_another_value_or_examination_does_not(entry):
    assert is_open(ECG, entry)


@pytest.mark.parametrize(
    ("lesions", "is_missing"),
    [
        ({"target_lesions": (a_lesion("T1", 12, site="brain"),)}, False),
        ({"non_target_lesions": (a_non_target("N1", "present", "brain"),)}, False),
        ({"new_lesions": (a_new_lesion("brain"),)}, False),
        ({"non_target_lesions": (a_non_target("N1", "present", None),)}, True),
        ({"new_lesions": (a_new_lesion("liver"),)}, True),
        ({}, True),
    ],
)
def test_an_mri_that_names_the_brain_is_brain_imaging(lesions, is_missing):
    assert is_open(BRAIN, an_assessment(date="2014-01-20", modality="mri", **lesions)) is is_missing
    assert is_open(BRAIN, an_assessment(date="2014-01-20", modality="ct", **lesions))


def test_what_is_only_for_symptoms_is_open_only_with_them():
    symptoms = a_condition("hypogonadism_symptoms")
    assert not is_open(HORMONES)
    assert is_open(HORMONES, symptoms)
    assert not is_open(HORMONES, symptoms, a_lab("testosterone", 12, date="2014-01-20"))
    assert not is_open(HORMONES, symptoms, a_condition("hypogonadism_symptoms", False, date="2014-01-20", id="c2"))


def test_items_without_a_result_stand_in_their_order():
    assert open_baseline(a_record(), (LIVER, ECG, HORMONES, BRAIN), DAY, 42) == [LIVER, ECG, BRAIN]
