"""The open record: stored before it is shown, undone and redone, never over somebody else's work."""

from dataclasses import replace
from datetime import date

import pytest

from app.record.reading import NotPossible
from app.ui.open_record import OpenRecord
from builders import a_diagnosis, a_line, a_record, a_specimen, an_ihc


@pytest.fixture
def opened(desk, qtbot):
    saved = desk.patients.save(a_record(diagnosis=a_diagnosis()), None)
    return OpenRecord(desk, saved)


def stored(desk):
    return desk.patients.open("A-1042").record


def test_an_entry_is_stored_before_it_is_shown(opened, desk, qtbot):
    with qtbot.waitSignal(opened.changed):
        assert opened.put(a_specimen())
    assert stored(desk).specimens == (a_specimen(),)
    assert opened.record == stored(desk)


def test_several_entries_are_stored_at_once_and_undone_at_once(opened, desk):
    opened.put((a_specimen("s1"), a_specimen("s2")))
    assert [one.id for one in stored(desk).specimens] == ["s1", "s2"]
    assert opened.undo()
    assert stored(desk).specimens == ()


def test_undo_puts_the_record_back_and_redo_makes_the_change_again(opened, desk):
    opened.put(a_specimen())
    opened.put(an_ihc())
    assert opened.undo()
    assert stored(desk).tests == ()
    assert opened.redoes
    assert opened.redo()
    assert stored(desk).tests == (an_ihc(),)
    assert not opened.redoes


def test_a_new_change_forgets_what_was_undone(opened):
    opened.put(a_specimen())
    opened.undo()
    opened.put(a_line())
    assert not opened.redoes


def test_an_entry_in_error_stays_with_its_reason_and_counts_no_more(opened, desk):
    opened.put(a_line())
    assert opened.advice.line is not None
    assert opened.mark_in_error("l1", " belongs to another patient ")
    mark = stored(desk).therapy_lines[0].entered_in_error
    assert (mark.on, mark.reason) == ("2014-11-05", "belongs to another patient")
    assert opened.advice.line is None


def test_what_cannot_be_true_is_refused_with_its_place_and_changes_nothing(opened, desk, qtbot):
    before = opened.record
    with qtbot.waitSignal(opened.refused) as refused:
        assert not opened.put(a_specimen(date="1960-01-01"))
    assert [str(fault) for fault in refused.args[0]] == [
        "specimens[0].date: 1960-01-01 is before the date of birth 1964-05-02"
    ]
    assert opened.record == before == stored(desk)
    assert not opened.undoes


def test_somebody_elses_saving_is_never_written_over(opened, desk, qtbot):
    other = desk.patients.open("A-1042")
    desk.patients.save(other.record.with_entry(a_line()), other.version)
    with qtbot.waitSignal(opened.conflicted):
        assert not opened.put(a_specimen())
    assert stored(desk).specimens == ()
    assert opened.reload()
    assert opened.record.therapy_lines == (a_line(),)
    assert opened.put(a_specimen())
    assert stored(desk).therapy_lines == (a_line(),)
    assert stored(desk).specimens == (a_specimen(),)


def test_the_number_itself_can_be_corrected(opened, desk):
    assert opened.set_patient(replace(opened.record.patient, mrn="A-1024"))
    assert opened.mrn == "A-1024"
    assert desk.patients.open("A-1024").record == opened.record
    with pytest.raises(NotPossible):
        desk.patients.open("A-1042")


def test_a_number_of_another_patient_is_refused(opened, desk, qtbot):
    desk.patients.save(a_record(patient=replace(a_record().patient, mrn="B-1")), None)
    with qtbot.waitSignal(opened.refused) as refused:
        assert not opened.set_patient(replace(opened.record.patient, mrn="B-1"))
    assert [str(fault) for fault in refused.args[0]] == ["patient.mrn: B-1 is already the number of another patient"]


def test_an_earlier_day_sees_nothing_later(opened, qtbot):
    opened.put(a_specimen())
    opened.put(an_ihc(reported_on="2014-10-01"))
    assert opened.advice.alk_status != "unknown"
    with qtbot.waitSignal(opened.looked):
        opened.look_at(date(2014, 1, 14))
    assert opened.advice.alk_status == "unknown"
    assert not opened.is_today
    opened.look_at(None)
    assert opened.as_of == date(2014, 11, 5)


def test_saving_what_is_there_already_makes_no_step_to_undo(opened):
    opened.put(a_specimen())
    assert opened.put(a_specimen())
    opened.undo()
    assert not opened.undoes


def test_a_database_that_cannot_be_written_says_so_and_keeps_the_record(opened, desk, qtbot, monkeypatch):
    def full(*_given, **_named):
        raise NotPossible("The disk is full: make room and save again.")

    monkeypatch.setattr(desk.patients, "save", full)
    with qtbot.waitSignal(opened.not_possible) as told:
        assert not opened.put(a_specimen())
    assert told.args == ["The disk is full: make room and save again."]
    assert opened.record.specimens == ()


def test_a_protocol_that_cannot_be_used_leaves_the_record_open(opened, desk, monkeypatch):
    def unusable(*_given, **_named):
        raise NotPossible("The protocol cannot be used.")

    monkeypatch.setattr(desk.advising, "advise", unusable)
    assert opened.put(a_specimen())
    assert opened.advice is None
    assert opened.no_advice == "The protocol cannot be used."
