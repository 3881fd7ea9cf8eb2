"""Every action once, with its own key, in a menu, on the help page."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from app.record.record import SECTIONS
from app.ui.actions import ACTIONS, ADDABLES, MENUS, build_actions, fill_menus
from app.ui.main_window import HERE
from builders import a_record

PAGES = {"today", "list", "record", "letter"}


def test_every_action_has_a_key_and_only_two_pages_may_share_one():
    wheres = {}
    for one in (*ACTIONS, *ADDABLES):
        assert QKeySequence(one.keys).count() == 1, one
        wheres.setdefault(one.keys, []).append(getattr(one, "where", "record"))
    shared = {key: where for key, where in wheres.items() if len(where) > 1}
    assert [key for key, where in shared.items() if len(set(where)) < len(where) or not set(where) <= PAGES] == []


@pytest.mark.parametrize("place", ["today_page", "patients_page", "record_page", "letter_page"])
def test_no_key_means_two_things_in_one_place(start_with, a_desk, desk, place):
    desk.patients.save(a_record(), None)
    window = start_with(a_desk).window
    window.desktop.open_patient("A-1042")
    window.desktop.go(place)
    usable = [one for one in window.actions_by_name.values() if one.isEnabled() and not one.shortcut().isEmpty()]
    keys = Counter(one.shortcut().toString() for one in usable)
    assert [key for key, count in keys.items() if count > 1] == []
    own = [spec for spec in ACTIONS if spec.where == HERE[place]]
    assert all(window.actions_by_name[spec.name].shortcut().toString() == spec.keys for spec in own)


def test_every_action_is_in_exactly_one_menu(qtbot):
    listed = [name for _title, names in MENUS for name in names if name != "-"]
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = build_actions(window)
    assert sorted(listed) == sorted(actions)
    fill_menus(window.menuBar(), actions)
    assert [action.text() for action in window.menuBar().actions()] == [
        "&File", "&Edit", "&Add", "&Go", "&Today", "&Decide", "&Letter", "&View", "&Help",
    ]  # fmt: skip


def test_access_keys_of_a_menu_differ(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = build_actions(window)
    for title, names in MENUS:
        keys = [actions[name].text().partition("&")[2][:1].lower() for name in names if name != "-"]
        assert [key for key, count in Counter(keys).items() if count > 1] == [], title


def test_everything_a_record_holds_can_be_added_but_decisions():
    assert {one.section for one in ADDABLES} == set(SECTIONS) - {"decisions"} | {"diagnosis", "patient"}


def test_every_action_says_what_it_does():
    assert all(one.tip for one in ACTIONS)
