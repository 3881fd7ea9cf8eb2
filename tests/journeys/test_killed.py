"""The program killed in the middle of typing: what was typed is there at the next start, and nothing was stored."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from hands import until

from app.paths import RESOURCES
from app.ui.drafts import DraftKey
from builders import a_record
from db.store import Store

ROOT = RESOURCES.parent
NOTE = DraftKey("A-1042", "notes")


def typed_in(file):
    return file.read_text(encoding="utf-8").count("on and on") if file.exists() else 0


def test_what_was_typed_without_a_pause_survives_the_end_of_the_program(open_window, tmp_path):
    store = Store(tmp_path / "clinic.sqlite")
    store.save(a_record(), None, by="")
    store.close()
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "QT_QPA_PLATFORM": "offscreen"}
    program = [sys.executable, str(Path(__file__).with_name("typing_for_ever.py")), str(tmp_path)]
    with subprocess.Popen(program, env=environment, cwd=ROOT) as running:
        until(lambda: typed_in(tmp_path / "unfinished.json") > 5, "the typing to be on the disk", 60)
        running.kill()
    assert running.returncode == -signal.SIGKILL
    on_disk = typed_in(tmp_path / "unfinished.json")

    window = open_window()
    assert "A-1042" in window.find_page.unfinished.text()
    window.desktop._resume("A-1042")
    assert window.desktop.patient_page.pane.key == NOTE
    assert window.desktop.patient_page.pane.form.fields["text"].value().count("on and on") == on_disk
    assert window.desktop.desk.patients.open("A-1042").record.notes == ()
