"""The proof of a protocol: complete, unambiguous, every row reachable, nothing forbidden advised. Exact, by boxes.

A region is where a row decides: its own boxes, inside the way that leads to its table, outside the earlier rows of a
table that stops at its first hit, and outside what no record can show.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.pathway.boxes import Bits, Space
from app.pathway.facts import FACTS
from app.pathway.invariants import impossible
from app.pathway.protocol import SIDE_TABLES, Forbidden, Protocol
from app.pathway.table import Item, OneOf, Row, Table
from app.pathway.values import Value

# Where a drug symbol surely stands for a drug; any other may stand for none.
SURELY: Mapping[str, tuple[dict[str, OneOf], ...]] = {
    "current": (
        {"alk_inhibitor_running": OneOf((True,))},
        {"chemotherapy_running": OneOf((True,))},
    ),
    "novel_new": ({"novel_state": OneOf(("left", "left_after_failure"))},),
    "doublet_new": ({"doublet_state": OneOf(("new",))},),
    "doublet_again": ({"doublet_state": OneOf(("again",))},),
    "rechallenge": ({"rechallenge_possible": OneOf((True,))},),
    "given_before": (),
    "first_inhibitor": ({},),
}
INHIBITOR_SYMBOLS = frozenset({"first_inhibitor", "novel_new", "given_before", "rechallenge"})


@dataclass(frozen=True, slots=True)
class ProofFault:
    """One way in which the tables are wrong: what kind, where, in words, and facts that show it."""

    kind: str
    where: str
    text: str
    example: Mapping[str, Value]

    def __str__(self) -> str:
        facts = ", ".join(f"{name} {_word(value)}" for name, value in self.example.items())
        return f"{self.where}: {self.text}" + (f" For example: {facts}." if facts else "")


def _word(value: Value) -> str:
    if value is None:
        return "unknown"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Place:
    """A region of fact space: any of `boxes`, none of `without`."""

    boxes: tuple[Bits, ...]
    without: tuple[Bits, ...]
    decides: bool = True  # whether a table that is reached here must say something: nothing else would


class Proof:
    """The proof of one protocol; `faults()` is empty when it holds."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        never = impossible()
        written = [box for table in protocol.tables.values() for row in table.rows for box in row.boxes]
        self.space = Space.of([*written, *(one.when for one in protocol.forbidden)])
        self.impossible = tuple(self.space.box(box) for box in never.values())
        self.ways: dict[str, list[Place]] = {"house": [Place(({},), ())]}
        for name in SIDE_TABLES:
            self.ways[name] = [Place(({},), (), decides=False)]
        self._follow("house")

    def faults(self) -> list[ProofFault]:
        """Return everything that is wrong, table by table."""
        found: list[ProofFault] = []
        for table in self.protocol.tables.values():
            found += self._gaps(table)
            found += self._overlaps(table)
            found += self._rows(table)
        found += self._forbidden()
        found += self._contradicting()
        return found

    def _boxes(self, row: Row) -> tuple[Bits, ...]:
        return tuple(self.space.box(box) for box in row.boxes)

    def _follow(self, name: str) -> None:
        """Note where each table is reached from, the house table first."""
        table = self.protocol.tables[name]
        for row in table.rows:
            for place in self.where(table, row):
                for number, following in enumerate(row.then):
                    # What follows an option, or another table, may add nothing; what comes alone must decide.
                    decides = place.decides and number == 0 and not row.advise
                    self.ways.setdefault(following, []).append(replace(place, decides=decides))
        for following in dict.fromkeys(one for row in table.rows for one in row.then):
            self._follow(following)

    def where(self, table: Table, row: Row) -> list[Place]:
        """Return the regions in which `row` decides."""
        before = table.rows[: table.rows.index(row)] if table.hit == "first" else ()
        earlier = [box for one in before for box in self._boxes(one)]
        return [
            Place(tuple(self.space.common(way.boxes, self._boxes(row))), (*way.without, *earlier), way.decides)
            for way in self.ways[table.name]
        ]

    def point(self, places: Sequence[Place], within: Sequence[Bits] = ({},)) -> Bits | None:
        """Return a box that is in one of `places` and in one of `within`, and that a record can reach; or None."""
        for place in places:
            for box in self.space.common(place.boxes, within):
                found = self.space.outside(box, [*place.without, *self.impossible])
                if found is not None:
                    return found
        return None

    def _example(self, bits: Bits) -> Mapping[str, Value]:
        values = self.space.values(bits)
        return {name: value for name, value in values.items() if value not in FACTS[name].quiet or name == "deceased"}

    def _fault(self, kind: str, table: Table, row: Row | None, text: str, bits: Bits) -> ProofFault:
        where = f"{table.name}, row {row.id}" if row is not None else table.name
        return ProofFault(kind, where, text, self._example(bits))

    def _gaps(self, table: Table) -> Iterator[ProofFault]:
        rows = [box for row in table.rows for box in self._boxes(row)]
        for way in self.ways.get(table.name, ()):
            gap = self.point([Place(way.boxes, (*way.without, *rows))]) if way.decides else None
            if gap is not None:
                yield self._fault("gap", table, None, "no row fires.", gap)
                return

    def _overlaps(self, table: Table) -> Iterator[ProofFault]:
        if table.side_by_side:
            return
        listed = {frozenset((order.first, other)): order for order in table.order for other in order.over}
        seen = set()
        for number, first in enumerate(table.rows):
            places = self.where(table, first)  # where an earlier row has not decided already
            for second in table.rows[number + 1 :]:
                pair = frozenset((first.id, second.id))
                found = self.point(places, self._boxes(second))
                if found is None:
                    continue
                seen.add(pair)
                if pair not in listed:
                    text = f"holds together with {second.id}, and the table does not say which comes first."
                    yield self._fault("overlap", table, first, text, found)
                elif listed[pair].first != first.id:
                    text = f"stands before {second.id}, but the table says that {second.id} comes first."
                    yield self._fault("overlap", table, first, text, found)
        for pair, order in listed.items():
            if pair not in seen:
                other = next(iter(pair - {order.first}))
                text = f"is said to come before {other}, but the two never hold together."
                yield ProofFault("unlisted overlap", f"{table.name}, row {order.first}", text, {})

    def _rows(self, table: Table) -> Iterator[ProofFault]:
        for row in table.rows:
            places = self.where(table, row)
            reached = self.point(places)
            if reached is None:
                yield ProofFault("dead row", f"{table.name}, row {row.id}", "can never fire.", {})
                continue
            if len(table.rows) > 1 and table.hit == "first" and self._takes_everything(table, row):
                yield self._fault("catch-all", table, row, "takes everything that reaches the table.", reached)
            if row.advise and row.severity is None:
                yield from self._always_something(table, row, places)
            if row.advise and row.advise[0].action == "complete_record" and not self._asks(row):
                yield self._fault(
                    "catch-all", table, row, "asks to complete the record, but nothing is unknown.", reached
                )

    def _takes_everything(self, table: Table, row: Row) -> bool:
        ways = [Place(way.boxes, (*way.without, *self._boxes(row))) for way in self.ways[table.name]]
        return self.point(ways) is None

    def _asks(self, row: Row) -> bool:
        """Whether a `complete_record` fires on something unknown: in each of its boxes, or by name."""
        unknown = OneOf((None,))
        return bool(row.missing) or bool(row.severity) or all(unknown in box.values() for box in row.boxes)

    def _always_something(self, table: Table, row: Row, places: Sequence[Place]) -> Iterator[ProofFault]:
        """The row leaves at least one option in every state, and the first is never for the prescriber alone."""
        plain = [item for item in row.advise if not item.prescriber_only]
        if any(item.prescriber_only and not item.last for item in row.advise):
            yield ProofFault("preferred", f"{table.name}, row {row.id}", "may prefer a prescriber-only option.", {})
        sure = [box for item in plain for box in self._surely(item)]
        empty = self.point([Place(place.boxes, (*place.without, *sure)) for place in places if place.decides])
        if empty is not None:
            yield self._fault("preferred", table, row, "may leave no option at all.", empty)

    def _surely(self, item: Item) -> list[Bits]:
        """Return where an item surely gives an option."""
        if item.only_if:
            return []
        if not item.drugs:
            return [{}]
        return [self.space.box(box) for name in item.drugs for box in SURELY.get(name, ({},))]

    def _options(self) -> Iterator[tuple[Table, Row, Item, list[Place]]]:
        for table in self.protocol.tables.values():
            if table.name not in SIDE_TABLES:
                for row in table.rows:
                    places = self.where(table, row)
                    for item in row.advise:
                        yield table, row, item, places

    def _forbidden(self) -> Iterator[ProofFault]:
        for table, row, item, places in self._options():
            for rule in self.protocol.forbidden:
                if self._is_forbidden(item, rule):
                    within = self.space.intersect(self.space.box(rule.when), self.space.box(item.only_if))
                    found = self.point(places, [within]) if within is not None else None
                    if found is not None:
                        drug = f" {'/'.join(item.drugs)}" if item.drugs else ""
                        yield self._fault("forbidden", table, row, f"advises {item.action}{drug}. {rule.why}", found)

    def _is_forbidden(self, item: Item, rule: Forbidden) -> bool:
        if rule.only:
            return item.action not in rule.actions
        return item.action in rule.actions and (not rule.drugs or bool(self._meant(rule) & set(item.drugs)))

    def _meant(self, rule: Forbidden) -> set[str]:
        meant = set(rule.drugs)
        return meant | self.protocol.inhibitors | INHIBITOR_SYMBOLS if "inhibitors" in meant else meant

    def _contradicting(self) -> Iterator[ProofFault]:
        """What a row says not to do is not advised in the same state."""
        nevers = [
            (never, self.where(table, row))
            for table in self.protocol.tables.values()
            for row in table.rows
            for never in row.not_recommended
        ]
        for table, row, item, places in self._options():
            for never, others in nevers:
                same = item.action == never.action and (not never.drugs or bool(set(never.drugs) & set(item.drugs)))
                if not same:
                    continue
                for other in others:
                    merged = [
                        Place(tuple(self.space.common(place.boxes, other.boxes)), (*place.without, *other.without))
                        for place in places
                    ]
                    found = self.point(merged, [self.space.box(item.only_if)])
                    if found is not None:
                        text = f"advises {item.action}, which {never.rule} says not to do."
                        yield self._fault("contradiction", table, row, text, found)
                        break


def prove(protocol: Protocol) -> list[ProofFault]:
    """Return everything that is wrong with the tables of `protocol`; nothing, when they are proved."""
    return Proof(protocol).faults()
