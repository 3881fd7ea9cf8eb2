"""The database's own housekeeping: brought up to date, looked at, copied, put back."""

from collections.abc import Callable
from pathlib import Path

from db import migrate
from db.migrate import Upgrade

__all__ = ["Upgrade", "backup", "check", "restore", "upgrade"]


def upgrade(target: str | Path) -> Upgrade:
    """Make a new database, or bring an older one up to date, with a backup beside it first."""
    return migrate.upgrade(target)


def check(target: str | Path) -> tuple[str, ...]:
    """Return everything that is wrong with a database, one sentence each; nothing when it is sound."""
    return migrate.check(target)


def backup(target: str | Path, file: Path, report: Callable[[int], object] | None = None) -> None:
    """Write a whole copy of a database, also while others work in it; `report` is told the per cent."""
    migrate.backup(target, file, report)


def restore(target: str | Path, file: Path) -> Path | None:
    """Put a backup in the place of a database; what was there is kept beside it, and its path returned."""
    return migrate.restore(target, file)
