"""A window is found again as it was left, also where the screen is another one."""

import pytest
from PySide6.QtCore import QRect

from app.ui.layout import fitted, page_of, parts_of, put_in_place, put_parts

LAPTOP = QRect(0, 0, 1366, 768)
BESIDE = QRect(1366, 0, 1920, 1080)


@pytest.mark.parametrize(
    ("left", "screens", "found"),
    [
        (QRect(100, 80, 900, 600), [LAPTOP], QRect(100, 80, 900, 600)),
        (QRect(1500, 100, 1600, 900), [LAPTOP, BESIDE], QRect(1500, 100, 1600, 900)),
        (QRect(1500, 100, 1600, 900), [LAPTOP], QRect(0, 0, 1366, 768)),  # the second screen is gone
        (QRect(1300, 700, 400, 400), [LAPTOP], QRect(966, 368, 400, 400)),
        (QRect(-500, -300, 800, 600), [LAPTOP], QRect(0, 0, 800, 600)),
        (QRect(0, 0, 3000, 2000), [LAPTOP], LAPTOP),
    ],
)
def test_a_window_is_wholly_on_a_screen_that_is_there(left, screens, found):
    assert fitted(left, screens) == found


@pytest.mark.parametrize("kept", [{}, {"place": None}, {"place": [1, 2, 3]}, {"place": [0, 0, 9, 9]},
                                  {"place": ["0", 0, 800, 600]}, {"place": [0, 0, 10**9, 600]}])  # fmt: skip
def test_a_place_that_makes_no_sense_is_none(start_with, a_desk, kept):
    window = start_with(a_desk).window
    assert not put_in_place(window, kept)


def test_splitters_columns_place_and_page_are_as_they_were_left(start_with, a_desk, qtbot):
    first = start_with(a_desk)
    first.window.setGeometry(20, 30, 700, 500)
    header = first.window.find_page.table.horizontalHeader()
    header.resizeSection(2, 171)
    both = next(one for one in first.window.findChildren(type(first.window.find_page.split)) if one.count() == 3)
    both.setSizes([500, 420, 340])
    kept_sizes = parts_of(first.window)["splitters"][both.objectName()]
    first.window.actions_by_name["patients_page"].trigger()
    assert page_of(first.window) == "patients_page"
    first.window.close()

    again = start_with(a_desk)
    assert again.settings.layout["place"] == [20, 30, 700, 500]
    assert again.window.find_page.table.horizontalHeader().sectionSize(2) == 171
    assert parts_of(again.window)["splitters"][both.objectName()] == kept_sizes


def test_a_form_that_was_closed_when_the_window_was_left_is_as_wide_as_before(start_with, a_desk, qtbot):
    first = start_with(a_desk)
    first.window.setGeometry(0, 0, 1366, 700)
    first.window.actions_by_name["new_patient"].trigger()
    split = first.window.find_page.split
    qtbot.waitUntil(lambda: min(split.sizes()) > 400)
    split.setSizes([800, 560])
    first.window.desktop.new_patient.pane.close_form()
    first.window.close()

    again = start_with(a_desk)
    again.window.actions_by_name["new_patient"].trigger()
    split = again.window.find_page.split
    qtbot.waitUntil(lambda: split.sizes()[1] / sum(split.sizes()) == pytest.approx(560 / 1360, abs=0.02))


def test_a_form_of_no_width_is_not_taken_from_an_older_layout(start_with, a_desk, qtbot):
    window = start_with(a_desk).window
    window.setGeometry(0, 0, 1366, 700)
    put_parts(window, {"splitters": {"list and new patient": [1366, 0]}})
    window.actions_by_name["new_patient"].trigger()
    qtbot.waitUntil(lambda: min(window.find_page.split.sizes()) > 400)


def test_a_layout_of_other_parts_is_left_alone(start_with, a_desk):
    window = start_with(a_desk).window
    before = parts_of(window)
    put_parts(window, {"splitters": {"record, form and next step": [1]}, "columns": {"patients": "wide"}})
    put_parts(window, {"splitters": [3], "columns": None})
    assert parts_of(window) == before


def test_the_layout_can_be_put_back_as_it_was_at_first(start_with, a_desk):
    start = start_with(a_desk)
    first = parts_of(start.window)
    start.window.find_page.table.horizontalHeader().resizeSection(1, 300)
    start.window.actions_by_name["reset_layout"].trigger()
    assert parts_of(start.window) == first
    assert start.settings.layout == {}
