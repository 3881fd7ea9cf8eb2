"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# A migration is what the tables were at its time: it must not import the models, which go on changing.


def upgrade() -> None:
    op.create_table(
        "patient",
        whole("key!"), whole("version!"), words("changed_at!"), words("search!"), words("mrn!"),
        words("family_name!"), words("given_name"), day("birth_date"), words("sex"), day("deceased_on"),
        listed("address"), words("phone"), words("language"),
        sa.PrimaryKeyConstraint("key", name="pk_patient"),
        sa.CheckConstraint("version >= 1", name=op.f("ck_patient_version")),
        sa.UniqueConstraint("mrn", name="uq_patient_mrn"),
    )  # fmt: skip
    op.create_index("ix_patient_search", "patient", ["search"])
    person()
    tests()
    course()
    rest()
    op.create_table(
        "history",
        whole("key!"), whole("patient_key!"), whole("version!"), words("at!"), words("by!"), words("change!"),
        words("section!"), words("id!"), words("former"),
        sa.PrimaryKeyConstraint("key", name="pk_history"),
        belongs("history", ["patient_key"], "patient", ["key"]),
        check("history", "change", "change IN ('created', 'added', 'changed', 'marked', 'removed')"),
    )  # fmt: skip
    op.create_index("ix_history_patient_key", "history", ["patient_key"])


# fmt: off

def person() -> None:
    part("general_practitioner", "patient", ("patient_key",), words("name"), listed("address"), words("language"))
    part(
        "recipient", "patient", ("patient_key", "position"), words("name"), listed("address"), words("language"),
        words("role"),
    )
    part("team", "patient", ("patient_key",), words("nurse"), words("doctor"))
    part(
        "diagnosis", "patient", ("patient_key",), day("date"), words("histology"), flag("limited_sample"),
        flag("signet_ring_cells"), words("stage"), words("tnm"), whole("tnm_edition"), flag("resected"),
        day("resected_on"), listed("metastatic_sites"),
    )
    part("smoking", "diagnosis", ("patient_key",), words("status"), digits("pack_years"))
    entry("staging", day("date!"), words("stage"), words("tnm"), whole("tnm_edition"), listed("metastatic_sites"))
    entry(
        "performance_status", day("date!"), whole("ecog"), check("performance_status", "ecog", "ecog BETWEEN 0 AND 5"),
    )
    entry("condition", day("date!"), words("code!"), flag("present!"))


def tests() -> None:
    entry(
        "specimen", day("date"), words("kind!"), words("status"), day("requested_on"), words("preservation"),
        words("site"), words("purpose!"), words("prompted_by"), flag("adequate"), words("histology"),
    )
    entry(
        "molecular_test", words("specimen!"), words("method!"), day("requested_on"), day("reported_on"),
        words("status!"),
    )
    part(
        "ihc", "molecular_test", ("patient_key", "molecular_test"), words("clone"), whole("intensity"),
        digits("percent_cells"), words("reported"), check("ihc", "intensity", "intensity BETWEEN 0 AND 3"),
    )
    part("fish", "molecular_test", ("patient_key", "molecular_test"), whole("fields"), words("reported"))
    part(
        "fish_reading", "fish", ("patient_key", "molecular_test", "position"), words("reader"), day("date"),
        whole("cells"), whole("split"), whole("single_red"),
    )
    part(
        "rt_pcr", "molecular_test", ("patient_key", "molecular_test"), words("reported"), words("partner"),
        words("variant"),
    )
    part("ngs", "molecular_test", ("patient_key", "molecular_test"))
    part("fusion", "ngs", ("patient_key", "molecular_test"), words("reported"), words("partner"), words("variant"))
    part(
        "alteration", "ngs", ("patient_key", "molecular_test", "position"), words("gene!"), words("kind!"),
        words("protein"),
    )
    part("gene_result", "molecular_test", ("patient_key", "molecular_test"), words("gene"), words("reported"))


def course() -> None:
    entry(
        "therapy_line", words("intent"), listed("drugs"), flag("in_trial"), day("started_on"), day("stopped_on"),
        words("stop_reason"),
    )
    part(
        "dose", "therapy_line", ("patient_key", "therapy_line", "position"), words("drug!"), day("from!"), day("to"),
        digits("amount"), words("unit"), words("frequency!"), words("reason"),
    )
    entry("local_treatment", day("date!"), words("kind!"), words("site!"), words("prompted_by"))
    entry(
        "assessment", day("date!"), words("modality!"), words("timepoint"), flag("baseline"), words("non_target"),
        words("reported_response"),
    )
    part(
        "target_lesion", "assessment", ("patient_key", "assessment", "position"), words("lesion!"), words("site!"),
        flag("lymph_node"), digits("mm"), flag("too_small_to_measure"), words("merged_with"), words("split_from"),
    )
    part(
        "non_target_lesion", "assessment", ("patient_key", "assessment", "position"), words("lesion"), words("site"),
        words("status"),
    )
    part("new_lesion", "assessment", ("patient_key", "assessment", "position"), words("site"), flag("unequivocal"))
    part(
        "progression", "assessment", ("patient_key", "assessment"), flag("symptomatic"), words("tempo"),
        words("extent"), listed("sites"), flag("local_treatment_possible"), flag("well_tolerated"),
    )


def rest() -> None:
    entry(
        "lab", day("date!"), words("sample"), words("analyte!"), digits("value"), words("comparator"), words("unit"),
        digits("lower"), digits("upper"), flag("symptomatic"), words("formula"),
    )
    entry("examination", day("date!"), words("kind!"), words("result"))
    entry(
        "adverse_event", words("term!"), whole("grade"), words("ctcae_version"), day("from!"), day("to"),
        words("suspected_drug"), flag("other_causes_excluded"), listed("causes_excluded"),
        check("adverse_event", "grade", "grade BETWEEN 0 AND 5"),
    )
    entry("access", day("date!"), words("drug!"), flag("available!"), words("reason"))
    entry("trial", day("date!"), words("name!"), flag("open!"), words("setting"), flag("requires_rebiopsy"))
    entry("medicine", words("name!"), day("from"), day("to"))
    entry(
        "decision", day("date!"), day("as_of!"), words("protocol"), words("protocol_sha256"), words("rule!"),
        words("action!"), words("drug"), words("verdict!"), words("reason_code"), words("reason"), words("by"),
    )
    part(
        "decision_fact", "decision", ("patient_key", "decision", "position"), words("name!"), flag("listed!"),
        words("kind!"), words("value"),
        check("decision_fact", "kind", "kind IN ('text', 'whole', 'decimal', 'flag', 'unknown', 'empty_list')"),
    )
    part("instead", "decision", ("patient_key", "decision"), words("action"), words("drug"))
    entry("note", day("date!"), words("text!"), words("by"))

# fmt: on


def entry(table: str, *columns: sa.schema.SchemaItem) -> None:
    """Create the table of a kind of entry."""
    op.create_table(
        table,
        whole("patient_key!"), words("id!"), whole("position!"),
        *columns,
        flag("entered_in_error!"), day("entered_in_error_on"), words("entered_in_error_by"),
        words("entered_in_error_reason"),
        sa.PrimaryKeyConstraint("patient_key", "id", name=f"pk_{table}"),
        belongs(table, ["patient_key"], "patient", ["key"]),
    )  # fmt: skip


def part(table: str, owner: str, key: tuple[str, ...], *columns: sa.schema.SchemaItem) -> None:
    """Create the table of a part of the patient, of the diagnosis, of an entry, or of another part."""
    own = [name for name in key if name != "position"]
    theirs = {"patient": ["key"], "diagnosis": ["patient_key"]}.get(owner) or [
        "patient_key", own[1] if owner in ("fish", "ngs") else "id",
    ]  # fmt: skip
    op.create_table(
        table,
        *(whole(f"{name}!") if name in ("patient_key", "position") else words(f"{name}!") for name in key),
        *columns,
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
        belongs(table, own, owner, theirs),
    )


def belongs(table: str, own: list[str], owner: str, theirs: list[str]) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{'_'.join(own)}"
    return sa.ForeignKeyConstraint(own, [f"{owner}.{column}" for column in theirs], name=name, ondelete="RESTRICT")


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def column(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    """Return a column; a name that ends in `!` is never empty."""
    return sa.Column(name.rstrip("!"), kind, nullable=not name.endswith("!"), autoincrement=name == "key!")


def words(name: str) -> sa.Column[Any]:
    return column(name, sa.String())


def day(name: str) -> sa.Column[Any]:
    return column(name, sa.String(10))


def whole(name: str) -> sa.Column[Any]:
    return column(name, sa.Integer())


def flag(name: str) -> sa.Column[Any]:
    return column(name, sa.Boolean())


def digits(name: str) -> sa.Column[Any]:
    return column(name, sa.Text())


def listed(name: str) -> sa.Column[Any]:
    return column(f"{name}!", sa.Text())
