"""The record's page: forms beside the entries, typing that survives clicks elsewhere, errors marked, chains linked."""

from dataclasses import replace
from datetime import date

import pytest
from hands import name_of
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.record.assessment import Assessment, Progression
from app.ui.drafts import DraftKey, Drafts
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from app.ui.panels.in_error import InErrorDialog
from builders import a_diagnosis, a_line, a_patient, a_record, a_specimen, an_ihc

PROGRESSION = Assessment(id="a3", date="2014-10-28", modality="mri", progression=Progression(sites=("brain",)))
NEW_ASSESSMENT = DraftKey("A-1042", "assessments")


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "unfinished.json")


@pytest.fixture
def page(desk, drafts, qtbot):
    shown = PatientPage(desk, drafts)
    qtbot.addWidget(shown)
    shown.resize(1366, 640)
    desk.patients.save(a_record(a_specimen(), an_ihc(), a_line(), PROGRESSION, diagnosis=a_diagnosis()), None)
    shown.show_open(OpenRecord(desk, desk.patients.open("A-1042"), shown))
    shown.show()
    return shown


def stored(desk):
    return desk.patients.open("A-1042").record


def put(page, **typed):
    for path, value in typed.items():
        page.pane.form.fields[path].put(value)


def test_the_form_opens_beside_the_entries_and_hides_nothing_of_the_patient(page):
    page.forms.add("assessments")
    assert page.pane.isVisible()
    assert page.entries.isVisible()
    assert page.next_step.isVisible()
    assert page.course.isVisible()
    assert page.pane.title.text() == "New: assessment"


def test_the_day_a_demonstration_asks_about_is_offered_until_it_is_looked_at(page, desk):
    desk.patients.save(a_record(patient=a_patient(mrn="DEMO-2")), None)
    opened = OpenRecord(desk, desk.patients.open("DEMO-2"), page)
    page.show_open(opened)
    assert page.notice.isVisible()
    opened.look_at(date(2012, 7, 9))
    assert page.notice.isVisible()
    opened.look_at(date(2012, 7, 10))
    assert not page.notice.isVisible()


def test_typing_is_kept_when_another_entry_is_opened_and_there_when_one_comes_back(page, drafts):
    page.forms.add("assessments")
    put(page, date="1.11.20")
    page.forms.add("notes")
    assert page.pane.title.text() == "New: note"
    assert "✎ unfinished: new, being typed" in rows(page)
    page.forms.open(NEW_ASSESSMENT)
    assert page.pane.form.fields["date"].value() == "1.11.20"


def test_typing_is_kept_when_another_patient_is_opened(page, desk, drafts):
    page.forms.add("assessments")
    put(page, date="1.11.2014", modality="ct")
    desk.patients.save(a_record(patient=a_patient(mrn="B-1", family_name="Other")), None)
    page.show_open(OpenRecord(desk, desk.patients.open("B-1"), page))
    assert page.pane.form is None
    assert drafts.of("B-1") == ()
    page.show_open(OpenRecord(desk, desk.patients.open("A-1042"), page))
    page.forms.open(NEW_ASSESSMENT)
    assert page.pane.form.fields["modality"].value() == "ct"


def test_typing_survives_the_end_of_the_program(page, drafts, tmp_path):
    page.forms.add("assessments")
    put(page, date="1.11.2014")
    drafts.store()
    assert Drafts(tmp_path / "unfinished.json").typed(NEW_ASSESSMENT)["date"] == "1.11.2014"


def test_a_form_that_was_only_looked_at_leaves_nothing_unfinished(page, drafts):
    page.entries.select(DraftKey("A-1042", "therapy_lines", "l1"))
    page.edit_current()
    page.pane.close_form()
    assert drafts.everything() == ()
    assert not page.pane.isVisible()


def test_discarded_typing_is_gone(page, drafts):
    page.forms.add("notes")
    put(page, text="wrong patient")
    assert page.pane.discard_button.isVisible()
    page.pane.discard()
    assert drafts.everything() == ()


def test_discarding_is_the_next_step_of_the_keyboard_after_cancel(page):
    page.forms.add("notes")
    put(page, text="wrong patient")
    page.pane.form.cancel_button.setFocus()
    page.focusNextChild()
    assert page.focusWidget() is page.pane.discard_button


def test_what_is_saved_is_stored_chosen_in_the_list_and_no_longer_unfinished(page, desk, drafts):
    page.forms.add("notes")
    put(page, date="today", text="Phoned the GP.")
    page.pane.form.save()
    assert stored(desk).notes[0].text == "Phoned the GP."
    assert drafts.everything() == ()
    assert page.entries.current().key == DraftKey("A-1042", "notes", "n1")
    assert "Phoned the GP." in rows(page)


def test_a_correction_replaces_the_entry_and_can_be_undone(page, desk):
    page.forms.open(DraftKey("A-1042", "specimens", "s1"))
    put(page, site="pleural effusion")
    page.pane.form.save()
    assert stored(desk).specimens[0].site == "pleural effusion"
    page.opened.undo()
    assert stored(desk).specimens[0].site == "lung"


def test_the_next_step_changes_with_the_record(page):
    before = page.next_step.text.toPlainText()
    page.opened.put(replace(PROGRESSION, progression=None))
    assert page.next_step.text.toPlainText() != before


def test_a_rebiopsy_is_linked_to_the_progression_that_led_to_it(page, desk):
    page.add_rebiopsy()
    assert page.pane.form.fields["prompted_by"].value() == "a3"
    put(page, kind="plasma")
    page.pane.form.save()
    assert stored(desk).specimens[1].prompted_by == "a3"
    assert stored(desk).specimens[1].purpose == "re-biopsy"


def test_a_dose_change_goes_to_the_running_line(page):
    page.change_line("dose_change")
    assert page.pane.key == DraftKey("A-1042", "therapy_lines", "l1")


def test_an_entry_in_error_needs_a_reason_and_stays_readable(page, desk, qtbot):
    page.entries.select(DraftKey("A-1042", "therapy_lines", "l1"))

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, InErrorDialog)
        assert not dialog.mark.isEnabled()
        qtbot.keyClicks(dialog.reason, "belongs to another patient")
        dialog.mark.click()

    QTimer.singleShot(0, answer)
    page.mark_in_error()
    assert stored(desk).therapy_lines[0].entered_in_error.reason == "belongs to another patient"
    assert "Crizotinib · running — entered in error: belongs to another patient" in rows(page)
    page.edit_current()
    assert page.pane.form is None  # what is in error stays as it was


def test_the_reason_dialog_says_what_refers_to_the_entry(page, qtbot):
    dialog = InErrorDialog(a_specimen(), page.opened.record)
    qtbot.addWidget(dialog)
    assert any("IHC: positive" in label.text() for label in dialog.findChildren(type(page.next_step.banner)))


def test_a_fault_of_the_whole_record_is_said_beside_the_form_and_the_typing_stays(page, desk, drafts):
    page.forms.add("local_treatments")
    put(page, date="1.1.1950", kind="surgery", site="lung")
    page.pane.form.save()
    assert stored(desk).local_treatments == ()
    assert page.pane.form.fields["date"].fault.text() == "1950-01-01 is before the date of birth 1964-05-02"
    assert drafts.everything() == (DraftKey("A-1042", "local_treatments"),)


def test_after_somebody_elses_saving_the_newer_record_is_offered_and_the_typing_kept(page, desk):
    page.forms.add("notes")
    put(page, date="today", text="Mine.")
    other = desk.patients.open("A-1042")
    desk.patients.save(other.record.with_entry(a_line(id="l2", start="2014-09-01")), other.version)
    page.pane.form.save()
    assert page.notice.isVisible()
    assert "changed by somebody else" in page.notice.words.text()
    page.notice.button.click()
    assert page.pane.form.fields["text"].value() == "Mine."
    page.pane.form.save()
    assert [one.text for one in stored(desk).notes] == ["Mine."]
    assert [one.id for one in stored(desk).therapy_lines] == ["l1", "l2"]


def test_a_missing_fact_leads_to_the_form_where_it_belongs(page):
    page.activateWindow()
    page.next_step.fact_asked.emit("progression_extent")
    assert page.pane.key == DraftKey("A-1042", "assessments", "a3")
    assert name_of(QApplication.focusWidget()) == "Extent"
    page.next_step.fact_asked.emit("histology")
    assert page.pane.title.text() == "Diagnosis and staging"
    assert name_of(QApplication.focusWidget()) == "Histology"
    page.next_step.fact_asked.emit("alt_x_uln")
    assert page.pane.title.text() == "New: laboratory values"
    assert page.pane.form.fields["values"].grid.rows[0].cells["analyte"].value() == "ALT"
    assert name_of(QApplication.focusWidget()) == "Date of the draw"


def test_a_sign_of_the_course_opens_its_entry(page):
    page.course.chosen.emit("a3")
    assert page.pane.key == DraftKey("A-1042", "assessments", "a3")
    assert page.entries.current().key == DraftKey("A-1042", "assessments", "a3")


def test_the_number_of_a_patient_can_be_corrected_while_something_is_unfinished(page, desk, drafts):
    page.forms.add("notes")
    put(page, text="half a")
    page.forms.add("patient")
    put(page, mrn="A-1024")
    page.pane.form.save()
    assert page.opened.mrn == "A-1024"
    assert drafts.of("A-1024") == (DraftKey("A-1024", "notes"),)
    page.forms.open(DraftKey("A-1024", "notes"))
    assert page.pane.form.fields["text"].value() == "half a"


def rows(page):
    model = page.entries.model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    return [model.index(row, 1, group).data() for group in groups for row in range(model.rowCount(group))]


@pytest.mark.parametrize("elsewhere", ["focus_entries", "focus_next_step"])
def test_esc_closes_a_half_typed_form_from_anywhere_on_the_page(page, drafts, qtbot, elsewhere):
    page.activateWindow()
    page.forms.add("notes")
    put(page, text="half a")
    if elsewhere == "focus_entries":
        page.focus_entries()
    else:
        page.next_step.text.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.pane.form is None
    assert drafts.typed(DraftKey("A-1042", "notes"))["text"] == "half a"


def test_coming_back_to_a_form_finds_the_cursor_where_it_was(page, qtbot):
    page.activateWindow()
    page.forms.add("notes")
    page.pane.form.fields["text"].focus()
    page.focus_entries()
    page.focus_work()
    assert page.pane.form.fields["text"].holds(QApplication.focusWidget())
