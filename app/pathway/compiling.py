"""From rows to plain Python whose only result is which rows fire: nested tests as one would write them by hand.

A fact that most rows ask about is asked first, and each of its values goes its own way; conditions that neighbouring
rows share are asked once; a fact is read when it is first asked about.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.pathway.facts import FACTS
from app.pathway.table import Box, Condition, Hit, OneOf, Row
from app.pathway.values import Codes, Value

DEEPEST_SPLIT = 4  # each level repeats the rows that do not ask about the fact


@dataclass(frozen=True, slots=True)
class _Branch:
    """What is left to ask of one row: all of `shared`, and one of `either` where there is any."""

    number: int
    shared: Box
    either: tuple[Box, ...]

    def without(self, fact: str) -> "_Branch":
        """Return what is left to ask once this fact is settled."""
        return _Branch(self.number, _without(self.shared, fact), self.either)


def compile_rows(name: str, hit: Hit, rows: Sequence[Row]) -> Callable[[Mapping[str, Value]], Sequence[int]]:
    """Return a function from facts to the numbers of the rows that fire: generated Python without calls."""
    writer = _Writer(hit)
    writer.write([_branch(number, row) for number, row in enumerate(rows)], " ", {})
    lines = ["def fired(v):", " out = []", *writer.lines, " return out"]
    if hit == "first":
        lines = ["def fired(v):", *writer.lines, " return ()"]
    scope: dict[str, Callable[[Mapping[str, Value]], Sequence[int]]] = {}
    exec(compile("\n".join(lines), f"<table {name}>", "exec"), {"__builtins__": {}, **writer.numbers}, scope)
    return scope["fired"]


def _branch(number: int, row: Row) -> _Branch:
    first, *others = row.boxes
    shared = {fact: one for fact, one in first.items() if all(box.get(fact) == one for box in others)}
    rests = [{fact: one for fact, one in box.items() if fact not in shared} for box in row.boxes]
    return _Branch(number, shared, tuple(rests) if all(rests) else ())


class _Writer:
    """Writes the lines of one table; `numbers` are the exact bounds that they name."""

    def __init__(self, hit: Hit) -> None:
        self.hit = hit
        self.lines: list[str] = []
        self.numbers: dict[str, Any] = {}

    def write(self, branches: Sequence[_Branch], indent: str, local: Mapping[str, str], splits: int = 0) -> None:
        """Write the tests of some rows in their order; `local` are the facts that have been read already."""
        fact = _asked_by_most(branches) if splits < DEEPEST_SPLIT else None
        if fact is None:
            self._in_order(branches, indent, local)
            return
        read = {**local, fact: f"f{len(local)}"}
        self.lines.append(f"{indent}{read[fact]} = v[{fact!r}]")
        word = "if"
        for values, rest in _by_value(fact, branches):
            self.lines.append(f"{indent}{word} {self._test(fact, OneOf(values), read)}:")
            self.write(rest, indent + " ", read, splits + 1)
            word = "elif"

    def _in_order(self, branches: Sequence[_Branch], indent: str, local: Mapping[str, str]) -> None:
        groups = _grouped(branches)
        asked = Counter(fact for fact, _ in groups if fact is not None)
        read = dict(local)
        for again in (fact for fact, times in asked.items() if times > 1 and fact not in read):
            read[again] = f"f{len(read)}"
            self.lines.append(f"{indent}{read[again]} = v[{again!r}]")
        for fact, group in groups:
            if len(group) == 1 or fact is None:
                for branch in group:
                    self._row(branch, indent, read)
                continue
            self.lines.append(f"{indent}if {self._test(fact, group[0].shared[fact], read)}:")
            self.write([each.without(fact) for each in group], indent + " ", read, DEEPEST_SPLIT)

    def _row(self, branch: _Branch, indent: str, read: Mapping[str, str]) -> None:
        asked = [self._test(fact, one, read) for fact, one in branch.shared.items()]
        if branch.either:
            asked.append(f"({self._any(branch.either, read)})")
        if asked:
            self.lines.append(f"{indent}if {' and '.join(asked)}:")
            indent += " "
        done = f"out.append({branch.number})" if self.hit == "all" else f"return ({branch.number},)"
        self.lines.append(indent + done)

    def _any(self, boxes: Sequence[Box], read: Mapping[str, str]) -> str:
        """Return the test that one of some boxes holds; what neighbours share is asked once here too."""
        tests = []
        for fact, group in _grouped([_Branch(0, box, ()) for box in boxes]):
            if fact is None:
                return "True"  # a box that asks nothing more
            if len(group) == 1:
                tests.append(" and ".join(self._test(name, one, read) for name, one in group[0].shared.items()))
                continue
            rest = self._any([_without(each.shared, fact) for each in group], read)
            tests.append(f"{self._test(fact, group[0].shared[fact], read)} and ({rest})")
        return " or ".join(tests)

    def _test(self, fact: str, one: Condition, read: Mapping[str, str]) -> str:
        """Return a condition as Python."""
        value = read.get(fact, f"v[{fact!r}]")
        if isinstance(one, OneOf):
            return _is_one_of(fact, one.values, value)
        low, high = ("<" if one.low_open else "<="), ("<" if one.high_open else "<=")
        return f"({value} is not None and {self._number(one.low)} {low} {value} {high} {self._number(one.high)})"

    def _number(self, number: Decimal) -> str:
        name = f"n{len(self.numbers)}"
        self.numbers[name] = number
        return name


def _asked_by_most(branches: Sequence[_Branch]) -> str | None:
    """Return the fact of few values that most of the rows ask about in several ways, if there is one."""
    asked = Counter(
        fact for branch in branches for fact in branch.shared if isinstance(FACTS[fact].domain, Codes)
    )  # fmt: skip
    for fact, times in asked.most_common():
        if times < 3 or times * 2 < len(branches):
            return None
        if len({branch.shared[fact] for branch in branches if fact in branch.shared}) > 1:
            return fact
    return None


def _by_value(fact: str, branches: Sequence[_Branch]) -> list[tuple[tuple[Value, ...], list[_Branch]]]:
    """Return the rows that are left for the values of a fact, values with the same rows together."""
    ways: dict[tuple[int, ...], tuple[list[Value], list[_Branch]]] = {}
    for value in FACTS[fact].domain.all:  # type: ignore[union-attr]  # of few values: see `_asked_by_most`
        left = [one for one in branches if fact not in one.shared or one.shared[fact].holds(value)]
        if left:
            rest = [one.without(fact) for one in left]
            ways.setdefault(tuple(one.number for one in left), ([], rest))[0].append(value)
    return [(tuple(values), rest) for values, rest in ways.values()]


def _grouped(branches: Sequence[_Branch]) -> list[tuple[str | None, Sequence[_Branch]]]:
    """Return runs of rows with the fact whose condition all of a run share: the longest run from each row on."""
    groups: list[tuple[str | None, Sequence[_Branch]]] = []
    start = 0
    while start < len(branches):
        first = branches[start]
        longest, shared = 1, next(iter(first.shared), None)
        for fact, one in first.shared.items():
            end = start + 1
            while end < len(branches) and branches[end].shared.get(fact) == one:
                end += 1
            if end - start > longest:
                longest, shared = end - start, fact
        groups.append((shared, branches[start : start + longest]))
        start += longest
    return groups


def _without(box: Box, fact: str) -> Box:
    return {name: one for name, one in box.items() if name != fact}


def _is_one_of(fact: str, values: tuple[Value, ...], name: str) -> str:
    """Return the test that a fact has one of these values, or none of the others where those are fewer."""
    domain = FACTS[fact].domain
    others = tuple(one for one in domain.all if one not in values) if isinstance(domain, Codes) else ()
    negated = 0 < len(others) < len(values)
    chosen = others if negated else values
    if len(chosen) > 1:
        return f"{name} {'not in' if negated else 'in'} {chosen!r}"
    value = chosen[0]
    if value is None or isinstance(value, bool):
        return f"{name} {'is not' if negated else 'is'} {value!r}"
    return f"{name} {'!=' if negated else '=='} {value!r}"
