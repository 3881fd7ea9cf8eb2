"""`letter`: the PDF of a letter, whole or not at all."""

import argparse
from pathlib import Path

from app.commands.doors import DONE, Doors, the_record
from app.services.whole_file import whole_file


def letter(typed: argparse.Namespace, doors: Doors) -> int:
    """Write one letter as of a day."""
    with doors.open_desk(typed.database) as desk:
        record = the_record(desk, typed.record)
        page = desk.letters.compose(record, typed.as_of or desk.today(), kind=typed.kind, language=typed.language)
    with whole_file(Path(typed.out)) as out:
        out.write(page)
    return DONE
