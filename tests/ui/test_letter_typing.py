"""What is typed into a letter before it is kept: there again after every way out, gone when it is signed."""

import pytest
from hands import fill, go_to, press, until, write
from PySide6.QtWidgets import QApplication

from app.record.patient import GeneralPractitioner
from app.services.people import Person
from app.ui.drafts import LETTER, DraftKey
from app.ui.panels.sign_dialog import SignDialog
from builders import a_diagnosis, a_line, a_patient, a_record

ADA = a_patient(gp=GeneralPractitioner(name="Dr Practice", address=("1 High Street",)))
KEY = DraftKey("A-1042", LETTER)


@pytest.fixture
def open_letter(desk, open_window):
    """Return what opens a window with the letter of Ada in it."""
    desk.patients.save(a_record(a_line(), patient=ADA, diagnosis=a_diagnosis()), None)
    desk.people.put(Person(name="Dr S. Ahmed", role="doctor"))

    def open_it():
        desktop = open_window().desktop
        desktop.open_patient("A-1042")
        press("Ctrl+4")
        shown(desktop)
        return desktop

    return open_it


def shown(desktop):
    until(lambda: bool(desktop.letter.page.pdf), "the letter")


def letter_of(desktop):
    return desktop.letter.page.choices.letter()


def type_closing(words="Until soon."):
    press("Ctrl+L")
    go_to("Words at the end")
    write(words)


def test_words_recipient_and_language_are_there_in_the_next_session(open_letter, tmp_path):
    first = open_letter()
    press("Ctrl+L")
    fill("Language", "French")
    type_closing()
    first.window.close()
    assert "Until soon." in (tmp_path / "unfinished.json").read_text(encoding="utf-8")
    again = open_letter()
    assert (letter_of(again).closing, letter_of(again).language) == ("Until soon.", "fr")
    assert again.window.statusBar().currentMessage() == "Here is what you had typed and not saved."
    again.go("patients_page")
    assert "A-1042" in again.window.find_page.unfinished.text()


def test_a_kind_alone_is_kept_but_is_no_unfinished_typing(open_letter, tmp_path):
    desktop = open_letter()
    press("Ctrl+L")
    fill("Kind", "Tumour")
    assert desktop.drafts.everything() == ()
    desktop.keep_typing()
    desktop.window.close()
    assert letter_of(open_letter()).kind == "mdt"


def test_what_is_as_it_was_at_first_is_kept_no_more(open_letter):
    desktop = open_letter()
    type_closing("x")
    assert desktop.drafts.everything() == (KEY,)
    press("Backspace")
    assert desktop.drafts.everything() == ()


def test_words_come_back_with_their_kind_also_in_the_next_session(open_letter):
    first = open_letter()
    type_closing()
    press("Ctrl+L")
    press("Down")
    go_to("Question to the board")
    write("Radiotherapy?")
    press("Ctrl+L")
    press("Home")
    assert letter_of(first).closing == "Until soon."
    first.window.close()
    again = open_letter()
    assert letter_of(again).closing == "Until soon."
    press("Ctrl+L")
    press("Down")
    assert letter_of(again).question == "Radiotherapy?"


def test_a_new_letter_throws_the_words_away_and_undoing_in_the_field_brings_them_back(open_letter):
    desktop = open_letter()
    type_closing()
    press("Ctrl+J")
    assert letter_of(desktop).closing is None
    assert desktop.drafts.everything() == ()
    go_to("Words at the end")
    press("Ctrl+Z")
    assert letter_of(desktop).closing == "Until soon."
    assert desktop.drafts.everything() == (KEY,)


def test_another_patients_words_cannot_be_brought_back_by_undoing(open_letter, desk):
    desk.patients.save(a_record(patient=a_patient(mrn="A-2", family_name="Other")), None)
    desktop = open_letter()
    type_closing()
    desktop.open_patient("A-2")
    press("Ctrl+4")
    shown(desktop)
    press("Ctrl+L")
    go_to("Words at the end")
    press("Ctrl+Z")
    assert letter_of(desktop).closing is None


def test_what_is_signed_is_unfinished_no_more(open_letter, desk):
    desktop = open_letter()
    type_closing()
    until(lambda: desktop.letter.page.pdf, "the letter")
    press("Ctrl+G")
    until(lambda: isinstance(QApplication.activeModalWidget(), SignDialog), "the question")
    assert QApplication.activeModalWidget().along.text() == "The record does not go along: the PDF is the letter alone."
    press("Return")
    until(lambda: desktop.letter.page.signed is not None, "the signature")
    assert desktop.drafts.everything() == ()


def test_what_is_kept_for_signing_is_unfinished_no_more_until_it_is_changed_again(open_letter, desk):
    desktop = open_letter()
    type_closing()
    press("Ctrl+B")
    assert desktop.drafts.everything() == ()
    type_closing(" And well.")
    (key,) = desktop.drafts.everything()
    (waiting,) = desk.archive.unsigned(desk.today())
    assert key == DraftKey("A-1042", LETTER, str(waiting.letter.key))
    desktop.open_patient("A-1042")
    desktop._resume("A-1042")
    assert letter_of(desktop).closing == "Until soon. And well."
    press("Ctrl+Alt+A")
    assert desktop.drafts.everything() == ()


def test_changes_of_a_letter_that_was_signed_elsewhere_become_those_of_a_new_one(open_letter, desk):
    desktop = open_letter()
    type_closing()
    press("Ctrl+B")
    type_closing(" And well.")
    (waiting,) = desk.archive.unsigned(desk.today())
    record = desk.patients.open("A-1042").record
    desk.archive.sign(record, desk.today(), waiting.letter, desk.people.listed()[0])
    desktop._resume("A-1042")
    assert (letter_of(desktop).key, letter_of(desktop).closing) == (None, "Until soon. And well.")
    assert desktop.drafts.everything() == (KEY,)
