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


def killed_while_typing(what, folder):
    """Type without a pause, kill the program, and return how often it is on the disk."""
    store = Store(folder / "clinic.sqlite")
    store.save(a_record(), None, by="")
    store.close()
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "QT_QPA_PLATFORM": "offscreen"}
    program = [sys.executable, str(Path(__file__).with_name("typing_for_ever.py")), str(folder), what]
    with subprocess.Popen(program, env=environment, cwd=ROOT) as running:
        until(lambda: typed_in(folder / "unfinished.json") > 5, "the typing to be on the disk", 60)
        running.kill()
    assert running.returncode == -signal.SIGKILL
    return typed_in(folder / "unfinished.json")


def test_what_was_typed_without_a_pause_survives_the_end_of_the_program(open_window, tmp_path):
    on_disk = killed_while_typing("note", tmp_path)
    window = open_window()
    assert "A-1042" in window.find_page.unfinished.text()
    window.desktop._resume("A-1042")
    assert window.desktop.patient_page.pane.key == NOTE
    assert window.desktop.patient_page.pane.form.fields["text"].value().count("on and on") == on_disk
    assert window.desktop.desk.patients.open("A-1042").record.notes == ()


def test_the_words_of_a_letter_survive_the_end_of_the_program_too(open_window, tmp_path):
    on_disk = killed_while_typing("letter", tmp_path)
    window = open_window()
    assert "A-1042" in window.find_page.unfinished.text()
    window.desktop._resume("A-1042")
    assert window.desktop.place == "letter_page"
    choices = window.desktop.letter.page.choices
    assert choices.kind.value() == "mdt"
    assert choices.texts["question"].value().count("on and on") == on_disk
    until(lambda: "on and on" in window.desktop.letter.page.choices.letter().question, "the words")
