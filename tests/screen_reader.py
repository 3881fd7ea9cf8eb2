"""What a screen reader finds in the running window, by AT-SPI. Run by the system's Python, which has its library.

Usage: screen_reader.py PYTHON MAIN DATABASE, on a screen of its own, within dbus-run-session. It starts the program,
goes through its places by keyboard, and prints for each what it found: one JSON line.
"""

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  # the version comes first

WAIT = 40.0
# What is pressed, and what the window is called then.
PLACES = (
    ("today", ("ctrl+F1",), "ALKPath"),
    ("list", ("ctrl+2",), "ALKPath"),
    ("new patient", ("ctrl+n",), "New patient"),
    ("record", ("Escape", "ctrl+f", "D", "E", "M", "O", "minus", "2", "Return"), "DEMO-2"),
    ("responses", ("ctrl+r",), "DEMO-2"),
    ("why", ("ctrl+y",), "DEMO-2"),
    ("assessment", ("ctrl+shift+a",), "DEMO-2"),
    ("test", ("ctrl+shift+t",), "DEMO-2"),
    ("therapy line", ("ctrl+shift+l",), "DEMO-2"),
    ("laboratory values", ("ctrl+shift+v",), "DEMO-2"),
    ("declining", ("Escape", "ctrl+shift+F9"), "DEMO-2"),
    ("letter", ("Escape", "ctrl+4"), "DEMO-2"),
    ("settings", ("ctrl+comma",), "Settings"),
    ("what to do", ("Escape", "ctrl+k"), "What to do"),
    ("help", ("Escape", "F1"), "Help"),
)


def until(found, what):
    """Return what `found()` returns as soon as it is something."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            if one := found():
                return one
        except GLib.Error:  # it went away while it was looked at
            pass
        time.sleep(0.1)
    raise SystemExit(f"waited in vain: {what}")


def application(process):
    """Return the program as the screen reader sees it."""
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        one = desktop.get_child_at_index(number)
        if one is not None and one.get_process_id() == process:
            return one
    return None


def windows(program):
    return [one for one in map(program.get_child_at_index, range(program.get_child_count())) if one is not None]


def window_called(program, title):
    return next((one for one in windows(program) if title in (one.get_name() or "")), None)


def about(node):
    """Return the label that belongs to a control, or what else is said of it."""
    for relation in node.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY and relation.get_n_targets():
            return relation.get_target(0).get_name() or ""
    return node.get_description() or ""


def controls(node, depth=0):
    """Yield what a person can come to by keyboard, with its role, its name and what is said of it."""
    try:
        states = node.get_state_set()
        if depth and not states.contains(Atspi.StateType.SHOWING):
            return
        role = node.get_role_name()
        if states.contains(Atspi.StateType.FOCUSABLE) and states.contains(Atspi.StateType.ENABLED):
            yield {"role": role, "name": node.get_name() or "", "about": about(node),
                   "focused": states.contains(Atspi.StateType.FOCUSED)}  # fmt: skip
        if role in ("table", "tree table", "tree", "list", "menu bar"):
            return  # their lines are what is in the record
        for number in range(node.get_child_count()):
            child = node.get_child_at_index(number)
            if child is not None:
                yield from controls(child, depth + 1)
    except GLib.Error:  # it went away while it was looked at
        return


def press(*keys):
    for key in keys:
        subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=False)
        time.sleep(0.12)


def main():
    """Walk through the program and print what there is."""
    python, start, database = sys.argv[1:4]
    running = subprocess.Popen([python, start, "--database", database])
    try:
        program = until(lambda: application(running.pid), "the program on the accessibility bus")
        until(lambda: window_called(program, "ALKPath"), "the window")
        subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", "ALKPath", "windowactivate"], check=False
        )
        time.sleep(2.0)
        for place, keys, title in PLACES:
            press(*keys)
            window = until(lambda title=title: window_called(program, title), f"{place}: {title}")
            time.sleep(0.8)
            found = list(controls(window))
            sys.stdout.write(json.dumps({"place": place, "controls": found}) + "\n")
            sys.stdout.flush()
    finally:
        running.terminate()
        running.wait(20)


if __name__ == "__main__":
    main()
