"""Responses computed beside reported: a difference is said in words and overwrites nothing."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.demonstration import demonstration_files, telling_day
from app.ui.panels.responses import HEADS, ResponsesModel, ResponsesView
from builders import a_line, a_record, an_assessment


@pytest.fixture
def view(qtbot):
    shown = ResponsesView()
    qtbot.addWidget(shown)
    return shown


def row(view, number):
    return dict(zip(HEADS, [view.model.data(view.model.index(number, column)) for column in range(len(HEADS))],
                    strict=True))  # fmt: skip


def test_each_assessment_shows_target_whole_compartments_sum_and_changes(view, desk):
    desk.patients.import_files(demonstration_files())
    assert view.show_record(desk.patients.open("DEMO-2").record, telling_day("DEMO-2")) == 0
    assert row(view, 0) == {
        "Date": "5 July 2012", "Line": "1", "Overall": "PD", "Reported": "PD", "Target": "PR",
        "Non-target": "non-CR/non-PD", "New": "yes", "Intracranial": "PD", "Extracranial": "PR", "Sum, mm": "28",
        "Baseline": "−57.6 %", "Nadir": "−3.4 %",
    }  # fmt: skip
    assert row(view, 2)["Overall"] == "baseline"
    assert "57.6 % below the 66 mm at the baseline" in view.remarks.text()


def a_record_that_differs():
    return a_record(
        a_line(),
        an_assessment(50, id="a1", date="2014-01-20", baseline=True),
        an_assessment(30, id="a2", date="2014-05-20", reported_response="SD"),
    )


def test_a_difference_is_to_be_looked_at_and_says_which_counts(view):
    assert view.show_record(a_record_that_differs(), date(2014, 11, 5)) == 1
    assert row(view, 0)["Overall"] == "PR"
    assert row(view, 0)["Reported"] == "▲ SD, to look at"
    assert view.remarks.text().startswith(
        "▲ To look at: SD was reported and PR computed. SD counts for the next step; neither is overwritten."
    )


def test_enter_opens_the_assessment_and_nothing_later_is_seen(view, qtbot):
    view.show_record(a_record_that_differs(), date(2014, 3, 1))
    assert view.model.rowCount() == 1
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert chosen.args == ["a1"]


def test_without_assessments_it_says_what_will_be_here(view):
    view.show_record(a_record(), date(2014, 11, 5))
    assert view.remarks.text().startswith("Assessments with their response will stand here.")


def test_the_table_keeps_the_rules_of_qt(qtmodeltester, view):
    view.show_record(a_record_that_differs(), date(2014, 11, 5))
    qtmodeltester.check(view.model)
    assert isinstance(view.model, ResponsesModel)
