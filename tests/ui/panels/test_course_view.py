"""The course on the screen: by the keyboard alone, by wheel and pointer; nothing of it is lost to a screen reader."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.figures.shapes import Text
from app.ui.panels.course_view import CourseView
from builders import (
    a_baseline,
    a_fish,
    a_lab,
    a_line,
    a_patient,
    a_reading,
    a_record,
    a_specimen,
    an_adverse_event,
    an_assessment,
)

DAY = date(2014, 11, 5)


def a_course():
    return a_record(
        a_specimen(),
        a_fish(a_reading(33)),
        a_line(),
        a_baseline(66),
        an_assessment(29, id="a2", date="2014-05-01", reported_response="PR"),
        an_assessment(40, id="a3", date="2014-10-28", reported_response="PD"),
        a_lab("ALT", 90, id="b1", date="2014-03-03", unit="U/L", upper=Decimal(40)),
        a_lab("creatinine", 60, id="b2", date="2014-03-03", unit="umol/L", upper=Decimal(90)),
    )


@pytest.fixture
def view(qtbot):
    shown = CourseView()
    qtbot.addWidget(shown)
    shown.resize(900, 320)
    shown.show_record(a_course(), DAY)
    shown.show()
    shown.activateWindow()
    return shown


def press(view, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(view.canvas, key, modifier)


def at(view):
    return view.canvas.current.names


def come_by_tab(view):
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    view.canvas.go_to(next(one for one in view.canvas.figure.stops if one.names == ("a3",)))


def turn(view, x, by, modifier=Qt.KeyboardModifier.NoModifier):
    place = QPointF(x, 40)
    event = QWheelEvent(
        place, view.viewport().mapToGlobal(place), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_arrows_walk_within_a_lane_and_between_lanes(view):
    come_by_tab(view)
    press(view, Qt.Key.Key_Left)
    assert at(view) == ("a2",)
    press(view, Qt.Key.Key_Home)
    assert at(view) == ("a0",)
    press(view, Qt.Key.Key_End)
    assert at(view) == ("a3",)
    press(view, Qt.Key.Key_Up)
    assert at(view) == ("l1",)
    press(view, Qt.Key.Key_Up)
    assert view.canvas.current.lane_name == "Tests"
    press(view, Qt.Key.Key_Up)
    assert view.canvas.current.lane_name == "Tests"


def test_where_the_keyboard_is_has_a_name_and_a_frame(view):
    come_by_tab(view)
    assert view.canvas.accessibleName() == (
        "Response: 28 October 2014: CT, PD, sum of diameters 40 mm, +37.9 % from the nadir (3 of 3)"
    )
    assert view.canvas.accessibleDescription().startswith("Course from ")
    before = view.canvas.grab().toImage()
    press(view, Qt.Key.Key_Left)
    assert view.canvas.grab().toImage() != before


def test_enter_opens_the_entry(view, qtbot):
    come_by_tab(view)
    with qtbot.waitSignal(view.chosen) as chosen:
        press(view, Qt.Key.Key_Return)
    assert chosen.args == ["a3"]


def test_a_click_opens_the_entry_and_a_pull_does_not(view, qtbot):
    stop = next(one for one in view.canvas.figure.stops if one.names == ("a2",))
    place = QPoint(int(stop.x + 4), int((stop.y + stop.y_end) / 2))
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert chosen.args == ["a2"]
    view.zoom(4, 0.5)
    before = view.view
    with qtbot.assertNotEmitted(view.chosen):
        QTest.mousePress(view.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(500, 8))
        QTest.mouseMove(view.canvas, QPoint(420, 8))
        QTest.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(420, 8))
    assert view.view.start > before.start


def test_keys_zoom_and_move_and_come_back(view):
    come_by_tab(view)
    press(view, Qt.Key.Key_Plus)
    press(view, Qt.Key.Key_Plus)
    closer = view.view
    assert not closer.is_whole
    assert at(view) == ("a3",)
    press(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert view.view.start < closer.start
    for _step in range(3):
        press(view, Qt.Key.Key_PageUp)
    assert view.view.start == 0
    press(view, Qt.Key.Key_PageDown)
    assert view.view.start > 0
    press(view, Qt.Key.Key_Minus)
    press(view, Qt.Key.Key_0)
    assert view.view.is_whole
    assert not view.tools.whole.isVisibleTo(view.tools)


def test_keys_show_the_last_three_months_and_the_line_that_runs(view):
    come_by_tab(view)
    press(view, Qt.Key.Key_3)
    reached = {name for stop in view.canvas.figure.stops for name in stop.names}
    assert reached == {"l1", "a3"}
    press(view, Qt.Key.Key_1)
    reached = {name for stop in view.canvas.figure.stops for name in stop.names}
    assert {"l1", "a0", "a2", "a3"} <= reached | {"a0"}
    assert "t2" not in reached


def test_the_keyboard_walks_on_beyond_what_is_shown(view):
    come_by_tab(view)
    press(view, Qt.Key.Key_3)
    press(view, Qt.Key.Key_Left)
    assert at(view) == ("a2",)
    press(view, Qt.Key.Key_Left)
    assert at(view) == ("a0",)
    before = view.view
    press(view, Qt.Key.Key_Left)
    assert at(view) == ("a0",)
    assert view.view == before
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Right)
    assert at(view) == ("a3",)


def test_the_wheel_zooms_where_the_pointer_is_and_moves_with_shift(view):
    turn(view, 500, 120)
    assert not view.view.is_whole
    before = view.view
    turn(view, 500, -120, Qt.KeyboardModifier.ShiftModifier)
    assert view.view.start > before.start


def test_several_events_that_are_one_sign_come_apart_before_they_open(view, qtbot):
    events = [an_adverse_event("nausea", from_=f"2014-08-{day:02}", id=f"e{day}", grade=1) for day in range(1, 29)]
    view.resize(420, 150)
    view.show_record(a_record(a_specimen(), a_line(), *events), DAY)
    stop = next(one for one in view.canvas.figure.stops if len(one.names) > 1)
    with qtbot.assertNotEmitted(view.chosen):
        view.canvas.chosen.emit(stop)
    assert not view.view.is_whole
    assert "nausea" in stop.words.splitlines()[0]


def test_curves_are_chosen_in_the_menu(view):
    def names():
        return {one.text for one in view.canvas.figure.shapes if isinstance(one, Text)}

    assert "ALT × ULN" in names()
    offered = {one.text(): one for one in view.tools.menu.actions()}
    offered["creatinine µmol/L"].trigger()
    assert {"ALT × ULN", "creatinine µmol/L"} <= names()
    {one.text(): one for one in view.tools.menu.actions()}["ALT × ULN"].trigger()
    assert "ALT × ULN" not in names()
    {one.text(): one for one in view.tools.menu.actions()}["&Those that say something"].trigger()
    assert "ALT × ULN" in names()
    assert "creatinine µmol/L" not in names()


def test_another_patient_is_shown_whole(view):
    view.zoom(3, 0.5)
    view.show_record(a_record(a_specimen(), patient=a_patient(mrn="B-1")), DAY)
    assert view.view.is_whole
    assert view.canvas.current is None


def test_an_empty_course_says_what_will_be_here_and_takes_every_key(view):
    view.show_record(a_record(), DAY)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_3, Qt.Key.Key_Return):
        press(view, key)
    assert view.canvas.figure.says.startswith("Nothing with a date is recorded yet.")
