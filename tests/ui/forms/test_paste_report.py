"""Pasting a laboratory report into the form: looked at first, then taken; by keyboard alone."""

from decimal import Decimal

import pytest
from hands import until
from opened_form import opened, press, tab
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.record.lab import Lab
from app.ui.forms.paste_report import PasteReport
from builders import a_record

REPORT = "Entnahme 1.11.2014\nGPT 180 U/l 10-50\nHb 11,2\nCRP 12 mg/l\nKalium 4,1 mmol/l"


@pytest.fixture
def form(qtbot):
    return opened(qtbot, Lab)


def in_dialog(do):
    """Do something in the dialog that is about to open."""

    def there():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PasteReport)
        dialog.activateWindow()
        try:
            until(lambda: dialog.isAncestorOf(QApplication.focusWidget()), "the dialog to have the keyboard")
            do(dialog)
        finally:
            if dialog.isVisible():  # or a failing test would wait for ever
                dialog.reject()

    QTimer.singleShot(0, there)


def paste(qtbot, form, text, do):
    """Paste a text into the first cell of the values."""
    QGuiApplication.clipboard().setText(text)
    form.fields["values"].focus()
    in_dialog(do)
    press(qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    form.activateWindow()  # as a window manager does when a dialog has closed
    qtbot.waitUntil(form.isActiveWindow)


def lines(dialog):
    items = [dialog.values.topLevelItem(row) for row in range(dialog.values.topLevelItemCount())]
    return [[item.text(column) for column in range(7)] for item in items]


def test_what_was_understood_is_shown_and_what_was_not_stands_there_as_it_was_printed(qtbot, form):
    seen = {}

    def look(dialog):
        seen["lines"], seen["ticked"] = lines(dialog), dialog.values.ticked()
        seen["take"], seen["said"] = dialog.take.text().replace("&", ""), dialog.said.text()
        seen["letters"] = [one.text().count("&") for one in (dialog.take, dialog.doubtful, dialog.nothing)]
        seen["title"] = dialog.windowTitle()
        dialog.reject()

    paste(qtbot, form, REPORT, look)
    assert seen["lines"] == [
        ["2014-11-01", "ALT", "180", "U/L", "10", "50", ""],
        ["2014-11-01", "haemoglobin", "11.2", "? g/dL", "", "", "unit: not printed; the usual one is offered"],
        ["", "CRP 12 mg/l", "", "", "", "", "no analyte of the record has this name"],
        ["2014-11-01", "potassium", "4.1", "mmol/L", "", "", ""],
    ]
    assert seen["ticked"] == [True, False, False, True]
    assert seen["take"] == "Take 2 values"
    assert seen["letters"] == [1, 1, 1]
    assert seen["said"] == (
        "3 values were read · 1 of them is doubtful: look at it, Space ticks it · "
        "1 line was not understood and is not taken"
    )
    assert seen["title"].endswith("Example, Ada")
    assert form.fields["values"].value() == []  # nothing was taken


def test_only_what_is_ticked_is_taken_and_a_doubtful_one_is_ticked_by_the_person(qtbot, form):
    def take(dialog):
        assert QApplication.focusWidget() is dialog.values
        press(qtbot, Qt.Key.Key_Down)
        press(qtbot, Qt.Key.Key_Space)
        press(qtbot, Qt.Key.Key_Return)

    paste(qtbot, form, REPORT, take)
    assert form.fields["date"].value() == "2014-11-01"
    assert form.fields["values"].value() == [
        {"analyte": "ALT", "value": "180", "unit": "U/L", "lower": "10", "upper": "50"},
        {"analyte": "haemoglobin", "value": "11.2", "unit": "g/dL"},
        {"analyte": "potassium", "value": "4.1", "unit": "mmol/L"},
    ]
    saved = []
    form.accepted.connect(saved.append)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved == [
        (
            Lab(id="lab1", date="2014-11-01", analyte="ALT", value=Decimal(180), unit="U/L", lower=Decimal(10),
                upper=Decimal(50)),
            Lab(id="lab2", date="2014-11-01", analyte="haemoglobin", value=Decimal("11.2"), unit="g/dL"),
            Lab(id="lab3", date="2014-11-01", analyte="potassium", value=Decimal("4.1"), unit="mmol/L"),
        )
    ]  # fmt: skip


def test_values_of_several_days_keep_their_days_beside_them(qtbot, form):
    sheet = "\t1.10.2014\t1.11.2014\tEinheit\tNorm\nALT\t180\t95\tU/L\t<40"
    paste(qtbot, form, sheet, lambda dialog: dialog.accept())
    assert form.fields["values"].value() == [
        {"analyte": "ALT", "value": "180", "unit": "U/L", "upper": "40", "date": "2014-10-01"},
        {"analyte": "ALT", "value": "95", "unit": "U/L", "upper": "40", "date": "2014-11-01"},
    ]
    assert [(one.date, one.value) for one in form.draft.entry] == [("2014-10-01", 180), ("2014-11-01", 95)]
    assert form.fields["values"].grid.titles["date"].isVisible()


def test_a_fault_of_a_row_of_its_own_day_is_said_in_that_row(qtbot, form):
    form.fields["values"].put([{"analyte": "ALT", "value": "180", "date": "1.12.2014"}])
    form.save()
    assert form.fields["values"].fault.text().startswith("row 1, Day: ")
    assert form.fields["date"].fault.text() == ""


def test_what_stood_in_the_form_stays(qtbot, form):
    form.fields["date"].put("2014-10-30")
    form.fields["values"].put([{"analyte": "CK", "value": "100", "unit": "U/L"}])
    paste(qtbot, form, "1.11.2014\nALT 180 U/L", lambda dialog: dialog.accept())
    assert [(one.date, one.analyte) for one in form.draft.entry] == [("2014-10-30", "CK"), ("2014-11-01", "ALT")]


def test_a_single_word_is_pasted_into_the_cell_as_everywhere(qtbot, form):
    form.fields["values"].put([{"analyte": "ALT"}])
    form.fields["values"].focus_cell("0].value")
    QGuiApplication.clipboard().setText("180")
    press(qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.fields["values"].value()[0]["value"] == "180"


def test_the_button_reads_the_clipboard_and_the_text_can_be_corrected(qtbot, form):
    QGuiApplication.clipboard().setText("GPT 18O U/l")

    def correct(dialog):
        assert not dialog.take.isEnabled()
        dialog.text.setPlainText("GPT 180 U/l")
        qtbot.waitUntil(lambda: dialog.values.topLevelItemCount() == 1 and lines(dialog)[0][2] == "180")
        dialog.day.put("1.11.2014")
        qtbot.waitUntil(dialog.take.isEnabled)
        dialog.accept()

    in_dialog(correct)
    form.paste_button.click()
    assert form.draft.entry[0].value == 180


def test_a_stored_value_without_its_unit_is_not_given_one_behind_anybodys_back(qtbot):
    stored = Lab(id="lab1", date="2014-11-01", analyte="ALT", value=Decimal(180))
    form = opened(qtbot, Lab, None, a_record(stored), existing=stored)
    assert form.draft.entry == stored
    assert not form.draft.is_touched
    tab(qtbot)
    assert not form.paste_button.isVisible()
