"""What is chosen is kept, and whatever the file holds, the window opens."""

import json

import pytest

from app import words
from app.ui.settings import Settings
from app.ui.settings_dialog import SettingsDialog


@pytest.fixture
def file(tmp_path):
    return tmp_path / "folder" / "window.json"


def test_choices_are_there_at_the_next_start_and_the_language_is_read_where_words_are_made(file, monkeypatch):
    Settings(file).choose(language="fr", theme="dark", size=150)
    again = Settings(file)
    assert (again.language, again.theme, again.size) == ("fr", "dark", 150)
    monkeypatch.setattr(words, "user_folder", lambda: file.parent)
    assert words.chosen({"LANG": "en_GB.UTF-8"}) == "fr"
    again.choose(language=None)
    assert Settings(file).language == "system"
    assert words.chosen({"LANG": "en_GB.UTF-8"}) == "en"


@pytest.mark.parametrize(
    "kept", ["", "[]", "\0", "3", '{"theme": "pink", "size": 3, "layout": 7, "language": ["fr"]}', '{"size": "150"}']
)
def test_a_file_that_makes_no_sense_is_as_if_there_were_none(file, kept):
    file.parent.mkdir()
    file.write_text(kept)
    settings = Settings(file)
    assert (settings.language, settings.theme, settings.size, settings.layout) == ("system", "system", 100, {})


def test_a_folder_that_cannot_be_written_costs_the_choice_of_the_next_start_only(tmp_path):
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "window.json")
    settings.choose(theme="contrast")
    assert settings.theme == "contrast"


def test_what_this_version_does_not_know_is_kept(file):
    file.parent.mkdir()
    file.write_text(json.dumps({"of a later version": 1}))
    Settings(file).choose(theme="light")
    assert json.loads(file.read_text()) == {"of a later version": 1, "theme": "light"}


def test_colours_count_at_once_and_a_new_start_is_offered_for_language_and_size_alone(qtbot, file):
    settings = Settings(file)
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.theme_chosen) as chosen:
        dialog.theme.setCurrentIndex(dialog.theme.findData("contrast"))
    assert chosen.args == ["contrast"]
    assert not dialog.restart.isVisible()
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    assert settings.language == "fr"
    assert dialog.restart.isVisible()
    assert "when the program starts again" in dialog.later.text()
    dialog.language.setCurrentIndex(dialog.language.findData("system"))
    assert not dialog.restart.isVisible()
    dialog.scale.setCurrentIndex(dialog.scale.findData("200"))
    with qtbot.waitSignal(dialog.restart_asked):
        dialog.restart.click()
    assert Settings(file).size == 200
