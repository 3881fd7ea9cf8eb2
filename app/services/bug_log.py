"""What is kept of a bug: where it happened, and nothing of any patient."""

import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from app import __version__

FILE_NAME = "faults.log"
LARGEST_LOG = 1_000_000  # bytes; then it starts anew


def note_bug(error: BaseException, folder: Path) -> Path | None:
    """Add `error` to the log in `folder` and return the log, or None when it cannot be written.

    Only the kinds of the errors and the lines of the program are written: an error's own text may quote a patient.
    """
    lines = [
        f"{datetime.now(UTC).isoformat(timespec='seconds')} ALKPath {__version__}, Python {platform.python_version()},"
        f" {sys.platform}"
    ]
    at: BaseException | None = error
    for depth in range(10):
        if at is None:
            break
        lines.append(f"  {'' if depth == 0 else 'after '}{type(at).__module__}.{type(at).__qualname__}")
        lines += [
            f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(at.__traceback__)
        ]
        at = at.__cause__ or at.__context__
    log = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        anew = log.exists() and log.stat().st_size > LARGEST_LOG
        with log.open("w" if anew else "a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return log
