"""Examinations other than of the tumour."""

from dataclasses import dataclass

from app.record.codes import ExaminationKind
from app.record.fields import STRICT, EnteredInError, EntryId, OptionalText, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One examination; `result` is free text."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    kind: ExaminationKind
    result: OptionalText = None
    entered_in_error: EnteredInError | None = None
