import pytest

from app.clinical.timepoints import baselines_of, line_on, spans_of, timepoints_of
from builders import a_baseline, a_lesion, a_line, a_non_target, an_assessment

CRIZOTINIB = a_line(id="l1", start="2014-02-03", stop="2014-06-01")
CERITINIB = a_line("ceritinib", id="l2", start="2014-07-01", stop="2014-12-01")


def baselines(lines, *assessments):
    """Return the ids of the assessments each line is measured from."""
    found = baselines_of(spans_of(lines), timepoints_of(assessments))
    return {line: [name for one in chosen for name in one.ids] for line, chosen in found.items()}


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2014-02-02", None),
        ("2014-02-03", None),
        ("2014-02-04", "l1"),
        ("2014-06-01", "l1"),
        ("2014-06-15", "l1"),
        ("2014-07-01", "l1"),
        ("2014-07-02", "l2"),
        ("2015-07-02", "l2"),
    ],
)
def test_an_assessment_belongs_to_the_line_running_on_its_day_or_the_last_one_before(day, line):
    span = line_on(day, spans_of([CRIZOTINIB, CERITINIB]))
    assert (span.id if span else None) == line


def test_of_two_lines_open_at_once_the_later_one_counts():
    spans = spans_of([a_line(id="l1", start="2014-01-01"), a_line(id="l2", start="2014-03-01")])
    assert line_on("2014-05-01", spans).id == "l2"


def test_a_line_that_runs_counts_before_a_later_one_that_has_ended():
    spans = spans_of([a_line(id="l1", start="2014-01-01"), a_line(id="l2", start="2014-03-01", stop="2014-04-01")])
    assert line_on("2014-05-01", spans).id == "l1"


def test_a_line_runs_on_the_day_it_is_stopped():
    spans = spans_of(
        [a_line(id="l1", start="2014-01-01", stop="2014-05-01"), a_line(id="l2", start="2014-03-01", stop="2014-04-01")]
    )
    assert line_on("2014-05-01", spans).id == "l1"
    assert line_on("2014-05-02", spans).id == "l2"


def test_a_line_of_unknown_start_comes_where_the_list_has_it():
    spans = spans_of([CRIZOTINIB, a_line(id="lx", start=None, stop="2014-06-20"), CERITINIB])
    assert [span.id for span in spans] == ["l1", "lx", "l2"]
    assert line_on("2014-05-01", spans).id == "l1"
    assert line_on("2014-06-10", spans).id == "lx"
    assert line_on("2014-08-10", spans).id == "l2"


def test_a_first_line_of_unknown_start_has_always_run():
    spans = spans_of([a_line(id="lx", start=None), CERITINIB])
    assert line_on("1999-01-01", spans).id == "lx"


def test_a_line_after_an_open_one_of_unknown_start_follows_its_start():
    spans = spans_of([a_line(id="l1", start="2014-01-01"), a_line(id="lx", start=None)])
    assert line_on("2014-05-01", spans).id == "lx"


def test_a_partial_date_counts_from_its_earliest_day():
    spans = spans_of([a_line(id="l1", start="2014-02")])
    assert line_on("2014-02-02", spans).id == "l1"
    first, second = timepoints_of([an_assessment(id="a2", date="2014-03-01"), an_assessment(id="a1", date="2014-03")])
    assert (first.ids, second.ids) == (("a2",), ("a1",))


def test_timepoints_come_oldest_first_and_keep_the_order_of_the_record_on_one_day():
    ids = [
        one.ids
        for one in timepoints_of(
            [
                an_assessment(id="a3", date="2014-05-01"),
                an_assessment(id="a1", date="2014-04-01"),
                an_assessment(id="a2", date="2014-04-01"),
            ]
        )
    ]
    assert ids == [("a1",), ("a2",), ("a3",)]


def test_a_line_is_measured_from_the_last_assessment_on_or_before_its_start():
    assert baselines(
        [CRIZOTINIB, CERITINIB],
        an_assessment(50, id="a0", date="2014-01-01"),
        an_assessment(50, id="a1", date="2014-02-03"),
        an_assessment(50, id="a2", date="2014-02-04"),
        an_assessment(50, id="a3", date="2014-06-20"),
    ) == {"l1": ["a1"], "l2": ["a3"]}


def test_two_lines_may_be_measured_from_one_assessment():
    assert baselines([CRIZOTINIB, CERITINIB], an_assessment(50, id="a0", date="2014-01-01")) == {
        "l1": ["a0"],
        "l2": ["a0"],
    }


def test_a_visit_without_any_lesion_is_no_baseline():
    assert baselines(
        [CRIZOTINIB], an_assessment(50, id="a0", date="2014-01-01"), an_assessment(id="a1", date="2014-02-01")
    ) == {"l1": ["a0"]}


@pytest.mark.parametrize(
    "disease", [{"non_target": "present"}, {"non_target_lesions": (a_non_target("N1", "present"),)}]
)
def test_non_target_disease_alone_makes_a_baseline(disease):
    assert baselines([CRIZOTINIB], an_assessment(id="a0", date="2014-01-01", **disease)) == {"l1": ["a0"]}


def test_a_line_with_no_assessment_before_it_has_no_baseline():
    assert baselines([CRIZOTINIB], an_assessment(50, id="a1", date="2014-03-01")) == {}


def test_a_marked_baseline_counts_before_a_later_unmarked_one():
    assert baselines(
        [CRIZOTINIB], a_baseline(50, id="a0", date="2014-01-01"), an_assessment(50, id="a1", date="2014-02-01")
    ) == {"l1": ["a0"]}


def test_a_marked_baseline_belongs_to_the_line_whose_start_is_nearest():
    assert baselines(
        [CRIZOTINIB, CERITINIB],
        a_baseline(50, id="a0", date="2014-02-10"),
        a_baseline(50, id="a1", date="2014-06-20"),
    ) == {"l1": ["a0"], "l2": ["a1"]}


def test_equally_near_two_starts_a_marked_baseline_belongs_to_the_later_line():
    lines = [a_line(id="l1", start="2014-02-01"), a_line(id="l2", start="2014-02-11")]
    assert baselines(lines, a_baseline(50, id="a0", date="2014-02-06"))["l2"] == ["a0"]


def test_marked_baselines_count_together_within_four_weeks_of_the_start_the_nearest_first():
    assert baselines(
        [CRIZOTINIB],
        a_baseline(50, id="a0", date="2013-12-01"),
        a_baseline(50, id="a1", date="2014-01-06"),
        a_baseline(50, id="a2", date="2014-01-20"),
    ) == {"l1": ["a2", "a1"]}


@pytest.mark.parametrize(("day", "chosen"), [("2014-01-06", ["a2", "a1"]), ("2014-01-05", ["a2"])])
def test_four_weeks_are_28_days(day, chosen):
    marked = [a_baseline(50, id="a1", date=day), a_baseline(50, id="a2", date="2014-02-01")]
    assert baselines([CRIZOTINIB], *marked) == {"l1": chosen}


def test_a_mark_on_treatment_does_not_take_the_place_of_a_nearer_baseline():
    """Marked for a line that is not yet in the record: until it is, the assessment is an ordinary one."""
    before = an_assessment(50, id="a0", date="2014-01-30")
    earlier = an_assessment(50, id="a00", date="2013-12-30")
    assert baselines([CRIZOTINIB], earlier, before, a_baseline(50, id="a1", date="2014-05-28")) == {"l1": ["a0"]}
    assert baselines([CRIZOTINIB], earlier, before, a_baseline(50, id="a1", date="2014-02-05")) == {"l1": ["a1"]}
    assert baselines([CRIZOTINIB], earlier, before, a_baseline(50, id="a1", date="2014-02-07")) == {"l1": ["a1"]}


def test_a_line_of_unknown_start_is_measured_from_the_first_marked_baseline_while_it_runs():
    line = a_line(id="lx", start=None)
    assert baselines(
        [line], a_baseline(50, id="a0", date="2014-01-01"), a_baseline(50, id="a1", date="2014-05-01")
    ) == {"lx": ["a0"]}
    assert baselines([line], an_assessment(50, id="a0", date="2014-01-01")) == {}


def test_without_a_line_nothing_is_measured_from_a_baseline():
    assert baselines([], a_baseline(50)) == {}


@pytest.mark.parametrize(
    ("later", "counts"),
    [
        (a_lesion("T1", 20), True),
        (a_lesion("T1", None, too_small_to_measure=True), True),
        (a_lesion("T1", None, merged_with="T2"), True),
        (a_lesion("T1", None), False),
        (a_lesion("T1", None, too_small_to_measure=False), False),
    ],
)
def test_of_a_lesion_listed_twice_the_later_measurement_counts_and_any_before_none(later, counts):
    first = a_lesion("T1", 30)
    [both] = timepoints_of(
        [
            an_assessment(later, id="a2", date="2014-04-02", timepoint="2"),
            an_assessment(first, id="a1", date="2014-04-01", timepoint="2"),
        ]
    )
    assert (both.ids, both.date) == (("a1", "a2"), "2014-04-02")
    assert both.lesions == {"T1": later if counts else first}


@pytest.mark.parametrize(
    ("marked_on", "last_before", "measured_from"),
    [("2014-07-10", "2014-06-25", "c"), ("2014-07-10", "2014-06-20", "m"), ("2014-07-10", "2014-06-22", "m")],
)
def test_a_marked_assessment_after_the_start_counts_unless_the_last_one_before_is_nearer(
    marked_on, last_before, measured_from
):
    found = baselines(
        [CERITINIB],
        an_assessment(30, id="a", date="2014-05-01"),
        an_assessment(30, id="b", date="2014-06-01"),
        an_assessment(30, id="c", date=last_before),
        an_assessment(30, id="m", date=marked_on, baseline=True),
    )
    assert found == {"l2": [measured_from]}
