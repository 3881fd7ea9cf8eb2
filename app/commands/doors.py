"""What main.py hands to the commands, and what every command does alike."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # the window opens through here too, and must not wait for them
    from app.record.record import PatientRecord
    from app.services.desk import Desk

DONE, NOT_MET, WRONG_USAGE, STOPPED = 0, 1, 2, 130


class WrongUsage(Exception):
    """The command as typed asks for something there is not, or not in this version; the text says what."""


class Doors(NamedTuple):  # and no dataclass: those take 2 ms to load, which the first paint would wait for
    """How to open a database and the window: built in main.py, the only place that knows all parts."""

    user_folder: Callable[[], Path]
    desk: Callable[[str | Path, Path | None], AbstractContextManager["Desk"]]
    window: Callable[[str | Path], int]

    def database(self, typed: str | None) -> str | Path:
        """Return what was typed after --database, or the user's own database."""
        return typed if typed is not None else self.user_folder() / "alkpath.sqlite"

    def open_desk(self, typed: str | None) -> "AbstractContextManager[Desk]":
        """Return the desk over the database, with the clinic's own settings."""
        return self.desk(self.database(typed), self.user_folder())


def the_record(desk: "Desk", number_or_file: str) -> "PatientRecord":
    """Return the record of a file, when there is one of that name or it ends in .json, else of a patient's number."""
    path = Path(number_or_file)
    if number_or_file.endswith(".json") or path.is_symlink() or path.exists():
        return desk.patients.read_file(path)
    return desk.patients.open(number_or_file).record


def say(text: str = "") -> None:
    """Print one piece of text for a person."""
    sys.stdout.write(text + "\n")


def say_data(data: Any) -> None:
    """Print JSON for a program: the same bytes for the same input, UTF-8 whatever the terminal is set to."""
    import simplejson

    text = simplejson.dumps(data, indent=2, ensure_ascii=False, use_decimal=True)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")


def complain(text: str) -> None:
    """Print one fault as one line on stderr, whatever it quotes."""
    line = " ".join(text.split())
    sys.stderr.write("".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line) + "\n")
