"""Tissue, cytology and plasma taken for testing."""

from dataclasses import dataclass

from app.record.codes import Histology, Preservation, SpecimenKind, SpecimenPurpose, SpecimenStatus
from app.record.fields import STRICT, EnteredInError, EntryId, Flag, OptionalLine, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One specimen; `prompted_by` is the assessment (the progression) that led to a re-biopsy."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate | None = None
    kind: SpecimenKind
    status: SpecimenStatus | None = None
    requested_on: PartialDate | None = None
    preservation: Preservation | None = None
    site: OptionalLine = None
    purpose: SpecimenPurpose
    prompted_by: OptionalLine = None
    adequate: Flag | None = None
    histology: Histology | None = None
    entered_in_error: EnteredInError | None = None
