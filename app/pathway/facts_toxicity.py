"""Facts about toxicity: what holds the running inhibitor, what has stopped one for good, and what needs a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from app.clinical.series import Point, Series, same_sample
from app.clinical.therapy_lines import CourseLine, name_of
from app.pathway.doses import Doses
from app.pathway.facts import Found
from app.pathway.facts_person import newest_by
from app.pathway.holds import (
    NONE,
    Course,
    Hold,
    bilirubin_with_raised_transaminases,
    blood_counts,
    liver_injury,
    term_of,
    transaminases,
)
from app.pathway.holds_events import bradycardia, pneumonitis, qtc, rhythm
from app.record.dates import earliest_day
from app.record.record import PatientRecord

# Events that a rule of X1 to X7 knows; every other one of grade 3 or more falls to H17.
KNOWN = frozenset(
    {
        "pneumonitis", "hepatitis", "qtc_prolonged", "torsade_de_pointes", "ventricular_tachycardia", "bradycardia",
        "neutropenia", "thrombocytopenia",
    }
)  # fmt: skip
# The values without which an event of this name cannot be judged.
VALUES_OF = {
    "hepatitis": ("ALT", "AST", "total_bilirubin"),
    "qtc_prolonged": ("QTc",),
    "neutropenia": ("neutrophils",),
    "thrombocytopenia": ("platelets",),
}
HOLDS = ("pneumonitis_hold", "transaminase_hold", "liver_injury_hold", "bilirubin_hold", "qtc_hold", "rhythm_hold",
         "blood_count_hold", "heart_rate_hold")  # fmt: skip
GRAVEST_FIRST = ("discontinue", "withhold", "over_board", "over_reduced", "over_same")
NO_HOLDS: Mapping[str, Hold] = MappingProxyType(dict.fromkeys(HOLDS, NONE))


@dataclass(frozen=True, slots=True)
class Managed:
    """The drug whose toxicity the protocol's rules are written for, its dose ladder, and their limits."""

    drug: str
    ladder: tuple[str, ...]
    limits: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line that has the managed drug, and how each rule stands on it."""

    course: Course
    holds: Mapping[str, Hold]

    @property
    def stopped_by(self) -> tuple[str, ...]:
        """What stopped the drug for good on this line."""
        stops = [hold for hold in self.holds.values() if hold.state == "discontinue"]
        return tuple(dict.fromkeys(one for hold in stops for one in hold.ids))


def judged_lines(
    seen: PatientRecord, labs: Series, course: Sequence[CourseLine], managed: Managed, as_of: date
) -> dict[str, JudgedLine]:
    """Return, by line id, how the rules stand on each line that has the managed drug and a start."""
    judged = {}
    for line in course:
        if managed.drug in line.drugs and line.line.started_on is not None:
            started = earliest_day(line.line.started_on)
            ended = earliest_day(line.line.stopped_on) if line.line.stopped_on else None
            doses = Doses(line.line, managed.drug, managed.ladder, as_of.isoformat())
            its_course = Course(seen, labs, started, ended, doses, managed.limits, managed.drug)
            judged[line.line.id] = JudgedLine(its_course, _holds(its_course))
    return judged


def stopped_for_good(judged: Mapping[str, JudgedLine]) -> dict[str, tuple[str, ...]]:
    """Return, by line id, what stopped the managed drug for good."""
    return {line: ids for line, one in judged.items() if (ids := one.stopped_by)}


def _holds(course: Course) -> dict[str, Hold]:
    infection = newest_by(course.seen.conditions, "code").get("opportunistic_infection")
    return {
        "pneumonitis_hold": pneumonitis(course),
        "transaminase_hold": transaminases(course),
        "liver_injury_hold": liver_injury(course),
        "bilirubin_hold": bilirubin_with_raised_transaminases(course),
        "qtc_hold": qtc(course),
        "rhythm_hold": rhythm(course),
        "blood_count_hold": blood_counts(course, opportunistic_infection=bool(infection and infection.present)),
        "heart_rate_hold": bradycardia(course),
    }


def toxicity_facts(
    seen: PatientRecord, last: CourseLine | None, judged: Mapping[str, JudgedLine]
) -> tuple[Found, dict[str, str]]:
    """Return the facts about toxicity of the running line, and the doses to resume by action."""
    running = last if last is not None and last.is_running and last.has_inhibitor else None
    line = judged.get(running.line.id) if running is not None else None
    course = line.course if line is not None else None
    holds = line.holds if line is not None else NO_HOLDS
    found: Found = {name: (hold.state, hold.ids) for name, hold in holds.items()}
    states = [hold for hold in holds.values() if hold.state != "none"]
    found["treatment_hold"] = _together(states)
    found["ecgs_above_limit"] = (holds["qtc_hold"].ecgs, holds["qtc_hold"].ids)
    found |= _open_questions(course)
    found |= _events(seen, running)
    resumed = [hold for hold in states if hold.state.startswith("over")]
    levels = [hold.level for hold in resumed]
    known = [level for level in levels if level is not None]
    text = course.doses.text(max(known)) if course is not None and known and len(known) == len(levels) else None
    return found, {"resume": text, "resume_reduced": text} if text else {}


def _together(states: Sequence[Hold]) -> tuple[str, tuple[str, ...]]:
    """Return the gravest state of all rules: a stop, a hold, then what is over, reduced before the same dose."""
    if not states:
        return "none", ()
    gravest = min((hold.state for hold in states), key=GRAVEST_FIRST.index)
    return gravest, tuple(dict.fromkeys(one for hold in states if hold.state == gravest for one in hold.ids))


def _open_questions(course: Course | None) -> Found:
    """What liver values say without holding anything: raised, or not to be judged for want of the other value."""
    nothing: Found = dict.fromkeys(("transaminases_raised", "bilirubin_alone", "liver_value_missing"), (False, ()))
    if course is None:
        return nothing
    limits = course.limits
    newest = [points[-1] for name in ("ALT", "AST") if (points := course.on_line(course.labs.multiples_of_uln(name)))]
    bilirubin = course.on_line(course.labs.multiples_of_uln("total_bilirubin"))
    latest = bilirubin[-1] if bilirubin else None
    raised = [
        one for one in newest if one.is_above(Decimal(1)) and not one.is_above(limits["transaminases_hold_above"])
    ]
    without = [
        one
        for one in newest
        if one.is_above(limits["injury_transaminases_above"]) and not any(same_sample(one, two) for two in bilirubin)
    ]
    alone: tuple[Point, ...] = ()
    if latest is not None and latest.is_above(limits["bilirubin_above"]):
        together = {
            one.lab.analyte: one
            for name in ("ALT", "AST")
            for one in course.labs.multiples_of_uln(name)
            if same_sample(one, latest)
        }
        if not any(one.is_above(Decimal(1)) for one in together.values()):
            if len(together) == 2:
                alone = (latest,)
            else:
                without = [*without, latest]
    return {
        "transaminases_raised": (bool(raised), tuple(one.id for one in raised)),
        "bilirubin_alone": (bool(alone), tuple(one.id for one in alone)),
        "liver_value_missing": (bool(without), tuple(one.id for one in without)),
    }


def _events(seen: PatientRecord, running: CourseLine | None) -> Found:
    """Open adverse events that no X rule judges: grave ones (H17), those without a grade or without their values."""
    grave: list[str] = []
    to_complete: list[str] = []
    drugs: Any = running.drugs if running is not None else frozenset()
    for event in seen.adverse_events:
        if event.to is not None or running is None:
            continue
        if event.suspected_drug is not None and name_of(event.suspected_drug) not in drugs:
            continue
        term = term_of(event)
        if (
            term in VALUES_OF
            and not any(
                lab.analyte in VALUES_OF[term] and lab.value is not None and _is_on_line(lab.date, running)
                for lab in seen.labs
            )
        ) or (term == "bradycardia" and event.grade is None):
            to_complete.append(event.id)
        elif term not in KNOWN and event.grade is not None and event.grade >= 3:
            grave.append(event.id)
    return {
        "grave_event_open": (bool(grave), tuple(grave)),
        "event_without_values": (bool(to_complete), tuple(to_complete)),
    }


def _is_on_line(day: str, running: CourseLine) -> bool:
    return running.line.started_on is None or earliest_day(day) > earliest_day(running.line.started_on)


def missing_liver_values(found: Found, seen: PatientRecord) -> list[str]:
    """Return the facts to ask for where one liver value cannot be judged without the other."""
    if not found["liver_value_missing"][0]:
        return []
    analytes = {lab.analyte for lab in seen.labs if lab.id in found["liver_value_missing"][1]}
    asked = []
    if analytes & {"ALT", "AST"}:
        asked.append("bilirubin_x_uln")
    if "total_bilirubin" in analytes:
        asked += ["alt_x_uln", "ast_x_uln"]
    return asked
