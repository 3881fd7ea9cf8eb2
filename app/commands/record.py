"""`import` and `export`: records in and out."""

import argparse
import sys
from pathlib import Path

from app.commands.doors import DONE, NOT_MET, Doors, WrongUsage, complain, say
from app.record.reading import Fault, NotPossible, Refused
from app.services.alike_words import alike_line
from app.services.patients import Alike
from app.services.whole_file import whole_file
from app.words import _, many


def import_files(typed: argparse.Namespace, doors: Doors) -> int:
    """Store the records of each file, whole or not at all; a refused file does not keep the next one out.

    Patients who may be here twice are named; nothing is refused for that.
    """
    code = DONE
    alike: list[str] = []

    def note(mrn: str, others: tuple[Alike, ...]) -> None:
        alike.append(alike_line(mrn, others))

    with doors.open_desk(typed.database) as desk:
        for name in typed.files:
            try:
                alike.clear()
                count = desk.patients.import_files([Path(name)], replace=typed.replace, found_alike=note)
            except Refused as refused:
                code = NOT_MET
                for fault in refused.faults:
                    complain(_of_file(name, fault))
            except NotPossible as refused:
                if not str(refused).startswith(name):  # the database, and not this file: the next fares no better
                    raise
                code = NOT_MET
                complain(str(refused))
            else:
                say(many("{file}: {count} stored", "{file}: {count} stored", count).format(file=name, count=count))
                for line in alike:
                    say(f"{name}: {line}")
    return code


def export(typed: argparse.Namespace, doors: Doors) -> int:
    """Write the records named, or all, to a file or to the terminal."""
    if typed.all == bool(typed.mrns):
        raise WrongUsage(_("Name the patients' numbers, or --all."))
    mrns = None if typed.all else list(dict.fromkeys(typed.mrns))
    with doors.open_desk(typed.database) as desk:
        if typed.out is None:
            sys.stdout.flush()
            desk.patients.export(mrns, sys.stdout.buffer)
        else:
            with whole_file(Path(typed.out)) as out:
                desk.patients.export(mrns, out)
    return DONE


def _of_file(name: str, fault: Fault) -> str:
    """Return a fault with the file as it was typed before it, once."""
    return f"{name}: {fault.sentence if fault.path == Path(name).name else fault}"
