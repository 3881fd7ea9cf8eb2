"""Performance status, and conditions that bear on treatment."""

from dataclasses import dataclass

from app.record.codes import ConditionCode
from app.record.fields import STRICT, EnteredInError, EntryId, Flag, PartialDate, UpTo5


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceStatus:
    """ECOG performance status on a day: 0 (fully active) to 5 (dead)."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    ecog: UpTo5 | None = None
    entered_in_error: EnteredInError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition that bears on treatment; the newest entry of a code counts."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    code: ConditionCode
    present: Flag
    entered_in_error: EnteredInError | None = None
