"""Response per assessment by RECIST 1.1 (Eisenhauer 2009), intracranial and extracranial apart.

The values here are the interface; see `judge`.
"""

from dataclasses import dataclass
from decimal import Decimal

from app.record.record import PatientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One assessment (or timepoint) judged: codes CR, PR, SD, PD, NE, NON_CR_NON_PD, NA (none to assess); sums in mm.

    `ids` are the assessments judged together, `date` the latest of their dates; changes are in per cent, unrounded.
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


def judge(record: PatientRecord) -> tuple[Judgement, ...]:
    """Return a judgement per timepoint of a record already cut to a day (`app.record.views.up_to`), oldest first."""
    raise NotImplementedError
