"""Facts about resistance, and those that a note alone asks for. None of them changes an option."""

from datetime import date

import pytest
from pathway.course_builders import (
    POSITIVE,
    alk_test,
    course,
    doublet,
    line,
    pd,
    protocol,
    seen,
    smoker,
    specimen,
    spell,
)

from app.clinical.mechanisms import ALK_INHIBITORS
from app.pathway.engine import advise
from app.pathway.facts_resistance import findings_of
from app.pathway.finding import find
from app.record.molecular_test import Alteration
from app.record.views import up_to
from builders import a_diagnosis, a_fish, a_line, a_reading, a_record, a_specimen, an_ngs

DAY = date(2014, 11, 1)


def fact(name, record, day=DAY):
    facts = find(record, protocol(), day, protocol().parameters).facts
    return facts.values[name], facts.sources[name]


# Primary resistance (D18).


@pytest.mark.parametrize(
    ("record", "value", "ids"),
    [
        (course(POSITIVE, line("crizotinib"), pd()), True, ("a3",)),
        (course(POSITIVE, line("crizotinib"), pd("2014-05-01", "a1"), pd()), True, ("a1", "a3")),
        (course(POSITIVE, line("crizotinib", stop="2014-10-30", why="progression"), pd()), True, ("a3",)),
        (course(POSITIVE, line("crizotinib"), seen("SD", "2014-05-01", "a1"), pd()), False, ()),
        (course(POSITIVE, line("crizotinib"), seen("PR", "2014-05-01", "a1"), pd()), False, ()),
        (course(POSITIVE, line("crizotinib")), False, ()),
        (course(POSITIVE, line("crizotinib"), seen("NE", "2014-05-01", "a1")), False, ()),
        (course(POSITIVE, doublet(), pd()), False, ()),
        (course(POSITIVE, spell(1, "pemetrexed"), spell(2, "crizotinib", open=True), pd()), True, ("a3",)),
        (course(POSITIVE, spell(1, "crizotinib"), spell(2, "ceritinib", open=True), pd()), False, ()),
        (course(POSITIVE, spell(1, "crizotinib"), doublet(id="l2", start="2014-05-01"), pd()), False, ()),
        (course(), False, ()),
    ],
)  # fmt: skip
def test_resistance_is_primary_when_the_first_inhibitor_never_worked(record, value, ids):
    assert fact("primary_resistance", record) == (value, ids)


def test_primary_resistance_asks_to_think_of_a_false_positive_test():
    cautions = (
        advise(course(POSITIVE, line("crizotinib"), pd(extent="widespread")), protocol(), DAY).options[0].cautions
    )
    assert "The first ALK inhibitor never worked: think of a false-positive ALK test (D18)." in cautions


# What a note asks for (T4, D13).


@pytest.mark.parametrize(
    ("smoking", "value"),
    [
        (smoker(0, "never"), True),
        (smoker(None, "never"), True),
        (smoker(10), True),
        (smoker(10.1), False),
        (smoker(None), None),
        (None, None),
    ],
)
def test_a_light_smoker_has_smoked_at_most_ten_pack_years(smoking, value):
    assert fact("light_smoker", course(smoking=smoking))[0] is value


def test_without_a_diagnosis_smoking_is_not_known():
    assert fact("light_smoker", a_record()) == (None, ())


@pytest.mark.parametrize(
    ("intensity", "percent", "word", "value"),
    [
        (2, 5, None, True),
        (3, 60, "negative", True),
        (3, 60, "inconclusive", True),
        (2, 4.9, None, False),
        (1, 90, None, False),
        (None, 90, None, False),
        (3, None, None, False),
        (3, 60, "positive", False),
    ],
)
def test_moderate_staining_of_five_per_cent_suggests_a_positive_ihc_that_is_not_called(intensity, percent, word, value):
    stain = {"intensity": intensity, "percent_cells": percent, "reported": word}
    suggests, ids = fact("ihc_suggests_positive", course(alk_test("ihc", None, ihc=stain)))
    assert suggests is value
    assert ids == (("t-ihc",) if value else ())


def test_without_ihc_nothing_is_suggested():
    assert fact("ihc_suggests_positive", course()) == (False, ())


# Findings that information goes with.

CRIZOTINIB = a_line(start="2014-02-03")
REBIOPSY = a_specimen("s2", "2014-10-30", purpose="re-biopsy")


def sequenced(*changes):
    return an_ngs(*(Alteration(**one) for one in changes), id="t9", specimen="s2", reported_on="2014-10-31")


def mutation(protein):
    return {"gene": "ALK", "kind": "mutation", "protein": protein}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ([], set()),
        ([mutation("p.L1196M")], {"any_mechanism", "kinase_mutation", "l1196m", "mutation_of_r14"}),
        ([mutation("p.C1156Y")], {"any_mechanism", "kinase_mutation", "other_kinase_mutation"}),
        ([mutation("p.F1174L")], {"any_mechanism", "kinase_mutation", "other_kinase_mutation", "mutation_of_r14"}),
        ([mutation("p.R1275Q")], {"any_mechanism", "kinase_mutation", "other_kinase_mutation", "mutation_of_r14"}),
        (
            [mutation("p.L1196M"), {"gene": "ALK", "kind": "amplification"}],
            {
                "any_mechanism",
                "kinase_mutation",
                "l1196m",
                "mutation_of_r14",
                "alk_amplification",
                "several_mechanisms",
            },
        ),
        ([{"gene": "EGFR", "kind": "activation"}], {"any_mechanism", "other_pathway"}),
        ([{"gene": "TP53", "kind": "mutation"}], set()),
    ],
)
def test_what_sequencing_of_a_re_biopsy_found(changes, findings):
    record = a_record(CRIZOTINIB, REBIOPSY, sequenced(*changes))
    assert findings_of(record, ALK_INHIBITORS, primary_resistance=False, progression=False) == findings


def test_loss_of_the_fusion_is_found_by_fish():
    before, after = (
        a_fish(a_reading(30), id="t1"),
        a_fish(a_reading(2), id="t9", specimen="s2", reported_on="2014-10-31"),
    )
    record = a_record(CRIZOTINIB, a_specimen(), REBIOPSY, before, after)
    assert findings_of(record, ALK_INHIBITORS, primary_resistance=False, progression=False) == {
        "any_mechanism",
        "loss_of_fusion",
    }


def test_another_histology_is_a_mechanism_of_which_the_review_says_nothing():
    changed = a_specimen("s2", "2014-10-30", purpose="re-biopsy", histology="small_cell")
    record = a_record(CRIZOTINIB, changed, diagnosis=a_diagnosis())
    assert findings_of(record, ALK_INHIBITORS, primary_resistance=False, progression=False) == {"any_mechanism"}


def test_progression_and_primary_resistance_are_findings_too():
    found = findings_of(a_record(), ALK_INHIBITORS, primary_resistance=True, progression=True)
    assert found == {"progression", "primary_resistance"}


# Tissue never changes the strategy (R2).


@pytest.mark.parametrize(
    "alterations",
    [
        [mutation("p.L1196M")],
        [{"gene": "ALK", "kind": "amplification"}],
        [{"gene": "ALK", "kind": "loss_of_fusion"}],
        [{"gene": "EGFR", "kind": "activation"}],
    ],
)
def test_no_mechanism_changes_the_options_or_their_order(alterations):
    without = course(POSITIVE, line("crizotinib"), pd(extent="widespread"))
    rebiopsy = specimen("s2", "2014-10-30", prompted_by="a3")
    test = alk_test("ngs", None, on="2014-10-31", specimen="s2", alterations=alterations)
    record = course(POSITIVE, line("crizotinib"), pd(extent="widespread"), rebiopsy, test)
    offered = [
        [(one.action, one.drug, one.rule) for one in advise(one, protocol(), DAY).options] for one in (without, record)
    ]
    assert offered[0] == offered[1]
    assert up_to(record, DAY).tests[-1].ngs.alterations


def test_which_drugs_are_inhibitors_is_for_the_protocol_to_say():
    plasma = a_specimen("s3", "2014-11-02", kind="plasma")
    found = an_ngs(Alteration(gene="ALK", kind="amplification"), specimen="s3")
    record = a_record(a_line("repotrectinib"), plasma, found)
    assert findings_of(record, ALK_INHIBITORS, primary_resistance=False, progression=False) == set()
    named = findings_of(record, {"repotrectinib"}, primary_resistance=False, progression=False)
    assert named == {"any_mechanism", "alk_amplification"}
