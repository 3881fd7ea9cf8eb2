"""The small language in which a form is written down: rows of fields, headings, groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.ui.forms.fields import (
    ChoiceField,
    CodeField,
    CodesField,
    Field,
    FreeTextField,
    LinesField,
    NumberField,
    TextField,
    TriStateField,
    TypeAheadField,
)
from app.ui.forms.grid import Column
from app.ui.forms.grid_field import GridField
from app.ui.forms.names import NameField


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its path in the draft and what makes it. A date field gets the form's own today."""

    path: str
    make: Callable[[], Field] | None = None
    label: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Fields side by side."""

    specs: tuple[Spec, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that says what the fields below have in common."""

    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that count only together. With `question` a box switches them; without, the form does."""

    path: str
    parts: tuple["Part", ...]
    question: str = ""
    tip: str = ""


Part = Row | Heading | Group


def row(*specs: Spec) -> Row:
    """Return a row of fields side by side."""
    return Row(specs)


def text(path: str, label: str, tip: str = "") -> Spec:
    """Return a line of text."""
    return Spec(path, partial(TextField, label, tip=tip))


def number(path: str, label: str, unit: str = "", tip: str = "") -> Spec:
    """Return a number with its unit."""
    return Spec(path, partial(NumberField, label, unit=unit, tip=tip))


def day(path: str, label: str, tip: str = "") -> Spec:
    """Return a date."""
    return Spec(path, None, label, tip)


def code(path: str, label: str, codes: Sequence[str], tip: str = "") -> Spec:
    """Return one of some codes."""
    return Spec(path, partial(CodeField, label, codes, tip=tip))


def choice(path: str, label: str, choices: Sequence[tuple[str, str]], tip: str = "") -> Spec:
    """Return one of some entries of the record."""
    return Spec(path, partial(ChoiceField, label, choices, tip=tip))


def codes(path: str, label: str, every: Sequence[str], tip: str = "") -> Spec:
    """Return any of some codes."""
    return Spec(path, partial(CodesField, label, every, tip=tip))


def yes_no(path: str, label: str, tip: str = "") -> Spec:
    """Return yes, no or not known."""
    return Spec(path, partial(TriStateField, label, tip=tip))


def lines(path: str, label: str, tip: str = "") -> Spec:
    """Return the lines of an address."""
    return Spec(path, partial(LinesField, label, tip=tip))


def free_text(path: str, label: str, height: int = 4, tip: str = "") -> Spec:
    """Return a text of several lines."""
    return Spec(path, partial(FreeTextField, label, lines=height, tip=tip))


def known_text(
    path: str,
    label: str,
    known: Sequence[str],
    *,
    several: bool = False,
    lower: bool = False,
    tip: str = "",
    unknown: str = "",
) -> Spec:
    """Return a text with known words offered; `unknown` is said of what is none of them."""
    return Spec(path, partial(TypeAheadField, label, known, several=several, lower=lower, tip=tip, unknown=unknown))


def name(path: str, label: str, tip: str = "") -> Spec:
    """Return the name of one of the people of the clinic, or of anybody."""
    return Spec(path, partial(NameField, label, tip=tip))


def grid(path: str, label: str, columns: Sequence[Column], tip: str = "", most: int | None = None) -> Spec:
    """Return a grid."""
    return Spec(path, partial(GridField, label, columns, tip=tip, most=most))
