"""What a screen reader says of the running window: every control that the keyboard comes to has a name."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from virtual_screen import a_virtual_screen

from app.paths import RESOURCES

ROOT = RESOURCES.parent
SYSTEM_PYTHON = "/usr/bin/python3"  # it has the library of the accessibility bus
NEEDED = ("Xvfb", "xdotool", "openbox", "dbus-run-session", SYSTEM_PYTHON)
BY_VALUE = "combo box"  # is called by what stands in it; what it is about is its label


@pytest.fixture(scope="module")
def screen(tmp_path_factory):
    """A screen of 1366 by 768 with a window manager, and the environment for programs on it."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    home = tmp_path_factory.mktemp("home")
    with a_virtual_screen() as display:
        home.chmod(0o700)
        environment = {
            **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_RUNTIME_DIR": str(home), "ALKPATH_LANGUAGE": "en",
        }  # fmt: skip
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        yield environment, home
        manager.terminate()
        manager.wait(10)


@pytest.fixture(scope="module")
def places(screen):
    """What was found in each place of the program."""
    environment, home = screen
    walker = ["dbus-run-session", "--", SYSTEM_PYTHON, ROOT / "tests" / "screen_reader.py"]
    command = [*walker, sys.executable, ROOT / "main.py", home / "clinic.sqlite"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {one["place"]: one["controls"] for one in found}


def test_every_place_is_reached_by_keyboard_and_the_keyboard_is_somewhere_in_it(places):
    assert len(places) == 15
    assert [name for name, found in places.items() if not any(one["focused"] for one in found)] == []


def test_every_control_has_a_name(places):
    nameless = {
        place: [one["role"] for one in found if not one["name"].strip() and not one["about"].strip()]
        for place, found in places.items()
    }
    assert {place: roles for place, roles in nameless.items() if roles} == {}


def test_a_list_that_holds_something_still_says_what_it_is_about(places):
    silent = {
        place: [one["name"] for one in found if one["role"] == BY_VALUE and not one["about"].strip()]
        for place, found in places.items()
    }
    assert {place: names for place, names in silent.items() if names} == {}


def test_controls_have_the_roles_they_look_like(places):
    roles = {one["name"]: one["role"] for found in places.values() for one in found}
    assert roles["Find a patient"] == "text"
    assert roles["Patients"] in ("check box", "toggle button", "table")
    assert roles["Save"] == "push button"
    assert roles["This is a progression"] == "check box"
    assert roles["Baseline of a line: yes"] == "radio button"
    assert roles["Entries of the record"] in ("tree", "tree table")
    assert roles["Response per assessment"] == "table"
