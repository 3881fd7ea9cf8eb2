"""What is typed into a letter before it is kept: there again after every way out, gone when it is signed."""

from threading import Event

import pytest
from hands import fill, go_to, press, until, write
from PySide6.QtWidgets import QApplication

from app.record.patient import GeneralPractitioner
from app.record.reading import NotPossible
from app.services.letter_archive import LetterArchive
from app.services.letters import Letters
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


def sign_elsewhere(desk):
    """Sign the one letter that waits, and return the key under which changes of it are kept."""
    (waiting,) = desk.archive.unsigned(desk.today())
    record = desk.patients.open("A-1042").record
    desk.archive.sign(record, desk.today(), waiting.letter, desk.people.listed()[0])
    return DraftKey("A-1042", LETTER, str(waiting.letter.key))


@pytest.mark.parametrize("is_next_session", [False, True])
def test_changes_of_a_letter_that_was_signed_elsewhere_become_those_of_a_new_one(open_letter, desk, is_next_session):
    desktop = open_letter()
    type_closing()
    press("Ctrl+B")
    type_closing(" And well.")
    if is_next_session:
        desktop.window.close()
    sign_elsewhere(desk)
    if is_next_session:
        desktop = open_letter()
    desktop._resume("A-1042")
    assert (letter_of(desktop).key, letter_of(desktop).closing) == (None, "Until soon. And well.")
    assert desktop.drafts.everything() == (KEY,)


def test_they_wait_while_a_new_letter_has_words_of_its_own(open_letter, desk):
    desktop = open_letter()
    press("Ctrl+B")
    type_closing("First.")
    press("Ctrl+J")
    type_closing("Second.")
    old = sign_elsewhere(desk)
    desktop._resume("A-1042")
    assert letter_of(desktop).closing == "Second."
    assert set(desktop.drafts.everything()) == {KEY, old}
    press("Ctrl+J")
    desktop._resume("A-1042")
    assert letter_of(desktop).closing == "First."
    assert desktop.drafts.everything() == (KEY,)


@pytest.fixture
def held(monkeypatch):
    """What is waited for before a letter is signed."""
    go_on, sign = Event(), LetterArchive.sign
    monkeypatch.setattr(LetterArchive, "sign", lambda *given: go_on.wait(30) and sign(*given))
    return go_on


@pytest.mark.parametrize("keys", ["Ctrl+B", "Ctrl+G"])
def test_a_letter_that_was_signed_elsewhere_is_neither_kept_nor_signed_again_and_its_words_go_on(
    open_letter, desk, keys
):
    desktop = open_letter()
    press("Ctrl+B")
    type_closing("And well.")
    sign_elsewhere(desk)
    said = []
    desktop.letter.not_possible.connect(said.append)
    press(keys)
    if keys == "Ctrl+G":
        until(lambda: isinstance(QApplication.activeModalWidget(), SignDialog), "the question")
        press("Return")
    until(lambda: said == ["This letter was signed or put away meanwhile."], "the reason")
    assert (letter_of(desktop).key, letter_of(desktop).closing) == (None, "And well.")
    assert desktop.drafts.everything() == (KEY,)
    press("Ctrl+B")
    (waiting,) = desk.archive.unsigned(desk.today())
    assert waiting.letter.closing == "And well."
    assert desktop.drafts.everything() == ()


def begin_to_sign(desktop):
    press("Ctrl+G")
    until(lambda: isinstance(QApplication.activeModalWidget(), SignDialog), "the question")
    press("Return")
    assert desktop.letter._signing.is_busy


def end_of_signing(desktop, desk, held):
    held.set()
    until(lambda: not desktop.letter._signing.is_busy, "the signature")
    (signed,) = desk.archive.signed("A-1042")
    assert desktop.window.statusBar().currentMessage() == (
        f"Signed as {signed.code}: it is in the list of the patient’s letters."
    )


@pytest.mark.parametrize("waits", [False, True])
def test_what_is_typed_while_a_letter_is_being_signed_is_that_of_a_new_one(open_letter, desk, held, waits):
    desktop = open_letter()
    type_closing()
    if waits:
        press("Ctrl+B")
    begin_to_sign(desktop)
    type_closing(" And well.")
    end_of_signing(desktop, desk, held)
    assert (letter_of(desktop).key, letter_of(desktop).closing) == (None, "Until soon. And well.")
    assert desktop.drafts.everything() == (KEY,)
    assert desktop.letter.page.signed is None
    assert desk.archive.unsigned(desk.today()) == ()


def test_who_goes_on_to_another_patient_while_a_letter_is_being_signed_stays_there(open_letter, desk, held):
    desk.patients.save(a_record(patient=a_patient(mrn="A-2", family_name="Other")), None)
    desktop = open_letter()
    type_closing()
    begin_to_sign(desktop)
    desktop.open_patient("A-2")
    press("Ctrl+4")
    type_closing("Hers.")
    end_of_signing(desktop, desk, held)
    assert letter_of(desktop).closing == "Hers."
    assert desktop.drafts.everything() == (DraftKey("A-2", LETTER),)


def test_while_the_settings_cannot_be_read_nothing_of_the_patient_before_can_be_used(open_letter, desk, monkeypatch):
    desk.patients.save(a_record(patient=a_patient(mrn="A-2", family_name="Other")), None)
    desktop = open_letter()
    press("Ctrl+B")
    type_closing("Hers.")
    (ada,) = desktop.drafts.everything()

    def unreadable(_letters):
        raise NotPossible("clinic.yaml cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr(Letters, "settings", unreadable)
        desktop.open_patient("A-2")
        press("Ctrl+4")
        until(lambda: "clinic.yaml cannot be read." in desktop.letter.page.words.text(), "the reason")
        assert not desktop.letter.page.choices.isEnabled()
        assert not desktop.letter.page.list.isVisible()
        for name in ("sign_letter", "keep_unsigned", "put_away_letter", "letter_changes"):
            assert not desktop.window.actions_by_name[name].isEnabled()
    desktop.letter._compose_again()
    shown(desktop)
    assert (letter_of(desktop).mrn, letter_of(desktop).key, letter_of(desktop).closing) == ("A-2", None, None)
    type_closing("His.")
    assert desktop.drafts.everything() == (ada, DraftKey("A-2", LETTER))
    desktop.open_patient("A-1042")
    press("Ctrl+4")
    shown(desktop)
    assert letter_of(desktop).closing == "Hers."


def test_a_database_that_cannot_be_read_just_now_is_said_and_nothing_is_lost(open_letter, desk, monkeypatch):
    desktop = open_letter()
    press("Ctrl+B")
    type_closing("First.")
    (waiting,) = desk.archive.unsigned(desk.today())
    said = []
    desktop.letter.not_possible.connect(said.append)

    def locked(*_given):
        raise NotPossible("The database is locked.")

    monkeypatch.setattr(type(desk.archive), "unsigned", locked)
    desktop.letter.open_waiting(waiting.letter.key)
    desktop.letter.resume(str(waiting.letter.key))
    desktop.letter._look_again()
    assert set(said) == {"The database is locked."}
    assert (letter_of(desktop).key, letter_of(desktop).closing) == (waiting.letter.key, "First.")
