"""What holds an ALK inhibitor, what ends the hold, and what stops it for good (protocol file, X1 to X7 as applied).

Limits are absolute (multiples of ULN, 10^9/L, ms); CTCAE grades stand beside them and decide nothing (K2). Every
function here returns the state of one rule for one line, as seen on a day.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.clinical.series import Point, Series, same_sample
from app.pathway.doses import Doses
from app.record.adverse_event import AdverseEvent
from app.record.dates import earliest_day
from app.record.record import PatientRecord

Limits = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Hold:
    """How one rule stands.

    `state`: none, withhold, discontinue, over_same, over_reduced or over_board; `level` is the place of the dose to
    resume on the drug's ladder (0 the highest) once it is over, None where the dose before the trigger is not known;
    `ecgs` is how many ECGs hold.
    """

    state: str = "none"
    ids: tuple[str, ...] = ()
    level: int | None = None
    ecgs: int = 0


NONE = Hold()


@dataclass(frozen=True, slots=True)
class Course:
    """What the rules look at: the record and its values, the line's first day and doses, the protocol's limits."""

    seen: PatientRecord
    labs: Series
    started: date
    ended: date | None
    doses: Doses
    limits: Limits
    drug: str

    def on_line(self, points: Sequence[Point]) -> list[Point]:
        """Return the points from the day after the start (that day's values are the baseline) to the end."""
        return [one for one in points if one.day > self.started and (self.ended is None or one.day <= self.ended)]

    def before(self, points: Sequence[Point]) -> Point | None:
        """Return the last value before treatment."""
        return next((one for one in reversed(points) if one.day <= self.started), None)

    def events(self, *terms: str) -> list[AdverseEvent]:
        """Return the adverse events of these terms on this line that are not suspected of another drug."""
        if not self.seen.adverse_events:
            return []
        return [
            one
            for one in self.seen.adverse_events
            if term_of(one) in terms
            and (one.suspected_drug is None or one.suspected_drug.strip().lower() == self.drug)
            and (one.to is None or earliest_day(one.to) >= self.started)
            and (self.ended is None or earliest_day(one.from_) <= self.ended)
        ]


def term_of(event: AdverseEvent) -> str:
    """Return an event's term as rules know it: case and spaces do not matter."""
    return "_".join(event.term.strip().lower().split())


@dataclass(slots=True)
class _Episode:
    """A hold from its first trigger to its recovery; `points` are all the values that triggered it."""

    points: list[Point]
    recovered_on: date | None = None

    @property
    def last(self) -> Point:
        return self.points[-1]


def _episodes(
    points: Sequence[Point], triggers: Callable[[Point], bool], recovered: Callable[[Point, list[Point]], bool]
) -> list[_Episode]:
    """Walk the points: a trigger opens an episode, `recovered(trigger, so far)` closes it, a later one opens anew."""
    episodes: list[_Episode] = []
    so_far: list[Point] = []
    for point in points:
        so_far.append(point)
        open_one = episodes[-1] if episodes and episodes[-1].recovered_on is None else None
        if triggers(point):
            if open_one is None:
                episodes.append(_Episode([point]))
            else:
                open_one.points.append(point)
        elif open_one is not None and recovered(open_one.last, so_far):
            open_one.recovered_on = point.day
    return episodes


def _latest_of_each(so_far: Sequence[Point]) -> dict[str, Point]:
    return {one.lab.analyte: one for one in so_far}


def _has_new_value(trigger: Point, so_far: Sequence[Point]) -> bool:
    return _latest_of_each(so_far)[trigger.lab.analyte].day > trigger.day


def _closed(course: Course, episode: _Episode, *, reduced: bool) -> Hold:
    """Return what a hold that is over asks for, given the doses recorded since its trigger."""
    trigger = episode.points[0]
    before = course.doses.level_before(trigger.day)
    ids = tuple(one.id for one in episode.points)
    wanted = None if before is None else course.doses.next_lower(before) if reduced else before
    return after_hold(course.doses, trigger.day, wanted, ids, reduced=reduced)


def after_hold(doses: Doses, since: date, wanted: int | None, ids: tuple[str, ...], *, reduced: bool) -> Hold:
    """Return "resume" while the dose is recorded as held, or is higher than it may be; else nothing is left to do."""
    if doses.is_held_now:
        return Hold("over_reduced" if reduced else "over_same", ids, wanted)
    if not reduced:
        return NONE
    now = doses.level_now
    lowered = doses.changed_after(since) and now is not None and now >= (1 if wanted is None else wanted)
    return NONE if lowered else Hold("over_reduced", ids, wanted)


def transaminases(course: Course) -> Hold:
    """X2 as applied (A19, A20): ALT or AST above 5 x ULN with bilirubin not raised holds, until both are at most 3."""
    limits, labs = course.limits, course.labs
    values = {name: labs.multiples_of_uln(name) for name in ("ALT", "AST")}
    points = sorted(course.on_line([*values["ALT"], *values["AST"]]), key=lambda one: one.day)
    if not any(one.is_above(limits["transaminases_hold_above"]) for one in points):
        return NONE
    before = {name: course.before(points) for name, points in values.items()}
    bilirubin = course.on_line(labs.multiples_of_uln("total_bilirubin"))

    def triggers(point: Point) -> bool:
        return point.is_above(limits["transaminases_hold_above"]) and not _raised_with(point, bilirubin, limits)

    def is_back(point: Point) -> bool:
        baseline = before[point.lab.analyte]
        return point.is_at_most(limits["transaminases_back_at"]) or bool(baseline and point.is_at_most(baseline.x))

    def recovered(trigger: Point, so_far: list[Point]) -> bool:
        return _has_new_value(trigger, so_far) and all(map(is_back, _latest_of_each(so_far).values()))

    return _judge(course, _episodes(points, triggers, recovered), lambda episode: True)


def _judge(course: Course, episodes: Sequence[_Episode], is_severe: Callable[[_Episode], bool]) -> Hold:
    """Return how the last episode stands; a severe one at the lowest dose stops the drug for good."""
    for episode in episodes:
        level = course.doses.level_before(episode.points[0].day)
        if level is not None and course.doses.is_lowest(level) and is_severe(episode):
            return Hold("discontinue", tuple(one.id for one in episode.points))
    if not episodes:
        return NONE
    last = episodes[-1]
    if last.recovered_on is None:
        return Hold("withhold", tuple(one.id for one in last.points))
    return _closed(course, last, reduced=is_severe(last))


def _raised_with(point: Point, bilirubin: Sequence[Point], limits: Limits) -> bool:
    """Whether bilirubin of the same sample is above its limit."""
    return any(one.is_above(limits["bilirubin_above"]) for one in bilirubin if same_sample(point, one))


def liver_injury(course: Course) -> Hold:
    """X3 as applied (A21): ALT or AST above 3 with bilirubin above 1.5 x ULN, same sample: permanent once other causes
    are excluded by the prescriber; until then a hold that only the prescriber's word ends."""
    limits, labs = course.limits, course.labs
    bilirubin = course.on_line(labs.multiples_of_uln("total_bilirubin"))
    if not any(one.is_above(limits["bilirubin_above"]) for one in bilirubin):
        return NONE
    transaminase_points = course.on_line([*labs.multiples_of_uln("ALT"), *labs.multiples_of_uln("AST")])
    hits = [
        (point, other)
        for point in transaminase_points
        if point.is_above(limits["injury_transaminases_above"])
        for other in bilirubin
        if same_sample(point, other) and other.is_above(limits["bilirubin_above"])
    ]
    if not hits:
        return NONE
    events = course.events("hepatitis")
    ids = tuple(dict.fromkeys([one.id for hit in hits for one in hit] + [event.id for event in events]))
    first = min(point.day for point, _ in hits)
    last = max(max(point.day, other.day) for point, other in hits)
    told = [event for event in events if event.to is None or earliest_day(event.to) >= first]
    if any(event.other_causes_excluded for event in told):
        return Hold("discontinue", ids)
    denied = bool(told) and all(event.other_causes_excluded is False and event.to is not None for event in told)
    newer = [one for one in (*transaminase_points, *bilirubin) if one.day > last]
    back = dict.fromkeys(("ALT", "AST"), limits["transaminases_back_at"])
    back["total_bilirubin"] = limits["bilirubin_above"]
    latest = _latest_of_each(sorted((*transaminase_points, *bilirubin), key=lambda one: one.day))
    triggering = {one.lab.analyte for hit in hits for one in hit}
    renewed = triggering <= {one.lab.analyte for one in newer}
    if denied and renewed and all(one.is_at_most(back[name]) for name, one in latest.items()):
        return after_hold(course.doses, first, course.doses.level_before(first), ids, reduced=False)
    return Hold("withhold", ids)


def bilirubin_with_raised_transaminases(course: Course) -> Hold:
    """A21: bilirubin above 1.5 x ULN with ALT or AST above 1 up to 3, same sample: held until bilirubin is back."""
    limits, labs = course.limits, course.labs
    points = course.on_line(labs.multiples_of_uln("total_bilirubin"))
    if not any(one.is_above(limits["bilirubin_above"]) for one in points):
        return NONE
    others = course.on_line([*labs.multiples_of_uln("ALT"), *labs.multiples_of_uln("AST")])

    def triggers(point: Point) -> bool:
        together = [one for one in others if same_sample(point, one)]
        return (
            point.is_above(limits["bilirubin_above"])
            and any(one.is_above(Decimal(1)) for one in together)
            and not any(one.is_above(limits["injury_transaminases_above"]) for one in together)
        )

    def recovered(trigger: Point, so_far: list[Point]) -> bool:
        return _has_new_value(trigger, so_far) and so_far[-1].is_at_most(limits["bilirubin_above"])

    episodes = _episodes(points, triggers, recovered)
    if not episodes:
        return NONE
    last = episodes[-1]
    ids = tuple(one.id for one in last.points)
    if last.recovered_on is None:
        return Hold("withhold", ids)
    level = course.doses.level_before(last.points[0].day)
    if level is not None and course.doses.is_lowest(level):
        return Hold("over_board", ids) if course.doses.is_held_now else NONE
    return _closed(course, last, reduced=True)


def blood_counts(course: Course, *, opportunistic_infection: bool) -> Hold:
    """X6 as applied (A23): neutrophils under 1.0 or platelets under 50 hold until both are back; under 0.5 or 25 the
    dose is reduced. Lymphocytes under 0.5 count only with an opportunistic infection."""
    limits = course.limits
    names = ["neutrophils", "platelets", *(["lymphocytes"] if opportunistic_infection else [])]
    points = sorted(
        (one for name in names for one in course.on_line(course.labs.in_unit(name, "10*9/L"))),
        key=lambda one: one.day,
    )

    def triggers(point: Point) -> bool:
        return point.is_below(limits[f"{point.lab.analyte}_hold_below"])

    def recovered(trigger: Point, so_far: list[Point]) -> bool:
        latest = _latest_of_each(so_far).items()
        back = all(one.is_at_least(limits[f"{name}_hold_below"]) for name, one in latest)
        return back and _has_new_value(trigger, so_far)

    def is_grade_4(episode: _Episode) -> bool:
        return any(one.is_below(limits[f"{one.lab.analyte}_reduce_below"]) for one in episode.points)

    return _judge(course, _episodes(points, triggers, recovered), is_grade_4)
