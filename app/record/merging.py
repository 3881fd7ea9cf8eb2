"""Two records of one person made one: what comes from where, what has to be chosen, and the record of it all.

One record is kept, with its number, and the other is absorbed. Entries of both are taken; those that say exactly the
same are taken once. An id that both use is another one for the entry of the absorbed record, and whatever refers to it
follows. Values of which a record has only one (birth date, GP, histology) are chosen where they differ.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from app.record.diagnosis import Diagnosis
from app.record.files import plain
from app.record.json_text import text_of
from app.record.patient import GeneralPractitioner, Patient
from app.record.record import ID_PREFIX, REFERENCES, SECTIONS, Entry, PatientRecord

Side = Literal["kept", "absorbed"]
Origin = Literal["kept", "absorbed", "both"]
Choices = Mapping[str, Side]  # by the path of a value
EMPTY: tuple[Any, ...] = (None, ())
# Fields that mean nothing without one another are chosen together; so is a whole GP: a name with its own address.
TOGETHER = (("tnm", "tnm_edition"), ("resected", "resected_on"))
WHOLE = (GeneralPractitioner,)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is chosen as one: some fields of the patient or the diagnosis, or of a block in them ("" for none)."""

    part: str
    block: str
    names: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where it is in the record: `patient.birth_date`, `diagnosis.smoking.status`."""
        return ".".join(one for one in (self.part, self.block, self.names[0]) if one)

    def of(self, record: PatientRecord) -> tuple[Any, ...]:
        """Return the values of its fields in a record."""
        group = getattr(record, self.part)
        if group is not None and self.block:
            group = getattr(group, self.block)
        return tuple(None if group is None else getattr(group, name) for name in self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleValue:
    """A value of which a record has one, as each of the two records says it."""

    unit: Unit
    kept: tuple[Any, ...]
    absorbed: tuple[Any, ...]

    @property
    def path(self) -> str:
        """Where it is in the record."""
        return self.unit.path

    @property
    def differs(self) -> bool:
        """Whether both records say something, and not the same."""
        return is_said(self.kept) and is_said(self.absorbed) and self.kept != self.absorbed

    def chosen(self, choices: Choices) -> tuple[Any, ...]:
        """Return the value that goes into the merged record."""
        if not self.differs:
            return self.kept if is_said(self.kept) else self.absorbed
        return self.absorbed if choices.get(self.path) == "absorbed" else self.kept


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedEntry:
    """An entry as it will be; `former_id` is its id in the absorbed record, "" when it was not there."""

    section: str
    entry: Entry
    origin: Origin
    former_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two records side by side: every value and every entry of both."""

    kept: PatientRecord
    absorbed: PatientRecord
    values: tuple[SingleValue, ...]
    entries: tuple[MergedEntry, ...]

    @property
    def conflicts(self) -> tuple[SingleValue, ...]:
        """The values that have to be chosen."""
        return tuple(one for one in self.values if one.differs)

    @property
    def lesions_of_both(self) -> tuple[str, ...]:
        """Names of target lesions that assessments of each record alone use: they need not mean the same lesion."""
        named: dict[Origin, set[str]] = {"kept": set(), "absorbed": set(), "both": set()}
        for one in self.entries:
            named[one.origin] |= {lesion.lesion for lesion in getattr(one.entry, "target_lesions", ())}
        return tuple(sorted(named["absorbed"] & (named["kept"] | named["both"])))

    def as_merged(self, former: PatientRecord) -> PatientRecord:
        """Return an earlier state of the absorbed record, its entries under the ids that they have since the merging.

        An entry that was gone by then has an id of its own.
        """
        new = {one.former_id: one.entry.id for one in self.entries if one.former_id}
        moving = _Moving(self.kept, self.absorbed, {one.entry.id for one in self.entries})
        gone = [(section, one.id) for section, one in former.entries() if one.id not in new]
        new |= {old: moving.free(old, section) for section, old in gone}

        def moved(section: str, entry: Any) -> Any:
            field, _other = REFERENCES.get(section, ("", ""))
            named = {field: new.get(old, old)} if field and (old := getattr(entry, field)) is not None else {}
            return replace(entry, id=new[entry.id], **named)

        listed: dict[str, Any] = {
            section: tuple(moved(section, one) for one in getattr(former, section)) for section in SECTIONS
        }
        return replace(former, **listed)

    def record(self, choices: Choices) -> PatientRecord:
        """Return the merged record; what has not been chosen is as in the record that is kept."""
        listed: dict[str, Any] = {section: [] for section in SECTIONS}
        for one in self.entries:
            listed[one.section].append(one.entry)
        chosen = {one.unit: one.chosen(choices) for one in self.values}
        recipients = self.kept.patient.recipients
        recipients += tuple(one for one in self.absorbed.patient.recipients if one not in recipients)
        patient = _made(Patient, "patient", chosen, mrn=self.kept.patient.mrn, recipients=recipients)
        diagnosis = _made(Diagnosis, "diagnosis", chosen)
        return PatientRecord(
            patient=patient, diagnosis=diagnosis, **{name: tuple(entries) for name, entries in listed.items()}
        )


def is_said(values: tuple[Any, ...]) -> bool:
    """Return whether a value says anything."""
    return any(one not in EMPTY for one in values)


def compare(kept: PatientRecord, absorbed: PatientRecord) -> Comparison:
    """Return two records of one person side by side; the number of `kept` stays the patient's."""
    values = [SingleValue(unit=unit, kept=unit.of(kept), absorbed=unit.of(absorbed)) for unit in units()]
    return Comparison(
        kept=kept,
        absorbed=absorbed,
        values=tuple(one for one in values if is_said(one.kept) or is_said(one.absorbed)),
        entries=tuple(_entries(kept, absorbed)),
    )


@cache
def units() -> tuple[Unit, ...]:
    """Return everything of which a record has one, in the order of the format, but for the number."""
    return (*_units(Patient, "patient"), *_units(Diagnosis, "diagnosis"))


def _units(kind: type[Any], part: str, block: str = "") -> Iterator[Unit]:
    hints = get_type_hints(kind)
    others = {name: names for names in TOGETHER for name in names[1:]}
    for field in fields(kind):
        inner = _block_in(hints[field.name])
        if (part, field.name) == ("patient", "mrn") or _is_list_of_groups(hints[field.name]) or field.name in others:
            continue
        if inner is not None and inner not in WHOLE:
            yield from _units(inner, part, field.name)
        else:
            yield Unit(part, block, next((names for names in TOGETHER if names[0] == field.name), (field.name,)))


def _block_in(hint: Any) -> type[Any] | None:
    if get_origin(hint) in (Union, UnionType):
        return next((one for one in get_args(hint) if is_dataclass(one) and isinstance(one, type)), None)
    return None


def _is_list_of_groups(hint: Any) -> bool:
    return get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])


def _made(kind: type[Any], part: str, chosen: Mapping[Unit, tuple[Any, ...]], block: str = "", **more: Any) -> Any:
    """Return the patient, the diagnosis or a block of what was chosen; None when that says nothing."""
    given = dict(more)
    for unit, values in chosen.items():
        if unit.part == part and unit.block == block:
            given |= {name: one for name, one in zip(unit.names, values, strict=True) if one not in EMPTY}
    for field, inner in _blocks(cast(Hashable, kind)) if not block else ():
        if (value := _made(inner, part, chosen, field)) is not None:
            given[field] = value
    return kind(**given) if given else None


@cache
def _blocks(kind: Any) -> tuple[tuple[str, type[Any]], ...]:
    inside = [(name, _block_in(hint)) for name, hint in get_type_hints(kind).items()]
    return tuple((name, inner) for name, inner in inside if inner is not None and inner not in WHOLE)


def _entries(kept: PatientRecord, absorbed: PatientRecord) -> Iterator[MergedEntry]:
    """Yield every entry of both, list by list; those of the kept record first, as they are."""
    moving = _Moving(kept, absorbed)
    moved: dict[str, list[tuple[str, Entry]]] = {}
    for section in sorted(SECTIONS, key=_depth):  # what is referred to, before what refers to it
        moved[section] = [(one.id, moving.moved(section, one)) for one in getattr(absorbed, section)]
    for section in SECTIONS:
        own = {one.id for one in getattr(kept, section)}
        former = {one.id: old for old, one in moved[section] if one.id in own}
        for one in getattr(kept, section):
            old = former.get(one.id)
            yield MergedEntry(section=section, entry=one, origin="both" if old else "kept", former_id=old or "")
        for old, one in moved[section]:
            if one.id not in own:
                yield MergedEntry(section=section, entry=one, origin="absorbed", former_id=old)


def _depth(section: str) -> int:
    return 1 + _depth(REFERENCES[section][1]) if section in REFERENCES else 0


class _Moving:
    """Moves entries into the kept record: those that are there already become these, the others get free ids."""

    def __init__(self, kept: PatientRecord, absorbed: PatientRecord, taken: Iterable[str] = ()) -> None:
        # An id that an entry in error refers to in vain must not come to mean another entry.
        self._ids = {one.id for _section, one in absorbed.entries()} | set(_named(absorbed))
        self._kept = {one.id for _section, one in kept.entries()}
        self._taken = self._kept | set(_named(kept)) | set(taken)
        self._new: dict[str, str] = {}
        self._there: dict[tuple[str, str], list[str]] = {}
        for section, one in kept.entries():
            self._there.setdefault((section, _said_by(one)), []).append(one.id)

    def moved(self, section: str, entry: Entry) -> Entry:
        """Return the entry with its new id, naming others by theirs."""
        changed: Any = entry
        field, other = REFERENCES.get(section, ("", ""))
        if field and (named := getattr(entry, field)) is not None:
            changed = replace(changed, **{field: self._named(named, other)})
        if twins := self._there.get((section, _said_by(changed))):
            self._new[entry.id] = twins.pop(0)
        else:
            self._new[entry.id] = self.free(entry.id, section)
        return cast(Entry, replace(changed, id=self._new[entry.id]))

    def _named(self, old: str, section: str) -> str:
        """Return the id that an entry is named by now; what names nothing goes on naming nothing."""
        if old not in self._new:
            self._new[old] = self.free(old, section) if old in self._kept else old
        return self._new[old]

    def free(self, wanted: str, section: str) -> str:
        """Return an id that no entry has: the one that is wanted, if that is free."""
        number, found = 1, wanted
        while found in self._taken or (found != wanted and found in self._ids):
            found, number = f"{ID_PREFIX[section]}{number}", number + 1
        self._taken.add(found)
        return found


def _said_by(entry: Any) -> str:
    """Return what an entry says, whatever its id, to the digit."""
    return text_of(plain(replace(entry, id="")))


def _named(record: PatientRecord) -> Iterator[str]:
    for section, (field, _other) in REFERENCES.items():
        yield from (named for one in getattr(record, section) if (named := getattr(one, field)) is not None)
