"""`demo`: the demonstration patients from a scratch database to their letters, without a screen."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from app.commands.doors import DONE, Doors, say
from app.commands.next_step import WIDTH, short_lines
from app.record.reading import NotPossible
from app.services.demonstration import demonstration_files, telling_day
from app.services.whole_file import whole_file
from app.words import _


def demo(typed: argparse.Namespace, doors: Doors) -> int:
    """Load every demonstration patient, print the next step on a telling day, write the letter of that day."""
    folder = _folder(Path(typed.out))
    files = demonstration_files()
    say(_("Demonstration patients: all invented. Your own database is not touched."))
    with TemporaryDirectory(prefix="alkpath-demo-") as scratch, doors.desk(Path(scratch) / "demo.sqlite", None) as desk:
        desk.patients.import_files(files)
        for file in files:
            record = desk.patients.open(desk.patients.read_file(file).patient.mrn).record
            day = telling_day(record.patient.mrn) or desk.today()
            say()
            say("─" * WIDTH)
            say("\n".join(short_lines(record.patient, desk.advising.advise(record, day))))
            with whole_file(folder / f"{file.stem}.pdf") as out:
                out.write(desk.letters.compose(record, day))
    say()
    say(_("{count} letters are in {folder}").format(count=len(files), folder=folder.resolve()))
    return DONE


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotPossible(
            _("The folder {folder} cannot be made: {why}").format(folder=path, why=error.strerror)
        ) from None
    return path
