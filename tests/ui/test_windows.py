"""Several windows on one desk: one look, and never one patient in two of them."""

import pytest

from app.ui.drafts import DraftKey
from app.ui.palette import COLOURS, dress, theme_shown
from builders import a_patient, a_record


@pytest.fixture
def start(start_with, a_desk, desk, qapp):
    desk.patients.save(a_record(), None)
    desk.patients.save(a_record(patient=a_patient(mrn="B-7", family_name="Other")), None)
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
