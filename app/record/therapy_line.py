"""Systemic treatment: lines, and the doses in them."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from app.record.codes import DoseUnit, Frequency, Intent, StopReason
from app.record.fields import STRICT, EnteredInError, EntryId, Flag, Line, Listed, Number, OptionalLine, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """A dose of one drug; it holds until the next entry of the drug, its `to`, or the end of the line."""

    __pydantic_config__ = STRICT

    drug: Line
    from_: Annotated[PartialDate, Field(alias="from")]
    to: PartialDate | None = None
    amount: Number | None = None
    unit: DoseUnit | None = None
    frequency: Frequency
    reason: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapyLine:
    """One line of treatment; without a start its place in the list counts."""

    __pydantic_config__ = STRICT

    id: EntryId
    intent: Intent | None = None
    drugs: Annotated[tuple[Line, ...], Field(min_length=1)]
    in_trial: Flag | None = None
    started_on: PartialDate | None = None
    stopped_on: PartialDate | None = None
    stop_reason: StopReason | None = None
    doses: Listed[Dose] = ()
    entered_in_error: EnteredInError | None = None
