"""Who sits here: asked at the start, shown at the top right, written wherever something is entered or decided."""

from dataclasses import replace

import pytest
from hands import fill, focused, press, until, write
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from app.services.people import Person
from app.ui.panels.help import HelpWindow
from app.ui.panels.in_error import InErrorDialog
from app.ui.panels.person_chooser import PersonChooser
from builders import a_diagnosis, a_note, a_record


def corner(window):
    return window.desktop.who.button.text().removesuffix("  ▾")


def offered(window):
    return [button.text() for button in window.desktop.who.chooser.buttons]


@pytest.fixture
def clinic(desk):
    """A clinic of three people, of whom Keller sat here last."""
    for name, role in (("Dr S. Ahmed", "doctor"), ("M. Keller", "nurse"), ("P. Novak", "nurse")):
        desk.people.put(Person(name=name, role=role))
    keller = next(one for one in desk.people.listed() if one.name == "M. Keller")
    desk.people.choose(keller)
    desk.people.choose(None)
    return desk


def test_without_a_list_of_people_nothing_is_asked_and_the_window_says_nobody(open_window):
    window = open_window()
    assert not window.desktop.who.chooser.isVisible()
    assert corner(window) == "Nobody chosen"


def test_whoever_sat_here_last_is_chosen_by_one_key(open_window, clinic):
    window = open_window()
    assert window.desktop.who.chooser.isVisible()
    assert offered(window) == ["1  M. Keller · nurse", "2  Dr S. Ahmed · doctor", "3  P. Novak · nurse", "Nobody"]
    press("Return")
    assert corner(window) == "M. Keller · nurse"
    assert not window.desktop.who.chooser.isVisible()
    assert clinic.people.by == "M. Keller"
    assert window.statusBar().currentMessage() == "M. Keller · nurse sits here now."


def test_somebody_else_is_chosen_by_a_number_and_is_the_last_one_then(open_window, clinic):
    window = open_window()
    press("2")
    assert corner(window) == "Dr S. Ahmed · doctor"
    assert clinic.people.last().name == "Dr S. Ahmed"


def test_the_program_is_used_without_a_name_by_escape_or_by_not_answering(open_window, clinic, desk):
    desk.patients.save(a_record(), None)
    window = open_window()
    window.desktop.open_patient("A-1042")
    assert not window.desktop.who.chooser.isVisible()
    assert corner(window) == "Nobody chosen"
    press("Ctrl+F")
    assert window.desktop.who.chooser.isVisible()
    window.desktop.who.chooser.buttons[0].setFocus()
    press("Esc")
    assert not window.desktop.who.chooser.isVisible()
    assert clinic.people.chosen is None


def test_more_people_than_fit_are_in_the_menu(open_window, clinic):
    for number in range(4):
        clinic.people.put(Person(name=f"Z. Other {number}", role="nurse"))
    window = open_window()
    assert len(offered(window)) == 7
    assert offered(window)[-2:] == ["Others…", "Nobody"]
    menu = window.desktop.who.menu
    menu.aboutToShow.emit()
    words = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert words[0] == "1  Dr S. Ahmed · doctor"
    assert words[-2:] == ["Nobody", "People of the clinic…"]
    assert len(words) == 9


def test_the_name_at_the_top_is_changed_by_a_key_and_a_letter(open_window, clinic):
    window = open_window()
    press("Return")
    seen = []

    def answer():
        menu = QApplication.activePopupWidget()
        seen.append([(action.text(), action.isChecked()) for action in menu.actions() if action.text()][:2])
        press("3")

    QTimer.singleShot(100, answer)
    press("Ctrl+U")
    until(lambda: corner(window) == "P. Novak · nurse", "the other person to be chosen")
    assert seen == [[("&1  Dr S. Ahmed · doctor", False), ("&2  M. Keller · nurse", True)]]


def test_the_history_says_who_entered_changed_and_undid(open_window, clinic, desk):
    window = open_window()
    press("Return")
    press("Ctrl+N")
    fill("Number", "A-1")
    fill("Family name", "Example")
    press("Ctrl+Return")
    until(lambda: window.desktop.place == "record_page", "the record to open")
    opened = window.desktop.opened
    opened.set_diagnosis(a_diagnosis())
    opened.undo()
    assert [(one.change, one.by) for one in desk.patients.history("A-1")] == [
        ("created", "M. Keller"), ("added", "M. Keller"), ("removed", "M. Keller"),
    ]  # fmt: skip


def test_imported_records_say_who_imported_them(open_window, clinic, desk, qtbot):
    window = open_window()
    press("Return")
    window.actions_by_name["demo"].trigger()
    qtbot.waitUntil(lambda: desk.patients.count() == 7, timeout=20000)
    assert {one.by for one in desk.patients.history("DEMO-1")} == {"M. Keller"}


def test_a_new_note_is_by_who_sits_here_and_can_be_by_another(open_window, clinic, desk):
    desk.patients.save(a_record(), None)
    window = open_window()
    press("Return")
    window.desktop.open_patient("A-1042")
    press("Ctrl+Shift+N")
    form = window.desktop.patient_page.pane.form
    assert form.fields["by"].value() == "M. Keller"
    assert not form.draft.is_touched
    press("Esc")
    assert window.desktop.drafts.everything() == ()


def test_a_note_that_is_there_keeps_its_writer(open_window, clinic, desk):
    desk.patients.save(a_record(replace(a_note(), by="P. Novak")), None)
    window = open_window()
    press("Return")
    window.desktop.open_patient("A-1042")
    window.desktop.patient_page.show_entry("n1")
    assert window.desktop.patient_page.pane.form.fields["by"].value() == "P. Novak"


def test_what_is_marked_in_error_says_by_whom(open_window, clinic, desk):
    desk.patients.save(a_record(a_note()), None)
    window = open_window()
    press("Return")
    window.desktop.open_patient("A-1042")

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, InErrorDialog)
        assert dialog.by.text() == "M. Keller"
        dialog.reason.setText("other patient")
        dialog.mark.click()

    QTimer.singleShot(100, answer)
    window.desktop.patient_page.mark_in_error()
    assert desk.patients.open("A-1042").record.notes[0].entered_in_error.by == "M. Keller"


def test_an_option_is_accepted_by_one_key_under_the_name_of_who_sits_here(open_window, clinic, desk):
    desk.patients.save(a_record(diagnosis=a_diagnosis()), None)
    window = open_window()
    press("Return")
    window.desktop.open_patient("A-1042")
    press("Ctrl+F9")
    assert [one.by for one in desk.patients.open("A-1042").record.decisions] == ["M. Keller"]
    press("Ctrl+Shift+F9")
    assert window.desktop.patient_page.next_step.bar.form.fields["by"].value() == "M. Keller"


def test_who_decides_once_for_another_is_not_the_one_of_the_next_key(open_window, clinic, desk):
    desk.patients.save(a_record(diagnosis=a_diagnosis()), None)
    window = open_window()
    press("Return")
    window.desktop.open_patient("A-1042")
    press("Ctrl+Shift+F9")
    form = window.desktop.patient_page.next_step.bar.form
    form.fields["by"].put("Dr S. Ahmed")
    form.fields["reason_code"].put("patient_preference")
    form.save()
    press("Ctrl+F9")
    assert [one.by for one in desk.patients.open("A-1042").record.decisions] == ["Dr S. Ahmed", "M. Keller"]


def rows(dialog):
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [(item.text(0), item.text(1), item.text(2)) for item in items]


@pytest.fixture
def dialog(open_window, clinic):
    """The list of the clinic's people, opened from the menu of a window in which Keller sits."""
    window = open_window()
    press("Return")
    window.actions_by_name["people"].trigger()
    return window.desktop.who.dialog


def test_the_list_says_that_there_are_no_passwords_yet(dialog):
    said = [label.text() for label in dialog.findChildren(type(dialog.fault))]
    assert any(
        words.startswith("No passwords yet: anybody at this machine can choose any name; they come with encryption")
        for words in said
    )


def test_somebody_is_added_by_typing_a_name_and_enter(dialog, clinic):
    write("O. Weiss")
    press("Return")
    assert ("O. Weiss", "nurse", "") in rows(dialog)
    assert focused() is dialog.name.editor
    assert [one.name for one in clinic.people.listed()] == ["Dr S. Ahmed", "M. Keller", "O. Weiss", "P. Novak"]


def test_a_name_that_is_there_already_is_said_beside_the_field(dialog, clinic):
    write("m. keller")
    press("Return")
    assert dialog.fault.text() == "M. Keller is in the list already"
    assert dialog.name.value() == "m. keller"
    assert len(clinic.people.listed()) == 3


def test_somebody_is_renamed_and_that_is_seen_at_the_top_and_undone(dialog):
    dialog.list.setFocus()
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    press("F2")
    assert dialog.name.value() == "M. Keller"
    dialog.name.editor.selectAll()
    write("M. Sommer")
    press("Return")
    window = dialog.parent()
    assert corner(window) == "M. Sommer · nurse"
    press("Ctrl+Z")
    assert corner(window) == "M. Keller · nurse"
    assert not dialog.undo.isEnabled()


def test_somebody_is_retired_not_removed_and_brought_back(dialog, clinic):
    dialog.list.setFocus()
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    press("Del")
    assert ("M. Keller", "nurse", "retired") in rows(dialog)
    assert corner(dialog.parent()) == "Nobody chosen"
    assert dialog.retire.text() == "&Bring back"
    press("Del")
    assert ("M. Keller", "nurse", "") in rows(dialog)
    assert len(clinic.people.listed()) == 3


def test_taking_back_that_somebody_was_added_retires_them(dialog, clinic):
    write("O. Weiss")
    press("Return")
    press("Ctrl+Z")
    assert ("O. Weiss", "nurse", "retired") in rows(dialog)
    assert len(clinic.people.listed()) == 3


def test_somebody_is_added_by_enter_on_the_role_and_on_the_button_too(dialog, clinic):
    write("O. Weiss")
    press("Tab")
    write("doc")
    press("Return")
    assert ("O. Weiss", "doctor", "") in rows(dialog)
    write("R. Braun")
    dialog.save.setFocus()
    press("Return")
    assert ("R. Braun", "nurse", "") in rows(dialog)


def test_a_typed_name_is_not_lost_by_one_escape(dialog):
    write("O. Weiss")
    press("Esc")
    assert dialog.isVisible()
    assert dialog.fault.text().startswith("This name is not stored yet")
    press("Return")
    assert ("O. Weiss", "nurse", "") in rows(dialog)
    write("R. Braun")
    press("Esc")
    press("Esc")
    assert not dialog.isVisible()


def test_the_nurse_and_doctor_of_a_patient_are_completed_from_the_people_of_the_clinic(open_window, clinic):
    window = open_window()
    press("Return")
    press("Ctrl+N")
    form = window.desktop.new_patient.pane.form
    for typed, path, stored in (
        ("kell", "team.nurse", "M. Keller"),
        ("dr s", "team.doctor", "Dr S. Ahmed"),
        ("somebody else", "team.doctor", "somebody else"),
    ):
        form.fields[path].put("")
        form.fields[path].focus()
        write(typed)
        press("Tab")
        assert form.draft.get(path) == stored


def test_asked_again_the_question_stands_there_once_and_its_keys_still_choose(qtbot):
    asked = PersonChooser()
    qtbot.addWidget(asked)
    people = (Person(name="M. Keller", role="nurse"), Person(name="A. Roth", role="doctor"))
    asked.ask(people, None)
    asked.ask(people, people[1])
    assert [one.text() for one in asked.buttons] == ["1  A. Roth · doctor", "2  M. Keller · nurse", "Nobody"]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(asked.findChildren(QPushButton)) == 3
    with qtbot.waitSignal(asked.chosen) as chosen:
        asked.buttons[1].click()
    assert chosen.args == [people[0]]


def test_f1_opens_the_help_over_the_list_of_people(open_window, clinic):
    window = open_window()
    window.actions_by_name["people"].trigger()
    dialog = window.desktop.who.dialog
    until(dialog.isActiveWindow, "the list of people")
    press("F1")
    shown = dialog.findChild(HelpWindow)
    until(lambda: shown.isVisible(), "the help")
    assert "Who sits here" in shown.text.toPlainText()
    shown.close()
    dialog.reject()
