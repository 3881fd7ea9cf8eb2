"""What of all that is due rests, because everything on the worklist that asks for it was put aside."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from app.pathway.due import AWAITED_RULE
from app.pathway.worklist import REBIOPSY_RULE, Task

Answer = TypeVar("Answer")


def resting(tasks: Iterable[Task], answers: Mapping[str, Answer]) -> dict[tuple[str, str], tuple[Answer, ...]]:
    """Return what rests, by the code of what is due and its rule, with what was answered to each task of it.

    `answers` go by the checksum of the facts they rest on (`Task.facts`). While one task stands open, nothing rests.
    """
    asking: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        for due in _asks_for(task):
            asking.setdefault(due, []).append(task)
    return {
        due: tuple(answers[task.facts] for task in several)
        for due, several in asking.items()
        if all(task.facts in answers for task in several)
    }


def _asks_for(task: Task) -> Iterator[tuple[str, str]]:
    """Yield what is due by a task; a sample that is asked for has its tests waiting (`beside`)."""
    if task.kind == "due":
        yield task.what, task.rule
    if task.kind == "rebiopsy":
        yield "rebiopsy", REBIOPSY_RULE
    if task.kind == "awaited" or (task.kind == "rebiopsy" and task.beside):
        yield "test_result", AWAITED_RULE
