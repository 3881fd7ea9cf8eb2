"""Response per assessment by RECIST 1.1 (Eisenhauer 2009), intracranial and extracranial apart.

Where the paper leaves room: a lesion of the baseline that is not listed later was not measured; a target lesion the
baseline does not have is said, not counted; nodes all below 10 mm with every other lesion gone are a complete response
whatever their sum does; a lesion that comes back after a complete response is progression (its appendix III).
A `non_target` word with no lesions listed beside it speaks for the compartments of the baseline's own non-target
lesions, and where those are not listed either for the extracranial one; only in a brain MRI for the intracranial one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.recist_rules import non_target_response, overall_response
from app.clinical.recist_words import why, why_baseline
from app.clinical.target_lesions import INTRACRANIAL, NO_COMPARISON, NOTHING, TargetLesions, TargetResponse
from app.clinical.timepoints import Timepoint, baselines_of, is_measured, line_on, spans_of, timepoints_of
from app.record.assessment import Assessment, TargetLesion
from app.record.record import PatientRecord
from app.words import _

# A reported response of several assessments judged together is the worst of theirs.
REPORTED = ("PD", "SD", "NON_CR_NON_PD", "PR", "CR", "NE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One assessment (or timepoint) judged: codes CR, PR, SD, PD, NE, NON_CR_NON_PD, NA (none to assess); sums in mm.

    `ids` are the assessments judged together, `date` the latest of their dates; changes are in per cent, unrounded.
    `line` is the one it is judged in; `is_baseline`: that line is measured from it, so that nothing is judged (NA);
    `baseline_of` names every line measured from it. `sum_mm` is None where a lesion was not measured.
    """

    ids: tuple[str, ...]
    date: str
    line: str | None
    is_baseline: bool
    target: str
    non_target: str
    new_lesions: bool
    overall: str
    sum_mm: Decimal | None
    baseline_mm: Decimal | None
    nadir_mm: Decimal | None
    change_from_baseline_percent: Decimal | None
    change_from_nadir_percent: Decimal | None
    intracranial: str
    extracranial: str
    reported: str | None
    why: str
    baseline_of: tuple[str, ...] = ()


def judge(record: PatientRecord, *, explain: bool = True) -> tuple[Judgement, ...]:
    """Return a judgement per timepoint of a record already cut to a day (`app.record.views.up_to`), oldest first.

    Without `explain` there is no `why`, no compartment (NA) and no sum of what is compared with nothing: enough to
    decide by, as none of them bears on the overall response.
    """
    if not record.assessments:
        return ()
    timepoints = timepoints_of(record.assessments)
    spans = spans_of(record.therapy_lines)
    baselines = baselines_of(spans, timepoints)
    follow_ups = {line: _FollowUp(chosen) for line, chosen in baselines.items()}
    measured_from: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, chosen in baselines.items():
        for one in chosen:
            measured_from[one.ids] = (*measured_from.get(one.ids, ()), name)
    # Nothing was there to measure: what a later line is measured from is only that, not years of a line that is over.
    incomparable = {one.id for one in record.therapy_lines if one.intent == "adjuvant" and one.id not in baselines}
    judgements = []
    for timepoint in timepoints:
        baseline_of = measured_from.get(timepoint.ids, ())
        span = line_on(timepoint.day, spans)
        if span is None or span.id in baseline_of or (baseline_of and span.id in incomparable):
            line = span.id if span and span.id in baseline_of else next(iter(baseline_of), None)
            judgements.append(_baseline(timepoint, line, baseline_of, follow_ups.get(line or ""), explain))
            continue
        follow_up = follow_ups.get(span.id)
        if follow_up is None or timepoint.day < follow_up.since:
            follow_up = _FollowUp([])
        judgements.append(follow_up.judgement(timepoint, span.id, baseline_of, explain))
    return tuple(judgements)


def _baseline(
    timepoint: Timepoint, line: str | None, baseline_of: tuple[str, ...], follow_up: "_FollowUp | None", explain: bool
) -> Judgement:
    """Return what is said of an assessment with nothing before it to compare with."""
    total = _sum_of(timepoint) if explain else None
    said = ""
    if explain:
        said = why_baseline(total) if baseline_of else _("Before any line of treatment.")
    return Judgement(
        ids=timepoint.ids,
        date=timepoint.date,
        line=line,
        is_baseline=bool(baseline_of),
        target="NA",
        non_target="NA",
        new_lesions=False,
        overall="NA",
        sum_mm=total,
        baseline_mm=follow_up.targets.whole.baseline if follow_up and follow_up.targets.whole.names else None,
        nadir_mm=None,
        change_from_baseline_percent=None,
        change_from_nadir_percent=None,
        intracranial="NA",
        extracranial="NA",
        reported=_reported(timepoint),
        why=said,
        baseline_of=baseline_of,
    )


WHOLE, INSIDE, OUTSIDE = range(3)  # the whole patient, the intracranial and the extracranial compartment


class _FollowUp:
    """One line so far: what it is measured from, and what its assessments have shown."""

    def __init__(self, baseline: Sequence[Timepoint]) -> None:
        self.since = min((one.day for one in baseline), default="")
        self._has_baseline = bool(baseline)
        lesions: dict[str, TargetLesion] = {}
        for lesion in (lesion for one in baseline for lesion in one.lesions.values()):
            if lesion.lesion not in lesions or not is_measured(lesions[lesion.lesion]):
                lesions[lesion.lesion] = lesion
        self.targets = TargetLesions(lesions.values())
        self._listed = {
            one.lesion: _place(one.site)
            for timepoint in baseline
            for one in timepoint.non_target_lesions()
            if one.status != "none"
        }
        self._has_non_target = [False, False, False]
        for timepoint in baseline:
            for place, statuses in enumerate(self._statuses(timepoint)):
                self._has_non_target[place] |= bool(statuses)

    def judgement(self, timepoint: Timepoint, line: str, baseline_of: tuple[str, ...], explain: bool) -> Judgement:
        """Return the judgement of an ordinary assessment, and remember it for the next."""
        targets, new_lesions = self.targets, timepoint.new_lesions()
        baseline, nadir = targets.whole.baseline, targets.whole.nadir
        sizes, statuses = targets.sizes(timepoint.lesions), self._statuses(timepoint)
        new_in = {place for one in new_lesions if one.unequivocal for place in (WHOLE, _place(one.site))}
        target, non_target, overall = self._judge(WHOLE, timepoint, sizes, statuses[WHOLE], WHOLE in new_in)
        apart = (
            ["NA", "NA"]
            if not explain
            else [
                self._judge(place, timepoint, sizes, statuses[place], place in new_in, target)[2]
                for place in (INSIDE, OUTSIDE)
            ]
        )
        compared = bool(targets.whole.names)
        total = (None if target.unmeasured else target.measured) if compared else _sum_of(timepoint)
        return Judgement(
            ids=timepoint.ids,
            date=timepoint.date,
            line=line,
            is_baseline=False,
            target=target.code,
            non_target=non_target,
            new_lesions=WHOLE in new_in,
            overall=overall,
            sum_mm=total,
            baseline_mm=baseline if compared else None,
            nadir_mm=nadir if compared else None,
            change_from_baseline_percent=_change(total, baseline) if compared else None,
            change_from_nadir_percent=_change(total, nadir) if compared else None,
            intracranial=apart[0],
            extracranial=apart[1],
            reported=_reported(timepoint),
            why=why(
                target, baseline, nadir, non_target, new_lesions, overall,
                targets.left_out(timepoint.lesions) if self._has_baseline else [],
            ) if explain else "",
            baseline_of=baseline_of,
        )  # fmt: skip

    def _judge(
        self,
        place: int,
        timepoint: Timepoint,
        sizes: Mapping[str, Decimal | None],
        statuses: Sequence[str],
        is_new: bool,
        of_whole: TargetResponse | None = None,
    ) -> tuple[TargetResponse, str, str]:
        """Return the target, non-target and overall response of one compartment, and remember them."""
        targets = self.targets
        course = targets.courses[place]
        if not self._has_baseline:
            target = _uncompared(timepoint, place)
        elif of_whole is not None and targets.has_all(course):
            target = of_whole
        else:
            target = targets.response(course, sizes)
        non_target = non_target_response(statuses, self._has_non_target[place])
        overall = overall_response(target.code, non_target, is_new)
        targets.note(course, target, overall)
        return target, non_target, overall

    def _statuses(self, timepoint: Timepoint) -> tuple[list[str], list[str], list[str]]:
        """Return what is said of the non-target lesions: of all, intracranial, extracranial."""
        result: tuple[list[str], list[str], list[str]] = ([], [], [])
        said, listed = False, set()
        for assessment in timepoint.assessments:
            lesions = [one for one in assessment.non_target_lesions if one.status != "none"]
            for lesion in lesions:
                listed.add(lesion.lesion)
                for place in (WHOLE, _place(lesion.site)):
                    result[place].append(lesion.status or "not_evaluated")
            if (word := assessment.non_target) is not None and word != "none":
                said = True
                for place in (WHOLE,) if lesions else (WHOLE, *self._places(assessment)):
                    result[place].append(word)
        if listed and not said:
            for name, place in self._listed.items():
                if name not in listed:
                    result[WHOLE].append("not_evaluated")
                    result[place].append("not_evaluated")
        return result

    def _places(self, assessment: Assessment) -> set[int]:
        """Return the compartments for which a `non_target` word without lesions speaks."""
        if assessment.modality == "mri":
            places = {_place(one.site) for one in assessment.target_lesions}
            places |= {_place(one.site) for one in assessment.new_lesions}
            if places == {INSIDE}:
                return places
        return set(self._listed.values()) or {OUTSIDE}


def _place(site: str | None) -> int:
    return INSIDE if site in INTRACRANIAL else OUTSIDE


def _uncompared(timepoint: Timepoint, place: int) -> TargetResponse:
    """Return the response of target lesions that no baseline has: not evaluable where there are any."""
    listed = any(place in (WHOLE, _place(one.site)) for one in timepoint.lesions.values())
    return NO_COMPARISON if listed else NOTHING


def _sum_of(timepoint: Timepoint) -> Decimal | None:
    """Return the sum of an assessment's own lesions, or None where one was not measured or there is none."""
    whole = TargetLesions(timepoint.lesions.values()).whole
    return whole.baseline if whole.names and not whole.is_unmeasurable else None


def _change(total: Decimal | None, since: Decimal) -> Decimal | None:
    return (total - since) * 100 / since if total is not None and since else None


def _reported(timepoint: Timepoint) -> str | None:
    words = [one.reported_response for one in timepoint.assessments if one.reported_response is not None]
    return min(words, key=REPORTED.index, default=None)
