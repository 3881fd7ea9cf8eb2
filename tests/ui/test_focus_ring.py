"""Where the keyboard is can be seen: around every control, also in a form that scrolls."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.focus_ring import FocusRing, ring_around


@pytest.fixture
def form(qtbot, qapp):
    """A window with a control of each kind in a part that scrolls, and a ring."""
    window, page, scroll = QWidget(), QWidget(), QScrollArea()
    column = QVBoxLayout(page)
    window.controls = [
        QLineEdit(),
        QComboBox(),
        QCheckBox("One"),
        QPushButton("Two"),
        *(QLineEdit() for _n in range(30)),
    ]
    for control in window.controls:
        column.addWidget(control)
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    QVBoxLayout(window).addWidget(scroll)
    window.scroll = scroll
    window.resize(300, 200)
    qtbot.addWidget(window)
    window.ring = FocusRing(qapp, window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def ring_of(window):
    return window.findChild(QWidget, "focusRing")


def test_every_control_that_has_the_keyboard_has_the_ring_around_it(form, qtbot):
    for control in form.controls[:4]:
        control.setFocus()
        qtbot.waitUntil(lambda: ring_of(form).isVisible())
        place = QRect(control.mapTo(form, control.rect().topLeft()), control.size())
        assert ring_of(form).geometry().contains(place)
        assert not ring_of(form).mask().contains(place.center() - ring_of(form).pos())


def test_the_ring_goes_with_the_control_when_it_scrolls_and_is_gone_when_it_is_out_of_sight(form, qtbot):
    control = form.controls[0]
    control.setFocus()
    before = ring_of(form).y()
    form.scroll.verticalScrollBar().setValue(5)
    qtbot.waitUntil(lambda: ring_of(form).y() == before - 5)
    form.scroll.verticalScrollBar().setValue(400)
    qtbot.waitUntil(lambda: not ring_of(form).isVisible())


def test_a_control_half_scrolled_away_has_only_half_a_ring(form):
    form.scroll.verticalScrollBar().setValue(18)
    place, seen = ring_around(form.controls[0])
    assert place.intersects(seen)
    assert not seen.contains(place)


def test_the_ring_outlives_the_control_it_was_around(form, qtbot):
    form.controls[1].setFocus()
    form.controls.pop(1).deleteLater()
    form.controls[0].setFocus()
    qtbot.waitUntil(lambda: ring_of(form).isVisible())
    assert form.focusWidget() is form.controls[0]
