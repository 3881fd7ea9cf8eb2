"""The worklist as it was worked out last."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "worklist_patient",
        sa.Column("patient_key", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10)),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("patient_key", name="pk_worklist_patient"),
        of_patient("worklist_patient"),
    )
    op.create_table(
        "worklist_item",
        sa.Column("patient_key", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("since", sa.String(10)),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("drug", sa.String()),
        sa.Column("line_since", sa.String(10)),
        sa.Column("decided_on", sa.String(10)),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("beside", sa.Text(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("patient_key", "position", name="pk_worklist_item"),
        of_patient("worklist_item"),
    )


def of_patient(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["patient_key"], ["patient.key"], name=f"fk_{table}_patient_key", ondelete="RESTRICT"
    )
