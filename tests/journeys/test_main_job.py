"""The main job by keyboard alone: a patient typed in, the next step seen to change, the letter printed and saved."""

from hands import fill, go_to, press, until, write
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from seen import in_dialog, lines_of, save, step_of

from app.ui.panels.print_dialog import PrintDialog


def begin_patient(window):
    press("Ctrl+N")
    fill("Number", "A-1042")
    fill("Family name", "Example")
    fill("Given name", "Ada")
    fill("Date of birth", "2.5.1964")
    fill("Sex", "female")
    press("Ctrl+Return")
    until(lambda: window.desktop.place == "record_page", "the record to open")


def test_from_a_fresh_database_to_a_printed_letter_by_keyboard_alone(open_window, tmp_path):
    window = open_window()
    assert window.find_page.below.currentWidget() is window.find_page.empty

    begin_patient(window)
    assert window.windowTitle() == "Example, Ada · A-1042 · born 2 May 1964 – ALKPath"
    assert window.desktop.header.number.text() == "A-1042"
    assert "born 2 May 1964" in window.desktop.header.facts.text()
    assert "HISTORICAL" in window.historical.text()
    assert window.historical.isVisible()

    type_diagnosis_and_tests(window)
    assert "stage IV" in window.desktop.header.facts.text()
    assert "ALK positive" in window.desktop.header.facts.text()
    assert "18 January 2014: Tissue, lung" in lines_of(window)
    assert "22 January 2014: FISH: 41 of 100 cells, positive · tissue of 18 January 2014" in lines_of(window)

    type_treatment(window)
    assert "3 February 2014: Crizotinib · 250 mg twice daily · running" in lines_of(window)
    before = step_of(window)
    assert "Continue crizotinib" in before

    type_progression(window)
    after = step_of(window)
    assert after != before
    assert after.split("PREFERRED")[1].strip().startswith("Continue crizotinib, and treat locally")
    assert "extent of the progression oligometastatic" in after
    assert "rule P4" in after

    print_letter(window, tmp_path / "printed.pdf")
    printed = PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == window.desktop.letter.page.document.pageCount() >= 2
    save_letter(window, tmp_path / "letter.pdf")
    words = "".join(page.extract_text() for page in PdfReader(tmp_path / "letter.pdf").pages)
    assert "Ada Example" in words
    assert "A-1042" in words
    assert "treat the brain lesions locally" in " ".join(words.split())


def type_diagnosis_and_tests(window):
    press("Ctrl+Shift+I")
    fill("Date of diagnosis", "18.1.2014")
    fill("Histology", "adeno")
    fill("Stage at diagnosis", "IV")
    save(window)
    assert "Request ALK" in step_of(window)

    press("Ctrl+Shift+S")
    fill("Purpose", "diagnosis")
    fill("Kind", "tissue")
    fill("Site", "lung")
    fill("Taken on", "18.1.2014")
    save(window)

    press("Ctrl+Shift+T")
    go_to("Specimen")
    press("Down")
    fill("Method", "FISH")
    fill("Status", "final")
    fill("Reported on", "22.1.2014")
    fill("Reader, row 1", "A")
    fill("Cells, row 1", "50")
    fill("Split, row 1", "20")
    fill("Reported as", "positive")
    save(window)
    assert "ALK pending" in window.desktop.header.facts.text()
    assert "second reader" in step_of(window)  # 40 % of 50 cells

    press("Return")  # the test just saved is chosen: correct it
    go_to("Split, row 1")
    fill("Reader, row 2", "B")
    fill("Cells, row 2", "50")
    fill("Split, row 2", "21")
    save(window)


def type_treatment(window):
    press("Ctrl+Shift+A")
    fill("Date", "30.1.2014")
    fill("Modality", "CT")
    go_to("Baseline of a line: not known")
    write("y")
    fill("Lesion, row 1", "T1")
    fill("Site, row 1", "lung")
    fill("mm, row 1", "42")
    save(window)

    press("Ctrl+Shift+L")
    fill("Drugs", "crizotinib")
    fill("Started on", "3.2.2014")
    fill("Drug, row 1", "crizotinib")
    fill("From, row 1", "3.2.2014")
    fill("Amount, row 1", "250")
    fill("Unit, row 1", "mg")
    fill("Frequency, row 1", "twice")
    save(window)


def type_progression(window):
    press("Ctrl+Shift+A")
    fill("Date", "28.10.2014")
    fill("Modality", "MRI")
    fill("Reported response", "PD")
    fill("Lesion, row 1", "T1")
    fill("Site, row 1", "lung")
    fill("mm, row 1", "20")
    go_to("This is a progression")
    press("Space")
    fill("Extent", "oligometastatic")
    save(window)
    assert "Complete the record" in step_of(window)
    assert "Say whether surgery or radiotherapy could reach the progression." in step_of(window)

    press("Return")  # the assessment just saved is chosen: say what is missing
    go_to("Local treatment possible: not known")
    write("y")
    go_to("Where it progressed")
    write("brain")
    press("Space")
    save(window)


def print_letter(window, path):
    """Print on the usual printer, as everything is chosen already."""

    def confirm(dialog):
        assert isinstance(dialog, PrintDialog)
        press("Return")
        return True

    press("Ctrl+4")
    until(lambda: window.desktop.letter.page.pdf, "the letter to be composed")
    assert in_dialog("Ctrl+P", confirm)
    until(path.exists, "the printed file")
    until(lambda: "The letter was saved as" in window.statusBar().currentMessage(), "word of it")


def save_letter(window, path):
    """Type a file's name into the dialog that asks for it."""
    offered = []

    def type_name():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        offered.append(dialog.findChild(QLineEdit).text())
        press("Ctrl+A")
        write(str(path))
        press("Return")

    QTimer.singleShot(300, type_name)
    press("Ctrl+S")
    until(path.exists, "the saved file")
    assert offered == ["clinic-letter-2014-11-05-draft.pdf"]  # no patient's name: files travel
