"""The history in words: who changed what and when, what it was before, field by field."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.record.fields import EnteredInError
from app.record.therapy_line import Dose
from app.services.history import history_of, moment_in_words
from app.services.patients import Patients
from builders import a_diagnosis, a_line, a_note, a_patient, a_record, a_specimen, an_assessment, an_ihc
from db.store import Store

FIRST = a_record(a_specimen(), an_ihc(), a_line(), diagnosis=a_diagnosis())


@pytest.fixture
def saved(tmp_path):
    """Return what saves states of one record one after another and gives the history of the last."""
    store = Store(tmp_path / "clinic.sqlite")

    def save(*states, place=None):
        version = None
        for number, state in enumerate(states):
            version = store.save(state, version, by=f"Nurse {number}")
        return history_of(states[-1], store.history("A-1042"), place)

    yield save
    store.close()


def said(happening):
    return happening.what, happening.done, [str(one) for one in happening.fields]


def test_a_corrected_field_says_what_it_was_and_who_changed_it(saved):
    newest, begun = saved(FIRST, replace(FIRST, diagnosis=replace(FIRST.diagnosis, stage="IIIB")))
    assert said(newest) == ("diagnosis", "changed", ["stage: IV → IIIB"])
    assert newest.by == "Nurse 1"
    assert newest.at.endswith("Z")
    assert said(begun) == ("", "record begun", [])


def test_a_merging_and_its_taking_back_are_told_and_belong_to_no_entry(tmp_path):
    store = Store(tmp_path / "clinic.sqlite")
    patients = Patients(store, lambda: date(2014, 11, 5))
    patients.save(FIRST, None)
    patients.save(a_record(a_note(), patient=a_patient(mrn="A-17")), None)
    patients.merging.merge(patients.merging.prepare("A-1042", "A-17"), {}, by="Nurse 1")
    patients.merging.undo(patients.merging.undoing(patients.merging.into("A-1042")[0]), by="Nurse 2")
    record, changes = patients.open("A-1042").record, patients.history("A-1042")
    told = [one for one in history_of(record, changes) if one.place == ("", "")]
    assert [(one.by, *said(one)) for one in told] == [
        ("Nurse 2", "", "the merging of A-17 was taken back", []),
        ("Nurse 1", "", "A-17 was merged into this record", []),
        ("", "", "record begun", []),
    ]
    of_note = history_of(record, changes, ("notes", a_note().id))
    assert [(one.by, one.done) for one in of_note[:2]] == [("Nurse 2", "taken back"), ("Nurse 1", "entered")]
    store.close()


def test_a_moment_is_told_by_the_clock_on_the_wall(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        assert moment_in_words("2026-11-03T23:05:00Z") == "4 November 2026, 00:05"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_of_an_entry_that_came_with_the_record_the_first_state_is_told_too(saved):
    second = FIRST.with_entry(replace(an_ihc(), status="failed", ihc=None))
    changed, entered = saved(FIRST, second, place=("tests", "t1"))
    assert said(changed)[1:] == (
        "changed", ["status: final → failed", "IHC, intensity: 3 → nothing", "IHC, reported as: positive → nothing"],
    )  # fmt: skip
    assert said(entered) == (
        "IHC of 22 January 2014", "entered",
        ["specimen: tissue of 12 January 2014", "method: IHC", "reported on: 22 January 2014", "status: final",
         "IHC, intensity: 3", "IHC, reported as: positive"],
    )  # fmt: skip
    assert entered.by == "Nurse 0"


def test_of_an_entry_that_was_added_later_nothing_is_told_of_the_beginning(saved):
    happened = saved(a_record(), a_record(a_specimen()), place=("specimens", "s1"))
    assert [one.done for one in happened] == ["entered"]


def test_only_the_lesion_that_was_measured_again_is_told(saved):
    one, two = (FIRST.with_entry(an_assessment(30, size)) for size in ("33.5", "34"))
    assert said(saved(FIRST, one, two)[0]) == ("CT of 1 April 2014", "changed", ["lesion T2, mm: 33.5 → 34"])


def test_a_dose_change_is_told_as_one_more_dose(saved):
    first = Dose(drug="crizotinib", from_="2014-02-03", amount=Decimal(250), unit="mg", frequency="twice_daily")
    more = Dose(drug="crizotinib", from_="2014-03-10", amount=Decimal(200), unit="mg", frequency="twice_daily")
    held = replace(more, amount=Decimal(0), frequency="held")
    states = [FIRST.with_entry(a_line(doses=doses)) for doses in ((first,), (first, more), (first, held))]
    corrected, added, _begun = saved(*states)
    assert said(added)[2] == ["dose crizotinib, 10 March 2014: amount 200, unit mg, frequency twice daily"]
    assert said(corrected)[2] == [
        "dose crizotinib, 10 March 2014, amount: 200 → 0",
        "dose crizotinib, 10 March 2014, frequency: twice daily → held",
    ]


def test_a_mark_of_error_tells_its_reason_and_taking_it_back_too(saved):
    marked = FIRST.with_entry(
        replace(a_specimen(), entered_in_error=EnteredInError(on="2014-11-05", reason="another patient"))
    )
    back, mark, _begun = saved(FIRST, marked, FIRST)
    assert said(mark) == (
        "tissue of 12 January 2014", "marked as entered in error", ["entered in error: another patient"],
    )  # fmt: skip
    assert said(back)[1:] == ("mark of error taken back", ["entered in error: another patient → nothing"])


def test_an_entry_that_was_taken_back_is_still_named_and_readable(saved):
    happened = saved(a_record(), a_record(a_specimen()), a_record())
    assert [(one.what, one.done) for one in happened] == [
        ("tissue of 12 January 2014", "taken back"), ("tissue of 12 January 2014", "entered"), ("", "record begun"),
    ]  # fmt: skip
    assert "site: lung" in said(happened[1])[2]
