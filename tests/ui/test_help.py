"""The help pages speak of the program as it is."""

import re

from app.paths import RESOURCES
from app.ui.actions import ACTIONS, ADDABLES
from app.ui.panels.help import page_text, pages

ROOT = RESOURCES.parent


def test_every_place_on_the_straight_path_is_there():
    figure = page_text("architecture").split("```")[1]
    places = re.findall(r"^(\S+\.py)", figure, re.MULTILINE)
    assert len(places) >= 10
    assert [name for name in places if not (ROOT / name).is_file()] == []


def test_links_lead_to_pages_that_are_there():
    names = {name for name, _title in pages()}
    for name in names:
        assert set(re.findall(r"\]\(([a-z-]+)\.md\)", page_text(name))) <= names


def test_keys_named_in_the_pages_do_what_is_said():
    keys = {one.keys for one in (*ACTIONS, *ADDABLES) if one.keys} | {"Ctrl+Return"}
    for name, _title in pages():
        if name != "keys":
            assert set(re.findall(r"Ctrl\+(?:Shift\+)?(?:F[0-9]+|[A-Z0-9])(?![a-z])", page_text(name))) <= keys


def test_every_page_that_lies_beside_the_others_is_in_the_help(monkeypatch, tmp_path):
    assert {name for name, _title in pages()} == {path.stem for path in (RESOURCES / "help").glob("*.md")} | {"keys"}
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "rules.md").write_text("# Every rule\n\nThey stand here.\n", encoding="utf-8")
    monkeypatch.setattr("app.ui.panels.help.RESOURCES", tmp_path)
    assert pages()[0] == ("start", "Start here")
    assert pages()[-1] == ("rules", "Every rule")
