"""One entry changed by two hands: what was typed in a form, carried over to what has been stored since."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.record.lab import Lab
from app.ui.forms import draws
from app.ui.forms.typed import LEFT_OUT, Shape, part_of, shapes_of

Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Both:
    """A field that was changed at both places: as it was, as it is typed here, as it is stored by now."""

    before: Any
    typed: Any
    stored: Any


def carried_over(
    kind: type[Any], typed: Typed, before: Typed, stored: Typed, today: date
) -> tuple[Typed, dict[str, Both]]:
    """Return the typing over what is stored by now, and by path what was changed here and there, and not alike.

    Only what was changed here since `before` is kept of the typing; of what both changed, the typing stands as yet.
    """
    result = deepcopy(typed)
    both: dict[str, Both] = {}
    for path, value in _changes(kind, typed, before, stored, today):
        if isinstance(value, Both):
            both[path] = value
        else:
            put_at(result, path, deepcopy(value))
    return result, both


def data_at(kind: type[Any], path: str, value: Any, today: date) -> Any:
    """Return what was typed at `path` as JSON-like data, as the reader of the record takes it."""
    *groups, name = re.findall("[a-z_]+", path)
    for group in groups:
        kind = shapes_of(kind).get(group, Shape()).group or kind
    return part_of(shapes_of(kind).get(name, Shape()), value, today)


def put_at(typed: Typed, path: str, value: Any) -> None:
    """Write a value at `path` (`gp.name`, `values[0].value`), where it counts then; None takes it away.

    Groups that are not there are made.
    """
    *groups, last = _steps(path)
    at: Any = typed
    for name in groups:
        if isinstance(name, str) and not isinstance(at.get(name), dict | list):
            at[name] = {}
        at = at[name]
    if value is None:
        at.pop(last, None)
    else:
        at[last] = value
        if isinstance(at, dict) and last in at.get(LEFT_OUT, ()):
            at[LEFT_OUT] = [one for one in at[LEFT_OUT] if one != last]


def _steps(path: str) -> list[str | int]:
    return [int(one) if one.isdigit() else one for one in re.findall(r"[^.\[\]]+", path)]


def _changes(
    kind: type[Any], typed: Typed, before: Typed, stored: Typed, today: date, prefix: str = ""
) -> Iterator[tuple[str, Any]]:
    """Yield by path what is to be taken of what is stored, and what both have changed."""
    shapes = shapes_of(kind)
    for name in dict.fromkeys((*typed, *before, *stored)):
        if name == LEFT_OUT:
            continue
        path = f"{prefix}{name}"
        shape = shapes.get(name, Shape())
        own = None if name in typed.get(LEFT_OUT, ()) else typed.get(name)
        three: tuple[Any, ...] = own, before.get(name), stored.get(name)
        mine, was, theirs = (part_of(shape, one, today) for one in three)
        if was == theirs or mine == theirs:
            continue
        if mine == was:
            yield path, three[2]
        elif kind is Lab and name == draws.ROWS:
            rows = [one[0] if one else {} for one in three]
            yield from _changes(kind, rows[0], rows[1], rows[2], today, f"{path}[0].")
        elif shape.group is not None and not shape.several and all(isinstance(one, dict) for one in three):
            yield from _changes(shape.group, three[0], three[1], three[2], today, f"{path}.")
        else:
            yield path, Both(before=three[1], typed=own, stored=three[2])
