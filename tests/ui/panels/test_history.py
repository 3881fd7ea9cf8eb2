"""The history, opened by a key from the list of entries."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.ui.drafts import DraftKey, Drafts
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from app.ui.panels.history import HistoryDialog
from builders import a_diagnosis, a_record, a_specimen


@pytest.fixture
def page(desk, qtbot):
    desk.patients.save(a_record(a_specimen(), diagnosis=a_diagnosis()), None, by="M. Keller")
    shown = PatientPage(desk, Drafts(None))
    qtbot.addWidget(shown)
    shown.show_open(OpenRecord(desk, desk.patients.open("A-1042"), shown))
    shown.show()
    shown.opened.set_diagnosis(replace(a_diagnosis(), stage="IIIB"))
    return shown


def lines(shown):
    items = [shown.topLevelItem(row) for row in range(shown.topLevelItemCount())]
    return [
        (item.text(1), item.text(2), [item.child(row).text(2) for row in range(item.childCount())]) for item in items
    ]


def looked_at(page, *, whole):
    """Open the history and return what its lists say."""
    seen = {}

    def look():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, HistoryDialog)
        seen["title"] = dialog.windowTitle()
        seen["tabs"] = [dialog.tabs.tabText(number) for number in range(dialog.tabs.count())]
        seen["shown"] = lines(dialog.tabs.currentWidget())
        dialog.reject()

    QTimer.singleShot(0, look)
    page.show_history(whole=whole)
    return seen


def test_the_history_of_an_entry_tells_what_it_was(page):
    page.entries.select(DraftKey("A-1042", "diagnosis"))
    seen = looked_at(page, whole=False)
    assert seen["title"] == "History: Example, Ada · A-1042"
    assert seen["tabs"] == ["Diagnosis", "Whole record"]
    changed, entered = seen["shown"]
    assert changed == ("not said", "Changed", ["stage: IV → IIIB"])
    assert entered[:2] == ("M. Keller", "Entered")
    assert "stage: IV" in entered[2]


def test_the_history_of_the_whole_record_names_every_entry(page):
    page.opened.mark_in_error("s1", "another patient")
    seen = looked_at(page, whole=True)
    assert seen["tabs"] == ["Whole record"]
    assert [what for _who, what, _fields in seen["shown"]] == [
        "Tissue of 12 January 2014: marked as entered in error", "Diagnosis: changed", "Record begun",
    ]  # fmt: skip


def test_on_a_group_the_history_is_of_the_whole_record(page):
    page.entries.setCurrentIndex(page.entries.model().index(1, 0))
    assert looked_at(page, whole=False)["tabs"] == ["Whole record"]
