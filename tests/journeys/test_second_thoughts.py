"""What a nurse takes back, by keyboard alone: an advice declined, a wrong date; and a letter printed at once."""

from hands import fill, go_to, press, until, write
from journeys.conftest import store
from pypdf import PdfReader
from seen import choose, in_dialog, lines_of, open_patient, preferred, said_by, save, step_of, tree_of

from app.services.people import Person
from builders import (
    a_baseline,
    a_diagnosis,
    a_dose,
    a_fish,
    a_line,
    a_new_lesion,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    an_assessment,
)

BRAIN = "MRI · reported PD · T1 20 mm · new lesions: brain · PROGRESSION: without symptoms, oligometastatic, brain"


def progressed():
    """Return Ada Example with one new brain lesion on crizotinib."""
    judged = a_progression(symptomatic=False, extent="oligometastatic", sites=("brain",), local_treatment_possible=True)
    return a_record(
        a_specimen(), a_fish(a_reading(20), a_reading(21, reader="B")), a_line(doses=(a_dose(),)), a_baseline(42),
        an_assessment(20, id="a2", date="2014-10-28", modality="mri", new_lesions=(a_new_lesion(),),
                      reported_response="PD", progression=judged),
        diagnosis=a_diagnosis(),
    )  # fmt: skip


def test_an_advice_is_declined_with_a_reason_and_returns_when_a_fact_changes_and_says_which(open_window, tmp_path):
    store(tmp_path, progressed(), people=[Person(name="M. Keller", role="nurse")])
    window = open_window()
    until(window.desktop.who.chooser.isVisible, "the question who sits here")
    press("1")
    open_patient(window, "1042")
    assert preferred(window).startswith("Continue crizotinib, and treat locally")

    press("Ctrl+Shift+F9")
    form = window.desktop.patient_page.next_step.bar.form
    assert form.accessibleName() == "Decline: Continue crizotinib, and treat locally"
    fill("Reason", "patient")
    assert form.fields["by"].value() == "M. Keller"
    fill("In words", "wishes no radiotherapy now")
    press("Ctrl+Return")
    until(lambda: window.desktop.patient_page.next_step.bar.form is None, "the answer to be stored")
    assert said_by(window) == "The decision is stored. Ctrl+Z takes it back."
    words = "patient preference: wishes no radiotherapy now"
    assert preferred(window).startswith("Switch to ceritinib")
    assert f"▲ Declined on 5 November 2014 ({words}); it comes back when a fact it rested on changes." in step_of(
        window
    )
    assert (
        f"5 November 2014: Declined: Continue crizotinib, and treat locally · {words} · by M. Keller · rule P4"
    ) in lines_of(window)

    choose(window, "MRI · reported PD")
    press("Return")
    go_to("Where it progressed")
    write("lung")
    press("Space")
    save(window)
    assert preferred(window).startswith("Continue crizotinib, and treat locally")
    assert (
        f"▲ Declined on 5 November 2014 ({words}); asked again because a fact has changed: sites of the progression "
        "was central nervous system only, is inside and outside the central nervous system."
    ) in step_of(window)


def test_a_wrong_date_is_corrected_taken_back_and_made_again_and_the_history_has_all_of_it(open_window, tmp_path):
    store(tmp_path, progressed(), people=[Person(name="M. Keller", role="nurse")])
    window = open_window()
    until(window.desktop.who.chooser.isVisible, "the question who sits here")
    press("1")
    open_patient(window, "1042")
    choose(window, "MRI · reported PD")
    press("Return")
    go_to("Date")
    press("Ctrl+A")
    write("18.10.2014")
    save(window)
    assert f"18 October 2014: {BRAIN}" in lines_of(window)
    assert said_by(window) == "Saved."

    press("Ctrl+Z")
    until(lambda: f"28 October 2014: {BRAIN}" in lines_of(window), "the date as it was")
    assert said_by(window) == "Undone: MRI of 18 October 2014. Ctrl+Shift+Z makes it again."
    press("Ctrl+Shift+Z")
    until(lambda: f"18 October 2014: {BRAIN}" in lines_of(window), "the date as corrected")
    assert said_by(window) == "Made again: MRI of 18 October 2014."

    def read(dialog):
        shown = dialog.tabs.tabText(0), tree_of(dialog.of_entry)
        press("Esc")
        return shown

    choose(window, "MRI · reported PD")
    name, shown = in_dialog("Ctrl+H", read)
    assert name == "MRI of 18 October 2014"
    there, back = "date: 28 October 2014 → 18 October 2014", "date: 18 October 2014 → 28 October 2014"
    assert [one.partition(" | ")[2] or one for one in shown][:6] == [
        "M. Keller | Changed", there, "M. Keller | Changed", back, "M. Keller | Changed", there,
    ]  # fmt: skip
    assert shown[6].endswith("not said | Entered")
    assert shown[7] == "date: 28 October 2014"


def test_a_letter_is_printed_from_the_record_with_one_key_and_nothing_else_chosen(open_window, tmp_path):
    store(tmp_path, progressed())
    window = open_window()
    open_patient(window, "1042")
    path = tmp_path / "printed.pdf"

    def print_it(dialog):
        press("Return")
        return dialog.windowTitle()

    assert in_dialog("Ctrl+P", print_it) == "Print"
    until(path.exists, "the printed file")
    until(lambda: said_by(window).startswith("The letter was saved as"), "word of it")
    assert window.desktop.place == "letter_page"
    assert len(PdfReader(path).pages) == window.desktop.letter.page.document.pageCount() >= 2
