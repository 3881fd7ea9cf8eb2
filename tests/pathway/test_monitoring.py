"""Settled readings of monitoring (section l), and the sentences on it and on the baseline elsewhere (B, M, A12-17)."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pathway.course_builders import (
    POSITIVE,
    Entry,
    awaited,
    blood,
    condition,
    course,
    decided,
    doublet,
    examination,
    fish,
    ihc,
    line,
    pd,
    protocol,
    read,
    smoker,
    specimen,
    staging,
)  # fmt: skip
from pathway.hold_cases import alt, ast, bilirubin, event, held, qtc

from app.paths import RESOURCES
from app.pathway.advice import Advice, Due
from app.pathway.engine import advise
from app.pathway.protocol import Protocol
from app.pathway.protocol_reading import ProtocolFault, load_protocol
from app.record.record import PatientRecord
from app.services.advice import Advising
from app.services.clinic import Clinic

STARTED = "2014-02-03"
CRIZOTINIB = line("crizotinib", start=STARTED)


def liver(on: str, **given: Any) -> list[Entry]:
    """Return a complete set of normal liver values."""
    values = [blood(one, on, **given) for one in ("ALT", "AST", "ALP")]
    return [*values, blood("total_bilirubin", on, 10, "umol/L", **given)]


def counts(on: str) -> list[Entry]:
    """Return neutrophils and platelets within their limits."""
    return [blood("neutrophils", on, 4, "10*9/L"), blood("platelets", on, 200, "10*9/L")]


def told(record: PatientRecord, on: str, **parameters: Any) -> Advice:
    """Return the advice of a day, with what a clinic has set."""
    return advise(record, protocol(), date.fromisoformat(on), parameters=parameters)


def item(what: str, record: PatientRecord, on: str, rule: str | None = None, **parameters: Any) -> Due | None:
    """Return the one thing of this name that is due, or None."""
    found = [one for one in told(record, on, **parameters).due if one.what == what and one.rule == (rule or one.rule)]
    assert len(found) <= 1, found
    return found[0] if found else None


def day(what: str, record: PatientRecord, on: str, rule: str | None = None, **parameters: Any) -> str | None:
    """Return the day by which something is due, or None."""
    found = item(what, record, on, rule, **parameters)
    return found.due_on.isoformat() if found is not None else None


def running(*entries: Entry) -> PatientRecord:
    """Return a course on crizotinib since Monday 3 February 2014."""
    return course(POSITIVE, CRIZOTINIB, *entries)


# M1, A16: liver values

LIVER = "liver_function_tests"


@pytest.mark.parametrize(
    ("schedule", "last", "due"),
    [
        # every 7 days (EU) or 14 days (US) after each set of the first two calendar months
        ("EU", None, "2014-02-10"), ("US", None, "2014-02-17"),
        ("EU", "2014-02-10", "2014-02-17"), ("US", "2014-02-10", "2014-02-24"),
        ("EU", "2014-02-13", "2014-02-20"), ("US", "2014-02-13", "2014-02-27"),
        # 2 April is the last day of the first two calendar months from 3 February
        ("EU", "2014-04-02", "2014-04-09"), ("US", "2014-04-02", "2014-04-16"),
        # from 3 April on once a calendar month
        ("EU", "2014-04-03", "2014-05-03"), ("US", "2014-04-03", "2014-05-03"),
        ("EU", "2014-08-31", "2014-09-30"), ("US", "2014-08-31", "2014-09-30"),
    ],
)  # fmt: skip
def test_liver_values_are_due_weekly_or_every_two_weeks_in_the_first_two_calendar_months_then_monthly(
    schedule: str, last: str | None, due: str
) -> None:
    record = running(*(liver(last) if last else ()))
    assert day(LIVER, record, last or STARTED, monitoring_schedule=schedule) == due


def test_the_denser_schedule_that_of_the_eu_is_the_default() -> None:
    assert day(LIVER, running(), STARTED) == "2014-02-10"
    assert told(running(), STARTED).parameters["monitoring_schedule"] == "EU"


def test_a_clinic_chooses_the_schedule_of_the_us(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text("parameters: {monitoring_schedule: US}\n", encoding="utf-8")
    said = Advising(Clinic(tmp_path)).advise(running(), date(2014, 2, 3))
    assert [one.due_on for one in said.due if one.what == LIVER] == [date(2014, 2, 17)]
    assert said.parameters["monitoring_schedule"] == "US"


@pytest.mark.parametrize(
    ("start", "last", "due"),
    [
        # two months from 31 December end with 28 February, the last day of the shorter month
        ("2013-12-31", "2014-02-27", "2014-03-06"),
        ("2013-12-31", "2014-02-28", "2014-03-28"),
    ],
)
def test_two_calendar_months_from_the_31st_end_with_the_last_day_of_a_shorter_month(
    start: str, last: str, due: str
) -> None:
    record = course(POSITIVE, line("crizotinib", start=start), *liver(last))
    assert day(LIVER, record, "2014-03-01") == due


def test_a_start_of_which_only_the_month_is_known_counts_from_its_first_day() -> None:
    assert day(LIVER, course(POSITIVE, line("crizotinib", start="2014-02")), "2014-02-03") == "2014-02-08"


def test_a_set_before_the_line_does_not_move_the_first_one_on_treatment() -> None:
    assert day(LIVER, running(*liver("2014-01-30")), STARTED) == "2014-02-10"


def test_a_set_of_the_first_day_is_the_one_the_first_interval_counts_from() -> None:
    assert day(LIVER, running(*liver(STARTED)), STARTED) == "2014-02-10"


@pytest.mark.parametrize("left_out", ["ALT", "AST", "ALP", "total_bilirubin"])
def test_the_interval_goes_by_the_last_complete_set(left_out: str) -> None:
    later = [entry for entry in liver("2014-02-17") if entry[1]["analyte"] != left_out]
    assert day(LIVER, running(*liver("2014-02-10"), *later), "2014-02-18") == "2014-02-17"
    assert day(LIVER, running(*liver("2014-02-10"), *liver("2014-02-17")), "2014-02-18") == "2014-02-24"


def test_a_value_that_was_asked_for_and_not_measured_completes_no_set() -> None:
    *most, (section, last) = liver("2014-02-10")
    assert day(LIVER, running(*most, (section, {**last, "value": None})), "2014-02-11") == "2014-02-10"


def test_a_set_is_of_one_sample_without_one_of_days_at_most_one_apart() -> None:
    first, second = liver("2014-02-10")[:2], liver("2014-02-11")[2:]
    assert day(LIVER, running(*first, *second), "2014-02-11") == "2014-02-18"
    assert day(LIVER, running(*second, *first), "2014-02-11") == "2014-02-18"
    assert day(LIVER, running(*first, *liver("2014-02-12")[2:]), "2014-02-12") == "2014-02-10"


def test_values_of_different_samples_make_no_set_though_they_are_of_one_day() -> None:
    first, second = liver("2014-02-10", sample="S1")[:2], liver("2014-02-10", sample="S2")[2:]
    assert day(LIVER, running(*first, *second), "2014-02-11") == "2014-02-10"


def test_one_value_without_a_sample_completes_the_set_of_its_day() -> None:
    first, second = liver("2014-02-10", sample="S1")[:3], liver("2014-02-10")[3:]
    assert day(LIVER, running(*first, *second), "2014-02-11") == "2014-02-17"
    assert day(LIVER, running(*second, *first), "2014-02-11") == "2014-02-17"


def test_a_value_without_a_sample_joins_one_of_two_samples_not_both() -> None:
    both = [*liver("2014-02-10", sample="S1")[:2], *liver("2014-02-10", sample="S2")[2:3], *liver("2014-02-10")[3:]]
    assert day(LIVER, running(*both), "2014-02-11") == "2014-02-10"


def test_values_of_the_same_sample_are_a_set_whatever_their_days() -> None:
    first, second = liver("2014-02-10", sample="S1")[:2], liver("2014-02-13", sample="S1")[2:]
    assert day(LIVER, running(*first, *second), "2014-02-13") == "2014-02-20"


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        (alt("2014-07-01", 3.1), "2014-07-08"),
        (alt("2014-07-01", 3), "2014-08-01"),
        (ast("2014-07-01", 3.1), "2014-07-08"),
        (ast("2014-07-01", 3), "2014-08-01"),
        (bilirubin("2014-07-01", 1.6), "2014-07-08"),
        (bilirubin("2014-07-01", 1.5), "2014-08-01"),
        (blood("ALP", "2014-07-01", 4000), "2014-08-01"),
        (blood("ALT", "2014-07-01", 4000, upper=None), "2014-08-01"),
        (alt("2014-07-01", 3, comparator=">"), "2014-07-08"),
        (alt("2014-07-01", 4, comparator="<"), "2014-08-01"),
    ],
)
def test_weekly_too_while_alt_or_ast_is_above_3_or_bilirubin_above_one_and_a_half_times_the_limit(
    raised: Entry, due: str
) -> None:
    others = [one for one in liver("2014-07-01") if one[1]["analyte"] != raised[1]["analyte"]]
    assert day(LIVER, running(raised, *others), "2014-07-02") == due


def test_the_schedule_of_the_us_is_weekly_too_while_a_value_is_raised() -> None:
    values = [alt("2014-02-10", 3.1), *liver("2014-02-10")[1:]]
    assert day(LIVER, running(*values), "2014-02-10", monitoring_schedule="US") == "2014-02-17"
    assert day(LIVER, running(*liver("2014-02-10")), "2014-02-10", monitoring_schedule="US") == "2014-02-24"


def test_a_value_raised_before_the_first_dose_asks_for_the_first_set_after_a_week() -> None:
    values = [alt("2014-02-03", 3.1), *liver("2014-02-03")[1:]]
    assert day(LIVER, running(*values), STARTED, monitoring_schedule="US") == "2014-02-10"


def test_weekly_ends_with_the_next_value_that_is_not_raised() -> None:
    values = [alt("2014-07-01", 3.1), *liver("2014-07-01")[1:], *liver("2014-07-08")]
    assert day(LIVER, running(*values), "2014-07-08") == "2014-08-08"


def test_a_raised_value_alone_is_no_set_but_makes_the_interval_from_the_last_one_a_week() -> None:
    assert day(LIVER, running(*liver("2014-07-01"), alt("2014-07-20", 3.1)), "2014-07-20") == "2014-07-08"


def test_raised_liver_values_do_not_ask_for_blood_counts() -> None:
    values = [alt("2014-07-01", 3.1), *liver("2014-07-01")[1:], *counts("2014-07-01")]
    assert day("blood_count", running(*values), "2014-07-02") == "2014-08-01"


def test_no_schedule_is_ever_less_than_monthly() -> None:
    months = [
        interval for one in protocol().monitoring for part in (one.early, one.later) for interval in part.values()
    ]
    assert set(months) == {"7 days", "14 days", "1 month"}


def test_the_printed_schedule_is_shown_with_its_reading_a16() -> None:
    due = item(LIVER, running(), STARTED)
    assert due is not None
    assert [one.id for one in due.ambiguities] == ["A16"]
    assert due.rule == "M1"


# M2: blood counts


@pytest.mark.parametrize("schedule", ["EU", "US"])
@pytest.mark.parametrize(
    ("last", "due"),
    [(None, "2014-03-03"), ("2014-02-10", "2014-03-10"), ("2014-05-31", "2014-06-30"), ("2014-09-15", "2014-10-15")],
)
def test_a_blood_count_is_due_monthly(schedule: str, last: str | None, due: str) -> None:
    record = running(*(counts(last) if last else ()))
    assert day("blood_count", record, "2014-10-01", "M2", monitoring_schedule=schedule) == due


def test_a_blood_count_is_neutrophils_and_platelets_at_least() -> None:
    assert day("blood_count", running(counts("2014-02-20")[0]), "2014-02-21") == "2014-03-03"


# M3, M4: on the first day of the line

EXAMINATIONS = [
    ("echocardiogram", "echocardiogram", "M3", "A12"),
    ("ophthalmological_examination", "ophthalmological", "M4", "A13"),
    ("respiratory_examination", "respiratory", "M4", "A13"),
]


@pytest.mark.parametrize(("what", "kind", "rule", "reading"), EXAMINATIONS)
def test_m3_and_m4_are_due_on_the_first_day_of_the_line(what: str, kind: str, rule: str, reading: str) -> None:
    found = item(what, running(), "2014-02-13")
    assert found is not None
    assert (found.due_on, found.overdue_days, found.rule) == (date(2014, 2, 3), 10, rule)
    assert [one.id for one in found.ambiguities] == [reading]


@pytest.mark.parametrize(("what", "kind", "rule", "reading"), EXAMINATIONS)
@pytest.mark.parametrize(
    ("done", "due"),
    [
        ("2013-12-22", "2014-02-03"),  # 43 days before
        ("2013-12-23", None),  # 42 days before
        ("2014-02-03", None),
        ("2014-06-01", None),
    ],
)
def test_a_result_up_to_42_days_before_the_first_day_counts(
    what: str, kind: str, rule: str, reading: str, done: str, due: str | None
) -> None:
    assert day(what, running(examination(kind, done)), "2014-07-01") == due


def test_a_clinic_may_set_another_number_of_days(tmp_path: Path) -> None:
    record = running(examination("echocardiogram", "2014-01-06"))  # 28 days before
    assert day("echocardiogram", record, "2014-07-01", baseline_days=28) is None
    assert day("echocardiogram", record, "2014-07-01", baseline_days=27) == "2014-02-03"
    (tmp_path / "clinic.yaml").write_text("parameters: {baseline_days: 27}\n", encoding="utf-8")
    said = Advising(Clinic(tmp_path)).advise(record, date(2014, 7, 1))
    assert [one.due_on for one in said.due if one.what == "echocardiogram"] == [date(2014, 2, 3)]


SYMPTOMS = [
    ("ophthalmological_examination", "ophthalmological", event("visual_disorder", "2014-05-10")),
    ("ophthalmological_examination", "ophthalmological", event("Visual  disorder", "2014-05-10")),
    ("ophthalmological_examination", "ophthalmological", condition("visual_disorder", on="2014-05-10")),
    ("ophthalmological_examination", "ophthalmological", event("visual_disorder", "2014-05-10",
                                                                 suspected_drug="Crizotinib")),
    ("respiratory_examination", "respiratory", event("dyspnoea", "2014-05-10")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "kind", "symptom"), SYMPTOMS)
def test_eyes_and_breathing_are_examined_again_when_there_are_symptoms(what: str, kind: str, symptom: Entry) -> None:
    first = examination(kind, "2014-02-01")
    assert day(what, running(first, symptom), "2014-05-09") is None
    assert day(what, running(first, symptom), "2014-06-01") == "2014-05-10"
    assert day(what, running(first, symptom, examination(kind, "2014-05-09")), "2014-06-01") == "2014-05-10"
    assert day(what, running(first, symptom, examination(kind, "2014-05-10")), "2014-06-01") is None


@pytest.mark.parametrize(
    "no_symptom",
    [
        event("visual_disorder", "2014-05-10", to="2014-05-20"),
        event("visual_disorder", "2014-05-10", suspected_drug="hydroxychloroquine"),
        event("visual_disorder", "2014-02-01"),
        event("visual_disorder", STARTED),
        event("dyspnoea", "2014-05-10"),
        condition("visual_disorder", present=False, on="2014-05-10"),
        condition("visual_disorder", on="2014-01-15"),
    ],
)
def test_a_symptom_that_ended_or_is_another_drugs_or_was_there_at_the_start_asks_for_no_second_examination(
    no_symptom: Entry,
) -> None:
    record = running(examination("ophthalmological", "2014-02-01"), no_symptom)
    assert day("ophthalmological_examination", record, "2014-06-01") is None


def test_an_examination_that_was_never_done_is_due_since_the_first_day_whatever_came_later() -> None:
    record = running(event("visual_disorder", "2014-05-10"))
    assert day("ophthalmological_examination", record, "2014-06-01") == "2014-02-03"


def test_of_two_symptoms_without_an_examination_since_the_first_counts() -> None:
    record = running(examination("ophthalmological", "2014-02-01"), event("visual_disorder", "2014-05-20", id="e2"),
                     event("visual_disorder", "2014-05-10", id="e1"))  # fmt: skip
    assert day("ophthalmological_examination", record, "2014-06-01") == "2014-05-10"


# M5, B4: hypogonadism

HYPOGONADISM = "hypogonadism_assessment"


def test_hypogonadism_is_assessed_if_symptomatic() -> None:
    assert day(HYPOGONADISM, running(), "2014-06-01") is None
    found = item(HYPOGONADISM, running(condition("hypogonadism_symptoms", on="2014-05-10")), "2014-06-01")
    assert found is not None
    assert (found.due_on, found.overdue_days, found.rule) == (date(2014, 5, 10), 22, "M5")


def test_symptoms_that_were_there_before_the_line_ask_on_its_first_day() -> None:
    assert day(HYPOGONADISM, running(condition("hypogonadism_symptoms")), "2014-06-01") == "2014-02-03"


def test_symptoms_said_again_are_the_same_symptoms_and_after_a_denial_new_ones() -> None:
    said = [condition("hypogonadism_symptoms", on=one) for one in ("2014-05-20", "2014-05-10")]
    assert day(HYPOGONADISM, running(*said), "2014-06-01") == "2014-05-10"
    denied = condition("hypogonadism_symptoms", present=False, on="2014-05-15")
    assert day(HYPOGONADISM, running(*said, denied), "2014-06-01") == "2014-05-20"
    assert day(HYPOGONADISM, running(*said, denied), "2014-05-16") is None


@pytest.mark.parametrize(
    ("done", "due"), [("2014-03-28", "2014-05-10"), ("2014-03-29", None), ("2014-05-20", None)]
)  # 43, 42 days before, and after
def test_a_testosterone_of_the_42_days_before_the_symptoms_counts(done: str, due: str | None) -> None:
    measured = blood("testosterone", done, 12, "nmol/L")
    record = running(condition("hypogonadism_symptoms", on="2014-05-10"), measured)
    assert day(HYPOGONADISM, record, "2014-06-01") == due


# due, and overdue since when


@pytest.mark.parametrize(
    ("on", "overdue"), [("2014-02-09", 0), ("2014-02-10", 0), ("2014-02-11", 1), ("2014-03-10", 28)]
)
def test_what_is_due_is_overdue_from_the_day_after_its_day(on: str, overdue: int) -> None:
    found = item(LIVER, running(), on)
    assert found is not None
    assert (found.due_on, found.overdue_days) == (date(2014, 2, 10), overdue)


def test_a_value_dated_after_the_day_asked_has_not_been_done_yet() -> None:
    assert day(LIVER, running(*liver("2014-02-12")), "2014-02-11") == "2014-02-10"


# per drug (M6, A17)

MONITORED = ("liver_function_tests", "blood_count", "echocardiogram", "ophthalmological_examination",
             "respiratory_examination")  # fmt: skip


def whats(record: PatientRecord, on: str = "2014-11-01") -> tuple[str, ...]:
    return tuple(one.what for one in told(record, on).due)


def test_crizotinib_is_monitored_by_m1_to_m4() -> None:
    assert whats(running()) == MONITORED
    assert tuple(one.rule for one in told(running(), "2014-11-01").due) == ("M1", "M2", "M3", "M4", "M4")


@pytest.mark.parametrize("drug", ["ceritinib", "alectinib", "brigatinib", "lorlatinib", "pemetrexed"])
def test_no_other_drug_has_a_schedule_in_this_protocol(drug: str) -> None:
    assert not set(whats(course(POSITIVE, line("crizotinib", stop="2014-06-01", why="progression"),
                                line(drug, id="l2", start="2014-06-05")))) & set(MONITORED)  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        course(POSITIVE, line("crizotinib", stop="2014-06-01", why="progression")),
        course(POSITIVE, line("crizotinib", start=None)),
        course(POSITIVE),
    ],
)
def test_nothing_is_monitored_without_a_line_that_runs_from_a_known_day(record: PatientRecord) -> None:
    assert not {one.rule for one in told(record, "2014-11-01").due} & {"M1", "M2", "M3", "M4", "M5"}


def test_the_drugs_name_is_known_in_any_case() -> None:
    assert day(LIVER, course(POSITIVE, line(" Crizotinib")), STARTED) == "2014-02-10"


def test_a_second_line_of_crizotinib_counts_from_its_own_first_day() -> None:
    record = course(POSITIVE, line("crizotinib", stop="2014-03-01", why="patient_choice"),
                    line("crizotinib", id="l2", start="2014-09-01"))  # fmt: skip
    assert day(LIVER, record, "2014-09-02") == "2014-09-08"


def test_monitoring_goes_on_while_the_drug_is_held() -> None:
    record = course(POSITIVE, line("crizotinib", doses=[held("2014-07-02")]), alt("2014-07-01", 6),
                    *liver("2014-07-01")[1:])  # fmt: skip
    assert told(record, "2014-07-02").preferred.action == "withhold"
    assert day(LIVER, record, "2014-07-02") == "2014-07-08"


def test_a_drug_that_is_stopped_for_good_is_not_monitored_any_more() -> None:
    assert not set(whats(running(event("pneumonitis", other_causes_excluded=True)))) & set(MONITORED)


def test_a_qtc_above_500_asks_for_a_second_ecg_and_electrolytes_today() -> None:
    record = running(qtc("2014-03-01", 505))
    for what in ("ecg", "electrolytes"):
        found = item(what, record, "2014-03-04")
        assert found is not None
        assert (found.due_on, found.overdue_days, found.rule) == (date(2014, 3, 4), 0, "X4")
        assert [one.id for one in found.ambiguities] == ["A22"]
    assert not {"ecg", "electrolytes"} & set(whats(running(qtc("2014-03-01", 500)), "2014-03-04"))


# B1 to B6: the baseline

TODAY = "2014-02-03"
LEFT = ("liver_function_tests", "blood_count", "ecg", "echocardiogram", "ophthalmological_examination",
        "respiratory_examination", "brain_mri")  # fmt: skip


def test_baseline_items_are_due_on_the_day_asked() -> None:
    due = told(course(POSITIVE), TODAY).due
    assert tuple(one.what for one in due) == LEFT
    assert {(one.due_on, one.overdue_days) for one in due} == {(date(2014, 2, 3), 0)}
    assert tuple(one.rule for one in due) == ("B5", "B5", "B2", "B2", "B3", "B3", "B6")


def test_without_a_shown_rearrangement_there_is_no_baseline_as_there_is_nothing_to_start() -> None:
    assert told(course(ihc("positive")), TODAY).due == ()


@pytest.mark.parametrize(
    ("what", "entries"),
    [
        ("liver_function_tests", liver), ("blood_count", counts),
        ("ecg", lambda on: [examination("ecg", on)]), ("ecg", lambda on: [blood("QTc", on, 420, "ms")]),
        ("echocardiogram", lambda on: [examination("echocardiogram", on)]),
        ("ophthalmological_examination", lambda on: [examination("ophthalmological", on)]),
        ("respiratory_examination", lambda on: [examination("respiratory", on)]),
        ("brain_mri", lambda on: [examination("brain_mri", on)]),
    ],
)  # fmt: skip
def test_a_baseline_item_counts_when_it_is_dated_at_most_42_days_before_the_day_asked(what: str, entries: Any) -> None:
    assert what not in whats(course(POSITIVE, *entries("2013-12-23")), TODAY)
    assert what in whats(course(POSITIVE, *entries("2013-12-22")), TODAY)
    assert day(what, course(POSITIVE, *entries("2014-01-20")), TODAY, baseline_days=14) is None
    assert day(what, course(POSITIVE, *entries("2014-01-19")), TODAY, baseline_days=14) == "2014-02-03"


def complete(*without: str) -> PatientRecord:
    """Return a course before crizotinib with a whole baseline, but for what is named."""
    done = {
        LIVER: liver("2014-01-30"),
        "blood_count": counts("2014-01-30"),
        **{one: [examination(one, "2014-01-30")] for one in ("ecg", "echocardiogram", "ophthalmological",
                                                             "respiratory", "brain_mri")},
    }  # fmt: skip
    return course(POSITIVE, *(entry for name, entries in done.items() if name not in without for entry in entries))


def test_the_echocardiogram_stands_in_due_and_does_not_hold_up_completeness() -> None:
    said = told(complete("echocardiogram"), TODAY)
    assert [one.what for one in said.due] == ["echocardiogram"]
    assert [one.id for one in said.due[0].ambiguities] == ["A12"]
    assert "complete_baseline" not in [one.action for one in said.options]
    assert said.stage == "first_line"


@pytest.mark.parametrize("left_out", ["ecg", "brain_mri"])
def test_an_ecg_or_a_qtc_and_brain_imaging_do_hold_it_up(left_out: str) -> None:
    said = told(complete(left_out), TODAY)
    assert [one.what for one in said.due] == [left_out]
    assert [one.action for one in said.options][:2] == ["start", "complete_baseline"]
    assert said.stage == "baseline"
    assert told(complete(), TODAY).stage == "first_line"


@pytest.mark.parametrize("lesions", ["target_lesions", "non_target_lesions", "new_lesions"])
def test_an_mri_that_names_the_brain_is_brain_imaging_and_one_of_the_liver_is_not(lesions: str) -> None:
    def imaged(site: str, modality: str = "mri") -> PatientRecord:
        lesion: dict[str, Any] = {"site": site}
        if lesions == "target_lesions":
            lesion |= {"lesion": "T1", "lymph_node": False, "mm": 12}
        said = {"id": "a1", "date": "2014-01-30", "modality": modality, lesions: [lesion]}
        return course(POSITIVE, ("assessments", said))

    assert "brain_mri" not in whats(imaged("brain"), TODAY)
    assert "brain_mri" in whats(imaged("liver"), TODAY)
    assert "brain_mri" in whats(imaged("brain", "ct"), TODAY)


def test_hypogonadism_is_assessed_before_treatment_only_if_symptomatic() -> None:
    symptoms = condition("hypogonadism_symptoms", on="2014-01-20")
    assert HYPOGONADISM not in whats(course(POSITIVE), TODAY)
    assert day(HYPOGONADISM, course(POSITIVE, symptoms), TODAY, "B4") == "2014-02-03"
    measured = blood("testosterone", "2014-01-21", 12, "nmol/L")
    assert HYPOGONADISM not in whats(course(POSITIVE, symptoms, measured), TODAY)
    denied = condition("hypogonadism_symptoms", present=False, on="2014-01-25")
    assert HYPOGONADISM not in whats(course(POSITIVE, symptoms, denied), TODAY)


def test_the_readings_of_b2_b3_and_b5_stand_with_their_items() -> None:
    shown = {one.what: [reading.id for reading in one.ambiguities] for one in told(course(POSITIVE), TODAY).due}
    assert shown == {
        "liver_function_tests": ["A14"], "blood_count": ["A14"], "ecg": ["A12"], "echocardiogram": ["A12"],
        "ophthalmological_examination": ["A13"], "respiratory_examination": ["A13"], "brain_mri": [],
    }  # fmt: skip


# the clinic's parameters


@pytest.mark.parametrize(
    ("young_age", "alk"),
    [(None, "negative"), (49, "negative"), (50, "pending")],  # 49 years old at the diagnosis
)
def test_age_alone_is_a_marker_only_where_the_clinic_has_set_a_limit(young_age: int | None, alk: str) -> None:
    record = course(ihc("negative"), smoking=smoker(), born="1964-05-02")
    said = told(record, TODAY, young_age=young_age)
    assert said.alk_status == alk
    assert said.preferred.action == ("leave_pathway" if alk == "negative" else "request_alk_fish")


@pytest.mark.parametrize(("born", "alk"), [("1964-01-15", "negative"), ("1964-01-16", "pending"), (None, "negative")])
def test_the_limit_of_age_goes_by_the_birthday_on_the_day_of_the_diagnosis(born: str | None, alk: str) -> None:
    record = course(ihc("negative"), smoking=smoker())
    record = replace(record, patient=replace(record.patient, birth_date=born))
    assert told(record, TODAY, young_age=50).alk_status == alk


def test_a_clinic_sets_the_limit_of_age_in_its_file(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text("parameters: {young_age: 50}\n", encoding="utf-8")
    said = Advising(Clinic(tmp_path)).advise(course(ihc("negative"), smoking=smoker()), date(2014, 2, 3))
    assert said.preferred.action == "request_alk_fish"
    assert dict(said.parameters) == {
        "monitoring_schedule": "EU", "baseline_days": 42, "young_age": 50, "oligometastatic_at_most": None,
    }  # fmt: skip


# what else is due


def test_results_that_are_awaited_stand_in_due_since_they_were_asked_for() -> None:
    found = item("test_result", course(POSITIVE, awaited("gene", "2014-01-20")), "2014-01-30")
    assert found is not None
    assert (found.due_on, found.overdue_days, found.rule) == (date(2014, 1, 20), 10, "H3")


def test_a_rebiopsy_that_was_asked_for_stands_in_due_since_then_and_a_specimen_for_the_diagnosis_does_not() -> None:
    asked = specimen("s2", None, status="requested", requested_on="2014-10-25")  # type: ignore[arg-type]
    assert item("rebiopsy", running(asked), "2014-11-01") == Due(
        what="rebiopsy", due_on=date(2014, 10, 25), overdue_days=7, rule="H13"
    )
    undated = specimen("s2", None, status="requested")  # type: ignore[arg-type]
    assert day("rebiopsy", running(undated), "2014-11-01") == "2014-11-01"
    diagnostic = specimen("s2", None, status="requested", purpose="diagnosis")  # type: ignore[arg-type]
    assert "rebiopsy" not in whats(running(diagnostic))
    taken = specimen("s2", "2014-10-28", status="taken", requested_on="2014-10-25")
    assert "rebiopsy" not in whats(running(taken))


def test_after_an_answered_progression_an_assessment_is_due() -> None:
    answered = [pd("2014-10-20"), decided("continue", "crizotinib", on="2014-10-25")]
    assert day("assessment", running(*answered), "2014-11-01", "H14") == "2014-11-01"
    assert "assessment" not in whats(running(pd("2014-10-20")))


def test_nothing_is_due_of_a_record_that_contradicts_itself() -> None:
    assert told(course(POSITIVE, CRIZOTINIB, doublet(id="l2", start="2014-03-01")), "2014-11-01").due == ()


def test_monitoring_goes_on_where_a_later_staging_is_not_metastatic_or_alk_is_not_shown() -> None:
    assert LIVER in whats(course(CRIZOTINIB, fish(read(10)), staging("2014-05-01", "IIIA")))


def with_item(folder: Path, number: int, **changed: Any) -> Protocol:
    """Return the shipped protocol with one item of its monitoring changed, read from a copy."""
    shutil.copytree(RESOURCES / "protocols" / "duchemann-2015", folder, dirs_exist_ok=True)
    schedules = yaml.safe_load((folder / "schedules.yaml").read_text(encoding="utf-8"))
    schedules["monitoring"][number] |= changed
    (folder / "schedules.yaml").write_text(yaml.safe_dump(schedules), encoding="utf-8")
    return load_protocol(folder)


def test_a_schedule_that_names_an_unknown_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProtocolFault, match=r"schedules\.yaml: 'visual_disorders' is not a known code"):
        with_item(tmp_path, 3, again_with=["visual_disorders"])


@pytest.mark.parametrize(("ecg", "qtc", "due"), [("2014-05-01", "2014-04-01", "2014-06-01"),
                                                 ("2014-04-01", "2014-05-01", "2014-06-01")])  # fmt: skip
def test_what_an_examination_or_a_value_shows_was_done_with_the_newer_of_them(
    tmp_path: Path, ecg: str, qtc: str, due: str
) -> None:
    monthly = {"EU": "1 month", "US": "1 month"}
    ours = with_item(tmp_path, 2, what="ecg", labs_any=["QTc"], examinations=["ecg"], early=monthly, later=monthly)
    record = running(examination("ecg", ecg), blood("QTc", qtc, 400, "ms"))
    [found] = [one for one in advise(record, ours, date(2014, 5, 20)).due if one.what == "ecg"]
    assert found.due_on.isoformat() == due
