"""What a professional decides on an option of the advice, ready to be stored with what it rested on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.record.codes import ReasonCode, Verdict
from app.record.decision import Decision, Instead

if TYPE_CHECKING:
    from app.pathway.advice import Advice, FactValue, Option

# What protects the patient from the drug: never accepted by a key alone, never declined without words.
HOLDS = frozenset({"withhold", "discontinue"})
# What there is nothing to decide on.
UNDECIDABLE = frozenset({"none_deceased"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person answered to an option; `instead` belongs to a modified one."""

    verdict: Verdict
    by: str
    instead: Instead | None = None
    reason_code: ReasonCode | None = None
    reason: str = ""


def is_hold(option: "Option") -> bool:
    """Return whether the option stops a drug for safety."""
    return option.action in HOLDS


def decision_on(option: "Option", advice: "Advice", answer: Answer, *, entry_id: str, today: date) -> Decision:
    """Return the decision; `advice` must have its trace: the facts are kept as values, not as they are worded."""
    from app.services.why import facts_of

    values = facts_of(advice)
    names = dict.fromkeys(reason.fact for reason in option.because)
    return Decision(
        id=entry_id,
        date=today.isoformat(),
        as_of=advice.as_of.isoformat(),
        protocol=advice.protocol.id,
        protocol_sha256=advice.protocol.sha256,
        rule=option.rule,
        action=option.action,
        drug=option.drug,
        facts={name: values[name] for name in names if name in values},
        verdict=answer.verdict,
        instead=answer.instead,
        reason_code=answer.reason_code,
        reason=answer.reason.strip() or None,
        by=answer.by.strip() or None,
    )


def newest_on(option: "Option", decisions: Iterable[Decision]) -> Decision | None:
    """Return the newest decision on this option, or the one that chose it in the place of another."""
    found: Decision | None = None
    for one in decisions:
        chosen = one.instead is not None and (one.instead.action, one.instead.drug) == (option.action, option.drug)
        about = (one.action, one.drug) == (option.action, option.drug) or (one.verdict == "modified" and chosen)
        if about and one.entered_in_error is None and (found is None or one.date >= found.date):
            found = one
    return found


def changed_facts(decision: Decision, values: Mapping[str, "FactValue"]) -> tuple[str, ...]:
    """Return the facts the decision rested on that are otherwise now."""
    return tuple(name for name, then in decision.facts.items() if name in values and not _same(values[name], then))


def _same(now: Any, then: Any) -> bool:
    if isinstance(now, Sequence) and not isinstance(now, str):
        return isinstance(then, Sequence) and tuple(now) == tuple(then)
    if isinstance(now, bool) or isinstance(then, bool):
        return now is then
    if isinstance(now, Decimal | int) and isinstance(then, Decimal | int):
        return now == then
    return bool(now == then)
