"""The worklist of a clinic: what it shows, and when it is worked out again."""

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.record.molecular_test import Fish
from app.record.record import PatientRecord
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.merging import Merging
from app.services.worklist import Worklist, WorklistItem
from app.words import speaking
from builders import (
    a_condition,
    a_decision,
    a_diagnosis,
    a_dose,
    a_fish,
    a_lab,
    a_line,
    a_local_treatment,
    a_note,
    a_patient,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    a_test,
    an_adverse_event,
    an_assessment,
    an_examination,
)
from db.store import Store

DAY = date(2014, 11, 1)


def on_crizotinib(*more: object, mrn: str = "A-1042", name: str = "Example") -> PatientRecord:
    """Return a patient on crizotinib since 6 October 2014 with a clean baseline of that day."""
    line = a_line(start="2014-10-06", doses=(a_dose(from_="2014-10-06"),))
    done = [
        an_examination(kind, date="2014-10-06", id=f"x{number}")
        for number, kind in enumerate(("echocardiogram", "ophthalmological", "respiratory"), start=1)
    ]
    return a_record(
        a_specimen(), a_fish(a_reading(30)), line, *done, *more,  # type: ignore[arg-type]
        patient=a_patient(mrn=mrn, family_name=name), diagnosis=a_diagnosis(),
    )  # fmt: skip


def liver(on: str, alt: int = 20) -> list[object]:
    values = (
        ("ALT", alt, "U/L", 40),
        ("AST", 20, "U/L", 35),
        ("ALP", 90, "U/L", 120),
        ("total_bilirubin", 9, "umol/L", 17),
    )
    return [
        a_lab(name, value, id=f"{name}-{on}", date=on, unit=unit, upper=upper) for name, value, unit, upper in values
    ]


def said(items: tuple[WorklistItem, ...]) -> list[tuple[str, str]]:
    return [(item.urgency, item.words) for item in items]


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute(query).fetchall()


# what it shows


def test_an_empty_clinic_has_nothing_open(worklist: Worklist) -> None:
    assert worklist.bring_up_to_date(DAY) == 0
    assert worklist.shown(DAY) == () == worklist.on(DAY)


def test_it_says_in_one_line_what_is_due_since_when_and_on_which_drug(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(*liver("2014-10-27")), None, by="")
    worklist.bring_up_to_date(date(2014, 11, 5))
    assert said(worklist.shown(date(2014, 11, 5))) == [
        ("due", "ALT, AST, ALP and bilirubin due since 3 November 2014: crizotinib, week 5"),
        ("due", "Neutrophils and platelets due on 6 November 2014: crizotinib, week 5"),
    ]
    overdue, coming = worklist.shown(date(2014, 11, 5))
    assert (overdue.kind, overdue.overdue_days, overdue.rule, overdue.since) == ("overdue", 2, "M1", "2014-11-03")
    assert (coming.kind, coming.overdue_days) == ("due", 0)
    assert (overdue.mrn, overdue.name) == ("A-1042", "Example, Ada")
    assert (overdue.what, overdue.drug, overdue.entries) == ("liver_function_tests", "crizotinib", ())


def test_the_same_answer_reads_otherwise_from_day_to_day_without_being_worked_out_again(
    store: Store, worklist: Worklist
) -> None:
    store.save(on_crizotinib(*liver("2014-10-27")), None, by="")
    worklist.bring_up_to_date(DAY)
    seen = {
        day: [item.words for item in worklist.shown(date(2014, 11, day)) if item.what == "liver_function_tests"]
        for day in (1, 3, 4, 11)
    }
    assert seen[1] == ["ALT, AST, ALP and bilirubin due on 3 November 2014: crizotinib, week 4"]
    assert seen[3] == ["ALT, AST, ALP and bilirubin due today: crizotinib, week 5"]
    assert seen[4] == ["ALT, AST, ALP and bilirubin due since 3 November 2014: crizotinib, week 5"]
    assert seen[11] == ["ALT, AST, ALP and bilirubin due since 3 November 2014: crizotinib, week 6"]
    assert worklist.outdated(date(2014, 11, 11)) == 0


def test_what_is_due_is_shown_from_a_week_before(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(*liver("2014-10-27")), None, by="")
    worklist.bring_up_to_date(date(2014, 10, 28))
    assert "blood_count" not in [item.what for item in worklist.shown(date(2014, 10, 29))]
    assert "blood_count" in [item.what for item in worklist.shown(date(2014, 10, 30))]  # due on 6 November


def test_urgent_comes_first_then_due_awaited_and_open_the_longest_standing_first(
    store: Store, worklist: Worklist
) -> None:
    high = on_crizotinib(*liver("2014-10-28", alt=230), mrn="A-1", name="Urgent")
    late = on_crizotinib(*liver("2014-10-13"), mrn="A-2", name="Late")
    waiting = a_record(
        a_specimen(), a_test("t1", "fish", None, requested_on="2014-10-20"),
        patient=a_patient(mrn="A-3", family_name="Waiting"), diagnosis=a_diagnosis(),
    )  # fmt: skip
    resected = a_record(
        a_specimen(), a_fish(a_reading(30)), patient=a_patient(mrn="A-4", family_name="Early"),
        diagnosis=a_diagnosis(stage="IB", metastatic_sites=(), resected=True),
    )  # fmt: skip
    for record in (resected, waiting, late, high):
        store.save(record, None, by="")
    worklist.bring_up_to_date(DAY)
    found = [(item.urgency, item.name.split(",")[0], item.since) for item in worklist.shown(DAY)]
    assert found == [
        ("urgent", "Urgent", "2014-10-28"),
        ("due", "Late", "2014-10-20"),
        ("due", "Urgent", "2014-11-04"),
        ("due", "Late", "2014-11-06"),
        ("due", "Urgent", "2014-11-06"),
        ("awaited", "Waiting", "2014-10-20"),
        ("open", "Early", "2014-01-22"),
    ]
    assert worklist.shown(DAY) == worklist.shown(DAY)


PROGRESSED = an_assessment(
    30, id="a3", date="2014-09-21", reported_response="PD", progression=a_progression(extent="widespread")
)


def test_a_progression_says_how_long_ago_and_what_was_asked_of_tissue(store: Store, worklist: Worklist) -> None:
    asked = a_specimen("s2", None, purpose="re-biopsy", status="requested", requested_on="2014-09-25")
    record = a_record(
        a_specimen(), a_fish(a_reading(30)), a_line(stop="2014-09-30", stop_reason="progression"), PROGRESSED, asked,
        a_test("t8", "ngs", None, specimen="s2", requested_on="2014-09-25"),
        patient=a_patient(), diagnosis=a_diagnosis(),
    )  # fmt: skip
    store.save(record, None, by="")
    worklist.bring_up_to_date(DAY)
    assert said(worklist.shown(DAY)) == [
        ("due", "Progressed 41 days ago on crizotinib, no decision; tissue asked on 25 September 2014"),
        ("awaited", "Re-biopsy (tissue) asked on 25 September 2014 and not taken; for NGS"),
    ]
    assert [item.kind for item in worklist.shown(DAY)] == ["progression_without_decision", "rebiopsy_not_done"]
    assert worklist.shown(DAY)[0].entries == ("a3",)


@pytest.mark.parametrize(
    ("on", "as_of", "words"),
    [
        ("2014-09-21", date(2014, 9, 21), "Progressed today on crizotinib, no decision"),
        ("2014-09-21", date(2014, 9, 22), "Progressed yesterday on crizotinib, no decision"),
        ("2014-09", date(2014, 9, 22), "Progressed in September 2014 on crizotinib, no decision"),
    ],
)
def test_a_progression_of_today_yesterday_or_a_month(
    store: Store, worklist: Worklist, on: str, as_of: date, words: str
) -> None:
    store.save(on_crizotinib_since_february(replace(PROGRESSED, date=on)), None, by="")
    assert words in [item.words for item in worklist.on(as_of)]


def on_crizotinib_since_february(*more: object) -> PatientRecord:
    return a_record(
        a_specimen(), a_fish(a_reading(30)), a_line(doses=(a_dose(),)), *more,  # type: ignore[arg-type]
        patient=a_patient(), diagnosis=a_diagnosis(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (a_test("t9", "ngs", None, requested_on="2014-10-01"), "NGS asked on 1 October 2014: result awaited"),
        (a_test("t9", "ngs", None, requested_on="2014-10"), "NGS asked on October 2014: result awaited"),
        (
            a_test("t9", "fish", None, fish=Fish(fields=4, readings=(a_reading(30, date="2014-10-01"),))),
            "FISH asked for: result awaited",
        ),
        (
            a_specimen("s9", None, kind="plasma", status="requested", requested_on="2014-10-01"),
            "Plasma asked on 1 October 2014 and not taken",
        ),
        (a_specimen("s9", None, kind="cytology", status="requested"), "Cytology asked for and not taken"),
        (
            a_specimen("s9", None, purpose="re-biopsy", status="requested", requested_on="2014-10-01"),
            "Re-biopsy (tissue) asked on 1 October 2014 and not taken",
        ),
    ],
)
def test_what_was_asked_for_says_when_and_what_it_waits_for(
    store: Store, worklist: Worklist, more: object, words: str
) -> None:
    store.save(on_crizotinib_since_february(more), None, by="")
    assert [item.words for item in worklist.on(DAY) if item.urgency == "awaited"] == [words]


def test_what_is_due_says_on_which_drug_or_before_which_one(store: Store, worklist: Worklist) -> None:
    store.save(a_record(a_specimen(), a_fish(a_reading(30)), diagnosis=a_diagnosis()), None, by="")
    assert ("due", "ECG due today: before crizotinib") in said(worklist.on(DAY))
    store.save(on_crizotinib(mrn="A-2"), None, by="")
    lines = [item.words for item in worklist.on(DAY) if item.mrn == "A-2"]
    assert "ALT, AST, ALP and bilirubin due since 13 October 2014: crizotinib, week 4" in lines
    assert "Neutrophils and platelets due on 6 November 2014: crizotinib, week 4" in lines


def test_an_alert_that_was_accepted_is_open_and_says_when(store: Store, worklist: Worklist) -> None:
    lung = an_adverse_event(from_="2014-10-20")
    accepted = a_decision(date="2014-10-21", rule="X1", action="withhold", drug="crizotinib")
    store.save(on_crizotinib_since_february(lung, accepted), None, by="")
    [item] = [one for one in worklist.on(DAY) if one.kind == "alert"]
    assert (item.urgency, item.task.decided_on) == ("open", "2014-10-21")
    assert item.words.startswith("Withhold crizotinib")
    assert item.words.endswith(" Accepted on 21 October 2014.")


# when it is worked out again


def test_only_who_has_changed_is_worked_out_again(store: Store, worklist: Worklist) -> None:
    for number in (1, 2, 3):
        store.save(on_crizotinib(*liver("2014-10-27"), mrn=f"A-{number}"), None, by="")
    assert worklist.outdated(DAY) == 3
    assert worklist.bring_up_to_date(DAY) == 3
    assert worklist.bring_up_to_date(DAY) == 0
    record, version = store.load("A-2")  # type: ignore[misc]
    store.save(record.with_entry(PROGRESSED_LATE), version, by="")
    before = worklist.shown(DAY)
    assert [item.mrn for item in before if item.kind == "progression_without_decision"] == []  # as it was last
    assert worklist.bring_up_to_date(DAY) == 1
    after = worklist.shown(DAY)
    assert [item.mrn for item in after if item.kind == "progression_without_decision"] == ["A-2"]
    assert len(after) == len(before) + 1


PROGRESSED_LATE = replace(PROGRESSED, date="2014-10-30")


def test_an_item_that_is_settled_goes(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(*liver("2014-10-27"), PROGRESSED_LATE), None, by="")
    worklist.bring_up_to_date(DAY)
    record, version = store.load("A-1042")  # type: ignore[misc]
    store.save(record.with_entry(a_local_treatment(date="2014-10-31", prompted_by="a3")), version, by="")
    worklist.bring_up_to_date(DAY)
    assert "progression_without_decision" not in [item.kind for item in worklist.shown(DAY)]


def test_a_day_on_which_the_answer_can_change_works_it_out_again(store: Store, worklist: Worklist) -> None:
    later = on_crizotinib(*liver("2014-10-27"), replace(PROGRESSED, date="2014-11-10"))
    store.save(later, None, by="")
    worklist.bring_up_to_date(DAY)
    assert [worklist.outdated(DAY + timedelta(days=days)) for days in (1, 8, 9)] == [0, 0, 1]
    assert worklist.outdated(DAY - timedelta(days=1)) == 1  # what was worked out says nothing of the days before
    worklist.bring_up_to_date(date(2014, 11, 10))
    assert "Progressed today on crizotinib, no decision" in [item.words for item in worklist.shown(date(2014, 11, 10))]


def test_another_setting_of_the_clinic_works_everything_out_again(
    store: Store, worklist: Worklist, tmp_path: Path
) -> None:
    store.save(on_crizotinib(*liver("2014-10-27")), None, by="")
    worklist.bring_up_to_date(DAY)
    (tmp_path / "clinic.yaml").write_text("parameters: {monitoring_schedule: US}\n")
    other = Worklist(store, Advising(Clinic(tmp_path)))
    assert [item.since for item in other.shown(DAY) if item.what == "liver_function_tests"] == ["2014-11-03"]
    assert other.bring_up_to_date(DAY) == 1
    assert [item for item in other.shown(DAY) if item.what == "liver_function_tests"] == []
    assert [item.since for item in other.shown(date(2014, 11, 5)) if item.what == "liver_function_tests"] == [
        "2014-11-10"
    ]


def test_what_an_alert_says_is_worked_out_again_in_another_language(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(*liver("2014-10-27")), None, by="")
    worklist.bring_up_to_date(DAY)
    assert worklist.outdated(DAY) == 0
    with speaking("fr"):
        assert worklist.bring_up_to_date(DAY) == 1
        assert worklist.outdated(DAY) == 0


def test_another_checksum_of_the_protocol_or_version_of_the_program_works_everything_out_again(
    store: Store, worklist: Worklist, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(on_crizotinib(), None, by="")
    worklist.bring_up_to_date(DAY)
    [(made_by,)] = rows(file, "SELECT made_by FROM worklist_patient")
    assert '"protocol": "duchemann-2015"' in str(made_by)
    monkeypatch.setattr("app.services.worklist.__version__", "99.0")
    assert worklist.outdated(DAY) == 1


def test_a_day_of_the_past_is_answered_without_storing_anything(store: Store, worklist: Worklist, file: Path) -> None:
    store.save(on_crizotinib(*liver("2014-10-27"), PROGRESSED_LATE), None, by="")
    assert "Progressed 2 days ago on crizotinib, no decision" in [item.words for item in worklist.on(DAY)]
    assert rows(file, "SELECT * FROM worklist_item") == rows(file, "SELECT * FROM worklist_patient") == []
    worklist.bring_up_to_date(DAY)
    kept = rows(file, "SELECT * FROM worklist_item")
    assert worklist.on(DAY) == worklist.shown(DAY)
    assert "progression_without_decision" not in [item.kind for item in worklist.on(date(2014, 10, 29))]
    assert rows(file, "SELECT * FROM worklist_item") == kept


def test_a_new_name_is_on_the_list_at_once(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(*liver("2014-10-27")), None, by="")
    worklist.bring_up_to_date(DAY)
    record, version = store.load("A-1042")  # type: ignore[misc]
    store.save(replace(record, patient=replace(record.patient, family_name="Married")), version, by="")
    assert {item.name for item in worklist.shown(DAY)} == {"Married, Ada"}


def test_progress_is_told_and_what_is_done_stays_when_it_is_stopped(
    store: Store, worklist: Worklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.worklist.AT_ONCE", 2)
    for number in range(5):
        store.save(on_crizotinib(mrn=f"A-{number}"), None, by="")
    told: list[int] = []

    def stop_after_four(done: int) -> None:
        told.append(done)
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worklist.bring_up_to_date(DAY, stop_after_four)
    assert told == [2, 4]
    assert worklist.outdated(DAY) == 1
    assert worklist.bring_up_to_date(DAY, told.append) == 1
    assert told == [2, 4, 1]


def test_a_record_that_is_merged_into_another_while_it_is_worked_out_stops_nothing(
    store: Store, worklist: Worklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mrn in ("A-1", "A-2", "A-3"):
        store.save(on_crizotinib(mrn=mrn), None, by="")
    real = worklist._answers

    def merged_meanwhile(keys: list[int], day: date) -> Iterator[object]:
        found = list(real(keys, day))
        merging = Merging(store, lambda: DAY)
        merging.merge(merging.prepare("A-1", "A-3"), {})
        yield from found

    monkeypatch.setattr(worklist, "_answers", merged_meanwhile)
    worklist.bring_up_to_date(DAY)
    assert {item.mrn for item in worklist.shown(DAY)} == {"A-1", "A-2"}


def test_every_word_of_a_task_comes_back_from_the_database_as_it_was(store: Store, worklist: Worklist) -> None:
    records = [
        on_crizotinib(*liver("2014-10-28", alt=230), a_condition("hypertension"), a_note(), mrn="A-1"),
        on_crizotinib(PROGRESSED_LATE, a_specimen("s2", None, purpose="re-biopsy", status="requested"), mrn="A-2"),
        a_record(a_specimen(), patient=a_patient(mrn="A-3"), diagnosis=a_diagnosis()),
    ]
    for record in records:
        store.save(record, None, by="")
    fresh = worklist.on(DAY)
    worklist.bring_up_to_date(DAY)
    assert worklist.shown(DAY) == fresh
    assert {item.task.kind for item in fresh} == {"alert", "due", "progression", "rebiopsy", "undecided"}


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was_found(store: Store, worklist: Worklist, was_on: bool) -> None:
    store.save(on_crizotinib(), None, by="")
    found = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        assert worklist.bring_up_to_date(DAY) == 1
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if found else gc.disable)()
