"""Tests for ALK and other genes, by method."""

from dataclasses import dataclass

from app.record.codes import AlterationKind, Gene, GeneReported, Reported, TestMethod, TestStatus
from app.record.fields import (
    STRICT,
    Block,
    EnteredInError,
    EntryId,
    Line,
    Listed,
    OptionalLine,
    PartialDate,
    Percent,
    UpTo3,
    Whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ihc:
    """Immunohistochemistry: staining intensity 0 to 3, and the share of tumour cells stained, in per cent."""

    __pydantic_config__ = STRICT

    clone: OptionalLine = None
    intensity: UpTo3 | None = None
    percent_cells: Percent | None = None
    reported: Reported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FishReading:
    """One count by one reader; it counts from its own date on, or from the report when that is unsaid."""

    __pydantic_config__ = STRICT

    reader: OptionalLine = None
    date: PartialDate | None = None
    cells: Whole | None = None
    split: Whole | None = None
    single_red: Whole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fish:
    """Break-apart FISH: the fields looked at and the readings."""

    __pydantic_config__ = STRICT

    fields: Whole | None = None
    readings: Listed[FishReading] = ()
    reported: Reported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RtPcr:
    """RT-PCR: the verdict, the fusion partner and the variant."""

    __pydantic_config__ = STRICT

    reported: Reported | None = None
    partner: OptionalLine = None
    variant: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """What sequencing says of an ALK fusion."""

    __pydantic_config__ = STRICT

    reported: Reported | None = None
    partner: OptionalLine = None
    variant: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One alteration found by sequencing; `protein` in HGVS notation (p.L1196M)."""

    __pydantic_config__ = STRICT

    gene: Line
    kind: AlterationKind
    protein: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ngs:
    """Sequencing of tissue, or of plasma (ctDNA)."""

    __pydantic_config__ = STRICT

    fusion: Block[Fusion] = None
    alterations: Listed[Alteration] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneResult:
    """The result for one other gene."""

    __pydantic_config__ = STRICT

    gene: Gene | None = None
    reported: GeneReported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MolecularTest:
    """One test of one specimen; once final it has a report date and the block of its method."""

    __pydantic_config__ = STRICT

    id: EntryId
    specimen: EntryId
    method: TestMethod
    requested_on: PartialDate | None = None
    reported_on: PartialDate | None = None
    status: TestStatus
    ihc: Ihc | None = None
    fish: Fish | None = None
    rt_pcr: RtPcr | None = None
    ngs: Ngs | None = None
    gene: GeneResult | None = None
    entered_in_error: EnteredInError | None = None
