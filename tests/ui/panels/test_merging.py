"""Merging by keyboard: the other record found, both looked at, what differs chosen, one made; and taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.record.fields import EnteredInError
from app.record.merging import units
from app.record.patient import GeneralPractitioner
from app.services.people import Person
from app.ui.panels.merge_dialog import MergeDialog
from app.ui.panels.merge_words import LABELS
from app.ui.panels.unmerge_dialog import UnmergeDialog
from builders import a_diagnosis, a_lab, a_line, a_note, a_patient, a_progression, a_record, an_assessment

KEPT = a_record(a_note(), a_line(), patient=a_patient(mrn="A-12"), diagnosis=a_diagnosis(stage="IV"))
WRONG = replace(a_lab("ALT", 42), entered_in_error=EnteredInError(reason="other patient"))
ABSORBED = a_record(
    a_note(id="n9"), WRONG, patient=a_patient(mrn="A-17", birth_date="1964-02-05", phone="1"),
    diagnosis=a_diagnosis(stage="III"),
)  # fmt: skip


@pytest.fixture
def patients(desk):
    desk.patients.save(KEPT, None)
    desk.patients.save(ABSORBED, None)
    desk.patients.save(a_record(patient=a_patient(mrn="B-7", family_name="Other")), None)
    return desk.patients


@pytest.fixture
def open_dialog(patients, qtbot):
    def open_it(unfinished=lambda mrn: ""):
        dialog = MergeDialog(patients, patients.numbered(["A-12"])[0], unfinished, by="nurse1")
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return open_it


def lines_of(preview):
    """Return every line under its group."""
    groups = [preview.topLevelItem(row) for row in range(preview.topLevelItemCount())]
    return {
        group.text(0): [
            [group.child(row).text(column) for column in range(4)] for row in range(group.childCount())
        ]
        for group in groups
    }  # fmt: skip


def test_who_is_likely_the_same_person_is_offered_and_anybody_else_found(open_dialog, qtbot):
    dialog = open_dialog()
    found = dialog.found
    assert [found.topLevelItem(0).text(column) for column in range(4)] == [
        "Example, Ada", "A-17", "5 February 1964", "same name, day and month exchanged",
    ]  # fmt: skip
    assert found.topLevelItemCount() == 1
    qtbot.keyClicks(dialog.box, "other")
    qtbot.waitUntil(lambda: found.topLevelItem(0) is not None and found.topLevelItem(0).text(1) == "B-7")
    dialog.box.setText("A-12")
    qtbot.waitUntil(lambda: found.topLevelItemCount() == 0, timeout=3000)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert dialog.steps.currentIndex() == 0


def test_every_value_and_entry_of_both_is_seen_with_where_it_goes(open_dialog, qtbot):
    dialog = open_dialog()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    shown = lines_of(dialog.preview)
    assert shown["To be chosen: the records differ (2)"] == [
        ["Date of birth", "○ 2 May 1964", "○ 5 February 1964", "▲ choose: ← or →"],
        ["Stage at diagnosis", "○ IV", "○ III", "▲ choose: ← or →"],
    ]
    assert ["Telephone", "", "1", "from A-17"] in shown["Person and diagnosis (8)"]
    assert ["Histology", "adenocarcinoma", "adenocarcinoma", "the same in both"] in shown["Person and diagnosis (8)"]
    assert shown["Notes (1)"] == [
        ["", "1 November 2014: Seen in clinic.", "1 November 2014: Seen in clinic.", "in both: kept once"]
    ]
    assert shown["Therapy lines (1)"] == [["", "3 February 2014: Crizotinib · running", "", "from A-12"]]
    assert shown["Laboratory values (1)"] == [
        ["", "", "17 February 2014: ALT 42 — entered in error: other patient", "from A-17"]
    ]
    assert "2 values are to be chosen. Left takes that of A-12, Right that of A-17." in dialog.said.text()
    assert not dialog.merge_button.isEnabled()


def test_left_and_right_choose_and_go_on_to_the_next_and_the_record_is_stored(open_dialog, patients, qtbot):
    dialog = open_dialog()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.preview, Qt.Key.Key_Right)
    assert dialog.said.text().startswith("1 value is to be chosen.")
    qtbot.keyClick(dialog.preview, Qt.Key.Key_Left)
    assert lines_of(dialog.preview)["To be chosen: the records differ (2)"] == [
        ["Date of birth", "○ 2 May 1964", "● 5 February 1964", "5 February 1964"],
        ["Stage at diagnosis", "● IV", "○ III", "IV"],
    ]
    assert dialog.said.isHidden()
    with qtbot.waitSignal(dialog.merged) as stored:
        dialog.merge_button.click()
    assert stored.args == ["A-12", "A-17"]
    record = patients.open("A-12").record
    assert (record.patient.birth_date, record.patient.phone) == ("1964-02-05", "1")
    assert [one.by for one in patients.history("A-12") if one.change == "merged"] == ["nurse1"]
    assert patients.count() == 2


def test_merged_and_parted_by_who_sits_here_and_today_follows(open_window, desk, patients, qtbot):
    window = open_window()
    listed = window.today_page.model
    progressed = an_assessment(20, progression=a_progression())
    patients.save(a_record(a_line(), progressed, patient=a_patient(mrn="A-19")), None)
    patients.save(a_record(patient=a_patient(mrn="A-18")), None)
    window.today_page.running.bring_up_to_date()
    qtbot.waitUntil(lambda: "A-19" in {one.mrn for one in listed.items}, timeout=10000)
    desk.people.choose(desk.people.put(Person(name="M. Keller", role="nurse")))
    window.desktop.open_patient("A-18")
    window.actions_by_name["merge"].trigger()
    dialog = window.desktop.mergings.dialog
    dialog.box.setText("A-19")
    qtbot.waitUntil(lambda: dialog.found.topLevelItemCount() == 1)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    dialog.merge_button.click()
    assert window.desktop.opened.mrn == "A-18"
    assert window.desktop.opened.record.assessments == (progressed,)
    qtbot.waitUntil(lambda: "A-19" not in {one.mrn for one in listed.items}, timeout=10000)
    assert "A-18" in {one.mrn for one in listed.items}
    window.desktop.go("patients_page")  # where somebody else is chosen
    window.desktop.notice.button.click()
    window.desktop.mergings.undo_dialog.wanted.emit(patients.merging.undoing(patients.merging.into("A-18")[0]))
    qtbot.waitUntil(lambda: "A-19" in {one.mrn for one in listed.items}, timeout=10000)
    of_two = [one for one in patients.history("A-18") if one.change in ("merged", "parted")]
    assert [(one.change, one.by) for one in of_two] == [("merged", "M. Keller"), ("parted", "M. Keller")]


def test_all_values_can_be_those_of_one_record_and_the_other_number_kept(open_dialog, patients, qtbot):
    dialog = open_dialog()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.preview.undecided() == 0)
    dialog.swap_button.click()
    assert dialog.preview.undecided() == 2
    assert dialog.merge_button.text() == "&Merge A-12 into A-17"
    qtbot.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.preview.undecided() == 0)
    dialog.merge_button.click()
    assert patients.open("A-17").record.patient.birth_date == "1964-05-02"


def test_a_click_on_a_value_chooses_it(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.look_at("A-12", "A-17")
    item = dialog.preview.topLevelItem(0).child(1)
    place = dialog.preview.visualRect(dialog.preview.indexFromItem(item, 2)).center()
    qtbot.mouseClick(dialog.preview.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.preview.choices == {"diagnosis.stage": "absorbed"}


def test_a_record_that_cannot_be_is_said_to_be_and_not_stored(open_dialog, patients):
    opened = patients.open("A-17")
    patients.save(replace(opened.record, patient=replace(opened.record.patient, deceased_on="2014-01-20")),
                  opened.version)  # fmt: skip
    dialog = open_dialog()
    dialog.look_at("A-12", "A-17")
    dialog.preview.choose_all("kept")
    assert "therapy_lines[0].started_on: 2014-02-03 is after the date of death 2014-01-20" in dialog.said.text()
    assert not dialog.merge_button.isEnabled()
    assert patients.count() == 3


def test_unfinished_typing_of_one_of_them_is_finished_first(open_dialog):
    typing = {"A-17": "There is unfinished typing of A-17."}
    dialog = open_dialog(unfinished=lambda mrn: typing.get(mrn, ""))
    dialog.look_at("A-12", "A-17")
    dialog.preview.choose_all("kept")
    assert dialog.said.text() == "There is unfinished typing of A-17."
    assert not dialog.merge_button.isEnabled()


def test_typing_that_begins_while_the_dialog_is_open_keeps_the_records_apart(open_dialog, patients):
    typing = {}
    dialog = open_dialog(unfinished=lambda mrn: typing.get(mrn, ""))
    dialog.look_at("A-12", "A-17")
    dialog.preview.choose_all("kept")
    assert dialog.merge_button.isEnabled()
    typing["A-17"] = "There is unfinished typing of A-17."
    dialog.merge_button.click()
    assert dialog.said.text() == "There is unfinished typing of A-17."
    assert patients.count() == 3


def test_lesions_of_the_same_name_are_pointed_out(open_dialog, patients):
    for mrn, size in (("A-12", 42), ("A-17", 30)):
        opened = patients.open(mrn)
        patients.save(opened.record.with_entry(an_assessment(size)), opened.version)
    dialog = open_dialog()
    dialog.look_at("A-12", "A-17")
    dialog.preview.choose_all("kept")
    assert "lesions of the same name (T1)" in dialog.said.text()
    assert dialog.merge_button.isEnabled()


def test_a_record_that_was_saved_meanwhile_is_shown_anew(open_dialog, patients):
    dialog = open_dialog()
    dialog.look_at("A-12", "A-17")
    dialog.preview.choose_all("kept")
    opened = patients.open("A-17")
    patients.save(opened.record.with_entry(a_note("Later.", id="n8")), opened.version)
    dialog.merge()
    assert "changed by somebody else meanwhile" in dialog.said.text()
    assert len(lines_of(dialog.preview)["Notes (2)"]) == 2
    assert patients.count() == 3


def test_everything_that_can_be_chosen_has_a_name():
    assert set(LABELS) == {unit.path for unit in units()}


def test_values_are_said_in_words(patients, qtbot):
    more = {
        "resected": True, "resected_on": "2014-01-20", "limited_sample": False, "tnm": "cT2", "tnm_edition": 7,
        "metastatic_sites": ("brain", "bone"),
    }  # fmt: skip
    gp = GeneralPractitioner(name="Dr B", address=("1 High Street", "Town"))
    opened = patients.open("B-7")
    patients.save(replace(opened.record, patient=replace(opened.record.patient, gp=gp, sex="female"),
                          diagnosis=a_diagnosis(**more)), opened.version)  # fmt: skip
    dialog = MergeDialog(patients, patients.numbered(["B-7"])[0], lambda mrn: ())
    qtbot.addWidget(dialog)
    dialog.look_at("B-7", "A-17")
    said = {line[0]: line[1].removeprefix("○ ") for lines in lines_of(dialog.preview).values() for line in lines}
    asked = ("GP", "Sex", "Completely resected", "Limited sample", "TNM and its edition")
    assert {name: said[name] for name in asked} == {
        "GP": "Dr B, 1 High Street, Town", "Sex": "female", "Completely resected": "yes, 20 January 2014",
        "Limited sample": "no", "TNM and its edition": "cT2, 7",
    }  # fmt: skip
    assert said["Metastatic sites at diagnosis"] == "brain, bone"


def test_taking_back_says_what_goes_with_it_and_leaves_it_unless_that_is_wanted(patients, qtbot):
    merging = patients.merging
    prepared = merging.prepare("A-12", "A-17")
    merging.merge(prepared, {one.path: "kept" for one in prepared.comparison.conflicts})
    (merge,) = merging.into("A-12")
    dialog = UnmergeDialog(merging.undoing(merge))
    qtbot.addWidget(dialog)
    assert dialog.take_back.isDefault()
    opened = patients.open("A-12")
    record = replace(opened.record.with_entry(a_note("Since.", id="n7")), diagnosis=None)
    patients.save(record, opened.version)
    dialog = UnmergeDialog(merging.undoing(merge))
    qtbot.addWidget(dialog)
    assert dialog.lost.toPlainText().splitlines() == [
        "changed since: Diagnosis and staging", "added since: 1 November 2014: Since.",
    ]  # fmt: skip
    assert dialog.leave.isDefault()
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.take_back.click()
    merging.undo(wanted.args[0])
    assert patients.open("A-17").record == ABSORBED
