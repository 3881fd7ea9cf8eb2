import pytest

from app.clinical.best_response import best_of, effective, responses_of_line
from app.clinical.recist import judge
from builders import a_baseline, a_line, a_progression, a_record, an_assessment


def last_of(*assessments):
    """Return the response that counts of the last assessment on a line from a baseline of 50 mm."""
    record = a_record(a_line(), a_baseline(50), *assessments)
    return effective(judge(record)[-1], record)


def test_the_computed_response_counts_where_none_was_reported():
    response = last_of(an_assessment(30))
    assert (response.code, response.reported, response.computed, response.differ) == ("PR", None, "PR", False)
    assert (response.date, response.ids) == ("2014-04-01", ("a1",))


def test_the_reported_response_counts_and_the_difference_is_a_thing_to_look_at():
    response = last_of(an_assessment(30, reported_response="SD"))
    assert (response.code, response.computed, response.differ) == ("SD", "PR", True)


def test_a_reported_response_that_agrees_does_not_differ():
    assert last_of(an_assessment(30, reported_response="PR")).differ is False


def test_a_recorded_progression_is_progression_whatever_was_reported():
    response = last_of(an_assessment(30, reported_response="PR", progression=a_progression()))
    assert (response.code, response.reported, response.differ) == ("PD", "PR", False)


def test_a_progression_recorded_with_one_assessment_is_that_of_its_timepoint():
    response = last_of(
        an_assessment(30, timepoint="1"),
        an_assessment(id="b1", timepoint="1", progression=a_progression(symptomatic=True)),
    )
    assert (response.code, response.ids) == ("PD", ("a1", "b1"))


def test_what_cannot_be_evaluated_does_not_differ():
    assert last_of(an_assessment(None, reported_response="PD")).differ is False
    assert last_of(an_assessment(30, reported_response="NE")).differ is False


def test_responses_that_cannot_be_evaluated_are_passed_over():
    record = a_record(
        a_line(),
        a_baseline(50),
        an_assessment(30, id="a1", date="2014-04-01"),
        an_assessment(60, id="a2", date="2014-05-01", reported_response="NE"),
        an_assessment(id="a3", date="2014-06-01"),
    )
    assert [one.ids for one in responses_of_line(record, judge(record), "l1")] == [("a1",)]


def test_each_line_has_its_own_responses_and_its_baseline_is_none_of_them():
    record = a_record(
        a_line(stop="2014-10-01"),
        a_line("ceritinib", id="l2", start="2014-10-08"),
        a_baseline(50, reported_response="SD"),
        an_assessment(70, id="a1", date="2014-10-05"),
        an_assessment(40, id="a2", date="2014-12-01"),
    )
    judgements = judge(record)
    assert [(one.code, one.ids) for one in responses_of_line(record, judgements, "l1")] == [("PD", ("a1",))]
    assert [(one.code, one.ids) for one in responses_of_line(record, judgements, "l2")] == [("PR", ("a2",))]


@pytest.mark.parametrize(
    ("sizes", "best"),
    [
        ((30, 0, 60), "CR"),
        ((40, 30, 60), "PR"),
        ((45, 70), "SD"),
        ((70, 20), "PR"),
        ((70,), "PD"),
        ((None,), "NE"),
        ((), None),
    ],
)
def test_the_best_response_of_a_line_needs_no_confirmation(sizes, best):
    assessments = [
        an_assessment(size, id=f"a{month}", date=f"2014-{month:02}-01") for month, size in enumerate(sizes, 3)
    ]
    record = a_record(a_line(), a_baseline(50), *assessments)
    assert best_of(effective(one, record) for one in judge(record) if not one.is_baseline) == best


def test_without_target_disease_neither_complete_response_nor_progression_is_the_best_before_progression():
    record = a_record(
        a_line(),
        a_baseline(non_target="present"),
        an_assessment(id="a1", non_target="non_cr_non_pd"),
        an_assessment(id="a2", date="2014-06-01", non_target="unequivocal_progression"),
    )
    assert best_of(responses_of_line(record, judge(record), "l1")) == "NON_CR_NON_PD"
