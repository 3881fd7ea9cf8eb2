"""A person entered twice, by keyboard alone: the two records merged, found by both numbers, and parted again."""

from hands import go_to, press, until, write
from PySide6.QtWidgets import QApplication

from app.ui.panels.merge_dialog import MergeDialog
from app.ui.panels.unmerge_dialog import UnmergeDialog
from builders import a_diagnosis, a_lab, a_line, a_note, a_patient, a_record

KEPT = a_record(a_line(), a_note(), patient=a_patient(mrn="A-12"), diagnosis=a_diagnosis())
TWIN = a_record(
    a_lab("ALT", 42), a_note(id="n4"),
    patient=a_patient(mrn="A-17", family_name="Exampel", birth_date="1964-02-05"),
)  # fmt: skip


def dialog_of(kind):
    until(lambda: isinstance(QApplication.activeModalWidget(), kind), f"the {kind.__name__}")
    return QApplication.activeModalWidget()


def from_menu(menu, letter):
    """Open a menu and take an entry by its letter."""
    press(f"Alt+{menu}")
    until(lambda: QApplication.activePopupWidget() is not None, "the menu")
    press(letter)


def find(window, text):
    press("Ctrl+F")
    write(text)
    until(lambda: window.find_page.model.text == text, "the search")


def test_a_duplicate_is_merged_by_keyboard_alone_and_parted_again(open_window):
    window = open_window()
    patients = window.desktop.desk.patients
    for record in (KEPT, TWIN):
        patients.save(record, None)
    window.find_page.search()

    find(window, "example")
    from_menu("E", "M")  # of the patient who is chosen in the list
    dialog = dialog_of(MergeDialog)
    assert dialog.found.topLevelItem(0).text(1) == "A-17"  # the likeliest is offered first
    press("Return")
    assert dialog.preview.undecided() == 2
    press("Left")  # Example, of A-12
    press("Right")  # 5 February 1964, of A-17
    go_to("Merge A-17 into A-12")
    press("Space")
    until(lambda: window.desktop.place == "record_page", "the merged record")
    assert window.windowTitle() == "Example, Ada · A-12 · born 5 February 1964 – ALKPath"
    record = window.desktop.opened.record
    assert record.patient.birth_date == "1964-02-05"
    assert [len(part) for part in (record.therapy_lines, record.labs, record.notes)] == [1, 1, 1]
    assert "A-17 is part of A-12 now" in window.desktop.notice.words.text()

    find(window, "A-17")
    assert "A-17 was merged into A-12" in window.find_page.merged.text()
    press("Return")
    until(lambda: window.desktop.place == "record_page", "the record that the number leads to")
    assert window.desktop.opened.mrn == "A-12"

    from_menu("E", "K")
    dialog_of(UnmergeDialog)
    press("Alt+T")
    until(lambda: "two records again" in window.desktop.notice.words.text(), "word of it")
    assert (patients.open("A-12").record, patients.open("A-17").record) == (KEPT, TWIN)
    press("Ctrl+F")
    assert [one.mrn for one in patients.find()] == ["A-17", "A-12"]


def test_the_number_of_a_merged_record_is_given_again_only_to_somebody_who_is_asked_about(open_window):
    window = open_window()
    patients = window.desktop.desk.patients
    for record in (KEPT, TWIN):
        patients.save(record, None)
    prepared = patients.merging.prepare("A-12", "A-17")
    patients.merging.merge(prepared, {one.path: "kept" for one in prepared.comparison.conflicts})

    press("Ctrl+N")
    write("A-17")
    go_to("Family name")
    write("Newcomer")
    press("Ctrl+Return")
    until(lambda: window.desktop.new_patient.question is not None, "the question")
    question = window.desktop.new_patient.question
    assert "A-17 was merged into A-12" in question.list.topLevelItem(1).text(4)
    until(question.isActiveWindow, "the question to be active")
    press("Alt+A")  # another person
    until(lambda: window.desktop.place == "record_page", "the record to open")
    assert window.desktop.opened.mrn == "A-17"
    assert patients.count() == 2
