"""The shape of a clinic's `clinic.yaml`, and what it refuses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.letters.content import Envelope, OptionalSection, Paper
from app.record.fields import STRICT, Address, Flag, Line, Listed, OptionalLine, OptionalText, Text, Whole, refuse
from app.words import _

LIGHTEST = 0.3  # three to one against white, which large letters need to be read
LONGEST = 160  # signs of one line of a letterhead
MOST_LINES = 6  # of the clinic's address


def _hex(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise refuse(_('is not a colour: write it as "#1F4E79"'))
    if _lightness(value) > LIGHTEST:
        raise refuse(_("is too light to be read on paper: choose a darker colour"))
    return value


def _lightness(colour: str) -> float:
    """Return how light a colour is, from 0 to 1, as WCAG 2.2 reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _fitting(value: str | None) -> str | None:
    if value is not None and len(value) > LONGEST:
        raise refuse(_("is longer than a letterhead has room for: {count} signs at most").format(count=LONGEST))
    return value


def _few(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) > MOST_LINES:
        raise refuse(_("has more lines than a letterhead has room for: {count} at most").format(count=MOST_LINES))
    return lines


Short = Annotated[OptionalLine, AfterValidator(_fitting)]
Days = Annotated[Whole, Field(ge=1, le=3650)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicParameters:
    """What a clinic may set itself; None: not set, the protocol's default holds."""

    __pydantic_config__ = STRICT

    monitoring_schedule: Literal["EU", "US"] | None = None
    baseline_days: Days | None = None
    young_age: Annotated[Whole, Field(le=120)] | None = None
    oligometastatic_at_most: Annotated[Whole, Field(le=100)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChoices:
    """What a clinic has decided of one kind of letter: sections left out, advice or none, words of its own."""

    __pydantic_config__ = STRICT

    without: Listed[OptionalSection] = ()
    advice: Flag = True
    opening: OptionalText = None
    closing: OptionalText = None

    @property
    def notes(self) -> bool:
        """Whether the notes of the record are in it."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicLetterChoices(LetterChoices):
    """What a clinic has decided of the letter to colleagues, the one kind that may have the notes."""

    __pydantic_config__ = STRICT

    notes: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersOfKinds:
    """What a clinic has decided of each kind of letter."""

    __pydantic_config__ = STRICT

    clinic: ClinicLetterChoices | None = None
    mdt: LetterChoices | None = None
    patient: LetterChoices | None = None
    pathway: LetterChoices | None = None
    plan: LetterChoices | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicFile:
    """The file as written; a key may be missing."""

    __pydantic_config__ = STRICT

    name: Short = None
    department: Short = None
    registration: Short = None
    logo: OptionalLine = None
    paper: Paper = "a4"
    envelope: Envelope = "din_5008_a"
    address: Annotated[Address, AfterValidator(_few)] = ()
    phone: Short = None
    email: Short = None
    signatory: Short = None
    signatory_role: Short = None
    accent: Annotated[Line, AfterValidator(_hex)] = "#000000"
    attach_record: Flag = False
    letters: LettersOfKinds | None = None
    blocks: Mapping[Line, Text] | None = None
    parameters: ClinicParameters | None = None
