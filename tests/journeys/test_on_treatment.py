"""A nurse's work while the treatment runs, by keyboard alone: laboratory values, a scan, a re-biopsy."""

from hands import fill, go_to, press, until, write
from journeys.conftest import store
from PySide6.QtGui import QGuiApplication
from seen import alert_of, in_dialog, lines_of, open_patient, preferred, save, step_of, today_of, tree_of

from builders import (
    a_baseline,
    a_diagnosis,
    a_dose,
    a_fish,
    a_line,
    a_reading,
    a_record,
    a_specimen,
    an_assessment,
)

HOLD = (
    "Withhold crizotinib: ALT or AST has been above 5 × ULN. To resume, a new value must show "
    "ALT and AST at most 3 × ULN, or back to baseline."
)


def on_crizotinib(*entries):
    """Return Ada Example, ALK positive, on crizotinib since 3 February 2014."""
    tests = a_specimen(), a_fish(a_reading(20), a_reading(21, reader="B"))
    treatment = a_line(doses=(a_dose(),)), a_baseline(42), an_assessment(20)
    return a_record(*tests, *treatment, *entries, diagnosis=a_diagnosis())


def responses_of(window):
    """Return the cells of the table of responses, row by row."""
    model = window.desktop.patient_page.responses.table.model()
    columns = range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def see_hold(window):
    """See that crizotinib is to be withheld: in the list, the header, the title, the panel, and on Today."""
    assert "4 November 2014: ALT 240 U/L · upper limit 40 · above the limit" in lines_of(window)
    assert alert_of(window) == "■ 1 urgent: withhold crizotinib"
    assert window.windowTitle() == "Example, Ada · A-1042 · born 2 May 1964 · ■ 1 urgent – ALKPath"
    urgent, preferred_ = step_of(window).split("PREFERRED")
    assert urgent.strip().startswith("■ URGENT")
    assert HOLD in urgent
    assert preferred_.strip().startswith("Withhold crizotinib")
    press("Ctrl+1")
    until(lambda: today_of(window)[:2] == ["■ Urgent  1", f"■ Example, Ada {HOLD}"], "the hold at the head of Today")


def test_liver_values_typed_in_say_withhold_crizotinib_wherever_one_looks(open_window, tmp_path):
    store(tmp_path, on_crizotinib())
    window = open_window()
    open_patient(window, "exam")
    assert alert_of(window) == ""
    press("Ctrl+Shift+V")
    fill("Date of the draw", "4.11.2014")
    values = (("ALT", "240", "40"), ("AST", "150", "35"), ("total bilirubin", "12", "21"))
    for row, (analyte, value, upper) in enumerate(values, start=1):
        fill(f"Analyte, row {row}", analyte)
        fill(f"Value, row {row}", value)
        fill(f"Upper, row {row}", upper)
    save(window)
    see_hold(window)


REPORT = """Collected 4.11.2014 08:15
ALT   240  U/L     < 40
AST   150  U/L     < 35
Total bilirubin  12  umol/L  0 - 21
Ferritin  180  ug/L  30 - 400
"""


def test_a_pasted_report_says_the_same(open_window, tmp_path):
    store(tmp_path, on_crizotinib())
    window = open_window()
    open_patient(window, "exam")
    QGuiApplication.clipboard().setText(REPORT)
    press("Ctrl+Shift+V")
    go_to("Analyte, row 1")

    def look(dialog):
        shown = tree_of(dialog.values), dialog.said.text(), dialog.take.text().replace("&", "")
        press("Return")
        return shown

    read, said, button = in_dialog("Ctrl+V", look)
    assert read == [
        "2014-11-04 | ALT | 240 | U/L | 40",
        "2014-11-04 | AST | 150 | U/L | 35",
        "2014-11-04 | total bilirubin | 12 | umol/L | 0 | 21",
        "Ferritin  180  ug/L  30 - 400 | no analyte of the record has this name",
    ]
    assert said == "3 values were read · 1 line was not understood and is not taken"
    assert button == "Take 3 values"
    save(window)
    see_hold(window)


def test_a_new_brain_lesion_makes_a_progression_and_its_rebiopsy_a_chain(open_window, tmp_path):
    store(tmp_path, on_crizotinib())
    window = open_window()
    open_patient(window, "exam")
    type_scan(window)
    assert preferred(window).startswith("Continue crizotinib, and treat locally · 250 mg twice daily")
    assert "rule P4" in preferred(window)
    press("Ctrl+R")
    assert responses_of(window)[0][2:7] == ["PD", "PD", "PR", "–", "yes"]
    press("Ctrl+R")

    type_rebiopsy(window)
    assert "31 October 2014: Re-biopsy, tissue, lung · for the progression of 28 October 2014" in lines_of(window)

    type_mutation(window)
    assert "4 November 2014: NGS: p.L1196M · re-biopsy of 31 October 2014" in lines_of(window)
    assert "L1196M was found: responses to ceritinib were seen with L1196M" in step_of(window)
    press("Ctrl+Y")
    assert (
        "Line 1, crizotinib\nprogressed on 28 October 2014 → re-biopsy taken on 31 October 2014 → L1196M found → "
        "▲ open: no next line yet"
    ) in step_of(window)


def type_scan(window):
    press("Ctrl+Shift+A")
    fill("Date", "28.10.2014")
    fill("Modality", "MRI")
    fill("Reported response", "PD")
    go_to("Same lesions as before")
    press("Space")
    fill("mm, row 1", "20")
    go_to("Site, row 1")  # of the new lesions
    write("brain")
    fill("Unequivocal, row 1", "yes")
    form = window.desktop.patient_page.pane.form
    assert form.response.text() == (
        "Sum 20 mm · −52.4 % from baseline (42 mm) · 0 % from nadir (20 mm) · RECIST 1.1: PD"
    )
    assert form.fields["reported_response"].hint.text() == "computed: PD"
    go_to("This is a progression")
    press("Space")
    go_to("Symptomatic: not known")
    write("n")
    fill("Tempo", "slow")
    go_to("Local treatment possible: not known")
    write("y")
    fill("Extent", "oligo")
    go_to("Where it progressed")
    write("brain")
    press("Space")
    save(window)


def type_rebiopsy(window):
    press("Ctrl+Shift+B")
    form = window.desktop.patient_page.pane.form
    assert form.fields["prompted_by"].editor.currentText() == "2014-10-28 · MRI · brain"
    fill("Status", "taken")
    fill("Site", "lung")
    fill("Taken on", "31.10.2014")
    save(window)


def type_mutation(window):
    press("Ctrl+Shift+T")
    fill("Specimen", "2014-10-31")
    fill("Method", "NGS")
    fill("Status", "final")
    fill("Reported on", "4.11.2014")
    fill("Gene, row 1", "ALK")
    fill("Alteration, row 1", "mutation")
    fill("Protein, row 1", "p.L1196M")
    save(window)
