"""What a fact may be: a finite set of codes, a flag, or a bounded number; and always "not known", which is None."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Value = str | bool | int | Decimal | None
UNKNOWN = "unknown"  # how a table writes None


@dataclass(frozen=True, slots=True)
class Codes:
    """One of a few words; True and False are the words of a flag. `open` is whether it can be unknown."""

    values: tuple[str | bool, ...]
    open: bool = False

    @property
    def all(self) -> tuple[Value, ...]:
        """Every value, None for unknown last."""
        return (*self.values, None) if self.open else self.values


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number from `low` to `high` in `unit`, or unknown."""

    low: int
    high: int
    unit: str
    open: bool = True


Domain = Codes | Bounded


def flag(*, open: bool = False) -> Codes:
    """Return the domain of yes and no, and unknown when `open`."""
    return Codes((True, False), open)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the registry: its domain, what it is called, and how a person is asked for it."""

    name: str
    domain: Domain
    label: str
    ask: str = ""
    judged: bool = False  # a person's judgement, which could be otherwise: asked "what if"
    quiet: tuple[Any, ...] = ()  # values that go without saying in a reason
