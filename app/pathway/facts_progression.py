"""Facts about the response of the running or last line, and about its progression and what answered it."""

from collections.abc import Sequence

from app.clinical.best_response import EffectiveResponse
from app.clinical.therapy_lines import CourseLine
from app.pathway.facts import Found
from app.record.assessment import Progression
from app.record.dates import is_surely_before
from app.record.decision import Decision
from app.record.record import PatientRecord

CNS = frozenset({"brain", "leptomeninges"})
NOTHING_SAID = Progression()


def progression_facts(seen: PatientRecord, responses: Sequence[EffectiveResponse], last: CourseLine | None) -> Found:
    """Return the facts about response and progression; `responses` are the evaluable ones of the last line."""
    current = responses[-1] if responses else None
    if current is None:
        return _facts("none", (), False, False, (), None)
    is_progression = current.code == "PD"
    judged = _judged(seen, current.ids) if is_progression else None
    runs = last is not None and last.is_running and last.has_inhibitor
    answer = answered_by(seen, current) if is_progression and runs else ()
    return _facts(current.code, current.ids, current.differ, bool(answer), answer, judged)


def _facts(
    code: str,
    ids: tuple[str, ...],
    differ: bool,
    answered: bool,
    answered_from: tuple[str, ...],
    judged: tuple[str, Progression] | None,
) -> Found:
    judged_from = (judged[0],) if judged is not None else ()
    said = judged[1] if judged is not None else NOTHING_SAID
    tolerated = None if said.well_tolerated is None else "yes" if said.well_tolerated else "no"
    return {
        "response": (code, ids),
        "response_differs": (differ, ids if differ else ()),
        "progression_answered": (answered, answered_from),
        "progression_extent": (said.extent, judged_from),
        "progression_sites": (_sites(said.sites), judged_from),
        "progression_symptomatic": (said.symptomatic, judged_from),
        "progression_tempo": (said.tempo, judged_from),
        "tolerated": (tolerated, judged_from),
        "local_treatment_possible": (said.local_treatment_possible, judged_from),
    }


def _judged(seen: PatientRecord, ids: Sequence[str]) -> tuple[str, Progression] | None:
    """Return the clinician's judgement of a progression, with the assessment it stands in."""
    blocks = [(one.id, one.progression) for one in seen.assessments if one.id in ids and one.progression is not None]
    said = [(one, block) for one, block in blocks if block != NOTHING_SAID]
    return (said or blocks or [(ids[-1], NOTHING_SAID)])[-1]


def _sites(sites: Sequence[str]) -> str:
    if not sites:
        return "unsaid"
    inside = [site in CNS for site in sites]
    return "cns_only" if all(inside) else "both" if any(inside) else "outside_cns"


def decided_action(decision: Decision) -> tuple[str, str | None]:
    """Return what a decision chose: the advice itself, or what was done instead of it."""
    if decision.verdict == "modified" and decision.instead is not None and decision.instead.action:
        return decision.instead.action, decision.instead.drug
    return decision.action, decision.drug


def answered_by(seen: PatientRecord, current: EffectiveResponse) -> tuple[str, ...]:
    """Return the entries that answer the progression `current`, or nothing.

    A local treatment prompted by it, or an accepted decision to continue, dated on or after it; a later accepted
    decision for something else takes the answer back (settled reading, "Answers to a progression").
    """
    answers = [
        (one.date, one.id)
        for one in seen.local_treatments
        if one.prompted_by in current.ids and not is_surely_before(one.date, current.date)
    ]
    others: list[tuple[str, str]] = []
    for decision in decisions_since(seen, current):
        action, _ = decided_action(decision)
        (answers if action.startswith("continue") else others).append((decision.date, decision.id))
    if not answers:
        return ()
    newest = max(answers)
    return () if others and max(others)[0] > newest[0] else (newest[1],)


def decisions_since(seen: PatientRecord, current: EffectiveResponse) -> list[Decision]:
    """Return the decisions taken, not declined, on or after the day of `current`, oldest first."""
    taken = [
        one
        for one in seen.decisions
        if one.verdict in ("accepted", "modified") and not is_surely_before(one.date, current.date)
    ]
    return sorted(taken, key=lambda one: one.date)
