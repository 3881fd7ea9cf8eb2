"""The people of the clinic; what they put aside of the worklist, and when it was last brought up to date."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_person"),
        sa.UniqueConstraint("name", name="uq_person_name"),
    )
    op.create_table(
        "put_aside",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("patient_key", sa.Integer(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("drug", sa.String()),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10)),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.String()),
        sa.Column("taken_back_by", sa.String()),
        sa.PrimaryKeyConstraint("key", name="pk_put_aside"),
        sa.ForeignKeyConstraint(["patient_key"], ["patient.key"], name="fk_put_aside_patient_key", ondelete="RESTRICT"),
    )
    op.create_index("ix_put_aside_patient_key", "put_aside", ["patient_key"])
    op.create_table(
        "worklist_run",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_worklist_run"),
    )
    # What is kept has no checksum yet, and so is worked out anew; a column that is never empty needs two steps.
    with op.batch_alter_table("worklist_item") as table:
        table.add_column(sa.Column("facts", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("worklist_item", recreate="always") as table:
        table.alter_column("facts", server_default=None)
    op.execute("UPDATE worklist_patient SET version = 0")
