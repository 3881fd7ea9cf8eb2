"""Laboratory values and vital signs."""

from dataclasses import dataclass

from app.record.codes import Analyte, Comparator, QtcFormula
from app.record.fields import STRICT, EnteredInError, EntryId, Flag, Number, OptionalLine, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """One value with its unit (UCUM) and the limits of that report; `sample` joins values of one blood draw."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    sample: OptionalLine = None
    analyte: Analyte
    value: Number | None = None
    comparator: Comparator | None = None
    unit: OptionalLine = None
    lower: Number | None = None
    upper: Number | None = None
    symptomatic: Flag | None = None
    formula: QtcFormula | None = None
    entered_in_error: EnteredInError | None = None
