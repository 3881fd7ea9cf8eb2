"""`demo`: the demonstration patients from a scratch database to their letters, without a screen."""

import argparse
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from app.commands.doors import DONE, Doors, say
from app.commands.next_step import short_lines
from app.paths import RESOURCES
from app.record.reading import NotPossible
from app.services.whole_file import whole_file
from app.words import _

DEMO = RESOURCES / "demo"


def demo(typed: argparse.Namespace, doors: Doors) -> int:
    """Load every demonstration patient, print the next step on a telling day, write the letter of that day."""
    folder = _folder(Path(typed.out))
    say(_("Demonstration patients: all invented. Your own database is not touched."))
    with TemporaryDirectory(prefix="alkpath-demo-") as scratch, doors.desk(Path(scratch) / "demo.sqlite", None) as desk:
        days = demo_days()
        desk.patients.import_files([DEMO / f"{name}.json" for name in days])
        for name, day in days.items():
            record = desk.patients.open(desk.patients.read_file(DEMO / f"{name}.json").patient.mrn).record
            say()
            say("─" * 100)
            say("\n".join(short_lines(record.patient, desk.advising.advise(record, day))))
            with whole_file(folder / f"{name}.pdf") as out:
                out.write(desk.letters.compose(record, day))
    say()
    say(_("{count} letters are in {folder}").format(count=len(days), folder=folder.resolve()))
    return DONE


def demo_days() -> dict[str, date]:
    """Return the demonstration patients by the names of their files, each with its telling day."""
    import yaml

    days: dict[str, date] = yaml.safe_load((DEMO / "days.yaml").read_text(encoding="utf-8"))
    return days


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotPossible(
            _("The folder {folder} cannot be made: {why}").format(folder=path, why=error.strerror)
        ) from None
    return path
