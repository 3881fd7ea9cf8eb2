"""A nurse's first weeks with a patient, by keyboard alone: registered, tested, treated."""

from hands import fill, press, until
from journeys.conftest import store
from seen import facts_of, in_dialog, lines_of, open_patient, patients_of, preferred, said_by, save, today_of, tree_of

from app.services.people import Person
from builders import a_baseline, a_diagnosis, a_fish, a_patient, a_reading, a_record, a_specimen, an_ihc


def test_who_sits_here_registers_a_patient_and_finds_them_without_the_accents(open_window, tmp_path):
    gardner = a_record(patient=a_patient(mrn="A-1", family_name="Gardner", given_name="Edgar"))
    store(tmp_path, gardner, people=[Person(name="M. Keller", role="nurse")])
    window = open_window()
    until(window.desktop.who.chooser.isVisible, "the question who sits here")
    press("1")
    assert said_by(window) == "M. Keller · nurse sits here now."
    assert window.desktop.who.button.text().startswith("M. Keller · nurse")

    press("Ctrl+N")
    fill("Number", "A-1043")
    fill("Family name", "Garçon-Müller")
    fill("Given name", "Élodie")
    fill("Date of birth", "3.9.1958")
    press("Ctrl+Return")
    until(lambda: window.desktop.place == "record_page", "the record to open")
    assert window.windowTitle() == "Garçon-Müller, Élodie · A-1043 · born 3 September 1958 – ALKPath"
    assert "Enter the diagnosis first (Ctrl+Shift+I)" in said_by(window)

    press("Ctrl+2")
    assert patients_of(window) == ["Garçon-Müller, Élodie", "Gardner, Edgar"]
    open_patient(window, "garcon elo")
    assert window.desktop.header.name.text() == "Garçon-Müller, Élodie"

    def read_history(dialog):
        shown = tree_of(dialog.of_record)
        press("Esc")
        return shown

    (begun,) = in_dialog("Ctrl+Alt+H", read_history)
    assert begun.split(" | ")[1:] == ["M. Keller", "Record begun"]


def test_an_ihc_asks_for_fish_and_two_readers_together_make_alk_positive(open_window, tmp_path):
    store(tmp_path, a_record(a_specimen(), diagnosis=a_diagnosis()))
    window = open_window()
    open_patient(window, "1042")
    assert "ALK not tested" in facts_of(window)
    assert preferred(window).startswith("Request ALK")

    press("Ctrl+Shift+T")
    fill("Method", "IHC")
    fill("Status", "final")
    fill("Reported on", "17.1.2014")
    fill("Intensity", "3")
    fill("Cells stained", "80")
    fill("Reported as", "positive")
    save(window)
    assert "ALK pending" in facts_of(window)
    assert "17 January 2014: IHC: positive, 3+, 80 % of cells · tissue of 12 January 2014" in lines_of(window)
    assert preferred(window).startswith("Request ALK FISH\nIHC is a screening test; FISH must confirm it.")

    press("Ctrl+Shift+T")
    fill("Method", "FISH")
    fill("Status", "final")
    fill("Reported on", "22.1.2014")
    fill("Reader, row 1", "A")
    fill("Cells, row 1", "50")
    fill("Split, row 1", "7")
    form = window.desktop.patient_page.pane.form
    rows = form.fields["fish.readings"].grid.rows
    assert rows[0].infos["share"].text() == "14 %"
    assert form.pooled.text() == "7/50 = 14 %. From 10 to 50 % a second reader counts another 50 cells."
    fill("Reader, row 2", "B")
    fill("Cells, row 2", "50")
    fill("Split, row 2", "10")
    assert rows[1].infos["share"].text() == "20 %"
    assert form.pooled.text() == "2 readers together 17/100 = 17 %. The counts say: positive."
    save(window)
    assert "ALK positive" in facts_of(window)
    assert "22 January 2014: FISH: 17 of 100 cells · tissue of 12 January 2014" in lines_of(window)
    assert preferred(window).startswith("Start crizotinib · 250 mg twice daily")


def test_crizotinib_is_started_with_its_dose_and_today_says_what_is_due(open_window, tmp_path):
    tests = an_ihc(), a_fish(a_reading(20), a_reading(21, reader="B"))
    store(tmp_path, a_record(a_specimen(), *tests, a_baseline(42), diagnosis=a_diagnosis()))
    window = open_window()
    open_patient(window, "1042")
    assert preferred(window).startswith("Start crizotinib · 250 mg twice daily")
    press("Ctrl+Shift+L")
    fill("Drugs", "crizotinib")
    fill("Started on", "3.11.2014")
    fill("Drug, row 1", "crizotinib")
    fill("From, row 1", "3.11.2014")
    fill("Amount, row 1", "250")
    fill("Unit, row 1", "mg")
    fill("Frequency, row 1", "twice")
    save(window)
    assert "3 November 2014: Crizotinib · 250 mg twice daily · running" in lines_of(window)
    assert preferred(window).startswith("Continue crizotinib · 250 mg twice daily")
    press("Ctrl+1")
    until(lambda: "△ Example, Ada ALT, AST, ALP and bilirubin due on 10 November 2014: crizotinib, week 1" in
          today_of(window), f"the liver tests on Today, among {today_of(window)}")  # fmt: skip
