"""Files that are there whole or not at all: a letter, an export, a backup."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from app.record.reading import NotPossible
from app.words import _


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write; when the block ends without an error it is on the disk as `path`, else nothing is.

    A `path` that is already there is replaced in one step; a device or pipe is written to directly.
    Raises `NotPossible` when the folder or the disk does not take it, or when it is a database.
    """
    try:
        if path.exists() and not path.is_dir() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb") as device:
                yield device
        else:
            _refuse_database(path)
            with _beside(path.resolve()) as out:
                yield out
    except OSError as error:
        raise NotPossible(
            _("{file} cannot be written: {why}").format(file=path, why=error.strerror or type(error).__name__)
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` on the disk as `path`, whole; what was there before stays until then.

    Raises `NotPossible` with what is wrong when the folder or the disk does not take it.
    """
    with whole_file(path) as out:
        out.write(data)


def _refuse_database(path: Path) -> None:
    """A slip of the fingers must not put a letter in the place of all patients."""
    if path.is_file():
        with path.open("rb") as there:
            if there.read(16) == b"SQLite format 3\0":
                raise NotPossible(_("{file} is a database; it is not replaced.").format(file=path))


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    if path.is_dir():
        raise IsADirectoryError(0, _("it is a folder"))
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _remember(path.parent)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _remember(folder: Path) -> None:
    """Make the renaming itself survive a power cut, where the file system allows it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
