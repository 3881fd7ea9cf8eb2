"""The help speaks of the program as it is, in the language of the session, and finds what is typed."""

import re

import pytest
from PySide6.QtCore import Qt

from app.paths import RESOURCES
from app.services.protocols import Protocols
from app.ui.actions import ACTIONS, ADDABLES
from app.ui.panels.help import HelpWindow
from app.ui.panels.help_pages import MADE, HelpPages
from app.words import speaking

ROOT = RESOURCES.parent
PROTOCOL = Protocols().open()
PAGES = HelpPages(PROTOCOL)
NAMES = [name for name, _title in PAGES.titles()]


def test_every_place_on_the_straight_path_is_there():
    figure = PAGES.text("architecture").split("```")[1]
    places = re.findall(r"^(\S+\.py)", figure, re.MULTILINE)
    assert len(places) >= 10
    assert [name for name in places if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("spoken", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_pages_that_are_there(name, spoken):
    with speaking(spoken):
        text = HelpPages(PROTOCOL).text(name)
    assert text.startswith("# ")
    assert set(re.findall(r"\]\(([a-z-]+)\.md\)", text)) <= set(NAMES)


@pytest.mark.parametrize("spoken", ["en", "fr"])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in MADE])
def test_keys_named_in_the_pages_do_what_is_said(name, spoken):
    keys = {one.keys for one in (*ACTIONS, *ADDABLES) if one.keys} | {"Ctrl+Return"}
    with speaking(spoken):
        text = HelpPages().text(name).replace("Maj+", "Shift+")  # as French keyboards have it
    assert set(re.findall(r"(?:Ctrl|Shift)\+(?:Shift\+)?(?:F[0-9]+|[A-Z0-9])(?![A-Za-z0-9])", text)) <= keys


def test_every_page_that_lies_beside_the_others_is_in_the_help(monkeypatch, tmp_path):
    assert set(NAMES) == {path.stem for path in (RESOURCES / "help").glob("*.md")} | set(MADE)
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "more.md").write_text("# Still more\n\nIt stands here.\n", encoding="utf-8")
    monkeypatch.setattr("app.ui.panels.help_pages.RESOURCES", tmp_path)
    assert HelpPages().titles()[0] == ("start", "Start here")
    assert HelpPages().titles()[-1] == ("more", "Still more")


def test_what_a_person_needs_is_there_in_french_too():
    with speaking("fr"):
        assert HelpPages().text("start").startswith("# Pour commencer")
    there = {path.stem for path in (RESOURCES / "help" / "fr").glob("*.md")}
    assert there == set(NAMES) - set(MADE) - {"architecture", "hazards"}


def test_every_key_is_on_its_page():
    assert all(one.keys in PAGES.text("keys") for one in (*ACTIONS, *ADDABLES))


def test_every_rule_and_every_study_stands_in_the_help_with_what_is_unclear():
    rules, evidence = PAGES.text("rules"), PAGES.text("evidence")
    assert re.findall(r"^## ([\w-]+)$", rules, re.MULTILINE) == list(PROTOCOL.rules)
    assert re.findall(r"^## (\w+)\. ", evidence, re.MULTILINE) == list(PROTOCOL.evidence)
    assert "Historical protocol: this is the practice of 2015, not of today." in rules
    assert "source unclear A1**" in rules
    for withheld in PROTOCOL.information.withheld:
        assert PROTOCOL.ambiguities[withheld].printed not in rules + evidence


def test_without_a_protocol_its_pages_are_left_out():
    assert {"rules", "evidence"}.isdisjoint(name for name, _title in HelpPages().titles())


def test_words_are_found_in_headings_first_and_all_of_them_are_wanted():
    assert next((hit.page, hit.heading) for hit in PAGES.find("P4")) == ("rules", "P4")
    assert ("rules", "T5") in [(hit.page, hit.heading) for hit in PAGES.find("squamous rare")]
    assert PAGES.find("squamous zebra") == []


@pytest.fixture
def window(qtbot):
    shown = HelpWindow(PAGES)
    qtbot.addWidget(shown)
    shown.show_page("start")
    return shown


def test_typing_lists_what_fits_and_the_page_opens_at_it(window, qtbot):
    qtbot.keyClicks(window.box, "P4")
    qtbot.keyClick(window.box, Qt.Key.Key_Return)
    assert window.list.item(0).text() == "The rules: P4"
    assert window.text.textCursor().block().text() == "P4"
    assert window.text.verticalScrollBar().value() > 0
    window.box.clear()
    qtbot.waitUntil(lambda: window.list.count() == len(NAMES))


def test_what_is_not_there_is_said(window, qtbot):
    qtbot.keyClicks(window.box, "zebra")
    qtbot.waitUntil(lambda: window.list.item(0).text() == "Nothing is found for “zebra”.")
    assert window.list.count() == 1
