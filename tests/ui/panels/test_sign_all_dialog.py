"""All letters that wait: looked at, signed together, printed together, stopped half way."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hands import press, until
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from app.record.patient import Team
from app.record.reading import NotPossible
from app.services.letter_archive import UnsignedLetter
from app.services.people import Person
from app.ui import printing
from app.ui.panels.print_dialog import PrintDialog
from app.ui.panels.sign_all_dialog import STATE, SignAllDialog
from app.ui.panels.sign_dialog import SignDialog
from app.ui.settings import Settings
from builders import a_diagnosis, a_line, a_patient, a_record

NAMES = ("Adams", "Brown", "Clark")


@pytest.fixture
def waiting(desk):
    """Three patients with a letter each that waits, and a doctor."""
    desk.people.put(Person(name="Dr S. Ahmed", role="doctor"))
    for number, name in enumerate(NAMES):
        patient = a_patient(mrn=f"A-{number}", family_name=name, team=Team(doctor="Dr S. Ahmed"))
        desk.patients.save(a_record(a_line(), patient=patient, diagnosis=a_diagnosis()), None)
        letter = UnsignedLetter(mrn=f"A-{number}", kind="clinic", language="en", recipient="", day="2014-11-05")
        desk.archive.put_unsigned(letter)
    return desk.archive.unsigned(date(2014, 11, 5))


@pytest.fixture
def dialog(desk, qtbot, waiting):
    shown = SignAllDialog(desk, waiting, Settings(None))
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    until(lambda: bool(shown.pages.pdf), "the first letter")
    return shown


def text(pdf):
    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


def states(dialog):
    return [dialog.list.topLevelItem(row).text(STATE) for row in range(dialog.list.topLevelItemCount())]


def confirm(dialog):
    dialog.sign.setFocus()
    press("Space")
    until(lambda: isinstance(QApplication.activeModalWidget(), SignDialog), "the question")
    question = QApplication.activeModalWidget()
    press("Return")
    return question


def test_each_letter_is_looked_at_by_the_arrows_as_a_draft(dialog):
    assert "Adams" in text(dialog.pages.pdf)
    press("Down")
    until(lambda: dialog.pages.pdf and "Brown" in text(dialog.pages.pdf), "the second letter")
    assert "DRAFT" in text(dialog.pages.pdf)


def test_what_is_left_out_by_space_is_not_signed_and_the_question_names_the_others(dialog, desk):
    press("Down")
    press("Space")
    assert dialog.sign.text().replace("&", "") == "Sign 2 letters…"
    question = confirm(dialog)
    said = question.what.text()
    assert "Adams" in said and "Clark" in said and "Brown" not in said  # noqa: PT018
    until(lambda: len(dialog.batch.signed) == 2 and dialog.print.isEnabled(), "two signatures")
    assert [bool(desk.archive.signed(f"A-{number}")) for number in range(3)] == [True, False, True]
    assert states(dialog)[0] == f"✓ {dialog.batch.signed[0].code}"
    assert [one.letter.mrn for one in desk.archive.unsigned(date(2014, 11, 5))] == ["A-1"]


def test_the_question_says_which_letters_nobody_has_looked_at(dialog):
    press("Down")
    until(lambda: 1 in dialog.looked_at, "the second letter")
    said = confirm(dialog).what.text().splitlines()
    assert [one.startswith("▲") for one in said[:3]] == [False, False, True]
    assert said[3] == "▲ 1 letter was not looked at here."


def test_a_letter_whose_record_has_changed_since_it_was_looked_at_is_not_signed(dialog, desk):
    until(lambda: 0 in dialog.looked_at, "the first letter")
    opened = desk.patients.open("A-0")
    changed = replace(opened.record, patient=replace(opened.record.patient, given_name="Eve"))
    desk.patients.save(changed, opened.version)
    confirm(dialog)
    until(lambda: "Not done" in dialog.said.text(), "the end")
    assert "The record has changed since this letter was looked at" in dialog.said.text()
    assert desk.archive.signed("A-0") == ()


def test_escape_stops_the_signing_and_no_key_of_cancel_closes_the_list(dialog, desk, monkeypatch):
    sign = desk.archive.sign

    def sign_while_escape_is_pressed(*given):
        dialog.reject()
        return sign(*given)

    monkeypatch.setattr(desk.archive, "sign", sign_while_escape_is_pressed)
    confirm(dialog)
    until(lambda: "Cancelled" in dialog.said.text(), "the end")
    assert len(dialog.batch.signed) == 1
    press("Alt+C")
    assert dialog.isVisible()


def test_what_was_signed_is_still_said_when_the_list_is_closed(dialog, qtbot):
    all_signed(dialog)
    with qtbot.waitSignal(dialog.closed) as heard:
        press("Esc")
    assert heard.args == ["3 of 3 signed."]


def test_one_that_cannot_be_signed_says_why_and_keeps_none_of_the_others(dialog, desk, monkeypatch):
    sign = desk.archive.sign

    def refuse_one(record, *rest):
        if record.patient.mrn == "A-1":
            raise NotPossible("The record has changed.")
        return sign(record, *rest)

    monkeypatch.setattr(desk.archive, "sign", refuse_one)
    confirm(dialog)
    until(lambda: "Not done" in dialog.said.text(), "the end")
    assert dialog.said.text() == "2 of 3 signed. Not done: Brown, Ada (The record has changed.)"
    assert [one.mrn for one in dialog.batch.signed.values()] == ["A-0", "A-2"]
    assert states(dialog)[1] == "■ The record has changed."


def test_a_cancelled_signing_ends_after_the_letter_it_is_at(dialog, desk, monkeypatch):
    sign = desk.archive.sign

    def sign_and_be_cancelled(*given):
        dialog.batch.cancel()
        return sign(*given)

    monkeypatch.setattr(desk.archive, "sign", sign_and_be_cancelled)
    confirm(dialog)
    until(lambda: "Cancelled" in dialog.said.text(), "the end")
    assert dialog.said.text() == "1 of 3 signed. Cancelled: the others are as they were."
    assert [one.mrn for one in dialog.batch.signed.values()] == ["A-0"]
    assert states(dialog)[1:] == ["waits", "waits"]
    assert len(desk.archive.unsigned(date(2014, 11, 5))) == 2


def test_a_fault_of_the_program_in_one_letter_does_not_stop_the_others(dialog, desk, monkeypatch, qtbot):
    sign = desk.archive.sign

    def fail_once(record, *rest):
        if record.patient.mrn == "A-0":
            raise ZeroDivisionError
        return sign(record, *rest)

    monkeypatch.setattr(desk.archive, "sign", fail_once)
    with qtbot.captureExceptions() as raised:
        confirm(dialog)
        until(lambda: "Not done" in dialog.said.text(), "the end")
        until(lambda: raised, "the fault to be told")
    assert [one.mrn for one in dialog.batch.signed.values()] == ["A-1", "A-2"]
    assert states(dialog)[0] == "■ a fault of the program"
    assert raised[0][0] is ZeroDivisionError


def all_signed(dialog):
    confirm(dialog)
    until(lambda: len(dialog.batch.signed) == 3 and dialog.print.isEnabled(), "three signatures")


def asked_to_print(dialog):
    dialog.print.setFocus()
    press("Space")
    until(lambda: isinstance(QApplication.activeModalWidget(), PrintDialog), "the printing")
    return QApplication.activeModalWidget()


def test_everything_signed_is_printed_letter_by_letter(dialog, a_printer):
    all_signed(dialog)
    assert not dialog.sign.isEnabled()
    box = asked_to_print(dialog)
    assert box.windowTitle() == "Print 3 letters"
    assert "the first of 3 letters" in box.page_words.text()
    press("Return")
    until(lambda: "sent to the printer" in dialog.said.text(), "the printing")
    assert dialog.said.text().startswith("3 of 3 sent to the printer")
    assert [one.endswith("sent to the printer") for one in states(dialog)] == [True] * 3


def test_a_printer_that_goes_away_leaves_no_letter_marked_as_printed_that_was_not(dialog, a_printer, monkeypatch):
    printed = []

    def print_one_only(pdf, _printer, _stamp):
        if printed:
            raise NotPossible("The printer Ward 4 cannot be reached.")
        printed.append(pdf)

    all_signed(dialog)
    monkeypatch.setattr(printing, "print_letter", print_one_only)
    asked_to_print(dialog)
    press("Return")
    until(lambda: "Not done" in dialog.said.text(), "the end")
    assert "1 of 3 sent to the printer" in dialog.said.text()
    codes = [dialog.batch.signed[row].code for row in range(3)]
    assert states(dialog) == [
        f"✓ {codes[0]}\nsent to the printer",
        *(f"✓ {code}\n■ The printer Ward 4 cannot be reached." for code in codes[1:]),
    ]
    monkeypatch.undo()
    assert dialog.print.isEnabled()
    assert asked_to_print(dialog).windowTitle() == "Print 2 letters"
    press("Esc")


def test_printing_that_is_cancelled_says_what_was_printed(dialog, a_printer, monkeypatch):
    def print_and_be_cancelled(_pdf, _printer, _stamp):
        dialog.batch.cancel()

    all_signed(dialog)
    monkeypatch.setattr(printing, "print_letter", print_and_be_cancelled)
    asked_to_print(dialog)
    press("Return")
    until(lambda: "Cancelled" in dialog.said.text(), "the end")
    assert dialog.said.text().startswith("1 of 3 sent to the printer")
    assert [one.endswith("sent to the printer") for one in states(dialog)] == [True, False, False]


def test_nothing_waits_is_said_and_opens_no_list(desk, open_window):
    window = open_window()
    press("Ctrl+Alt+G")
    assert window.statusBar().currentMessage() == "No letter waits for a signature."
