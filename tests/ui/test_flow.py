"""Rows that become two, and a page that scrolls when the window is too small for it."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.flow import FlowRow
from app.ui.room import Room


@pytest.fixture
def row(qtbot):
    """A row of three buttons of 100 pixels each, the last taking what is left."""
    holder = QWidget()
    layout = FlowRow(10)
    holder.setLayout(layout)
    holder.buttons = [QPushButton(name) for name in "abc"]
    for one in holder.buttons:
        one.setFixedWidth(100) if one is not holder.buttons[2] else one.setMinimumWidth(100)
        layout.add(one, stretch=one is holder.buttons[2])
    qtbot.addWidget(holder)
    return holder


def lines_of(holder):
    return sorted({one.y() for one in holder.buttons})


def test_what_fits_stands_side_by_side_and_the_last_takes_the_rest(row):
    row.resize(500, 40)
    row.show()
    assert [one.x() for one in row.buttons] == [0, 110, 220]
    assert row.buttons[2].width() == 280
    assert len(lines_of(row)) == 1


def test_what_does_not_fit_goes_below_and_the_row_is_as_high_as_that_needs(row):
    row.resize(250, 80)
    row.show()
    assert row.buttons[2].pos().x() == 0
    assert len(lines_of(row)) == 2
    one_line = row.layout().heightForWidth(500)
    assert row.layout().heightForWidth(250) == 2 * one_line + 10
    assert row.layout().minimumSize().width() == 100


def test_hidden_ones_take_no_room(row):
    row.buttons[0].hide()
    row.resize(250, 40)
    row.show()
    assert len({one.y() for one in row.buttons[1:]}) == 1


def test_those_that_share_the_room_are_equally_wide_where_they_can_be(qtbot):
    holder = QWidget()
    layout = FlowRow(0)
    holder.setLayout(layout)
    labels = [QLabel("a"), QLabel("a longer one")]
    for one in labels:
        layout.add(one, stretch=True)
    qtbot.addWidget(holder)
    holder.resize(400, 30)
    holder.show()
    assert [one.width() for one in labels] == [200, 200]


def test_a_page_fills_the_window_and_scrolls_only_below_its_least_size(qtbot):
    page = QWidget()
    words = QLabel("word " * 200)
    words.setMinimumSize(300, 200)
    QVBoxLayout(page).addWidget(words)
    room = Room(page)
    qtbot.addWidget(room)
    room.resize(800, 600)
    room.show()
    qtbot.waitUntil(lambda: page.size() == room.viewport().size())
    assert not room.verticalScrollBar().isVisible()
    room.resize(400, 150)
    qtbot.waitUntil(lambda: room.verticalScrollBar().isVisible())
    assert page.height() >= 200
    words.setMinimumHeight(500)
    qtbot.waitUntil(lambda: page.height() >= 500)
