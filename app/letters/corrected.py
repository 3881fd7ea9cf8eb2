"""CORRECTED, beside everything of a letter that corrections of the record have changed."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.letters.content import LetterContent, PlannedSaid, ReadingSaid
from app.words import _

# What a letter says of the record; what is advised may change for other reasons, and is read anew each time.
OF_THE_RECORD = (
    "patient", "summary", "diagnosis", "alk_status", "tests", "lines", "local_treatments", "assessment", "labs",
    "examinations", "events", "notes", "plan",
)  # fmt: skip
ADVISED = (PlannedSaid, ReadingSaid)


def with_marks(content: LetterContent, uncorrected: LetterContent) -> LetterContent:
    """Return `content` with CORRECTED beside each text of the record that `uncorrected` says otherwise.

    `uncorrected` is the same letter from the record without its corrections. Rows are told by what they say: of those
    that are not in both, the ones that have most in common are the same row.
    """
    changed: Any = {name: _marked(getattr(content, name), getattr(uncorrected, name)) for name in OF_THE_RECORD}
    return replace(content, **changed)


def _marked(now: Any, then: Any) -> Any:
    if now == then or isinstance(now, ADVISED):
        return now
    if isinstance(now, str):
        return _("{value} [CORRECTED]").format(value=now) if now else now
    if isinstance(now, tuple):
        return _rows(now, then or ())
    if is_dataclass(now) and not isinstance(now, type):
        names = [field.name for field in fields(now)]
        if then is None:  # all of it is new: its first words say so
            names, then = names[:1], replace(now, **{names[0]: ""})
        changed: Any = {name: _marked(getattr(now, name), getattr(then, name)) for name in names}
        return replace(now, **changed)
    return now


def _rows(now: tuple[Any, ...], then: tuple[Any, ...]) -> tuple[Any, ...]:
    left = list(then)
    for one in now:
        if one in left:
            left.remove(one)
    rows = []
    for one in now:
        if one in then:
            rows.append(one)
            continue
        partner = max(left, key=lambda other: _in_common(one, other), default=None)
        if partner is not None and _in_common(one, partner):
            left.remove(partner)
            rows.append(_marked(one, partner))
        else:
            rows.append(_marked(one, None))
    return tuple(rows)


def _in_common(one: Any, other: Any) -> int:
    """Return how many words two rows have in common, each in its place."""
    if not is_dataclass(one) or isinstance(one, type):
        return 0
    pairs = ((getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return sum(now == then and now not in ("", True, False) for now, then in pairs)
