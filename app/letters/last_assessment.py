"""The last assessment: lesions, sums, changes, and the response as computed beside the one reported."""

from collections.abc import Sequence
from decimal import Decimal

from app.clinical.best_response import effective
from app.clinical.recist import Judgement
from app.clinical.therapy_lines import numbers_of
from app.figures.wording import code, date_in_words, listed, number, percent
from app.letters.content import AssessmentSaid, LesionSaid, ResponseSaid, Said
from app.letters.disease import not_recorded
from app.record.assessment import Assessment, Progression, TargetLesion
from app.record.dates import earliest_day
from app.record.record import PatientRecord
from app.words import _, apart, many


def assessment_said(record: PatientRecord, judgements: Sequence[Judgement]) -> AssessmentSaid | None:
    """Return the last assessment, or None when there is none."""
    if not judgements:
        return None
    last = max(enumerate(judgements), key=lambda one: (earliest_day(one[1].date), one[0]))[1]
    by_id = {one.id: one for one in record.assessments}
    shown = [by_id[one] for one in last.ids]
    before = [one for one in judgements if last.line in one.baseline_of and one is not last and last.line]
    baseline = [] if last.is_baseline else [by_id[entry] for one in before for entry in one.ids]
    compared = bool(baseline)
    return AssessmentSaid(
        title=_title(shown, last, record),
        baseline_date=_dates(baseline) if compared else "",
        date=_dates(shown),
        lesions=_lesions(baseline, shown),
        sums=(_mm(last.baseline_mm) if compared else "", _mm(last.sum_mm)),
        changes=_changes(last),
        responses=_responses(last, _new_lesions(shown)),
        why=last.why,
        differs=_difference(last, record),
        progression=apart(_progression(one.progression) for one in shown if one.progression is not None),
    )


def _title(shown: Sequence[Assessment], last: Judgement, record: PatientRecord) -> str:
    what = _(" and ").join(
        _("{modality} of {date}").format(modality=code(one.modality), date=date_in_words(one.date)) for one in shown
    )
    numbers = numbers_of(record)
    measured_from = [str(numbers[line]) for line in last.baseline_of if line in numbers]
    if last.is_baseline and measured_from:
        words = many("{what}, baseline of line {number}", "{what}, baseline of lines {number}", len(measured_from))
        return words.format(what=what, number=_(" and ").join(measured_from))
    place = numbers.get(last.line or "")
    return _("{what}, line {number}").format(what=what, number=place) if place else what


def _dates(assessments: Sequence[Assessment]) -> str:
    return ", ".join(dict.fromkeys(date_in_words(one.date) for one in assessments))


def _mm(value: Decimal | None) -> str:
    return _("{number} mm").format(number=number(value)) if value is not None else _("not evaluable")


def _lesions(baseline: Sequence[Assessment], shown: Sequence[Assessment]) -> tuple[LesionSaid, ...]:
    first = {lesion.lesion: lesion for one in baseline for lesion in one.target_lesions}
    now = {lesion.lesion: lesion for one in shown for lesion in one.target_lesions}
    said = []
    for name in dict.fromkeys((*first, *now)):
        lesion = now.get(name) or first[name]
        site = code(lesion.site) + (_(", node, short axis") if lesion.lymph_node else "")
        said.append(
            LesionSaid(
                name, site, _size(first.get(name)) if baseline else "",
                _size(now[name]) if name in now else _("not measured"),
            )
        )  # fmt: skip
    return tuple(said)


def _size(lesion: TargetLesion | None) -> str:
    if lesion is None:
        return "–"
    if lesion.merged_with:
        return _("merged with {lesion}").format(lesion=lesion.merged_with)
    size = _("not measured") if lesion.mm is None else _("{number} mm").format(number=number(lesion.mm))
    if lesion.too_small_to_measure:
        size = _("too small to measure") + (f" ({size})" if lesion.mm is not None else "")
    if lesion.split_from:
        size += _(" (split from {lesion})").format(lesion=lesion.split_from)
    return size


def _changes(last: Judgement) -> tuple[Said, ...]:
    changes = []
    if last.change_from_baseline_percent is not None:
        name = _("Change from baseline ({mm})").format(mm=_mm(last.baseline_mm))
        changes.append(Said(name, percent(last.change_from_baseline_percent, sign=True)))
    if last.change_from_nadir_percent is not None:
        name = _("Change from nadir ({mm})").format(mm=_mm(last.nadir_mm))
        changes.append(Said(name, percent(last.change_from_nadir_percent, sign=True)))
    return tuple(changes)


def _responses(last: Judgement, new_lesions: str) -> tuple[ResponseSaid, ...]:
    reported = code(last.reported) if last.reported else not_recorded()
    if last.is_baseline and last.overall == "NA":
        return (ResponseSaid(_("Overall"), _("baseline"), reported),) if last.reported else ()
    return (
        ResponseSaid(_("Target"), code(last.target)),
        ResponseSaid(_("Non-target"), code(last.non_target)),
        ResponseSaid(_("New lesions"), new_lesions or _("none")),
        ResponseSaid(_("Intracranial"), code(last.intracranial)),
        ResponseSaid(_("Extracranial"), code(last.extracranial)),
        ResponseSaid(_("Overall"), code(last.overall), reported),
    )


def _difference(last: Judgement, record: PatientRecord) -> str:
    counted = effective(last, record)
    if not counted.differ:
        return ""
    return _("The response reported and the one computed differ; {response} counts for the next step.").format(
        response=counted.code
    )


def _new_lesions(shown: Sequence[Assessment]) -> str:
    said = []
    for one in (lesion for assessment in shown for lesion in assessment.new_lesions):
        site = code(one.site) if one.site else _("site not recorded")
        said.append(site + (_(" (equivocal)") if one.unequivocal is False else ""))
    return ", ".join(said)


def _progression(progression: Progression) -> str:
    """Return the clinician's judgement of a progression; what was not said is "not recorded"."""

    def flag(value: bool | None, yes: str, no: str, name: str) -> str:
        if value is None:
            return f"{name} {not_recorded()}"
        return yes if value else no

    sites = listed(progression.sites)
    return ", ".join(
        (
            code(progression.extent) if progression.extent else _("extent not recorded"),
            _("in {sites}").format(sites=sites) if sites else _("sites not recorded"),
            flag(progression.symptomatic, _("with symptoms"), _("without symptoms"), _("symptoms")),
            _("tempo {tempo}").format(tempo=code(progression.tempo) if progression.tempo else not_recorded()),
            flag(progression.local_treatment_possible, _("local treatment possible"),
                 _("local treatment not possible"), _("possibility of local treatment")),
            flag(progression.well_tolerated, _("treatment well tolerated"), _("treatment not well tolerated"),
                 _("tolerance of the treatment")),
        )
    )  # fmt: skip
