"""Letters that were signed, kept as they went out, and those that wait for their signature."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEPT = (
    "CREATE TRIGGER letter_as_signed BEFORE UPDATE OF key, code, kind, language, recipient, address, as_of, signed_by,"
    " signed_at, record_version, record_sha256, record, protocol, protocol_edition, protocol_sha256, seal, sha256, pdf,"
    " supersedes ON letter BEGIN SELECT RAISE(ABORT, 'a signed letter is never changed'); END",
    "CREATE TRIGGER letter_superseded_once BEFORE UPDATE OF superseded_by ON letter WHEN OLD.superseded_by IS NOT NULL"
    " BEGIN SELECT RAISE(ABORT, 'a signed letter is never changed'); END",
    "CREATE TRIGGER letter_never_removed BEFORE DELETE ON letter"
    " BEGIN SELECT RAISE(ABORT, 'a signed letter is never removed'); END",
    "CREATE TRIGGER letter_never_replaced BEFORE INSERT ON letter"
    " WHEN EXISTS (SELECT 1 FROM letter WHERE key = NEW.key OR code = NEW.code)"
    " BEGIN SELECT RAISE(ABORT, 'a signed letter is never replaced'); END",
)


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("patient_key", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("code", "kind", "language", "recipient")),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("signed_by", "signed_at")),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("protocol", "protocol_edition", "protocol_sha256", "seal", "sha256")
        ),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("supersedes", sa.Integer()),
        sa.Column("superseded_by", sa.Integer()),
        sa.PrimaryKeyConstraint("key", name="pk_letter"),
        sa.UniqueConstraint("code", name="uq_letter_code"),
        sa.ForeignKeyConstraint(["patient_key"], ["patient.key"], name="fk_letter_patient_key", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["supersedes"], ["letter.key"], name="fk_letter_supersedes", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["superseded_by"], ["letter.key"], name="fk_letter_superseded_by", ondelete="RESTRICT"),
    )
    op.create_index("ix_letter_patient_key", "letter", ["patient_key"])
    op.create_index("ix_letter_sha256", "letter", ["sha256"])
    for trigger in KEPT:
        op.execute(trigger)
    op.create_table(
        "unsigned_letter",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("patient_key", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "language", "recipient")),
        sa.Column("opening", sa.String()),
        sa.Column("closing", sa.String()),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("by", "at")),
        sa.Column("closed_on", sa.String(10)),
        sa.Column("closed_by", sa.String()),
        sa.PrimaryKeyConstraint("key", name="pk_unsigned_letter"),
        sa.ForeignKeyConstraint(
            ["patient_key"], ["patient.key"], name="fk_unsigned_letter_patient_key", ondelete="RESTRICT"
        ),
    )
    op.create_index("ix_unsigned_letter_patient_key", "unsigned_letter", ["patient_key"])
