"""A person at the keyboard of the real window: keys go where the window system would deliver them."""

import time

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox

MOST_TABS = 80
ANSWERS = []  # how long the window took to answer each key, in seconds of processor time


def focused():
    """Return where keys go now."""
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    if popup is None and QApplication.activeWindow() is None:  # what a window manager does after a list has closed
        window = next(one for one in reversed(QApplication.topLevelWidgets()) if one.isVisible() and one.isWindow())
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
    return popup if popup is not None and popup.isVisible() else QApplication.focusWidget()


def press(keys):
    """Press one key or chord, written as people write it: "Ctrl+N", "Tab"."""
    chord = QKeySequence(keys)[0]
    widget, begun = focused(), time.thread_time()
    QTest.keyClick(widget, chord.key(), chord.keyboardModifiers())
    QApplication.processEvents()
    ANSWERS.append(time.thread_time() - begun)


def write(text):
    """Type a text where the cursor is."""
    for letter in text:
        widget, begun = focused(), time.thread_time()
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:  # of another country's keyboard, which QTest does not know
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, key)
        ANSWERS.append(time.thread_time() - begun)


def name_of(widget):
    """Return what a screen reader calls a widget."""
    if widget is None:
        return ""
    return widget.accessibleName() or (widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else "")


def go_to(name, direction="Tab"):
    """Press Tab until the cursor is in the field of this name."""
    seen = []
    focused()
    for _time in range(MOST_TABS):
        if name_of(QApplication.focusWidget()) == name:
            return
        press(direction)
        seen.append(name_of(QApplication.focusWidget()))
    raise AssertionError(f"Tab never reaches {name}; it goes through {list(dict.fromkeys(seen))}")


def fill(name, text):
    """Go to a field and type into it; in a list of codes the typing chooses."""
    go_to(name)
    widget = QApplication.focusWidget()
    write(text)
    if isinstance(widget, QComboBox):
        assert widget.currentText().casefold().startswith(text.casefold()), (name, widget.currentText())


def until(condition, what, seconds=20.0):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        wait(20)


def wait(milliseconds):
    """Let the window go on for a while. Unlike `QTest.qWait` this leaves other threads room for their work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def shift_tab():
    """Go back one field."""
    QTest.keyClick(focused(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
