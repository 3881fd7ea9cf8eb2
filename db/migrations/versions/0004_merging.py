"""What patients are recognised by, so that nobody is entered twice; and the merging of two records of one person."""

import sqlalchemy as sa
from alembic import op

from app.record.alike import marks
from app.record.patient import Patient

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    likeness = op.create_table(
        "likeness",
        sa.Column("patient_key", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("patient_key", "mark", name="pk_likeness"),
        of_patient("likeness"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merge",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("patient_key", sa.Integer(), nullable=False),
        *(sa.Column(name, kind(), nullable=False) for name, kind in MERGE),
        sa.Column("undone_version", sa.Integer()),
        sa.Column("undone_at", sa.String()),
        sa.Column("undone_by", sa.String()),
        sa.PrimaryKeyConstraint("key", name="pk_merge"),
        of_patient("merge"),
    )
    op.create_index("ix_merge_patient_key", "merge", ["patient_key"])
    op.create_index("ix_merge_mrn", "merge", ["mrn"])
    names = sa.text("SELECT key, mrn, family_name, given_name, birth_date FROM patient")
    for rows in op.get_bind().execute(names).partitions(2000):
        op.bulk_insert(likeness, [
            {"patient_key": key, "mark": mark}
            for key, mrn, family, given, born in rows
            for mark in marks(Patient(mrn=mrn, family_name=family, given_name=given, birth_date=born))
        ])  # fmt: skip
    op.create_index("ix_likeness_mark", "likeness", ["mark"])


MERGE = (
    ("mrn", sa.String), ("version", sa.Integer), ("at", sa.String), ("by", sa.String), ("kept", sa.String),
    ("absorbed", sa.String), ("absorbed_version", sa.Integer), ("absorbed_changed_at", sa.String),
    ("merged", sa.String), ("aside", sa.String), ("carried", sa.String),
)  # fmt: skip


def of_patient(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["patient_key"], ["patient.key"], name=f"fk_{table}_patient_key", ondelete="RESTRICT"
    )
