"""What can still be checked of a record that could not be read, so that its faults come all at once."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, cast, get_origin, get_type_hints

from app.record.checks import faults_of
from app.record.reading import Fault, Misplaced, fields_of, path_text
from app.record.record import SECTIONS, PatientRecord

Place = tuple[str | int, ...]


def faults_of_the_rest(data: Mapping[str, Any], known: Sequence[Misplaced], today: date) -> list[Fault]:
    """Return what makes no sense in what the `known` faults leave of `data`, and does not follow from them."""
    bad = {one.place for one in known}
    record = cast(PatientRecord, _kept(PatientRecord, data, (), bad))
    bad |= {one.meant for one in known if one.meant is not None}
    spoken_of = {path_text(place) for place in bad}
    unsure = frozenset(section for section in SECTIONS if any(_hides_names(place, (section,), "id") for place in bad))
    return [
        fault
        for fault in faults_of(record, today, unsure=unsure)
        if fault.path not in spoken_of and not _follows_from(fault, bad)
    ]


def _kept(kind: type[Any], data: Mapping[str, Any], at: Place, bad: set[Place]) -> Any:
    """Return `data` as a value of `kind` in which every faulty field is unknown."""
    hints, groups = get_type_hints(kind), fields_of(cast(Hashable, kind))
    values = {}
    for field in fields(kind):
        key = field.name.rstrip("_")
        place, part, group = (*at, key), data.get(key), cast(Any, groups[key])
        is_list = get_origin(hints[field.name]) is tuple
        if place in bad or part is None or (isinstance(part, str) and not part.strip()):
            # There is always a patient to compare with, if an unknown one.
            values[field.name] = () if is_list else _kept(group, {}, place, bad) if key == "patient" else None
        elif group is not None and is_list:
            values[field.name] = tuple(
                _kept(group, one if isinstance(one, Mapping) else {}, (*place, index), bad)
                for index, one in enumerate(part)
            )
        elif group is not None:
            values[field.name] = _kept(group, part, place, bad)
        elif is_list:
            values[field.name] = () if any((*place, index) in bad for index in range(len(part))) else tuple(part)
        else:
            values[field.name] = part
    return kind(**values)


def _hides_names(place: Place, listed: Place, name: str) -> bool:
    """Return whether a fault at `place` may hide the names other entries refer to in the list at `listed`."""
    if place[: len(listed)] != listed:
        return False
    inside = place[len(listed) :]
    return len(inside) < 2 or inside[1] == name


def _follows_from(fault: Fault, bad: set[Place]) -> bool:
    """Return whether a lesion seems to refer to nothing only because the other could not be read."""
    if not fault.path.endswith((".merged_with", ".split_from")):
        return False
    return any(
        fault.path.startswith(path_text(place[:3])) and _hides_names(place, place[:3], "lesion")
        for place in bad
        if place[2:3] == ("target_lesions",)
    )
