"""`main.py` without a command, on a real screen of its own."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from app.paths import RESOURCES

NEEDS = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]


@pytest.fixture
def screen():
    """Give the name of an X display with a window manager."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        display = f":{answer.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL)
    yield display
    for process in (manager, server):
        process.terminate()
        process.wait()


@pytest.mark.skipif(bool(NEEDS), reason=f"needs {NEEDS}")
def test_the_window_opens_on_a_screen_takes_typing_and_closes_by_the_keyboard(screen, tmp_path):
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "XDG_DATA_HOME": str(tmp_path)}
    started = time.monotonic()
    program = [sys.executable, RESOURCES.parent / "main.py"]
    window = subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def hand(*words):
        return subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, check=False)

    def goes_on():
        time.sleep(0.2)
        return window.poll() is None and time.monotonic() - started < 60

    try:
        found = ""
        while not found and goes_on():
            found = hand("search", "--onlyvisible", "--name", "ALKPath").stdout.strip()
        assert found
        while not (tmp_path / "alkpath" / "alkpath.sqlite").exists() and goes_on():
            pass
        while goes_on():
            hand("windowactivate", "--sync", found.split()[0], "key", "ctrl+q")
    finally:
        window.kill()
        _out, err = window.communicate(timeout=10)
    assert window.returncode == 0, err
    assert b"Traceback" not in err
