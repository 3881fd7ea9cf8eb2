"""The facts of a decision as rows, with the kind of each value kept: 3 stays a number, "3" stays a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """One value of one fact; `listed` when the fact is a list, which has a row for each of its values."""

    name: str
    listed: bool
    kind: str
    value: str | None


def values_of(facts: Mapping[str, Any]) -> Iterator[FactValue]:
    """Yield the values of the facts in their order."""
    for name, fact in facts.items():
        if not isinstance(fact, tuple | list):
            yield _value(name, False, fact)
        elif fact:
            yield from (_value(name, True, one) for one in fact)
        else:
            yield FactValue(name=name, listed=True, kind="empty_list", value=None)


def facts_of(values: Iterable[FactValue]) -> dict[str, Any]:
    """Return the facts of their values."""
    facts: dict[str, Any] = {}
    for one in values:
        if not one.listed:
            facts[one.name] = _plain(one)
        elif one.kind == "empty_list":
            facts[one.name] = ()
        else:
            facts[one.name] = (*facts.get(one.name, ()), _plain(one))
    return facts


def _value(name: str, listed: bool, fact: Any) -> FactValue:
    match fact:
        case None:
            kind, text = "unknown", None
        case bool():
            kind, text = "flag", "true" if fact else "false"
        case int():
            kind, text = "whole", str(fact)
        case Decimal():
            kind, text = "decimal", str(fact)
        case str():
            kind, text = "text", fact
        case _:
            raise TypeError(f"a fact is a plain value, not a {type(fact).__name__}")
    return FactValue(name=name, listed=listed, kind=kind, value=text)


def _plain(one: FactValue) -> Any:
    text = one.value or ""
    match one.kind:
        case "unknown":
            return None
        case "flag":
            return text == "true"
        case "whole":
            return int(text)
        case "decimal":
            return Decimal(text)
    return text
