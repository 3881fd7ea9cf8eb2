"""What is due: the work-up before a first inhibitor, what Table 2 asks for, results awaited, the next assessment."""

import shutil
from datetime import date

import pytest
import yaml
from pathway.course_builders import (
    NEGATIVE,
    POSITIVE,
    awaited,
    blood,
    course,
    doublet,
    examination,
    line,
    local_treatment,
    pd,
    protocol,
    specimen,
)
from pathway.hold_cases import event, on_crizotinib, qtc

from app.paths import RESOURCES
from app.pathway.engine import advise
from app.pathway.protocol_reading import load_protocol

DAY = date(2014, 11, 1)


def due(record, day=DAY):
    """Return what is due: what, by when, for how many days overdue, by which rule and with which readings."""
    found = advise(record, protocol(), day).due
    return [
        (one.what, one.due_on.isoformat(), one.overdue_days, one.rule, *(each.id for each in one.ambiguities))
        for one in found
    ]


MONITORED = [
    blood("ALT", "2014-10-28"), blood("AST", "2014-10-28"), blood("ALP", "2014-10-28"),
    blood("total_bilirubin", "2014-10-28", 9, "umol/L"), blood("neutrophils", "2014-10-28", 4, "10*9/L"),
    blood("platelets", "2014-10-28", 200, "10*9/L"), examination("echocardiogram", "2014-01-20"),
    examination("ophthalmological", "2014-01-20"), examination("respiratory", "2014-01-20"),
]  # fmt: skip
NEXT = [("liver_function_tests", "2014-11-28", 0, "M1", "A16"), ("blood_count", "2014-11-28", 0, "M2")]


def test_before_a_first_inhibitor_the_open_items_of_the_baseline_are_due_today():
    assert due(course(POSITIVE)) == [
        ("liver_function_tests", "2014-11-01", 0, "B5", "A14"),
        ("blood_count", "2014-11-01", 0, "B5", "A14"),
        ("ecg", "2014-11-01", 0, "B2", "A12"),
        ("echocardiogram", "2014-11-01", 0, "B2", "A12"),
        ("ophthalmological_examination", "2014-11-01", 0, "B3", "A13"),
        ("respiratory_examination", "2014-11-01", 0, "B3", "A13"),
        ("brain_mri", "2014-11-01", 0, "B6"),
    ]


def test_the_baseline_is_due_while_chemotherapy_runs_and_an_inhibitor_is_to_come_first_only():
    assert due(course(POSITIVE, doublet())) == []
    switched = course(POSITIVE, doublet(), pd(extent="widespread"))
    assert [one[0] for one in due(switched)] == [one[0] for one in due(course(POSITIVE))]
    given = line("crizotinib", stop="2014-05-01", why="progression")
    assert due(course(POSITIVE, given, doublet(id="l2", start="2014-05-10"), pd(extent="widespread"))) == []


def test_without_a_rearrangement_nothing_is_due():
    assert due(course(NEGATIVE)) == []


def test_while_crizotinib_runs_what_table_2_asks_for_is_due_with_its_readings():
    assert due(course(POSITIVE, line("crizotinib"), *MONITORED)) == NEXT
    assert due(course(POSITIVE, line("crizotinib"))) == [
        ("liver_function_tests", "2014-02-10", 264, "M1", "A16"),
        ("blood_count", "2014-03-03", 243, "M2"),
        ("echocardiogram", "2014-02-03", 271, "M3", "A12"),
        ("ophthalmological_examination", "2014-02-03", 271, "M4", "A13"),
        ("respiratory_examination", "2014-02-03", 271, "M4", "A13"),
    ]


@pytest.mark.parametrize(
    "entry", [line("ceritinib"), line("crizotinib", start=None), line("crizotinib", stop="2014-10-30", why="other")]
)
def test_nothing_else_is_monitored(entry):
    assert due(course(POSITIVE, entry)) == []


def test_what_is_stopped_for_good_is_not_monitored():
    stopped = event("pneumonitis", other_causes_excluded=True)
    assert due(course(POSITIVE, line("crizotinib"), *MONITORED, stopped)) == []


def test_a_long_qtc_asks_for_an_ecg_and_electrolytes_today_before_all_else():
    long = due(on_crizotinib(*MONITORED, qtc("2014-10-30", 510)))
    assert long == [("ecg", "2014-11-01", 0, "X4", "A22"), ("electrolytes", "2014-11-01", 0, "X4", "A22"), *NEXT]
    assert due(on_crizotinib(*MONITORED, qtc("2014-10-30", 500))) == NEXT


def test_another_protocol_says_itself_what_is_due_while_a_hold_stands(tmp_path):
    other = tmp_path / "other"
    shutil.copytree(RESOURCES / "protocols" / "duchemann-2015", other)
    schedules = other / "schedules.yaml"
    written = yaml.safe_load(schedules.read_text(encoding="utf-8"))
    written["as_asked"] = [{"what": "blood_count", "rule": "X6", "when": {"qtc_hold": "withhold"}}]
    schedules.write_text(yaml.safe_dump(written), encoding="utf-8")
    record = on_crizotinib(*MONITORED, qtc("2014-10-30", 510))
    found = advise(record, load_protocol(other), DAY).due
    assert [(one.what, one.due_on, one.rule, one.ambiguities) for one in found][:1] == [("blood_count", DAY, "X6", ())]
    assert "ecg" not in {one.what for one in found}


def test_an_answered_progression_asks_for_the_next_assessment():
    answered = course(POSITIVE, line("crizotinib"), *MONITORED, pd(), local_treatment())
    assert due(answered) == [*NEXT, ("assessment", "2014-11-01", 0, "H14")]
    assert due(course(POSITIVE, line("crizotinib"), *MONITORED, pd())) == NEXT


def test_results_and_re_biopsies_that_were_asked_for_are_awaited_since_then():
    running = POSITIVE, line("crizotinib"), *MONITORED
    assert due(course(*running, awaited("ngs", "2014-10-25"))) == [*NEXT, ("test_result", "2014-10-25", 7, "H3")]
    asked = specimen("s2", None, status="requested", requested_on="2014-10-20")
    assert due(course(*running, asked)) == [*NEXT, ("rebiopsy", "2014-10-20", 12, "H13")]
    undated = specimen("s2", None, status="requested")
    assert due(course(*running, undated)) == [*NEXT, ("rebiopsy", "2014-11-01", 0, "H13")]


@pytest.mark.parametrize(
    "no_rebiopsy",
    [
        specimen("s2", "2014-10-20"),
        specimen("s2", None, status="failed"),
        specimen("s2", None, status="requested", requested_on="2014-10-20", purpose="diagnosis"),
    ],
)
def test_a_specimen_that_is_there_or_is_for_the_diagnosis_is_not_due(no_rebiopsy):
    assert due(course(POSITIVE, line("crizotinib"), *MONITORED, no_rebiopsy)) == NEXT


def test_a_fish_whose_reading_is_known_and_whose_request_is_not_is_awaited_today():
    reading = {"reader": "A", "date": "2014-10-20", "cells": 50, "split": 40}
    fish = "tests", {
        "id": "w", "specimen": "s1", "method": "fish", "status": "requested", "fish": {"readings": [reading]},
    }  # fmt: skip
    assert due(course(fish)) == [("test_result", "2014-11-01", 0, "H3")]


def test_what_is_due_is_overdue_from_the_day_after():
    record = course(POSITIVE, line("crizotinib"), *MONITORED)
    days = [due(record, date(2014, 11, day))[0][2] for day in (27, 28, 29, 30)]
    assert days == [0, 0, 1, 2]


def test_a_record_that_contradicts_itself_has_nothing_due():
    assert due(course(POSITIVE, line("crizotinib"), line("ceritinib", id="l2", start="2014-05-01"))) == []
