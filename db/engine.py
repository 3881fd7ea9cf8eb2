"""Opening a SQLite database the one way it is opened, and what goes wrong there in a nurse's words."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from app.record.reading import Locked, NotPossible
from app.words import _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

WAIT_SECONDS = 5
ROOM_TO_WORK = 1 << 20  # bytes; with less the log of a transaction has no place
WRITING = "alkpath_writing"  # execution option of a connection that is going to write
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def file_of(target: str | Path) -> Path:
    """Return the file that `target`, a path or a `sqlite:///` URL, names.

    Raises `NotPossible` for a URL of another database system.
    """
    text = str(target)
    scheme, separator, rest = text.partition("://")
    if isinstance(target, Path) or not separator or "/" in scheme:
        return Path(text).expanduser()
    if scheme not in ("sqlite", "sqlite+pysqlite"):
        raise NotPossible(
            _("This version stores in SQLite files only, not in {system}: give a path, or sqlite:///path.").format(
                system=scheme.partition("+")[0]
            )
        )
    path = unquote(rest.partition("?")[0])[1:]
    if not path or path == ":memory:":
        raise NotPossible(_("Give a file: sqlite:///path. A database in memory would be lost at the end."))
    return Path(path).expanduser()


def open_engine(file: Path) -> "Engine":
    """Return an engine over a SQLite file: WAL, foreign keys on, every commit on the disk before it returns.

    A transaction begins with BEGIN, and with BEGIN IMMEDIATE on a connection with the option `WRITING`, so that two
    writers wait for one another instead of failing half way. Nothing is opened yet; the folder is not created here.
    """
    from sqlalchemy import URL, create_engine, event

    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        hide_parameters=True,  # no patient in a message or a log
        connect_args={"timeout": WAIT_SECONDS, "isolation_level": None, "cached_statements": 512},
    )

    @event.listens_for(engine, "connect")
    def set_up(raw: sqlite3.Connection, _record: Any) -> None:
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: "Connection") -> None:
        # The driver begins nothing by itself (isolation_level None), or a read would not be one moment of the data.
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a database by itself, as it is, for its housekeeping; without a transaction, and without changing it."""
    with plainly(file), closing(sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        yield connection


def make_folder(file: Path) -> None:
    """Create the folder of `file` when it is not there; raises `NotPossible` saying why it cannot be."""
    folder = file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise NotPossible(
            _("{folder} cannot be a folder: there is a file in its path.").format(folder=folder)
        ) from None
    except OSError as error:
        raise NotPossible(
            _("The folder {folder} cannot be created: {why}.").format(folder=folder, why=reason_of(error))
        ) from None
    if file.is_dir():
        raise NotPossible(_("{file} is a folder; give the name of a database file.").format(file=file))


def now() -> str:
    """Return this moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def reason_of(error: OSError) -> str:
    """Return why the system refused, in lower case words."""
    return (error.strerror or type(error).__name__).lower()


@contextmanager
def plainly(file: Path) -> Iterator[None]:
    """Turn what SQLite says of `file` into `NotPossible` with what to do; a fault of ours passes as it is."""
    refusal: NotPossible | None
    try:
        yield
    except sqlite3.Error as error:
        refusal = _refusal(error, file)
        if refusal is None:
            raise
    except UnicodeEncodeError:
        words = _("A text holds half a character, which can be neither stored nor found: type it again.")
        refusal = NotPossible(words)
    except Exception as error:
        original = getattr(error, "orig", None)  # SQLAlchemy wraps the driver's error
        refusal = _refusal(original, file) if isinstance(original, sqlite3.Error) else None
        if refusal is None:
            raise
    else:
        return
    raise refusal  # outside the handlers: the driver's error is not chained to it


@contextmanager
def waiting(raw: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Let a connection wait so long for another writer, instead of as long as usual."""
    raw.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}").close()
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}").close()


def _refusal(error: sqlite3.Error, file: Path) -> NotPossible | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended code says more than people need
    if code == sqlite3.SQLITE_IOERR and _is_full(file.parent):  # so a full disk shows where the log is kept
        code = sqlite3.SQLITE_FULL
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        text = _("{file} is locked by another program. Close it there, or try again in a moment.")
        return Locked(text.format(file=file))
    match code:
        case sqlite3.SQLITE_FULL:
            text = _("The disk is full: nothing was stored in {file}. Make room and try again.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            text = _("{file} cannot be written: the file or its folder is read-only.")
        case sqlite3.SQLITE_CANTOPEN:
            text = _("{file} cannot be opened: its folder or disk is read-only, or this user has no right to it.")
        case sqlite3.SQLITE_NOTADB:
            text = _("{file} is not a database of this program.")
        case sqlite3.SQLITE_CORRUPT:
            text = _("{file} is damaged. Restore the last backup.")
        case sqlite3.SQLITE_IOERR:
            text = _("{file} could not be read or written: the disk or network drive reports an error.")
        case sqlite3.SQLITE_TOOBIG | sqlite3.SQLITE_NOMEM:
            text = _("This is more than {file} can hold at once.")
        case _:
            return None
    return NotPossible(text.format(file=file))


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ROOM_TO_WORK
    except OSError:
        return False
