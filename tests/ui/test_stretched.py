"""Texts twice as long on a screen of 1366 by 768: nothing is cut off, nothing is out of the window."""

import json
import os
import subprocess
import sys

import pytest

from app.paths import RESOURCES

ROOT = RESOURCES.parent
SCREEN = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768,
          "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip


def walk(folder, language, *parts, scale="1"):
    """Return what is cut off in each place, in a process of its own."""
    (folder / "screen.json").write_text(json.dumps({"screens": [SCREEN]}))
    environment = {
        **os.environ, "ALKPATH_LANGUAGE": language, "QT_QPA_PLATFORM": f"offscreen:configfile={folder}/screen.json",
        "QT_SCALE_FACTOR": scale, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
    }  # fmt: skip
    command = [sys.executable, ROOT / "tests" / "stretched.py", folder, *parts]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return {one["place"]: one["cut off"] for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("language", ["stretch", "fr"])
def test_nothing_is_cut_off_in_any_page_form_or_dialog(tmp_path, language):
    places = walk(tmp_path, language)
    assert len(places) >= 50
    assert {place: cut_off for place, cut_off in places.items() if cut_off} == {}


def test_nothing_of_letters_and_dialogs_is_cut_off_at_a_quarter_larger_on_a_small_screen(tmp_path):
    places = walk(tmp_path, "fr", "letter", "dialogs", "merged", scale="1.25")
    assert {"printing", "signing", "signing all", "checking", "merging", "taking a merging back", "labels"} <= set(
        places
    )
    assert {place: cut_off for place, cut_off in places.items() if cut_off} == {}
