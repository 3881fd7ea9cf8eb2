"""Simple values are changed where they stand in the list of entries, by keyboard alone; nothing typed is lost."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.record.adverse_event import AdverseEvent
from app.record.examination import Examination
from app.record.fields import EnteredInError
from app.record.lab import Lab
from app.record.note import Note
from app.record.status import PerformanceStatus
from app.ui.drafts import DraftKey, Drafts
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from app.ui.panels.row_edit import DAY, WORDS, in_row
from builders import a_decision, a_diagnosis, a_line, a_patient, a_record

ECOG = DraftKey("A-1042", "status", "p1")


@pytest.fixture
def page(desk, qtbot):
    record = a_record(
        PerformanceStatus(id="p1", date="2014-10-01", ecog=1), a_line(),
        Lab(id="lab1", date="2014-10-01", analyte="ALT", value=Decimal(180), comparator=">", unit="U/L"),
        Note(id="n1", date="2014-10-01", text="two\nlines"), diagnosis=a_diagnosis(),
    )  # fmt: skip
    desk.patients.save(record, None)
    shown = PatientPage(desk, Drafts(None))
    qtbot.addWidget(shown)
    shown.resize(1366, 640)
    shown.show_open(OpenRecord(desk, desk.patients.open("A-1042"), shown))
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def begin(page, key):
    page.entries.select(key)
    page.edit_in_row()


def status(desk):
    return desk.patients.open("A-1042").record.status[0]


def test_an_ecog_is_changed_in_its_row(page, desk):
    begin(page, ECOG)
    assert QApplication.focusWidget().accessibleName() == "ECOG"
    assert QApplication.focusWidget().selectedText() == "1"
    write("2")
    press(Qt.Key.Key_Return)
    assert status(desk).ecog == 2
    assert page.pane.form is None
    assert page.entries.hasFocus()
    assert page.entries.current().key == ECOG
    assert page.opened.undoes == "performance status of 1 October 2014"


def test_tab_goes_to_the_date_which_is_typed_as_people_say_it(page, desk):
    begin(page, ECOG)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "date"
    write("3.10.2014")
    press(Qt.Key.Key_Return)
    assert (status(desk).date, status(desk).ecog) == ("2014-10-03", 1)


def test_esc_leaves_it_as_it_was(page, desk):
    begin(page, ECOG)
    write("4")
    press(Qt.Key.Key_Escape)
    assert status(desk).ecog == 1
    assert page.entries.hasFocus()


def test_what_is_no_value_is_shown_in_the_form_with_its_fault_and_stays(page, desk):
    begin(page, ECOG)
    write("9")
    press(Qt.Key.Key_Return)
    assert status(desk).ecog == 1
    assert page.pane.key == ECOG
    assert page.pane.form.fields["ecog"].value() == "9"
    assert page.pane.form.fields["ecog"].fault.text() == "must not be above 5"
    assert page.pane.form.fields["ecog"].holds(QApplication.focusWidget())


def test_leaving_the_row_takes_what_was_typed(page, desk):
    begin(page, ECOG)
    write("3")
    page.next_step.text.setFocus()
    assert status(desk).ecog == 3


def test_a_laboratory_value_keeps_its_sign(page, desk):
    begin(page, DraftKey("A-1042", "labs", "lab1"))
    assert QApplication.focusWidget().text() == ">180"
    write("<95,5")
    press(Qt.Key.Key_Return)
    stored = desk.patients.open("A-1042").record.labs[0]
    assert (stored.comparator, stored.value, stored.unit) == ("<", Decimal("95.5"), "U/L")


def test_an_entry_with_nothing_simple_but_its_date_offers_that(page):
    begin(page, DraftKey("A-1042", "therapy_lines", "l1"))
    assert QApplication.focusWidget().accessibleName() == "started on"


def test_a_form_with_unsaved_typing_of_the_entry_comes_first(page, desk):
    page.forms.open(ECOG)
    page.pane.form.fields["ecog"].put("3")
    page.pane.close_form()
    begin(page, ECOG)
    assert page.pane.key == ECOG
    assert page.pane.form.fields["ecog"].value() == "3"
    assert status(desk).ecog == 1


def test_what_can_be_changed_in_a_row():
    assert in_row(Note(id="n1", date="2014-10-01", text="two\nlines")) == {DAY: ("date", "2014-10-01")}
    assert in_row(Examination(id="x1", date="2014-10-01", kind="ecg"))[WORDS] == ("result", "")
    assert in_row(AdverseEvent(id="e1", term="rash", from_="2014-10", grade=1)) == {
        DAY: ("from", "2014-10"), WORDS: ("grade", "1"),
    }  # fmt: skip
    assert in_row(PerformanceStatus(id="p1", date="2014", ecog=1, entered_in_error=EnteredInError())) == {}
    assert in_row(a_diagnosis()) == {}
    assert in_row(a_decision()) == {}


def test_another_record_that_is_opened_meanwhile_gets_nothing_of_what_was_typed_in_a_row(page, desk):
    other = PerformanceStatus(id="p1", date="2014-09-01", ecog=0)
    desk.patients.save(a_record(other, patient=a_patient(mrn="B-7")), None)
    begin(page, ECOG)
    write("3")
    page.show_open(OpenRecord(desk, desk.patients.open("B-7"), page))
    page.focus_entries()
    QApplication.processEvents()
    assert desk.patients.open("B-7").record.status == (other,)
    assert page.forms._drafts.everything() == ()


def test_what_is_typed_in_a_row_is_stored_when_its_end_comes_from_elsewhere(page, desk):
    begin(page, ECOG)
    write("3")
    page.entries.end_editing()
    page.entries.end_editing()
    assert status(desk).ecog == 3


def test_a_row_that_cannot_be_changed_any_more_is_left_as_it_is(page, desk):
    begin(page, ECOG)
    write("3")
    page.opened.mark_in_error("p1", "wrong", "nurse1")
    press(Qt.Key.Key_Return)
    assert status(desk).ecog == 1


def test_a_value_typed_in_the_row_is_stored_though_the_form_of_its_entry_is_open(page, desk):
    page.forms.open(ECOG)
    begin(page, ECOG)
    write("3")
    press(Qt.Key.Key_Return)
    assert status(desk).ecog == 3
    assert page.pane.form is None


def test_a_value_typed_in_the_row_goes_into_the_form_that_is_typed_into_already(page, desk):
    page.forms.open(ECOG)
    begin(page, ECOG)
    write("3")
    page.pane.form.fields["date"].put("3.10.2014")
    page.entries.end_editing()
    assert status(desk).ecog == 1
    assert page.pane.form.fields["ecog"].value() == "3"
    assert page.pane.form.fields["ecog"].holds(QApplication.focusWidget())
    page.pane.form.save()
    assert (status(desk).date, status(desk).ecog) == ("2014-10-03", 3)


def test_a_value_typed_in_the_row_is_stored_before_the_form_of_its_entry_is_opened(page, desk):
    begin(page, ECOG)
    write("3")
    page.forms.open(ECOG)
    assert status(desk).ecog == 3
    assert page.pane.form.fields["ecog"].value() == "3"


def test_a_laboratory_value_typed_in_the_row_goes_into_its_open_form(page, desk):
    key = DraftKey("A-1042", "labs", "lab1")
    page.forms.open(key)
    begin(page, key)
    write("<95,5")
    press(Qt.Key.Key_Return)
    assert desk.patients.open("A-1042").record.labs[0].value == Decimal("95.5")
