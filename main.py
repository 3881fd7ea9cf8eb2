"""ALKPath: opens the window, or does one command. Builds the few objects that live long."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.cli import main
from app.commands.doors import Doors, WrongUsage
from app.paths import user_folder
from app.words import _

if TYPE_CHECKING:
    from app.services.desk import Desk


@contextmanager
def desk(target: str | Path, settings: Path | None) -> Iterator["Desk"]:
    """Give the services over one database and the clinic's settings in a folder; the database is closed after."""
    from datetime import date

    from app.services.advice import Advising
    from app.services.bug_log import note_bug
    from app.services.clinic import Clinic
    from app.services.desk import Desk
    from app.services.letter_archive import LetterArchive
    from app.services.letters import Letters
    from app.services.patients import Patients
    from app.services.people import People
    from app.services.put_aside import PutAsides
    from app.services.worklist import Worklist
    from db.store import Store

    store = Store(target)
    clinic = Clinic(settings)
    advising = Advising(clinic, settings)
    failed = partial(note_bug, folder=settings) if settings else None
    letters = Letters(clinic, advising, asides=PutAsides(store), failed=failed)
    people = People(store, settings)
    try:
        yield Desk(
            patients=Patients(store, date.today),
            advising=advising,
            letters=letters,
            archive=LetterArchive(store, letters, people, date.today),
            clinic=clinic,
            worklist=Worklist(store, advising),
            people=people,
            today=date.today,
        )
    finally:
        store.close()


def window(target: str | Path) -> int:
    """Open the window over one database and return when it is closed."""
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys():
        raise WrongUsage(_("There is no screen here for the window. Without one, type: main.py demo"))
    from app.ui.application import run

    return run(lambda: desk(target, user_folder()))


def start() -> int:
    """Do what was typed and return the exit code."""
    return main(sys.argv[1:], Doors(user_folder=user_folder, desk=desk, window=window))


if __name__ == "__main__":
    sys.exit(start())
