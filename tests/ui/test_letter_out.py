"""A letter into a file: nothing is replaced unasked, nothing is left half written."""

from io import BytesIO

import pytest
from hands import press
from pypdf import PdfWriter
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.letters.kinds import file_name
from app.ui.letter_out import LetterOut
from app.ui.settings import Settings


@pytest.fixture
def out(qtbot, monkeypatch, tmp_path):
    """What saves, where the person answers the system's dialog with `letter` in a folder, without an ending."""
    owner = QWidget()
    qtbot.addWidget(owner)
    made = LetterOut(owner, Settings(None))
    made.owner, made.heard = owner, []
    made.said.connect(made.heard.append)
    made.not_possible.connect(made.heard.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "letter"), ""))
    return made


def answer(keys):
    """Press keys in the question that comes."""

    def look():
        if QApplication.activeModalWidget() is None:
            QTimer.singleShot(30, look)
            return
        for key in keys:
            press(key)

    QTimer.singleShot(0, look)


def test_a_name_without_ending_gets_one(out, tmp_path):
    out.ask_and_save(b"%PDF-1", "offered.pdf")
    assert (tmp_path / "letter.pdf").read_bytes() == b"%PDF-1"


def test_a_file_that_is_there_under_the_whole_name_is_replaced_only_when_that_is_wanted(out, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"of yesterday")
    answer(["Return"])
    out.ask_and_save(b"%PDF-1", "offered.pdf")
    assert (tmp_path / "letter.pdf").read_bytes() == b"of yesterday"
    assert out.heard == []
    answer(["Alt+R"])
    out.ask_and_save(b"%PDF-1", "offered.pdf")
    assert (tmp_path / "letter.pdf").read_bytes() == b"%PDF-1"


def test_the_next_letter_is_offered_in_the_folder_of_the_last_one(out, tmp_path, monkeypatch):
    offered = []

    def answered(_owner, _title, name, _kinds):
        offered.append(name)
        return str(tmp_path / "letter.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answered)
    out.ask_and_save(b"%PDF-1", "first.pdf")
    out.ask_and_save(b"%PDF-1", "second.pdf")
    assert offered[1] == str(tmp_path / "second.pdf")


def test_a_folder_that_is_none_is_said_and_nothing_is_there(out, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "file" / "letter.pdf"), ""))
    out.ask_and_save(b"%PDF-1", "offered.pdf")
    assert "cannot be written" in out.heard[0]
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_what_was_printed_into_a_file_is_said_to_be_there(out, tmp_path, qtbot):
    file = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFileName(str(file))
    blank = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(blank)
    out._print(blank.getvalue(), "", printer)
    qtbot.waitUntil(lambda: len(out.heard) == 2)
    assert out.heard == ["Printing…", f"The letter was saved as {file}."]
    assert file.exists()


def test_the_letters_of_one_day_have_names_of_their_own_and_none_of_a_patient():
    assert file_name("clinic", "2026-11-28", "K7QM-2F9D") == "clinic-letter-2026-11-28-K7QM-2F9D.pdf"
    assert file_name("pathway", "2026-11-28") == "pathway-summary-2026-11-28-draft.pdf"
