"""The patients that were opened last, of each database: kept for this user across sessions."""

import json
import logging
from pathlib import Path

MOST = 10
MOST_DATABASES = 20
RECENT_FILE = "recent.json"


class Recent:
    """The numbers of the patients opened last in one database, the newest first.

    They are only remembered: whoever shows them leaves out those that are no more. None keeps them in memory alone.
    """

    def __init__(self, folder: Path | None, database: str) -> None:
        self._file = folder / RECENT_FILE if folder is not None else None
        self._database = database
        self.mrns: tuple[str, ...] = self._read().get(database, ())

    def opened(self, mrn: str) -> None:
        """Put a patient at the head."""
        if self.mrns[:1] != (mrn,):
            self.mrns = (mrn, *(one for one in self.mrns if one != mrn))[:MOST]
            self._store()

    def _read(self) -> dict[str, tuple[str, ...]]:
        if self._file is None:
            return {}
        try:
            kept = json.loads(self._file.read_bytes())
            return {str(name): tuple(str(mrn) for mrn in mrns)[:MOST] for name, mrns in kept.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, TypeError) as error:
            logging.getLogger(__name__).warning("recent patients could not be read: %s", type(error).__name__)
            return {}

    def _store(self) -> None:
        """Write the file, with what other windows have written of other databases meanwhile."""
        if self._file is None:
            return
        from app.record.reading import NotPossible
        from app.services.whole_file import whole_file

        others = [one for one in self._read().items() if one[0] != self._database][: MOST_DATABASES - 1]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file.touch(mode=0o600)
            with whole_file(self._file) as out:
                out.write(json.dumps({self._database: self.mrns, **dict(others)}, ensure_ascii=False).encode())
        except (OSError, NotPossible) as error:
            logging.getLogger(__name__).warning("recent patients could not be written: %s", type(error).__name__)
