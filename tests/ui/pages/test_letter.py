"""The letter in the window: what is shown is what is saved and printed."""

from datetime import date
from functools import partial
from io import BytesIO
from threading import Event

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QThreadPool
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.record.reading import NotPossible
from app.ui.actions import build_actions
from app.ui.drafts import Drafts
from app.ui.letter_out import save
from app.ui.pages.letter import LetterPage
from app.ui.printing import print_pages
from app.ui.settings import Settings
from builders import a_diagnosis, a_line, a_record, a_specimen

DAY = date(2014, 11, 5)
RECORD = a_record(a_specimen(), a_line(), diagnosis=a_diagnosis())


@pytest.fixture
def page(desk, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    shown = LetterPage(desk, build_actions(owner), Settings(None), Drafts(None))
    qtbot.addWidget(shown)
    shown.resize(1000, 700)
    shown.show()
    return shown


def composed(page, qtbot, record=RECORD):
    page.show_letter(record, DAY)
    qtbot.waitUntil(lambda: bool(page.pdf), timeout=20000)


def test_the_letter_of_the_record_is_shown(page, qtbot):
    composed(page, qtbot)
    assert page.document.pageCount() == len(PdfReader(BytesIO(page.pdf)).pages)
    assert page.stack.currentWidget() is page.view
    assert page.page_words.text().startswith("Page 1 of ")


def test_what_is_saved_is_what_is_shown_under_a_name_without_the_patients(page, qtbot, tmp_path):
    composed(page, qtbot)
    assert page.file_name() == "clinic-letter-2014-11-05-draft.pdf"
    save(page.pdf, tmp_path / page.file_name())
    assert (tmp_path / page.file_name()).read_bytes() == page.pdf


def test_a_folder_that_cannot_be_written_is_said_and_leaves_nothing(page, qtbot, tmp_path):
    composed(page, qtbot)
    (tmp_path / "file").write_text("")
    with pytest.raises(NotPossible, match="cannot be written"):
        save(page.pdf, tmp_path / "file" / "letter.pdf")


def test_a_changed_record_gives_a_new_letter(page, qtbot):
    composed(page, qtbot)
    first = page.pdf
    page.show_letter(RECORD.with_entry(a_line(id="l2", start="2014-10-01")), DAY)
    assert page.pdf == b""
    qtbot.waitUntil(lambda: bool(page.pdf), timeout=20000)
    assert page.pdf != first


def test_a_letter_that_cannot_be_composed_says_why(page, qtbot, desk, monkeypatch):
    def not_now(*_given, **_more):
        raise NotPossible("The letterhead cannot be read.")

    monkeypatch.setattr(desk.letters, "compose", not_now)
    page.show_letter(RECORD, DAY)
    qtbot.waitUntil(lambda: "The letterhead cannot be read." in page.words.text(), timeout=10000)


def test_a_letter_that_is_wanted_no_more_is_not_shown_when_it_is_there_nor_why_it_is_not(page, qtbot):
    begun, ended = Event(), Event()

    def compose(result):
        begun.set()
        ended.wait(10)
        return result()

    for result in (lambda: b"%PDF-", lambda: 1 / 0):
        begun.clear()
        ended.clear()
        page.pages.compose(partial(compose, result))
        assert begun.wait(10)
        page.pages.drop("Something typed is wrong.")
        ended.set()
        assert QThreadPool.globalInstance().waitForDone(10000)
        qtbot.wait(50)
        assert (page.pdf, page.words.text()) == (b"", "Something typed is wrong.")


def test_every_page_is_printed_on_a4(page, qtbot, tmp_path):
    composed(page, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_pages(page.document, printer)
    printed = PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == page.document.pageCount()
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]


def test_a_printer_that_refuses_is_said(page, qtbot, tmp_path):
    composed(page, qtbot)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    with pytest.raises(NotPossible, match="The printer does not take the letter"):
        print_pages(page.document, printer)


def test_the_page_can_be_made_larger_and_fitted(page, qtbot):
    composed(page, qtbot)
    before = page.view.zoomFactor()
    page.zoom(1.25)
    assert page.view.zoomFactor() > before
    page.fit_width()
    assert page.view.zoomMode() == page.view.ZoomMode.FitToWidth
