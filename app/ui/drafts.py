"""Typing that is not saved yet: kept per patient and entry, in memory and on the disk, until it is saved or dropped."""

import json
import logging
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE = 700  # milliseconds without a key before the file is written
LONGEST = 3000  # milliseconds that somebody types on before it is written all the same
NEW_PATIENT = ""
LETTER = "letter"  # the words of a letter that is not signed
CHOICES = "letter choices"  # kind, recipient and language of one without a word typed: kept, but no unfinished typing


class DraftKey(NamedTuple):
    """What the typing belongs to: the patient's number ("" for a patient still to be made), the list, the entry.

    `entry` is "" for an entry still to be made, and for the patient's details and the diagnosis.
    """

    mrn: str
    section: str
    entry: str = ""


class Kept(NamedTuple):
    """What was typed, and as typing the entry it was typed over; None of an entry still to be made."""

    typed: dict[str, Any]
    base: dict[str, Any] | None


class Drafts(QObject):
    """All unfinished typing. The file is the user's alone; it is gone when nothing is unfinished."""

    changed = Signal()

    def __init__(self, file: Path | None, parent: QObject | None = None) -> None:
        """Take up what `file` kept of the last session; None keeps drafts in memory only."""
        super().__init__(parent)
        self._file = file
        self._typed: dict[DraftKey, Kept] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.store)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        self._longest.timeout.connect(self.store)
        self._read()

    def typed(self, key: DraftKey) -> dict[str, Any] | None:
        """Return what was typed there, or None."""
        kept = self._typed.get(key)
        return None if kept is None else deepcopy(kept.typed)

    def base(self, key: DraftKey) -> dict[str, Any] | None:
        """Return what the entry was, as typing, when it was begun to be changed; None when that is not known."""
        kept = self._typed.get(key)
        return None if kept is None else deepcopy(kept.base)

    def keep(self, key: DraftKey, typed: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> None:
        """Keep what was typed over `base`; it is on the disk at the next pause, or after a few seconds without one."""
        is_new = key not in self._typed
        self._typed[key] = Kept(deepcopy(dict(typed)), None if base is None else deepcopy(dict(base)))
        self._write_soon()
        if is_new:
            self.changed.emit()

    def drop(self, key: DraftKey) -> None:
        """Forget what was typed: it is saved now, or was not wanted."""
        if self._typed.pop(key, None) is not None:
            self._write_soon()
            self.changed.emit()

    def move(self, old: DraftKey, new: DraftKey) -> None:
        """Let what was typed at `old` be begun at `new`; where there is typing already, it waits at its own place."""
        if (kept := self.typed(old)) is not None and new not in self._typed:
            self.drop(old)
            self.keep(new, kept)

    def everything(self) -> tuple[DraftKey, ...]:
        """Return everything that is unfinished, in the order it was begun."""
        return tuple(key for key in self._typed if key.section != CHOICES)

    def of(self, mrn: str) -> tuple[DraftKey, ...]:
        """Return what is unfinished of one patient, in the order it was begun."""
        return tuple(key for key in self.everything() if key.mrn == mrn)

    def renumber(self, old: str, new: str) -> None:
        """Follow a patient whose number was corrected."""
        if old != new and any(key.mrn == old for key in self._typed):
            self._typed = {(key._replace(mrn=new) if key.mrn == old else key): one for key, one in self._typed.items()}
            self._write_soon()

    def store(self) -> None:
        """Write the file now. A disk that does not take it costs the safety of a crash, not the typing itself."""
        self._pause.stop()
        self._longest.stop()
        if self._file is None:
            return
        from app.record.reading import NotPossible
        from app.services.whole_file import whole_file

        try:
            if not self._typed:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file.touch(mode=0o600)
            kept = [{**key._asdict(), **one._asdict()} for key, one in self._typed.items()]
            with whole_file(self._file) as out:
                out.write(json.dumps(kept, ensure_ascii=False).encode())
        except (OSError, NotPossible) as error:
            logging.getLogger(__name__).warning("unfinished typing could not be written: %s", type(error).__name__)

    def _write_soon(self) -> None:
        """Write at the next pause, and within a few seconds even when there is none."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def _read(self) -> None:
        if self._file is None:
            return
        try:
            kept = json.loads(self._file.read_bytes())
            for one in kept:
                key = DraftKey(str(one["mrn"]), str(one["section"]), str(one["entry"]))
                base = one.get("base")
                if isinstance(one["typed"], dict):
                    self._typed[key] = Kept(one["typed"], base if isinstance(base, dict) else None)
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            logging.getLogger(__name__).warning("unfinished typing could not be read: %s", type(error).__name__)
