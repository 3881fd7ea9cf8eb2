"""The advice as rich text: what to do next, why, what is missing, what not to do. Links lead to the entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from app.figures.wording import code, colon, date_in_words
from app.letters.entries import Entries, goes_without_saying, value_in_words
from app.pathway.advice import Advice, Alert, Due, FactValue, Option, Reason
from app.pathway.facts import FACTS
from app.pathway.information import Told, unclear
from app.record.decision import Decision
from app.record.record import PatientRecord
from app.services.decisions import UNDECIDABLE, newest_on
from app.ui.palette import COLOURS, LARGE, SMALL, TEXT
from app.ui.panels.action_words import action_words
from app.ui.panels.besides_text import asides, besides
from app.ui.panels.decided_words import decided_words
from app.ui.panels.markup import heading, item, link, quiet
from app.words import _


@dataclass(frozen=True)
class Shown:
    """What the text is made from: the advice, the record it speaks of, what the evidence says by its id, and what the
    source tells besides.

    `facts` are needed where something was decided before: a decision says whether it was on other facts than now.
    """

    advice: Advice
    record: PatientRecord
    evidence: Mapping[str, str]
    told: tuple[Told, ...] = ()
    facts: Mapping[str, FactValue] = field(default_factory=dict)

    @cached_property
    def names(self) -> Entries:
        """The entries of the record as they are called in letters too."""
        return Entries(self.record)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions taken up to the day of the advice."""
        day = self.advice.as_of.isoformat()
        return tuple(one for one in self.record.decisions if one.date <= day)


def next_step_html(shown: Shown) -> str:
    """Return the whole panel as rich text, the alerts first."""
    advice = shown.advice
    parts = [*_alerts(shown), *_preferred(shown), *_others(shown), *_not_recommended(advice), *_missing(advice)]
    parts += [*_one_fact_away(advice), *_due(advice), *besides(shown.told), *_sources(shown), *_foot(advice)]
    return f'<body style="color:{COLOURS["text"]}; font-size:{TEXT}px">{"".join(parts)}</body>'


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
    inner += _because(alert.because, shown) + _rule(alert, (), shown)
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
    yield heading(_("Other options"))
    for option in others:
        mark = _("for the prescriber to think of") if option.prescriber_only else ""
        dose = f" · {escape(option.dose)}" if option.dose else ""
        title = f"<b>○ {escape(action_words(option.action, option.drug))}{dose}</b>"
        if mark:
            title += f" {quiet(f'({mark})')}"
        same = [one for one in option.because if one not in shown.advice.preferred.because]
        yield item(f"{title}<br>{escape(option.text)}{_details(option, shown, because=same)}")


def _details(option: Option, shown: Shown, because: Iterable[Reason] | None = None) -> str:
    text = _because(option.because if because is None else because, shown)
    for caution in option.cautions:
        text += f'<br><span style="color:{COLOURS["due"]}">▲ {escape(caution)}</span>'
    before = shown.advice.options[: shown.advice.options.index(option)]
    more = _rule(option, option.references, shown) + asides(option, shown.told, before)
    return text + _decided(option, shown) + more + _answers(option, shown)


def _decided(option: Option, shown: Shown) -> str:
    """Return what was decided on the option; a declined one says so among its cautions already."""
    decision = newest_on(option, shown.decisions)
    if decision is None or decision.verdict == "declined":
        return ""
    words, still = decided_words(option, decision, shown.facts)
    mark, name = ("✓", "done") if still else ("▲", "due")
    said = f'<span style="color:{COLOURS[name]}">{mark} {escape(words)}</span>'
    return f"<br>{said} {link(f'entry:{decision.id}', _('decision'))}"


def _answers(option: Option, shown: Shown) -> str:
    """Return the three answers to an option, each a link."""
    if option.action in UNDECIDABLE:
        return ""
    number = shown.advice.options.index(option)
    words = (("accepted", _("Accept")), ("modified", _("Modify…")), ("declined", _("Decline…")))
    return "<br>" + " &nbsp; ".join(link(f"decide:{verdict}:{number}", name) for verdict, name in words)


def _because(reasons: Iterable[Reason], shown: Shown) -> str:
    """Return the reasons, those from the same entries together: "CT of 5 July 2012: current response PD; …"."""
    said: dict[tuple[str, ...], list[str]] = {}
    for reason in reasons:
        if not goes_without_saying(reason):
            said.setdefault(reason.from_, []).append(_reason(reason))
    lines = []
    for sources, facts in said.items():
        named: dict[str, str] = {}
        for one in sources:
            named.setdefault(shown.names.said(one), one)
        links = [link(f"entry:{one}", words) for words, one in list(named.items())[:3]]
        if len(named) > 3:
            links.append(quiet(_("and {count} more").format(count=len(named) - 3)))
        lines.append((f"{', '.join(links)}{colon()}" if links else "") + "; ".join(facts))
    marked = [f"<br>{quiet(_('because'))} {lines[0]}"] if lines else []
    return "".join([*marked, *(f"<br>{quiet(_('and'))} {line}" for line in lines[1:])])


def _reason(reason: Reason) -> str:
    name = escape(fact_words(reason.fact))
    return (
        name
        if reason.value is True or reason.value == "yes"
        else f"{name} <b>{escape(value_in_words(reason.fact, reason.value))}</b>"
    )


def _rule(said: Option | Alert, references: Iterable[str], shown: Shown) -> str:
    """Return the rule with what stands behind it: in short under the mouse, in full at the end, one link away."""
    words = [quiet(escape(_("rule {rule}").format(rule=said.rule)))]
    if ids := [link(f"#{one}", one, shown.evidence.get(one, "")) for one in said.evidence]:
        words.append(f"{quiet(_('evidence'))} {', '.join(ids)}")
    if ids := [link(f"#{one.id}", one.id, one.applied) for one in said.ambiguities]:
        words.append(f"{quiet(_('source unclear'))} {', '.join(ids)}")
    words += [quiet(escape(", ".join(references)))] if references else []
    return f"<br>{quiet(' · ').join(words)}"


def _sources(shown: Shown) -> Iterator[str]:
    """Yield what the numbers of evidence and of unclear passages stand for, each once."""
    advice = shown.advice
    speaking: list[Option | Alert] = [*advice.alerts, *advice.options]
    readings = unclear(advice, shown.told)
    if readings:
        yield heading(_("Where the source is unclear"))
    for one in readings:
        parts = ((_("printed:"), one.printed), (_("applied:"), one.applied), (_("why:"), one.why))
        said = " ".join(f"{quiet(name)} {escape(words)}" for name, words in parts)
        yield item(f'<a name="{escape(one.id)}"></a><b>{escape(one.id)}</b> {said}', SMALL)
    studies = dict.fromkeys(one for part in speaking for one in part.evidence)
    if studies:
        yield heading(_("Evidence the protocol names"))
    for name in studies:
        words = escape(shown.evidence.get(name, ""))
        yield item(f'<a name="{escape(name)}"></a><b>{escape(name)}</b> {words}', SMALL)


def _not_recommended(advice: Advice) -> Iterator[str]:
    if advice.not_recommended:
        yield heading(_("Not recommended here"))
    for one in advice.not_recommended:
        title = action_words(one.action, one.drug)
        yield item(f"✕ <b>{escape(title)}</b> {quiet(escape(one.rule))}<br>{escape(one.text)}")


def _missing(advice: Advice) -> Iterator[str]:
    if advice.missing:
        yield heading(_("Missing, and would change the answer"))
    for one in advice.missing:
        needed = _("for {rules}").format(rules=", ".join(one.needed_for)) if one.needed_for else ""
        words = one.text or fact_words(one.fact)
        yield item(f"? {link(f'missing:{one.fact}', words)} {quiet(escape(needed))}")


def _one_fact_away(advice: Advice) -> Iterator[str]:
    if advice.one_fact_away:
        yield heading(_("One fact away"))
    for one in advice.one_fact_away:
        if_, now = value_in_words(one.fact, one.if_), value_in_words(one.fact, one.now)
        text = _("{fact}: {other} instead of {now}").format(fact=fact_words(one.fact), other=if_, now=now)
        yield item(f"{escape(text)} → {escape(action_words(one.action, one.drug))} {quiet(escape(one.rule))}")


def _due(advice: Advice) -> Iterator[str]:
    if advice.due:
        yield heading(_("Due"))
    for one in advice.due:
        readings = [link(f"#{same.id}", same.id, same.applied) for same in one.ambiguities]
        yield item(f"{_due_words(one)} {', '.join(readings)}")


def _due_words(one: Due) -> str:
    day = escape(date_in_words(one.due_on.isoformat()))
    what = escape(code(one.what))
    if one.overdue_days > 0:
        late = _("{count} days overdue") if one.overdue_days > 1 else _("{count} day overdue")
        said = late.format(count=one.overdue_days)
        return f'<b style="color:{COLOURS["due"]}">▲ {what}</b> {day}, {escape(said)} {quiet(escape(one.rule))}'
    return f"{what} {day} {quiet(escape(one.rule))}"


def _foot(advice: Advice) -> Iterator[str]:
    words = _("{title}, edition {edition}, checksum {sum}").format(
        title=advice.protocol.title, edition=advice.protocol.edition, sum=advice.protocol.sha256[:12]
    )
    note = _("Options for a professional to weigh, never an order.")
    yield f'<p style="font-size:{SMALL}px">{quiet(escape(words))}<br>{quiet(escape(note))}</p>'


def _box(inner: str, edge: str, ground: str) -> str:
    """A block with a thick edge on its left: a table, which is how Qt's rich text has boxes."""
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0" style="margin-bottom:10px"><tr>'
        f'<td width="5" bgcolor="{edge}"></td><td bgcolor="{ground}" style="padding:8px">{inner}</td></tr></table>'
    )
