"""Examples of rules: `examples/<rule>.yaml` of a protocol says when a rule fires, when it just does not, and what is
asked for where a fact it needs is not known.

An example is a mapping with `name` (a sentence), what it is about, and what must come of it:

- `record:` a record in the record format with `as_of:`, the day asked; or `facts:`, values by name ("unknown" where a
  fact is not known, unless the fact has that word itself).
- `like:` in either begins from one of `STARTS`: untested, positive, on_crizotinib, on_chemotherapy. In a record what is
  given stands in the place of the start's (a list whole, `patient` and `diagnosis` field by field). Facts need one.
- `fires:` the rule, or null where no row of it may fire. Optional: `rows:` which of its rows, as table/row;
  `preferred:` [action] or [action, drug]; `missing:` facts that are asked for.

Among facts alone no drug is known by name: there a drug symbol of the tables stands for itself (`novel_new`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.pathway import deciding
from app.pathway.engine import advise
from app.pathway.facts import FACTS, Facts
from app.pathway.finding import find
from app.pathway.proof import SURELY
from app.pathway.protocol import SIDE_TABLES, Protocol
from app.pathway.protocol_reading import ProtocolFault
from app.pathway.starts import STARTS, Start, resting
from app.pathway.table import Row
from app.pathway.values import UNKNOWN, Codes, Value
from app.pathway.yaml_file import UnreadableYaml, read_yaml
from app.record.files import read_record
from app.record.reading import Refused
from app.record.record import PatientRecord

MOST_EXAMPLES = 200  # of one rule
TODAY = date(2100, 1, 1)  # examples are invented: no date in them is in the future
KEYS = frozenset({"name", "record", "as_of", "facts", "fires", "rows", "preferred", "missing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example of `rule`; it has either a record with its day, or all facts."""

    rule: str
    name: str
    fires: bool
    record: PatientRecord | None = None
    as_of: date | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of an example: facts, the rows that fire (as table/row), all rules that speak, and what is asked."""

    values: Mapping[str, Value]
    rows: Mapping[str, Row]
    rules: frozenset[str]
    preferred: tuple[str, str | None]
    missing: frozenset[str]


def read_examples(folder: Path) -> dict[str, tuple[Example, ...]]:
    """Return the examples of a protocol's folder by rule. Raises `ProtocolFault` naming the file and the example."""
    return {path.stem: _read_file(path) for path in sorted((folder / "examples").glob("*.yaml"))}


def _read_file(path: Path) -> tuple[Example, ...]:
    place = f"examples/{path.name}"
    try:
        written = read_yaml(path)
    except UnreadableYaml as fault:
        raise ProtocolFault(f"{place}: {fault}") from None
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        raise ProtocolFault(f"{place}: is not a list of examples")
    if len(written) > MOST_EXAMPLES:
        raise ProtocolFault(f"{place}: holds more than {MOST_EXAMPLES} examples")
    examples = []
    for number, entry in enumerate(written, start=1):
        name = entry.get("name", number)
        try:
            examples.append(_example(path.stem, entry))
        except Refused as refused:
            raise ProtocolFault(f"{place}, {name}: {refused.faults[0]}") from None
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ProtocolFault(f"{place}, {name}: {error}") from None
        if name in {one.name for one in examples[:-1]}:
            raise ProtocolFault(f"{place}, {name}: the name is used twice")
    return tuple(examples)


def _example(rule: str, written: Mapping[str, Any]) -> Example:
    if unknown := set(written) - KEYS:
        raise ValueError(f"{sorted(map(str, unknown))} is not a key of an example")
    if ("record" in written) == ("facts" in written):
        raise ValueError("an example has either a record or facts")
    if ("record" in written) != ("as_of" in written):
        raise ValueError("a record needs the day asked, as_of; facts have none")
    if written["fires"] not in (None, rule):
        raise ValueError(f"fires is {rule} or null")
    return Example(
        rule=rule,
        name=str(written["name"]),
        fires=written["fires"] is not None,
        record=_record(written["record"]) if "record" in written else None,
        as_of=_day(written["as_of"]) if "as_of" in written else None,
        values=_values(written["facts"]) if "facts" in written else {},
        rows=_words(written.get("rows", ())),
        preferred=_words(written.get("preferred", ())),
        missing=_words(written.get("missing", ())),
    )


def _words(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(map(str, written))


def _day(written: Any) -> date:
    return written if isinstance(written, date) else date.fromisoformat(written)


def _start(written: Mapping[str, Any]) -> Start:
    name = str(written.get("like"))
    if name not in STARTS:
        raise ValueError(f"like is one of {', '.join(STARTS)}")
    return STARTS[name]


def _record(written: Mapping[str, Any]) -> PatientRecord:
    given = {key: one for key, one in written.items() if key != "like"}
    whole = dict(_start(written).record) if "like" in written else {}
    for key in ("patient", "diagnosis"):
        if isinstance(given.get(key), dict):
            given[key] = {**whole.get(key, {}), **given[key]}
    return read_record(_as_json({**whole, **given}), TODAY)


def _as_json(value: Any) -> Any:
    """Return what YAML has read as the record format has it: days as text, numbers as exact decimals."""
    if isinstance(value, dict):
        return {key: _as_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return Decimal(str(value)) if isinstance(value, float) else value


def _values(written: Mapping[str, Any]) -> dict[str, Value]:
    given = {key: one for key, one in written.items() if key != "like"}
    return {**resting(), **_start(written).facts, **{name: _value(name, one) for name, one in given.items()}}


def _value(name: str, written: Any) -> Value:
    if name not in FACTS:
        raise ValueError(f"{name!r} is not a known fact")
    domain = FACTS[name].domain
    if isinstance(domain, Codes):
        value = None if written == UNKNOWN and UNKNOWN not in domain.values else written
        if not any(value is known or (isinstance(known, str) and value == known) for known in domain.all):
            raise ValueError(f"{name} cannot be {written!r}; it is one of {domain.all}")
        return value
    if written == UNKNOWN and domain.open:
        return None
    if isinstance(written, bool) or not isinstance(written, int | float | Decimal):
        raise ValueError(f"{name} is a number")
    number = Decimal(str(written))
    if not domain.low <= number <= domain.high:
        raise ValueError(f"{name} is from {domain.low} to {domain.high}")
    return number


def outcome(example: Example, protocol: Protocol) -> Outcome:
    """Return what the protocol makes of an example; parameters are the protocol's own."""
    if example.record is not None and example.as_of is not None:
        facts = find(example.record, protocol, example.as_of, protocol.parameters).facts
    else:
        facts = _facts(example.values)
    fired = deciding.decide(protocol, facts.values)
    rows = {f"{one.table.name}/{one.row.id}": one.row for one in fired}
    beside = {name: deciding.side_rows(protocol, name, facts.values) for name in SIDE_TABLES}
    rows |= {f"{name}/{row.id}": row for name, some in beside.items() for row in some}
    options = deciding.choices(protocol, fired, facts, facts.values)
    rules = {row.rule for row in rows.values()} | {one.item.rule for one in options}
    rules |= {never.rule for row in rows.values() for never in row.not_recommended}
    preferred = (options[0].item.action, options[0].drug) if options else ("", None)
    missing = frozenset(deciding.open_questions(protocol, facts, fired, options))
    if example.record is not None and example.as_of is not None:
        advice = advise(example.record, protocol, example.as_of)
        preferred = (advice.options[0].action, advice.options[0].drug)
        missing = frozenset(one.fact for one in advice.missing)
    return Outcome(facts.values, rows, frozenset(rules), preferred, missing)


def _facts(values: Mapping[str, Value]) -> Facts:
    drugs = {symbol: (symbol,) if _stands_for_one(boxes, values) else () for symbol, boxes in SURELY.items()}
    return Facts(values=values, sources=dict.fromkeys(FACTS, ()), drugs=drugs)


def _stands_for_one(boxes: Sequence[Any], values: Mapping[str, Value]) -> bool:
    return any(all(one.holds(values[name]) for name, one in box.items()) for box in boxes)


def faults_of(example: Example, protocol: Protocol, found: Outcome) -> list[str]:
    """Return what of an example does not come true, in words; nothing when all of it does.

    A rule fires with a row of it; one that no row carries, where an option or a warning of it is given.
    """
    own = {name for name, row in found.rows.items() if row.rule == example.rule}
    carried = any(row.rule == example.rule for table in protocol.tables.values() for row in table.rows)
    fires = bool(own) if carried else example.rule in found.rules
    faults = []
    if fires != example.fires:
        which = ", ".join(sorted(own)) or "no row of it"
        faults.append(f"{which} fires; fired: {', '.join(found.rows)}")
    if absent := set(example.rows) - (own if carried else set(found.rows)):
        faults.append(f"{', '.join(sorted(absent))} does not fire; fired: {', '.join(found.rows)}")
    if example.preferred and example.preferred != found.preferred[: len(example.preferred)]:
        faults.append(f"preferred is {found.preferred}")
    if silent := set(example.missing) - found.missing:
        faults.append(f"{', '.join(sorted(silent))} is not asked for; asked: {', '.join(sorted(found.missing))}")
    return faults
