"""The window as a whole: starts empty, opens patients, says what went wrong, loses nothing."""

import json
from contextlib import contextmanager
from importlib import import_module

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from app.record.reading import NotPossible
from app.services.demonstration import demonstration_files
from app.ui.application import Start
from app.ui.drafts import DraftKey
from app.ui.main_window import MainWindow
from app.ui.panels.help import HelpWindow
from app.ui.recent import Recent
from builders import a_diagnosis, a_note, a_patient, a_record


@pytest.fixture
def window(start_with, a_desk):
    return start_with(a_desk).window


def trigger(window, name):
    window.actions_by_name[name].trigger()


def test_an_empty_database_says_what_will_be_here_and_offers_the_first_steps(window):
    assert window.find_page.below.currentWidget() is window.find_page.empty
    words = [button.text().replace("&", "") for button in window.find_page.empty.buttons]
    assert words == ["New patient…", "Import records…", "Load demonstration patients"]
    said = [label.text() for label in window.find_page.empty.findChildren(QLabel)]
    assert any("Name the people of the clinic once (Ctrl+Shift+U)" in one for one in said)


def test_demonstration_patients_are_loaded_and_marked_as_invented(window, qtbot):
    trigger(window, "demo")
    qtbot.waitUntil(lambda: window.find_page.model.rowCount() == 7, timeout=20000)
    window.desktop.open_patient("DEMO-2")
    assert "invented" in window.desktop.patient_page.notice.words.text()
    window.desktop.patient_page.notice.button.click()
    assert window.desktop.opened.as_of.isoformat() == "2012-07-10"


def test_typing_a_name_finds_and_enter_opens(window, desk, qtbot):
    desk.patients.save(a_record(), None)
    desk.patients.save(a_record(patient=a_patient(mrn="B-7", family_name="Łukasik")), None)
    qtbot.keyClicks(window.find_page.box, "luka")
    qtbot.keyClick(window.find_page.box, Qt.Key.Key_Return)
    assert window.windowTitle() == "Łukasik, Ada · B-7 · born 2 May 1964 – ALKPath"
    assert window.desktop.header.isVisible()


def test_nobody_found_says_so(window, desk, qtbot):
    desk.patients.save(a_record(), None)
    window.find_page.box.setText("Zebra")
    qtbot.waitUntil(lambda: window.find_page.below.currentWidget() is window.find_page.nobody)
    assert "Nobody is found for “Zebra”" in window.find_page.nobody.words.text()


def test_a_whole_number_opens_its_patient_even_when_it_is_part_of_another(window, desk, qtbot):
    for mrn in ("B-70", "B-7", "B-71"):
        desk.patients.save(a_record(patient=a_patient(mrn=mrn)), None)
    qtbot.keyClicks(window.find_page.box, "b-7")
    qtbot.keyClick(window.find_page.box, Qt.Key.Key_Return)
    assert window.desktop.opened.mrn == "B-7"


def test_a_number_that_is_known_is_said_while_it_is_typed_and_leads_to_the_record(window, desk, qtbot):
    desk.patients.save(a_record(), None)
    trigger(window, "new_patient")
    pane = window.desktop.new_patient.pane
    pane.form.fields["mrn"].put("A-1042")
    qtbot.waitUntil(lambda: pane.warning.isVisible())
    assert "A-1042 is already the number of Example, Ada, born 2 May 1964." in pane.warning.text()
    pane.warning.linkActivated.emit("open:A-1042")
    assert window.desktop.opened.mrn == "A-1042"
    assert window.desktop.drafts.everything() == (DraftKey("", "patient"),)


def test_a_person_who_is_known_under_another_number_is_said_too(window, desk, qtbot):
    desk.patients.save(a_record(), None)
    trigger(window, "new_patient")
    form = window.desktop.new_patient.pane.form
    for field, typed in (("mrn", "B-9"), ("family_name", "example"), ("given_name", "Ada")):
        form.fields[field].put(typed)
    qtbot.waitUntil(lambda: window.desktop.new_patient.pane.warning.isVisible())
    assert "is already here, with the number A-1042" in window.desktop.new_patient.pane.warning.text()


def test_a_second_person_of_like_name_is_asked_about_once_and_stored_when_it_is_another(window, desk, qtbot):
    desk.patients.save(a_record(a_note()), None)
    new = window.desktop.new_patient
    trigger(window, "new_patient")
    for field, typed in (("mrn", "B-9"), ("family_name", "Exampel"), ("given_name", "Ada"), ("birth_date", "5.2.1964")):
        new.pane.form.fields[field].put(typed)
    new.pane.form.save()
    question = new.question
    shown = [question.list.topLevelItem(row) for row in range(question.list.topLevelItemCount())]
    assert [[item.text(column) for column in range(5)] for item in shown] == [
        ["Exampel, Ada", "B-9", "5 February 1964", "being typed now", ""],
        ["Example, Ada", "A-1042", "2 May 1964", "1 November 2014: Seen in clinic.",
         "name nearly the same, day and month exchanged"],
    ]  # fmt: skip
    question.reject()
    assert desk.patients.count() == 1
    assert new.pane.form is not None
    new.pane.form.save()
    new.question.another_button.click()
    assert [one.mrn for one in desk.patients.find()] == ["B-9", "A-1042"]
    assert window.desktop.opened.mrn == "B-9"


def test_the_record_of_the_same_person_is_opened_and_the_typing_kept(window, desk):
    desk.patients.save(a_record(), None)
    new = window.desktop.new_patient
    trigger(window, "new_patient")
    for field, typed in (("mrn", "B-9"), ("family_name", "Ada"), ("given_name", "Example")):
        new.pane.form.fields[field].put(typed)
    new.pane.form.save()
    new.question.open_button.click()
    assert window.desktop.opened.mrn == "A-1042"
    assert desk.patients.count() == 1
    assert window.desktop.drafts.everything() == (DraftKey("", "patient"),)


def test_the_number_of_another_patient_is_refused_beside_the_field_and_not_asked_about(window, desk):
    desk.patients.save(a_record(), None)
    new = window.desktop.new_patient
    trigger(window, "new_patient")
    for field, typed in (("mrn", "A-1042"), ("family_name", "Example"), ("given_name", "Ada")):
        new.pane.form.fields[field].put(typed)
    new.pane.form.save()
    assert new.question is None
    assert "already the number of another patient" in new.pane.draft.faults["mrn"]
    assert desk.patients.count() == 1


def test_what_was_searched_in_vain_goes_over_into_the_form_of_a_new_patient(window, desk, qtbot):
    desk.patients.save(a_record(patient=a_patient(mrn="B-7", family_name="Other")), None)
    trigger(window, "patients_page")
    window.find_page.box.setText("miller ada 2.5.1964")
    qtbot.waitUntil(lambda: window.find_page.below.currentWidget() is window.find_page.nobody)
    assert window.find_page.nobody.button.text() == "New patient “miller ada 2.5.1964”… (Ctrl+N)"
    window.find_page.nobody.button.click()
    form = window.desktop.new_patient.pane.form
    assert [form.value_of(name) for name in ("mrn", "family_name", "given_name", "birth_date")] == [
        "", "Miller", "Ada", "2.5.1964",
    ]  # fmt: skip


def test_who_is_like_a_name_that_finds_nobody_is_offered(window, desk, qtbot):
    desk.patients.save(a_record(patient=a_patient(family_name="Müller")), None)
    trigger(window, "patients_page")
    window.find_page.box.setText("mueller ada")
    qtbot.waitUntil(window.find_page.nobody.perhaps.isVisible)
    assert "Müller, Ada · A-1042" in window.find_page.nobody.perhaps.text()
    window.find_page.nobody.perhaps.linkActivated.emit("A-1042")
    assert window.desktop.opened.mrn == "A-1042"


def test_typing_anywhere_on_the_list_page_searches(window, desk, qtbot):
    for number in range(3):
        desk.patients.save(a_record(patient=a_patient(mrn=f"B-{number}", family_name=f"Name{number}")), None)
    window.desktop.open_patient("B-2")
    window.desktop.go("patients_page")
    page = window.find_page
    for place in (page.table, page.recent_list.list, page.new_button):
        page.box.clear()
        page.search()
        place.setFocus()
        qtbot.keyClick(place, Qt.Key.Key_N)
        assert page.box.text() == "n", place
        assert page.box.hasFocus()


def recent_of(window):
    shown = window.find_page.recent_list.list
    return [shown.topLevelItem(row).text(2) for row in range(shown.topLevelItemCount())]


def test_patients_opened_last_stand_beside_the_list_while_the_box_is_empty(window, desk, qtbot):
    for number in range(12):
        desk.patients.save(a_record(patient=a_patient(mrn=f"B-{number}", family_name=f"Name{number:02}")), None)
    page = window.find_page
    page.search()
    assert not page.recent_list.isVisible()
    for number in range(12):
        window.desktop.open_patient(f"B-{number}")
    window.desktop.open_patient("B-5")
    window.desktop.go("patients_page")
    assert page.recent_list.isVisible()
    assert recent_of(window) == ["B-5", "B-11", "B-10", "B-9", "B-8", "B-7", "B-6", "B-4", "B-3", "B-2"]
    page.box.setText("name")
    qtbot.waitUntil(lambda: not page.recent_list.isVisible())
    trigger(window, "new_patient")
    page.box.clear()
    page.search()
    assert not page.recent_list.isVisible(), "the form needs the room"
    window.desktop.new_patient.pane.discard()
    assert page.recent_list.isVisible()


def test_recent_patients_are_reached_by_arrows_and_opened_by_enter_or_alt_and_a_digit(window, desk, qtbot):
    for number in range(3):
        desk.patients.save(a_record(patient=a_patient(mrn=f"B-{number}", family_name=f"Name{number}")), None)
        window.desktop.open_patient(f"B-{number}")
    window.desktop.go("patients_page")
    page, listed = window.find_page, window.find_page.recent_list.list
    qtbot.keyClick(page.box, Qt.Key.Key_Down)
    assert listed.hasFocus()
    assert (page.current_mrn(), page.table.selectedIndexes()) == ("B-2", []), "one patient is chosen, not one in each"
    qtbot.keyClick(listed, Qt.Key.Key_Right)
    assert page.table.hasFocus()
    assert (page.current_mrn(), listed.selectedIndexes()) == ("B-0", [])
    qtbot.keyClick(page.table, Qt.Key.Key_Left)
    qtbot.keyClick(listed, Qt.Key.Key_Up)
    assert page.box.hasFocus()
    qtbot.keyClick(page.box, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert window.desktop.opened.mrn == "B-1"
    window.desktop.go("patients_page")
    qtbot.keyClick(page.box, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.desktop.opened.mrn == "B-0"


def test_recent_patients_are_kept_for_the_next_session_and_those_who_are_gone_left_out(start_with, desk, tmp_path):
    desk.patients.save(a_record(), None)
    desk.patients.save(a_record(patient=a_patient(mrn="B-7", family_name="Other")), None)

    @contextmanager
    def open_desk():
        yield desk

    first = start_with(open_desk).window
    first.desktop.open_patient("B-7")
    first.desktop.open_patient("A-1042")
    kept = json.loads((tmp_path / "recent.json").read_text())
    assert kept == {desk.patients.database: ["A-1042", "B-7"]}
    (tmp_path / "recent.json").write_text(json.dumps({desk.patients.database: ["GONE", *kept.popitem()[1]]}))
    second = start_with(open_desk).window
    assert recent_of(second) == ["A-1042", "B-7"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"a": 1}', b"\xff", b'{"a": [1, null]}'])
def test_a_file_of_recent_patients_that_cannot_be_read_is_as_none(tmp_path, content):
    (tmp_path / "recent.json").write_bytes(content)
    recent = Recent(tmp_path, "clinic.sqlite")
    assert recent.mrns == ()
    recent.opened("A-1")
    assert Recent(tmp_path, "clinic.sqlite").mrns == ("A-1",)
    assert Recent(tmp_path, "other.sqlite").mrns == ()


def test_unfinished_typing_of_the_last_session_is_offered_above_the_list(start_with, desk, tmp_path, qtbot):
    desk.patients.save(a_record(), None)
    kept = [{"mrn": "A-1042", "section": "notes", "entry": "", "typed": {"text": "half a"}}]
    (tmp_path / "unfinished.json").write_text(json.dumps(kept))

    @contextmanager
    def open_desk():
        yield desk

    window = start_with(open_desk).window
    assert "Example, Ada · A-1042" in window.find_page.unfinished.text()
    window.find_page.unfinished.linkActivated.emit("draft:A-1042")
    assert window.desktop.patient_page.pane.form.fields["text"].value() == "half a"


def test_faults_of_an_import_are_listed_one_per_line_and_can_be_copied(window, tmp_path, qtbot, desk):
    file = tmp_path / "bad.json"
    bad = {"format": "alkpath-record/1", "patient": {"mrn": "A-1", "family_nam": "X"}, "status": [{"ecog": 9}]}
    file.write_text(json.dumps(bad))
    window.desktop.transfer.take_in([file])
    qtbot.waitUntil(lambda: window.desktop.transfer.faults is not None, timeout=10000)
    dialog = window.desktop.transfer.faults
    dialog.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert "patient.family_nam: is not a field of the record format (is family_name meant?)" in lines
    assert "status[0].ecog: must not be above 5" in lines
    assert desk.patients.count() == 0
    dialog.close()


def test_records_go_out_and_come_back_the_same(window, tmp_path, qtbot, desk):
    desk.patients.import_files(demonstration_files())
    out = tmp_path / "all.json"
    window.desktop.transfer.write_out(None, out)
    qtbot.waitUntil(out.exists, timeout=10000)
    assert [one["patient"]["mrn"] for one in json.loads(out.read_bytes())] == [
        one.mrn for one in desk.patients.find("DEMO")
    ]


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(window, tmp_path, qtbot, desk):
    desk.patients.save(a_record(), None)
    (tmp_path / "file").write_text("")
    window.desktop.transfer.write_out(["A-1042"], tmp_path / "file" / "out.json")
    qtbot.waitUntil(lambda: window.desktop.transfer.faults is not None, timeout=10000)
    assert "cannot be written" in window.desktop.transfer.faults.text.toPlainText()
    window.desktop.transfer.faults.close()


def test_a_fault_of_the_program_keeps_the_typing_and_notes_no_patient(start_with, desk, tmp_path, qtbot):
    desk.patients.save(a_record(), None)

    @contextmanager
    def open_desk():
        yield desk

    start = start_with(open_desk)
    start.window.desktop.open_patient("A-1042")
    start.window.desktop.patient_page.forms.add("notes")
    start.window.desktop.patient_page.pane.form.fields["text"].put("half a")
    said = []

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.defaultButton().click()

    QTimer.singleShot(100, answer)
    error = ValueError("Ada Example, A-1042")
    start.say_bug(ValueError, error, None)
    assert "your typing is kept" in said[0]
    assert "half a" in (tmp_path / "unfinished.json").read_text()
    log = (tmp_path / "faults.log").read_text()
    assert "ValueError" in log
    assert "Example" not in log
    assert "A-1042" not in log
    assert start.window.isVisible()


def test_a_database_that_cannot_be_opened_says_why_and_can_be_tried_again(qtbot, tmp_path, desk):
    tries, said = [], []

    @contextmanager
    def open_desk():
        tries.append(1)
        if len(tries) == 1:
            raise NotPossible("This database was made by a newer version of ALKPath: use that one.")
        yield desk

    def answer():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.buttons()[0].click()
        else:
            QTimer.singleShot(50, answer)

    start = Start(MainWindow(), open_desk, tmp_path)
    qtbot.addWidget(start.window)
    QTimer.singleShot(50, answer)
    with qtbot.waitSignal(start.window.ready, timeout=20000):
        start.window.show()
    assert said == ["This database was made by a newer version of ALKPath: use that one."]
    assert len(tries) == 2
    start.end()


def test_only_what_makes_sense_can_be_used(window, desk):
    actions = window.actions_by_name
    assert not actions["add tests"].isEnabled()
    assert not actions["print_letter"].isEnabled()
    desk.patients.save(a_record(diagnosis=a_diagnosis()), None)
    window.desktop.open_patient("A-1042")
    assert actions["add tests"].isEnabled()
    assert actions["print_letter"].isEnabled()
    assert not actions["undo"].isEnabled()
    assert not actions["in_error"].isEnabled()  # the diagnosis is corrected, not marked
    assert not actions["zoom_in"].isEnabled()


def test_one_patient_at_a_time_is_open_and_named_everywhere(window, desk):
    desk.patients.save(a_record(), None)
    desk.patients.save(a_record(patient=a_patient(mrn="B-7", family_name="Other")), None)
    window.desktop.open_patient("A-1042")
    window.desktop.open_patient("B-7")
    assert window.windowTitle() == "Other, Ada · B-7 · born 2 May 1964 – ALKPath"
    assert window.desktop.header.name.text() == "Other, Ada"
    assert window.desktop.header.number.text() == "B-7"
    trigger(window, "patients_page")
    assert window.windowTitle() == "ALKPath"


def test_help_opens_at_a_page_and_leads_to_others(window, qtbot):
    trigger(window, "help")
    shown = window.findChild(HelpWindow)
    assert "What stands open over all patients" in shown.text.toPlainText()  # of the page that is looked at
    trigger(window, "patients_page")
    trigger(window, "help")
    assert "Find a patient" in shown.text.toPlainText()
    shown.show_page("architecture")
    assert "straight path" in shown.text.toPlainText()
    shown.close()


def test_enter_presses_the_button_that_has_the_keyboard(window, qtbot):
    button = window.find_page.empty.buttons[0]
    window.actions_by_name["patients_page"].trigger()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.desktop.new_patient.pane.form is not None


def test_no_field_of_a_form_has_the_letter_of_a_menu(window, desk):
    desk.patients.save(a_record(), None)
    window.desktop.open_patient("A-1042")
    menus = {action.text().partition("&")[2][:1].casefold() for action in window.menuBar().actions()}
    for section in ("tests", "assessments", "therapy_lines", "labs"):
        trigger(window, f"add {section}")
        form = window.desktop.patient_page.pane.form
        letters = [field.label.text().partition("&")[2][:1].casefold() for field in form.fields.values()]
        assert not menus & set(letters)
        assert len(menus) == 9


@pytest.mark.parametrize("name", ["main_window", "actions", "layout", "settings", "palette", "application"])
def test_what_is_loaded_before_the_first_paint_leaves_the_enumerations_of_qt_for_later(name):
    assert "Qt" not in vars(import_module(f"app.ui.{name}"))  # that name alone takes 12 to 20 ms
