"""An entry that somebody else stores while its form is open here: nobody's change is lost, and nobody's overwritten."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from app.record.fields import EnteredInError
from app.ui.drafts import DraftKey, Drafts
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from builders import a_diagnosis, a_lab, a_patient, a_progression, a_record, an_adverse_event, an_assessment

EVENT = an_adverse_event("rash", from_="2014-10", grade=1)
KEY = DraftKey("A-1042", "adverse_events", EVENT.id)


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "unfinished.json")


@pytest.fixture
def page(desk, drafts, qtbot):
    shown = PatientPage(desk, drafts)
    qtbot.addWidget(shown)
    shown.resize(1366, 640)
    desk.patients.save(a_record(EVENT, a_lab("ALT", 42), an_assessment(30, id="a1", progression=a_progression())), None)
    shown.show_open(OpenRecord(desk, desk.patients.open("A-1042"), shown))
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def by_somebody_else(desk, entry):
    opened = desk.patients.open("A-1042")
    desk.patients.save(opened.record.with_entry(entry), opened.version)


def put(page, **typed):
    for path, value in typed.items():
        page.pane.form.fields[path].put(value)


def save_and_load_the_newer(page):
    page.pane.form.save()
    page.notice.button.click()


def event(desk):
    return desk.patients.open("A-1042").record.adverse_events[0]


def test_only_what_was_changed_here_is_written_over_the_newer_entry(page, desk):
    page.forms.open(KEY)
    put(page, to="3.11.2014")
    by_somebody_else(desk, replace(EVENT, grade=3))
    save_and_load_the_newer(page)
    assert page.pane.form.fields["grade"].value() == "3"
    assert not page.pane.both_changed.isVisible()
    page.pane.form.save()
    assert (event(desk).grade, event(desk).to) == (3, "2014-11-03")


def test_a_field_that_both_changed_is_asked_about_with_both_values(page, desk):
    page.forms.open(KEY)
    put(page, grade="2")
    by_somebody_else(desk, replace(EVENT, grade=3))
    save_and_load_the_newer(page)
    asked = page.pane.both_changed
    assert asked.words.text() == (
        "Grade: “2” is typed here, and meanwhile “3” was stored in the place of “1”. Which is right?"
    )
    assert QApplication.focusWidget() is asked.keep_button
    page.pane.form.save()
    assert event(desk).grade == 3
    assert "changed by somebody else too" in page.pane.form.fields["grade"].fault.text()
    asked.keep_button.click()
    assert not asked.isVisible()
    assert page.pane.form.isAncestorOf(QApplication.focusWidget())
    page.pane.form.save()
    assert event(desk).grade == 2


def test_what_is_stored_can_be_taken_instead(page, desk):
    page.forms.open(KEY)
    put(page, grade="2", to="2014-11")
    by_somebody_else(desk, replace(EVENT, grade=3, to="2014-10"))
    save_and_load_the_newer(page)
    assert page.pane.both_changed.words.text().endswith("One more field follows.")
    page.pane.both_changed.take_button.click()
    page.pane.both_changed.keep_button.click()
    page.pane.form.save()
    assert (event(desk).grade, event(desk).to) == (3, "2014-11")


def test_the_same_change_by_both_is_no_question(page, desk):
    page.forms.open(KEY)
    put(page, to="3.11.2014")
    by_somebody_else(desk, replace(EVENT, to="2014-11-03"))
    save_and_load_the_newer(page)
    assert not page.pane.both_changed.isVisible()


def test_the_question_is_still_there_when_the_form_is_opened_again_and_after_a_crash(page, desk, drafts, tmp_path):
    page.forms.open(KEY)
    put(page, grade="2")
    by_somebody_else(desk, replace(EVENT, grade=3))
    save_and_load_the_newer(page)
    page.pane.close_form()
    page.forms.open(KEY)
    assert page.pane.both_changed.isVisible()
    drafts.store()
    again = Drafts(tmp_path / "unfinished.json")
    assert (again.typed(KEY)["grade"], again.base(KEY)["grade"]) == ("2", "1")


def test_typing_of_a_closed_form_is_carried_over_too(page, desk):
    page.forms.open(KEY)
    put(page, to="3.11.2014")
    page.pane.close_form()
    by_somebody_else(desk, replace(EVENT, grade=3))
    page.opened.reload()
    page.forms.open(KEY)
    page.pane.form.save()
    assert (event(desk).grade, event(desk).to) == (3, "2014-11-03")


def test_a_form_that_nobody_typed_into_shows_the_newer_entry_and_is_not_unfinished(page, desk, drafts):
    page.forms.open(KEY)
    by_somebody_else(desk, replace(EVENT, grade=3))
    page.opened.reload()
    assert page.pane.form.fields["grade"].value() == "3"
    assert drafts.everything() == ()


def test_a_mark_of_error_that_came_meanwhile_stays(page, desk):
    page.forms.open(KEY)
    put(page, grade="2")
    by_somebody_else(desk, replace(EVENT, entered_in_error=EnteredInError(reason="other patient")))
    save_and_load_the_newer(page)
    page.pane.form.save()
    assert event(desk).entered_in_error is not None


def test_the_value_and_the_limits_of_a_laboratory_value_are_fields_of_their_own(page, desk):
    page.forms.open(DraftKey("A-1042", "labs", "lab1"))
    put(page, values=[{**page.pane.form.fields["values"].value()[0], "upper": "40"}])
    by_somebody_else(desk, replace(a_lab("ALT", 42), value=Decimal(24)))
    save_and_load_the_newer(page)
    page.pane.form.save()
    lab = desk.patients.open("A-1042").record.labs[0]
    assert (lab.value, lab.upper) == (Decimal(24), Decimal(40))


def test_a_group_taken_away_elsewhere_goes_here_unless_something_in_it_was_changed(page, desk):
    page.forms.open(DraftKey("A-1042", "assessments", "a1"))
    put(page, date="2014-04-02")
    without = replace(desk.patients.open("A-1042").record.assessments[0], progression=None)
    by_somebody_else(desk, without)
    save_and_load_the_newer(page)
    page.pane.form.save()
    assert desk.patients.open("A-1042").record.assessments[0] == replace(without, date="2014-04-02")


def test_rows_that_both_changed_are_asked_about_as_a_whole(page, desk):
    page.forms.open(DraftKey("A-1042", "assessments", "a1"))
    rows = page.pane.form.fields["target_lesions"].value()
    put(page, target_lesions=[{**rows[0], "mm": "31"}])
    now = desk.patients.open("A-1042").record.assessments[0]
    by_somebody_else(desk, replace(now, target_lesions=(replace(now.target_lesions[0], mm=Decimal(29)),)))
    save_and_load_the_newer(page)
    assert page.pane.both_changed.words.text() == (
        "Lesion: “T1: site lung, mm 31” is typed here, and meanwhile “T1: site lung, mm 29” was stored in the place of "
        "“T1: site lung, mm 30”. Which is right?"
    )


def test_the_details_of_the_patient_and_a_diagnosis_begun_twice(page, desk):
    page.forms.add("patient")
    put(page, phone="0123")
    opened = desk.patients.open("A-1042")
    named = replace(opened.record, patient=a_patient(family_name="Married"), diagnosis=a_diagnosis(stage="IV"))
    desk.patients.save(named, opened.version)
    save_and_load_the_newer(page)
    page.pane.form.save()
    patient = desk.patients.open("A-1042").record.patient
    assert (patient.family_name, patient.phone) == ("Married", "0123")


def test_typing_of_an_entry_that_is_gone_waits_while_a_new_one_has_typing_of_its_own(page, desk, drafts):
    page.forms.open(KEY)
    put(page, to="3.11.2014")
    page.forms.open(KEY._replace(entry=""))
    put(page, term="nausea")
    page.pane.close_form()
    opened = desk.patients.open("A-1042")
    desk.patients.save(replace(opened.record, adverse_events=()), opened.version)
    page.opened.reload()
    page.forms.open(KEY)
    assert page.pane.draft.get("term") == "nausea"
    page.pane.discard()
    page.forms.open(KEY)
    assert (page.pane.draft.get("term"), page.pane.draft.get("to")) == ("rash", "3.11.2014")
    assert drafts.everything() == (KEY._replace(entry=""),)
