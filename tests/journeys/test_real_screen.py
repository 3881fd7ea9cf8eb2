"""The program as it is started, on a real (virtual) screen, with real keys: what is typed, what the title says."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from virtual_screen import a_virtual_screen

from app.paths import RESOURCES
from db.store import Store

MAIN = RESOURCES.parent / "main.py"
NEEDED = ("Xvfb", "xdotool")


def until(value, what, seconds=30.0):
    """Return `value()` as soon as it is true."""
    end = time.monotonic() + seconds
    while not (found := value()):
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.1)
    return found


@pytest.fixture
def screen():
    """A screen of 1366 by 768 that nobody looks at."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with a_virtual_screen() as display:
        yield display


@pytest.fixture
def program(screen, tmp_path):
    """The program over a fresh database; gives what types keys and what reads the title."""
    environment = {
        **os.environ,
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_DATA_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }
    database = tmp_path / "clinic.sqlite"
    running = subprocess.Popen([sys.executable, str(MAIN), "--database", str(database)], env=environment)

    def xdotool(*words):
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=False, timeout=30
        )
        return done.stdout.strip()

    window = until(lambda: xdotool("search", "--onlyvisible", "--name", "ALKPath"), "the window").split()[0]
    xdotool("windowfocus", "--sync", window)
    yield xdotool, window, database, running
    running.terminate()
    running.wait(20)


def test_a_patient_typed_in_on_a_real_screen_is_stored_and_stands_in_the_title(program):
    xdotool, window, database, running = program

    def form_is_open():
        xdotool("key", "ctrl+n")
        time.sleep(0.5)
        return xdotool("getwindowname", window) == "New patient – ALKPath"

    until(form_is_open, "the form of a new patient")
    xdotool("type", "--delay", "30", "A-1042")
    xdotool("key", "Return")  # to the next field
    xdotool("key", "Return")
    xdotool("type", "--delay", "30", "Example")
    xdotool("key", "ctrl+Return")
    until(lambda: xdotool("getwindowname", window) == "Example · A-1042 – ALKPath", "the patient in the title")
    store = Store(Path(database))
    assert [(one.mrn, one.family_name) for one in store.find()] == [("A-1042", "Example")]
    store.close()
    xdotool("key", "ctrl+q")
    assert running.wait(20) == 0
