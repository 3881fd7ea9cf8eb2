"""The people of the clinic, and who of them sits at this machine: the one place that says by whom things are done.

There are no passwords yet: anybody at this machine can choose any name. They come with encryption, and come here.
"""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from app.record.reading import Fault, NotPossible, Refused
from app.words import _, later
from db.people import Person, Role

if TYPE_CHECKING:
    from db.store import Store

__all__ = ["ROLES", "ROLE_WORDS", "People", "Person", "Role"]

FILE_NAME = "last-person.json"
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: dict[Role, str] = {"nurse": later("nurse"), "doctor": later("doctor")}


class People:
    """The people of one database. Every method that reads or stores may raise `NotPossible`, saying what to do."""

    def __init__(self, store: "Store", folder: Path | None = None) -> None:
        """Remember in `folder` who was chosen last on this machine; None remembers nobody."""
        self._store = store
        self._file = folder / FILE_NAME if folder is not None else None
        self._chosen: Person | None = None

    @property
    def chosen(self) -> Person | None:
        """Who sits here; None: nobody was chosen."""
        return self._chosen

    @property
    def by(self) -> str:
        """The name under which things are entered and decided; "" while nobody is chosen."""
        return self._chosen.name if self._chosen is not None else ""

    def choose(self, person: Person | None) -> None:
        """Let a person sit here from now on, or nobody; who it was is remembered for the next start."""
        self._chosen = person
        if person is not None:
            self._remember(person.name)

    def listed(self, *, retired: bool = False) -> tuple[Person, ...]:
        """Return the people who may be chosen, by name; with `retired` those too who work here no more."""
        from db import people

        with self._store.cursor() as cursor:
            found = people.listed(cursor)
        return tuple(one for one in found if retired or not one.retired)

    def last(self) -> Person | None:
        """Return who was chosen last on this machine, if that person still works here."""
        name = self._remembered()
        return next((one for one in self.listed() if one.name == name), None) if name else None

    def put(self, person: Person) -> Person:
        """Store a person, new or changed, and return the person as stored.

        Raises `Refused` when the name cannot be kept or is somebody's already. Nobody is ever removed: the history
        names them. Who sits here goes on under a new name, and leaves when retired.
        """
        from db import people

        with self._store.cursor(writing=True) as cursor:
            wanted = replace(person, name=_checked(person, people.listed(cursor)))
            stored = replace(wanted, key=people.put(cursor, wanted))
        if self._chosen is not None and self._chosen.key == stored.key:
            self.choose(None if stored.retired else stored)
        return stored

    def confirm_signer(self, person: Person) -> None:
        """Raise `NotPossible` unless this person may sign: a doctor of the list. Here a password will be asked for."""
        listed = next((one for one in self.listed() if one.key == person.key), None)
        if listed is None or listed.role != "doctor":
            words = _("{name} cannot sign: letters are signed by a doctor of the clinic’s list (Ctrl+Shift+U).")
            raise NotPossible(words.format(name=person.name))

    def _remember(self, name: str) -> None:
        if self._file is None:
            return
        from app.services.whole_file import whole_file

        with suppress(OSError, NotPossible):  # a disk that does not take it costs one keystroke at the next start
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with whole_file(self._file) as out:
                out.write(json.dumps({"name": name}, ensure_ascii=False).encode())

    def _remembered(self) -> str:
        if self._file is None:
            return ""
        try:
            return str(json.loads(self._file.read_bytes())["name"])
        except (OSError, ValueError, KeyError, TypeError):  # none was chosen yet, or it is no file of ours
            return ""


def _checked(person: Person, there: tuple[Person, ...]) -> str:
    """Return the name as it is stored, or raise `Refused`."""
    from app.record.fields import fault_in_text

    name = " ".join(person.name.split())
    if not name:
        raise Refused([Fault("name", _("must not be empty"))])
    if fault := fault_in_text(name):
        raise Refused([Fault("name", fault)])
    same = next((one for one in there if one.name.casefold() == name.casefold() and one.key != person.key), None)
    if same is not None:
        words = _("{name} is in the list already, as retired") if same.retired else _("{name} is in the list already")
        raise Refused([Fault("name", words.format(name=same.name))])
    return name
