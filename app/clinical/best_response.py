"""The response that counts of an assessment, and what a line has come to: its best responses and its progression."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.clinical.confirmation import CONFIRMATION_DAYS, MINIMUM_STABLE_DAYS, Seen, best_confirmed, best_overall
from app.clinical.recist import Judgement
from app.record.assessment import Assessment
from app.record.dates import earliest_day
from app.record.record import PatientRecord

# NE and NA are no response.
EVALUABLE = ("CR", "PR", "SD", "NON_CR_NON_PD", "PD")


@dataclass(frozen=True, slots=True)
class EffectiveResponse:
    """The response that counts, its day and the assessments it is of; `differ`: reader and arithmetic disagree."""

    code: str
    date: str
    ids: tuple[str, ...]
    reported: str | None
    computed: str
    differ: bool

    @property
    def is_evaluable(self) -> bool:
        """Whether it says how the disease responds."""
        return self.code in EVALUABLE


def effective(judgement: Judgement, record: PatientRecord) -> EffectiveResponse:
    """Return PD where a progression is recorded, else the reported response if there is one, else the computed one.

    A reader's NE stands: such an assessment is passed over, whatever could be computed.
    """
    reported, computed = judgement.reported, judgement.overall
    is_progression = any(one.id in judgement.ids for one in record.assessments if one.progression is not None)
    return EffectiveResponse(
        code="PD" if is_progression else reported or computed,
        date=judgement.date,
        ids=judgement.ids,
        reported=reported,
        computed=computed,
        differ=reported != computed and reported in EVALUABLE and computed in EVALUABLE,
    )


def responses_of_line(
    record: PatientRecord, judgements: Iterable[Judgement], line_id: str
) -> tuple[EffectiveResponse, ...]:
    """Return the evaluable responses of a line, oldest first: the last is the current one. Its baseline is none."""
    responses = (effective(one, record) for one in judgements if one.line == line_id and not one.is_baseline)
    return tuple(one for one in responses if one.is_evaluable)


@dataclass(frozen=True, slots=True)
class LineResponse:
    """What a line has come to; None: there is no assessment of it, and for the date no progression.

    The progression is the first one: later assessments of the line, beyond it, are judged but change nothing here.
    """

    best: str | None
    best_confirmed: str | None
    progression_date: str | None


def response_of_line(
    record: PatientRecord,
    judgements: Sequence[Judgement],
    line_id: str,
    *,
    minimum_stable_days: int = MINIMUM_STABLE_DAYS,
    confirmation_days: int = CONFIRMATION_DAYS,
) -> LineResponse:
    """Return the best responses of a line by the responses that count, and the day its progression was first seen.

    An assessment with nothing to assess and no word of the reader is no assessment of the line; nor is one that a
    later line is measured from, where nothing of it can be compared.
    """
    judged = _of_line(record, judgements, line_id)
    seen, since = _seen(judged), _since(record, judgements, line_id)
    progression = next((one for one, response in judged if response.code == "PD"), None)
    return LineResponse(
        best_overall(seen, since, minimum_stable_days),
        best_confirmed(seen, since, minimum_stable_days, confirmation_days),
        None if progression is None else _first_seen(progression, record),
    )


def best_of_line(record: PatientRecord, judgements: Sequence[Judgement], line_id: str) -> str | None:
    """Return the best response of a line alone, without confirmation; as `response_of_line`."""
    seen = _seen(_of_line(record, judgements, line_id))
    return best_overall(seen, _since(record, judgements, line_id), MINIMUM_STABLE_DAYS)


def _of_line(
    record: PatientRecord, judgements: Sequence[Judgement], line_id: str
) -> list[tuple[Judgement, EffectiveResponse]]:
    """Return what a line was judged, with the response that counts, but for what says nothing of that line."""
    judged = [(one, effective(one, record)) for one in judgements if one.line == line_id and not one.is_baseline]
    return [(one, response) for one, response in judged if response.code != "NA" and not _is_of_the_next(one, response)]


def _is_of_the_next(judgement: Judgement, response: EffectiveResponse) -> bool:
    """Return whether this is the baseline of a later line and tells nothing of the one before it."""
    return bool(judgement.baseline_of) and response.code == "NE" and response.reported is None


def _seen(judged: Iterable[tuple[Judgement, EffectiveResponse]]) -> list[Seen]:
    return [Seen(earliest_day(one.date), response.code, _stable(one)) for one, response in judged]


def _stable(judgement: Judgement) -> str:
    """Return what no growth is called: without target lesions there is no stable disease (table 2)."""
    return "NON_CR_NON_PD" if judgement.target == "NA" and judgement.non_target != "NA" else "SD"


def _since(record: PatientRecord, judgements: Sequence[Judgement], line_id: str) -> date | None:
    """Return the day from which a line's time counts: its start, or its baseline where that is not known."""
    start = next((line.started_on for line in record.therapy_lines if line.id == line_id), None)
    measured = start or next((one.date for one in judgements if line_id in one.baseline_of), None)
    return earliest_day(measured) if measured else None


def _first_seen(progression: Judgement, record: PatientRecord) -> str:
    """Return the earliest date of what showed a progression by itself; that of all together where only the sum did."""
    shown = [one.date for one in record.assessments if one.id in progression.ids and _shows_progression(one)]
    return min(shown, default=progression.date)


def _shows_progression(one: Assessment) -> bool:
    return (
        one.progression is not None
        or one.reported_response == "PD"
        or any(lesion.unequivocal for lesion in one.new_lesions)
        or one.non_target == "unequivocal_progression"
        or any(lesion.status == "unequivocal_progression" for lesion in one.non_target_lesions)
    )
