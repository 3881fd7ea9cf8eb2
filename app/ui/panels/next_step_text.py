"""The advice as rich text: what to do next, why, what is missing, what not to do. Links lead to the entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from app.figures.wording import code, date_in_words, number
from app.pathway.advice import Advice, Alert, Ambiguity, Due, FactValue, Option, Reason
from app.pathway.facts import FACTS
from app.pathway.values import Bounded
from app.record.record import PatientRecord
from app.ui.palette import COLOURS, LARGE, SMALL, TEXT
from app.ui.panels.entry_lines import sort_day
from app.words import _

ACTIONS = {  # codes whose words are not just the code with spaces
    "request_alk_ihc": "request ALK IHC", "request_alk_fish": "request ALK FISH",
    "request_alk_rt_pcr": "request ALK RT-PCR", "request_ngs": "request NGS",
    "recount_fish_more_cells": "recount FISH with more cells",
    "recount_fish_second_reader": "have a second reader count FISH", "await_result": "await the result",
    "complete_baseline": "complete the baseline", "complete_record": "complete the record",
    "continue_with_surveillance": "continue, and watch closely",
    "continue_with_local_treatment": "continue, and treat locally", "resume_reduced": "resume at a lower dose",
    "request_rebiopsy": "request a re-biopsy", "consider_rebiopsy_in_trial": "consider a re-biopsy in a trial",
    "consider_plasma_test": "consider a plasma test", "refer_to_board": "refer to the tumour board",
    "refer_to_trial": "refer to a trial", "assess_response": "assess the response",
    "leave_pathway": "leave this pathway", "none_deceased": "none: the patient has died",
    "resolve_contradiction": "resolve the contradiction", "abrupt_stop": "stop abruptly",
    "escalate_dose": "raise the dose", "alk_inhibitor_without_alk": "give an ALK inhibitor without proof of ALK",
    "enroll_brigatinib_with_ild": "enrol for brigatinib with interstitial lung disease",
    "repeat_test": "repeat the test", "review_discordance": "review the discordance",
}  # fmt: skip
STAGES = {
    "testing": "testing", "baseline": "baseline before the first inhibitor", "first_line": "first line",
    "on_treatment": "on treatment", "progression": "progression", "further_line": "further line",
    "off_pathway": "off the pathway",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What the text is made from: the advice, the record it speaks of, and what the evidence says by its id."""

    advice: Advice
    record: PatientRecord
    evidence: Mapping[str, str]


def next_step_html(shown: Shown) -> str:
    """Return the whole panel as rich text, the alerts first."""
    advice = shown.advice
    parts = [*_alerts(shown), *_preferred(shown), *_others(shown), *_not_recommended(advice), *_missing(advice)]
    parts += [*_one_fact_away(advice), *_due(advice), *_foot(advice)]
    return f'<body style="color:{COLOURS["text"]}; font-size:{TEXT}px">{"".join(parts)}</body>'


def action_words(action: str, drug: str | None) -> str:
    """Return "Switch to ceritinib"."""
    words = _(ACTIONS.get(action) or action.replace("_", " "))
    if drug and action in ("continue_with_surveillance", "continue_with_local_treatment"):
        words = words.replace(_("continue"), _("continue {drug}").format(drug=drug))
    elif drug:
        joined = {"switch": _("{what} to {drug}"), "rechallenge": _("{what} with {drug}")}
        words = joined.get(action, _("{what} {drug}")).format(what=words, drug=drug)
    return words[:1].upper() + words[1:]


def value_words(fact: str, value: FactValue) -> str:
    """Return the value of a fact as people say it: "yes", "PD", "3.2 × ULN"."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(code(one) for one in value)
    if isinstance(value, int | Decimal):
        domain = FACTS[fact].domain if fact in FACTS else None
        unit = domain.unit if isinstance(domain, Bounded) and domain.unit != "lines" else ""
        return f"{number(round(value, 1) if isinstance(value, Decimal) else value)} {unit}".strip()
    return code(value)


def fact_words(fact: str) -> str:
    """Return what a fact is called."""
    return _(FACTS[fact].label) if fact in FACTS else fact.replace("_", " ")


def _alerts(shown: Shown) -> Iterator[str]:
    for alert in sorted(shown.advice.alerts, key=lambda one: one.severity != "urgent"):
        yield _alert(alert, shown)


def _alert(alert: Alert, shown: Shown) -> str:
    name = "urgent" if alert.severity == "urgent" else "due"
    head = _("■ URGENT") if alert.severity == "urgent" else _("▲ ATTENTION")
    inner = f'<b style="color:{COLOURS[name]}">{head}</b> &nbsp;{escape(alert.text)}'
    inner += _because(alert.because, shown) + _rule(alert.rule, alert.evidence, (), shown)
    inner += _ambiguities(alert.ambiguities)
    return _box(inner, COLOURS[name], COLOURS[f"{name} ground"])


def _preferred(shown: Shown) -> Iterator[str]:
    option = shown.advice.preferred
    dose = f" · {escape(option.dose)}" if option.dose else ""
    inner = f'<b style="color:{COLOURS["accent"]}">{_("◉ PREFERRED")}</b><br>'
    inner += f'<b style="font-size:{LARGE}px">{escape(action_words(option.action, option.drug))}{dose}</b>'
    inner += f"<br>{escape(option.text)}{_details(option, shown)}"
    yield _box(inner, COLOURS["accent"], COLOURS["preferred"])


def _others(shown: Shown) -> Iterator[str]:
    others = shown.advice.options[1:]
    if not others:
        return
    yield _heading(_("Other options"))
    for option in others:
        mark = _("for the prescriber to think of") if option.prescriber_only else ""
        dose = f" · {escape(option.dose)}" if option.dose else ""
        title = f"<b>○ {escape(action_words(option.action, option.drug))}{dose}</b>"
        if mark:
            title += f" {_quiet(f'({mark})')}"
        same = [one for one in option.because if one not in shown.advice.preferred.because]
        yield _item(f"{title}<br>{escape(option.text)}{_details(option, shown, because=same)}")


def _details(option: Option, shown: Shown, because: Iterable[Reason] | None = None) -> str:
    text = _because(option.because if because is None else because, shown)
    for caution in option.cautions:
        text += f'<br><span style="color:{COLOURS["due"]}">▲ {escape(caution)}</span>'
    return text + _rule(option.rule, option.evidence, option.references, shown) + _ambiguities(option.ambiguities)


def _because(reasons: Iterable[Reason], shown: Shown) -> str:
    lines = []
    for reason in reasons:
        line = f"{_quiet(escape(fact_words(reason.fact)))} {escape(value_words(reason.fact, reason.value))}"
        links = [_entry_link(one, shown.record) for one in reason.from_[:3]]
        if len(reason.from_) > 3:
            links.append(_quiet(_("and {count} more").format(count=len(reason.from_) - 3)))
        lines.append(line + (f" {_quiet('·')} " + ", ".join(links) if links else ""))
    return f"<br>{_quiet(_('because'))} " + f"<br>{'&nbsp;' * 4}".join(lines) if lines else ""


def _entry_link(entry_id: str, record: PatientRecord) -> str:
    entry = record.diagnosis if entry_id == "diagnosis" else record.entry(entry_id)
    words = entry_id
    if entry_id == "patient":
        words = _("patient’s details")
    elif entry is not None:
        day = sort_day(entry)
        words = f"{entry_name(entry)} {date_in_words(day)}".strip() if day else entry_name(entry)
    return _link(f"entry:{entry_id}", words)


def entry_name(entry: Any) -> str:
    """Return what kind of entry it is, in a word."""
    return {
        "Assessment": _("assessment"), "MolecularTest": _("test"), "Specimen": _("specimen"),
        "TherapyLine": _("line"), "Diagnosis": _("diagnosis"), "Staging": _("staging"), "Lab": _("value"),
        "LocalTreatment": _("local treatment"), "AdverseEvent": _("adverse event"), "Condition": _("condition"),
        "PerformanceStatus": _("status"), "Access": _("access"), "Trial": _("trial"), "Medicine": _("medicine"),
        "Examination": _("examination"), "Decision": _("decision"), "Note": _("note"),
    }.get(type(entry).__name__, type(entry).__name__)  # fmt: skip


def _rule(rule: str, evidence: Iterable[str], references: Iterable[str], shown: Shown) -> str:
    words = [_("rule {rule}").format(rule=rule)]
    words += [_("evidence {ids}").format(ids=", ".join(evidence))] if evidence else []
    words += [", ".join(references)] if references else []
    text = f"<br>{_quiet(escape(' · '.join(words)))}"
    for one in evidence:
        if says := shown.evidence.get(one):
            text += f'<br><span style="font-size:{SMALL}px">{_quiet(escape(f"{one}: {says}"))}</span>'
    return text


def _ambiguities(ambiguities: Iterable[Ambiguity]) -> str:
    text = ""
    for one in ambiguities:
        said = _("Source unclear ({id})").format(id=one.id)
        text += f'<br><span style="font-size:{SMALL}px"><b>{escape(said)}</b> '
        text += f"{_quiet(_('printed:'))} {escape(one.printed)} {_quiet(_('applied:'))} {escape(one.applied)} "
        text += f"{_quiet(_('why:'))} {escape(one.why)}</span>"
    return text


def _not_recommended(advice: Advice) -> Iterator[str]:
    if advice.not_recommended:
        yield _heading(_("Not recommended here"))
    for one in advice.not_recommended:
        title = action_words(one.action, one.drug)
        yield _item(f"✕ <b>{escape(title)}</b> {_quiet(escape(one.rule))}<br>{escape(one.text)}")


def _missing(advice: Advice) -> Iterator[str]:
    if advice.missing:
        yield _heading(_("Missing, and would change the answer"))
    for one in advice.missing:
        needed = _("for {rules}").format(rules=", ".join(one.needed_for)) if one.needed_for else ""
        words = one.text or fact_words(one.fact)
        yield _item(f"? {_link(f'missing:{one.fact}', words)} {_quiet(escape(needed))}")


def _one_fact_away(advice: Advice) -> Iterator[str]:
    if advice.one_fact_away:
        yield _heading(_("One fact away"))
    for one in advice.one_fact_away:
        if_, now = value_words(one.fact, one.if_), value_words(one.fact, one.now)
        text = _("{fact}: {other} instead of {now}").format(fact=fact_words(one.fact), other=if_, now=now)
        yield _item(f"{escape(text)} → {escape(action_words(one.action, one.drug))} {_quiet(escape(one.rule))}")


def _due(advice: Advice) -> Iterator[str]:
    if advice.due:
        yield _heading(_("Due"))
    for one in advice.due:
        yield _item(_due_words(one) + _ambiguities(one.ambiguities))


def _due_words(one: Due) -> str:
    day = escape(date_in_words(one.due_on.isoformat()))
    what = escape(code(one.what))
    if one.overdue_days > 0:
        late = _("{count} days overdue") if one.overdue_days > 1 else _("{count} day overdue")
        said = late.format(count=one.overdue_days)
        return f'<b style="color:{COLOURS["due"]}">▲ {what}</b> {day}, {escape(said)} {_quiet(escape(one.rule))}'
    return f"{what} {day} {_quiet(escape(one.rule))}"


def _foot(advice: Advice) -> Iterator[str]:
    words = _("{title}, edition {edition}, checksum {sum}").format(
        title=advice.protocol.title, edition=advice.protocol.edition, sum=advice.protocol.sha256[:12]
    )
    note = _("Options for a professional to weigh, never an order.")
    yield f'<p style="font-size:{SMALL}px">{_quiet(escape(words))}<br>{_quiet(escape(note))}</p>'


def _heading(words: str) -> str:
    return f'<p style="margin-top:14px; margin-bottom:4px"><b>{escape(words)}</b></p>'


def _item(inner: str) -> str:
    return f'<p style="margin-top:0; margin-bottom:7px">{inner}</p>'


def _quiet(markup: str) -> str:
    return f'<span style="color:{COLOURS["quiet"]}">{markup}</span>'


def _link(target: str, words: str) -> str:
    return f'<a href="{escape(target)}" style="color:{COLOURS["accent"]}">{escape(words)}</a>'


def _box(inner: str, edge: str, ground: str) -> str:
    """A block with a thick edge on its left: a table, which is how Qt's rich text has boxes."""
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0" style="margin-bottom:10px"><tr>'
        f'<td width="5" bgcolor="{edge}"></td><td bgcolor="{ground}" style="padding:8px">{inner}</td></tr></table>'
    )
