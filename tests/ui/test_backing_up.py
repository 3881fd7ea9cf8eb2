"""A backup from the window: whole, or not there, and it is said which."""

import pytest
from hands import press, until
from PySide6.QtWidgets import QFileDialog

from app.record.reading import NotPossible
from app.services import backups
from app.ui.work import Cancelled
from builders import a_patient, a_record


@pytest.fixture
def window(desk, open_window):
    desk.patients.save(a_record(patient=a_patient(mrn="A-1042")), None)
    return open_window()


def test_the_key_asks_for_a_file_and_says_where_the_backup_is(window, desk, tmp_path, monkeypatch):
    offered, file = [], tmp_path / "{copy}.sqlite"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *asked: offered.append(asked[2]) or (str(file), "Databases")
    )
    press("Ctrl+Shift+F12")
    until(lambda: str(file) in window.statusBar().currentMessage(), "the backup")
    assert offered == ["alkpath-backup-2014-11-05.sqlite"]
    assert backups.check(file) == ()
    backups.restore(tmp_path / "other.sqlite", file)
    desk.patients.save(a_record(patient=a_patient(mrn="A-1043")), None)
    assert sorted(one.mrn for one in desk.patients.find()) == ["A-1042", "A-1043"]


def test_no_file_chosen_does_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    press("Ctrl+Shift+F12")
    assert window.desktop.transfer._progress is None


def test_a_folder_that_does_not_take_it_is_said_and_nothing_is_half_written(window, desk, tmp_path):
    (tmp_path / "file").write_text("here is no folder")
    window.desktop.transfer.back_up(tmp_path / "file" / "copy.sqlite")
    until(lambda: window.desktop.transfer.faults is not None, "the reason")
    dialog = window.desktop.transfer.faults
    assert dialog.windowTitle() == "Backup"
    assert "cannot be a folder" in dialog.text.toPlainText()
    assert (tmp_path / "file").read_text() == "here is no folder"
    dialog.close()


def test_the_database_itself_is_not_taken_for_its_own_backup(window, tmp_path):
    window.desktop.transfer.back_up(tmp_path / "clinic.sqlite")
    until(lambda: window.desktop.transfer.faults is not None, "the reason")
    assert "is the database itself" in window.desktop.transfer.faults.text.toPlainText()
    window.desktop.transfer.faults.close()


def test_what_is_cancelled_leaves_the_former_backup_as_it_was(window, desk, tmp_path):
    file = tmp_path / "copies" / "copy.sqlite"
    backups.backup(desk.patients.database, file)
    before = file.read_bytes()

    def stop(_percent):
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.backup(desk.patients.database, file, stop)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
    window.desktop.transfer.back_up(file)
    window.desktop.transfer._progress.canceled.emit()
    until(lambda: window.desktop.transfer._progress is None, "the end")
    assert list(file.parent.iterdir()) == [file]


def test_a_report_goes_up_to_all_of_it(desk, tmp_path):
    desk.patients.save(a_record(patient=a_patient()), None)
    seen = []
    backups.backup(desk.patients.database, tmp_path / "copy.sqlite", seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 100


def test_what_others_store_while_it_is_copied_is_stored_and_the_copy_is_of_one_moment(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("db.migrate.PAGES", 5)
    desk.patients.save(a_record(patient=a_patient(mrn="A-0")), None)
    steps = []

    def store_another(percent):
        steps.append(percent)
        desk.patients.save(a_record(patient=a_patient(mrn=f"A-{len(steps)}")), None)

    backups.backup(desk.patients.database, tmp_path / "copy.sqlite", store_another)
    assert len(steps) > 3
    assert steps == sorted(steps)
    assert desk.patients.count() == len(steps) + 1
    assert backups.check(tmp_path / "copy.sqlite") == ()


def test_a_database_that_is_gone_is_said(tmp_path):
    with pytest.raises(NotPossible, match="There is no database"):
        backups.backup(tmp_path / "none.sqlite", tmp_path / "copy.sqlite", print)
    assert list(tmp_path.iterdir()) == []
