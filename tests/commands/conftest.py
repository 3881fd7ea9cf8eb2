"""The command line as it is typed, in this process, over a database and a user's folder of the test's own."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import main
from app.commands import cli
from app.commands.doors import Doors
from app.paths import RESOURCES

DEMO = RESOURCES / "demo"


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        return self.err.splitlines()


class Terminal:
    """A person at the command line of one machine."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.database = home / "user" / "alkpath.sqlite"
        self.windows: list[object] = []
        self._capsys = capsys

    def type(self, *words: object) -> Said:
        """Run one command and return its code and what it printed."""
        doors = Doors(user_folder=lambda: self.home / "user", desk=main.desk, window=self._window)
        self._capsys.readouterr()
        code = cli.main([str(word) for word in words], doors)
        captured = self._capsys.readouterr()
        return Said(code, captured.out, captured.err)

    def dump(self) -> list[str]:
        """Return everything in the database as SQL, to see that nothing changed."""
        connection = sqlite3.connect(self.database)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()

    def file(self, name: str, content: Any) -> Path:
        """Write a file: bytes as they are, text in UTF-8, anything else as JSON."""
        path = self.home / name
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        path.write_bytes(content)
        return path

    def _window(self, target: object) -> int:
        self.windows.append(target)
        return 0


@pytest.fixture
def terminal(tmp_path, capsys):
    return Terminal(tmp_path, capsys)


@pytest.fixture
def demo():
    """Return the file of a demonstration patient by its number."""
    return lambda number: DEMO / f"demo-{number}.json"
