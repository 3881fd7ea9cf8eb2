"""The letterhead: the clinic's own file is written, opened, read again, and a page shows what letters look like."""

from dataclasses import replace
from io import BytesIO

import pytest
from hands import go_to, press, until
from pypdf import PdfReader
from PySide6.QtGui import QDesktopServices

from app.services.advice import Advising
from app.services.clinic import OWN_AT_FIRST, Clinic
from app.services.letter_archive import LetterArchive
from app.services.letters import Letters
from app.services.sample_letter import sample_letter
from app.ui.panels.letterhead_dialog import LetterheadDialog
from builders import a_diagnosis, a_line, a_patient, a_record


@pytest.fixture
def own(desk, tmp_path):
    """The desk of a clinic whose own file is looked for in a folder of its own."""
    clinic = Clinic(tmp_path / "settings")
    letters = Letters(clinic, Advising(clinic))
    archive = LetterArchive(desk.patients._store, letters, desk.people, desk.today)
    return replace(desk, clinic=clinic, letters=letters, archive=archive)


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the system's editor."""
    files = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: files.append(url.toLocalFile()) or True)
    return files


@pytest.fixture
def dialog(own, qtbot):
    shown = LetterheadDialog(own)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    yield shown
    shown.close()


def written(own, text):
    own.clinic.file.parent.mkdir(exist_ok=True)
    own.clinic.file.write_text(text, encoding="utf-8")


def page(dialog):
    """Return the words of the page that is shown."""
    document = dialog.view.document()
    return document.getAllText(0).text() if dialog.stack.currentWidget() is dialog.view else ""


def text_of(pdf):
    return PdfReader(BytesIO(pdf)).pages[0].extract_text() if pdf else ""


def test_without_a_file_the_example_is_shown_and_it_is_said_so(dialog):
    until(lambda: "Example Hospital" in page(dialog), "the example")
    assert "There is no file yet" in dialog.state.text()
    assert dialog.place.text().endswith("clinic.yaml")
    assert dialog.faults.isHidden()


def test_without_an_editor_that_stays_said_after_the_file_was_read(own, dialog, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    until(lambda: bool(page(dialog)), "the page")
    press("Return")
    until(lambda: "without a fault" in dialog.state.text(), "the file to be read")
    assert dialog.no_editor.isVisible()
    assert "open it in a text editor" in dialog.no_editor.text()


def test_enter_writes_the_file_and_opens_it_in_the_editor_once(own, dialog, opened):
    until(lambda: bool(page(dialog)), "the page")
    assert "&" in dialog.edit.text()
    press("Return")
    assert "&" in dialog.edit.text()
    assert own.clinic.file.read_bytes() == OWN_AT_FIRST.read_bytes()
    assert opened == [str(own.clinic.file)]
    until(lambda: "without a fault" in dialog.state.text(), "the file to be read")
    written(own, "name: Our Hospital\n")
    press("Return")
    assert own.clinic.file.read_text() == "name: Our Hospital\n"
    assert len(opened) == 2


def test_what_is_saved_in_the_editor_is_shown_without_a_key(own, dialog, opened):
    until(lambda: bool(page(dialog)), "the page")
    press("Return")
    until(lambda: "without a fault" in dialog.state.text(), "the file to be read")
    written(own, "name: Our Hospital\n")
    until(lambda: "Our Hospital" in page(dialog), "the new name")
    anew = own.clinic.file.with_suffix(".new")
    anew.write_text("name: Their Hospital\n")
    anew.replace(own.clinic.file)
    until(lambda: "Their Hospital" in page(dialog), "the name of a file put in the place of the other")
    written(own, "name: Its Hospital\n")
    until(lambda: "Its Hospital" in page(dialog), "a change of the new file")
    assert opened == [str(own.clinic.file)]


def test_every_fault_is_said_beside_the_last_good_page_until_it_is_put_right(own, dialog):
    until(lambda: bool(page(dialog)), "the page")
    written(own, "name: 5\npaper: a3\n")
    press("F5")
    until(lambda: not dialog.faults.isHidden(), "the faults")
    lines = dialog.faults.toPlainText().split("\n")
    assert lines[0] == "name: must be text: put it in quotes"
    assert lines[1].startswith("paper: ")
    assert len(lines) == 2
    assert dialog.state.text().startswith("2 faults: no letter is composed until they are put right.")
    assert "The page is the last one without a fault." in dialog.state.text()
    assert "Example Hospital" in page(dialog)
    written(own, 'name: "5"\n')
    go_to("Look again (F5)")
    press("Space")
    until(lambda: dialog.faults.isHidden(), "the faults to be gone")
    assert "Example Hospital" not in page(dialog)


def test_a_file_that_is_wrong_from_the_start_is_said_where_the_page_would_be(own, qtbot):
    written(own, "name: [")
    dialog = LetterheadDialog(own)
    qtbot.addWidget(dialog)
    dialog.show()
    until(lambda: not dialog.faults.isHidden(), "the faults")
    assert dialog.faults.toPlainText() == "line 1 is not valid YAML"
    assert "put right" in dialog.words.text()
    assert page(dialog) == ""


def test_a_folder_that_takes_no_file_is_said_and_nothing_is_opened(own, dialog, opened):
    until(lambda: bool(page(dialog)), "the page")
    own.clinic.file.parent.write_text("a file where the folder would be")
    dialog.open_file()
    assert "cannot be a folder" in dialog.state.text()
    assert opened == []


def test_the_letter_is_on_an_invented_patient_to_an_invented_doctor(own):
    text = text_of(sample_letter(own))
    assert "Dr Ada Example" in text
    assert "DEMO-1" in text


def test_the_action_opens_it_and_a_draft_that_is_open_has_the_new_letterhead_after(own, open_window):
    own.patients.save(a_record(a_line(), patient=a_patient(mrn="A-1042"), diagnosis=a_diagnosis()), None)
    window = open_window(own)
    window.desktop.open_patient("A-1042")
    press("Ctrl+4")
    letter = window.desktop.letter.page
    until(lambda: "Example Hospital" in text_of(letter.pdf), "the draft")
    press("Ctrl+Alt+P")
    until(lambda: window.findChild(LetterheadDialog) is not None, "the letterhead")
    dialog = window.findChild(LetterheadDialog)
    until(lambda: bool(page(dialog)), "the page")
    written(own, "name: Our Hospital\n")
    press("Esc")
    until(lambda: bool(letter.pdf), "the draft")
    assert "Our Hospital" in text_of(letter.pdf)
    until(lambda: window.findChild(LetterheadDialog) is None, "the dialog to be gone")
