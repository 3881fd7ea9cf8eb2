"""The tumour: what it is, how far it had spread at diagnosis, and what later stagings say."""

from dataclasses import dataclass

from app.record.codes import Histology, MetastaticSite, SmokingStatus, Stage
from app.record.fields import (
    STRICT,
    Block,
    EnteredInError,
    EntryId,
    Flag,
    Listed,
    Number,
    OptionalLine,
    PartialDate,
    Whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoking:
    """Smoking history; one pack-year is 20 cigarettes a day for a year."""

    __pydantic_config__ = STRICT

    status: SmokingStatus | None = None
    pack_years: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The diagnosis, and the stage at that time."""

    __pydantic_config__ = STRICT

    date: PartialDate | None = None
    histology: Histology | None = None
    limited_sample: Flag | None = None
    signet_ring_cells: Flag | None = None
    stage: Stage | None = None
    tnm: OptionalLine = None
    tnm_edition: Whole | None = None
    resected: Flag | None = None
    resected_on: PartialDate | None = None
    metastatic_sites: Listed[MetastaticSite] = ()
    smoking: Block[Smoking] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """A later staging; the newest on or before a day counts, before any the diagnosis does."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    stage: Stage | None = None
    tnm: OptionalLine = None
    tnm_edition: Whole | None = None
    metastatic_sites: Listed[MetastaticSite] = ()
    entered_in_error: EnteredInError | None = None
