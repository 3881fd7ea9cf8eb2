"""The patients in the order of their birth date or sex, and of the name within it, both ways."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("birth_date", "sex"):
        op.execute(f"CREATE INDEX ix_patient_by_{name} ON patient ({name}, search)")
        op.execute(f"CREATE INDEX ix_patient_by_{name}_backwards ON patient ({name} DESC, search)")
