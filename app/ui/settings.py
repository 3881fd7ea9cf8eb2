"""What a person has chosen for the window, and how it was left: `window.json` in the user's folder."""

import json
import logging
from pathlib import Path
from typing import Any

from app.ui.palette import THEMES
from app.words import LANGUAGES

SYSTEM = "system"  # what the system says: its language, its colours
SIZES = (100, 110, 125, 150, 175, 200)  # per cent


class Settings:
    """The choices, each valid whatever the file holds. Every change is written at once; without a file, kept only here.

    app/words.py reads the language from the same file, before anything else of the program is there.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._kept = self._read()

    @property
    def language(self) -> str:
        """The language of the next start: "en", "fr", or "system"."""
        return self._one_of("language", LANGUAGES)

    @property
    def theme(self) -> str:
        """The colours: one of `THEMES`, or "system"."""
        return self._one_of("theme", THEMES)

    @property
    def size(self) -> int:
        """How large everything is, in per cent; from the next start on."""
        kept = self._kept.get("size")
        return kept if kept in SIZES else SIZES[0]

    @property
    def layout(self) -> dict[str, Any]:
        """How the window was left, by part; what is read from it may be anything."""
        kept = self._kept.get("layout")
        return kept if isinstance(kept, dict) else {}

    @property
    def printing(self) -> dict[str, Any]:
        """How each paper was printed last, by computer; what is read from it may be anything."""
        kept = self._kept.get("printing")
        return kept if isinstance(kept, dict) else {}

    def choose(self, **choices: object) -> None:
        """Keep choices by their names; None forgets one."""
        kept = {name: one for name, one in {**self._kept, **choices}.items() if one is not None}
        if kept != self._kept:
            self._kept = kept
            self._write()

    def _one_of(self, name: str, known: tuple[str, ...]) -> str:
        kept = self._kept.get(name)
        return kept if isinstance(kept, str) and kept in known else SYSTEM

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._file.read_bytes()) if self._file is not None else {}
        except (OSError, ValueError):  # not there, or not readable: as it is at first
            return {}
        return kept if isinstance(kept, dict) else {}

    def _write(self) -> None:
        if self._file is None:
            return
        from app.record.reading import NotPossible
        from app.services.whole_file import whole_file

        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with whole_file(self._file) as out:
                out.write(json.dumps(self._kept, ensure_ascii=False, indent=1).encode())
        except (OSError, NotPossible) as error:
            logging.getLogger(__name__).warning("the settings could not be written: %s", type(error).__name__)
