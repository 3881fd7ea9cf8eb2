"""The response that counts of an assessment, and the best one of a line, without confirmation."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.clinical.recist import Judgement
from app.record.record import PatientRecord

# The best first. NE and NA are no response.
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
    is_progression = any(one.progression is not None for one in record.assessments if one.id in judgement.ids)
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


def best_of(responses: Iterable[EffectiveResponse]) -> str | None:
    """Return the best response without confirmation: CR, PR, SD, NON_CR_NON_PD, PD, else NE; None of no assessment."""
    codes = {one.code for one in responses}
    return next((code for code in (*EVALUABLE, "NE") if code in codes), None)
