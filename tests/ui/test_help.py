"""The help pages speak of the program as it is."""

import re

from app.paths import RESOURCES
from app.ui.actions import ACTIONS, ADDABLES
from app.ui.panels.help import PAGES, page_text

ROOT = RESOURCES.parent


def test_every_place_on_the_straight_path_is_there():
    figure = page_text("architecture").split("```")[1]
    places = re.findall(r"^(\S+\.py)", figure, re.MULTILINE)
    assert len(places) >= 10
    assert [name for name in places if not (ROOT / name).is_file()] == []


def test_links_lead_to_pages_that_are_there():
    names = {name for name, _title in PAGES}
    for name in names:
        assert set(re.findall(r"\]\(([a-z-]+)\.md\)", page_text(name))) <= names


def test_keys_named_in_the_pages_do_what_is_said():
    keys = {one.keys for one in (*ACTIONS, *ADDABLES) if one.keys} | {"Ctrl+Return"}
    for name, _title in PAGES:
        if name != "keys":
            assert set(re.findall(r"Ctrl\+(?:Shift\+)?[A-Z0-9](?![a-z])", page_text(name))) <= keys
