import pytest

from app.clinical.best_response import effective, response_of_line, responses_of_line
from app.clinical.recist import judge
from builders import (
    a_baseline,
    a_lesion,
    a_line,
    a_new_lesion,
    a_non_target,
    a_progression,
    a_record,
    an_assessment,
)


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


def a_course(*seen, start="2014-02-03", baseline=True):
    """Return a record whose line has these reported responses, each on its date."""
    assessments = [
        an_assessment(id=f"a{number}", date=date, reported_response=code)
        for number, (date, code) in enumerate(seen, start=1)
    ]
    return a_record(a_line(start=start), *([a_baseline(50)] if baseline else []), *assessments)


def line_of(record, line="l1", **days):
    return response_of_line(record, judge(record), line, **days)


@pytest.mark.parametrize(
    ("sizes", "best"),
    [
        ((30, 0, 60), "CR"),
        ((40, 30, 60), "PR"),
        ((45, 45, 70), "SD"),
        ((70,), "PD"),
        ((None,), "NE"),
        ((), None),
    ],
)
def test_the_best_response_of_a_line_needs_no_confirmation(sizes, best):
    assessments = [
        an_assessment(size, id=f"a{month}", date=f"2014-{month:02}-01") for month, size in enumerate(sizes, 3)
    ]
    assert line_of(a_record(a_line(), a_baseline(50), *assessments)).best == best


def test_the_baseline_of_the_next_line_is_no_verdict_on_the_line_before():
    record = a_record(
        a_line(stop="2014-10-05", stop_reason="progression"),
        a_line("ceritinib", id="l2", start="2014-10-08"),
        a_baseline(50, date="2014-10-06"),
        an_assessment(70, id="a1", date="2014-12-01"),
    )
    assert line_of(record).best is None
    assert line_of(record, "l2").best == "PD"


def test_beyond_progression_assessments_are_judged_but_neither_the_best_response_nor_the_date_changes():
    record = a_record(
        a_line(),
        a_baseline(50),
        an_assessment(45, id="a1", date="2014-04-01"),
        an_assessment(70, id="a2", date="2014-06-01"),
        an_assessment(20, id="a3", date="2014-08-01"),
        an_assessment(40, id="a4", date="2014-10-01"),
    )
    assert [one.overall for one in judge(record)] == ["NA", "SD", "PD", "PR", "PD"]
    line = line_of(record)
    assert (line.best, line.best_confirmed, line.progression_date) == ("SD", "SD", "2014-06-01")


def test_without_target_disease_neither_complete_response_nor_progression_is_the_best_before_progression():
    record = a_record(
        a_line(),
        a_baseline(non_target="present"),
        an_assessment(id="a1", non_target="non_cr_non_pd"),
        an_assessment(id="a2", date="2014-06-01", non_target="unequivocal_progression"),
    )
    assert line_of(record).best == "NON_CR_NON_PD"


def test_without_target_disease_a_complete_response_that_is_not_confirmed_is_no_stable_disease():
    record = a_record(
        a_line(), a_baseline(non_target="present"), an_assessment(id="a1", non_target="complete_response")
    )
    line = line_of(record)
    assert (line.best, line.best_confirmed) == ("CR", "NON_CR_NON_PD")


def test_what_the_reader_alone_says_without_lesions_is_stable_disease_when_not_confirmed():
    record = a_course(("2014-04-01", "PR"), baseline=False)
    assert line_of(record).best_confirmed == "SD"


@pytest.mark.parametrize(("date", "best"), [("2014-03-16", "NE"), ("2014-03-17", "SD")])
def test_stable_disease_counts_from_42_days_after_the_start_of_the_line(date, best):
    line = line_of(a_course((date, "SD")))
    assert (line.best, line.best_confirmed) == (best, best)


@pytest.mark.parametrize(("days", "best"), [(56, "SD"), (57, "NE")])
def test_the_minimum_time_of_stable_disease_can_be_set(days, best):
    assert line_of(a_course(("2014-03-31", "SD")), minimum_stable_days=days).best == best


@pytest.mark.parametrize(("days", "best"), [(28, "PR"), (29, "SD")])
def test_the_time_to_confirmation_can_be_set(days, best):
    record = a_course(("2014-04-01", "PR"), ("2014-04-29", "PR"))
    assert line_of(record, confirmation_days=days).best_confirmed == best


@pytest.mark.parametrize(("date", "best"), [("2014-04-28", "SD"), ("2014-04-29", "PR")])
def test_a_response_is_confirmed_28_days_later(date, best):
    assert line_of(a_course(("2014-04-01", "PR"), (date, "PR"))).best_confirmed == best


@pytest.mark.parametrize(("date", "best"), [("2014-03-12", "NE"), ("2014-03-13", "SD")])
def test_where_the_start_is_not_known_the_minimum_time_counts_from_the_baseline(date, best):
    assert line_of(a_course((date, "SD"), start=None)).best == best


def test_where_nothing_says_since_when_the_minimum_time_cannot_be_shown():
    record = a_course(("2014-06-01", "SD"), ("2014-07-01", "PD"), start=None, baseline=False)
    assert line_of(record).best == "PD"
    assert line_of(a_course(("2014-06-01", "SD"), start=None, baseline=False)).best == "NE"


def test_a_line_without_a_baseline_has_the_response_that_was_reported_and_the_progression_that_was_seen():
    record = a_record(
        a_line(),
        an_assessment(30, id="a1", reported_response="PR"),
        an_assessment(30, id="a2", date="2014-05-01", reported_response="PR"),
        an_assessment(30, id="a3", date="2014-06-01", new_lesions=(a_new_lesion(),)),
    )
    line = line_of(record)
    assert (line.best, line.best_confirmed, line.progression_date) == ("PR", "PR", "2014-06-01")


def test_a_line_without_a_baseline_and_with_sizes_alone_cannot_be_evaluated():
    assert line_of(a_record(a_line(), an_assessment(30))).best == "NE"


def test_an_assessment_of_nothing_says_nothing_of_the_line():
    assert line_of(a_record(a_line(), an_assessment())).best is None


def test_what_the_reader_reported_counts_before_what_was_computed():
    record = a_record(a_line(), a_baseline(50), an_assessment(30, reported_response="SD"))
    assert line_of(record).best == "SD"


def test_each_line_has_its_own_best_response_and_a_line_that_is_not_there_none():
    record = a_record(
        a_line(stop="2014-10-01"),
        a_line("ceritinib", id="l2", start="2014-10-08"),
        a_baseline(50),
        an_assessment(70, id="a1", date="2014-10-05"),
        an_assessment(40, id="a2", date="2014-12-01"),
    )
    first, second, none = line_of(record, "l1"), line_of(record, "l2"), line_of(record, "l3")
    assert (first.best, first.progression_date) == ("PD", "2014-10-05")
    assert (second.best, second.progression_date) == ("PR", None)
    assert (none.best, none.best_confirmed, none.progression_date) == (None, None, None)


SHOWN = [
    {"progression": a_progression()},
    {"reported_response": "PD"},
    {"new_lesions": (a_new_lesion("brain", unequivocal=True),)},
    {"non_target": "unequivocal_progression"},
    {"non_target_lesions": (a_non_target("N1", "unequivocal_progression"),)},
]


@pytest.mark.parametrize("shown", SHOWN)
def test_progression_is_dated_by_the_earliest_assessment_of_the_timepoint_that_showed_it(shown):
    record = a_record(
        a_line(),
        a_baseline(50, non_target="present"),
        an_assessment(id="a1", date="2014-06-01", timepoint="2", modality="clinical"),
        an_assessment(50, id="a2", date="2014-06-03", timepoint="2", **shown),
        an_assessment(id="a3", date="2014-06-05", timepoint="2", modality="mri"),
    )
    assert line_of(record).progression_date == "2014-06-03"


def test_progression_by_the_sum_alone_is_dated_by_the_timepoint():
    record = a_record(
        a_line(),
        a_baseline(50, 20),
        an_assessment(60, id="a1", date="2014-06-03", timepoint="2", new_lesions=(a_new_lesion(unequivocal=None),)),
        an_assessment(a_lesion("T2", 30), id="a2", date="2014-06-05", timepoint="2"),
    )
    assert line_of(record).progression_date == "2014-06-05"


def test_progression_keeps_a_partial_date_as_it_is():
    record = a_course(("2014-06", "PD"))
    assert line_of(record).progression_date == "2014-06"
