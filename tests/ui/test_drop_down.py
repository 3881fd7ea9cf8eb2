"""A drop-down with the keyboard is told from the others at a glance."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyleOptionComboBox, QVBoxLayout, QWidget

from app.ui.drop_down import DropDown
from app.ui.forms.editors import CodeEditor
from app.ui.palette import colour


def edge_of(shown):
    """Return how many pixels of the left edge are in the accent colour."""
    picture = shown.grab().toImage()
    column = [picture.pixelColor(1, row) for row in range(6, picture.height() - 6)]
    return sum(one == colour("accent") for one in column)


def test_the_drop_down_with_the_keyboard_alone_has_a_ring(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    short, long = CodeEditor([("a", "one"), ("b", "two")]), CodeEditor([(str(n), str(n)) for n in range(20)])
    assert long.isEditable()
    for one in (short, long):
        assert isinstance(one, DropDown)
        column.addWidget(one)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    short.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge_of(short) > 10
    assert edge_of(long) == 0
    long.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge_of(short) == 0
    assert edge_of(long) > 10


def test_words_without_room_end_in_three_dots_and_not_in_the_middle_of_a_letter(qtbot):
    shown = DropDown()
    qtbot.addWidget(shown)
    shown.addItem("Continue crizotinib, and treat locally")
    shown.resize(160, 28)
    option = QStyleOptionComboBox()
    shown.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert shown.currentText() == "Continue crizotinib, and treat locally"
    shown.resize(400, 28)
    shown.initStyleOption(option)
    assert option.currentText == "Continue crizotinib, and treat locally"
