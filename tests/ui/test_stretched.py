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


def walk(folder, language):
    """Return what is cut off in each place, in a process of its own."""
    (folder / "screen.json").write_text(json.dumps({"screens": [SCREEN]}))
    environment = {
        **os.environ, "ALKPATH_LANGUAGE": language, "QT_QPA_PLATFORM": f"offscreen:configfile={folder}/screen.json",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, ROOT / "tests" / "stretched.py", folder]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return {one["place"]: one["cut off"] for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("language", ["stretch", "fr"])
def test_nothing_is_cut_off_in_any_page_form_or_dialog(tmp_path, language):
    places = walk(tmp_path, language)
    assert len(places) >= 50
    assert {place: cut_off for place, cut_off in places.items() if cut_off} == {}
