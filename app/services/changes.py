"""What a change of a record was about, in words: "FISH of 22 January 2014"."""

from typing import Any

from app.letters.entries import Entries
from app.record.record import PatientRecord
from app.words import _


def what_changed(before: PatientRecord, after: PatientRecord) -> str:
    """Return what differs between two states of a record: the first entry by its name, and how many more."""
    named = []
    if before.patient != after.patient:
        named.append(_("patient’s details"))
    if before.diagnosis != after.diagnosis:
        named.append(_("diagnosis"))
    old, new = _by_id(before), _by_id(after)
    touched = [one for one in (*new, *(one for one in old if one not in new)) if old.get(one) != new.get(one)]
    if touched:
        named.append(_named(touched[0], old, new, before, after))
    more = len(named) + len(touched[1:]) - 1
    if not named:
        return ""
    return _("{what} and {count} more").format(what=named[0], count=more) if more else named[0]


def _named(entry_id: str, old: dict[str, Any], new: dict[str, Any], before: PatientRecord, after: PatientRecord) -> str:
    record = after if entry_id in new else before
    name = Entries(record).said(entry_id)
    marks = [getattr(one.get(entry_id), "entered_in_error", None) is not None for one in (old, new)]
    return _("entered in error: {what}").format(what=name) if marks == [False, True] else name


def _by_id(record: PatientRecord) -> dict[str, Any]:
    return {entry.id: entry for _section, entry in record.entries()}
