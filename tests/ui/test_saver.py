"""While another program writes to the database the window answers, nothing is lost and nothing is stored twice."""

import sqlite3
import time
from contextlib import contextmanager

import pytest

from app.ui import saver
from app.ui.application import Start
from app.ui.drafts import DraftKey, Drafts
from app.ui.main_window import MainWindow
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from builders import a_diagnosis, a_line, a_patient, a_record, a_specimen, an_ihc

NOTE = DraftKey("A-1042", "notes")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "clinic.sqlite"


@pytest.fixture
def opened(desk, qtbot):
    return OpenRecord(desk, desk.patients.save(a_record(diagnosis=a_diagnosis()), None))


@pytest.fixture
def page(desk, opened, tmp_path, qtbot):
    shown = PatientPage(desk, Drafts(tmp_path / "unfinished.json"))
    qtbot.addWidget(shown)
    shown.resize(1366, 640)
    shown.show_open(opened)
    shown.show()
    return shown


@contextmanager
def another_writer(file):
    """Another program that has begun to write and does not end."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def type_note(page, text):
    page.forms.add("notes")
    page.pane.form.fields["date"].put("today")
    page.pane.form.fields["text"].put(text)
    page.pane.form.save()


def notes(desk):
    return [one.text for one in desk.patients.open("A-1042").record.notes]


def test_a_locked_database_does_not_stop_the_window_and_the_change_is_stored_once(opened, desk, file, qtbot):
    done = []
    with another_writer(file):
        began = time.monotonic()
        assert not opened.put(a_specimen(), lambda: done.append(1))
        assert time.monotonic() - began < 1
        assert opened.saver.is_busy
        assert opened.record.specimens == ()  # shown only once it is stored
    with qtbot.waitSignal(opened.saver.ended, timeout=10000) as ended:
        pass
    assert ended.args == [True]
    assert opened.record == desk.patients.open("A-1042").record
    assert opened.record.specimens == (a_specimen(),)
    assert done == [1]
    assert [one.change for one in desk.patients.history("A-1042")] == ["created", "added"]
    assert opened.undoes == "tissue of 12 January 2014"


def test_no_other_change_is_taken_before_that_so_that_their_order_is_kept(opened, desk, file, qtbot):
    with another_writer(file):
        opened.put(a_specimen())
        with qtbot.waitSignal(opened.not_possible) as told:
            assert not opened.put(a_line())
    assert "still being saved" in told.args[0]
    qtbot.waitUntil(lambda: not opened.saver.is_busy, timeout=10000)
    assert opened.put(a_line())
    assert [one.section for one in desk.patients.history("A-1042")] == ["", "specimens", "therapy_lines"]


def test_the_form_says_that_it_is_being_saved_and_closes_when_it_is(page, desk, file, qtbot):
    with another_writer(file):
        type_note(page, "Phoned the GP.")
        assert page.pane.title.text() == "New: note – being saved…"
        assert not page.pane.form.isEnabled()
        assert "another program is writing" in page.notice.words.text()
        page.forms.add("specimens")  # one may go on elsewhere
        assert page.pane.form.isEnabled()
        page.forms.open(NOTE)
        assert not page.pane.form.isEnabled()
    qtbot.waitUntil(lambda: page.pane.form is None, timeout=10000)
    assert notes(desk) == ["Phoned the GP."]
    assert page.forms._drafts.of("A-1042") == ()
    assert not page.notice.isVisible()


def test_what_cannot_be_saved_in_the_end_stays_typed_and_can_be_saved_later(page, desk, file, qtbot, monkeypatch):
    monkeypatch.setattr(saver, "PATIENCE", 0.2)
    with another_writer(file):
        type_note(page, "Phoned the GP.")
        qtbot.waitUntil(page.pane.form.isEnabled, timeout=10000)
        assert "is locked by another program" in page.notice.words.text()
        assert "Your typing is kept" in page.notice.words.text()
        assert page.pane.title.text() == "New: note"
    assert notes(desk) == []
    page.pane.form.save()
    assert notes(desk) == ["Phoned the GP."]


def test_a_change_without_a_form_is_offered_again(page, desk, file, qtbot, monkeypatch):
    monkeypatch.setattr(saver, "PATIENCE", 0.2)
    page.opened.put(a_specimen())
    with another_writer(file):
        page.opened.mark_in_error("s1", "another patient")
        qtbot.waitUntil(lambda: page.notice.button.text() == "Try again", timeout=10000)
    page.notice.button.click()
    assert desk.patients.open("A-1042").record.specimens[0].entered_in_error.reason == "another patient"


@pytest.fixture
def start(desk, opened, tmp_path, qtbot):
    @contextmanager
    def open_desk():
        yield desk

    desk.patients.save(a_record(patient=a_patient(mrn="B-1", family_name="Other")), None)
    start = Start(MainWindow(), open_desk, tmp_path)
    qtbot.addWidget(start.window)
    with qtbot.waitSignal(start.window.ready, timeout=20000):
        start.window.show()
    start.window.desktop.open_patient("A-1042")
    yield start
    start.window.close()
    start.end()


@pytest.fixture
def window(start):
    return start.window


def test_another_patient_is_opened_when_the_change_before_is_stored(window, desk, file, qtbot):
    with another_writer(file):
        type_note(window.desktop.patient_page, "Phoned the GP.")
        window.desktop.open_patient("B-1")
        assert window.desktop.opened.mrn == "A-1042"
        assert "still being saved" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: window.desktop.opened.mrn == "B-1", timeout=10000)
    assert notes(desk) == ["Phoned the GP."]
    assert window.desktop.drafts.everything() == ()


def test_the_window_closes_when_the_change_before_is_stored(window, desk, file, qtbot):
    with another_writer(file):
        type_note(window.desktop.patient_page, "Phoned the GP.")
        window.close()
        assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10000)
    assert notes(desk) == ["Phoned the GP."]


def test_the_window_stays_when_the_change_before_could_not_be_stored(window, desk, file, qtbot, monkeypatch):
    monkeypatch.setattr(saver, "PATIENCE", 0.2)
    with another_writer(file):
        type_note(window.desktop.patient_page, "Phoned the GP.")
        window.close()
        qtbot.waitUntil(lambda: not window.desktop.opened.saver.is_busy, timeout=10000)
    assert window.isVisible()
    assert window.desktop.drafts.typed(NOTE)["text"] == "Phoned the GP."


def test_a_restart_that_could_not_be_is_forgotten(start, window, file, qtbot, monkeypatch):
    monkeypatch.setattr(saver, "PATIENCE", 0.2)
    with another_writer(file):
        type_note(window.desktop.patient_page, "Phoned the GP.")
        start.windows.restart_wanted.emit()
        qtbot.waitUntil(lambda: not window.desktop.opened.saver.is_busy, timeout=10000)
    assert window.isVisible()
    window.close()
    assert not start.restarts


def test_a_restart_is_forgotten_when_another_patient_was_opened_meanwhile(start, window, file, qtbot):
    with another_writer(file):
        type_note(window.desktop.patient_page, "Phoned the GP.")
        start.windows.restart_wanted.emit()
        window.desktop.open_patient("B-1")
    qtbot.waitUntil(lambda: window.desktop.opened.mrn == "B-1", timeout=10000)
    assert window.isVisible()
    assert not start.restarts


def test_a_restart_that_waits_for_one_window_closes_the_others_too(start, window, file, qtbot):
    second = start.windows.another(window)
    qtbot.waitUntil(lambda: second.desktop is not None, timeout=20000)
    with another_writer(file):
        type_note(window.desktop.patient_page, "Phoned the GP.")
        start.windows.restart_wanted.emit()
    qtbot.waitUntil(lambda: not start.windows.open, timeout=10000)
    assert start.restarts


def test_a_new_patient_waits_too_and_is_stored_once(window, desk, file, qtbot):
    with another_writer(file):
        window.desktop._new_patient()
        form = window.desktop.new_patient.pane.form
        form.fields["mrn"].put("C-1")
        form.fields["family_name"].put("Third")
        form.save()
        form.save()
        assert not form.isEnabled()
    qtbot.waitUntil(lambda: window.desktop.opened.mrn == "C-1", timeout=10000)
    assert desk.patients.count() == 3


def test_undo_and_redo_say_what_they_are_about(window, qtbot):
    undo, redo = (window.actions_by_name[name] for name in ("undo", "redo"))
    assert (undo.text(), undo.isEnabled()) == ("&Undo", False)
    window.desktop.opened.put((a_specimen(), an_ihc()))
    window.desktop.opened.put(a_line())
    assert undo.text() == "&Undo: line 1, crizotinib"
    undo.trigger()
    assert window.statusBar().currentMessage() == "Undone: line 1, crizotinib. Ctrl+Shift+Z makes it again."
    assert undo.text() == "&Undo: tissue of 12 January 2014 and 1 more"
    assert redo.text() == "&Redo: line 1, crizotinib"
    redo.trigger()
    window.desktop.opened.mark_in_error("t1", "another patient")
    assert undo.text().startswith("&Undo: entered in error: IHC of ")
    assert not redo.isEnabled()
