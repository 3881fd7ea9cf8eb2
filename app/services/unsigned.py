"""Letters that wait for their signature, as lines of the worklist: each stands with its patient's nurse and doctor."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.pathway.worklist import Task

if TYPE_CHECKING:
    from app.services.worklist import WorklistItem
    from db.letters import Waiting
    from db.put_aside import PutAside
    from db.store import Store


def unsigned_items(
    store: "Store", as_of: date, asides: "Mapping[tuple[int, str], PutAside]", only: int | None = None
) -> "Iterator[WorklistItem]":
    """Yield the letters that wait on a day, of all patients or of the one with this key."""
    from app.services.worklist import WorklistItem
    from db.letters import waiting

    with store.cursor() as cursor:
        found = tuple(waiting(cursor, as_of.isoformat(), None if only is None else [only]))
    for one in found:
        task = task_of(one)
        aside = asides.get((one.patient_key, task.facts))
        yield WorklistItem(one.letter.mrn, one.name, task, as_of, one.nurse, one.doctor, aside)


def task_of(one: "Waiting") -> Task:
    """Return a letter that waits as a task; `beside` has its key."""
    letter = one.letter
    return Task(
        kind="letter", what=letter.kind, since=letter.day, rule="", facts=f"unsigned letter {letter.key}",
        beside=(str(letter.key),),
    )  # fmt: skip
