"""Why the pathway says what it says, and what it would say were one thing otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.words import _

if TYPE_CHECKING:  # only loaded when somebody asks why
    from app.clinical.resistance import Chain
    from app.pathway.advice import Advice, FactValue, Reason
    from app.pathway.finding import Findings
    from app.pathway.protocol import Protocol
    from app.pathway.table import Between, Condition, Row
    from app.record.record import PatientRecord
    from app.services.advice import Advising


Key = tuple[str, str | None]  # an action and its drug


@dataclass(frozen=True, slots=True)
class RowSaid:
    """One row that fired: its rule, what it says, what it advises, and the titles of the tables asked next."""

    rule: str
    words: str
    advises: tuple[tuple[str, str | None], ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that one fact keeps from applying: the values it needs (None: unknown; words for a number's bounds).

    `action` and `drug` are what would then be preferred; both None where the fact never changes alone, being worked out
    from others: what would follow then cannot be said.
    """

    rule: str
    fact: str
    now: "FactValue"
    needs: "tuple[FactValue, ...] | str"
    action: str | None
    drug: str | None


@dataclass(frozen=True, slots=True)
class Supposed:
    """What one value of a missing fact would do: the preferred option then, and options that come and go."""

    fact: str
    value: "FactValue"
    preferred: "Key"
    is_same: bool
    comes: "tuple[Key, ...]"
    goes: "tuple[Key, ...]"


@dataclass(frozen=True, slots=True)
class TableSaid:
    """One table that was asked, with its rows that fired and the near misses."""

    title: str
    fired: tuple[RowSaid, ...]
    near: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything behind one advice. `supposed` says, per missing fact and value, what would then be preferred."""

    advice: "Advice"
    facts: "tuple[Reason, ...]"
    tables: tuple[TableSaid, ...]
    supposed: tuple[Supposed, ...]
    chains: "tuple[Chain, ...]"


def explain(advising: "Advising", record: "PatientRecord", as_of: date) -> Why:
    """Return what the advice on `record` rests on, table by table, and what would change it."""
    from app.clinical.resistance import chains
    from app.pathway.advice import Reason
    from app.pathway.finding import find

    advice = advising.advise(record, as_of, trace=True)
    protocol = advising.protocol(advice.protocol.id)
    findings = find(record, protocol, as_of, advice.parameters)
    trace = advice.trace or {}
    return Why(
        advice=advice,
        facts=tuple(Reason(one["fact"], one["value"], tuple(one["from"])) for one in trace["facts"]),
        tables=tuple(_table(protocol, findings, one) for one in trace["tables"]),
        supposed=tuple(_supposed(advice, protocol, findings)),
        chains=chains(findings.seen, protocol.inhibitors),
    )


def facts_of(advice: "Advice") -> Mapping[str, "FactValue"]:
    """Return the facts of an advice that was asked for with its trace, by name."""
    return {one["fact"]: one["value"] for one in (advice.trace or {})["facts"]}


def _table(protocol: "Protocol", findings: "Findings", traced: Mapping[str, Any]) -> TableSaid:
    table = protocol.tables[traced["table"]]
    rows = {row.id: row for row in table.rows}
    near: dict[tuple[Any, ...], list[Any]] = {}
    for number, name, condition in table.misses.near(findings.facts.values):
        row = table.rows[number]
        if row.id not in traced["fired"]:
            for needed, then in _needed(protocol, findings, row, name, condition):
                near.setdefault((row.rule, name, *then), []).append(needed)
    return TableSaid(
        title=_(table.title),
        fired=tuple(_row(protocol, findings, rows[one]) for one in traced["fired"]),
        near=tuple(_near_miss(findings, key, needed) for key, needed in near.items()),
    )


def _needed(
    protocol: "Protocol", findings: "Findings", row: "Row", name: str, condition: "Condition"
) -> "Iterator[tuple[Any, tuple[str | None, str | None]]]":
    """Yield each value (or the bounds) of a fact with which `row` would apply, and what is preferred then.

    A row that another one would still come before is not near.
    """
    from app.pathway.deciding import choices, decide
    from app.pathway.table import Between

    facts = findings.facts
    bounds = isinstance(condition, Between)
    for needed in ((condition.low + condition.high) / 2,) if isinstance(condition, Between) else condition.values:
        values = {**facts.values, name: needed}
        fired = decide(protocol, values)
        then = choices(protocol, fired, facts, values)
        if then and any(one.row is row for one in fired):
            step = (then[0].item.action, then[0].drug) if _is_entered(name) else (None, None)
            yield condition if bounds else needed, step


def _is_entered(fact: str) -> bool:
    """Return whether a fact is entered as such; one that is worked out never changes without others."""
    from app.pathway.facts import FACTS
    from app.pathway.values import Codes

    known = FACTS[fact]
    return isinstance(known.domain, Codes) and (known.judged or bool(known.ask))


def _near_miss(findings: "Findings", key: tuple[Any, ...], needed: list[Any]) -> NearMiss:
    from app.pathway.table import Between

    rule, name, action, drug = key
    bounds = [_bounds(name, one) for one in needed if isinstance(one, Between)]
    needs = _(" or ").join(dict.fromkeys(bounds)) if bounds else tuple(dict.fromkeys(needed))
    return NearMiss(rule, name, findings.facts.values[name], needs, action, drug)


def _bounds(name: str, between: "Between") -> str:
    """Return the bounds of a number in words; an end that is that of the fact itself goes without saying."""
    from app.letters.entries import value_in_words
    from app.pathway.facts import FACTS

    domain: Any = FACTS[name].domain
    words = []
    if between.low > domain.low or between.low_open:
        said = _("above {number}") if between.low_open else _("at least {number}")
        words.append(said.format(number=value_in_words(name, between.low)))
    if between.high < domain.high or between.high_open:
        said = _("below {number}") if between.high_open else _("at most {number}")
        words.append(said.format(number=value_in_words(name, between.high)))
    return _(" and ").join(words) or _("known")


def _row(protocol: "Protocol", findings: "Findings", row: "Row") -> RowSaid:
    drugs = findings.facts.drugs
    advises = [
        (item.action, drug)
        for item in row.advise
        for drug in ([one for name in item.drugs for one in drugs.get(name, (name,))] if item.drugs else [None])
    ]
    drug = (advises[0][1] if advises else None) or "…"
    return RowSaid(
        rule=row.rule,
        words=_(row.says).format(**findings.facts.words, drug=drug),
        advises=tuple(dict.fromkeys(advises)),
        then=tuple(_(protocol.tables[name].title) for name in row.then),
    )


def _supposed(advice: "Advice", protocol: "Protocol", findings: "Findings") -> Iterator[Supposed]:
    """Yield, for each missing fact of few values, what each of them would do to the options."""
    from app.pathway.deciding import choices, decide
    from app.pathway.facts import FACTS
    from app.pathway.values import Codes

    facts = findings.facts
    now = tuple((one.action, one.drug) for one in advice.options)
    for missing in advice.missing:
        domain = FACTS[missing.fact].domain
        for value in domain.values if isinstance(domain, Codes) else ():
            if value == facts.values[missing.fact]:
                continue
            values = {**facts.values, missing.fact: value}
            then = tuple(
                (one.item.action, one.drug) for one in choices(protocol, decide(protocol, values), facts, values)
            )
            if then:
                yield Supposed(
                    fact=missing.fact,
                    value=value,
                    preferred=then[0],
                    is_same=then[0] == now[0],
                    comes=tuple(one for one in then[1:] if one not in now),
                    goes=tuple(one for one in now if one not in then),
                )
