"""What was decided before: an accepted option comes first, a declined one comes back only when a fact has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.pathway.deciding import Choice
from app.pathway.facts import FACTS
from app.pathway.facts_progression import decided_action, decisions_since
from app.pathway.finding import Findings
from app.pathway.value_words import VALUES
from app.record.codes import label
from app.record.decision import Decision
from app.record.in_words import date_in_words
from app.words import _


@dataclass(frozen=True, slots=True)
class Declined:
    """A declined advice; `changed` names the facts it rested on that are otherwise now."""

    decision: Decision
    changed: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether it is still declined."""
        return not self.changed


def in_order(options: list[Choice], findings: Findings) -> tuple[list[Choice], Mapping[Choice, Declined]]:
    """Return the options with what was decided on them applied, and the declined ones among them.

    A declined option stands behind the others until a fact it rested on changes; when all are declined the order stays.
    """
    ordered = _accepted_first(options, findings)
    declined = {choice: found for choice in ordered if (found := _declined(choice, findings)) is not None}
    open_ones = [one for one in ordered if not (one in declined and declined[one].stands)]
    if not open_ones or open_ones[0].item.prescriber_only or open_ones[0].item.last:
        return ordered, declined
    return [*open_ones, *(one for one in ordered if one not in open_ones)], declined


def _accepted_first(options: list[Choice], findings: Findings) -> list[Choice]:
    """Put first the option that was accepted on the last progression, if it is listed; a later answer counts more."""
    progressing = bool(findings.responses) and findings.responses[-1].code == "PD"
    if not progressing or findings.facts.values["progression_answered"]:
        return options
    decisions = decisions_since(findings.seen, findings.responses[-1])
    chosen = decided_action(decisions[-1]) if decisions else None
    return sorted(options, key=lambda one: _key(one) != chosen or one.item.prescriber_only)


def _declined(choice: Choice, findings: Findings) -> Declined | None:
    """Return the newest decision on this option, if it declined it."""
    about = [
        one
        for one in findings.seen.decisions
        if (one.action, one.drug) == (choice.item.action, choice.drug) or decided_action(one) == _key(choice)
    ]
    newest = max(reversed(about), key=lambda one: one.date, default=None)  # of one day, the last that was taken
    if newest is None or newest.verdict != "declined":
        return None
    values = findings.facts.values
    changed = [name for name, then in newest.facts.items() if name in FACTS and values[name] != then]
    return Declined(newest, tuple(changed))


def _key(choice: Choice) -> tuple[str, str | None]:
    return choice.item.action, choice.drug


def caution(declined: Declined, values: Mapping[str, Any]) -> str:
    """Return what is said beside a declined option: when and why, and which fact has brought it back."""
    decision = declined.decision
    why = _(label(decision.reason_code)) if decision.reason_code else _("no reason given")
    words = {"day": date_in_words(decision.date), "why": why, "text": f": {decision.reason}" if decision.reason else ""}
    if declined.stands:
        return _("Declined on {day} ({why}{text}); it comes back when a fact it rested on changes.").format(**words)
    changes = ", ".join(
        _("{fact} was {then}, is {now}").format(
            fact=_(FACTS[name].label), then=_plain(decision.facts[name]), now=_plain(values[name])
        )
        for name in declined.changed
    )
    return _("Declined on {day} ({why}{text}); asked again because a fact has changed: {changes}.").format(
        **words, changes=changes
    )


def _plain(value: Any) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_plain(one) for one in value)
    return _(VALUES.get(str(value)) or label(str(value)))
