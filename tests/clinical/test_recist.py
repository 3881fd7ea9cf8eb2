from decimal import Decimal

import pytest
from hypothesis import given
from record_strategies import records

from app.clinical.best_response import response_of_line
from app.clinical.recist import judge
from builders import (
    a_baseline,
    a_lesion,
    a_line,
    a_new_lesion,
    a_node,
    a_non_target,
    a_record,
    an_assessment,
)


def judged(*entries):
    """Return the last judgement of a line of crizotinib from 3 February 2014."""
    return judge(a_record(a_line(), *entries))[-1]


# --- sums, changes and the target response


def test_the_sum_and_its_changes_are_exact():
    last = judged(
        a_baseline(42.0),
        an_assessment(18.0, id="a1", date="2014-04-01"),
        an_assessment(20.0, id="a2", date="2014-10-28"),
    )
    assert (last.sum_mm, last.baseline_mm, last.nadir_mm) == (Decimal("20.0"), Decimal("42.0"), Decimal("18.0"))
    assert round(last.change_from_baseline_percent, 1) == Decimal("-52.4")
    assert round(last.change_from_nadir_percent, 1) == Decimal("11.1")
    assert (last.target, last.overall) == ("PR", "PR")


@pytest.mark.parametrize(
    ("sizes", "target"),
    [((70,), "PR"), ((70.1,), "SD"), ((100,), "SD"), ((119.9,), "SD"), ((120,), "PD"), ((0,), "CR")],
)
def test_the_target_response_is_by_the_change_of_the_sum(sizes, target):
    assert judged(a_baseline(100), an_assessment(*sizes)).target == target


def test_progression_is_measured_from_the_smallest_sum_not_from_the_baseline():
    last = judged(a_baseline(100), an_assessment(50), an_assessment(60, id="a2", date="2014-06-01"))
    assert (last.target, last.nadir_mm) == ("PD", 50)
    assert (
        last.why == "The target lesions add up to 60 mm, 10 mm (20.0 %) above the smallest sum of 50 mm: progression."
    )


def test_the_nadir_is_the_smallest_sum_before_the_assessment_itself():
    first, second, third = judge(
        a_record(a_line(), a_baseline(50), an_assessment(40), an_assessment(30, id="a2", date="2014-06-01"))
    )
    assert (first.nadir_mm, second.nadir_mm, third.nadir_mm) == (None, 50, 40)


def test_sums_add_the_short_axis_of_nodes_to_the_longest_diameter_of_the_others():
    last = judged(a_baseline(30, a_node("N", 20)), an_assessment(20, a_node("N", 12)))
    assert (last.sum_mm, last.baseline_mm, last.target) == (32, 50, "PR")


@pytest.mark.parametrize(("node", "target"), [(9.9, "CR"), (10, "PR"), (0, "CR")])
def test_complete_response_wants_every_node_below_ten_millimetres(node, target):
    assert judged(a_baseline(30, a_node("N", 20)), an_assessment(0, a_node("N", node))).target == target


def test_complete_response_wants_every_other_lesion_gone():
    assert judged(a_baseline(30), an_assessment(1)).target == "PR"


def test_nodes_below_ten_millimetres_stay_a_complete_response_though_their_sum_grows():
    last = judged(
        a_baseline(a_node("N1", 16), a_node("N2", 16)),
        an_assessment(a_node("N1", 5), a_node("N2", 5)),
        an_assessment(a_node("N1", 9), a_node("N2", 9), id="a2", date="2014-06-01"),
    )
    assert (last.target, last.sum_mm, last.nadir_mm) == ("CR", 18, 10)


def test_a_lesion_of_a_lymph_node_site_is_a_node_unless_the_record_says_otherwise():
    node = a_lesion("N", 20, site="lymph_node")
    assert judged(a_baseline(node), an_assessment(a_lesion("N", 8, site="lymph_node"))).target == "CR"
    other = a_lesion("N", 20, site="lymph_node", lymph_node=False)
    assert judged(a_baseline(other), an_assessment(a_lesion("N", 8, site="lymph_node"))).target == "PR"


def test_a_lesion_too_small_to_measure_counts_five_millimetres():
    last = judged(a_baseline(50), an_assessment(a_lesion("T1", None, too_small_to_measure=True)))
    assert (last.sum_mm, last.target) == (5, "PR")


def test_a_measurement_counts_before_too_small_to_measure():
    assert judged(a_baseline(50), an_assessment(a_lesion("T1", 3, too_small_to_measure=True))).sum_mm == 3


# --- lesions that were not measured


def test_a_lesion_not_measured_makes_the_target_response_not_evaluable():
    last = judged(a_baseline(30, 20), an_assessment(10, None))
    assert (last.target, last.overall, last.sum_mm) == ("NE", "NE", None)
    assert last.why == "The target lesions cannot be evaluated, not measured: T2."


def test_a_lesion_of_the_baseline_that_is_not_listed_was_not_measured():
    assert judged(a_baseline(30, 20), an_assessment(10)).target == "NE"


def test_progression_that_what_was_measured_already_shows_needs_no_more():
    last = judged(a_baseline(30, 20), an_assessment(60, None))
    assert (last.target, last.overall, last.sum_mm) == ("PD", "PD", None)
    assert last.why.startswith("Even without T2 the target lesions add up to 60 mm, 10 mm (20.0 %) above")


def test_an_incomplete_sum_is_no_nadir():
    last = judged(a_baseline(30, 20), an_assessment(5, None), an_assessment(20, 20, id="a2", date="2014-06-01"))
    assert (last.nadir_mm, last.target) == (50, "SD")


def test_a_lesion_not_measured_at_the_baseline_is_said_and_not_counted():
    last = judged(a_baseline(30, None), an_assessment(20, 40))
    assert (last.sum_mm, last.baseline_mm, last.target) == (20, 30, "PR")
    assert "not in the baseline and not counted: T2" in last.why


def test_a_baseline_whose_lesions_were_not_measured_compares_with_nothing():
    last = judged(a_baseline(None), an_assessment(20))
    assert (last.target, last.overall, last.baseline_mm, last.sum_mm) == ("NE", "NE", None, 20)
    assert last.why.startswith("There is no baseline to compare the target lesions with")


def test_a_target_lesion_the_baseline_does_not_have_is_said_and_not_counted():
    last = judged(a_baseline(30), an_assessment(30, 15))
    assert (last.sum_mm, last.target) == (30, "SD")
    assert last.why == (
        "The target lesions add up to 30 mm (30 mm at the baseline, 30 mm at the smallest): stable disease; "
        "not in the baseline and not counted: T2; overall: stable disease."
    )


def test_a_baseline_of_nothing_gives_no_percentage():
    last = judged(a_baseline(0), an_assessment(6))
    assert (last.target, last.change_from_baseline_percent, last.change_from_nadir_percent) == ("PD", None, None)
    assert last.why == "The target lesions add up to 6 mm, 6 mm above the smallest sum of 0 mm: progression."


# --- merged and split lesions


def test_a_merged_lesion_is_measured_with_the_other_and_adds_nothing_itself():
    last = judged(a_baseline(30, 20), an_assessment(40, a_lesion("T2", None, merged_with="T1")))
    assert (last.sum_mm, last.target) == (40, "SD")


def test_merged_lesions_are_gone_only_when_what_they_merged_into_is():
    gone = judged(a_baseline(30, 20), an_assessment(0, a_lesion("T2", None, merged_with="T1")))
    node = judged(a_baseline(30, a_node("N", 20)), an_assessment(a_lesion("T1", None, merged_with="N"), a_node("N", 8)))
    assert (gone.target, node.target) == ("CR", "PR")


def test_a_merged_lesion_stays_merged_until_it_is_measured_apart():
    merged = an_assessment(40, a_lesion("T2", None, merged_with="T1"))
    later = judged(a_baseline(30, 20), merged, an_assessment(38, id="a2", date="2014-06-01"))
    apart = judged(a_baseline(30, 20), merged, an_assessment(25, 10, id="a2", date="2014-06-01"))
    assert (later.sum_mm, apart.sum_mm) == (38, 35)


def test_lesions_merged_each_with_the_other_are_measured_nowhere():
    last = judged(
        a_baseline(30, 20),
        an_assessment(a_lesion("T1", None, merged_with="T2"), a_lesion("T2", None, merged_with="T1")),
    )
    assert (last.target, last.sum_mm) == ("NE", None)


def test_a_lesion_merged_into_one_that_is_not_listed_is_not_measured():
    assert judged(a_baseline(30), an_assessment(a_lesion("T1", None, merged_with="T9"))).target == "NE"


def test_what_a_lesion_merged_into_is_followed_though_the_baseline_has_it_not():
    last = judged(a_baseline(30), an_assessment(a_lesion("T1", None, merged_with="T9"), a_lesion("T9", 45)))
    assert (last.sum_mm, last.target) == (45, "PD")


def test_the_parts_of_a_split_lesion_are_added():
    last = judged(a_baseline(50), an_assessment(20, a_lesion("T1b", 15, split_from="T1")))
    assert (last.sum_mm, last.target) == (35, "PR")
    assert "not counted" not in last.why


def test_a_part_of_a_part_is_added_whatever_the_order_of_the_list():
    last = judged(
        a_baseline(50),
        an_assessment(a_lesion("T1c", 5, split_from="T1b"), a_lesion("T1b", 15, split_from="T1"), a_lesion("T1", 20)),
    )
    assert last.sum_mm == 40


def test_a_part_is_followed_from_then_on():
    split = an_assessment(20, a_lesion("T1b", 15, split_from="T1"))
    with_it = an_assessment(20, a_lesion("T1b", 30), id="a2", date="2014-06-01")
    without_it = an_assessment(20, id="a2", date="2014-06-01")
    assert judged(a_baseline(50), split, with_it).target == "PD"
    assert judged(a_baseline(50), split, without_it).target == "NE"


def test_a_part_of_a_lesion_that_is_not_followed_is_not_counted():
    last = judged(a_baseline(50), an_assessment(40, a_lesion("T9", 10), a_lesion("T9b", 15, split_from="T9")))
    assert last.sum_mm == 40


# --- after a complete response


def test_a_lesion_that_comes_back_after_a_complete_response_is_progression():
    last = judged(a_baseline(50), an_assessment(0), an_assessment(3, id="a2", date="2014-06-01"))
    assert (last.target, last.overall) == ("PD", "PD")
    assert last.why == "A target lesion has come back after a complete response: progression."


def test_a_lesion_that_comes_back_beside_one_that_was_not_measured_is_progression_without_a_sum():
    gone = an_assessment(0, 0, id="a1", date="2014-04-01")
    last = judged(a_baseline(30, 20), gone, an_assessment(4, None, id="a2", date="2014-06-01"))
    assert (last.target, last.overall, last.sum_mm) == ("PD", "PD", None)


def test_one_of_several_lesions_that_comes_back_without_a_complete_response_counts_in_the_sum():
    last = judged(a_baseline(50, 10), an_assessment(20, 0), an_assessment(20, 3, id="a2", date="2014-06-01"))
    assert last.target == "PR"


def test_a_node_that_grows_after_a_complete_response_needs_the_sum():
    last = judged(
        a_baseline(a_node("N", 20)), an_assessment(a_node("N", 8)),
        an_assessment(a_node("N", 11), id="a2", date="2014-06-01"),
    )  # fmt: skip
    assert last.target == "PR"


# --- non-target lesions


@pytest.mark.parametrize(
    ("word", "non_target", "overall"),
    [
        ("complete_response", "CR", "CR"),
        ("non_cr_non_pd", "NON_CR_NON_PD", "PR"),
        ("present", "NON_CR_NON_PD", "PR"),
        ("not_evaluated", "NE", "PR"),
        ("unequivocal_progression", "PD", "PD"),
        (None, "NE", "PR"),
        ("none", "NE", "PR"),
    ],
)
def test_a_complete_response_of_the_targets_is_complete_only_with_that_of_the_non_targets(word, non_target, overall):
    last = judged(a_baseline(30, non_target="present"), an_assessment(0, non_target=word))
    assert (last.non_target, last.overall) == (non_target, overall)


@pytest.mark.parametrize("word", [None, "none"])
def test_without_non_target_disease_there_is_none_to_assess(word):
    last = judged(a_baseline(30, non_target=word), an_assessment(0, non_target=word))
    assert (last.non_target, last.overall) == ("NA", "CR")


def test_the_non_target_response_is_the_worst_of_the_lesions():
    last = judged(
        a_baseline(30, non_target_lesions=(a_non_target("N1", "present"), a_non_target("N2", "present"))),
        an_assessment(
            30, non_target_lesions=(a_non_target("N1", "complete_response"), a_non_target("N2", "non_cr_non_pd"))
        ),
    )
    assert last.non_target == "NON_CR_NON_PD"


@pytest.mark.parametrize(
    ("listed", "non_target"),
    [
        ((a_non_target("N1", "complete_response"),), "NE"),
        ((a_non_target("N1", "complete_response"), a_non_target("N2", None)), "NE"),
        ((a_non_target("N1", "complete_response"), a_non_target("N2", "none")), "NE"),
        ((a_non_target("N1", "unequivocal_progression"),), "PD"),
        ((a_non_target("N1", "complete_response"), a_non_target("N2", "complete_response")), "CR"),
    ],
)
def test_a_non_target_lesion_that_is_not_spoken_of_was_not_evaluated(listed, non_target):
    baseline = a_baseline(30, non_target_lesions=(a_non_target("N1", "present"), a_non_target("N2", "present")))
    assert judged(baseline, an_assessment(30, non_target_lesions=listed)).non_target == non_target


def test_a_non_target_lesion_that_the_baseline_says_is_not_there_is_not_followed():
    baseline = a_baseline(30, non_target_lesions=(a_non_target("N1", "present"), a_non_target("N2", "none")))
    last = judged(baseline, an_assessment(30, non_target_lesions=(a_non_target("N1", "complete_response"),)))
    assert last.non_target == "CR"


def test_a_word_for_all_speaks_for_the_lesions_that_are_not_listed():
    last = judged(
        a_baseline(30, non_target_lesions=(a_non_target("N1", "present"), a_non_target("N2", "present"))),
        an_assessment(
            30, non_target="complete_response", non_target_lesions=(a_non_target("N1", "complete_response"),)
        ),
    )
    assert last.non_target == "CR"


@pytest.mark.parametrize(
    ("word", "overall"),
    [
        ("non_cr_non_pd", "NON_CR_NON_PD"),
        ("complete_response", "CR"),
        ("unequivocal_progression", "PD"),
        ("not_evaluated", "NE"),
        (None, "NE"),
    ],
)
def test_patients_with_non_target_disease_only_follow_table_2(word, overall):
    last = judged(a_baseline(non_target="present"), an_assessment(non_target=word))
    assert (last.target, last.overall, last.sum_mm) == ("NA", overall, None)


# --- new lesions


def test_an_unequivocal_new_lesion_is_progression_whatever_else_responds():
    last = judged(a_baseline(66), an_assessment(28, new_lesions=(a_new_lesion("brain"),)))
    assert (last.target, last.new_lesions, last.overall) == ("PR", True, "PD")
    assert last.why == (
        "The target lesions add up to 28 mm, 57.6 % below the 66 mm at the baseline: partial response; "
        "new lesion (brain): progression; overall: progression."
    )


@pytest.mark.parametrize("unequivocal", [False, None])
def test_a_possible_new_lesion_is_said_and_is_not_progression(unequivocal):
    last = judged(a_baseline(66), an_assessment(28, new_lesions=(a_new_lesion("liver", unequivocal),)))
    assert (last.new_lesions, last.overall) == (False, "PR")
    assert "possible new lesion (liver): not progression yet" in last.why


def test_a_new_lesion_of_a_site_not_said_is_progression_outside_the_brain():
    last = judged(a_baseline(66), an_assessment(66, new_lesions=(a_new_lesion(None),)))
    assert (last.overall, last.intracranial, last.extracranial) == ("PD", "NA", "PD")
    assert "new lesion (site not said)" in last.why


def test_an_empty_assessment_says_nothing():
    assert judged(a_baseline(66), an_assessment()).overall == "NE"
    nothing = judged(a_baseline(), an_assessment())
    assert (nothing.overall, nothing.why) == ("NA", "There is nothing to assess.")


# --- intracranial and extracranial


def test_the_compartments_are_judged_over_their_own_lesions_alone():
    last = judged(
        a_baseline(50, a_lesion("B", 10, "brain")),
        an_assessment(20, a_lesion("B", 16, "brain")),
    )
    assert (last.overall, last.intracranial, last.extracranial) == ("PR", "PD", "PR")


def test_a_new_brain_lesion_is_intracranial_progression_while_the_chest_responds():
    last = judged(
        a_baseline(66, non_target="present"),
        an_assessment(28, non_target="non_cr_non_pd", new_lesions=(a_new_lesion("brain"),)),
    )
    assert (last.overall, last.intracranial, last.extracranial) == ("PD", "PD", "PR")


def test_a_compartment_without_disease_has_none_to_assess():
    chest = judged(a_baseline(50), an_assessment(20))
    head = judged(a_baseline(a_lesion("B", 20, "brain")), an_assessment(a_lesion("B", 0, "brain")))
    assert (chest.intracranial, chest.extracranial) == ("NA", "PR")
    assert (head.intracranial, head.extracranial) == ("CR", "NA")


def test_a_compartment_that_was_not_measured_is_not_evaluable_and_the_other_is():
    last = judged(a_baseline(50, a_lesion("B", 10, "brain")), an_assessment(20))
    assert (last.overall, last.intracranial, last.extracranial) == ("NE", "NE", "PR")


def test_a_complete_response_of_one_compartment_is_remembered_for_it_alone():
    brain = "brain"
    last = judged(
        a_baseline(50, a_lesion("B", 10, brain)),
        an_assessment(20, a_lesion("B", 0, brain)),
        an_assessment(20, a_lesion("B", 2, brain), id="a2", date="2014-06-01"),
    )
    assert (last.overall, last.intracranial, last.extracranial) == ("PR", "PD", "PR")


def test_a_compartment_may_have_its_complete_response_while_the_other_has_disease():
    brain = (a_non_target("N1", "non_cr_non_pd", "brain"),)
    last = judged(
        a_baseline(50, non_target_lesions=brain),
        an_assessment(0, non_target_lesions=brain),
        an_assessment(3, id="a2", date="2014-06-01", non_target_lesions=brain),
    )
    assert (last.target, last.overall, last.intracranial, last.extracranial) == ("PR", "PR", "NON_CR_NON_PD", "PD")


def test_listed_non_target_lesions_count_by_their_site():
    last = judged(
        a_baseline(50, non_target_lesions=(a_non_target("N1", "present", "leptomeninges"),)),
        an_assessment(20, non_target_lesions=(a_non_target("N1", "unequivocal_progression", "leptomeninges"),)),
    )
    assert (last.intracranial, last.extracranial) == ("PD", "PR")


def test_a_non_target_word_alone_is_of_the_extracranial_compartment():
    last = judged(
        a_baseline(50, a_lesion("B", 10, "brain"), non_target="present"),
        an_assessment(20, a_lesion("B", 3, "brain"), non_target="unequivocal_progression"),
    )
    assert (last.intracranial, last.extracranial) == ("PR", "PD")


def test_a_non_target_word_is_of_the_compartment_of_the_lesions_listed_at_the_baseline():
    last = judged(
        a_baseline(50, non_target_lesions=(a_non_target("N1", "present", "brain"),)),
        an_assessment(20, non_target="unequivocal_progression"),
    )
    assert (last.intracranial, last.extracranial) == ("PD", "PR")


def test_a_non_target_word_of_a_brain_mri_is_of_the_intracranial_compartment():
    baseline = a_baseline(50, a_lesion("B", 10, "brain"), modality="mri", non_target="present")
    mri = an_assessment(a_lesion("B", 10, "brain"), modality="mri", non_target="unequivocal_progression")
    last = judged(baseline, mri)
    assert (last.overall, last.intracranial, last.extracranial) == ("PD", "PD", "NE")


# --- which line, and what it is measured from


def test_the_baseline_of_the_first_line_is_not_judged():
    (only,) = judge(a_record(a_line(), a_baseline(42.0, new_lesions=(a_new_lesion(),))))
    assert only.new_lesions is False
    assert (only.line, only.is_baseline, only.baseline_of) == ("l1", True, ("l1",))
    assert (only.target, only.non_target, only.overall, only.intracranial) == ("NA", "NA", "NA", "NA")
    assert (only.sum_mm, only.baseline_mm, only.nadir_mm) == (Decimal("42.0"), Decimal("42.0"), None)
    assert only.why == "Baseline: the target lesions add up to 42.0 mm."


def test_an_assessment_before_any_treatment_that_is_no_baseline_is_not_judged():
    first, second = judge(a_record(a_line(), an_assessment(50, id="a0", date="2013-12-01"), a_baseline(42, id="a1")))
    assert (first.line, first.is_baseline, first.overall) == (None, False, "NA")
    assert first.why == "Before any line of treatment."
    assert second.is_baseline


def test_without_any_line_there_is_nothing_to_judge():
    (only,) = judge(a_record(a_baseline(non_target="present")))
    assert (only.line, only.is_baseline, only.overall, only.why) == (None, False, "NA", "Before any line of treatment.")


def test_a_baseline_without_target_lesions_says_so():
    (only,) = judge(a_record(a_line(), a_baseline(non_target="present")))
    assert (only.sum_mm, only.baseline_mm, only.why) == (None, None, "Baseline.")


def test_on_the_first_day_of_a_line_an_assessment_ends_the_earlier_line_and_begins_the_new_one():
    judgements = judge(
        a_record(
            a_line(stop="2014-10-01"),
            a_line("ceritinib", id="l2", start="2014-10-08"),
            a_baseline(50),
            an_assessment(70, id="a1", date="2014-10-08"),
            an_assessment(40, id="a2", date="2014-12-01"),
        )
    )
    assert [(one.line, one.overall, one.is_baseline, one.baseline_of) for one in judgements] == [
        ("l1", "NA", True, ("l1",)),
        ("l1", "PD", False, ("l2",)),
        ("l2", "PR", False, ()),
    ]
    assert judgements[-1].baseline_mm == 70


def test_a_line_without_a_baseline_judges_non_targets_and_new_lesions_only():
    first, last = judge(
        a_record(
            a_line(),
            an_assessment(20, id="a1", non_target="non_cr_non_pd"),
            an_assessment(60, id="a2", date="2014-06-01", new_lesions=(a_new_lesion("brain"),)),
        )
    )
    assert (first.target, first.overall, first.sum_mm, first.baseline_mm) == ("NE", "NE", 20, None)
    assert (last.target, last.overall) == ("NE", "PD")
    assert first.why == (
        "There is no baseline to compare the target lesions with; non-target lesions: neither complete response nor "
        "progression; overall: not evaluable."
    )


def test_a_line_without_a_baseline_has_no_target_response_where_no_lesion_is_listed():
    (only,) = judge(a_record(a_line(), an_assessment(non_target="non_cr_non_pd")))
    assert (only.target, only.overall, only.sum_mm) == ("NA", "NON_CR_NON_PD", None)


def test_an_assessment_on_treatment_before_a_late_baseline_is_not_compared_with_it():
    first, second, third = judge(
        a_record(
            a_line(),
            an_assessment(60, id="a1", date="2014-02-05"),
            a_baseline(50, id="a2", date="2014-02-10"),
            an_assessment(30, id="a3", date="2014-04-01"),
        )
    )
    assert [one.overall for one in (first, second, third)] == ["NE", "NA", "PR"]
    assert third.nadir_mm == 50


def test_an_assessment_of_the_day_of_a_late_baseline_is_compared_with_it():
    late = a_baseline(50, id="a1", date="2014-02-10")
    assert judged(late, an_assessment(30, id="a2", date="2014-02-10")).overall == "PR"


def test_a_lesion_listed_and_not_measured_in_one_of_a_timepoint_was_not_measured():
    first, last = an_assessment(None, id="a1", timepoint="1"), an_assessment(id="b1", timepoint="1")
    assert judged(first, last).target == "NE"


def test_adjuvant_lines_are_judged_like_any_other():
    last = judged(
        a_line("cisplatin", id="l0", intent="adjuvant", start="2012-01-01", stop="2012-04-01"),
        an_assessment(id="a00", date="2012-06-01"),
        a_baseline(50),
        an_assessment(25),
    )
    assert (last.line, last.overall) == ("l1", "PR")


# --- assessments judged together


def test_assessments_of_one_timepoint_are_judged_together_at_the_latest_of_their_dates():
    last = judged(
        a_baseline(50, id="a0", timepoint="baseline"),
        a_baseline(a_lesion("B", 10, "brain"), id="b0", date="2014-02-01", modality="mri", timepoint="baseline"),
        an_assessment(a_lesion("B", 4, "brain"), id="b1", date="2014-04-05", modality="mri", timepoint="week 8"),
        an_assessment(20, id="a1", date="2014-04-03", timepoint="week 8", reported_response="PR"),
    )
    assert (last.ids, last.date, last.sum_mm, last.baseline_mm) == (("a1", "b1"), "2014-04-05", 24, 60)
    assert (last.overall, last.intracranial, last.extracranial, last.reported) == ("PR", "PR", "PR", "PR")


def test_the_reported_response_of_a_timepoint_is_the_worst_of_its_assessments():
    last = judged(
        a_baseline(50),
        an_assessment(20, id="a1", timepoint="1", reported_response="PR"),
        an_assessment(id="b1", timepoint="1", reported_response="PD"),
    )
    assert last.reported == "PD"


@pytest.mark.parametrize("sizes", [(None, 20), (20, None)])
def test_a_lesion_listed_twice_in_a_timepoint_counts_where_it_was_measured(sizes):
    first, second = sizes
    last = judged(
        a_baseline(50),
        an_assessment(first, id="a1", timepoint="1"),
        an_assessment(second, id="b1", date="2014-04-03", timepoint="1"),
    )
    assert last.sum_mm == 20


def test_two_marked_baselines_of_one_line_count_together():
    ct = a_baseline(50, id="a0", date="2014-01-20")
    mri = a_baseline(a_lesion("B", 10, "brain"), id="b0", date="2014-01-30", modality="mri")
    first, second, last = judge(a_record(a_line(), ct, mri, an_assessment(20, a_lesion("B", 20, "brain"))))
    assert (first.baseline_of, second.baseline_of, first.sum_mm, second.sum_mm) == (("l1",), ("l1",), 50, 10)
    assert (last.baseline_mm, last.intracranial) == (60, "PD")


def test_of_a_lesion_measured_in_two_marked_baselines_the_one_nearest_the_start_counts():
    early, late = a_baseline(40, id="a0", date="2014-01-15"), a_baseline(50, id="a1", date="2014-02-01")
    assert judged(early, late, an_assessment(50, id="a2")).baseline_mm == 50
    unmeasured = a_baseline(None, id="a1", date="2014-02-01")
    assert judged(early, unmeasured, an_assessment(50, id="a2")).baseline_mm == 40


def test_judging_a_record_without_assessments_gives_nothing():
    assert judge(a_record(a_line())) == ()


def test_a_baseline_after_adjuvant_treatment_is_only_the_baseline_of_its_own_line():
    adjuvant = a_line("cisplatin", "vinorelbine", id="l0", start="2012-01-01", stop="2012-04-01", intent="adjuvant")
    first, second = judge(a_record(adjuvant, a_line(), a_baseline(50), an_assessment(30)))
    assert (first.line, first.is_baseline, first.overall, first.baseline_of) == ("l1", True, "NA", ("l1",))
    assert (second.line, second.overall) == ("l1", "PR")


def test_a_relapse_under_adjuvant_treatment_is_progression_of_it_until_a_line_is_measured_from_it():
    adjuvant = a_line(id="l0", start="2012-01-01", intent="adjuvant")
    relapse = an_assessment(50, date="2014-01-30", new_lesions=(a_new_lesion(),))
    (alone,) = judge(a_record(adjuvant, relapse))
    assert (alone.line, alone.overall) == ("l0", "PD")
    (measured,) = judge(a_record(adjuvant, a_line(), relapse))
    assert (measured.line, measured.overall) == ("l1", "NA")


def test_an_adjuvant_line_with_a_baseline_is_judged_like_any_other():
    adjuvant = a_line(id="l0", start="2012-01-01", intent="adjuvant")
    earlier = an_assessment(50, id="a00", date="2011-12-20")
    last = judge(a_record(adjuvant, a_line(), earlier, a_baseline(80)))[-1]
    assert (last.line, last.overall, last.baseline_of) == ("l0", "PD", ("l1",))


@given(records())
def test_every_assessment_of_any_record_is_judged_once(record):
    judgements = judge(record)
    assert sorted(name for one in judgements for name in one.ids) == sorted(one.id for one in record.assessments)
    for one in judgements:
        assert {one.target, one.overall, one.intracranial, one.extracranial} <= {"CR", "PR", "SD", "PD", "NE", "NA",
                                                                                "NON_CR_NON_PD"}  # fmt: skip
        assert one.why.endswith(".")
    for line in record.therapy_lines:
        found = response_of_line(record, judgements, line.id)
        assert {found.best, found.best_confirmed} <= {None, "CR", "PR", "SD", "NON_CR_NON_PD", "PD", "NE"}
        assert (found.best is None) == (found.best_confirmed is None)
        assert found.best_confirmed != "CR" or found.best == "CR"
        assert found.best != "PD" or found.progression_date is not None


def test_enough_to_decide_by_is_without_words_compartments_and_sums_of_nothing():
    record = a_record(a_line(), a_baseline(50), an_assessment(20), an_assessment(30, id="a2", date="2014-06-01"))
    for whole, brief in zip(judge(record), judge(record, explain=False), strict=True):
        assert (brief.why, brief.intracranial, brief.extracranial) == ("", "NA", "NA")
        assert (brief.target, brief.non_target, brief.overall) == (whole.target, whole.non_target, whole.overall)
        assert whole.why


def test_several_new_lesions_are_named_by_their_sites_each_once():
    new = (a_new_lesion("brain"), a_new_lesion("liver"), a_new_lesion("brain"))
    assert "new lesion (brain, liver): progression" in judged(a_baseline(50), an_assessment(50, new_lesions=new)).why


def test_what_was_not_measured_not_counted_or_only_possible_is_named_one_by_one():
    unmeasured = judged(a_baseline(30, 20, 10), an_assessment(30, None, None))
    assert unmeasured.why.startswith("The target lesions cannot be evaluated, not measured: T2, T3")
    more = judged(a_baseline(30), an_assessment(30, 20, 10))
    assert "not in the baseline and not counted: T2, T3" in more.why
    possible = (a_new_lesion("liver", None), a_new_lesion("bone", False), a_new_lesion("liver", None))
    assert (
        "possible new lesion (liver, bone): not progression yet"
        in judged(a_baseline(30), an_assessment(30, new_lesions=possible)).why
    )


def test_without_a_baseline_only_the_compartment_that_lists_lesions_cannot_be_evaluated():
    brain = judged(an_assessment(a_lesion("B", 10, "brain"), date="2014-06-01"))
    assert (brain.intracranial, brain.extracranial) == ("NE", "NA")
    lung = judged(an_assessment(10, date="2014-06-01"))
    assert (lung.intracranial, lung.extracranial) == ("NA", "NE")


def test_lesions_merged_in_a_circle_are_measured_nowhere():
    circle = (
        a_lesion("T1", None, merged_with="T2"), a_lesion("T2", None, merged_with="T3"),
        a_lesion("T3", None, merged_with="T2"),
    )  # fmt: skip
    last = judged(a_baseline(30, 20, 10), an_assessment(*circle))
    assert (last.target, last.sum_mm) == ("NE", None)
