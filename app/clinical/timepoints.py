"""Which assessments are judged together, in which line, and what each line is measured from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.record.assessment import Assessment, NewLesion, NonTargetLesion, TargetLesion
from app.record.dates import earliest_day, whole_day
from app.record.therapy_line import TherapyLine

BASELINE_WINDOW = 28  # days: "never more than 4 weeks before the beginning of the treatment" (Eisenhauer 2009, 3.2.1)


@dataclass(slots=True)
class Timepoint:
    """Assessments that are judged together, and their ids, oldest first; `day`: the earliest its `date` can mean."""

    assessments: tuple[Assessment, ...]
    ids: tuple[str, ...]
    date: str
    day: str
    lesions: dict[str, TargetLesion]

    @property
    def is_marked(self) -> bool:
        """Whether one of the assessments is marked as a baseline."""
        return any(one.baseline for one in self.assessments)

    @property
    def shows_disease(self) -> bool:
        """Whether a line could be measured from it: an empty visit before a start is no baseline."""
        return bool(self.lesions) or any(one.non_target or one.non_target_lesions for one in self.assessments)

    def non_target_lesions(self) -> list[NonTargetLesion]:
        """Return the non-target lesions listed one by one."""
        return [lesion for one in self.assessments for lesion in one.non_target_lesions]

    def new_lesions(self) -> list[NewLesion]:
        """Return the new lesions, sure and possible ones."""
        return [lesion for one in self.assessments for lesion in one.new_lesions]


@dataclass(frozen=True, slots=True)
class Span:
    """A line in time; `start` is assumed from the line before it in the list where it is unknown."""

    id: str
    start: str
    stop: str | None
    is_start_known: bool


def timepoints_of(assessments: Iterable[Assessment]) -> list[Timepoint]:
    """Return assessments grouped by their `timepoint`, each at the latest of its dates, oldest first."""
    groups: dict[object, list[Assessment]] = {}
    for number, one in enumerate(assessments):
        groups.setdefault(number if one.timepoint is None else one.timepoint, []).append(one)
    result = []
    for group in groups.values():
        if len(group) == 1:
            lesions = {lesion.lesion: lesion for lesion in group[0].target_lesions}
        else:
            group.sort(key=lambda one: whole_day(one.date))
            lesions = {}
            for lesion in (lesion for one in group for lesion in one.target_lesions):
                # Listed in two of them: the later measurement, and any before none.
                if lesion.lesion not in lesions or is_measured(lesion):
                    lesions[lesion.lesion] = lesion
        date = group[-1].date
        result.append(Timepoint(tuple(group), tuple([one.id for one in group]), date, whole_day(date), lesions))
    result.sort(key=lambda timepoint: timepoint.day)
    return result


def is_measured(lesion: TargetLesion) -> bool:
    """Return whether there is a size for this lesion, here or in the one it has merged with."""
    return lesion.mm is not None or bool(lesion.too_small_to_measure) or lesion.merged_with is not None


def spans_of(lines: Iterable[TherapyLine]) -> list[Span]:
    """Return the lines by their start; one of unknown start comes where the list has it."""
    spans: list[Span] = []
    for line in lines:
        before = spans[-1] if spans else None
        assumed = (before.stop or before.start) if before else ""
        start = whole_day(line.started_on) if line.started_on else assumed
        stop = whole_day(line.stopped_on) if line.stopped_on else None
        spans.append(Span(line.id, start, stop, line.started_on is not None))
    spans.sort(key=lambda span: span.start)
    return spans


def line_on(day: str, spans: Sequence[Span]) -> Span | None:
    """Return the line running on `day`, or the last one before; on its first day a line has not begun to act."""
    begun = [span for span in spans if span.start < day]
    running = [span for span in begun if span.stop is None or span.stop >= day]
    return running[-1] if running else begun[-1] if begun else None


def baselines_of(spans: Sequence[Span], timepoints: Sequence[Timepoint]) -> dict[str, list[Timepoint]]:
    """Return what each line is measured from, the nearest to its start first; a line without any is absent.

    Marked ones belong to the line whose start is nearest, and those within four weeks of it count together (a CT and
    a brain MRI of different days). A line without one is measured from the last assessment on or before its start; so
    is one whose marked assessment is later than its start and further from it: it is the baseline of a line to come.
    """
    marked: dict[str, list[Timepoint]] = {}
    for timepoint in timepoints:
        if timepoint.is_marked and (span := _nearest(timepoint, spans, marked)):
            marked.setdefault(span.id, []).append(timepoint)
    result = {}
    for span in spans:
        if chosen := _baseline(span, marked.get(span.id, []), timepoints):
            result[span.id] = chosen
    return result


def _nearest(timepoint: Timepoint, spans: Sequence[Span], marked: dict[str, list[Timepoint]]) -> Span | None:
    """Return the line a marked baseline belongs to: equally near, the later line."""
    running = line_on(timepoint.day, spans)
    if running is not None and not running.is_start_known and running.id not in marked:
        return running
    known = [span for span in spans if span.is_start_known]
    return min(reversed(known), key=lambda span: _days(timepoint.day, span.start), default=None)


def _baseline(span: Span, marked: list[Timepoint], timepoints: Sequence[Timepoint]) -> list[Timepoint]:
    if not span.is_start_known:
        return marked  # at most one, see _nearest
    before = [one for one in timepoints if one.day <= span.start and one.shows_disease]
    by_distance = sorted(marked, key=lambda one: (_days(one.day, span.start), one.day))
    if not by_distance:
        return before[-1:]
    nearest = by_distance[0]
    if nearest.day > span.start and before and _days(before[-1].day, span.start) < _days(nearest.day, span.start):
        return before[-1:]
    return [nearest, *(one for one in by_distance[1:] if _days(one.day, span.start) <= BASELINE_WINDOW)]


def _days(first: str, second: str) -> int:
    return abs((earliest_day(first) - earliest_day(second)).days)
