"""What surrounds the treatment: access to drugs, open trials, other medicines."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from app.record.codes import TrialSetting
from app.record.fields import STRICT, EnteredInError, EntryId, Flag, Line, OptionalText, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Whether a drug can be had; the newest entry of a drug counts, and unsaid means it can."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    drug: Line
    available: Flag
    reason: OptionalText = None
    entered_in_error: EnteredInError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial the patient could enter."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    name: Line
    open: Flag
    setting: TrialSetting | None = None
    requires_rebiopsy: Flag | None = None
    entered_in_error: EnteredInError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """Another medicine the patient takes, for interactions."""

    __pydantic_config__ = STRICT

    id: EntryId
    name: Line
    from_: Annotated[PartialDate | None, Field(alias="from")] = None
    to: PartialDate | None = None
    entered_in_error: EnteredInError | None = None
