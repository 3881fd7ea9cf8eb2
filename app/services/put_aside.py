"""Putting something on the worklist aside: done, for what the record cannot know, or snoozed until a day.

It comes back on its day, or as soon as the facts it rests on change (`Task.facts`). Who, when, until and why are
stored; nothing is erased. What is urgent is not done here but decided on in the record, and rests a day at most. What
is due comes back although it was done, unless its result is recorded: else the next one would never be asked for.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.record.reading import Fault, NotPossible, Refused
from app.words import _
from db.put_aside import PutAside, Verdict

if TYPE_CHECKING:
    from app.services.worklist import WorklistItem
    from db.store import Store

__all__ = ["PutAside", "PutAsides", "Verdict", "cannot_be_done", "comes_back", "faults_of"]

DUE_AGAIN_DAYS = 14  # after which what is due comes back, though it was done, while no result is recorded
SNOOZE_DAYS = 7
LONGEST_DAYS = 366


def comes_back(item: "WorklistItem", verdict: Verdict, today: date) -> date | None:
    """Return the day that is offered for coming back; None: only when its facts change."""
    if verdict == "snoozed":
        return today + timedelta(days=1 if item.urgency == "urgent" else SNOOZE_DAYS)
    return today + timedelta(days=DUE_AGAIN_DAYS) if item.task.kind == "due" else None


def cannot_be_done(item: "WorklistItem") -> str:
    """Return why an item is not marked as done here, or ""."""
    if item.task.kind == "letter":
        return _("A letter is signed, or put away, where it is shown: Enter opens it. It can rest until a day.")
    if item.urgency != "urgent":
        return ""
    return _("What is urgent is decided on in the record: Enter opens it. It can rest until tomorrow.")


def faults_of(item: "WorklistItem", aside: PutAside, today: date) -> tuple[Fault, ...]:
    """Return what is missing in an answer, or cannot be, by the field it belongs to."""
    found = []
    if aside.verdict == "done" and (why := cannot_be_done(item)):
        found.append(Fault("", why))
    if aside.until is not None or comes_back(item, aside.verdict, today) is not None:
        found += [Fault("until", words) for words in _fault_of_day(item, aside, today)]
    if not aside.reason.strip():
        found.append(Fault("reason", _("Say in a word why.")))
    if not aside.by.strip():
        found.append(Fault("by", _("Say who you are.")))
    return tuple(found)


def _fault_of_day(item: "WorklistItem", aside: PutAside, today: date) -> list[str]:
    try:
        until = date.fromisoformat(aside.until or "")
    except ValueError:
        return [_("Give the whole day on which it comes back.")]
    if until <= today:
        return [_("Give a day after today.")]
    if item.urgency == "urgent" and until > today + timedelta(days=1):
        return [_("What is urgent rests until tomorrow at most.")]
    if until > today + timedelta(days=LONGEST_DAYS):
        return [_("Give a day within a year.")]
    return []


class PutAsides:
    """What is put aside in one database. Every method may raise `NotPossible`, saying what to do."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, item: "WorklistItem", aside: PutAside, today: date) -> PutAside:
        """Store an answer to an item and return it as stored; raises `Refused` with what is missing in it."""
        from db import put_aside

        tidy = replace(aside, reason=" ".join(aside.reason.split()), by=" ".join(aside.by.split()))
        if faults := faults_of(item, tidy, today):
            raise Refused(faults)
        with self._store.cursor(writing=True) as cursor:
            key = put_aside.put(cursor, item.mrn, item.task, tidy)
        if key is None:
            raise NotPossible(_("There is no patient with the number {mrn}.").format(mrn=item.mrn))
        return replace(tidy, key=key)

    def of_patient(self, mrn: str, as_of: date) -> Mapping[str, PutAside]:
        """Return what holds for a patient on a day, by the checksum of the facts it rests on."""
        from db import put_aside
        from db.worklist import key_of

        with self._store.cursor() as cursor:
            key = key_of(cursor, mrn)
            found = put_aside.holding(cursor, as_of) if key is not None else {}
        return {facts: aside for (patient, facts), aside in found.items() if patient == key}

    def take_back(self, aside: PutAside, by: str) -> None:
        """Let one answer hold no more; an earlier one to the same item holds again."""
        from db import put_aside

        assert aside.key is not None
        with self._store.cursor(writing=True) as cursor:
            put_aside.take_back(cursor, aside.key, by)

    def put_back(self, item: "WorklistItem", by: str) -> None:
        """Put an item back on the list, whatever was answered to it."""
        from db import put_aside

        with self._store.cursor(writing=True) as cursor:
            put_aside.take_back_all(cursor, item.mrn, item.task.facts, by)
