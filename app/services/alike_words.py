"""Why two records may be of one person, in words."""

from app.record.alike import Likeness
from app.services.patients import Alike
from app.words import _, later

_NAME = {
    "same": later("same name"),
    "swapped": later("family and given name exchanged"),
    "part": later("part of the name is the same"),
    "near": later("name nearly the same"),
    "near_swapped": later("names exchanged and nearly the same"),
    "no_given_name": later("given name not known"),
}
_BIRTH = {
    "same": later("same birth date"),
    "part": later("birth date not whole"),
    "day_and_month": later("day and month exchanged"),
    "digit": later("one digit of the birth date differs"),
    "unknown": later("birth date not known"),
}


def why_alike(likeness: Likeness) -> str:
    """Return why: "same name, day and month exchanged"."""
    words = [_("same number")] if likeness.number else []
    words += [_(_NAME[likeness.name])] if likeness.name is not None else []
    words += [_(_BIRTH[likeness.birth])] if likeness.birth is not None else []
    return ", ".join(words)


def alike_line(mrn: str, others: tuple[Alike, ...]) -> str:
    """Return one line for a list: who is likely whom, and why."""
    listed = "; ".join(f"{one.patient.mrn} ({why_alike(one.likeness)})" for one in others)
    return _("{mrn} may be the same person as {others}").format(mrn=mrn, others=listed)
