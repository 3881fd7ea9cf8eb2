"""Several windows on one desk: one look, and never one patient in two of them."""

import pytest

from app.services.people import Person
from app.ui.drafts import DraftKey
from app.ui.palette import COLOURS, dress, theme_shown
from builders import a_note, a_patient, a_record, a_specimen, a_test


@pytest.fixture
def start(start_with, a_desk, desk, qapp):
    desk.patients.save(a_record(), None)
    desk.patients.save(a_record(a_note(), patient=a_patient(mrn="B-7", family_name="Other")), None)
    yield start_with(a_desk)
    dress(qapp)


@pytest.fixture
def two(start, qtbot):
    """Two windows on one desk, both ready."""
    second = start.windows.another(start.window)
    qtbot.waitUntil(lambda: second.desktop is not None, timeout=20000)
    return start.window, second


def test_two_windows_show_two_patients(two):
    first, second = two
    first.desktop.open_patient("A-1042")
    second.desktop.open_patient("B-7")
    assert (first.desktop.opened.mrn, second.desktop.opened.mrn) == ("A-1042", "B-7")


def test_a_patient_who_is_open_in_one_window_is_not_opened_in_another(two, qtbot):
    first, second = two
    first.desktop.open_patient("A-1042")
    first.desktop.go("patients_page")
    second.desktop.open_patient("A-1042")
    assert second.desktop.opened is None
    assert second.desktop.place == "today_page"
    assert "open in the other window" in second.statusBar().currentMessage()
    assert first.desktop.place == "record_page"
    qtbot.waitUntil(first.isActiveWindow)


def test_a_patient_is_free_again_when_another_is_opened_or_the_window_is_closed(two):
    first, second = two
    first.desktop.open_patient("A-1042")
    first.desktop.open_patient("B-7")
    second.desktop.open_patient("A-1042")
    assert second.desktop.opened.mrn == "A-1042"
    second.close()
    first.desktop.open_patient("A-1042")
    assert first.desktop.opened.mrn == "A-1042"


def test_a_new_patient_is_begun_in_one_window_only(two):
    first, second = two
    first.actions_by_name["new_patient"].trigger()
    second.actions_by_name["new_patient"].trigger()
    assert first.desktop.new_patient.pane.form is not None
    assert second.desktop.new_patient.pane.form is None


def test_unfinished_typing_is_one_for_all_windows(two, tmp_path):
    first, second = two
    first.desktop.open_patient("A-1042")
    first.desktop.patient_page.forms.add("notes")
    first.desktop.patient_page.pane.form.fields["text"].put("half a")
    assert second.desktop.drafts.everything() == (DraftKey("A-1042", "notes"),)
    assert "A-1042" in second.find_page.unfinished.text()
    second.close()
    assert "half a" in (tmp_path / "unfinished.json").read_text()


def test_who_is_chosen_in_one_window_sits_at_the_other_too(two, desk):
    first, second = two
    second.desktop.who.choose(desk.people.put(Person(name="M. Keller", role="nurse")))
    assert first.desktop.who.button.text().startswith("M. Keller")
    assert first.desktop.patient_page.next_step.bar.by == "M. Keller"
    first.desktop.who.choose(None)
    assert second.desktop.who.button.text().startswith("Nobody")


def test_who_sits_here_already_decides_in_a_window_that_is_opened_then(start, desk, qtbot):
    start.window.desktop.who.choose(desk.people.put(Person(name="M. Keller", role="nurse")))
    second = start.windows.another(start.window)
    qtbot.waitUntil(lambda: second.desktop is not None, timeout=20000)
    assert second.desktop.patient_page.next_step.bar.by == "M. Keller"


def lines(window):
    window.desktop.go("today_page")
    return {(item.mrn, item.what) for item in window.today_page.model.items}


def settled(qtbot, *windows):
    qtbot.waitUntil(lambda: not any(one.today_page.running.is_running for one in windows), timeout=20000)


def test_what_is_saved_in_one_window_is_seen_on_the_list_of_the_other(two, desk, qtbot):
    first, second = two
    first.desktop.open_patient("A-1042")
    settled(qtbot, *two)
    assert ("A-1042", "ngs") not in lines(second)
    first.desktop.opened.put([a_specimen(), a_test("t9", "ngs", None, requested_on="2014-10-21")])
    settled(qtbot, *two)
    assert ("A-1042", "ngs") in lines(first) & lines(second)


def test_a_number_that_is_corrected_leaves_nothing_under_the_former_one(two, qtbot):
    first = two[0]
    first.desktop.open_patient("A-1042")
    first.desktop.opened.put([a_specimen(), a_test("t9", "ngs", None, requested_on="2014-10-21")])
    settled(qtbot, *two)
    first.desktop.opened.set_patient(a_patient(mrn="A-2000"))
    settled(qtbot, *two)
    for window in two:
        assert {mrn for mrn, _what in lines(window)} == {"A-2000", "B-7"}


def test_records_merged_in_one_window_are_one_in_the_other(two, desk, qtbot):
    first, second = two
    first.desktop.open_patient("A-1042")
    desk.patients.merging.merge(desk.patients.merging.prepare("A-1042", "B-7"), {"patient.family_name": "kept"})
    second.desktop.mergings.stored.emit()
    settled(qtbot, *two)
    assert first.desktop.opened.version == desk.patients.open("A-1042").version
    assert {mrn for mrn, _what in lines(first) | lines(second)} == {"A-1042"}


def test_a_form_that_is_open_is_not_put_over_another_record_without_a_word(two, desk, qtbot):
    first, second = two
    first.desktop.open_patient("A-1042")
    first.desktop.patient_page.forms.add("notes")
    desk.patients.merging.merge(desk.patients.merging.prepare("A-1042", "B-7"), {"patient.family_name": "kept"})
    version = first.desktop.opened.version
    second.desktop.mergings.stored.emit()
    assert first.desktop.opened.version == version
    assert "changed by somebody else" in first.desktop.patient_page.notice.words.text()


def test_a_record_that_went_into_another_says_so_where_it_is_open(two, desk):
    first, second = two
    first.desktop.open_patient("B-7")
    desk.patients.merging.merge(desk.patients.merging.prepare("A-1042", "B-7"), {"patient.family_name": "kept"})
    second.desktop.mergings.stored.emit()
    assert first.desktop.notice.words.text().startswith("B-7 was merged into A-1042")
    assert first.desktop.notice.button.text() == "Open A-1042"


def merging_in(window, desk):
    """Return the dialog of a window in which B-7 is about to go into A-1042."""
    window.desktop.open_patient("A-1042")
    window.actions_by_name["merge"].trigger()
    dialog = window.desktop.mergings.dialog
    dialog.look_at("A-1042", "B-7")
    dialog.preview.choose_all("kept")
    return dialog


THERE = "B-7 is open in another window, with typing that is not saved: save it or discard it there first."


def test_a_record_with_a_half_typed_form_in_another_window_is_not_merged_and_the_typing_stays(two, desk):
    first, second = two
    second.desktop.open_patient("B-7")
    dialog = merging_in(first, desk)
    assert dialog.merge_button.isEnabled()
    forms = second.desktop.patient_page.forms
    forms.add("notes")
    forms.pane.form.fields["text"].put("half a")
    assert dialog.said.text() == THERE
    assert not dialog.merge_button.isEnabled()
    forms.pane.discard()
    assert dialog.merge_button.isEnabled()


def test_a_row_that_is_being_changed_in_another_window_is_typing_too(two, desk):
    first, second = two
    second.desktop.open_patient("B-7")
    dialog = merging_in(first, desk)
    page = second.desktop.patient_page
    page.entries.select(DraftKey("B-7", "notes", "n1"))
    page.edit_in_row()
    dialog.merge_button.click()
    assert dialog.said.text() == THERE
    assert desk.patients.count() == 2
    page.entries.end_editing()


def test_the_theme_changes_while_a_patient_is_open_and_what_is_written_in_colour_is_written_again(start, desk):
    window = start.window
    window.desktop.open_patient("A-1042")
    step = window.desktop.patient_page.next_step
    light = COLOURS["accent"]
    assert light in step.text.toHtml()
    start.windows.use_theme("dark")
    assert (theme_shown(), start.settings.theme) == ("dark", "dark")
    assert light not in step.text.toHtml()
    assert COLOURS["accent"] in step.text.toHtml()


def test_a_key_goes_round_the_themes(start):
    seen = []
    for _time in range(3):
        start.window.actions_by_name["next_theme"].trigger()
        seen.append(theme_shown())
    assert seen == ["dark", "contrast", "light"]
    assert start.window.statusBar().currentMessage() == "Light colours"


def test_icons_have_the_colour_of_the_theme(start):
    def darkest():
        image = start.window.actions_by_name["find"].icon().pixmap(16, 16).toImage()
        points = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
        return {one.lightness() > 128 for one in points if one.alpha() > 200}

    assert darkest() == {False}
    start.windows.use_theme("dark")
    assert darkest() == {True}
