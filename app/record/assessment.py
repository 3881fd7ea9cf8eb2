"""Assessments of the tumour: what was measured, and what the reader said of it."""

from dataclasses import dataclass

from app.record.codes import Extent, Modality, NonTarget, Response, Site, Tempo
from app.record.fields import STRICT, EnteredInError, EntryId, Flag, Line, Listed, Number, OptionalLine, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLesion:
    """One measured lesion: longest diameter, or short axis of a lymph node (Eisenhauer 2009, 3.1)."""

    __pydantic_config__ = STRICT

    lesion: Line
    site: Site
    lymph_node: Flag | None = None
    mm: Number | None = None
    too_small_to_measure: Flag | None = None
    merged_with: OptionalLine = None
    split_from: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NonTargetLesion:
    """One lesion that is followed without being measured."""

    __pydantic_config__ = STRICT

    lesion: OptionalLine = None
    site: Site | None = None
    status: NonTarget | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLesion:
    """A lesion that was not there at the baseline of the line; listed again while it is there."""

    __pydantic_config__ = STRICT

    site: Site | None = None
    unequivocal: Flag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progression:
    """The clinician's judgement of a progression: never computed. Its presence means progression."""

    __pydantic_config__ = STRICT

    symptomatic: Flag | None = None
    tempo: Tempo | None = None
    extent: Extent | None = None
    sites: Listed[Site] = ()
    local_treatment_possible: Flag | None = None
    well_tolerated: Flag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment; `reported_response` is the reader's own word and is never overwritten."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    modality: Modality
    timepoint: OptionalLine = None
    baseline: Flag | None = None
    target_lesions: Listed[TargetLesion] = ()
    non_target: NonTarget | None = None
    non_target_lesions: Listed[NonTargetLesion] = ()
    new_lesions: Listed[NewLesion] = ()
    reported_response: Response | None = None
    progression: Progression | None = None
    entered_in_error: EnteredInError | None = None
