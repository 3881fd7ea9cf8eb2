"""`next-step`: what to do next for one patient, for a person to read or as JSON."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING

from app.commands.doors import DONE, Doors, say, say_data, the_record
from app.pathway.advice import Advice, Ambiguity, Due, FactValue, Option, Reason, as_data
from app.record.codes import label
from app.record.names import full_name
from app.record.patient import Patient
from app.record.record import PatientRecord
from app.record.views import up_to
from app.words import _, labelled

if TYPE_CHECKING:
    from app.pathway.information import Told
    from app.pathway.protocol import Protocol

WIDTH = 100


def next_step(typed: argparse.Namespace, doors: Doors) -> int:
    """Print the advice for a patient or a file as of a day."""
    with doors.open_desk(typed.database) as desk:
        record = the_record(desk, typed.record)
        as_of = typed.as_of or desk.today()
        advice = desk.advising.advise(record, as_of, protocol=typed.protocol, trace=typed.trace)
        protocol = desk.advising.protocol(typed.protocol)
    if typed.json:
        say_data(as_data(advice))
    else:
        say("\n".join((*advice_lines(record.patient, advice), *beside_lines(record, advice, protocol))))
    return DONE


def beside_lines(record: PatientRecord, advice: Advice, protocol: "Protocol") -> Iterator[str]:
    """Yield what became of each progression, and what the source says that changes no option."""
    from app.clinical.resistance import chains
    from app.figures.wording import date_in_words
    from app.pathway.information import information_on

    followed = chains(up_to(record, advice.as_of), protocol.inhibitors)
    yield from _section(
        _("FROM PROGRESSION TO THE NEXT LINE"),
        (
            _("line {number}, {drugs}: {chain}").format(
                number=one.line_number, drugs=" + ".join(one.line.drugs), chain=one.sentence(date_in_words)
            )
            for one in followed
        ),
    )
    yield from _section(_("WHAT THE SOURCE SAYS BESIDES"), _besides(advice, information_on(protocol, record, advice)))


def _besides(advice: Advice, told: Iterable["Told"]) -> Iterator[str]:
    """Every text with its place; a reading follows the first text it is of, unless the advice itself has it."""
    from app.pathway.information import unclear

    said = {one.id for one in unclear(advice)}
    for one in told:
        yield labelled(one.place, f"{one.text} [{one.id}]")
        for reading in one.readings:
            if reading.id not in said:
                said.add(reading.id)
                yield labelled(one.place, f"{_reading(reading)} [{reading.id}]")


def _reading(one: Ambiguity) -> str:
    words = _("It prints: {printed} Applied: {applied} Why: {why}")
    return words.format(printed=one.printed, applied=one.applied, why=one.why)


def advice_lines(patient: Patient, advice: Advice) -> Iterator[str]:
    """Yield the whole advice as plain lines: who, by which protocol, what cannot wait, what next, and the rest."""
    yield from _heading(patient, advice)
    if advice.alerts:
        yield from _title(_("CANNOT WAIT"))
        for alert in advice.alerts:
            yield from _item(
                "!", labelled(_word(alert.severity), f"{alert.text} {_tag([alert.rule], alert.ambiguities)}")
            )
            yield from _grounds(alert.because, alert.evidence, ())
    yield from _title(_("NEXT STEP"))
    for option in advice.options:
        if option.preferred:
            yield from _option("*", option)
    others = [option for option in advice.options if not option.preferred]
    if others:
        yield from _title(_("OTHER OPTIONS"))
        for option in others:
            yield from _option("-", option)
    yield from _section(_("MISSING"), (f"{one.text} [{', '.join(one.needed_for)}]" for one in advice.missing))
    yield from _section(_("DUE"), (_due(one) for one in advice.due))
    yield from _section(_("NOT RECOMMENDED"), (f"{one.text} [{one.rule}]" for one in advice.not_recommended))
    yield from _section(
        _("ONE FACT AWAY"),
        (
            _("if {fact} were {value} instead of {now}: {action} [{rule}]").format(
                fact=_fact(one.fact),
                value=_value(one.if_),
                now=_value(one.now),
                action=" ".join(filter(None, (_word(one.action), one.drug))),
                rule=one.rule,
            )
            for one in advice.one_fact_away
        ),
    )
    yield from _section(_("WHERE THE SOURCE IS NOT CLEAR"), _unclear(advice))
    if advice.trace is not None:
        yield from _trace(advice)


def short_lines(patient: Patient, advice: Advice) -> Iterator[str]:
    """Yield the heading and the preferred step alone."""
    first = replace(advice.preferred, ambiguities=(), cautions=())
    yield from _heading(patient, advice)
    yield from _title(_("NEXT STEP"))
    yield from _option("*", first)


def person(patient: Patient) -> str:
    """Return who a patient is, in one line."""
    name = full_name(patient)
    born = _("born {day}").format(day=patient.birth_date) if patient.birth_date else ""
    return " · ".join(filter(None, (name, patient.mrn, born, patient.sex and _(label(patient.sex)))))


def _heading(patient: Patient, advice: Advice) -> Iterator[str]:
    yield person(patient)
    parts = [
        _("as of {day}").format(day=advice.as_of.isoformat()),
        _("stage of the pathway: {stage}").format(stage=_word(advice.stage)),
        _("ALK {status}").format(status=_word(advice.alk_status)),
    ]
    if advice.line is not None:
        since = _("since {day}").format(day=advice.line.since) if advice.line.since else ""
        parts.append(
            " ".join(
                filter(
                    None, (_("line {number}:").format(number=advice.line.number), " + ".join(advice.line.drugs), since)
                )
            )
        )
    if advice.response is not None:
        best = _("best {response}").format(response=_word(advice.response.best)) if advice.response.best else ""
        now = _("response {response} on {day}").format(
            response=_word(advice.response.current), day=advice.response.as_of
        )
        parts.append(", ".join(filter(None, (now, best))))
    yield from wrap(" · ".join(parts), WIDTH, break_on_hyphens=False)
    status = _("HISTORICAL: not today's practice") if advice.protocol.status == "historical" else _("in force")
    yield from wrap(
        _("protocol {id}, edition {edition} · {status} · {title}").format(
            id=advice.protocol.id, edition=advice.protocol.edition, status=status, title=advice.protocol.title
        ),
        WIDTH,
    )


def _option(mark: str, option: Option) -> Iterator[str]:
    about = [option.rule]
    if option.prescriber_only:
        about.append(_("for the prescriber to consider"))
    yield from _item(mark, f"{option.text} {_tag(about, option.ambiguities)}")
    if option.dose:
        yield from _item("", _("dose: {drug} {dose}").format(drug=option.drug or "", dose=option.dose))
    yield from _grounds(option.because, option.evidence, option.references)
    for caution in option.cautions:
        yield from _item("", _("caution: {text}").format(text=caution))


def _grounds(because: Iterable[Reason], evidence: Iterable[str], references: Iterable[str]) -> Iterator[str]:
    reasons = [
        _("{fact}: {value}").format(fact=_fact(reason.fact), value=_value(reason.value))
        + (f" ({', '.join(reason.from_)})" if reason.from_ else "")
        for reason in because
    ]
    if reasons:
        yield from _item("", _("because {reasons}").format(reasons="; ".join(reasons)))
    if sources := [*evidence, *references]:
        yield from _item("", _("evidence: {sources}").format(sources=", ".join(sources)))


def _unclear(advice: Advice) -> Iterator[str]:
    """Every place where the source is not clear, once: what it prints, what is done, and why."""
    from app.pathway.information import unclear

    yield from (f"{one.id}. {_reading(one)}" for one in unclear(advice))


def _due(one: Due) -> str:
    late = _(" ({days} days overdue)").format(days=one.overdue_days) if one.overdue_days > 0 else ""
    text = _("{what} by {day}").format(what=_word(one.what), day=one.due_on.isoformat())
    return f"{text}{late} {_tag([one.rule], one.ambiguities)}"


def _tag(about: Iterable[str], ambiguities: Iterable[Ambiguity]) -> str:
    """Return the rule, and the places where the source is not clear, in brackets."""
    unclear = [one.id for one in ambiguities]
    return "[" + ", ".join(about) + (_("; not clear: {ids}").format(ids=", ".join(unclear)) if unclear else "") + "]"


def _trace(advice: Advice) -> Iterator[str]:
    trace = advice.trace or {}
    yield from _section(
        _("FACTS"),
        (
            f"{one['fact']} = {_value(one['value'])}" + (f" ({', '.join(one['from'])})" if one.get("from") else "")
            for one in as_data(trace.get("facts", ()))
        ),
    )
    yield from _title(_("TABLES"))
    for table in as_data(trace.get("tables", ())):
        fired = ", ".join(table["fired"]) or _("nothing")
        yield from _item("-", _("{table}: fired {rules}").format(table=table["table"], rules=fired))
        for near in table["near"]:
            yield from _item(
                "",
                _("{rule} needs {fact}: {value}").format(
                    rule=near["rule"], fact=_fact(near["fact"]), value=_value(near["needs"])
                ),
            )


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    items = list(items)
    if items:
        yield from _title(title)
        for text in items:
            yield from _item("-", text)


def _title(text: str) -> Iterator[str]:
    yield ""
    yield text


def _item(mark: str, text: str) -> Iterator[str]:
    first = f"  {mark} " if mark else "      "
    return iter(
        wrap(
            text, WIDTH, initial_indent=first, subsequent_indent="    " if mark else "        ", break_on_hyphens=False
        )
    )


def _fact(name: str) -> str:
    from app.pathway.facts import FACTS

    return _(FACTS[name].label) if name in FACTS else _word(name)


def _value(value: FactValue | list[FactValue]) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple | list):
        return ", ".join(_value(one) for one in value)
    return (
        _word(value)
        if isinstance(value, str)
        else f"{value.normalize():f}"
        if isinstance(value, Decimal)
        else str(value)
    )


def _word(code: str) -> str:
    return _(label(code))
