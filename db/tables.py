"""Every table, typed. A column is called exactly what the record format calls the field.

One table for each kind of entry, and one for each part of an entry that has fields of its own; a part that may be
there once has the key of its owner, so that its row is there when the part is, even if it says nothing. Rows of
a part name their owner by its id, as entries name one another in the record format.
There is no foreign key where an entry refers to another one: an entry marked in error keeps what it said, also
a reference to nothing. `app.record.checks` looks at the rest before anything is stored.
Codes have no CHECK: their lists grow, and each new word would mean rebuilding a table. Ranges do not grow.
"""

from decimal import Decimal
from typing import Annotated

from sqlalchemy import DDL, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, MetaData, String, event, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.types import ExactDecimal, WordList

Day = Annotated[str, mapped_column(String(10))]  # a whole or partial date, as it was given
Words = Annotated[tuple[str, ...], mapped_column(WordList, default=())]

# What becomes of a patient's rows when the record is merged into another one (`db.merging`). What nothing is said of is
# the record itself, or goes over to the other record; a test asks of each table which it is.
MADE_ANEW = "made anew"  # from the records: dropped
SET_ASIDE = "set aside"  # kept with the record it tells of


class Base(DeclarativeBase):
    # Every constraint has a name, or SQLite migrations could not drop it.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {Decimal: ExactDecimal}  # noqa: RUF012  # SQLAlchemy's own spelling


def part_of(owner: str) -> ForeignKeyConstraint:
    """Return the constraint that ties a row to its entry of the table `owner`, or to a part of that entry."""
    entry = {"fish": "molecular_test", "ngs": "molecular_test"}.get(owner)
    id_column = f"{owner}.id" if entry is None else f"{owner}.{entry}"
    return ForeignKeyConstraint(
        ["patient_key", entry or owner], [f"{owner}.patient_key", id_column], ondelete="RESTRICT"
    )


class OfPatient:
    """A row that the patient has once, or many times when another column joins the key."""

    patient_key: Mapped[int] = mapped_column(
        ForeignKey("patient.key", ondelete="RESTRICT"), primary_key=True, autoincrement=False, sort_order=-9
    )


class OfEntry:
    """A row of a part of an entry; the table adds the column that names the entry."""

    patient_key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-9)


class Listed:
    """A row of a list within an entry."""

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-7)


class Entry(OfPatient):
    """An entry: its id in the record, its place in its list, and whether it was entered in error."""

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    position: Mapped[int] = mapped_column(sort_order=-7)
    entered_in_error: Mapped[bool] = mapped_column(default=False, sort_order=90)
    entered_in_error_on: Mapped[Day | None] = mapped_column(sort_order=91)
    entered_in_error_by: Mapped[str | None] = mapped_column(sort_order=92)
    entered_in_error_reason: Mapped[str | None] = mapped_column(sort_order=93)


class PatientRow(Base):
    """The person. `search` is the name and number as people look for them; `version` rises with every saving."""

    __tablename__ = "patient"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version"),
        Index("ix_patient_by_birth_date", "birth_date", "search"),
        Index("ix_patient_by_birth_date_backwards", text("birth_date DESC"), "search"),
        Index("ix_patient_by_sex", "sex", "search"),
        Index("ix_patient_by_sex_backwards", text("sex DESC"), "search"),
    )

    key: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    changed_at: Mapped[str]
    search: Mapped[str] = mapped_column(index=True)
    mrn: Mapped[str] = mapped_column(unique=True)
    family_name: Mapped[str]
    given_name: Mapped[str | None]
    birth_date: Mapped[Day | None]
    sex: Mapped[str | None]
    deceased_on: Mapped[Day | None]
    address: Mapped[Words]
    phone: Mapped[str | None]
    language: Mapped[str | None]


class GeneralPractitionerRow(OfPatient, Base):
    __tablename__ = "general_practitioner"

    name: Mapped[str | None]
    address: Mapped[Words]
    language: Mapped[str | None]


class RecipientRow(OfPatient, Listed, Base):
    __tablename__ = "recipient"

    name: Mapped[str | None]
    address: Mapped[Words]
    language: Mapped[str | None]
    role: Mapped[str | None]


class TeamRow(OfPatient, Base):
    __tablename__ = "team"

    nurse: Mapped[str | None]
    doctor: Mapped[str | None]


class DiagnosisRow(OfPatient, Base):
    __tablename__ = "diagnosis"

    date: Mapped[Day | None]
    histology: Mapped[str | None]
    limited_sample: Mapped[bool | None]
    signet_ring_cells: Mapped[bool | None]
    stage: Mapped[str | None]
    tnm: Mapped[str | None]
    tnm_edition: Mapped[int | None]
    resected: Mapped[bool | None]
    resected_on: Mapped[Day | None]
    metastatic_sites: Mapped[Words]


class SmokingRow(Base):
    __tablename__ = "smoking"

    patient_key: Mapped[int] = mapped_column(
        ForeignKey("diagnosis.patient_key", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    status: Mapped[str | None]
    pack_years: Mapped[Decimal | None]


class StagingRow(Entry, Base):
    __tablename__ = "staging"

    date: Mapped[Day]
    stage: Mapped[str | None]
    tnm: Mapped[str | None]
    tnm_edition: Mapped[int | None]
    metastatic_sites: Mapped[Words]


class PerformanceStatusRow(Entry, Base):
    __tablename__ = "performance_status"
    __table_args__ = (CheckConstraint("ecog BETWEEN 0 AND 5", name="ecog"),)

    date: Mapped[Day]
    ecog: Mapped[int | None]


class ConditionRow(Entry, Base):
    __tablename__ = "condition"

    date: Mapped[Day]
    code: Mapped[str]
    present: Mapped[bool]


class SpecimenRow(Entry, Base):
    __tablename__ = "specimen"

    date: Mapped[Day | None]
    kind: Mapped[str]
    status: Mapped[str | None]
    requested_on: Mapped[Day | None]
    preservation: Mapped[str | None]
    site: Mapped[str | None]
    purpose: Mapped[str]
    prompted_by: Mapped[str | None]
    adequate: Mapped[bool | None]
    histology: Mapped[str | None]


class MolecularTestRow(Entry, Base):
    __tablename__ = "molecular_test"

    specimen: Mapped[str]
    method: Mapped[str]
    requested_on: Mapped[Day | None]
    reported_on: Mapped[Day | None]
    status: Mapped[str]


class IhcRow(OfEntry, Base):
    __tablename__ = "ihc"
    __table_args__ = (part_of("molecular_test"), CheckConstraint("intensity BETWEEN 0 AND 3", name="intensity"))

    molecular_test: Mapped[str] = mapped_column(primary_key=True)
    clone: Mapped[str | None]
    intensity: Mapped[int | None]
    percent_cells: Mapped[Decimal | None]
    reported: Mapped[str | None]


class FishRow(OfEntry, Base):
    __tablename__ = "fish"
    __table_args__ = (part_of("molecular_test"),)

    molecular_test: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[int | None]
    reported: Mapped[str | None]


class FishReadingRow(OfEntry, Listed, Base):
    __tablename__ = "fish_reading"
    __table_args__ = (part_of("fish"),)

    molecular_test: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    reader: Mapped[str | None]
    date: Mapped[Day | None]
    cells: Mapped[int | None]
    split: Mapped[int | None]
    single_red: Mapped[int | None]


class RtPcrRow(OfEntry, Base):
    __tablename__ = "rt_pcr"
    __table_args__ = (part_of("molecular_test"),)

    molecular_test: Mapped[str] = mapped_column(primary_key=True)
    reported: Mapped[str | None]
    partner: Mapped[str | None]
    variant: Mapped[str | None]


class NgsRow(OfEntry, Base):
    __tablename__ = "ngs"
    __table_args__ = (part_of("molecular_test"),)

    molecular_test: Mapped[str] = mapped_column(primary_key=True)


class FusionRow(OfEntry, Base):
    __tablename__ = "fusion"
    __table_args__ = (part_of("ngs"),)

    molecular_test: Mapped[str] = mapped_column(primary_key=True)
    reported: Mapped[str | None]
    partner: Mapped[str | None]
    variant: Mapped[str | None]


class AlterationRow(OfEntry, Listed, Base):
    __tablename__ = "alteration"
    __table_args__ = (part_of("ngs"),)

    molecular_test: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    gene: Mapped[str]
    kind: Mapped[str]
    protein: Mapped[str | None]


class GeneResultRow(OfEntry, Base):
    __tablename__ = "gene_result"
    __table_args__ = (part_of("molecular_test"),)

    molecular_test: Mapped[str] = mapped_column(primary_key=True)
    gene: Mapped[str | None]
    reported: Mapped[str | None]


class TherapyLineRow(Entry, Base):
    __tablename__ = "therapy_line"

    intent: Mapped[str | None]
    drugs: Mapped[Words]
    in_trial: Mapped[bool | None]
    started_on: Mapped[Day | None]
    stopped_on: Mapped[Day | None]
    stop_reason: Mapped[str | None]


class DoseRow(OfEntry, Listed, Base):
    __tablename__ = "dose"
    __table_args__ = (part_of("therapy_line"),)

    therapy_line: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    drug: Mapped[str]
    from_: Mapped[Day] = mapped_column("from")
    to: Mapped[Day | None]
    amount: Mapped[Decimal | None]
    unit: Mapped[str | None]
    frequency: Mapped[str]
    reason: Mapped[str | None]


class LocalTreatmentRow(Entry, Base):
    __tablename__ = "local_treatment"

    date: Mapped[Day]
    kind: Mapped[str]
    site: Mapped[str]
    prompted_by: Mapped[str | None]


class AssessmentRow(Entry, Base):
    __tablename__ = "assessment"

    date: Mapped[Day]
    modality: Mapped[str]
    timepoint: Mapped[str | None]
    baseline: Mapped[bool | None]
    non_target: Mapped[str | None]
    reported_response: Mapped[str | None]


class TargetLesionRow(OfEntry, Listed, Base):
    __tablename__ = "target_lesion"
    __table_args__ = (part_of("assessment"),)

    assessment: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    lesion: Mapped[str]
    site: Mapped[str]
    lymph_node: Mapped[bool | None]
    mm: Mapped[Decimal | None]
    too_small_to_measure: Mapped[bool | None]
    merged_with: Mapped[str | None]
    split_from: Mapped[str | None]


class NonTargetLesionRow(OfEntry, Listed, Base):
    __tablename__ = "non_target_lesion"
    __table_args__ = (part_of("assessment"),)

    assessment: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    lesion: Mapped[str | None]
    site: Mapped[str | None]
    status: Mapped[str | None]


class NewLesionRow(OfEntry, Listed, Base):
    __tablename__ = "new_lesion"
    __table_args__ = (part_of("assessment"),)

    assessment: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    site: Mapped[str | None]
    unequivocal: Mapped[bool | None]


class ProgressionRow(OfEntry, Base):
    __tablename__ = "progression"
    __table_args__ = (part_of("assessment"),)

    assessment: Mapped[str] = mapped_column(primary_key=True)
    symptomatic: Mapped[bool | None]
    tempo: Mapped[str | None]
    extent: Mapped[str | None]
    sites: Mapped[Words]
    local_treatment_possible: Mapped[bool | None]
    well_tolerated: Mapped[bool | None]


class LabRow(Entry, Base):
    __tablename__ = "lab"

    date: Mapped[Day]
    sample: Mapped[str | None]
    analyte: Mapped[str]
    value: Mapped[Decimal | None]
    comparator: Mapped[str | None]
    unit: Mapped[str | None]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    symptomatic: Mapped[bool | None]
    formula: Mapped[str | None]


class ExaminationRow(Entry, Base):
    __tablename__ = "examination"

    date: Mapped[Day]
    kind: Mapped[str]
    result: Mapped[str | None]


class AdverseEventRow(Entry, Base):
    __tablename__ = "adverse_event"
    __table_args__ = (CheckConstraint("grade BETWEEN 0 AND 5", name="grade"),)

    term: Mapped[str]
    grade: Mapped[int | None]
    ctcae_version: Mapped[str | None]
    from_: Mapped[Day] = mapped_column("from")
    to: Mapped[Day | None]
    suspected_drug: Mapped[str | None]
    other_causes_excluded: Mapped[bool | None]
    causes_excluded: Mapped[Words]


class AccessRow(Entry, Base):
    __tablename__ = "access"

    date: Mapped[Day]
    drug: Mapped[str]
    available: Mapped[bool]
    reason: Mapped[str | None]


class TrialRow(Entry, Base):
    __tablename__ = "trial"

    date: Mapped[Day]
    name: Mapped[str]
    open: Mapped[bool]
    setting: Mapped[str | None]
    requires_rebiopsy: Mapped[bool | None]


class MedicineRow(Entry, Base):
    __tablename__ = "medicine"

    name: Mapped[str]
    from_: Mapped[Day | None] = mapped_column("from")
    to: Mapped[Day | None]


class DecisionRow(Entry, Base):
    __tablename__ = "decision"

    date: Mapped[Day]
    as_of: Mapped[Day]
    protocol: Mapped[str | None]
    protocol_sha256: Mapped[str | None]
    rule: Mapped[str]
    action: Mapped[str]
    drug: Mapped[str | None]
    verdict: Mapped[str]
    reason_code: Mapped[str | None]
    reason: Mapped[str | None]
    by: Mapped[str | None]


class DecisionFactRow(OfEntry, Listed, Base):
    """One value of one fact: a list has a row for each of its values; `kind` says what to make of the text."""

    __tablename__ = "decision_fact"
    __table_args__ = (
        part_of("decision"),
        CheckConstraint("kind IN ('text', 'whole', 'decimal', 'flag', 'unknown', 'empty_list')", name="kind"),
    )

    decision: Mapped[str] = mapped_column(primary_key=True, sort_order=-8)
    name: Mapped[str]
    listed: Mapped[bool]
    kind: Mapped[str]
    value: Mapped[str | None]


class InsteadRow(OfEntry, Base):
    __tablename__ = "instead"
    __table_args__ = (part_of("decision"),)

    decision: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str | None]
    drug: Mapped[str | None]


class NoteRow(Entry, Base):
    __tablename__ = "note"

    date: Mapped[Day]
    text: Mapped[str]
    by: Mapped[str | None]


class HistoryRow(Base):
    """One change of one entry, or of the patient or the diagnosis: what it was before, who changed it, and when.

    What a record held at its first saving has no row of its own: the row `created` tells who entered it.
    """

    __tablename__ = "history"
    __table_args__ = (
        CheckConstraint("change IN ('created', 'added', 'changed', 'marked', 'removed')", name="change"),
        {"info": {"merging": SET_ASIDE}},
    )

    key: Mapped[int] = mapped_column(primary_key=True)
    patient_key: Mapped[int] = mapped_column(ForeignKey("patient.key", ondelete="RESTRICT"), index=True)
    version: Mapped[int]  # that the change made
    at: Mapped[str]  # UTC
    by: Mapped[str]
    change: Mapped[str]
    section: Mapped[str]
    id: Mapped[str]  # of the entry; empty for the patient and the diagnosis
    former: Mapped[str | None]  # the entry as JSON, as an export wrote it; nothing when there was none


class WorklistPatientRow(OfPatient, Base):
    """That a patient's worklist was worked out: from which version, for which day, by which protocol and settings.

    Nothing clinical: it can be thrown away and is made anew from the records.
    """

    __tablename__ = "worklist_patient"
    __table_args__ = {"info": {"merging": MADE_ANEW}}  # noqa: RUF012  # SQLAlchemy's own spelling

    version: Mapped[int]
    as_of: Mapped[Day]
    until: Mapped[Day | None]  # the first day on which it must be worked out again; none: not by time alone
    made_by: Mapped[str]  # protocol, its checksum, the settings, the program's version


class WorklistItemRow(OfPatient, Listed, Base):
    """One thing that stands open for a patient (`app.pathway.worklist.Task`)."""

    __tablename__ = "worklist_item"
    __table_args__ = {"info": {"merging": MADE_ANEW}}  # noqa: RUF012  # SQLAlchemy's own spelling

    kind: Mapped[str]
    what: Mapped[str]
    since: Mapped[Day | None]
    rule: Mapped[str]
    drug: Mapped[str | None]
    line_since: Mapped[Day | None]
    decided_on: Mapped[Day | None]
    text: Mapped[str]
    facts: Mapped[str]
    beside: Mapped[Words]
    entries: Mapped[Words]


class WorklistRunRow(Base):
    """When the whole worklist was last brought up to date, and for which day: one row."""

    __tablename__ = "worklist_run"

    key: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[Day]
    at: Mapped[str]  # UTC


class PutAsideRow(Base):
    """That something on the worklist was done, or is snoozed: it counts while its facts are the same.

    Nothing is erased: what was taken back says when, and by whom.
    """

    __tablename__ = "put_aside"

    key: Mapped[int] = mapped_column(primary_key=True)
    patient_key: Mapped[int] = mapped_column(ForeignKey("patient.key", ondelete="RESTRICT"), index=True)
    facts: Mapped[str]  # `app.pathway.worklist.Task.facts`
    verdict: Mapped[str]  # done or snoozed
    kind: Mapped[str]
    what: Mapped[str]
    drug: Mapped[str | None]
    day: Mapped[Day]  # on which it was put aside
    until: Mapped[Day | None]  # the day on which it comes back; none: only when its facts change
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]  # UTC
    taken_back_at: Mapped[str | None]
    taken_back_by: Mapped[str | None]


class PersonRow(Base):
    """One of the clinic's people: never removed, since the history names them."""

    __tablename__ = "person"

    key: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    retired: Mapped[bool]
    changed_at: Mapped[str]  # UTC


class LikenessRow(OfPatient, Base):
    """One of the marks by which two records of one person find each other (`app.record.alike.marks`)."""

    __tablename__ = "likeness"
    __table_args__ = {"sqlite_with_rowid": False, "info": {"merging": MADE_ANEW}}  # noqa: RUF012  # SQLAlchemy's own spelling

    mark: Mapped[str] = mapped_column(primary_key=True, index=True, sort_order=-8)


class MergeRow(Base):
    """That a record was merged into another, with all that is needed to take it back until it has been.

    `patient_key` is the record that goes on; it, what went into it and what became of both are whole records as text
    (`db.convert.text_from`).
    """

    __tablename__ = "merge"

    key: Mapped[int] = mapped_column(primary_key=True)
    patient_key: Mapped[int] = mapped_column(ForeignKey("patient.key", ondelete="RESTRICT"), index=True)
    mrn: Mapped[str] = mapped_column(index=True)  # of the record that went into the other
    version: Mapped[int]  # of the record that goes on, as the merging made it
    at: Mapped[str]  # UTC
    by: Mapped[str]
    kept: Mapped[str]  # the record that goes on, as it was before
    absorbed: Mapped[str]  # the other one
    absorbed_version: Mapped[int]
    absorbed_changed_at: Mapped[str]
    merged: Mapped[str]  # what became of both
    aside: Mapped[str]  # rows set aside, by table
    carried: Mapped[str]  # keys of rows that went over, by table
    undone_version: Mapped[int | None]
    undone_at: Mapped[str | None]
    undone_by: Mapped[str | None]


class LetterRow(Base):
    """One letter that was signed, as it went out: its bytes, and the record it was written from.

    Nothing of it is ever changed or removed (`KEPT`), but that a newer letter takes its place, and that it goes with
    its patient when two records of one person become one.
    """

    __tablename__ = "letter"

    key: Mapped[int] = mapped_column(primary_key=True)
    patient_key: Mapped[int] = mapped_column(ForeignKey("patient.key", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(unique=True)  # at the foot of every page
    kind: Mapped[str]
    language: Mapped[str]
    recipient: Mapped[str]  # who, so that a newer letter finds the one before it
    address: Mapped[Words]
    as_of: Mapped[Day]
    signed_by: Mapped[str]
    signed_at: Mapped[str]  # UTC
    record_version: Mapped[int]
    record_sha256: Mapped[str]
    record: Mapped[bytes]  # as JSON, compressed
    protocol: Mapped[str]
    protocol_edition: Mapped[str]
    protocol_sha256: Mapped[str]
    seal: Mapped[str]  # SHA-256 of what the letter says; its beginning is in the square code
    sha256: Mapped[str] = mapped_column(index=True)  # of the bytes
    pdf: Mapped[bytes]  # compressed
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("letter.key", ondelete="RESTRICT"))
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("letter.key", ondelete="RESTRICT"))
    opening: Mapped[str | None]  # as it was typed; none: as the clinic had decided, or signed before it was kept
    closing: Mapped[str | None]
    question: Mapped[str | None]


# Whoever opens the database with another program is refused too.
KEPT = (
    "CREATE TRIGGER letter_as_signed BEFORE UPDATE OF key, code, kind, language, recipient, address, as_of, signed_by,"
    " signed_at, record_version, record_sha256, record, protocol, protocol_edition, protocol_sha256, seal, sha256, pdf,"
    " supersedes, opening, closing, question ON letter BEGIN SELECT RAISE(ABORT, 'a signed letter is never changed');"
    " END",
    "CREATE TRIGGER letter_superseded_once BEFORE UPDATE OF superseded_by ON letter WHEN OLD.superseded_by IS NOT NULL"
    " BEGIN SELECT RAISE(ABORT, 'a signed letter is never changed'); END",
    "CREATE TRIGGER letter_never_removed BEFORE DELETE ON letter"
    " BEGIN SELECT RAISE(ABORT, 'a signed letter is never removed'); END",
    "CREATE TRIGGER letter_never_replaced BEFORE INSERT ON letter"
    " WHEN EXISTS (SELECT 1 FROM letter WHERE key = NEW.key OR code = NEW.code)"
    " BEGIN SELECT RAISE(ABORT, 'a signed letter is never replaced'); END",
)
for _trigger in KEPT:
    event.listen(LetterRow.__table__, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]  # SQLAlchemy's own


class UnsignedLetterRow(Base):
    """A letter that was prepared and waits for its signature: what was chosen and typed; it is composed anew each time.

    Nothing is erased: one that was signed or put away says when, and by whom.
    """

    __tablename__ = "unsigned_letter"

    key: Mapped[int] = mapped_column(primary_key=True)
    patient_key: Mapped[int] = mapped_column(ForeignKey("patient.key", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]
    language: Mapped[str]
    recipient: Mapped[str]
    opening: Mapped[str | None]  # none: as the clinic has decided
    closing: Mapped[str | None]
    question: Mapped[str]
    day: Mapped[Day]  # on which it was prepared
    by: Mapped[str]
    at: Mapped[str]  # UTC
    closed_on: Mapped[Day | None]
    closed_by: Mapped[str | None]
