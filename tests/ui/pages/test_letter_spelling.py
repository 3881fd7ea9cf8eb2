"""Spelling in the letter's own words, at the keyboard and with the mouse of the real window."""

import time
from dataclasses import replace

import pytest
from hands import go_to, press, until, write
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu

from app.services import spelling
from app.services.clinic import Clinic
from builders import a_line, a_patient, a_record

RIGHT = {"en": {"thank", "you", "for", "referring", "mrs"}, "fr": {"merci", "for", "mrs", "pour"}}


class Words:
    """A dictionary of a few words, as the library gives one."""

    def __init__(self, language):
        self._right = RIGHT[language]

    def check(self, word):
        return word.casefold() in self._right

    def suggest(self, word):
        return [one for one in sorted(self._right) if one[0] == word[0].casefold()]


@pytest.fixture
def words(monkeypatch):
    known = {language: Words(language) for language in RIGHT}
    monkeypatch.setattr(spelling, "dictionary_of", known.get)


@pytest.fixture
def real():
    spelling.dictionary_of.cache_clear()
    if not all(map(spelling.dictionary_of, ("en", "fr"))):
        pytest.skip("PyEnchant or a dictionary is not installed: .ci/system-packages.sh test says which")


@pytest.fixture
def desk(desk, tmp_path):
    """The desk of a clinic with settings of its own."""
    return replace(desk, clinic=Clinic(tmp_path))


@pytest.fixture
def own(tmp_path):
    """Where the words of this machine are kept."""
    return tmp_path / "words.txt"


@pytest.fixture
def desktop(desk, open_window):
    """The window with Ada's letter in it, and another patient."""
    desk.patients.save(a_record(a_line(), patient=a_patient()), None)
    desk.patients.save(a_record(patient=a_patient(mrn="A-2", family_name="Overthere")), None)
    desktop = open_window().desktop
    desktop.open_patient("A-1042")
    press("Ctrl+4")
    until(lambda: bool(desktop.letter.page.pdf), "the letter")
    press("Ctrl+L")
    return desktop


def field_of(desktop, name="closing"):
    return desktop.letter.page.choices.texts[name]


def underlined(field):
    """Return the words of the first line that are underlined as misspelt."""
    block = field.editor.document().firstBlock()
    return [
        block.text()[one.start : one.start + one.length]
        for one in block.layout().formats()
        if one.format.underlineStyle() == QTextCharFormat.UnderlineStyle.SpellCheckUnderline
    ]


def menu():
    until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    return QApplication.activePopupWidget()


def offered():
    return [one.text() for one in menu().actions() if one.text()]


def test_a_word_is_underlined_when_it_is_done_or_when_the_hand_rests(desktop, words):
    go_to("Words at the end")
    field = field_of(desktop)
    write("for refering")
    assert underlined(field) == [], "nobody is told that half a word is wrong"
    write(" ")
    assert underlined(field) == ["refering"]
    write("yuo")
    assert underlined(field) == ["refering"]
    until(lambda: underlined(field) == ["refering", "yuo"], "that the hand has rested")
    assert field.hint.text() == "refering: referring? Alt+Down"


def test_alt_down_offers_what_may_have_been_meant_and_return_puts_it_in(desktop, words):
    go_to("Words at the end")
    write("for refering mrs yuo crizotinib")
    press("Alt+Down")
    assert offered() == ["referring", "Add “refering” to the words of this machine"]
    press("Return")
    press("Alt+Down")
    assert offered()[0] == "you"
    press("Return")
    assert field_of(desktop).value() == "for referring mrs you crizotinib"
    until(lambda: field_of(desktop).hint.text() == "", "that nothing is wrong any more")
    press("Alt+Down")
    assert QApplication.activePopupWidget() is None


def test_the_menu_at_a_misspelt_word_offers_the_same_by_the_mouse(desktop, words):
    go_to("Words at the end")
    write("for refering mrs")
    editor = field_of(desktop).editor
    cursor = editor.textCursor()
    cursor.setPosition(7)
    editor.setTextCursor(cursor)
    at = editor.cursorRect().center()
    viewport = editor.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at), Qt.KeyboardModifier(0))
    QApplication.sendEvent(viewport, event)
    assert offered()[:2] == ["referring", "Add “refering” to the words of this machine"]
    assert len(offered()) > 4, "and what the menu of a text has besides"
    menu().actions()[0].trigger()
    menu().close()
    assert field_of(desktop).value() == "for referring mrs"
    far = QPoint(viewport.width() - 3, viewport.height() - 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, far, viewport.mapToGlobal(far), Qt.KeyboardModifier(0))
    QApplication.sendEvent(viewport, event)
    assert not any("Add" in one for one in offered())
    menu().close()


def test_a_word_is_added_to_those_of_this_machine(desktop, words, own):
    go_to("Words at the end")
    write("thank Keller")
    press("Alt+Down")
    press("Down")
    press("Return")
    assert own.read_text(encoding="utf-8") == "Keller\n"
    assert underlined(field_of(desktop)) == []
    assert field_of(desktop).hint.text() == ""
    assert field_of(desktop).value() == "thank Keller"


def test_no_name_of_a_patient_is_kept_in_the_words_of_this_machine(desktop, words, own):
    go_to("Words at the end")
    write("mrs Example mrs Overthere ")
    assert underlined(field_of(desktop)) == ["Overthere"], "the patient of the letter is right, and never offered"
    press("Alt+Down")
    said = []
    desktop.letter.page.not_possible.connect(said.append)
    press("Down")
    press("Return")
    assert said == ["“Overthere” is the name of a patient: it is not kept in the list of words."]
    assert not own.exists()
    press("Escape")


def test_it_is_the_language_of_the_letter_that_counts_not_of_the_window(desktop, words):
    go_to("Words at the end")
    write("merci thank ")
    field = field_of(desktop)
    assert underlined(field) == ["merci"]
    desktop.letter.page.choices.language.put("fr")
    until(lambda: underlined(field) == ["thank"], "that the language has changed")


def test_a_very_long_word_does_not_make_its_field_wider(desktop, words):
    go_to("Words at the end")
    field = field_of(desktop)
    before = field.minimumSizeHint().width()
    write("y" * 90 + " ")
    until(lambda: field.hint.text() != "", "that the hand has rested")
    assert field.hint.text().startswith("y" * 28 + "…? ")
    assert field.minimumSizeHint().width() <= max(before, 350)


def test_placeholders_are_not_marked(desktop, words):
    go_to("Words at the beginning")
    write("thank you {patient.name} {line.drug} ")
    assert underlined(field_of(desktop, "opening")) == []


def test_without_a_dictionary_nothing_is_underlined_and_nothing_offered(desktop, monkeypatch):
    monkeypatch.setattr(spelling, "dictionary_of", lambda _language: None)
    go_to("Words at the end")
    write("refering yuo ")
    press("Alt+Down")
    assert QApplication.activePopupWidget() is None
    assert underlined(field_of(desktop)) == []
    assert field_of(desktop).hint.text() == ""


def test_the_real_library_in_the_real_window(desktop, real):
    go_to("Words at the end")
    write("Thank you for refering Mrs Example, who takes crizotinib ")
    field = field_of(desktop)
    assert underlined(field) == ["refering"]
    press("Alt+Down")
    assert offered()[0] == "referring"
    press("Return")
    assert field.value().startswith("Thank you for referring Mrs Example")
    desktop.letter.page.choices.language.put("fr")
    until(lambda: "Thank" in underlined(field), "that the language has changed")


def test_typing_with_the_real_library_is_as_quick_as_without(desktop, real):
    go_to("Words at the end")
    write("refering " * 60)
    times = []
    for letter in "and she tolerates the treatement wel ":
        begun = time.thread_time()
        write(letter)
        times.append(time.thread_time() - begun)
    assert sorted(times)[len(times) * 9 // 10] < 0.05, times
