"""Holds that follow from the heart's rhythm and from adverse events: X1, X4, X5 and X7 as applied."""

from collections.abc import Sequence
from dataclasses import replace

from app.clinical.series import Point
from app.pathway.holds import NONE, Course, Hold, _episodes, _judge, after_hold
from app.record.dates import earliest_day

RHYTHM_EVENTS = ("torsade_de_pointes", "ventricular_tachycardia")


def qtc(course: Course) -> Hold:
    """X4 and X5 as applied (A22), with how many ECGs of an open hold are above 500 ms.

    The first value above 500 ms holds; two are grade 3; with signs of serious arrhythmia the stop is permanent.
    Recovery is at most 480 ms or the value before treatment, by Fridericia or the formula of the trigger.
    """
    limits = course.limits
    points = course.labs.in_unit("QTc", "ms")
    before = course.before(points)
    on_line = course.on_line(points)

    def triggers(point: Point) -> bool:
        return point.is_above(limits["qtc_hold_above"])

    def recovered(trigger: Point, so_far: list[Point]) -> bool:
        newest = so_far[-1]
        comparable = newest.lab.formula in ("fridericia", trigger.lab.formula)
        back = newest.is_at_most(limits["qtc_back_at"]) or bool(before and newest.is_at_most(before.x))
        return comparable and back and newest.day > trigger.day

    episodes = _episodes(on_line, triggers, recovered)
    for episode in episodes:
        if any(one.lab.symptomatic for one in episode.points):
            return Hold("discontinue", tuple(one.id for one in episode.points))
    hold = _judge(course, episodes, lambda episode: _separate(episode.points) > 1)
    if not episodes or hold.state == "discontinue":
        return hold
    last = episodes[-1]
    if last.recovered_on is not None:
        # Also a single ECG reduces the dose; at the lowest one it is resumed as it was.
        level = course.doses.level_before(last.points[0].day)
        lowest = level is not None and course.doses.is_lowest(level)
        wanted = level if lowest or level is None else course.doses.next_lower(level)
        ids = tuple(one.id for one in last.points)
        return after_hold(course.doses, last.points[0].day, wanted, ids, reduced=not lowest)
    return replace(hold, ecgs=_separate(last.points))


def _separate(ecgs: Sequence[Point]) -> int:
    """Return how many ECGs there are: one reported by two formulas names the same sample."""
    return len({one.lab.sample or one.id for one in ecgs})


def rhythm(course: Course) -> Hold:
    """X5 for torsade de pointes and ventricular tachycardia: a stop with a QTc above 500 ms or other causes excluded;
    else a hold until the prescriber's word."""
    events = course.events(*RHYTHM_EVENTS)
    if not events:
        return NONE
    ids = tuple(event.id for event in events)
    first = min(earliest_day(event.from_) for event in events)
    qtcs = course.on_line(course.labs.in_unit("QTc", "ms"))
    long = [one for one in qtcs if one.is_above(course.limits["qtc_hold_above"])]
    if long or any(event.other_causes_excluded for event in events):
        return Hold("discontinue", (*ids, *(one.id for one in long)))
    if all(event.other_causes_excluded is False and event.to is not None for event in events):
        level = course.doses.level_before(first)
        wanted = None if level is None else course.doses.next_lower(level)
        return after_hold(course.doses, first, wanted, ids, reduced=True)
    return Hold("withhold", ids)


def pneumonitis(course: Course) -> Hold:
    """X1 as applied (A18): any suspicion holds at once; permanent once the prescriber has excluded other causes."""
    events = course.events("pneumonitis")
    if not events:
        return NONE
    ids = tuple(event.id for event in events)
    first = min(earliest_day(event.from_) for event in events)
    if any(event.other_causes_excluded for event in events):
        return Hold("discontinue", ids)
    if all(event.other_causes_excluded is False and event.to is not None for event in events):
        return after_hold(course.doses, first, course.doses.level_before(first), ids, reduced=False)
    return Hold("withhold", ids)


def bradycardia(course: Course) -> Hold:
    """X7 as applied (A24): bradycardia of grade 2 or more holds until the event ends; the dose stays the same."""
    events = [one for one in course.events("bradycardia") if one.grade is not None and one.grade >= 2]
    if not events:
        return NONE
    ids = tuple(event.id for event in events)
    first = min(earliest_day(event.from_) for event in events)
    if any(event.to is None for event in events):
        return Hold("withhold", ids)
    return after_hold(course.doses, first, course.doses.level_before(first), ids, reduced=False)
