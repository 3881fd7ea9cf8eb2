"""The worklist over all patients: shown as it was worked out last, and brought up to date behind it.

What is worked out for a patient is kept with the version of the record, the protocol's checksum, the clinic's settings
and the day; only patients of whom one of these is otherwise, or whose tasks no longer hold on the day
(`app.pathway.worklist.holds_until`), are worked out again. What is due is shown from a week before its day.
"""

import gc
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

from app import __version__
from app.record.dates import earliest_day, whole_day
from app.services.put_aside import PutAsides
from app.words import language

if TYPE_CHECKING:  # the window opens without them
    from app.pathway.worklist import Task
    from app.services.advice import Advising
    from db.put_aside import PutAside
    from db.store import Store
    from db.worklist import Answer, Run

AHEAD_DAYS = 7  # what is due later than this is not shown yet
AT_ONCE = 250  # patients read, worked out and stored together
Urgency = Literal["urgent", "due", "awaited", "open"]
URGENCIES: tuple[Urgency, ...] = ("urgent", "due", "awaited", "open")
_KINDS: dict[str, tuple[str, Urgency]] = {
    "alert": ("alert", "urgent"),
    "due": ("due", "due"),
    "progression": ("progression_without_decision", "due"),
    "awaited": ("result_awaited", "awaited"),
    "rebiopsy": ("rebiopsy_not_done", "awaited"),
    "undecided": ("advice_not_decided", "open"),
    "record": ("record_to_complete", "open"),
}
_RANK = {kind: URGENCIES.index(urgency) for kind, (_kind, urgency) in _KINDS.items()}
LAST = len(URGENCIES) - 1


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """One thing that stands open for one patient, told as of a day; told only when asked, as lists are long.

    `aside` is what somebody answered to it (done, or snoozed) and still holds; then it is not to be listed.
    """

    mrn: str
    name: str
    task: "Task"
    as_of: date
    nurse: str = ""
    doctor: str = ""
    aside: "PutAside | None" = None

    @property
    def kind(self) -> str:
        """What it is.

        alert, due, overdue, progression_without_decision, result_awaited, rebiopsy_not_done, advice_not_decided or
        record_to_complete.
        """
        return "overdue" if self.overdue_days else _KINDS[self.task.kind][0]

    @property
    def urgency(self) -> Urgency:
        """Where it stands in the list; an alert that was accepted is open, not urgent."""
        return "open" if self.task.decided_on else _KINDS[self.task.kind][1]

    @property
    def words(self) -> str:
        """Why it stands there, in one line."""
        from app.services.worklist_words import words_of

        return words_of(self.task, self.as_of)

    @property
    def overdue_days(self) -> int:
        """How many days over its day; 0 where nothing had a day."""
        if self.task.kind != "due" or self.task.since is None:
            return 0
        return max(0, (self.as_of - earliest_day(self.task.since)).days)

    @property
    def what(self) -> str:
        """The code of what is due, was asked for, or is advised."""
        return self.task.what

    @property
    def drug(self) -> str | None:
        """The drug it goes with."""
        return self.task.drug

    @property
    def since(self) -> str | None:
        """The day it was due or began, as exact as the record has it."""
        return self.task.since

    @property
    def rule(self) -> str:
        """The rule of the protocol that asks for it."""
        return self.task.rule

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of the entries it rests on."""
        return self.task.entries


class Worklist:
    """The worklist of one database. Every method may raise `NotPossible`, saying what to do."""

    def __init__(self, store: "Store", advising: "Advising") -> None:
        self._store = store
        self._advising = advising
        self.asides = PutAsides(store)

    def shown(self, as_of: date) -> tuple[WorklistItem, ...]:
        """Return what was worked out last, told as of a day: at once, and perhaps of an older record.

        What was put aside is among it, and says so.
        """
        return in_order(self._kept(as_of))

    def last_run(self) -> "Run | None":
        """Return when everything was last brought up to date, or None."""
        from db.worklist import last_run

        with self._store.cursor() as cursor:
            return last_run(cursor)

    def of_patient(self, mrn: str, as_of: date) -> tuple[WorklistItem, ...]:
        """Bring one patient up to date and return what stands open."""
        from db.worklist import keep, key_of

        with self._store.cursor() as cursor:
            key = key_of(cursor, mrn)
        if key is None:
            return ()
        if key in self._outdated(as_of):
            answers = list(self._answers([key], as_of))
            with self._store.cursor(writing=True) as cursor:
                keep(cursor, answers, as_of, self._made_by())
        return in_order(self._kept(as_of, only=key))

    def outdated(self, as_of: date) -> int:
        """Return for how many patients what is kept does not hold on a day."""
        return len(self._outdated(as_of))

    def bring_up_to_date(self, as_of: date, report: Callable[[int], None] | None = None) -> int:
        """Work out and keep what is outdated, and return for how many patients.

        `report` is told after each few how many are done; what it raises ends the work there, and what is done stays.
        """
        from db.worklist import keep, last_run, note_run

        keys, made_by, done = self._outdated(as_of), self._made_by(), 0
        for start in range(0, len(keys), AT_ONCE):
            with _collecting_later():
                answers = list(self._answers(keys[start : start + AT_ONCE], as_of))
            with self._store.cursor(writing=True) as cursor:
                keep(cursor, answers, as_of, made_by)
            done += len(answers)
            if report is not None:
                report(done)
        with self._store.cursor(writing=True) as cursor:
            before = last_run(cursor)
            if done or before is None or before.as_of != as_of.isoformat():
                note_run(cursor, as_of)
        return done

    def on(self, as_of: date) -> tuple[WorklistItem, ...]:
        """Return the worklist of any day, as `shown`; nothing is stored."""
        keys = self._outdated(as_of)
        items = list(self._kept(as_of, set(keys)))
        asides = self._asides(as_of)
        for start in range(0, len(keys), AT_ONCE):
            for one in self._answers(keys[start : start + AT_ONCE], as_of):
                items += _items(one, as_of, asides)
        return in_order(items)

    def _outdated(self, as_of: date) -> list[int]:
        from db.worklist import outdated

        made_by = self._made_by()
        with self._store.cursor() as cursor:
            return outdated(cursor, as_of, made_by)

    def _asides(self, as_of: date) -> "Mapping[tuple[int, str], PutAside]":
        from db.put_aside import holding

        with self._store.cursor() as cursor:
            return holding(cursor, as_of)

    def _kept(self, as_of: date, without: Collection[int] = (), *, only: int | None = None) -> Iterator[WorklistItem]:
        from db.worklist import kept

        asides = self._asides(as_of)
        with self._store.cursor() as cursor:
            found = [one for one in kept(cursor, _due_by(as_of), only) if one.key not in without]
        for one in found:
            for task in one.tasks:
                aside = asides.get((one.key, task.facts)) if asides else None
                yield WorklistItem(one.mrn, one.name, task, as_of, one.nurse, one.doctor, aside)

    def _answers(self, keys: list[int], as_of: date) -> "Iterator[Answer]":
        from app.pathway.engine import advise_on
        from app.pathway.finding import find
        from app.pathway.worklist import holds_until, tasks_of
        from db.worklist import Answer, records

        protocol = self._advising.protocol()
        parameters = {**protocol.parameters, **self._advising.parameters()}
        days = int(parameters["baseline_days"])
        with self._store.cursor() as cursor:
            read = list(records(cursor, keys))
        for key, version, record in read:
            findings = find(record, protocol, as_of, parameters)
            tasks = tasks_of(findings, advise_on(findings, protocol, brief=True))
            until = holds_until(record, as_of, tasks, days)
            yield Answer(key=key, version=version, person=record.patient, until=until, tasks=tasks)

    def _made_by(self) -> str:
        """Return what an answer rests on besides the record and the day."""
        protocol = self._advising.protocol().ref
        settings = dict(self._advising.parameters())
        return json.dumps(
            {
                "program": __version__,
                "protocol": protocol.id,
                "sha256": protocol.sha256,
                "parameters": settings,
                "language": language(),  # what an alert says is kept as it was said
            },
            sort_keys=True,
            default=str,
        )


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Let the collector of cycles rest for a moment: records are read in the thousands, and nothing here makes any."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _items(answer: "Answer", as_of: date, asides: "Mapping[tuple[int, str], PutAside]") -> Iterator[WorklistItem]:
    """Yield the items of a patient as of a day; what is due later than `AHEAD_DAYS` is left out."""
    from db.worklist import name_of

    person, due_by = answer.person, _due_by(as_of)
    team = person.team
    nurse, doctor = (team.nurse or "", team.doctor or "") if team is not None else ("", "")
    for task in answer.tasks:
        if task.kind != "due" or task.since is None or task.since <= due_by:
            aside = asides.get((answer.key, task.facts))
            yield WorklistItem(person.mrn, name_of(person), task, as_of, nurse, doctor, aside)


def _due_by(as_of: date) -> str:
    return date.fromordinal(min(as_of.toordinal() + AHEAD_DAYS, date.max.toordinal())).isoformat()


def in_order(items: Iterable[WorklistItem]) -> tuple[WorklistItem, ...]:
    """Return items by urgency, the longest standing first, then by name; what has no day comes last.

    Of what is urgent, what stops a drug comes first.
    """
    return tuple(sorted(items, key=place_of))


def place_of(item: WorklistItem) -> tuple[int, bool, str, str, str]:
    """Return what items are put in order by."""
    task = item.task
    rank = LAST if task.decided_on else _RANK[task.kind]
    stops = rank == 0 and task.what in _holds()
    return rank, not stops, whole_day(task.since) if task.since else "9999", item.name, item.mrn


@cache
def _holds() -> Collection[str]:
    """Return the actions that stop a drug; loaded when there is something to put in order."""
    from app.services.decisions import HOLDS

    return HOLDS
