"""All letters that wait: looked at, signed together, printed together, stopped half way."""

from datetime import date
from io import BytesIO

import pytest
from hands import press, until
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from app.record.patient import Team
from app.record.reading import NotPossible
from app.services.letter_archive import UnsignedLetter
from app.services.people import Person
from app.ui import printing
from app.ui.panels.sign_all_dialog import STATE, SignAllDialog
from app.ui.panels.sign_dialog import SignDialog
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
    shown = SignAllDialog(desk, waiting)
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
    until(lambda: len(dialog.signed) == 2 and dialog.print.isEnabled(), "two signatures")
    assert [bool(desk.archive.signed(f"A-{number}")) for number in range(3)] == [True, False, True]
    assert states(dialog)[0] == f"✓ {dialog.signed[0].code}"
    assert [one.letter.mrn for one in desk.archive.unsigned(date(2014, 11, 5))] == ["A-1"]


def test_one_that_cannot_be_signed_says_why_and_keeps_none_of_the_others(dialog, desk, monkeypatch):
    sign = desk.archive.sign

    def refuse_one(record, *rest):
        if record.patient.mrn == "A-1":
            raise NotPossible("The record has changed.")
        return sign(record, *rest)

    monkeypatch.setattr(desk.archive, "sign", refuse_one)
    confirm(dialog)
    until(lambda: "1 could not be signed" in dialog.said.text(), "the end")
    assert [one.mrn for one in dialog.signed] == ["A-0", "A-2"]
    assert states(dialog)[1] == "■ The record has changed."


def test_a_cancelled_signing_ends_after_the_letter_it_is_at(dialog, desk, monkeypatch):
    sign = desk.archive.sign

    def sign_and_be_cancelled(*given):
        dialog._cancel()
        return sign(*given)

    monkeypatch.setattr(desk.archive, "sign", sign_and_be_cancelled)
    confirm(dialog)
    until(lambda: dialog.said.text() == "1 signed.", "the end")
    assert [one.mrn for one in dialog.signed] == ["A-0"]
    assert len(desk.archive.unsigned(date(2014, 11, 5))) == 2


def test_everything_signed_is_printed_letter_by_letter(dialog, tmp_path, monkeypatch):
    printed = []

    def printer(_document, _parent):
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "out.pdf"))
        return made

    monkeypatch.setattr(printing, "ask_printer", printer)
    monkeypatch.setattr(printing, "print_letter", lambda pdf, _printer: printed.append(pdf))
    confirm(dialog)
    until(lambda: len(dialog.signed) == 3 and dialog.print.isEnabled(), "three signatures")
    assert not dialog.sign.isEnabled()
    dialog.print.setFocus()
    press("Space")
    until(lambda: dialog.said.text() == "The letters were sent to the printer.", "the printing")
    assert ["Adams" in text(printed[0]), "Brown" in text(printed[1]), "Clark" in text(printed[2])] == [True] * 3


def test_nothing_waits_is_said_and_opens_no_list(desk, open_window):
    window = open_window()
    press("Ctrl+Alt+G")
    assert window.statusBar().currentMessage() == "No letter waits for a signature."
