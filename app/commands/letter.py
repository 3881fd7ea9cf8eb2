"""`letter`: the PDF of a letter, whole or not at all."""

import argparse
from pathlib import Path

from app.commands.doors import DONE, Doors, WrongUsage, the_record
from app.services.letters import KINDS
from app.services.whole_file import whole_file
from app.words import _


def letter(typed: argparse.Namespace, doors: Doors) -> int:
    """Write one letter as of a day."""
    if typed.kind not in KINDS:
        raise WrongUsage(_("Letters of the kind “{kind}” are not in this version of ALKPath.").format(kind=typed.kind))
    with doors.open_desk(typed.database) as desk:
        record = the_record(desk, typed.record)
        page = desk.letters.compose(record, typed.as_of or desk.today(), kind=typed.kind, language=typed.language)
    with whole_file(Path(typed.out)) as out:
        out.write(page)
    return DONE
