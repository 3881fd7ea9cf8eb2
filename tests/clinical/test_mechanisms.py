"""Mechanisms of resistance found in later specimens, each with the entries that show it."""

import pytest

from app.clinical.mechanisms import PATHWAYS, fish_verdict, later_specimens, mechanisms, protein_change
from app.record.molecular_test import Alteration
from builders import (
    a_diagnosis,
    a_fish,
    a_gene_test,
    a_line,
    a_reading,
    a_record,
    a_specimen,
    an_ihc,
    an_ngs,
)

CRIZOTINIB = a_line(start="2014-02-03")
DIAGNOSIS = a_specimen("s1", "2014-01-12")
REBIOPSY = a_specimen("s2", "2014-11-02", purpose="re-biopsy")


def altered(gene="ALK", kind="mutation", protein=None):
    return Alteration(gene=gene, kind=kind, protein=protein)


def sequenced(*alterations, specimen="s2", id="t9", **given):
    return an_ngs(*alterations, id=id, specimen=specimen, reported_on="2014-11-12", **given)


def found(*entries, diagnosis=None):
    record = a_record(CRIZOTINIB, DIAGNOSIS, REBIOPSY, *entries, diagnosis=diagnosis or a_diagnosis())
    return [(one.kind, one.words, one.from_) for one in mechanisms(record)]


@pytest.mark.parametrize(
    ("written", "change"),
    [
        ("p.L1196M", "L1196M"),
        ("L1196M", "L1196M"),
        ("p.Leu1196Met", "L1196M"),
        ("p.(Leu1196Met)", "L1196M"),
        ("P.l1196m", "L1196M"),
        ("p.Thr1151_Leu1152insThr", "T1151_L1152insT"),
        ("p.X100X", "X100X"),
        (" ", ""),
        (None, ""),
    ],
)
def test_a_protein_change_is_read_in_one_letter_hgvs(written, change):
    assert protein_change(written) == change


@pytest.mark.parametrize(
    ("alteration", "kind", "words"),
    [
        (altered(protein="p.L1196M"), "kinase_mutation", "L1196M"),
        (altered(protein="p.Cys1156Tyr"), "kinase_mutation", "C1156Y"),
        (altered(protein="p.D1116N"), "kinase_mutation", "D1116N"),
        (altered(protein="p.F1392L"), "kinase_mutation", "F1392L"),
        (altered(), "kinase_mutation", "an ALK mutation that is not named"),
        (altered(protein="p.M1115V"), "other_finding", "ALK M1115V"),
        (altered(protein="p.K1491R"), "other_finding", "ALK K1491R"),
        (altered(kind="amplification"), "alk_amplification", "amplification of ALK"),
        (altered(kind="loss_of_fusion"), "loss_of_fusion", "loss of the ALK fusion"),
        (altered(kind="activation"), "other_finding", "ALK activation"),
        (altered("EGFR", "activation"), "other_pathway", "EGFR activation"),
        (altered("kit", "amplification"), "other_pathway", "KIT amplification"),
        (altered("PIK3CA", protein="p.E545K"), "other_pathway", "PIK3CA E545K"),
        (altered("IGF1R", "mutation"), "other_pathway", "IGF1R mutation"),
        (altered("TP53", protein="p.R273H"), "other_finding", "TP53 R273H"),
    ],
)
def test_an_alteration_is_filed_under_its_mechanism(alteration, kind, words):
    assert found(sequenced(alteration)) == [(kind, words, ("s2", "t9"))]


def test_every_pathway_that_the_review_names_is_known():
    assert set(PATHWAYS.values()) == {"EGFR", "HSP90", "PI3K-AKT-mTOR", "KIT", "IGF1R"}


def test_several_mechanisms_stand_side_by_side():
    several = found(
        sequenced(altered(protein="p.L1196M"), altered(kind="amplification"), altered("EGFR", "activation"))
    )
    assert [kind for kind, _words, _from in several] == ["kinase_mutation", "alk_amplification", "other_pathway"]


def test_what_two_tests_of_one_specimen_show_is_said_once_with_both():
    twice = found(sequenced(altered(protein="L1196M")), sequenced(altered(protein="p.L1196M"), id="t10"))
    assert twice == [("kinase_mutation", "L1196M", ("s2", "t9", "t10"))]


def test_the_same_in_two_specimens_is_said_of_each():
    plasma = a_specimen("s3", "2014-11-05", kind="plasma", purpose="re-biopsy")
    two = found(
        sequenced(altered(protein="L1196M")), plasma, sequenced(altered(protein="L1196M"), specimen="s3", id="t10")
    )
    assert [ids for _kind, _words, ids in two] == [("s2", "t9"), ("s3", "t10")]


def test_what_the_first_specimen_had_too_is_said_to_have_been_there_and_explains_nothing():
    record = a_record(
        CRIZOTINIB, DIAGNOSIS, REBIOPSY,
        an_ngs(altered("EGFR", protein="p.L858R"), id="t1", specimen="s1"),
        sequenced(altered("EGFR", protein="p.L858R"), altered(protein="p.L1196M")),
    )  # fmt: skip
    was_there, new = mechanisms(record)
    assert was_there.words == "EGFR L858R (there before treatment too)"
    assert (was_there.explains, new.explains) == (False, True)


def test_a_finding_of_a_gene_that_the_review_does_not_name_explains_nothing():
    (one,) = mechanisms(a_record(CRIZOTINIB, REBIOPSY, sequenced(altered("TP53"))))
    assert not one.explains


@pytest.mark.parametrize(
    ("alteration", "depends"),
    [
        (altered(protein="L1196M"), True),
        (altered(kind="amplification"), True),
        (altered(kind="loss_of_fusion"), False),
        (altered("EGFR", "activation"), False),
        (altered("TP53"), None),
    ],
)
def test_a_mechanism_says_whether_the_tumour_still_depends_on_alk(alteration, depends):
    (one,) = mechanisms(a_record(CRIZOTINIB, REBIOPSY, sequenced(alteration)))
    assert one.depends_on_alk is depends


def test_a_test_of_one_gene_counts_like_sequencing():
    assert found(a_gene_test("EGFR", "mutated", id="t9", specimen="s2")) == [
        ("other_pathway", "EGFR mutation", ("s2", "t9"))
    ]
    assert found(a_gene_test("EGFR", "wild_type", id="t9", specimen="s2")) == []
    assert found(a_gene_test(None, "mutated", id="t9", specimen="s2")) == []


def test_a_test_that_is_not_reported_shows_nothing():
    assert found(sequenced(altered(protein="L1196M"), status="failed")) == []


# Loss of the fusion.


def a_fish_of(specimen, split, id, **given):
    return a_fish(a_reading(split), id=id, specimen=specimen, **given)


def test_a_negative_fish_after_an_inhibitor_with_a_positive_one_before_is_loss_of_the_fusion():
    assert found(a_fish_of("s1", 30, "t1"), a_fish_of("s2", 2, "t9")) == [
        ("loss_of_fusion", "loss of the ALK fusion", ("s2", "t9"))
    ]


def test_sequencing_and_fish_that_both_show_the_loss_are_one():
    both = found(
        a_fish_of("s1", 30, "t1"), a_fish_of("s2", 2, "t9"), sequenced(altered(kind="loss_of_fusion"), id="t10")
    )
    assert both == [("loss_of_fusion", "loss of the ALK fusion", ("s2", "t9", "t10"))]


@pytest.mark.parametrize(
    "tests",
    [
        (a_fish_of("s2", 2, "t9"),),  # no positive one before
        (a_fish_of("s1", 2, "t1"), a_fish_of("s2", 2, "t9")),
        (a_fish_of("s1", 30, "t1"), a_fish_of("s2", 30, "t9")),
        (a_fish_of("s1", 30, "t1"), a_fish_of("s2", 10, "t9")),  # a second reader is needed
        (a_fish_of("s1", 30, "t1"), a_fish_of("s2", 2, "t9", status="requested", reported_on=None)),
        (a_fish_of("s1", 30, "t1"), an_ihc(0, "negative", id="t9", specimen="s2")),
    ],
)
def test_anything_less_is_no_loss_of_the_fusion(tests):
    assert found(*tests) == []


def test_a_negative_fish_of_a_rebiopsy_taken_before_any_inhibitor_is_no_loss():
    early = a_specimen("s3", "2014-01-25", purpose="re-biopsy")
    record = a_record(CRIZOTINIB, DIAGNOSIS, early, a_fish_of("s1", 30, "t1"), a_fish_of("s3", 2, "t9"))
    assert mechanisms(record) == ()


def test_without_any_inhibitor_there_is_no_loss():
    record = a_record(
        a_line("cisplatin", "pemetrexed"), DIAGNOSIS, REBIOPSY, a_fish_of("s1", 30, "t1"), a_fish_of("s2", 2, "t9")
    )
    assert mechanisms(record) == ()


def test_the_word_of_the_laboratory_counts_where_there_are_no_counts():
    assert fish_verdict(a_fish(reported="negative")) == "negative"
    assert fish_verdict(a_fish(a_reading(30), reported="negative")) == "positive"
    assert fish_verdict(an_ihc()) is None
    assert fish_verdict(a_fish(fish=None)) is None


# Changed histology, and which specimens count.


@pytest.mark.parametrize(
    ("histology", "status", "expected"),
    [
        ("small_cell", None, ["another histology: small cell carcinoma"]),
        ("squamous", "taken", ["another histology: squamous cell carcinoma"]),
        ("adenocarcinoma", None, []),
        ("nsclc_nos", None, []),
        ("small_cell", "failed", []),
        (None, None, []),
    ],
)
def test_another_histology_in_a_rebiopsy_is_a_mechanism_of_its_own(histology, status, expected):
    rebiopsy = a_specimen("s2", "2014-11-02", purpose="re-biopsy", histology=histology, status=status)
    record = a_record(CRIZOTINIB, rebiopsy, diagnosis=a_diagnosis())
    assert [one.words for one in mechanisms(record)] == expected
    assert all(one.explains and one.depends_on_alk is None for one in mechanisms(record))


def test_the_histology_of_the_diagnosis_is_no_change():
    rebiopsy = a_specimen("s2", "2014-11-02", purpose="re-biopsy", histology="squamous")
    assert mechanisms(a_record(CRIZOTINIB, rebiopsy, diagnosis=a_diagnosis(histology="squamous"))) == ()
    assert len(mechanisms(a_record(CRIZOTINIB, rebiopsy))) == 1


def test_plasma_counts_once_an_inhibitor_has_begun_and_tissue_of_the_diagnosis_never():
    early = a_specimen("s3", "2014-01-20", kind="plasma")
    late = a_specimen("s4", "2014-06-20", kind="plasma")
    undated = a_specimen("s5", None, kind="plasma")
    record = a_record(CRIZOTINIB, DIAGNOSIS, REBIOPSY, early, late, undated)
    assert [one.id for one in later_specimens(record)] == ["s2", "s4"]


def test_which_drugs_are_inhibitors_is_for_the_protocol_to_say():
    plasma = a_specimen("s3", "2014-11-02", kind="plasma")
    record = a_record(a_line("repotrectinib"), plasma, sequenced(altered(protein="L1196M"), specimen="s3"))
    assert mechanisms(record) == ()
    assert [one.words for one in mechanisms(record, {"repotrectinib"})] == ["L1196M"]
