"""Which rows fire on a set of facts: from the house table on, and what else they would be were a fact otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.pathway.facts import FACTS, Facts
from app.pathway.protocol import Protocol
from app.pathway.table import Fired, Item, Row, Table
from app.pathway.values import Codes, Value

Values = Mapping[str, Value]
ASKED = tuple(name for name in FACTS if FACTS[name].ask)
JUDGED = tuple(name for name in FACTS if FACTS[name].judged)


def decide(protocol: Protocol, values: Values) -> list[Fired]:
    """Return the rows that fire, in order, starting at the house rules and following `then`."""
    steps = protocol.steps
    fired: list[Fired] = []
    waiting = ["house"]
    for name in waiting:
        numbers_that_fire, rows = steps[name]
        for number in numbers_that_fire(values):
            one, then = rows[number]
            fired.append(one)
            if then:
                waiting += then
    return fired


def side_rows(protocol: Protocol, name: str, values: Values) -> list[Row]:
    """Return the rows of a side table (alerts, never, notes) that fire."""
    table = protocol.tables[name]
    return [table.rows[number] for number in table.fired(values)]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One option before its words: the item, the drug it names, and the row it came from."""

    item: Item
    drug: str | None
    fired: Fired


def choices(protocol: Protocol, fired: list[Fired], facts: Facts, values: Values) -> list[Choice]:
    """Return the options of the rows that fired, best first, each action and drug once.

    An item whose symbol stands for no drug falls away; items that follow last keep the protocol's order there.
    """
    listed: dict[tuple[str, str | None], Choice] = {}
    for one in fired:
        for item in one.row.advise:
            if item.only_if and not all(condition.holds(values[name]) for name, condition in item.only_if.items()):
                continue
            for drug in _drugs(item, facts):
                listed.setdefault((item.action, drug), Choice(item, drug, one))
    first = [choice for choice in listed.values() if not choice.item.last]
    last = [choice for choice in listed.values() if choice.item.last]
    return first + sorted(last, key=lambda one: _place(protocol, one))


def _drugs(item: Item, facts: Facts) -> list[str | None]:
    if not item.drugs:
        return [None]
    return [drug for name in item.drugs for drug in facts.drugs.get(name, (name,))]


def _place(protocol: Protocol, choice: Choice) -> int:
    order = protocol.follow_last
    name = choice.drug if choice.drug in order else choice.item.action
    return order.index(name) if name in order else len(order)


def signature(options: list[Choice]) -> tuple[tuple[str, str | None], ...]:
    """Return actions and drugs alone, to compare two decisions."""
    return tuple((choice.item.action, choice.drug) for choice in options)


def visited(protocol: Protocol, fired: list[Fired]) -> list[Table]:
    """Return the tables that were looked at, in order."""
    names = ["house"]
    for one in fired:
        names += one.row.then
    return [protocol.tables[name] for name in dict.fromkeys(names)]


def open_questions(protocol: Protocol, facts: Facts, fired: list[Fired], options: list[Choice]) -> dict[str, list[str]]:
    """Return the unknown facts that would change the options (`choices`), each with the rules it is needed for."""
    asked: dict[str, list[str]] = {}
    now = signature(options)
    unknown = any(facts.values[name] is None for name in ASKED)
    for table in visited(protocol, fired) if unknown else ():
        firing = table.fired(facts.values)
        for number, names in table.misses.possible(facts.values):
            if table.hit == "first" and firing and number > firing[0]:
                break
            row = table.rows[number]
            if (
                number not in firing
                and all(FACTS[name].ask for name in names)
                and _changes(protocol, facts, row, names, now)
            ):
                for name in names:
                    asked.setdefault(name, []).append(row.rule)
    for one in fired:
        for name in one.row.missing:
            asked.setdefault(name, []).append(one.row.rule)
    for name in facts.missing:
        asked.setdefault(name, [])
    return {name: list(dict.fromkeys(rules)) for name, rules in asked.items()}


def _changes(protocol: Protocol, facts: Facts, row: Row, names: tuple[str, ...], now: object) -> bool:
    """Whether some values of the unknown facts that let `row` fire change the options."""
    for box in row.boxes:
        if all(condition.holds(facts.values[name]) for name, condition in box.items() if name not in names):
            values = dict(facts.values)
            for name in names:
                if name in box:
                    values[name] = next((one for one in _values(name) if box[name].holds(one)), None)
            if signature(choices(protocol, decide(protocol, values), facts, values)) != now:
                return True
    return False


def _values(name: str) -> tuple[Value, ...]:
    domain = FACTS[name].domain
    return domain.values if isinstance(domain, Codes) else ()


def otherwise(
    protocol: Protocol, facts: Facts, fired: list[Fired], options: list[Choice]
) -> Iterator[tuple[str, Value, Choice]]:
    """Yield each judged fact, another value of it, and the option that would be preferred then to that of `options`."""
    known = [name for name in JUDGED if facts.values[name] not in (None, "unsaid")]
    if not known:
        return
    now = signature(options[:1])
    tables = visited(protocol, fired)
    for name in [one for one in known if any(one in table.misses.asked for table in tables)]:
        for value in _values(name):
            if value == facts.values[name] or value == "unsaid":
                continue
            values = {**facts.values, name: value}
            then = choices(protocol, decide(protocol, values), facts, values)
            if signature(then[:1]) != now:
                yield name, value, then[0]
