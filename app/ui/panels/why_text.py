"""Why the next step is what it is, as rich text: the chain, what would change it, the tables, the facts."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from html import escape

from app.figures.wording import code, date_in_words
from app.letters.entries import Entries, goes_without_saying, value_in_words
from app.pathway.advice import FactValue, Reason
from app.pathway.facts import FACTS
from app.record.record import PatientRecord
from app.services.why import Key, NearMiss, RowSaid, Supposed, TableSaid, Why
from app.ui.palette import COLOURS, SMALL, TEXT
from app.ui.panels.action_words import action_words
from app.ui.panels.markup import heading, item, link, quiet
from app.ui.panels.next_step_text import fact_words
from app.words import _, labelled

MOST_VALUES = 4  # a condition that takes more of a fact's values is said by those it does not take


class WhyText:
    """The whole view of one explanation. Links lead to entries (`entry:`) and to what is missing (`missing:`)."""

    def __init__(self, why: Why, record: PatientRecord) -> None:
        self._why = why
        self._record = record

    @cached_property
    def _names(self) -> Entries:
        return Entries(self._record)

    def html(self) -> str:
        """Return it as rich text."""
        parts = [*self._chains(), *self._missing(), *self._one_fact_away(), *self._tables(), *self._facts()]
        return f'<body style="color:{COLOURS["text"]}; font-size:{TEXT}px">{"".join(parts)}</body>'

    def _chains(self) -> Iterator[str]:
        if self._why.chains:
            yield heading(_("Progression, re-biopsy, mechanism, next line"))
        for chain in reversed(self._why.chains):
            name = _("Line {number}, {drugs}").format(number=chain.line_number, drugs=" + ".join(chain.line.drugs))
            steps = []
            for step in chain.steps(date_in_words):
                words = link(f"entry:{step.from_[0]}", step.text) if step.from_ else escape(step.text)
                if step.is_open:
                    words = f'<span style="color:{COLOURS["due"]}">▲ {_("open:")}</span> {words}'
                steps.append(words)
            yield item(f"<b>{escape(name)}</b><br>{' → '.join(steps)}")

    def _missing(self) -> Iterator[str]:
        if self._why.advice.missing:
            yield heading(_("Missing, and what each would change"))
        for missing in self._why.advice.missing:
            words = link(f"missing:{missing.fact}", missing.text or fact_words(missing.fact))
            rules = quiet(escape(_("for {rules}").format(rules=", ".join(missing.needed_for))))
            lines = list(self._suppositions([one for one in self._why.supposed if one.fact == missing.fact]))
            lines = lines or [quiet(escape(_("What follows depends on the figure.")))]
            yield item(f"? {words} {rules if missing.needed_for else ''}<br>{'<br>'.join(lines)}")

    def _suppositions(self, supposed: Sequence[Supposed]) -> Iterator[str]:
        """Yield "slow: Switch to ceritinib", the values that do the same together."""
        by_effect: dict[tuple[object, ...], list[Supposed]] = {}
        for one in supposed:
            by_effect.setdefault((one.preferred, one.comes, one.goes), []).append(one)
        for same in by_effect.values():
            values = _or([_value(one.fact, one.value) for one in same])
            yield f"&nbsp;&nbsp;<b>{escape(values)}</b> → {escape(_effect(same[0]))}"

    def _one_fact_away(self) -> Iterator[str]:
        away = self._why.advice.one_fact_away
        if away:
            yield heading(_("One fact away"))
        for fact in dict.fromkeys(one.fact for one in away):
            these = [one for one in away if one.fact == fact]
            now = quiet(escape(_("now {value}").format(value=_value(fact, these[0].now))))
            by_step: dict[tuple[str, str | None, str], list[str]] = {}
            for one in these:
                by_step.setdefault((one.action, one.drug, one.rule), []).append(_value(fact, one.if_))
            lines = [
                f"&nbsp;&nbsp;<b>{escape(_or(values))}</b> → {escape(action_words(action, drug))} {quiet(escape(rule))}"
                for (action, drug, rule), values in by_step.items()
            ]
            yield item(f"{escape(fact_words(fact))} {now}<br>{'<br>'.join(lines)}")

    def _tables(self) -> Iterator[str]:
        yield heading(_("How the tables answered"))
        note = _("→ says what would then be preferred, for facts that are entered as such only: the others are "
                 "worked out and never change alone.")  # fmt: skip
        yield item(quiet(escape(note)), SMALL)
        for table in self._why.tables:
            fired = [_fired(row) for row in table.fired] or [quiet(escape(_("no rule of this table applies")))]
            yield item(f"<b>{escape(table.title)}</b><br>{'<br>'.join(fired)}")
            if table.near:
                yield item(self._near(table), SMALL)

    def _near(self, table: TableSaid) -> str:
        lines = [quiet(escape(_("One fact away from applying:")))]
        lines += [labelled(f"○ {escape(one.rule)}", _needed(one)) for one in table.near]
        return "<br>".join(lines)

    def _facts(self) -> Iterator[str]:
        yield heading(_("The facts, and where each is from"))
        telling = [one for one in self._why.facts if not _is_silent(one)]
        rows = "".join(self._fact(one) for one in telling)
        yield f'<table width="100%" cellspacing="0" cellpadding="3" style="font-size:{TEXT}px">{rows}</table>'
        silent = [
            _("{fact}: {value}").format(fact=fact_words(one.fact), value=value_in_words(one.fact, one.value))
            for one in self._why.facts
            if _is_silent(one)
        ]
        yield item(f"{quiet(escape(_('Looked at, with nothing to say:')))} {quiet(escape('; '.join(silent)))}", SMALL)

    def _fact(self, fact: Reason) -> str:
        value = _value(fact.fact, fact.value)
        named = {self._names.said(one): one for one in reversed(fact.from_)}
        links = ", ".join(link(f"entry:{one}", words) for words, one in reversed(named.items()))
        cells = (escape(fact_words(fact.fact)), f"<b>{escape(value)}</b>", links)
        return f"<tr>{''.join(f'<td valign=top>{one}</td>' for one in cells)}</tr>"


def _fired(row: RowSaid) -> str:
    words = row.words or ", ".join(action_words(action, drug) for action, drug in row.advises)
    if row.then:
        goes_on = _("goes on to: {tables}").format(tables=", ".join(row.then))
        words = f"{words} {goes_on}" if words else goes_on
    return f'<b style="color:{COLOURS["accent"]}">● {escape(row.rule)}</b> {escape(words)}'


def _needed(near: NearMiss) -> str:
    needed = near.needs if isinstance(near.needs, str) else _needs(near.fact, near.needs)
    now = quiet(escape(_("(now {value})").format(value=_value(near.fact, near.now))))
    then = f" → {escape(action_words(near.action, near.drug))}" if near.action else ""
    return f"{escape(fact_words(near.fact))} <b>{escape(needed)}</b> {now}{then}"


def _effect(supposed: Supposed) -> str:
    """Return what a value would do: another option preferred, options that come or go, or nothing."""
    words = [] if supposed.is_same else [action_words(*supposed.preferred)]
    if supposed.is_same and supposed.comes:
        words.append(_("an option more: {options}").format(options=_all(supposed.comes)))
    if supposed.is_same and supposed.goes:
        words.append(_("no option any more: {options}").format(options=_all(supposed.goes)))
    return "; ".join(words) or _("nothing changes")


def _all(options: Sequence[Key]) -> str:
    return ", ".join(action_words(*one) for one in options)


def _needs(fact: str, needs: Sequence[FactValue]) -> str:
    """Return the values a fact would need, or, where they are many, those it must not have."""
    domain = FACTS[fact].domain
    every = getattr(domain, "all", ())
    others = [one for one in every if one not in needs]
    if len(needs) > MOST_VALUES and others and len(others) < len(needs):
        return _("anything but {values}").format(values=_or([_value(fact, one) for one in others]))
    return _or([_value(fact, one) for one in needs])


def _value(fact: str, value: FactValue) -> str:
    """Return a value as a person says it; a flag is yes or no, a hold is said as what it asks."""
    return code(value) if fact.endswith("_hold") and isinstance(value, str) else value_in_words(fact, value)


def _is_silent(fact: Reason) -> bool:
    return goes_without_saying(fact) or (fact.value is None and not fact.from_)


def _or(words: Sequence[str]) -> str:
    """Return "a", "a or b", "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{several} or {last}").format(several=", ".join(words[:-1]), last=words[-1])
