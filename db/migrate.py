"""The versions of a database: made new, brought up to date, checked, backed up and restored.

Alembic is loaded only to make or to change tables (it takes 0.4 s); a database that is up to date is opened without it.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.record.reading import NotPossible
from app.words import _
from db import engine
from db.engine import WRITING, file_of, make_folder, open_engine, opened, plainly, reason_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0007"  # the newest migration; a test holds it to the folder
PAGES = 1000  # copied between two reports
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What an upgrade did: from which version (none: a new database) to which, and where the backup is."""

    before: str | None
    after: str
    backup: Path | None


def version_of(connection: sqlite3.Connection, file: Path) -> str | None:
    """Return the version of a database, None of an empty one; `NotPossible` when another program made it."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" in names and "patient" in names:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is not None:
            return str(row[0])
    if names:
        raise NotPossible(_("{file} is a database of another program.").format(file=file))
    return None


def upgrade(target: str | Path) -> Upgrade:
    """Make a new database, or bring an older one up to date after a backup beside it.

    Raises `NotPossible` for a database of a newer version, of another program, locked, read-only or full.
    """
    file = file_of(target)
    make_folder(file)
    with opened(file) as raw:
        before = version_of(raw, file)
    _refuse_newer(before, file)
    if before == HEAD:
        return Upgrade(before=before, after=HEAD, backup=None)
    saved = None
    if before is not None:
        saved = _beside(file, f"before-{HEAD}")
        backup(file, saved)
    with plainly(file):
        _migrate(file)
    return Upgrade(before=before, after=HEAD, backup=saved)


def make_ready(file: Path) -> None:
    """See that there is a database of this version at `file`: made, or brought up to date, when it is not."""
    make_folder(file)
    with opened(file) as raw:
        version = version_of(raw, file)
    if version != HEAD:
        upgrade(file)


def check(target: str | Path) -> tuple[str, ...]:
    """Return everything that is wrong with a database, one sentence each; nothing when it is sound.

    Raises `NotPossible` when it cannot even be looked at: another program's, of a newer version, too damaged.
    """
    file = _existing(target)
    with opened(file) as raw:
        version = version_of(raw, file)
        _refuse_newer(version, file)
        found = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        orphans = {(row[0], row[2]) for row in raw.execute("PRAGMA foreign_key_check")}
        found += [
            _("Rows of {table} belong to nothing in {owner}.").format(table=table, owner=owner)
            for table, owner in sorted(orphans)
        ]
        if version != HEAD:
            found.append(
                _("It is of version {version}, and this program works with {head}: run the upgrade.").format(
                    version=version or _("none"), head=HEAD
                )
            )
    return tuple(found)


def backup(target: str | Path, file: Path, report: Callable[[int], object] | None = None) -> None:
    """Write a whole copy of a database, also while others work in it. `file` is there whole, or as it was.

    `report` is told the per cent that are copied; what it raises ends the copying.
    """
    source = _existing(target)
    if file.resolve() == source.resolve():
        raise NotPossible(_("A backup needs a name of its own: {file} is the database itself.").format(file=file))
    make_folder(file)
    part = file.with_name(f".{file.name}.part-{os.getpid()}")
    try:
        with opened(source) as raw:
            version_of(raw, source)
            with plainly(file), closing(sqlite3.connect(part, isolation_level=None)) as copy:
                _copy(raw, copy, report)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, readable from a read-only disk
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        raise NotPossible(_("{file} cannot be written: {why}.").format(file=file, why=reason_of(error))) from None
    finally:
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + suffix).unlink()


def restore(target: str | Path, file: Path) -> Path | None:
    """Put a backup in the place of a database; what was there is kept beside it, and its path returned.

    Raises `NotPossible` when `file` is no sound backup of this version or an older one; nothing is touched then.
    """
    if problems := check_backup(file):
        raise NotPossible(_("{file} cannot be restored: {why}").format(file=file, why=problems[0]))
    place = file_of(target)
    if place.exists() and place.resolve() == file.resolve():
        raise NotPossible(_("{file} is the database itself.").format(file=file))
    make_folder(place)
    former = _set_aside(place) if place.exists() else None
    with opened(file) as source, opened(place) as raw:
        _copy(source, raw)
    return former


def check_backup(file: Path) -> tuple[str, ...]:
    """Return what is wrong with a backup: as `check`, but an older version is no fault."""
    with opened(_existing(file)) as raw:
        version = version_of(raw, file)
        _refuse_newer(version, file)
        if version is None:
            return (_("it is empty."),)
        if any(row[0] != "ok" for row in raw.execute("PRAGMA integrity_check(1)")):
            return (_("it is damaged."),)
    return ()


def _set_aside(place: Path) -> Path | None:
    """Keep a copy of the database that is about to be replaced; one too damaged to be copied is moved away."""
    if not place.stat().st_size:
        return None
    former = _beside(place, "before-restore")
    if not _is_damaged(place):
        backup(place, former)
        return former
    for suffix in ("", "-wal", "-shm"):
        piece = place.with_name(place.name + suffix)
        if piece.exists():
            piece.rename(former.with_name(former.name + suffix))
    return former


def _is_damaged(file: Path) -> bool:
    with plainly(file):
        try:
            with closing(sqlite3.connect(file, timeout=engine.WAIT_SECONDS)) as raw:
                return any(row[0] != "ok" for row in raw.execute("PRAGMA integrity_check(1)"))
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                return True
            raise


def _migrate(file: Path) -> None:
    """Run the migrations in one transaction of a connection of its own, foreign keys off.

    SQLite changes a table by making it anew and dropping the old one; with foreign keys on, the drop would reach the
    rows that belong to it. So they are off before the transaction begins, and looked at before it ends.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    own = open_engine(file)
    try:
        with own.connect().execution_options(**{WRITING: True}) as connection:
            raw = connection.connection.dbapi_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                before = _counts(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _nothing_lost(connection, before, file)
    finally:
        own.dispose()


def _counts(connection: "Connection") -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).scalars()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names.all()}


def _nothing_lost(connection: "Connection", before: dict[str, int], file: Path) -> None:
    """Raise, and so take everything back, when a row is gone or belongs to nothing."""
    after = _counts(connection)
    lost = [name for name, count in before.items() if name in after and after[name] < count]
    if lost or connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise NotPossible(
            _("{file} could not be brought up to date without losing entries; it is as it was.").format(file=file)
        )


def _refuse_newer(version: str | None, file: Path) -> None:
    if version is not None and version > HEAD:
        raise NotPossible(
            _(
                "{file} was made by a newer version of this program (database version {version}; this program knows "
                "up to {head}). Install the newer program; nothing was changed."
            ).format(file=file, version=version, head=HEAD)
        )


def _existing(target: str | Path) -> Path:
    file = file_of(target)
    if not file.is_file():
        raise NotPossible(_("There is no database at {file}.").format(file=file))
    return file


def _beside(file: Path, why: str) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    return file.with_name(f"{file.stem}-{why}-{moment}{file.suffix}")


def _copy(
    source: sqlite3.Connection, destination: sqlite3.Connection, report: Callable[[int], object] | None = None
) -> None:
    """Copy every page as of one moment; a lock is waited for as long as for any writing, not for ever."""
    tries = 0

    def look(status: int, remaining: int, total: int) -> None:
        nonlocal tries
        if report is not None:
            report(100 * (total - remaining) // total if total else 0)
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            tries += 1
            if tries * 0.25 > engine.WAIT_SECONDS:
                raise TimeoutError

    if report is not None:  # between the steps others may write: what is read stays as it is now
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        source.backup(destination, pages=PAGES if report is not None else -1, progress=look, sleep=0.25)
    except TimeoutError:
        raise NotPossible(
            _("The database is locked by another program. Close it there, or try again in a moment.")
        ) from None


def _sync_folder(folder: Path) -> None:
    """Make a rename last (where the system knows how)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
