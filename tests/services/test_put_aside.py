"""Done and snoozed: what is put aside comes back on its day, when its facts change, or when it is taken back."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.record.patient import Team
from app.record.reading import NotPossible, Refused
from app.record.record import PatientRecord
from app.services.put_aside import PutAside, Verdict, comes_back
from app.services.worklist import Worklist, WorklistItem
from builders import (
    a_condition,
    a_diagnosis,
    a_dose,
    a_fish,
    a_lab,
    a_line,
    a_note,
    a_patient,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    a_test,
    an_assessment,
    an_examination,
)
from db.store import Store

DAY = date(2014, 11, 5)
NEXT_WEEK = date(2014, 11, 12)


def on_crizotinib(*more: object, alt: int = 20) -> PatientRecord:
    """Return Ada on crizotinib since 6 October 2014, her liver last looked at on 20 October: due since the 27th."""
    values = (("ALT", alt, "U/L", 40), ("AST", 20, "U/L", 35), ("ALP", 90, "U/L", 120))
    bilirubin = ("total_bilirubin", 9, "umol/L", 17)
    labs = [
        a_lab(name, value, id=f"{name}-1", date="2014-10-20", unit=unit, upper=upper)
        for name, value, unit, upper in (*values, bilirubin)
    ]
    done = [
        an_examination(kind, date="2014-10-06", id=f"x{number}")
        for number, kind in enumerate(("echocardiogram", "ophthalmological", "respiratory"), start=1)
    ]
    line = a_line(start="2014-10-06", doses=(a_dose(from_="2014-10-06"),))
    return a_record(
        a_specimen(), a_fish(a_reading(30)), line, *done, *labs, *more,  # type: ignore[arg-type]
        patient=a_patient(team=Team(nurse="M. Keller", doctor="Dr S. Ahmed")), diagnosis=a_diagnosis(),
    )  # fmt: skip


def the_item(worklist: Worklist, what: str, day: date = DAY) -> WorklistItem:
    worklist.bring_up_to_date(day)
    return next(one for one in worklist.shown(day) if one.what == what)


def an_answer(verdict: Verdict = "snoozed", until: date | None = NEXT_WEEK, **more: str) -> PutAside:
    words = {"reason": "An appointment is made", "by": "M. Keller"} | more
    return PutAside(verdict=verdict, day=DAY.isoformat(), until=until and until.isoformat(), **words)


def verdict_of(worklist: Worklist, what: str, day: date = DAY) -> str | None:
    aside = the_item(worklist, what, day).aside
    return None if aside is None else aside.verdict


def change(store: Store, *entries: object, mrn: str = "A-1042") -> None:
    record, version = store.load(mrn)  # type: ignore[misc]
    for entry in entries:
        record = record.with_entry(entry)  # type: ignore[arg-type]
    store.save(record, version, by="")


def test_a_line_says_who_looks_after_the_patient(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    item = the_item(worklist, "liver_function_tests")
    assert (item.nurse, item.doctor, item.aside) == ("M. Keller", "Dr S. Ahmed", None)
    [fresh] = [one for one in worklist.on(date(2014, 11, 6)) if one.what == "liver_function_tests"]
    assert (fresh.nurse, fresh.doctor) == ("M. Keller", "Dr S. Ahmed")


def test_a_snoozed_line_says_until_when_why_and_by_whom_and_comes_back_on_its_day(
    store: Store, worklist: Worklist
) -> None:
    store.save(on_crizotinib(), None, by="")
    item = the_item(worklist, "liver_function_tests")
    stored = worklist.asides.put(item, an_answer(reason="  called   the GP "), DAY)
    assert stored.key is not None
    for day in (DAY, date(2014, 11, 11)):
        assert the_item(worklist, "liver_function_tests", day).aside == stored
    assert (stored.until, stored.reason, stored.by) == ("2014-11-12", "called the GP", "M. Keller")
    assert verdict_of(worklist, "liver_function_tests", NEXT_WEEK) is None


def test_it_comes_back_on_its_day_for_another_day_too(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    worklist.asides.put(the_item(worklist, "liver_function_tests"), an_answer(), DAY)
    asides = {
        day: [one.aside is not None for one in worklist.on(day) if one.what == "liver_function_tests"]
        for day in (date(2014, 11, 4), date(2014, 11, 6), NEXT_WEEK)
    }
    assert list(asides.values()) == [[False], [True], [False]]


def test_only_that_line_of_that_patient_is_put_aside(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    other = on_crizotinib()
    store.save(replace(other, patient=a_patient(mrn="B-7")), None, by="")
    worklist.asides.put(the_item(worklist, "liver_function_tests"), an_answer(), DAY)
    found = {(one.mrn, one.what): one.aside is not None for one in worklist.shown(DAY)}
    assert found == {
        ("A-1042", "liver_function_tests"): True, ("A-1042", "blood_count"): False,
        ("B-7", "liver_function_tests"): False, ("B-7", "blood_count"): False,
    }  # fmt: skip


def test_a_snoozed_line_stays_so_when_something_else_of_the_record_changes(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    worklist.asides.put(the_item(worklist, "liver_function_tests"), an_answer(), DAY)
    change(store, a_note("Phoned."))
    assert verdict_of(worklist, "liver_function_tests") == "snoozed"


def test_a_snoozed_line_comes_back_as_soon_as_the_drug_is_another_one(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    worklist.asides.put(the_item(worklist, "liver_function_tests"), an_answer(), DAY)
    change(store, a_line(start="2014-10-07", doses=(a_dose(from_="2014-10-07"),)))
    assert verdict_of(worklist, "liver_function_tests") is None


PD = an_assessment(
    30, id="a3", date="2014-10-21", reported_response="PD", progression=a_progression(extent="widespread")
)


def test_a_correction_of_the_entry_it_rests_on_brings_it_back_though_its_day_is_the_same(
    store: Store, worklist: Worklist
) -> None:
    store.save(on_crizotinib(PD), None, by="")
    worklist.asides.put(the_item(worklist, "progression"), an_answer(), DAY)
    assert verdict_of(worklist, "progression") == "snoozed"
    change(store, replace(PD, progression=a_progression(extent="oligometastatic")))
    assert verdict_of(worklist, "progression") is None


def test_a_result_that_came_takes_the_line_away_and_what_was_answered_stays_stored(
    store: Store, worklist: Worklist, file: Path
) -> None:
    store.save(on_crizotinib(a_test("t9", "ngs", None, requested_on="2014-10-21")), None, by="")
    worklist.asides.put(the_item(worklist, "ngs"), an_answer("done", None), DAY)
    assert verdict_of(worklist, "ngs") == "done"
    record, version = store.load("A-1042")  # type: ignore[misc]
    store.save(record.with_entry(replace(record.tests[-1], status="failed")), version, by="")
    worklist.bring_up_to_date(DAY)
    assert [one for one in worklist.shown(DAY) if one.what == "ngs"] == []
    with closing(sqlite3.connect(file)) as raw:
        rows = raw.execute('SELECT verdict, kind, what, day, until, reason, "by", taken_back_at FROM put_aside')
        assert rows.fetchall() == [
            ("done", "awaited", "ngs", "2014-11-05", None, "An appointment is made", "M. Keller", None)
        ]


def test_what_is_due_before_a_drug_stays_snoozed_though_it_is_due_on_whatever_day_is_asked(
    store: Store, worklist: Worklist
) -> None:
    store.save(a_record(a_specimen(), a_fish(a_reading(30)), diagnosis=a_diagnosis()), None, by="")
    worklist.asides.put(the_item(worklist, "ecg"), an_answer(), DAY)
    assert verdict_of(worklist, "ecg", date(2014, 11, 6)) == "snoozed"
    assert the_item(worklist, "ecg", date(2014, 11, 6)).since == "2014-11-06"
    assert verdict_of(worklist, "ecg", NEXT_WEEK) is None


def test_what_is_due_and_was_done_comes_back_after_two_weeks_while_no_result_is_recorded(
    store: Store, worklist: Worklist
) -> None:
    store.save(on_crizotinib(), None, by="")
    item = the_item(worklist, "liver_function_tests")
    again = comes_back(item, "done", DAY)
    assert again == date(2014, 11, 19)
    with pytest.raises(Refused):
        worklist.asides.put(item, an_answer("done", None), DAY)
    worklist.asides.put(item, an_answer("done", again), DAY)
    assert verdict_of(worklist, "liver_function_tests", date(2014, 11, 18)) == "done"
    assert verdict_of(worklist, "liver_function_tests", date(2014, 11, 19)) is None


def test_what_is_undecided_and_was_done_comes_back_only_when_its_facts_change(store: Store, worklist: Worklist) -> None:
    early = a_record(
        a_specimen(), a_fish(a_reading(30)), diagnosis=a_diagnosis(stage="IB", metastatic_sites=(), resected=True)
    )
    store.save(early, None, by="")
    worklist.bring_up_to_date(DAY)
    [item] = [one for one in worklist.shown(DAY) if one.kind == "advice_not_decided"]
    assert comes_back(item, "done", DAY) is None
    worklist.asides.put(item, an_answer("done", None), DAY)
    assert verdict_of(worklist, item.what, date(2016, 11, 5)) == "done"
    record, version = store.load("A-1042")  # type: ignore[misc]
    store.save(replace(record, diagnosis=a_diagnosis(stage="IA", metastatic_sites=(), resected=True)), version, by="")
    assert verdict_of(worklist, item.what, date(2016, 11, 5)) is None


def an_urgent_item(store: Store, worklist: Worklist) -> WorklistItem:
    store.save(on_crizotinib(alt=230), None, by="")
    worklist.bring_up_to_date(DAY)
    [item] = [one for one in worklist.shown(DAY) if one.urgency == "urgent"]
    return item


def sentences(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(fault.path, fault.sentence) for fault in refused.value.faults]


def test_what_is_urgent_is_not_marked_as_done(store: Store, worklist: Worklist) -> None:
    item = an_urgent_item(store, worklist)
    with pytest.raises(Refused) as refused:
        worklist.asides.put(item, an_answer("done", None), DAY)
    assert sentences(refused) == [
        ("", "What is urgent is decided on in the record: Enter opens it. It can rest until tomorrow.")
    ]


def test_what_is_urgent_rests_until_tomorrow_at_most(store: Store, worklist: Worklist) -> None:
    item = an_urgent_item(store, worklist)
    assert comes_back(item, "snoozed", DAY) == date(2014, 11, 6)
    with pytest.raises(Refused) as refused:
        worklist.asides.put(item, an_answer(until=date(2014, 11, 7)), DAY)
    assert sentences(refused) == [("until", "What is urgent rests until tomorrow at most.")]
    worklist.asides.put(item, an_answer(until=date(2014, 11, 6)), DAY)
    assert verdict_of(worklist, item.what) == "snoozed"
    assert verdict_of(worklist, item.what, date(2014, 11, 6)) is None


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        (an_answer(until=None), [("until", "Give the whole day on which it comes back.")]),
        (replace(an_answer(), until="soon"), [("until", "Give the whole day on which it comes back.")]),
        (replace(an_answer(), until="2014-12"), [("until", "Give the whole day on which it comes back.")]),
        (an_answer(until=DAY), [("until", "Give a day after today.")]),
        (an_answer(until=date(2015, 11, 7)), [("until", "Give a day within a year.")]),
        (an_answer(reason="  "), [("reason", "Say in a word why.")]),
        (an_answer(by="", reason=""), [("reason", "Say in a word why."), ("by", "Say who you are.")]),
    ],
)
def test_what_is_missing_in_an_answer_is_said_and_nothing_is_stored(
    store: Store, worklist: Worklist, answer: PutAside, faults: list[tuple[str, str]]
) -> None:
    store.save(on_crizotinib(), None, by="")
    with pytest.raises(Refused) as refused:
        worklist.asides.put(the_item(worklist, "liver_function_tests"), answer, DAY)
    assert sentences(refused) == faults
    assert verdict_of(worklist, "liver_function_tests") is None


def test_an_answer_that_is_taken_back_says_so_and_the_one_before_holds_again(
    store: Store, worklist: Worklist, file: Path
) -> None:
    store.save(on_crizotinib(), None, by="")
    item = the_item(worklist, "liver_function_tests")
    first = worklist.asides.put(item, an_answer(), DAY)
    second = worklist.asides.put(item, an_answer(until=date(2014, 11, 20)), DAY)
    assert the_item(worklist, "liver_function_tests").aside == second
    worklist.asides.take_back(second, "P. Novak")
    assert the_item(worklist, "liver_function_tests").aside == first
    worklist.asides.take_back(second, "somebody else")  # a second time changes nothing
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT taken_back_by FROM put_aside ORDER BY key").fetchall() == [(None,), ("P. Novak",)]


def test_a_line_that_is_put_back_on_the_list_is_there_whatever_was_answered_to_it(
    store: Store, worklist: Worklist
) -> None:
    store.save(on_crizotinib(), None, by="")
    item = the_item(worklist, "liver_function_tests")
    worklist.asides.put(item, an_answer(), DAY)
    worklist.asides.put(item, an_answer(until=date(2014, 11, 20)), DAY)
    worklist.asides.put_back(item, "P. Novak")
    assert verdict_of(worklist, "liver_function_tests") is None


def test_a_patient_who_is_no_longer_there_is_said(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    gone = replace(the_item(worklist, "liver_function_tests"), mrn="B-7")
    with pytest.raises(NotPossible, match="There is no patient with the number B-7"):
        worklist.asides.put(gone, an_answer(), DAY)


# one patient alone, and when the list was brought up to date


def test_one_patient_is_brought_up_to_date_alone(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    store.save(replace(on_crizotinib(), patient=a_patient(mrn="B-7")), None, by="")
    assert {one.mrn for one in worklist.of_patient("A-1042", DAY)} == {"A-1042"}
    assert worklist.outdated(DAY) == 1
    change(store, a_condition("dyspnoea", date="2014-11-04"))
    assert "respiratory_examination" in [one.what for one in worklist.of_patient("A-1042", DAY)]
    assert worklist.of_patient("none", DAY) == ()
    assert worklist.last_run() is None


def test_it_is_known_when_everything_was_last_brought_up_to_date(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")
    worklist.bring_up_to_date(DAY)
    first = worklist.last_run()
    assert first is not None
    assert first.as_of == "2014-11-05"
    assert len(first.at) == len("2014-11-05T08:12:00Z")
    worklist.bring_up_to_date(date(2014, 11, 6))
    second = worklist.last_run()
    assert second is not None
    assert second.as_of == "2014-11-06"


def test_a_run_that_is_stopped_is_not_noted_as_one(store: Store, worklist: Worklist) -> None:
    store.save(on_crizotinib(), None, by="")

    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worklist.bring_up_to_date(DAY, stop)
    assert worklist.last_run() is None


def test_of_what_is_urgent_what_stops_a_drug_comes_first(store: Store, worklist: Worklist) -> None:
    names = iter(("Zimmer", "Adler"))
    for number, alt in enumerate((230, 20)):
        record = on_crizotinib(alt=alt)
        store.save(replace(record, patient=a_patient(mrn=f"A-{number}", family_name=next(names))), None, by="")
    worklist.bring_up_to_date(DAY)
    hold = next(one for one in worklist.shown(DAY) if one.urgency == "urgent")
    from app.services.worklist import in_order

    other = replace(hold, name="Adler, Ada", task=replace(hold.task, what="resolve_contradiction", since="2014-01-01"))
    assert [one.task.what for one in in_order([other, hold])] == ["withhold", "resolve_contradiction"]
