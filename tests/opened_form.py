"""Opening a form in a test as the window does: shown, active, in a pane 560 pixels wide."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.draft import Draft
from app.ui.forms import form_for
from builders import a_record

TODAY = date(2014, 11, 3)
WIDTH = 560


def opened(qtbot, kind, typed=None, record=None, *, purpose="", existing=None):
    """Return the form of a kind, shown and active, with the cursor in its first field."""
    draft = Draft(kind, typed, record=record or a_record(), today=TODAY, existing=existing)
    form = form_for(kind, draft, draft.record, purpose=purpose)
    qtbot.addWidget(form)
    form.resize(WIDTH, 600)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.focus_first()
    return form


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key where the window system would deliver it: in an open list, or where the cursor is."""
    qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key, modifiers)


def type_(qtbot, text):
    """Type a text where the cursor is."""
    for letter in text:
        qtbot.keyClicks(QApplication.activePopupWidget() or QApplication.focusWidget(), letter)


def tab(qtbot, times=1):
    """Press Tab."""
    for _time in range(times):
        press(qtbot, Qt.Key.Key_Tab)
