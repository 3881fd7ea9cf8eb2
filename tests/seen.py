"""What stands on the screen, in words: as the person in front of it reads it."""

from hands import press, until, write
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTreeWidgetItemIterator


def step_of(window):
    """Return the words of the next-step panel."""
    return window.desktop.patient_page.next_step.text.toPlainText()


def preferred(window):
    """Return the words of the preferred option and all that follows it."""
    return step_of(window).split("PREFERRED")[1].strip()


def facts_of(window):
    """Return what the header says of the patient."""
    return window.desktop.header.facts.text()


def alert_of(window):
    """Return what the header says cannot wait; "" when it says nothing."""
    alerts = window.desktop.header.alerts
    return alerts.text() if alerts.isVisible() else ""


def said_by(window):
    """Return what the status bar says."""
    return window.statusBar().currentMessage()


def lines_of(window):
    """Return the lines of the list of entries."""
    model = window.desktop.patient_page.entries.model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    return [
        f"{model.index(row, 0, group).data()}: {model.index(row, 1, group).data()}"
        for group in groups
        for row in range(model.rowCount(group))
    ]


def patients_of(window):
    """Return the names in the list of patients."""
    model = window.find_page.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def today_of(window):
    """Return the lines of Today, each with its mark; those above a group as "■ Urgent  1"."""
    model = window.today_page.model
    rows = ([model.index(row, column).data() for column in (0, 1, 3)] for row in range(model.rowCount()))
    return [" ".join(cell for cell in row if cell) for row in rows]


def tree_of(tree):
    """Return the lines of a list in a dialog, its columns parted by a bar."""
    found, item = [], QTreeWidgetItemIterator(tree)
    while item.value() is not None:
        texts = [item.value().text(column) for column in range(tree.columnCount())]
        found.append(" | ".join(text for text in texts if text))
        item += 1
    return found


def open_patient(window, typed):
    """Find a patient by a few letters, and open the only one that is found."""
    press("Ctrl+F")
    press("Ctrl+A")
    write(typed)
    until(lambda: window.find_page.model.rowCount() == 1, "the patient to be found alone")
    press("Return")
    until(lambda: window.desktop.place == "record_page", "the record to open")


def choose(window, words):
    """Go down the list of entries to the line that holds these words."""
    press("F7")
    press("Home")
    entries = window.desktop.patient_page.entries
    for _line in range(60):
        if words in (entries.currentIndex().siblingAtColumn(1).data() or ""):
            return
        press("Down")
    raise AssertionError(f"no line holds {words}: {lines_of(window)}")


def save(window):
    """Save the form and see that it is saved."""
    press("Ctrl+Return")
    until(lambda: window.desktop.patient_page.pane.form is None, "the form to close")


def in_dialog(keys, do):
    """Press keys that open a dialog, and give what `do(dialog)` returns; `do` closes it by a key."""
    found = []

    def look():
        if QApplication.activeModalWidget() is None:
            QTimer.singleShot(50, look)
            return
        found.append(do(QApplication.activeModalWidget()))

    QTimer.singleShot(0, look)
    press(keys)
    until(lambda: found, "the dialog")
    return found[0]
