"""Response by RECIST 1.1: every assessment of a record as seen on a day, and what each line has come to."""

from dataclasses import dataclass
from datetime import date

from app.clinical.best_response import EffectiveResponse, LineResponse, effective, response_of_line
from app.clinical.confirmation import CONFIRMATION_DAYS, MINIMUM_STABLE_DAYS
from app.clinical.recist import Judgement, judge
from app.clinical.therapy_lines import numbers_of
from app.clinical.timepoints import spans_of
from app.record.record import PatientRecord
from app.record.therapy_line import TherapyLine
from app.record.views import up_to


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedLine:
    """One line with its number (None: not palliative) and its response."""

    line: TherapyLine
    number: int | None
    response: LineResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """The judgements, oldest first, each with the response that counts of it; the lines in the order they began."""

    judged: tuple[tuple[Judgement, EffectiveResponse], ...]
    lines: tuple[AssessedLine, ...]
    minimum_stable_days: int
    confirmation_days: int


def responses_of(
    record: PatientRecord,
    as_of: date,
    *,
    minimum_stable_days: int = MINIMUM_STABLE_DAYS,
    confirmation_days: int = CONFIRMATION_DAYS,
) -> Responses:
    """Return the responses of `record` on `as_of`; nothing dated later is seen, nor what was entered in error."""
    seen = up_to(record, as_of)
    judgements = judge(seen)
    numbers = numbers_of(seen)
    by_id = {line.id: line for line in seen.therapy_lines}
    return Responses(
        judged=tuple((one, effective(one, seen)) for one in judgements),
        lines=tuple(
            AssessedLine(
                line=by_id[span.id],
                number=numbers.get(span.id),
                response=response_of_line(
                    seen,
                    judgements,
                    span.id,
                    minimum_stable_days=minimum_stable_days,
                    confirmation_days=confirmation_days,
                ),
            )
            for span in spans_of(seen.therapy_lines)
        ),
        minimum_stable_days=minimum_stable_days,
        confirmation_days=confirmation_days,
    )
