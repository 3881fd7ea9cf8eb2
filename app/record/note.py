"""Free notes."""

from dataclasses import dataclass

from app.record.fields import STRICT, EnteredInError, EntryId, OptionalLine, PartialDate, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note of a day."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    text: Text
    by: OptionalLine = None
    entered_in_error: EnteredInError | None = None
