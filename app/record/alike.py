"""Whether two records may be of one person: the number, or name and birth date within a slip of the keyboard.

Two names agree when at most two letters differ (one is added, left out, another, or changed places with the next), so
long as the name is not too short for that; family and given name may be swapped. With a birth date that is not the
same to the day, at most one letter may differ.

`marks` finds candidates without comparing with everybody: two people who are alike share a mark (a test holds it to
that). One slip leaves the other name whole, and of the name it is in the first letter or the last.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from app.record.names import Named, letters_of, words_of

NameLikeness = Literal["same", "swapped", "part", "near", "near_swapped", "no_given_name"]
BirthLikeness = Literal["same", "part", "day_and_month", "digit", "unknown"]
LONG_ENOUGH = {0: 0, 1: 3, 2: 5}  # letters of a name in which so many may differ
MOST = max(LONG_ENOUGH)
WORST = 99


class Person(Named, Protocol):
    """What tells one person from another: a patient, or a line of a list of patients."""

    @property
    def mrn(self) -> str: ...
    @property
    def birth_date(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Why two records may be of one person. `slips` sorts the likeliest first."""

    number: bool
    name: NameLikeness | None
    birth: BirthLikeness | None
    slips: int


def likeness(one: Person, other: Person) -> Likeness | None:
    """Return in what two people are alike, or None when they are not to be taken for one."""
    number = bool(letters_of(one.mrn)) and letters_of(one.mrn) == letters_of(other.mrn)
    birth, most = _birth(one.birth_date, other.birth_date)
    if birth is None and not number:
        return None
    name, slips = _name(one, other)
    is_person = name is not None and slips <= most and (name != "no_given_name" or most == MOST)
    if not number and not is_person:
        return None
    if not is_person:
        return Likeness(number=True, name=name, birth=birth, slips=0)
    return Likeness(number=number, name=name, birth=birth, slips=0 if number else slips + (0 if birth == "same" else 1))


def marks(person: Person) -> frozenset[str]:
    """Return the marks of a person: people who share one are worth comparing, others are not."""
    family, given = letters_of(person.family_name), letters_of(person.given_name or "")
    found = {f"number {letters_of(person.mrn)}"}
    if person.birth_date and len(person.birth_date) == 10:
        found.add(f"born {person.birth_date}")
    for whole, other in ((family, given), (given, family)):
        if whole:
            found |= {f"name {whole} {letter}" for letter in {other[:1], other[-1:]}}
    return frozenset(found)


def _birth(one: str | None, other: str | None) -> tuple[BirthLikeness | None, int]:
    """Return in what two birth dates are alike, and how many letters of the names may differ then."""
    if not one or not other:
        return "unknown", 1
    if one == other:
        return "same", MOST if len(one) == 10 else 1
    if one.startswith(other) or other.startswith(one):
        return "part", 1
    if len(one) == len(other) == 10 and one[:4] == other[:4] and (one[5:7], one[8:]) == (other[8:], other[5:7]):
        return "day_and_month", 1
    return ("digit", 1) if _is_digit_off(one, other) else (None, -1)


def _is_digit_off(one: str, other: str) -> bool:
    """Return whether one digit is another, or has changed places with the next."""
    if len(one) != len(other):
        return False
    off = [index for index, digit in enumerate(one) if digit != other[index]]
    first, last = off[0], off[-1]
    return len(off) == 1 or (last == first + 1 and one[first] == other[last] and one[last] == other[first])


def _name(one: Person, other: Person) -> tuple[NameLikeness | None, int]:
    """Return in what two names are alike, and how many letters of them differ."""
    mine, theirs = _letters(one), _letters(other)
    if mine == theirs and any(mine):
        return "same", 0
    if mine == theirs[::-1] and all(mine):
        return "swapped", 0
    if _is_part(one, other):
        return "part", 1
    straight = _slips(mine, theirs)
    swapped = _slips(mine, theirs[::-1]) if all((*mine, *theirs)) else WORST
    if straight <= MOST and straight <= swapped:
        return ("near" if mine[1] and theirs[1] else "no_given_name"), straight
    return ("near_swapped", swapped) if swapped <= MOST else (None, WORST)


def _letters(person: Person) -> tuple[str, str]:
    return letters_of(person.family_name), letters_of(person.given_name or "")


def _slips(mine: tuple[str, str], theirs: tuple[str, str]) -> int:
    """Return how many letters differ in two names; a given name that is not known differs in none."""
    if not mine[0] or not theirs[0]:
        return WORST
    total = 0
    for one, other in zip(mine, theirs, strict=True):
        if one and other:
            found = distance(one, other)
            if found > MOST or max(len(one), len(other)) < LONG_ENOUGH[found]:
                return WORST
            total += found
    return total


def _is_part(one: Person, other: Person) -> bool:
    """Return whether one name is the other without a second given name, or half of a double name."""
    family, given = words_of(one.family_name), words_of(one.given_name or "")
    other_family, other_given = words_of(other.family_name), words_of(other.given_name or "")
    if family == other_family:
        return _begins_or_ends(given, other_given)
    return given == other_given != () and _begins_or_ends(family, other_family)


def _begins_or_ends(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    fewer, more = sorted((one, other), key=len)
    return 0 < len(fewer) < len(more) and fewer in (more[: len(fewer)], more[-len(fewer) :])


def distance(one: str, other: str) -> int:
    """Return how many letters must be added, left out, changed or exchanged with the next to make one of the other.

    Above `MOST` any number above it will do.
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > MOST:
        return MOST + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, theirs in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                least = min(least, last[j - 2] + 1)
            row.append(least)
        if min(row) > MOST:
            return MOST + 1
    return row[-1]
