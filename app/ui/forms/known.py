"""Words offered while typing, and the entries of a record one can refer to."""

from collections.abc import Sequence

from app.record.assessment import Assessment
from app.record.codes import KNOWN_DRUGS, label
from app.record.record import PatientRecord
from app.words import _

IHC_CLONES = ("D5F3", "5A4", "ALK1", "1A4")
PARTNERS = ("EML4", "KIF5B", "TFG", "KLC1", "HIP1")
LANGUAGES = ("en", "fr", "de")
FREE_SITES = (
    "lung", "lymph node", "pleural effusion", "pleura", "liver", "brain", "bone", "adrenal", "plasma",
    "pericardial effusion",
)  # fmt: skip


def progressions(record: PatientRecord | None) -> list[tuple[str, str]]:
    """Return the assessments that are progressions, newest first, with words that tell them apart."""
    found = [one for one in _valid_assessments(record) if one.progression is not None or one.reported_response == "PD"]
    return [(one.id, _assessment_words(one)) for one in sorted(found, key=lambda one: one.date, reverse=True)]


def specimens(record: PatientRecord | None) -> list[tuple[str, str]]:
    """Return the specimens, newest first, with words that tell them apart."""
    found = [one for one in (record.specimens if record else ()) if one.entered_in_error is None]
    found.sort(key=lambda one: one.date or one.requested_on or "", reverse=True)
    return [
        (
            one.id,
            " · ".join(
                part
                for part in (
                    one.date or one.requested_on,
                    _(label(one.kind)),
                    _(one.site) if one.site else "",
                    _(label(one.purpose)),
                )
                if part
            ),
        )
        for one in found
    ]


def drugs_of(record: PatientRecord | None) -> list[str]:
    """Return the drugs of the record's lines, newest line first, then the other known ones."""
    lines = record.therapy_lines if record else ()
    own = [drug for line in reversed(lines) if line.entered_in_error is None for drug in line.drugs]
    return list(dict.fromkeys([*own, *KNOWN_DRUGS]))


def _valid_assessments(record: PatientRecord | None) -> Sequence[Assessment]:
    return [one for one in (record.assessments if record else ()) if one.entered_in_error is None]


def _assessment_words(one: Assessment) -> str:
    sites = one.progression.sites if one.progression else ()
    return " · ".join([one.date, _(label(one.modality)), *(_(label(site)) for site in sites)])
