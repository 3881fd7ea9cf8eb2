"""An envelope or a label: what is printed is shown while it is typed."""

import pytest
from hands import go_to, press, write
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter

from app.ui.panels.letter_pages import document_of
from app.ui.panels.posting_dialog import PostingDialog
from app.ui.printing import fit_paper
from app.ui.settings import Settings


@pytest.fixture
def dialog(desk, qtbot):
    shown = PostingDialog(desk.letters.settings(), ("Dr Practice", "1 High Street"), Settings(None))
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    return shown


def test_the_address_of_the_letter_is_on_the_envelope_and_a_form_is_chosen_by_keys(dialog):
    assert dialog.pdf.startswith(b"%PDF-")
    assert not dialog.seen.pixmap().isNull()
    assert dialog.start.isHidden()
    press("End")
    assert dialog.form.value() == "labels"
    assert not dialog.start.isHidden()
    before = dialog.pdf
    go_to("First label that is free")
    press("Up")
    assert dialog.start.value() == 2
    assert dialog.pdf != before


def test_without_an_address_it_is_said_beside_the_field_and_nothing_is_printed(dialog):
    go_to("Address")
    press("Ctrl+A")
    press("Del")
    assert dialog.address.fault.text() == "Write an address, one line below the other."
    assert not dialog.print.isEnabled()
    write("Dr Other")
    assert dialog.address.fault.isHidden()
    assert dialog.print.isEnabled()


def test_the_printer_is_asked_for_paper_of_the_size_of_the_envelope(dialog):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    fit_paper(printer, document_of(dialog.pdf, dialog))
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    size = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    assert (round(size.width()), round(size.height())) == (229, 114)
