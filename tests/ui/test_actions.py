"""Every action once, with its own key, in a menu, on the help page."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from app.record.record import SECTIONS
from app.ui.actions import ACTIONS, ADDABLES, MENUS, build_actions, fill_menus


def test_every_action_has_a_key_and_no_key_means_two_things():
    keys = [one.keys for one in (*ACTIONS, *ADDABLES)]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert all(QKeySequence(key).count() == 1 for key in keys)


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
