"""The step before printing: printer, copies, sides, tray and colours by the keyboard; the sheets as they will be."""

import pytest
from hands import fill, go_to, press, until
from paper import A4, LETTER, PaperPrinters
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF, QSize
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from reportlab.pdfgen.canvas import Canvas

from app.record.reading import NotPossible
from app.ui.panels.letter_pages import document_of
from app.ui.panels.print_dialog import PrintDialog
from app.ui.printers import CUPS_OPTIONS
from app.ui.printing import drawn_sheet, pages_cut, print_letter
from app.ui.settings import Settings

MM = 72 / 25.4
A4_POINTS = (210 * MM, 297 * MM)


def a_pdf(path, size=A4_POINTS, pages=2, at=((20, 50),)):
    """Return pages with black squares of 5 mm, each given by its left and upper edge in millimetres."""
    canvas = Canvas(str(path), pagesize=size)
    for _page in range(pages):
        for left, top in at:
            canvas.rect(left * MM, size[1] - (top + 5) * MM, 5 * MM, 5 * MM, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def ink_of(page, document, dots=300):
    """Return where the ink of a page begins and ends, in millimetres: left, top, right, bottom."""
    points = document.pagePointSize(page)
    image = QImage(QSize(*(round(one * dots / 72) for one in points.toTuple())), QImage.Format.Format_Grayscale8)
    image.fill(255)
    picture = document.render(page, image.size())
    dark = [
        (column, row)
        for row in range(0, picture.height())
        for column in range(0, picture.width(), 2)
        if picture.pixelColor(column, row).alpha() > 128 and picture.pixelColor(column, row).lightness() < 128
    ]
    columns, rows = [one for one, _row in dark], [one for _column, one in dark]
    return tuple(25.4 * one / dots for one in (min(columns), min(rows), max(columns), max(rows)))


def printed(file):
    document = QPdfDocument()
    document.load(str(file))
    return document


@pytest.fixture
def open_dialog(qtbot, tmp_path):
    opened = []

    def open_it(pdf=None, *, settings=None, stamp="", **able):
        printers = PaperPrinters(tmp_path / "printed.pdf", **able)
        dialog = PrintDialog(
            pdf or a_pdf(tmp_path / "in.pdf"), settings or Settings(None), stamp, printers=printers
        )  # fmt: skip
        qtbot.addWidget(dialog)
        opened.append(dialog)
        dialog.got = []
        dialog.confirmed.connect(dialog.got.append)
        dialog.show()
        dialog.activateWindow()
        until(dialog.isActiveWindow, "the dialog")
        return dialog

    return open_it


def test_an_address_lands_at_the_same_millimetre_of_the_same_paper(open_dialog, tmp_path):
    places = ((20, 50), (3, 3), (200, 287))
    pdf = a_pdf(tmp_path / "in.pdf", at=places)
    dialog = open_dialog(pdf)
    press("Return")
    print_letter(pdf, dialog.got[0])
    paper = printed(tmp_path / "printed.pdf")
    assert paper.pageCount() == 2
    assert [round(one / MM) for one in paper.pagePointSize(0).toTuple()] == [210, 297]
    assert ink_of(0, paper) == pytest.approx((3, 3, 205, 292), abs=0.3)


def test_a_page_that_lies_is_printed_lying_and_as_large_as_it_is(open_dialog, tmp_path):
    pdf = a_pdf(tmp_path / "in.pdf", size=A4_POINTS[::-1], pages=1, at=((10, 20), (280, 190)))
    dialog = open_dialog(pdf)
    press("Return")
    print_letter(pdf, dialog.got[0])
    paper = printed(tmp_path / "printed.pdf")
    assert [round(one / MM) for one in paper.pagePointSize(0).toTuple()] == [297, 210]
    assert ink_of(0, paper) == pytest.approx((10, 20, 285, 195), abs=0.3)


def test_everything_is_chosen_by_keys_and_kept_for_this_paper_but_not_the_copies(open_dialog, tmp_path):
    settings = Settings(tmp_path / "window.json")
    dialog = open_dialog(settings=settings, names=("Ward 4", "Office"), trays=("Upper", "Manual"))
    until(dialog.tray.isEnabled, "the trays")
    fill("Printer", "Office")
    until(dialog.tray.isEnabled, "the trays of the other one")
    go_to("Copies")
    press("Up")
    fill("Sheets", "both")
    fill("Tray", "Manual")
    fill("Colours", "black")
    press("Return")
    (printer,) = dialog.got
    assert printer.copyCount() == 2
    assert dialog.choices().both_sides
    assert printer.colorMode() == QPrinter.ColorMode.GrayScale
    again = open_dialog(settings=Settings(tmp_path / "window.json"), names=("Ward 4", "Office"), trays=("Manual",))
    until(again.tray.isEnabled, "the trays")
    assert again.choices() == dialog.choices()
    assert again.copies.value() == 1
    envelope = a_pdf(tmp_path / "envelope.pdf", size=(229 * MM, 114 * MM), pages=1)
    other = open_dialog(envelope, settings=settings, names=("Ward 4", "Office"), trays=("Manual",))
    assert (other.choices().printer, other.choices().tray) == ("Ward 4", "")


def test_what_is_kept_says_nothing_of_a_patient(open_dialog, tmp_path):
    settings = Settings(tmp_path / "window.json")
    dialog = open_dialog(settings=settings)
    press("Return")
    ((paper, kept),) = next(iter(settings.printing.values())).items()
    assert paper == "210x297"
    assert kept == {"printer": "Ward 4", "both_sides": False, "tray": "", "grey": False}
    assert dialog.got[0].docName() == "Letter"


def test_a_printer_that_is_no_more_gives_way_to_the_usual_one(open_dialog, tmp_path):
    settings = Settings(None)
    open_dialog(settings=settings, names=("Office",))
    press("Return")
    assert open_dialog(settings=settings, names=("Ward 4",)).choices().printer == "Ward 4"


def test_a_printer_that_goes_away_meanwhile_is_said_and_nothing_is_printed(open_dialog, monkeypatch):
    dialog = open_dialog()
    monkeypatch.setattr(dialog.printers, "_names", ())
    press("Return")
    assert "Ward 4 cannot be reached: nothing was printed" in dialog.warning.text()
    assert dialog.got == []
    assert dialog.isVisible()


class Away:
    """A printer of a name that no printer has any more."""

    def outputFormat(self):
        return QPrinter.OutputFormat.NativeFormat

    def outputFileName(self):
        return ""

    def printerName(self):
        return "nowhere"


def test_a_printer_that_is_gone_when_the_letter_comes_is_refused(qapp, tmp_path):
    with pytest.raises(NotPossible, match="The printer nowhere cannot be reached: nothing was printed"):
        print_letter(a_pdf(tmp_path / "in.pdf"), Away())


def test_without_a_printer_it_is_said_what_to_do_instead(open_dialog):
    dialog = open_dialog(names=())
    assert "saved as PDF instead (Ctrl+S)" in dialog.warning.text()
    assert not dialog.print.isEnabled()
    press("Esc")
    assert not dialog.isVisible()


def test_another_paper_in_the_printer_is_said(open_dialog):
    assert open_dialog().warning.isHidden()
    usual = open_dialog(papers=(LETTER, A4)).warning.text()
    assert usual == "This is for A4, and the printer usually holds Letter: see that A4 is in the tray."
    assert "knows no paper of A4" in open_dialog(papers=(LETTER,)).warning.text()


def test_what_the_edge_of_a_printer_would_cut_off_is_said_but_not_of_the_marks_to_fold_by(open_dialog, tmp_path):
    pdf = a_pdf(tmp_path / "in.pdf", at=((20, 3),))
    assert "something at the edge of page 1, 2 is lost" in open_dialog(pdf, edges=4 * MM).warning.text()
    assert open_dialog(pdf, edges=2 * MM).warning.isHidden()
    canvas = Canvas(str(tmp_path / "fold.pdf"), pagesize=A4_POINTS)
    for height in (192, 105):
        canvas.line(3 * MM, height * MM, 8 * MM, height * MM)
    canvas.save()
    folded = document_of((tmp_path / "fold.pdf").read_bytes(), open_dialog())
    assert pages_cut(folded, QMarginsF(20, 20, 20, 20)) == ()


def test_the_sheets_are_turned_by_keys_and_shown_as_they_will_be(open_dialog):
    dialog = open_dialog(stamp="SUPERSEDED by the newer letter 7K3M-9QXT")
    assert dialog.page_words.text() == "Page 1 of 2"
    press("PgDown")
    assert dialog.page_words.text() == "Page 2 of 2"
    assert not dialog.down.isEnabled()
    press("PgUp")
    assert dialog.sheet.page == 0
    plain, stamped = (drawn_sheet(dialog._document, 0, 595, words) for words in ("", "SUPERSEDED"))
    assert plain != stamped
    fill("Colours", "black")
    assert dialog.sheet.grey


def test_only_some_pages_are_printed(open_dialog, tmp_path):
    dialog = open_dialog(a_pdf(tmp_path / "in.pdf", pages=3))
    go_to("From page")
    press("Up")
    go_to("To page")
    press("Down")
    assert (dialog.first.value(), dialog.last.value()) == (2, 2)
    press("Down")
    assert (dialog.first.value(), dialog.last.value()) == (1, 1)
    press("Return")
    print_letter((tmp_path / "in.pdf").read_bytes(), dialog.got[0])
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1


def test_the_tray_and_that_nothing_is_scaled_go_along_with_the_job(open_dialog, monkeypatch):
    given = []
    monkeypatch.setattr(
        "app.ui.printers.QPrinter.printEngine",
        lambda _printer: type("Engine", (), {"setProperty": lambda _self, key, value: given.append((key, value))})(),
    )
    dialog = open_dialog(trays=("Upper",))
    until(dialog.tray.isEnabled, "the trays")
    fill("Tray", "Upper")
    press("Return")
    assert given == [(CUPS_OPTIONS, ["print-scaling", "none", "InputSlot", "Upper"])]


def test_an_envelope_is_for_paper_of_its_own_size(open_dialog, tmp_path):
    pdf = a_pdf(tmp_path / "in.pdf", size=(229 * MM, 114 * MM), pages=1)
    dialog = open_dialog(pdf, papers=(A4, QPageSize(QPageSize.PageSizeId.EnvelopeC65)))
    assert "114 × 229" in dialog.warning.text() or "C65" in dialog.warning.text()


def test_the_dialog_of_the_system_comes_also_when_the_chosen_printer_is_gone(open_dialog, monkeypatch):
    asked = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda asking: asked.append(asking.printer()) or 0)
    dialog = open_dialog()
    dialog.printers._names = ()
    dialog.other.click()
    (printer,) = asked
    assert printer.pageLayout().pageSize().isEquivalentTo(A4)
    assert dialog.got == []
