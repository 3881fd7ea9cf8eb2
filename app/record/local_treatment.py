"""Surgery, radiotherapy and ablation of one site."""

from dataclasses import dataclass

from app.record.codes import LocalTreatmentKind, Site
from app.record.fields import STRICT, EnteredInError, EntryId, OptionalLine, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTreatment:
    """One local treatment; `prompted_by` is the assessment (the progression) it answers."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    kind: LocalTreatmentKind
    site: Site
    prompted_by: OptionalLine = None
    entered_in_error: EnteredInError | None = None
