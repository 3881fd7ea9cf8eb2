"""Typing a few letters finds what to do, says its key, or why it cannot be done."""

import pytest
from PySide6.QtCore import Qt

from app.ui.command_palette import CommandPalette, best, fit, lines_of
from builders import a_patient, a_record


@pytest.mark.parametrize(
    ("typed", "words", "fits"),
    [
        ("", "Go: Patients", True),
        ("let pr", "Letter: Print letter", True),
        ("prnt", "Letter: Print letter", True),
        ("ACCES", "Add: Access to a drug", True),
        ("declin", "Decide: Décliner l’option", True),
        ("zz", "Go: Patients", False),
        ("print tumour", "Letter: Print letter", False),
    ],
)
def test_words_fit_by_their_beginnings_or_by_letters_in_their_order(typed, words, fits):
    assert (fit(typed, words) is not None) is fits


@pytest.fixture
def window(start_with, a_desk, desk):
    desk.patients.save(a_record(), None)
    desk.patients.save(a_record(patient=a_patient(mrn="B-7", family_name="Łukasik")), None)
    return start_with(a_desk).window


@pytest.fixture
def palette(window, qtbot):
    def open_it():
        window.actions_by_name["commands"].trigger()
        return window.findChildren(CommandPalette)[-1]

    return open_it


def test_every_action_but_itself_is_there_with_its_key(window):
    lines = lines_of(window)
    assert {line.action for line in lines} == set(window.actions_by_name) - {"commands"}
    assert all(line.keys for line in lines)


def test_what_begins_as_typed_comes_first_and_what_cannot_be_done_last(window):
    found = best(lines_of(window), "pr")
    assert found[0].action != "print_letter"
    assert next(line for line in found if line.action == "print_letter").why_not == "open a patient first"
    assert [bool(line.why_not) for line in found] == sorted(bool(line.why_not) for line in found)


def test_enter_does_what_the_line_says(palette, window, qtbot):
    shown = palette()
    qtbot.keyClicks(shown.box, "new pat")
    qtbot.keyClick(shown.box, Qt.Key.Key_Return)
    assert window.desktop.new_patient.pane.form is not None


def test_what_cannot_be_done_says_why_and_nothing_happens(palette, window, qtbot):
    shown = palette()
    qtbot.keyClicks(shown.box, "undo")
    assert shown.table.item(0, 0).text() == "Edit: Undo – nothing was changed"
    qtbot.keyClick(shown.box, Qt.Key.Key_Return)
    assert shown.isVisible()
    shown.reject()


def test_a_patient_is_opened_by_a_part_of_the_name(palette, window, qtbot):
    shown = palette()
    qtbot.keyClicks(shown.box, "luka")
    qtbot.waitUntil(lambda: any(line.mrn for line in shown.lines))
    assert shown.table.item(0, 0).text() == "open: Łukasik, Ada · B-7"
    qtbot.keyClick(shown.box, Qt.Key.Key_Return)
    assert window.desktop.opened.mrn == "B-7"


def test_arrows_move_the_line_while_the_keys_stay_in_the_box(palette, qtbot):
    shown = palette()
    qtbot.keyClicks(shown.box, "add")
    qtbot.keyClick(shown.box, Qt.Key.Key_Down)
    qtbot.keyClick(shown.box, Qt.Key.Key_Down)
    assert shown.table.currentRow() == 2
    qtbot.keyClicks(shown.box, " n")
    assert shown.box.text() == "add n"
    shown.reject()


def test_what_an_action_says_of_itself_is_found_before_scattered_letters(window):
    assert best(lines_of(window), "dark")[0].action == "next_theme"
    assert best(lines_of(window), "contrast")[0].action == "next_theme"


def test_where_nothing_fits_it_is_said_and_enter_does_nothing(palette, qtbot):
    shown = palette()
    qtbot.keyClicks(shown.box, "zzzz")
    qtbot.keyClick(shown.box, Qt.Key.Key_Return)
    assert shown.table.item(0, 0).text() == "Nothing is called so – the help (F1) finds more words"
    assert shown.isVisible()
