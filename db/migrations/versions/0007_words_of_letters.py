"""The words that were typed into a signed letter, so that the one which puts it right begins with them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

AS_SIGNED = (
    "CREATE TRIGGER letter_as_signed BEFORE UPDATE OF key, code, kind, language, recipient, address, as_of, signed_by,"
    " signed_at, record_version, record_sha256, record, protocol, protocol_edition, protocol_sha256, seal, sha256, pdf,"
    " supersedes, opening, closing, question ON letter BEGIN SELECT RAISE(ABORT, 'a signed letter is never changed');"
    " END"
)


def upgrade() -> None:
    for name in ("opening", "closing", "question"):
        op.add_column("letter", sa.Column(name, sa.String()))
    op.execute("DROP TRIGGER letter_as_signed")
    op.execute(AS_SIGNED)
