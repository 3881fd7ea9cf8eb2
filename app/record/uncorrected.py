"""A record as it would be now had nothing of an earlier day been put right since."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from app.record.record import SECTIONS, PatientRecord
from app.record.views import up_to

T = TypeVar("T")
MOMENTS = frozenset({"date", "reported_on", "requested_on", "started_on", "from_"})
# What an entry is of: one entered anew in the place of another one has the same.
SUBJECTS = frozenset({"analyte", "kind", "method", "term", "modality", "drugs", "code", "drug", "name", "rule"})


def uncorrected(now: PatientRecord, then: PatientRecord, on: date) -> PatientRecord:
    """Return `now` without the corrections of what was of `on` or before, since the record was as in `then`.

    Corrected is what has changed, was marked in error, was taken back, or was entered anew in its place. What has come
    since stays, and so does what was only entered late: that is news.
    """
    before, after = up_to(then, on), up_to(now, on)
    changed: dict[str, Any] = {
        section: _entries(*(getattr(one, section) for one in (now, then, before, after)), on=on) for section in SECTIONS
    }
    diagnosis = now.diagnosis
    if diagnosis is not None and before.diagnosis is not None and after.diagnosis is not None:
        diagnosis = _put_back(diagnosis, before.diagnosis, after.diagnosis, on)
    patient = _put_back(now.patient, before.patient, after.patient, on)
    return replace(now, patient=patient, diagnosis=diagnosis, **changed)


def _entries(
    now: Sequence[Any], then: Sequence[Any], before: Sequence[Any], after: Sequence[Any], *, on: date
) -> tuple[Any, ...]:
    """Return the entries of one list; `before` and `after` are those of them that were seen."""
    if before == after:
        return tuple(now)
    was, is_now = {one.id: one for one in before}, {one.id: one for one in after}
    # Seen only then, or only now, though it was there: marked in error or of another day, one of the two times.
    otherwise = {one.id: one for one in then if (one.id in was) != (one.id in is_now)}
    withdrawn = [one for one in otherwise.values() if one.id in was]

    def each() -> Iterator[Any]:
        for one in now:
            if one.id in otherwise:
                yield otherwise.pop(one.id)
            elif one.id in was and one.id in is_now:
                yield _put_back(one, was[one.id], is_now[one.id], on)
            elif not (one.id in is_now and any(_is_instead(one, other) for other in withdrawn)):
                yield one
        yield from otherwise.values()  # taken back: not there at all any more

    return tuple(each())


def _put_back(one: T, was: T, is_now: T, on: date) -> T:
    """Return an entry with every field that was another one as it was; of a list, what has come since stays in it."""
    entry: Any = one
    changed: dict[str, Any] = {}
    for name in (field.name for field in fields(entry)):
        former = getattr(was, name)
        if former != getattr(is_now, name):
            since = [row for row in getattr(entry, name) if _is_of_later(row, on)] if isinstance(former, tuple) else ()
            changed[name] = (*former, *since) if since else former
    return replace(entry, **changed) if changed else one


def _is_of_later(row: Any, on: date) -> bool:
    """Return whether a row of a list, as a dose, is of a day after `on`."""
    moments = (getattr(row, name, None) for name in MOMENTS)
    return any(moment is not None and moment > on.isoformat() for moment in moments)


def _is_instead(new: Any, old: Any) -> bool:
    """Return whether an entry was made in the place of another: of the same, on its day or else all alike."""
    names = [field.name for field in fields(new)]
    if any(getattr(new, name) != getattr(old, name) for name in names if name in SUBJECTS):
        return False
    others = [name for name in names if name not in MOMENTS and name not in ("id", "entered_in_error")]
    is_of_its_day = all(getattr(new, name) == getattr(old, name) for name in names if name in MOMENTS)
    return is_of_its_day or all(getattr(new, name) == getattr(old, name) for name in others)
