"""What became of a record, or of one entry, in words: who changed what, when, and what it was before."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast, get_args, get_origin, get_type_hints

from app.figures.wording import code, date_in_words, number
from app.letters.entries import Entries
from app.record.dates import fault_in
from app.record.diagnosis import Diagnosis
from app.record.field_words import field_words
from app.record.fields import PartialDate
from app.record.files import plain
from app.record.patient import Patient
from app.record.reading import Refused, fields_of, read
from app.record.record import KIND_OF, PatientRecord
from app.words import _, labelled, later

if TYPE_CHECKING:
    from db.history import Change

DONE = {
    "created": later("record begun"), "added": later("entered"), "changed": later("changed"),
    "marked": later("marked as entered in error"), "removed": later("taken back"),
    "merged": later("{mrn} was merged into this record"), "parted": later("the merging of {mrn} was taken back"),
}  # fmt: skip
OF_TWO_RECORDS = frozenset({"merged", "parted"})
PATIENT_LEVEL = {"patient": Patient, "diagnosis": Diagnosis}
REFERENCES = frozenset({"specimen", "prompted_by"})
NOT_SAID = frozenset({"id", "facts", "protocol_sha256"})
# By what a row of a list is told from the others.
ROW_NAMES = (("lesion",), ("reader", "date"), ("drug", "from"), ("gene", "kind", "protein"), ("name",), ("site",))
_DATE_MARK = get_args(PartialDate)[1]
Place = tuple[str, str]  # the list and the id; of the patient and the diagnosis the id is ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what it is called, what it was and what it became; "" is nothing."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return labelled(self.field, self.after)
        return labelled(self.field, f"{self.before} → {self.after or _('nothing')}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One change: when (UTC), by whom, of what, what was done, and the fields."""

    at: str
    by: str
    place: Place
    what: str
    done: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is otherwise in two states of a record: where it is, what it is, what was done, and the fields."""

    place: Place
    what: str
    done: str
    fields: tuple[FieldChange, ...]

    def __str__(self) -> str:
        return labelled(self.what, self.done) + (f" ({'; '.join(map(str, self.fields))})" if self.fields else "")


def differences(before: PatientRecord, after: PatientRecord) -> tuple[Difference, ...]:
    """Return in words what is otherwise in `after`, in the order of the record format."""
    old, new = _by_place(before), _by_place(after)
    was, is_now = _Names(before, old), _Names(after, new)
    found = []
    for place in (*old, *(one for one in new if one not in old)):
        then, now = old.get(place), new.get(place)
        if then == now:
            continue
        names = is_now if now is not None else was
        marked = bool((now or {}).get("entered_in_error")) and not (then or {}).get("entered_in_error")
        done = "added" if then is None else "removed" if now is None else "marked" if marked else "changed"
        fields = tuple(_differences(_kind(place[0]), then or {}, now or {}, names)) if then and now else ()
        found.append(Difference(place=place, what=names.of(place, now or then), done=_(DONE[done]), fields=fields))
    return tuple(found)


def history_of(record: PatientRecord, changes: Sequence["Change"], place: Place | None = None) -> tuple[Happening, ...]:
    """Return what happened to a record, or to the entry at `place` alone, the newest first.

    `changes` are the record's own, oldest first; `record` is what they led to.
    """
    now = _by_place(record)
    after: dict[Place, Any] = dict(now)
    names = _Names(record, now)
    happenings = []
    for change in reversed(changes):
        if change.change == "created":
            if place is None or after.get(place) is not None:
                happenings.append(_begun(change, after, place, names))
            continue
        if change.change in OF_TWO_RECORDS:
            if place is None:
                happenings.append(_of_two_records(change))
            continue
        at = change.section, change.entry_id
        former = None if change.former is None else dict(change.former)
        if place is None or at == place:
            became = after.get(at) if change.change != "removed" else former
            fields = _differences(_kind(change.section), former or {}, became or {}, names)
            what = names.of(at, former or after.get(at))
            unmarked = bool((former or {}).get("entered_in_error")) and not (became or {}).get("entered_in_error")
            done = _("mark of error taken back") if unmarked else _(DONE[change.change])
            happenings.append(
                Happening(at=change.at, by=change.by, place=at, what=what, done=done, fields=tuple(fields))
            )
        after[at] = former
    return tuple(happenings)


def value_in_words(kind: Any, path: str, value: Any, record: PatientRecord) -> str:
    """Return the value of one field of an entry (`progression.extent`) in words, rows of a list too; "" is nothing."""
    *groups, name = re.findall("[a-z_]+", path)
    for group in groups:
        kind = fields_of(kind).get(group) or kind
    names, rows = _Names(record, {}), fields_of(kind).get(name)
    if rows is None:
        return _value(kind, name, value, names)
    said = ((_name_words(rows, one, names), _row(rows, one, names)) for one in _as_list(value))
    return "; ".join(labelled(name, rest) if name else rest for name, rest in said)


def moment_in_words(at: str) -> str:
    """Return a moment of the history (UTC) as the clock on the wall had it: "3 November 2026, 14:05"."""
    moment = datetime.fromisoformat(at).astimezone()
    return f"{date_in_words(moment.date().isoformat())}, {moment:%H:%M}"


def _begun(change: "Change", first: Mapping[Place, Any], place: Place | None, names: "_Names") -> Happening:
    """Return the first saving: of one entry what it was then; of a whole record only that it was begun."""
    fields: Iterable[FieldChange] = ()
    if place is not None:
        fields = _differences(_kind(place[0]), {}, first.get(place) or {}, names)
    what = names.of(place, first.get(place)) if place is not None else ""
    done = _(DONE["created" if place is None else "added"])
    return Happening(at=change.at, by=change.by, place=place or ("", ""), what=what, done=done, fields=tuple(fields))


def _of_two_records(change: "Change") -> Happening:
    """Return that a record was merged into this one, or parted again; each entry it brought has a change of its own."""
    done = _(DONE[change.change]).format(mrn=change.entry_id)
    return Happening(at=change.at, by=change.by, place=("", ""), what="", done=done, fields=())


class _Names:
    """What entries are called, those too that are in the record no more."""

    def __init__(self, record: PatientRecord, there: Mapping[Place, Any]) -> None:
        self._record = record
        self._there = there
        self.entries = Entries(record)

    def of(self, place: Place, data: Any) -> str:
        section, entry_id = place
        if section == "patient":
            return _("patient’s details")
        if section == "diagnosis":
            return _("diagnosis")
        if place in self._there or data is None:
            return self.entries.said(entry_id)
        try:
            entry: Any = read(KIND_OF[section], data)
        except Refused:  # written by another version of the program
            return f"{code(section)}, {entry_id}"
        return Entries(self._record.with_entry(entry)).said(entry_id)


def _by_place(record: PatientRecord) -> dict[Place, Any]:
    found = {(section, entry.id): plain(entry) for section, entry in record.entries()}
    found["patient", ""] = plain(record.patient)
    if record.diagnosis is not None:
        found["diagnosis", ""] = plain(record.diagnosis)
    return found


def _kind(section: str) -> Any:
    return PATIENT_LEVEL.get(section) or KIND_OF[section]


def _differences(
    kind: Any, before: Mapping[str, Any], after: Mapping[str, Any], names: "_Names", of: str = ""
) -> Iterator[FieldChange]:
    """Yield the fields of a group that differ, in the order of the record format."""
    for name, group in fields_of(kind).items():
        old, new = before.get(name), after.get(name)
        if old == new or name in NOT_SAID:
            continue
        words = f"{of}{field_words(name)}"
        if name == "entered_in_error":
            yield FieldChange(words, _mark(old), _mark(new))
        elif group is None:
            yield FieldChange(words, _value(kind, name, old, names), _value(kind, name, new, names))
        elif isinstance(old, list) or isinstance(new, list):
            yield from _rows(group, old or [], new or [], names, words)
        else:
            yield from _differences(group, old or {}, new or {}, names, f"{words}, ")


def _rows(kind: Any, before: list[Any], after: list[Any], names: "_Names", words: str) -> Iterator[FieldChange]:
    """Yield the rows of a list that differ: those of one name together, the others in their order."""
    left = list(after)
    pairs: list[tuple[Any, Any]] = []
    for old in before:
        same = next((one for one in left if _name_of(one) == _name_of(old)), None)
        pairs.append((old, same))
        if same is not None:
            left.remove(same)
    for old, new in pairs:
        partner = new if new is not None else left.pop(0) if left else None
        title = f"{words} {_name_words(kind, old, names)}".rstrip()
        if partner is None:
            yield FieldChange(title, _row(kind, old, names), "")
        else:
            yield from _differences(kind, old, partner, names, f"{title}, ")
    for new in left:
        yield FieldChange(f"{words} {_name_words(kind, new, names)}".rstrip(), "", _row(kind, new, names))


def _named_by(row: Mapping[str, Any]) -> tuple[str, ...]:
    return next((one for one in ROW_NAMES if row.get(one[0])), ())


def _name_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in _named_by(row))


def _name_words(kind: Any, row: Mapping[str, Any], names: "_Names") -> str:
    said = (_value(kind, name, row.get(name), names) for name in _named_by(row))
    return ", ".join(one for one in said if one)


def _row(kind: Any, row: Mapping[str, Any], names: "_Names") -> str:
    """Return a whole row in words; what it is named by stands before it already."""
    by = _named_by(row)
    said = [
        f"{field_words(name)} {_value(kind, name, row[name], names)}"
        for name in fields_of(kind)
        if row.get(name) not in (None, []) and name not in by
    ]
    return ", ".join(said) or _("there")


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _mark(mark: Mapping[str, Any] | None) -> str:
    return "" if mark is None else str(mark.get("reason") or _("yes"))


def _value(kind: Any, name: str, value: Any, names: "_Names") -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_value(kind, name, one, names) for one in value)
    if isinstance(value, Decimal | int):
        return number(value)
    if name in REFERENCES:
        return names.entries.said(str(value))
    sort = _sorts(cast(Hashable, kind)).get(name)
    is_day = sort == "date" and fault_in(value) is None
    return date_in_words(value) if is_day else code(value) if sort == "code" else str(value)


@cache
def _sorts(kind: Any) -> Mapping[str, str]:
    """Return which fields of a group hold dates and which codes."""
    hints = get_type_hints(kind, include_extras=True) if is_dataclass(kind) else {}
    return {name.rstrip("_"): sort for name, hint in hints.items() if (sort := _sort(hint))}


def _sort(hint: Any) -> str:
    if hint is _DATE_MARK:
        return "date"
    if get_origin(hint) is Literal:
        return "code"
    return next((sort for one in get_args(hint) if (sort := _sort(one))), "")
