"""Adverse events, with their CTCAE grade and its version."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from app.record.codes import ExcludedCause
from app.record.fields import STRICT, EnteredInError, EntryId, Flag, Line, Listed, OptionalLine, PartialDate, UpTo5


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEvent:
    """One event; `other_causes_excluded` is the prescriber's word, `causes_excluded` its detail."""

    __pydantic_config__ = STRICT

    id: EntryId
    term: Line
    grade: UpTo5 | None = None
    ctcae_version: OptionalLine = None
    from_: Annotated[PartialDate, Field(alias="from")]
    to: PartialDate | None = None
    suspected_drug: OptionalLine = None
    other_causes_excluded: Flag | None = None
    causes_excluded: Listed[ExcludedCause] = ()
    entered_in_error: EnteredInError | None = None
