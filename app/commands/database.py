"""`database`: upgrade, check, backup, restore."""

import argparse
from pathlib import Path

from app.commands.doors import DONE, NOT_MET, Doors, complain, say
from app.services import backups
from app.words import _


def upgrade(typed: argparse.Namespace, doors: Doors) -> int:
    """Bring the database to this version and say what was done."""
    done = backups.upgrade(doors.database(typed.database))
    if done.before == done.after:
        say(_("The database is up to date (version {version}).").format(version=done.after))
    elif done.before is None:
        say(_("A new database was made (version {version}).").format(version=done.after))
    else:
        say(
            _("The database was brought from version {before} to {after}. A backup of before is {backup}").format(
                before=done.before, after=done.after, backup=done.backup
            )
        )
    return DONE


def check(typed: argparse.Namespace, doors: Doors) -> int:
    """Look whether the database is whole; each thing that is wrong is a line on stderr."""
    problems = backups.check(doors.database(typed.database))
    for problem in problems:
        complain(problem)
    if problems:
        return NOT_MET
    say(_("The database is whole."))
    return DONE


def backup(typed: argparse.Namespace, doors: Doors) -> int:
    """Write a copy of the database to a file."""
    backups.backup(doors.database(typed.database), Path(typed.file))
    say(_("The backup is {file}").format(file=typed.file))
    return DONE


def restore(typed: argparse.Namespace, doors: Doors) -> int:
    """Put a backup in the place of the database and say where the former one is."""
    former = backups.restore(doors.database(typed.database), Path(typed.file))
    say(_("The database was restored from {file}").format(file=typed.file))
    if former is not None:
        say(_("What was there before is kept as {file}").format(file=former))
    return DONE
