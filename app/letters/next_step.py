"""The next step in the words of a letter: every reason with where it comes from, every reading with what is printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.figures.wording import code, date_in_words
from app.letters.content import AlertSaid, NextStepSaid, OptionSaid, ProtocolSaid, ReadingSaid, Said
from app.letters.entries import Entries, goes_without_saying, reasons_in_words, value_in_words
from app.pathway.advice import Advice, Alert, Ambiguity, Due, OneFactAway, Option, ProtocolRef, Reason
from app.pathway.facts import FACTS
from app.pathway.information import Told, unclear
from app.words import _, apart, later

ACTIONS = {
    "switch": later("switch to {drug}"),
    "continue_with_local_treatment": later("continue {drug} with local treatment"),
    "continue_with_surveillance": later("continue {drug} with close surveillance"),
    "resume_reduced": later("resume {drug} at a reduced dose"),
    "rechallenge": later("give {drug} again"),
}
OURS = later("not from the review")  # what the protocol calls the section of a rule of the house
DUE = {"ecg": later("ECG"), "brain_mri": later("brain MRI"), "rebiopsy": later("re-biopsy")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolTexts:
    """What the protocol's folder says beside the advice: figures of its evidence, sections of its rules, its notice."""

    evidence: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


def next_step_said(advice: Advice, entries: Entries, texts: ProtocolTexts, told: Sequence[Told] = ()) -> NextStepSaid:
    """Return everything advised; a reason the preferred option has given is not repeated by the others.

    Of what the source tells besides, only what a letter has is said.
    """
    options = []
    given: set[Reason] = set()
    for option in advice.options:
        options.append(_option(option, entries, texts, given))
        given |= set(option.because)
    cited: tuple[Option | Alert, ...] = (*advice.options, *advice.alerts)
    told = [one for one in told if one.is_on_paper]
    evidence = dict.fromkeys(one for part in cited for one in part.evidence)
    return NextStepSaid(
        date=date_in_words(advice.as_of.isoformat()),
        alerts=tuple(_alert(one, entries, texts) for one in advice.alerts),
        options=tuple(options),
        equals=_equals(advice.options),
        not_recommended=tuple(Said(one.text, one.rule) for one in advice.not_recommended),
        missing=tuple(_missing(one.text, one.needed_for) for one in advice.missing),
        due=tuple(_due(one) for one in advice.due),
        due_in_short=_due_in_short(advice.due),
        otherwise=_otherwise(advice.one_fact_away),
        besides=tuple(_besides(told)),
        evidence=tuple(Said(one, texts.evidence.get(one, "")) for one in evidence),
        readings=tuple(ReadingSaid(one.id, one.printed, one.applied, one.why) for one in unclear(advice, told)),
    )


def _equals(options: Sequence[Option]) -> str:
    """Return which drugs the same rule names beside the preferred one, in the same place."""
    first = options[0]
    drugs = [_(one.drug) for one in options[1:] if one.drug and (one.action, one.rule) == (first.action, first.rule)]
    return _("Equally possible: {drugs}.").format(drugs=", ".join(drugs)) if drugs else ""


def _option(option: Option, entries: Entries, texts: ProtocolTexts, given: set[Reason]) -> OptionSaid:
    told = [one for one in option.because if not goes_without_saying(one)]
    return OptionSaid(
        text=option.text,
        dose=option.dose or "",
        rule=_rule(option.rule, texts),
        is_preferred=option.preferred,
        is_for_prescriber=option.prescriber_only,
        reasons=reasons_in_words((one for one in told if one not in given), entries),
        cautions=option.cautions,
        marks=_marks(option.evidence, option.ambiguities, option.references),
    )


def _alert(alert: Alert, entries: Entries, texts: ProtocolTexts) -> AlertSaid:
    reasons = reasons_in_words((one for one in alert.because if not goes_without_saying(one)), entries)
    severity = _("Urgent") if alert.severity == "urgent" else _("Attention")
    return AlertSaid(
        severity, alert.text, _rule(alert.rule, texts), reasons, _marks(alert.evidence, alert.ambiguities, ())
    )


def _rule(rule: str, texts: ProtocolTexts) -> str:
    section = texts.sections.get(rule)
    return _("rule {rule}, ‘{section}’").format(rule=rule, section=_(section)) if section else _("rule {rule}").format(
        rule=rule
    )  # fmt: skip


def _marks(evidence: Iterable[str], ambiguities: Iterable[Ambiguity], references: Iterable[str]) -> str:
    parts = []
    if ids := ", ".join(evidence):
        parts.append(_("evidence {ids}").format(ids=ids))
    if ids := ", ".join(one.id for one in ambiguities):
        name = _("readings {ids}") if "," in ids else _("reading {ids}")
        parts.append(name.format(ids=ids))
    if ids := ", ".join(references):
        parts.append(_("{ids} (citation not in the source)").format(ids=ids))
    return apart(parts)


def _besides(told: Iterable[Told]) -> Iterator[Said]:
    """Yield what is told, by what it is of: "crizotinib" and "side effects: … (X8, reading A25); trials: … (L7)"."""
    by_place: dict[str, list[str]] = {}
    for one in told:
        marks = apart([one.id, *([unclear_in] if (unclear_in := _marks((), one.readings, ())) else [])])
        words = _("{title}: {text} ({marks})").format(title=one.title, text=one.brief.rstrip("."), marks=marks)
        by_place.setdefault(one.place, []).append(words)
    yield from (Said(place, apart(words) + ".") for place, words in by_place.items())


def _missing(text: str, needed_for: Iterable[str]) -> str:
    rules = ", ".join(needed_for)
    return _("{text} (for {rules})").format(text=text, rules=rules) if rules else text


def due_name(what: str) -> str:
    """Return what is due, in words."""
    return _(DUE.get(what) or code(what))


def _due(due: Due) -> Said:
    what = due_name(due.what)
    when = _("due {date}").format(date=date_in_words(due.due_on.isoformat()))
    if due.overdue_days == 1:
        when += _(", overdue by 1 day")
    elif due.overdue_days > 1:
        when += _(", overdue by {days} days").format(days=due.overdue_days)
    marks = _marks((), due.ambiguities, ())
    return Said(what, f"{when} ({apart(filter(None, (_('rule {rule}').format(rule=due.rule), marks)))})")


def _due_in_short(due: Iterable[Due]) -> tuple[str, ...]:
    """Return what is due where there is room for a line or two: what is overdue together, else by its day."""
    groups: dict[str, list[str]] = {}
    for one in due:
        when = _("overdue") if one.overdue_days else date_in_words(one.due_on.isoformat())
        groups.setdefault(when, []).append(due_name(one.what))
    return tuple(f"{', '.join(dict.fromkeys(names))} ({when})" for when, names in groups.items())


def _otherwise(away: Iterable[OneFactAway]) -> tuple[str, ...]:
    """Return what would be preferred otherwise, the facts that lead to the same joined."""
    facts: dict[tuple[str, str | None, str], list[str]] = {}
    for one in away:
        fact = FACTS.get(one.fact)
        name = _(fact.label) if fact else code(one.fact)
        condition = _("{fact}: {value}").format(fact=name, value=value_in_words(one.fact, one.if_))
        facts.setdefault((one.action, one.drug, one.rule), []).append(condition)
    return tuple(
        _("{action} ({rule}), if {facts}").format(
            action=_action(action, drug), rule=rule, facts=_(", or ").join(conditions)
        )
        for (action, drug, rule), conditions in facts.items()
    )


def _action(action: str, drug: str | None) -> str:
    if drug and action in ACTIONS:
        return _(ACTIONS[action]).format(drug=_(drug))
    return f"{code(action)} {_(drug)}" if drug else code(action)


def protocol_said(ref: ProtocolRef, parameters: Mapping[str, object], texts: ProtocolTexts) -> ProtocolSaid:
    """Return which protocol spoke, with a notice while it is a historical one."""
    historical = ref.status == "historical"
    notice = texts.notice or _(
        "Historical protocol: this is the practice of {edition}, not of today. Do not treat a patient by it."
    ).format(edition=ref.edition[:4])
    return ProtocolSaid(
        id=ref.id,
        title=ref.title,
        edition=ref.edition,
        code=ref.sha256[:12],
        status=_("historical") if historical else _("in force"),
        source=ref.source,
        parameters=", ".join(f"{code(name)} {value}" for name, value in parameters.items() if value is not None),
        notice=" ".join(notice.split()) if historical else "",
    )


def sources_said(protocol: ProtocolSaid, step: NextStepSaid) -> tuple[str, tuple[Said, ...]]:
    """Return the protocol with its source in a sentence, and what it tells besides with the figures of its evidence."""
    words = _("{title}; {id}, edition {edition}, {status}, checksum {code}. Source: {source}").format(
        title=protocol.title, id=protocol.id, edition=protocol.edition, status=protocol.status, code=protocol.code,
        source=protocol.source,
    )  # fmt: skip
    if protocol.parameters:
        words += " " + _("Set for this clinic: {parameters}.").format(parameters=protocol.parameters)
    besides = (Said(one.name[:1].upper() + one.name[1:], one.words) for one in step.besides)
    evidence = (Said(one.name, one.words or _("figures not given by the protocol")) for one in step.evidence)
    return words, (*besides, *evidence)
