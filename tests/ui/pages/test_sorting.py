"""The list of patients is sorted by every column it shows, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.ui.main_window import MainWindow
from builders import a_patient, a_record

PEOPLE = (("A-3", "Ångström", "1958", "male"), ("A-1", "Müller", "1971-11", "female"), ("A-2", "Bērziņš", None, "male"))


@pytest.fixture
def window(desk, qtbot):
    """The main window with three patients, everything loaded."""
    for mrn, family, born, sex in PEOPLE:
        person = a_patient(mrn=mrn, family_name=family, birth_date=born, sex=sex)
        desk.patients.save(a_record(patient=person), None)
    shown = MainWindow()
    shown.furnish()
    qtbot.addWidget(shown)
    shown.show()
    with qtbot.waitSignal(shown.ready):
        shown.take(desk, None)
    shown.actions_by_name["patients_page"].trigger()
    return shown


def listed(window):
    """Return the numbers as the list shows them."""
    model = window.find_page.model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def test_a_click_on_a_header_sorts_and_the_next_turns_the_order_round(window, qtbot):
    header = window.find_page.table.horizontalHeader()
    assert listed(window) == ["A-3", "A-2", "A-1"]
    for column, upwards, downwards in (
        (1, ["A-1", "A-2", "A-3"], ["A-3", "A-2", "A-1"]),
        (2, ["A-3", "A-1", "A-2"], ["A-1", "A-3", "A-2"]),
        (3, ["A-1", "A-3", "A-2"], ["A-3", "A-2", "A-1"]),
        (0, ["A-3", "A-2", "A-1"], ["A-1", "A-2", "A-3"]),
    ):
        place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
        for expected in (upwards, downwards):
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
            assert listed(window) == expected, column
            assert window.find_page.current_mrn() == expected[0]


def test_a_key_sorts_while_typing_in_the_box_and_again_turns_the_order_round(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.find_page.box.hasFocus)
    qtbot.keyClick(window.find_page.box, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert listed(window) == ["A-1", "A-2", "A-3"]
    qtbot.keyClick(window.find_page.box, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert listed(window) == ["A-3", "A-2", "A-1"]
    qtbot.keyClick(window.find_page.box, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert listed(window) == ["A-3", "A-1", "A-2"]
    assert window.find_page.box.hasFocus()


def test_an_order_stays_while_one_searches(window, qtbot):
    window.actions_by_name["sort_number"].trigger()
    qtbot.keyClicks(window.find_page.box, "a-")
    qtbot.waitUntil(lambda: window.find_page.model.text == "a-")
    assert listed(window) == ["A-1", "A-2", "A-3"]


def test_the_list_is_sorted_only_where_it_is_seen(window):
    window.desktop.open_patient("A-1")
    assert not window.actions_by_name["sort_name"].isEnabled()
    window.actions_by_name["patients_page"].trigger()
    assert window.actions_by_name["sort_name"].isEnabled()
