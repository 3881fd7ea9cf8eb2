"""What stands open for one patient, and until when that answer holds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pathway.course_builders import (
    POSITIVE,
    awaited,
    blood,
    course,
    decided,
    examination,
    line,
    local_treatment,
    pd,
    protocol,
    read,
    seen,
    specimen,
)  # fmt: skip
from random_courses import courses

from app.pathway.engine import advise_on
from app.pathway.finding import find
from app.pathway.worklist import KINDS, Task, holds_until, tasks_of
from app.record.record import PatientRecord

DAY = "2014-11-01"
DOSE = {"drug": "crizotinib", "from": "2014-02-03", "amount": 250, "unit": "mg", "frequency": "twice_daily"}
CRIZOTINIB = line("crizotinib", doses=[DOSE])
ON_CRIZOTINIB = (POSITIVE, CRIZOTINIB)


def tasks(record: PatientRecord, day: str = DAY) -> tuple[Task, ...]:
    findings = find(record, protocol(), date.fromisoformat(day), protocol().parameters)
    return tasks_of(findings, advise_on(findings, protocol(), brief=True))


def of_kind(record: PatientRecord, kind: str, day: str = DAY) -> list[Task]:
    return [task for task in tasks(record, day) if task.kind == kind]


def high_alt(on: str, value: float = 230) -> tuple[Any, ...]:
    return (
        blood("ALT", on, value, upper=40, id="alt"),
        blood("total_bilirubin", on, 9, unit="umol/L", upper=17, id="bili"),
    )


# alerts


def test_an_urgent_alert_stands_since_the_value_that_raised_it() -> None:
    [alert] = of_kind(course(*ON_CRIZOTINIB, *high_alt("2014-10-20")), "alert")
    assert (alert.what, alert.drug, alert.since, alert.rule) == ("withhold", "crizotinib", "2014-10-20", "X2")
    assert alert.text.startswith("Withhold crizotinib: ALT or AST has been above 5")
    assert "alt" in alert.entries
    assert alert.decided_on is None


def test_an_alert_that_asks_only_for_attention_is_none() -> None:
    record = course(*ON_CRIZOTINIB, blood("ALT", "2014-10-20", 150, upper=40))
    assert of_kind(record, "alert") == []


def test_an_alert_that_was_accepted_since_says_when() -> None:
    held = decided("withhold", "crizotinib", on="2014-10-21")
    [alert] = of_kind(course(*ON_CRIZOTINIB, *high_alt("2014-10-20"), held), "alert")
    assert alert.decided_on == "2014-10-21"


@pytest.mark.parametrize(
    "decision",
    [
        pytest.param(decided("withhold", "crizotinib", on="2014-10-19"), id="before the value"),
        pytest.param(decided("withhold", "crizotinib", on="2014-10-21", verdict="declined"), id="declined"),
        pytest.param(decided("withhold", "ceritinib", on="2014-10-21"), id="of another drug"),
    ],
)
def test_an_alert_stays_urgent_until_it_is_accepted(decision: Any) -> None:
    [alert] = of_kind(course(*ON_CRIZOTINIB, *high_alt("2014-10-20"), decision), "alert")
    assert alert.decided_on is None


def test_an_alert_is_not_asked_for_a_second_time_as_advice() -> None:
    assert of_kind(course(*ON_CRIZOTINIB, *high_alt("2014-10-20")), "undecided") == []


# due


def test_what_is_due_says_by_when_and_for_which_drug_and_line() -> None:
    liver = [blood(name, "2014-09-01") for name in ("ALT", "AST", "ALP", "total_bilirubin")]
    due = {task.what: task for task in of_kind(course(*ON_CRIZOTINIB, *liver), "due")}
    assert due["liver_function_tests"] == Task(
        "due", "liver_function_tests", "2014-10-01", "M1", drug="crizotinib", line_since="2014-02-03"
    )
    assert due["blood_count"].since == "2014-03-03"


def test_an_item_of_the_baseline_is_before_the_drug_that_is_to_start() -> None:
    ecg = next(task for task in of_kind(course(POSITIVE), "due") if task.what == "ecg")
    assert (ecg.since, ecg.drug, ecg.line_since, ecg.beside) == (DAY, "crizotinib", None, ("before",))


def test_on_chemotherapy_the_baseline_is_for_crizotinib_and_not_for_what_runs() -> None:
    chemotherapy = line("cisplatin", "pemetrexed", stop="2014-06-01", why="completed")
    ecg = next(task for task in of_kind(course(POSITIVE, chemotherapy), "due") if task.what == "ecg")
    assert (ecg.drug, ecg.beside) == ("crizotinib", ("before",))


# results and re-biopsies


def test_a_test_that_was_asked_for_is_awaited() -> None:
    [task] = of_kind(course(awaited("fish", "2014-10-20")), "awaited")
    assert (task.what, task.since, task.entries) == ("fish", "2014-10-20", ("w-fish",))


def test_a_result_that_is_there_is_not_awaited_but_was_on_the_day_before() -> None:
    record = course(("tests", {**POSITIVE[1], "requested_on": "2014-01-15"}))
    assert of_kind(record, "awaited", "2014-01-22") == []
    assert [task.since for task in of_kind(record, "awaited", "2014-01-21")] == ["2014-01-15"]


def test_a_rebiopsy_that_was_asked_for_and_is_not_done_names_the_tests_that_wait_for_it() -> None:
    asked = specimen("s2", None, status="requested", requested_on="2014-10-25")  # type: ignore[arg-type]
    ngs = awaited("ngs", "2014-10-25", specimen="s2")
    record = course(*ON_CRIZOTINIB, asked, ngs)
    [task] = of_kind(record, "rebiopsy")
    assert (task.what, task.since, task.beside, task.entries) == ("tissue", "2014-10-25", ("ngs",), ("s2", "w-ngs"))
    assert of_kind(record, "awaited") == []


def test_a_rebiopsy_that_is_done_waits_for_its_result_only() -> None:
    taken = specimen("s2", "2014-10-27", status="taken", requested_on="2014-10-25")
    record = course(*ON_CRIZOTINIB, taken, awaited("ngs", "2014-10-28", specimen="s2"))
    assert of_kind(record, "rebiopsy") == []
    assert [task.what for task in of_kind(record, "awaited")] == ["ngs"]
    assert [task.what for task in of_kind(record, "rebiopsy", "2014-10-26")] == ["tissue"]


# progression


def test_a_progression_stands_open_since_its_assessment() -> None:
    [task] = of_kind(course(*ON_CRIZOTINIB, pd("2014-09-21", extent="widespread")), "progression")
    assert (task.since, task.drug, task.beside, task.entries) == ("2014-09-21", "crizotinib", (), ("a3",))


def test_tissue_or_plasma_asked_since_is_said_beside_it_and_decides_nothing() -> None:
    before = specimen("s0", "2014-03-01")
    asked = specimen("s2", None, status="requested", requested_on="2014-09-25")  # type: ignore[arg-type]
    plasma = specimen("s3", "2014-09-27", kind="plasma", prompted_by="a3")
    [task] = of_kind(course(*ON_CRIZOTINIB, pd("2014-09-21"), before, asked, plasma), "progression")
    assert task.beside == ("tissue requested 2014-09-25", "plasma taken 2014-09-27")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(local_treatment("2014-10-30"), id="a local treatment prompted by it"),
        pytest.param(decided("switch", "ceritinib", on="2014-10-28"), id="an accepted decision of that day"),
        pytest.param(decided("refer_to_board", verdict="modified", on="2014-10-30"), id="a modified decision"),
        pytest.param(
            decided("switch", "ceritinib", verdict="declined", instead={"action": "refer_to_board"}),
            id="declined, with what is done instead",
        ),
        pytest.param(line("ceritinib", id="l2", start="2014-10-30"), id="the next line"),
    ],
)
def test_a_decision_a_local_treatment_or_the_next_line_ends_it(answer: Any) -> None:
    stopped = line("crizotinib", stop="2014-10-29", why="progression")
    crizotinib = stopped if answer[0] == "therapy_lines" else CRIZOTINIB
    assert of_kind(course(POSITIVE, crizotinib, pd("2014-10-28"), answer), "progression") == []


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(decided("switch", "ceritinib", on="2014-10-27"), id="a decision of the day before"),
        pytest.param(decided("switch", "ceritinib", verdict="declined", on="2014-10-30"), id="a mere no"),
        pytest.param(local_treatment("2014-10-30", prompted_by=None), id="a local treatment of something else"),
        pytest.param(decided("switch", "ceritinib", on="2014-11-02"), id="a decision of tomorrow"),
    ],
)
def test_nothing_else_ends_it(answer: Any) -> None:
    assert len(of_kind(course(*ON_CRIZOTINIB, pd("2014-10-28"), answer), "progression")) == 1


def test_a_line_that_was_stopped_for_progression_still_needs_a_decision_on_what_comes_next() -> None:
    stopped = line("crizotinib", stop="2014-10-29", why="progression")
    assert len(of_kind(course(POSITIVE, stopped, pd("2014-10-28")), "progression")) == 1


def test_the_advice_of_an_open_progression_is_not_asked_for_twice() -> None:
    record = course(*ON_CRIZOTINIB, pd("2014-10-28", extent="widespread", local=False))
    assert of_kind(record, "undecided") == []


# advice


def test_an_advice_that_changes_something_stands_open_since_the_newest_of_its_facts() -> None:
    [task] = of_kind(course(POSITIVE), "undecided")
    assert (task.what, task.drug, task.since, task.rule) == ("start", "crizotinib", "2014-01-22", "L2")
    assert task.text.startswith("Start crizotinib")
    assert "t-shown" in task.entries


def test_to_go_on_or_to_wait_is_no_advice_that_must_be_decided_on() -> None:
    assert of_kind(course(*ON_CRIZOTINIB, seen("PR", "2014-06-01")), "undecided") == []
    assert of_kind(course(awaited("fish", "2014-10-20")), "undecided") == []


@pytest.mark.parametrize("verdict", ["accepted", "modified", "declined"])
def test_any_verdict_since_decides_it(verdict: str) -> None:
    record = course(POSITIVE, decided("start", "crizotinib", on="2014-01-22", verdict=verdict))
    assert [task.drug for task in of_kind(record, "undecided") if task.drug == "crizotinib"] == []


def test_a_decision_before_the_newest_fact_does_not() -> None:
    assert len(of_kind(course(POSITIVE, decided("start", "crizotinib", on="2014-01-21")), "undecided")) == 1


def test_a_declined_advice_comes_back_when_a_fact_it_rested_on_has_changed() -> None:
    no = decided("start", "crizotinib", on="2014-02-01", verdict="declined", facts={"stage_metastatic": False})
    assert [task.drug for task in of_kind(course(POSITIVE, no), "undecided")] == ["crizotinib"]


def test_a_record_that_must_be_completed_or_contradicts_itself_is_told_so() -> None:
    unstaged = course(POSITIVE, stage=None, metastatic_sites=[])
    assert [(task.what, task.kind) for task in tasks(unstaged) if task.kind in ("undecided", "record")] == [
        ("complete_record", "record")
    ]
    two = course(*ON_CRIZOTINIB, line("ceritinib", id="l2", start="2014-05-01"))
    assert [task.what for task in of_kind(two, "record")] == ["resolve_contradiction"]
    assert of_kind(two, "due") == []


def test_nothing_stands_open_for_who_has_died() -> None:
    record = course(*ON_CRIZOTINIB, *high_alt("2014-10-20"), pd("2014-10-28"), died="2014-10-31")
    assert tasks(record) == ()
    assert tasks(record, "2014-10-30") != ()


def test_what_was_entered_in_error_or_comes_later_is_not_seen() -> None:
    wrong = {"on": "2014-10-30", "by": "nurse1", "reason": "other patient"}
    record = course(*ON_CRIZOTINIB, pd("2014-10-28"), seen("PR", "2014-06-01", "a1"))
    mistaken = replace(record, assessments=(replace(record.assessments[0], entered_in_error=None),))
    assert len(of_kind(mistaken, "progression")) == 1
    marked = course(*ON_CRIZOTINIB, ("assessments", {**pd("2014-10-28")[1], "entered_in_error": wrong}))
    assert of_kind(marked, "progression") == []
    assert of_kind(record, "progression", "2014-10-27") == []


# until when


def until(record: PatientRecord, day: str = DAY) -> date | None:
    return holds_until(record, date.fromisoformat(day), tasks(record, day), 42)


def test_an_answer_without_anything_to_come_holds_for_good() -> None:
    assert until(course(POSITIVE, line("crizotinib", stop="2014-05-01", why="toxicity"), died="2014-06-01")) is None


def test_an_answer_holds_until_the_next_day_that_the_record_names() -> None:
    assert until(course(*ON_CRIZOTINIB, seen("PR", "2014-11-20"))) == date(2014, 11, 20)
    assert until(course(*ON_CRIZOTINIB, seen("PR", "2014-12"))) == date(2014, 12, 1)


def test_a_result_that_grows_too_old_for_the_baseline_ends_an_answer() -> None:
    record = course(*ON_CRIZOTINIB, examination("ecg", "2014-10-01"))
    assert until(record) == date(2014, 11, 13)  # 42 days, and the day after


def test_what_is_due_on_the_day_asked_ends_it_on_the_next() -> None:
    assert until(course(POSITIVE)) == date(2014, 11, 2)


def test_no_day_comes_after_the_last() -> None:
    assert until(course(POSITIVE), "9999-12-31") is None


DAYS = st.dates(date(2013, 12, 1), date(2015, 3, 1))


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(courses(), DAYS, st.integers(1, 200))
def test_an_answer_is_the_same_on_every_day_until_then(record: PatientRecord, day: date, later: int) -> None:
    first = tasks(record, day.isoformat())
    assert {task.kind for task in first} <= set(KINDS)
    end = holds_until(record, day, first, 42)
    assert end is None or end > day
    last = day + timedelta(days=later)
    if end is not None:
        last = min(last, end - timedelta(days=1))
    assert tasks(record, last.isoformat()) == first


def test_a_reading_of_a_fish_that_is_to_come_ends_an_answer() -> None:
    asked = awaited("fish", "2014-10-20", fish={"fields": 4, "readings": [read(10, on="2014-11-11")]})
    assert until(course(asked)) == date(2014, 11, 11)


def test_the_day_after_a_dose_ended_ends_an_answer() -> None:
    held = {"drug": "crizotinib", "from": "2014-10-20", "to": "2014-11-10", "frequency": "held"}
    record = course(POSITIVE, line("crizotinib", doses=[DOSE, held]))
    assert until(record) == date(2014, 11, 10)
    assert until(record, "2014-11-10") == date(2014, 11, 11)


def test_a_day_of_what_was_entered_in_error_ends_no_answer() -> None:
    wrong = {"on": "2014-10-30", "by": "nurse1", "reason": "other patient"}
    section, entry = seen("PR", "2014-11-20")
    assert until(course(*ON_CRIZOTINIB, (section, entry))) == date(2014, 11, 20)
    assert until(course(*ON_CRIZOTINIB, (section, {**entry, "entered_in_error": wrong}))) is None
