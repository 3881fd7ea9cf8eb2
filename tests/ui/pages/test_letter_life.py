"""The life of a letter at the keyboard: chosen, signed, kept, found again, compared, checked."""

from dataclasses import replace
from io import BytesIO

import pytest
from hands import go_to, name_of, press, until, write
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QMarginsF, Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.record.patient import GeneralPractitioner, Recipient, Team
from app.services.people import Person
from app.ui.drafts import DraftKey
from app.ui.panels import letter_list
from app.ui.panels.changes_dialog import ChangesDialog
from app.ui.panels.check_dialog import CheckDialog
from app.ui.panels.merge_dialog import MergeDialog
from app.ui.panels.sign_dialog import SignDialog
from app.ui.printing import pages_cut, print_letter, stamp_of
from builders import a_diagnosis, a_line, a_patient, a_record

ADA = a_patient(
    gp=GeneralPractitioner(name="Dr Practice", address=("1 High Street",), language="en"),
    recipients=(Recipient(name="Dr Referrer", role="referrer", language="fr"),),
    team=Team(nurse="M. Keller", doctor="Dr S. Ahmed"),
)
RECORD = a_record(a_line(), patient=ADA, diagnosis=a_diagnosis())


@pytest.fixture
def desktop(desk, open_window):
    """The window with Ada's letter in it; a nurse sits there, and two doctors may sign."""
    desk.patients.save(RECORD, None)
    for name, role in (("M. Keller", "nurse"), ("Dr B. Other", "doctor"), ("Dr S. Ahmed", "doctor")):
        desk.people.put(Person(name=name, role=role))
    desktop = open_window().desktop
    desktop.who.choose(next(one for one in desk.people.listed() if one.role == "nurse"))
    desktop.open_patient("A-1042")
    press("Ctrl+4")
    shown(desktop)
    return desktop


def shown(desktop):
    until(lambda: bool(desktop.letter.page.pdf), "the letter")


def dialog(kind):
    until(lambda: isinstance(QApplication.activeModalWidget(), kind), kind.__name__)
    return QApplication.activeModalWidget()


def sign(desktop):
    press("Ctrl+G")
    dialog(SignDialog)
    press("Return")
    until(lambda: desktop.letter.page.signed is not None and desktop.letter.page.pdf, "the signature")
    return desktop.letter.page.signed


def text(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def rows(desktop):
    listed = desktop.letter.page.list
    return [listed.topLevelItem(row).text(1).replace("\n", " | ") for row in range(listed.topLevelItemCount())]


def test_what_is_shown_is_a_draft_until_the_patients_doctor_signs_it(desktop, desk):
    page = desktop.letter.page
    assert "DRAFT" in text(page.pdf)
    assert page.state.text().startswith("Draft, not signed")
    assert page.file_name() == "clinic-letter-2014-11-05-draft.pdf"
    press("Ctrl+G")
    asked = dialog(SignDialog)
    assert asked.field.value() == "Dr S. Ahmed"
    said = asked.what.text()
    assert "Clinic letter on Example, Ada, A-1042, as of 5 November 2014" in said
    assert "Dr Practice (General practitioner)" in said
    press("Return")
    until(lambda: page.signed is not None and bool(page.pdf), "the signature")
    assert page.pdf == desk.archive.pdf(page.signed)
    assert "DRAFT" not in text(page.pdf)
    assert page.signed.signed_by == "Dr S. Ahmed"
    assert page.file_name() == f"clinic-letter-2014-11-05-{page.signed.code}.pdf"
    assert rows(desktop) == ["Clinic letter · 5 November 2014 | signed by Dr S. Ahmed · to: Dr Practice"]


def test_a_sentence_typed_blindly_onto_the_button_signs_nothing(desktop, desk):
    go_to("Sign letter…")
    write("  a b c")
    assert isinstance(QApplication.activeModalWidget(), SignDialog)
    press("Esc")
    assert desk.archive.signed("A-1042") == ()


def test_after_signing_the_keys_go_to_the_pages_and_not_into_another_draft(desktop):
    go_to("Words at the end")
    write("See you in May.")
    sign(desktop)
    letter = desktop.letter.page.signed
    write("x")
    assert desktop.letter.page.view.hasFocus()
    assert desktop.letter.page.signed == letter


def test_the_list_marks_the_letter_that_is_shown_and_none_beside_a_new_draft(desktop):
    listed = desktop.letter.page.list
    sign(desktop)
    assert [one.text(0) for one in listed.selectedItems()] == ["✓"]
    press("Ctrl+J")
    assert listed.selectedItems() == []
    press("Ctrl+Alt+L")
    assert [one.text(0) for one in listed.selectedItems()] == ["✓"]


def test_the_marks_of_the_list_take_the_colours_that_are_shown_now(desktop, monkeypatch):
    listed = desktop.letter.page.list
    sign(desktop)
    monkeypatch.setattr(letter_list, "colour", lambda ink: QColor("#123456") if ink == "done" else QColor("#ffffff"))
    QApplication.sendEvent(listed, QEvent(QEvent.Type.PaletteChange))
    assert listed.topLevelItem(0).foreground(0).color() == QColor("#123456")


def test_a_refusal_is_gone_as_soon_as_it_is_tried_again(desktop, desk):
    doctors = [one for one in desk.people.listed() if one.role == "doctor"]
    for one in doctors:
        desk.people.put(replace(one, retired=True))
    press("Ctrl+G")
    assert desktop.notice.isVisible()
    desk.people.put(replace(doctors[0], retired=False))
    press("Ctrl+G")
    dialog(SignDialog)
    assert not desktop.notice.isVisible()


def test_another_letter_begins_at_its_first_page_and_the_same_one_stays_at_its_page(desktop):
    page = desktop.letter.page
    sign(desktop)
    page.pages.next.click()
    assert page.page_words.text().startswith("Page 2 of")
    page.open_letter(page.signed)
    shown(desktop)
    assert page.page_words.text().startswith("Page 2 of")
    press("Ctrl+J")
    shown(desktop)
    assert page.page_words.text().startswith("Page 1 of")
    assert page.view.verticalScrollBar().value() <= page.view.documentMargins().top()


def test_nothing_is_signed_by_escape(desktop, desk):
    press("Ctrl+G")
    dialog(SignDialog)
    press("Esc")
    assert desk.archive.signed("A-1042") == ()
    assert desktop.letter.page.signed is None


def test_a_dialog_that_is_closed_is_gone_with_all_it_holds(desktop, desk, monkeypatch):
    asked = []

    def judge(judging):
        asked.append(judging)

    monkeypatch.setattr(MergeDialog, "judge", judge)
    desk.archive.put_unsigned(desktop.letter.page.choices.letter())
    for name in ("sign_letter", "sign_all", "check_letter", "envelope", "merge"):
        desktop.window.actions_by_name[name].trigger()
        dialog(QDialog).reject()
    until(lambda: desktop.window.findChildren(QDialog) == [], "the end of all dialogs")
    desktop.drafts.keep(DraftKey("A-1042", "notes"), {"text": "x"})
    assert asked == []


def test_without_a_doctor_in_the_list_it_is_said_what_to_do(desktop, desk):
    for one in desk.people.listed():
        if one.role == "doctor":
            desk.people.put(replace(one, retired=True))
    press("Ctrl+G")
    assert "Ctrl+Shift+U adds one" in desktop.notice.words.text()


def test_a_recipient_brings_the_language_and_both_can_be_chosen_by_keys(desktop):
    page = desktop.letter.page
    press("Ctrl+L")
    assert name_of(QApplication.focusWidget()) == "Kind"
    go_to("Recipient")
    press("Down")
    press("Down")
    assert page.choices.language.value() == "fr"
    until(lambda: page.pdf and "Lettre de consultation" in text(page.pdf), "the French letter")
    go_to("Language")
    press("Up")
    until(lambda: page.pdf and "Clinic letter" in text(page.pdf), "the English letter")
    assert page.choices.letter().recipient == "other referrer dr referrer"


def test_a_placeholder_that_there_is_not_is_refused_beside_its_field_and_cannot_be_signed(desktop):
    page = desktop.letter.page
    press("Ctrl+L")
    go_to("Words at the beginning")
    write("Hello {patient.nme}")
    field = page.choices.texts["opening"]
    assert field.fault.isVisible()
    assert field.fault.text().startswith("{patient.nme} is no placeholder; there are: {patient.name}")
    assert page.pdf == b""
    assert not desktop.window.actions_by_name["sign_letter"].isEnabled()
    press("Ctrl+A")
    write("Hello {patient.name}")
    until(lambda: page.pdf and "Hello Ada Example" in text(page.pdf), "the words in the letter")
    assert not field.fault.isVisible()


def test_a_newer_letter_supersedes_the_older_one_which_prints_with_a_line_over_its_head(desktop, desk, tmp_path):
    first = sign(desktop)
    press("Ctrl+J")
    shown(desktop)
    second = sign(desktop)
    assert rows(desktop)[1].endswith(f"superseded by {second.code} · to: Dr Practice")
    press("Ctrl+Alt+L")
    press("Down")
    press("Return")
    page = desktop.letter.page
    until(lambda: page.signed is not None and page.signed.code == first.code and page.pdf, "the older letter")
    assert f"superseded by the newer letter {second.code}" in page.state.text()
    assert page.pdf == desk.archive.pdf(first)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_letter(page.pdf, printer, stamp_of(page.signed))
    assert f"SUPERSEDED by the newer letter {second.code}" in text((tmp_path / "printed.pdf").read_bytes())
    assert stamp_of(second) == ""


def test_data_changed_since_are_said_and_listed(desktop, desk):
    sign(desktop)
    desktop.opened.put(replace(RECORD.therapy_lines[0], stopped_on="2014-10-20"))
    page = desktop.letter.page
    until(lambda: "Data changed since" in page.state.text(), "that data changed")
    assert "stopped on: 20 October 2014" in page.state.text()
    assert page.state.text().endswith("A new letter to the same recipient (Ctrl+J) says what was put right.")
    assert "data changed since" in rows(desktop)[0]
    shown(desktop)
    assert page.pdf == desk.archive.pdf(page.signed)
    press("Ctrl+Alt+C")
    listed = dialog(ChangesDialog).list
    assert listed.topLevelItem(0).child(0).child(0).text(0) == "stopped on: 20 October 2014"
    press("Esc")


def test_a_letter_waits_for_its_signature_and_is_found_again(desktop, desk):
    press("Ctrl+L")
    go_to("Words at the end")
    write("Until soon.")
    until(lambda: "Until soon." in text(desktop.letter.page.pdf) if desktop.letter.page.pdf else False, "the words")
    press("Ctrl+B")
    assert rows(desktop) == ["Clinic letter · 5 November 2014 | waits for a signature · kept by M. Keller"]
    assert desktop.letter.page.state.text() == "Draft that waits for its signature."
    press("Ctrl+J")
    shown(desktop)
    assert desktop.letter.page.choices.letter().key is None
    press("Ctrl+Alt+L")
    press("Return")
    shown(desktop)
    assert desktop.letter.page.choices.letter().closing == "Until soon."
    sign(desktop)
    assert desk.archive.unsigned(desk.today()) == ()
    assert "Until soon." in text(desktop.letter.page.pdf)


def test_what_waits_can_be_put_away(desktop, desk):
    press("Ctrl+B")
    press("Ctrl+Alt+A")
    assert desk.archive.unsigned(desk.today()) == ()
    assert desktop.letter.page.list.isHidden()


def test_a_code_is_checked_in_a_box(desktop):
    code = sign(desktop).code
    press("Ctrl+Alt+K")
    box = dialog(CheckDialog)
    write(code.replace("-", "").lower())
    press("Return")
    until(lambda: box.verdict.text() == "✓ Signed here", "what was found")
    assert box.found.toPlainText().startswith(f"{code}: Clinic letter for A-1042")
    box.typed.put("0000-0000")
    press("Return")
    until(lambda: "No letter of the code" in box.verdict.text(), "that there is none")
    press("Esc")


def test_a_superseded_letter_is_not_called_good_without_a_word_of_the_newer_one(desktop):
    code = sign(desktop).code
    press("Ctrl+J")
    shown(desktop)
    newer = sign(desktop).code
    press("Ctrl+Alt+K")
    box = dialog(CheckDialog)
    write(code)
    press("Return")
    until(lambda: box.verdict.text() == "△ Signed here, but a newer letter supersedes it", "what was found")
    assert box.verdict.objectName() == "warning"
    assert f"superseded by the newer letter {newer}" in box.found.toPlainText()
    press("Esc")


def test_a_letter_to_nobody_or_without_an_address_says_where_that_is_entered(desktop, desk):
    state = desktop.letter.page.state
    assert "\n" not in state.text()
    press("Ctrl+L")
    write("l")
    assert "No address of Ada Example is recorded" not in state.text()  # until it is composed
    until(lambda: "No address of Ada Example is recorded" in state.text(), "what is missing")
    desk.patients.save(a_record(patient=a_patient(mrn="A-2", family_name="Other")), None)
    desktop.open_patient("A-2")
    desktop.go("letter_page")
    shown(desktop)
    assert "Nobody to send it to is recorded: the patient’s details (Ctrl+Shift+E)" in state.text()


def test_what_can_be_inserted_is_found_by_the_first_letters_of_its_words(desktop):
    go_to("Words at the end")
    write("She takes ")
    choices = desktop.letter.page.choices
    closing, listed = choices.texts["closing"], choices.insert.editor.view()
    press("Tab")
    press("Down")
    assert closing.value() == "She takes "  # the list is open, nothing is put in unasked
    choices.insert.editor.hidePopup()
    write("d")
    QTest.keyClicks(listed, "r")
    QTest.keyClick(listed, Qt.Key.Key_Return)
    until(lambda: closing.value() == "She takes {line.drug}", "the drug in the words")


def test_a_letter_that_waits_is_opened_from_today_and_signed(desktop, desk):
    press("Ctrl+B")
    press("Ctrl+1")
    model = desktop.window.today_page.model
    until(lambda: model.counts()["unsigned"] == 1, "the letter on Today")
    (item,) = [one for one in model.items if one.kind == "letter_unsigned"]
    desktop.window.today_page.opened.emit(item)
    assert desktop.place == "letter_page"
    shown(desktop)
    assert desktop.letter.page.state.text() == "Draft that waits for its signature."
    sign(desktop)
    press("Ctrl+1")
    until(lambda: model.counts()["unsigned"] == 0, "that the letter is signed")


def test_what_was_typed_is_there_after_another_patient_and_after_a_change_of_the_record(desktop, desk):
    desk.patients.save(a_record(patient=a_patient(mrn="A-2", family_name="Other")), None)
    press("Ctrl+L")
    go_to("Words at the end")
    write("Until soon.")
    desktop.open_patient("A-2")
    desktop.go("letter_page")
    shown(desktop)
    assert desktop.letter.page.choices.letter().closing is None
    desktop.open_patient("A-1042")
    desktop.go("letter_page")
    shown(desktop)
    assert desktop.letter.page.choices.letter().closing == "Until soon."
    desktop.opened.put(replace(RECORD.therapy_lines[0], stopped_on="2014-10-20"))
    shown(desktop)
    assert desktop.letter.page.choices.letter().closing == "Until soon."


def test_what_is_asked_while_something_is_being_checked_is_what_is_answered(desktop, tmp_path):
    code = sign(desktop).code
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7")
    press("Ctrl+Alt+K")
    box = dialog(CheckDialog)
    box.typed.put(str(tmp_path / "other.pdf"))
    press("Return")
    box.typed.put(code)
    press("Return")
    until(lambda: box.verdict.text() == "✓ Signed here", "the second answer")
    assert box.found.toPlainText().startswith(code)
    press("Esc")


def test_whether_the_record_goes_along_is_said_before_signing(desktop, monkeypatch):
    settings = desktop.desk.letters.settings()
    monkeypatch.setattr(desktop.desk.letters, "settings", lambda: replace(settings, attach_record=True))
    press("Ctrl+G")
    assert "goes along inside the PDF (record.json)" in dialog(SignDialog).along.text()
    press("Esc")


def test_a_printer_that_leaves_five_millimetres_blank_cuts_nothing_of_a_signed_letter(desktop):
    sign(desktop)
    five = 5 / 25.4 * 72
    assert pages_cut(desktop.letter.page.document, QMarginsF(five, five, five, five)) == ()


def test_the_letter_that_puts_another_right_begins_with_its_words(desktop):
    press("Ctrl+L")
    go_to("Words at the end")
    write("Until soon.")
    sign(desktop)
    desktop.opened.put(replace(RECORD.therapy_lines[0], stopped_on="2014-10-20"))
    press("Ctrl+J")
    page = desktop.letter.page
    until(lambda: page.signed is None and page.pdf and "Until soon." in text(page.pdf), "the words in the new letter")
    assert page.choices.letter().closing == "Until soon."
    assert "do they still hold?" in desktop.window.statusBar().currentMessage()
    assert desktop.drafts.everything() == (), "nothing of it was typed here"
