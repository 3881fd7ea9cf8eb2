"""Advice for one record on one day by one protocol."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from app.pathway import deciding
from app.pathway.advice import (
    Advice,
    Alert,
    Missing,
    NotRecommended,
    OneFactAway,
    Option,
    Reason,
)
from app.pathway.decided import Declined, in_order
from app.pathway.decided import caution as decided_caution
from app.pathway.deciding import Choice
from app.pathway.due import due
from app.pathway.facts import FACTS, Facts
from app.pathway.finding import Findings, find
from app.pathway.protocol import Protocol
from app.pathway.stages import stage_of
from app.pathway.table import Fired, Row, Table
from app.record.record import PatientRecord
from app.words import _

OFF_PATHWAY = frozenset({"none_deceased", "leave_pathway"})


def advise(
    record: PatientRecord,
    protocol: Protocol,
    as_of: date,
    *,
    parameters: Mapping[str, Any] | None = None,
    trace: bool = False,
    brief: bool = False,
) -> Advice:
    """Return what `protocol` says of `record` on `as_of`; nothing later is seen.

    `parameters` are what the clinic has set over the protocol's own. `brief` is for a list over all patients: the
    preferred option alone, the alerts and what is due, without what is missing, one fact away or not recommended.
    """
    chosen = {**protocol.parameters, **(parameters or {})}
    return advise_on(find(record, protocol, as_of, chosen), protocol, trace=trace, brief=brief)


def advise_on(findings: Findings, protocol: Protocol, *, trace: bool = False, brief: bool = False) -> Advice:
    """Return what `protocol` says of findings that it asked for; as `advise`."""
    facts = findings.facts
    values = facts.values
    fired = deciding.decide(protocol, values)
    choices = deciding.choices(protocol, fired, facts, values)
    options, declined = in_order(choices, findings)
    if not options:
        raise RuntimeError(f"no row of {protocol.ref.id} advises anything")  # what the proof shows cannot be
    notes = deciding.side_rows(protocol, "notes", values)
    contradicts = values["record_contradiction"] != "none"
    starts = options[0].item.action in ("start", "switch") and not values["any_inhibitor_given"]
    starts_first = starts and options[0].drug in protocol.inhibitors
    return Advice(
        as_of=findings.as_of,
        mrn=findings.seen.patient.mrn,
        protocol=protocol.ref,
        parameters=MappingProxyType(dict(findings.parameters)),
        stage=stage_of(values, starts_first=starts_first),
        alk_status=str(values["alk_status"]),
        line=findings.line,
        response=findings.response,
        options=tuple(
            _option(protocol, facts, choice, fired, notes, declined.get(choice), preferred=number == 0)
            for number, choice in enumerate(options[:1] if brief else options)
        ),
        alerts=tuple(_alert(protocol, facts, row) for row in deciding.side_rows(protocol, "alerts", values)),
        due=()
        if contradicts or values["deceased"]
        else due(protocol, findings, starts_first_inhibitor=starts_first, answered=_is_answered(options[0], values)),
        missing=() if brief or values["deceased"] else _missing(protocol, facts, fired, choices),
        one_fact_away=() if brief else _one_fact_away(protocol, facts, fired, choices),
        not_recommended=() if brief else _not_recommended(protocol, facts, fired),
        trace=_trace(protocol, facts, fired) if trace else None,
    )


def _is_answered(first: Choice, values: Mapping[str, Any]) -> bool:
    return first.item.action == "continue_with_surveillance" and bool(values["progression_answered"])


def _missing(protocol: Protocol, facts: Facts, fired: list[Fired], choices: list[Choice]) -> tuple[Missing, ...]:
    return tuple(
        Missing(fact=name, needed_for=tuple(rules), text=_(FACTS[name].ask))
        for name, rules in deciding.open_questions(protocol, facts, fired, choices).items()
    )


def _one_fact_away(
    protocol: Protocol, facts: Facts, fired: list[Fired], choices: list[Choice]
) -> tuple[OneFactAway, ...]:
    return tuple(
        OneFactAway(
            fact=name, now=facts.values[name], if_=value, rule=then.item.rule, action=then.item.action, drug=then.drug
        )
        for name, value, then in deciding.otherwise(protocol, facts, fired, choices)
    )


def _option(
    protocol: Protocol,
    facts: Facts,
    choice: Choice,
    fired: list[Fired],
    notes: list[Row],
    declined: Declined | None,
    *,
    preferred: bool,
) -> Option:
    item, row = choice.item, choice.fired.row
    # What a row says goes with the option it speaks of; one with words of its own has its own evidence.
    own = bool(item.says)
    names = dict.fromkeys(item.ambiguities if own else (*row.ambiguities, *item.ambiguities))
    evidence = dict.fromkeys(item.evidence if own else (*item.evidence, *row.evidence))
    because = list(_reasons(facts, [row, *(one.row for one in fired if one.row.then)], item.only_if))
    cautions = [*item.cautions] if own else [*row.cautions, *item.cautions]
    if declined is not None:
        cautions.insert(0, decided_caution(declined, facts.values))
    for note in notes:
        if _notes_this(note, choice, facts, preferred):
            names |= dict.fromkeys(note.ambiguities)
            evidence |= dict.fromkeys(note.evidence)
            cautions += note.cautions
            because += [Reason(name, _(text), facts.sources[name]) for name, text in note.because.items()]
    readings = dict.fromkeys(protocol.readings_of(evidence))
    return Option(
        action=item.action,
        drug=choice.drug,
        dose=_dose(protocol, facts, choice),
        text=_say(item.says or row.says, facts, choice.drug),
        rule=item.rule,
        preferred=preferred,
        prescriber_only=item.prescriber_only,
        because=tuple(because),
        ambiguities=protocol.readings(names | readings),
        evidence=tuple(evidence),
        references=() if own else row.references,
        cautions=tuple(_(one) for one in dict.fromkeys(cautions)),
    )


def _notes_this(note: Row, choice: Choice, facts: Facts, preferred: bool) -> bool:
    """Whether a note speaks of this option: by action, by drug, or of whatever is preferred."""
    if "preferred" in note.to:
        return preferred
    drugs = {drug for name in note.to_drugs for drug in facts.drugs.get(name, (name,))}
    return choice.item.action in note.to and (not drugs or choice.drug in drugs)


def _dose(protocol: Protocol, facts: Facts, choice: Choice) -> str | None:
    """The recorded dose of what goes on, the protocol's of what begins; None where none may be shown."""
    dose = _exact_dose(protocol, facts, choice)
    return _(dose) if dose else None


def _exact_dose(protocol: Protocol, facts: Facts, choice: Choice) -> str | None:
    drug = protocol.drugs.get(choice.drug or "")
    if drug is None or not drug.doses:
        return None
    if choice.item.action.startswith("continue"):
        return facts.doses.get(drug.name)
    if choice.item.action.startswith("resume"):
        return facts.doses.get(choice.item.action)
    return drug.doses[0] if choice.item.action in ("start", "switch", "rechallenge") else None


def _reasons(facts: Facts, rows: list[Row], only_if: Mapping[str, Any]) -> list[Reason]:
    names: dict[str, None] = {}
    for row in rows:
        names |= dict.fromkeys(row.box_that_holds(facts.values))
    names |= dict.fromkeys(only_if)
    return [
        Reason(name, facts.values[name], facts.sources[name])
        for name in names
        if facts.values[name] not in FACTS[name].quiet
    ]


def _alert(protocol: Protocol, facts: Facts, row: Row) -> Alert:
    item = row.advise[0]
    drug = next(iter(facts.drugs.get(item.drugs[0], item.drugs) if item.drugs else ()), None)
    return Alert(
        action=item.action,
        drug=drug,
        rule=row.rule,
        severity="urgent" if row.severity == "urgent" else "attention",
        text=_say(item.says or row.says, facts, drug),
        because=tuple(_reasons(facts, [row], {})),
        ambiguities=protocol.readings(row.ambiguities),
        evidence=row.evidence,
    )


def _not_recommended(protocol: Protocol, facts: Facts, fired: list[Fired]) -> tuple[NotRecommended, ...]:
    listed: dict[tuple[str, str | None], NotRecommended] = {}
    rows = [one.row for one in fired] + deciding.side_rows(protocol, "never", facts.values)
    for never in (one for row in rows for one in row.not_recommended):
        drugs = [drug for name in never.drugs for drug in facts.drugs.get(name, (name,))] if never.drugs else [None]
        for drug in drugs:
            text = _say(never.says, facts, drug)
            listed.setdefault(
                (never.action, drug), NotRecommended(action=never.action, drug=drug, rule=never.rule, text=text)
            )
    return tuple(listed.values())


def _say(text: str, facts: Facts, drug: str | None) -> str:
    spoken = _(text)
    return spoken.format(**facts.words, drug=_(drug) if drug else "") if "{" in spoken else spoken


def _trace(protocol: Protocol, facts: Facts, fired: list[Fired]) -> dict[str, Any]:
    """Return the facts with where they came from, and per table what fired and what one fact kept from firing."""
    tables = [table_trace(table, facts.values) for table in deciding.visited(protocol, fired)]
    known = [{"fact": name, "value": facts.values[name], "from": list(facts.sources[name])} for name in FACTS]
    return {"facts": known, "tables": tables}


def table_trace(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of one table: the rows that fire, and of the others what one fact keeps from firing."""
    fired = table.fired(values)
    near = [
        {"rule": table.rows[number].rule, "fact": name, "needs": _needs(condition)}
        for number, name, condition in table.misses.near(values)
        if number not in fired
    ]
    return {"table": table.name, "fired": [table.rows[number].id for number in fired], "near": near}


def _needs(condition: Any) -> Any:
    values = getattr(condition, "values", None)
    if values is None:
        return f"{condition.low} to {condition.high}"
    return values[0] if len(values) == 1 else list(values)
