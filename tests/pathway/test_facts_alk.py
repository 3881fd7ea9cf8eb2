"""What the ALK tests of a record show together, each fact with the entries it is from."""

from decimal import Decimal

import pytest

from app.pathway.facts_alk import alk_facts
from app.pathway.facts_noted import noted_facts
from app.record.diagnosis import Smoking
from app.record.molecular_test import Alteration, Fish, FishReading, Fusion, Ihc, Ngs, RtPcr
from builders import (
    a_diagnosis,
    a_fish,
    a_gene_test,
    a_patient,
    a_reading,
    a_record,
    a_rt_pcr,
    a_specimen,
    a_test,
    an_ihc,
    an_ngs,
)

POSITIVE, NEGATIVE = a_reading(40), a_reading(2)
HEAVY = a_diagnosis(smoking=Smoking(status="former", pack_years=30))


def facts(*entries, first_inhibitor=None, young_age=None, diagnosis=None, **patient):
    record = a_record(a_specimen(), *entries, patient=a_patient(**patient), diagnosis=diagnosis or a_diagnosis())
    return alk_facts(record, first_inhibitor, young_age)


def test_without_a_test_nothing_is_known():
    assert facts() == {
        "fish": ("none", ()),
        "fish_positive_percent": (None, ()),
        "fish_cells": (None, ()),
        "fish_at_cut_off": (False, ()),
        "fish_word_differs": (False, ()),
        "fish_fields_below_four": (False, ()),
        "ihc": ("none", ()),
        "alk_molecular": ("none", ()),
        "predictive_marker": (True, ("diagnosis",)),
        "alk_awaited": ("none", ()),
        "alk_status": ("unknown", ()),
        "fish_and_other_test_differ": (False, ()),
        "l1196m_found": (False, ()),
    }


def test_every_fact_names_the_tests_it_is_from():
    found = facts(an_ihc(reported="negative"), a_fish(POSITIVE), an_ngs(Alteration(gene="ALK", kind="mutation")))
    assert found["fish"] == ("positive", ("t2",))
    assert found["fish_positive_percent"] == (80, ("t2",))
    assert found["fish_cells"] == (50, ("t2",))
    assert found["ihc"] == ("negative", ("t1",))
    assert found["alk_molecular"] == ("none", ())
    assert found["alk_status"] == ("positive", ("t2", "t1"))
    assert found["fish_and_other_test_differ"] == (True, ("t2", "t1"))


# FISH.


@pytest.mark.parametrize(
    ("readings", "state", "percent", "cells"),
    [
        ((a_reading(4),), "negative", 8, 50),
        ((a_reading(5),), "second_reader_needed", 10, 50),
        ((a_reading(26),), "positive", 52, 50),
        ((a_reading(10, 40),), "short_count", 25, 40),
        ((a_reading(7), a_reading(8, reader="B")), "positive", 15, 100),
        ((), "unusable", None, None),
        ((FishReading(reader="A", cells=50),), "unusable", None, None),
    ],
)
def test_the_counts_of_a_fish_decide(readings, state, percent, cells):
    found = facts(a_fish(*readings))
    assert (found["fish"], found["fish_cells"]) == ((state, ("t2",)), (cells, ("t2",)))
    assert found["fish_positive_percent"] == (percent, ("t2",) if percent is not None else ())


@pytest.mark.parametrize(
    ("word", "state", "status"),
    [("positive", "positive", "positive"), ("negative", "negative", "negative"),
     ("inconclusive", "unusable", "unknown"), (None, "unusable", "unknown")],
)  # fmt: skip
def test_without_counts_the_laboratorys_word_is_taken(word, state, status):
    found = facts(a_fish(reported=word))
    assert (found["fish"], found["alk_status"]) == ((state, ("t2",)), (status, ("t2",)))
    assert found["fish_word_differs"] == (False, ("t2",))


@pytest.mark.parametrize(
    ("reading", "word", "differs"),
    [
        (POSITIVE, "negative", True),
        (NEGATIVE, "positive", True),
        (POSITIVE, "positive", False),
        (POSITIVE, "inconclusive", False),
        (POSITIVE, None, False),
        (a_reading(10), "positive", False),
    ],
)
def test_the_laboratorys_word_matters_only_when_one_says_positive_and_the_other_negative(reading, word, differs):
    assert facts(a_fish(reading, reported=word))["fish_word_differs"] == (differs, ("t2",))


def test_exactly_15_per_cent_of_two_readers_is_at_the_cut_off():
    assert facts(a_fish(a_reading(7), a_reading(8, reader="B")))["fish_at_cut_off"] == (True, ("t2",))
    assert facts(a_fish(a_reading(8), a_reading(8, reader="B")))["fish_at_cut_off"] == (False, ("t2",))


@pytest.mark.parametrize(("fields", "below"), [(3, True), (4, False), (None, False)])
def test_fewer_than_four_fields_are_a_caution(fields, below):
    found = facts(a_fish(fish=Fish(fields=fields, readings=(POSITIVE,))))
    assert found["fish_fields_below_four"] == (below, ("t2",))


def test_a_fish_that_failed_has_no_count():
    found = facts(a_fish(status="failed", fish=None))
    assert (found["fish"], found["fish_cells"]) == (("failed", ("t2",)), (None, ("t2",)))
    assert found["fish_fields_below_four"] == (False, ("t2",))
    assert found["alk_status"] == ("unknown", ("t2",))


@pytest.mark.parametrize(
    ("reading", "state"),
    [
        (a_reading(10), "second_reader_needed"),
        (a_reading(10, 40), "short_count"),
        (POSITIVE, "none"),
        (NEGATIVE, "none"),
    ],
)
def test_the_readings_of_a_fish_not_yet_reported_can_only_ask_for_a_recount(reading, state):
    found = facts(a_fish(reading, reported_on=None, requested_on="2014-01-20"))
    assert found["fish"][0] == state
    assert found["alk_awaited"] == (("none", ()) if state != "none" else ("fish", ("t2",)))
    assert found["alk_status"] == ("pending", ("t2",))


def test_two_fish_of_opposite_result_are_discordant_by_the_newest_positive_one():
    found = facts(
        a_fish(NEGATIVE, id="t7", reported_on="2014-01-25"),
        a_fish(POSITIVE, id="t8", reported_on="2014-01-23"),
        a_fish(a_reading(30), id="t9", reported_on="2014-01-24"),
    )
    assert (found["fish"], found["alk_status"]) == (("discordant", ("t9",)), ("discordant", ("t9",)))
    assert found["fish_positive_percent"] == (60, ("t9",))


def test_of_several_fish_of_one_result_the_newest_is_named():
    first, second = a_fish(POSITIVE, id="t8", reported_on="2014-01-23"), a_fish(POSITIVE, id="t9")
    assert facts(second, first)["fish"] == ("positive", ("t8",))
    first, second = a_fish(NEGATIVE, id="t8", reported_on="2014-01-23"), a_fish(NEGATIVE, id="t9")
    assert facts(second, first)["fish"] == ("negative", ("t8",))


@pytest.mark.parametrize(
    ("asking_on", "state"), [("2014-01-23", ("second_reader_needed", ("t9",))), ("2014-01-22", ("negative", ("t8",)))]
)
def test_an_equivocal_fish_outranks_an_older_negative_one(asking_on, state):
    found = facts(a_fish(NEGATIVE, id="t8"), a_fish(a_reading(10), id="t9", reported_on=asking_on))
    assert found["fish"] == state


def test_the_day_of_a_fish_is_that_of_its_last_reading_where_it_is_later():
    older = a_fish(NEGATIVE, id="t8", reported_on="2014-01-23")
    again = a_fish(a_reading(10, date="2014-01-24"), id="t9", reported_on="2014-01-22")
    assert facts(older, again)["fish"] == ("second_reader_needed", ("t9",))
    open_one = a_fish(a_reading(10, date="2014-01-24"), id="t9", reported_on=None, requested_on="2014-01-20")
    assert facts(older, open_one)["fish"] == ("second_reader_needed", ("t9",))
    early = a_fish(a_reading(10, date="2014-01-21"), id="t9", reported_on=None, requested_on="2014-01-30")
    assert facts(older, early)["fish"] == ("negative", ("t8",))
    undated = a_fish(a_reading(10), id="t9", reported_on=None, requested_on="2014-01-30")
    assert facts(older, undated)["fish"] == ("second_reader_needed", ("t9",))


def test_an_open_question_outranks_a_fish_that_cannot_be_used_and_of_those_the_newest_is_named():
    useless = [a_fish(id="t7", reported_on="2014-01-24"), a_fish(id="t8", status="failed", fish=None)]
    assert facts(*useless)["fish"] == ("unusable", ("t7",))
    assert (
        facts(*useless, a_fish(a_reading(10), id="t9", reported_on="2014-01-20"))["fish"][0] == "second_reader_needed"
    )


# Immunohistochemistry, RT-PCR and sequencing.


@pytest.mark.parametrize(
    ("word", "state", "status"),
    [("positive", "positive", "pending"), ("negative", "negative", "pending"),
     ("inconclusive", "uncalled", "pending"), (None, "uncalled", "pending")],
)  # fmt: skip
def test_an_ihc_is_what_the_pathologist_called_it(word, state, status):
    found = facts(an_ihc(reported=word))
    assert (found["ihc"], found["alk_status"]) == ((state, ("t1",)), (status, ("t1",)))
    assert facts(an_ihc(ihc=None))["ihc"] == ("uncalled", ("t1",))


def test_an_ihc_negative_is_pending_with_a_marker_or_without_an_answer_and_negative_without_one():
    negative = an_ihc(reported="negative")
    assert facts(negative)["alk_status"][0] == "pending"
    assert facts(negative, diagnosis=HEAVY)["alk_status"][0] == "negative"
    assert facts(negative, diagnosis=a_diagnosis(smoking=None))["alk_status"][0] == "pending"


@pytest.mark.parametrize(
    ("test", "state", "status"),
    [
        (a_rt_pcr("positive"), "positive", "pending"),
        (a_rt_pcr("negative"), "negative", "pending"),
        (a_rt_pcr("inconclusive"), "none", "unknown"),
        (a_test("t3", "rt_pcr", rt_pcr=RtPcr()), "none", "unknown"),
        (an_ngs(id="t3", ngs=Ngs(fusion=Fusion(reported="positive"))), "positive", "pending"),
        (an_ngs(id="t3", ngs=Ngs(fusion=Fusion(reported="negative"))), "negative", "pending"),
        (an_ngs(id="t3", ngs=Ngs(fusion=Fusion())), "none", "unknown"),
        (an_ngs(id="t3"), "none", "unknown"),
    ],
)
def test_rt_pcr_and_sequencing_count_alike_and_sequencing_may_say_nothing_of_a_fusion(test, state, status):
    found = facts(test)
    assert found["alk_molecular"] == (state, ("t3",) if state != "none" else ())
    assert found["alk_status"] == (status, ("t3",) if state != "none" else ())


@pytest.mark.parametrize("method", ["ihc", "rt_pcr"])
def test_of_several_tests_a_positive_one_counts_else_the_newest_and_a_failed_one_only_alone(method):
    def tested(id, word, day):
        block = {"ihc": Ihc(reported=word)} if method == "ihc" else {"rt_pcr": RtPcr(reported=word)}
        return a_test(id, method, day, **(block if word != "failed" else {"status": "failed"}))

    name = "ihc" if method == "ihc" else "alk_molecular"
    positive, negative = tested("a", "positive", "2014-01-20"), tested("b", "negative", "2014-01-25")
    failed, newer = tested("c", "failed", "2014-01-28"), tested("d", "failed", "2014-01-29")
    assert facts(negative, positive, failed)[name] == ("positive", ("a",))
    assert facts(negative, failed)[name] == ("negative", ("b",))
    assert facts(newer, failed)[name] == ("failed", ("d",))
    assert facts(failed, newer)[name] == ("failed", ("d",))
    assert facts(negative, tested("e", "negative", "2014-01-24"))[name] == ("negative", ("b",))
    assert facts(tested("e", "negative", "2014-01-24"), negative)[name] == ("negative", ("b",))
    assert facts(positive, tested("f", "positive", "2014-01-21"))[name] == ("positive", ("f",))


def test_a_result_whose_report_has_no_day_is_of_the_day_it_was_asked_for():
    undated = {"reported_on": None, "status": "final"}
    asked = an_ihc(reported="negative", id="a", requested_on="2014-01-24", **undated)
    assert facts(asked, an_ihc(reported="negative", id="b", reported_on="2014-01-23"))["ihc"] == ("negative", ("a",))
    assert facts(asked, an_ihc(reported="negative", id="b", reported_on="2014-01-25"))["ihc"] == ("negative", ("b",))
    never = an_ihc(reported="negative", id="a", **undated)
    assert facts(never, an_ihc(reported="negative", id="b", reported_on="2014-01-23"))["ihc"] == ("negative", ("b",))


# Together.


@pytest.mark.parametrize(
    ("others", "status", "differ"),
    [
        ((an_ihc(reported="positive"), a_fish(NEGATIVE)), "discordant", False),
        ((a_rt_pcr("positive"), a_fish(NEGATIVE)), "discordant", False),
        ((an_ihc(reported="negative"), a_fish(NEGATIVE)), "negative", False),
        ((an_ihc(reported="negative"), a_fish(POSITIVE)), "positive", True),
        ((a_rt_pcr("negative"), a_fish(POSITIVE)), "positive", True),
        ((an_ihc(reported="positive"), a_fish(POSITIVE)), "positive", False),
        ((an_ihc(reported="negative"), a_rt_pcr("positive")), "pending", False),
    ],
)
def test_fish_decides_and_opposite_results_are_looked_at(others, status, differ):
    found = facts(*others)
    assert found["alk_status"][0] == status
    assert found["fish_and_other_test_differ"][0] is differ


@pytest.mark.parametrize(
    ("methods", "awaited"),
    [
        (("fish",), "fish"),
        (("ihc", "fish"), "fish"),
        (("ihc",), "ihc"),
        (("ihc", "rt_pcr"), "ihc_and_molecular"),
        (("ihc", "ngs"), "ihc_and_molecular"),
        (("rt_pcr",), "molecular"),
        (("ngs",), "molecular"),
        (("gene",), "none"),
    ],
)
def test_what_is_awaited_is_named_and_leaves_the_status_pending(methods, awaited):
    asked = [a_test(f"w-{one}", one, None, requested_on="2014-01-20") for one in methods]
    found = facts(*asked)
    ids = tuple(one.id for one in asked) if awaited != "none" else ()
    assert found["alk_awaited"] == (awaited, ids)
    assert found["alk_status"] == ("pending" if ids else "unknown", ids)


def test_an_awaited_test_does_not_take_a_shown_or_discordant_status_away():
    awaited = a_test("w", "ihc", None, requested_on="2014-01-20")
    assert facts(a_fish(POSITIVE), awaited)["alk_status"] == ("positive", ("t2",))
    assert facts(an_ihc(reported="positive"), a_fish(NEGATIVE), awaited)["alk_status"][0] == "discordant"
    assert facts(a_fish(NEGATIVE), awaited)["alk_status"][0] == "pending"


# After an ALK inhibitor (H2).

LATE = a_specimen("s2", "2014-10-20", purpose="re-biopsy")


@pytest.mark.parametrize(
    ("taken", "status"), [("2014-02-04", "positive"), ("2014-02-03", "discordant"), ("2014-02", "discordant")]
)
def test_a_negative_fish_after_an_inhibitor_is_loss_in_that_lesion(taken, status):
    tests = a_fish(POSITIVE), a_specimen("s2", taken, purpose="re-biopsy"), a_fish(NEGATIVE, id="t9", specimen="s2")
    assert facts(*tests, first_inhibitor="2014-02-03")["alk_status"][0] == status
    assert facts(*tests)["alk_status"][0] == "discordant"


def test_a_late_test_counts_where_no_fish_was_positive_before():
    tests = LATE, a_fish(NEGATIVE, id="t9", specimen="s2")
    assert facts(*tests, first_inhibitor="2014-02-03")["alk_status"] == ("negative", ("t9",))


def test_late_tests_of_other_kinds_are_passed_over_too():
    tests = (
        a_fish(POSITIVE), LATE, an_ihc(reported="negative", specimen="s2"), a_rt_pcr("negative", specimen="s2"),
    )  # fmt: skip
    found = facts(*tests, first_inhibitor="2014-02-03")
    assert (found["ihc"], found["alk_molecular"]) == (("none", ()), ("none", ()))
    assert found["fish_and_other_test_differ"] == (False, ())
    assert facts(*tests)["fish_and_other_test_differ"] == (True, ("t2", "t1", "t3"))


def test_a_late_positive_fish_counts():
    tests = a_fish(NEGATIVE), LATE, a_fish(POSITIVE, id="t9", specimen="s2")
    assert facts(*tests, first_inhibitor="2014-02-03")["fish"] == ("discordant", ("t9",))


def test_a_specimen_without_a_day_is_none_taken_late():
    tests = a_fish(POSITIVE), a_specimen("s2", None), a_fish(NEGATIVE, id="t9", specimen="s2")
    assert facts(*tests, first_inhibitor="2014-02-03")["alk_status"][0] == "discordant"


# Markers (D15, A9).


@pytest.mark.parametrize(
    ("smoking", "marker"),
    [
        (Smoking(status="never"), True),
        (Smoking(status="never", pack_years=40), True),
        (Smoking(status="former", pack_years=10), True),
        (Smoking(status="current", pack_years=0), True),
        (Smoking(status="former", pack_years=Decimal("10.5")), False),
        (Smoking(status="former"), None),
        (Smoking(status="unknown"), None),
        (None, None),
    ],
)
def test_a_light_smoker_of_at_most_ten_pack_years_is_a_marker_and_noted(smoking, marker):
    diagnosis = a_diagnosis(smoking=smoking)
    found = facts(diagnosis=diagnosis)
    expected = (marker, ("diagnosis",) if marker is not None else ())
    assert found["predictive_marker"] == expected
    assert noted_facts(a_record(diagnosis=diagnosis), found)["light_smoker"] == expected


@pytest.mark.parametrize(
    ("intensity", "percent", "word", "suggests"),
    [
        (2, 5, "negative", True),
        (3, 80, None, True),
        (3, 80, "inconclusive", True),
        (1, 80, "negative", False),
        (None, 80, "negative", False),
        (2, 4, "negative", False),
        (2, None, "negative", False),
        (2, 5, "positive", False),
    ],
)
def test_moderate_staining_of_five_per_cent_that_is_not_called_positive_is_noted(intensity, percent, word, suggests):
    test = an_ihc(ihc=Ihc(intensity=intensity, percent_cells=percent, reported=word))
    noted = noted_facts(a_record(a_specimen(), test), facts(test))
    assert noted["ihc_suggests_positive"] == (suggests, ("t1",) if suggests else ())


def test_of_several_ihc_the_one_that_counts_is_noted():
    weak = an_ihc(id="a", ihc=Ihc(intensity=1, percent_cells=80, reported="negative"), reported_on="2014-01-25")
    strong = an_ihc(id="b", ihc=Ihc(intensity=3, percent_cells=80, reported="negative"))
    assert noted_facts(a_record(weak, strong), facts(weak, strong))["ihc_suggests_positive"] == (False, ())
    assert noted_facts(a_record(), facts())["ihc_suggests_positive"] == (False, ())
    unsaid = an_ihc(ihc=None)
    assert noted_facts(a_record(unsaid), facts(unsaid))["ihc_suggests_positive"] == (False, ())


@pytest.mark.parametrize(
    ("tests", "marker"),
    [
        ((a_gene_test("EGFR", "wild_type"),), (True, ("t5",))),
        ((a_gene_test("EGFR", "wild_type"), a_gene_test("KRAS", "wild_type", id="t6")), (True, ("t5", "t6"))),
        ((a_gene_test("EGFR", "wild_type"), a_gene_test("KRAS", "mutated", id="t6")), (False, ("diagnosis",))),
        ((a_gene_test("EGFR", "inconclusive"),), (False, ("diagnosis",))),
        ((a_gene_test("EGFR", "wild_type", reported_on=None),), (False, ("diagnosis",))),
        ((an_ngs(),), (True, ("t4",))),
        ((an_ngs(Alteration(gene="ALK", kind="mutation")),), (True, ("t4",))),
        ((an_ngs(Alteration(gene="alk", kind="mutation")),), (True, ("t4",))),
        ((an_ngs(Alteration(gene="MET", kind="amplification")),), (True, ("t4",))),
        ((an_ngs(Alteration(gene="EGFR", kind="mutation")),), (False, ("diagnosis",))),
        ((an_ngs(Alteration(gene="EGFR", kind="mutation"), reported_on=None), a_gene_test()), (True, ("t5",))),
    ],
)
def test_another_gene_wild_type_and_none_mutated_is_a_marker(tests, marker):
    assert facts(*tests, diagnosis=HEAVY)["predictive_marker"] == marker


def test_age_is_a_marker_only_by_the_clinics_limit():
    def marker(**given):
        return facts(**{"diagnosis": HEAVY, "young_age": 50, "birth_date": "1970-01-01", **given})["predictive_marker"]

    assert marker() == (True, ("patient", "diagnosis"))
    assert marker(young_age=None) == (False, ("diagnosis",))
    assert marker(young_age=44) == (False, ("diagnosis",))
    assert marker(young_age=45) == (True, ("patient", "diagnosis"))
    assert marker(birth_date=None) == (False, ("diagnosis",))
    undated = a_diagnosis(date=None, smoking=HEAVY.smoking)
    assert marker(diagnosis=undated) == (False, ("diagnosis",))
    nothing_said = a_diagnosis(smoking=None)
    assert marker(diagnosis=nothing_said) == (True, ("patient", "diagnosis"))


@pytest.mark.parametrize("year", range(1960, 1990))
def test_the_age_changes_on_the_birthday_in_every_year(year):
    diagnosis = a_diagnosis(date="2014-01-15", smoking=HEAVY.smoking)

    def is_young(birthday, limit):
        return facts(diagnosis=diagnosis, young_age=limit, birth_date=f"{year}-{birthday}")["predictive_marker"][0]

    age = 2014 - year
    assert (is_young("01-15", age), is_young("01-15", age + 1)) == (False, True)
    assert (is_young("01-16", age - 1), is_young("01-16", age)) == (False, True)


# The gatekeeper.


@pytest.mark.parametrize(
    ("gene", "protein", "found"),
    [
        ("ALK", "p.L1196M", True),
        ("alk", "L1196M", True),
        ("ALK", "P.l1196m", True),
        ("ALK", "p.C1156Y", False),
        ("ALK", None, False),
        ("EGFR", "p.L1196M", False),
    ],
)
def test_l1196m_is_found_by_sequencing(gene, protein, found):
    alteration = Alteration(gene=gene, kind="mutation", protein=protein)
    assert facts(an_ngs(alteration))["l1196m_found"] == (found, ("t4",) if found else ())
