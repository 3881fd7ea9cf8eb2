"""Decision tables: rows of conditions on facts, kept as data and compiled once to plain Python (`compiling`).

The compiled form only says which rows fired; near misses and missing facts are told when asked (`misses`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Literal

from app.pathway.facts import FACTS
from app.pathway.values import Bounded, Value

if TYPE_CHECKING:
    from app.pathway.misses import Misses

Hit = Literal["first", "all"]


@dataclass(frozen=True, slots=True)
class OneOf:
    """A condition on a fact of few values: one of these; None stands for unknown."""

    values: tuple[Value, ...]

    def holds(self, value: Value) -> bool:
        """Return whether `value` meets the condition."""
        return value in self.values


@dataclass(frozen=True, slots=True)
class Between:
    """A condition on a number: from `low` to `high`, each end included or not; unknown never meets it."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: Value) -> bool:
        """Return whether `value` meets the condition."""
        if value is None or isinstance(value, str):
            return False
        above = value > self.low if self.low_open else value >= self.low
        return above and (value < self.high if self.high_open else value <= self.high)


Condition = OneOf | Between
Box = Mapping[str, Condition]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing a row advises: an action, and a drug or the symbol of one, under further conditions."""

    action: str
    drugs: tuple[str, ...] = ()
    rule: str
    says: str = ""
    prescriber_only: bool = False
    last: bool = False
    only_if: Box = field(default_factory=dict)
    cautions: tuple[str, ...] = ()
    ambiguities: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """What a row says not to do."""

    action: str
    drugs: tuple[str, ...] = ()
    rule: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: it fires when any of its boxes holds."""

    id: str
    rule: str
    boxes: tuple[Box, ...]
    advise: tuple[Item, ...] = ()
    then: tuple[str, ...] = ()
    not_recommended: tuple[Never, ...] = ()
    severity: str | None = None
    to: tuple[str, ...] = ()
    to_drugs: tuple[str, ...] = ()
    because: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    says: str = ""
    section: str = ""
    ambiguities: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    def fires(self, values: Mapping[str, Value]) -> bool:
        """Return whether the row fires on these facts."""
        return any(holds(box, values) for box in self.boxes)

    def facts(self) -> tuple[str, ...]:
        """Return the names of the facts the row asks about."""
        return tuple(dict.fromkeys(name for box in self.boxes for name in box))

    def box_that_holds(self, values: Mapping[str, Value]) -> Box:
        """Return the first box that holds; the row must fire."""
        *before, last = self.boxes
        return next((box for box in before if holds(box, values)), last)


@dataclass(frozen=True, slots=True)
class Order:
    """That row `first` comes before the rows `over` where both hold, and why."""

    first: str
    over: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: `first` stops at the first row that fires, `all` lets every one fire, in order.

    `side_by_side` says why rows that fire together need no order.
    """

    name: str
    title: str
    hit: Hit
    rows: tuple[Row, ...]
    order: tuple[Order, ...] = ()
    side_by_side: str = ""
    fired: Callable[[Mapping[str, Value]], Sequence[int]]
    misses: "Misses"


@dataclass(frozen=True, slots=True)
class Fired:
    """One row that fired, in its table."""

    table: Table
    row: Row


def holds(box: Box, values: Mapping[str, Value]) -> bool:
    """Return whether the facts are as a box wants them."""
    return all(condition.holds(values[name]) for name, condition in box.items())


def condition(name: str, written: object) -> Condition:
    """Return a condition as a table writes it: a value, a list, `{not: …}`, or bounds of a number.

    Raises ValueError, with what is wrong, for a value the fact cannot have.
    """
    domain = FACTS[name].domain
    if isinstance(domain, Bounded):
        return _bounds(name, domain, written)
    negated = isinstance(written, dict) and set(written) == {"not"}
    listed = written["not"] if isinstance(written, dict) and negated else written
    # A fact may have the word "unknown" among its own (the ALK status has); elsewhere it means that nothing is known.
    own_word = "unknown" in domain.values
    values = [
        None if one == "unknown" and not own_word else one for one in (listed if isinstance(listed, list) else [listed])
    ]
    for one in values:
        if not any(one is known or (isinstance(one, str) and one == known) for known in domain.all):
            raise ValueError(f"{name} cannot be {one!r}; it is one of {domain.all}")
    chosen = tuple(one for one in domain.all if (one in values) != negated)
    if not chosen:
        raise ValueError(f"{name}: no value is left")
    return OneOf(chosen)


def _bounds(name: str, domain: Bounded, written: object) -> Condition:
    if written == "unknown":
        if not domain.open:
            raise ValueError(f"{name} is always known")
        return OneOf((None,))
    if not isinstance(written, dict) or not written or not set(written) <= {"at_least", "above", "at_most", "below"}:
        raise ValueError("a number is compared with at_least, above, at_most or below")
    if {"at_least", "above"} <= set(written) or {"at_most", "below"} <= set(written):
        raise ValueError("a number has one lower and one upper bound")
    for one in written.values():
        if isinstance(one, bool) or not isinstance(one, int | float | Decimal) or not isfinite(one):
            raise ValueError(f"{one!r} is not a number")
        if not domain.low <= one <= domain.high:
            raise ValueError(f"{one} is not from {domain.low} to {domain.high}")
    low = Decimal(str(written.get("at_least", written.get("above", domain.low))))
    high = Decimal(str(written.get("at_most", written.get("below", domain.high))))
    if low > high or (low == high and ("above" in written or "below" in written)):
        raise ValueError(f"no value is left from {low} to {high}")
    return Between(low, high, "above" in written, "below" in written)
