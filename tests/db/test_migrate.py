"""Databases of every version: made by migrations, brought up to date, refused when newer, checked, saved, restored."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, MetaData, Table

from app.record.alike import marks
from app.record.reading import NotPossible
from builders import a_note, a_patient, a_record
from db import migrate
from db.engine import open_engine
from db.store import Store
from db.tables import Base

DATABASES = Path(__file__).parents[1] / "databases"
ADA = a_record(a_note())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database of this version with Ada in it."""
    made = tmp_path / "patients.sqlite"
    store = Store(made)
    store.save(ADA, None, by="nurse1")
    store.close()
    return made


def sql(file: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as raw, raw:
        return raw.execute(statement).fetchall()


def record_in(file: Path) -> Any:
    store = Store(file)
    found = store.load("A-1042")
    store.close()
    return found and found[0]


def tables_of(file: Path) -> dict[str, Any]:
    """Return every table and index as its lines, in order of the alphabet: how they came about does not matter.

    Nor do quotes: SQLite puts them around the name of a table that was made anew.
    """
    found = sql(file, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    rows = [(name, text.replace('"', "")) for name, text in found]
    parts = re.compile(r"\n|, (?=CONSTRAINT|\w+ VARCHAR)|(?=\)$)")  # columns added later stand in one line
    return {name: sorted(line.strip(" ,\t") for line in parts.split(text)) for name, text in rows}


def test_the_migrations_make_exactly_the_tables_of_the_models(file: Path, tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "models.sqlite")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
    engine.dispose()
    assert tables_of(file) == tables_of(tmp_path / "models.sqlite")


def rises(name: str | None, kind: str, _parents: object) -> bool:
    """Return whether Alembic can compare this: not an index that falls, which the test above compares to the letter."""
    return kind != "index" or not str(name).endswith("_backwards")


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_alembic_finds_nothing_to_do(file: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = open_engine(file)
    with engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": rises}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_version_this_program_works_with_is_that_of_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_every_released_version_has_its_database_here() -> None:
    released = {path.name[:4] for path in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py")}
    assert released == {path.stem.removeprefix("alkpath-") for path in DATABASES.glob("*.sqlite")}


@pytest.mark.parametrize("version", sorted(path.stem[-4:] for path in DATABASES.glob("*.sqlite")))
def test_a_database_of_an_earlier_release_opens_with_everything_in_it(version: str, tmp_path: Path) -> None:
    copy = tmp_path / "old.sqlite"
    copy.write_bytes((DATABASES / f"alkpath-{version}.sqlite").read_bytes())
    store = Store(copy)
    found = store.load("TEST-1")
    assert found is not None
    record, number = found
    assert number == 2
    assert record.patient.family_name == "Łukasiewicz"
    assert str(record.assessments[0].target_lesions[0].mm) == "42.0"
    assert record.tests[0].ihc is not None
    assert record.decisions[0].facts["progression_extent"] == "oligometastatic"
    assert [one.change for one in store.history("TEST-1")] == ["created", "marked"]
    assert store.find("lukasiewicz")[0].mrn == "TEST-1"
    with store.cursor() as cursor:
        assert {mark for (mark,) in cursor.execute("SELECT mark FROM likeness")} == marks(record.patient)
    store.close()
    assert migrate.check(copy) == ()


def test_a_worklist_that_was_kept_before_it_had_checksums_is_worked_out_anew_and_loses_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "old.sqlite"
    copy.write_bytes((DATABASES / "alkpath-0002.sqlite").read_bytes())
    sql(copy, "INSERT INTO worklist_patient VALUES (1, 2, '2014-11-01', NULL, 'made by')")
    sql(
        copy,
        "INSERT INTO worklist_item (patient_key, position, kind, what, rule, text, beside, entries)"
        " VALUES (1, 0, 'undecided', 'switch', 'P7', 'Switch.', '', 'a3')",
    )
    migrate.upgrade(copy)
    assert sql(copy, "SELECT what, entries, facts FROM worklist_item") == [("switch", "a3", "")]
    assert sql(copy, "SELECT version FROM worklist_patient") == [(0,)]  # no record is of that version
    assert migrate.check(copy) == ()


LISTED = """
import sys
from pathlib import Path
from datetime import date
from app.services.patients import Patients
from db.store import Store
patients = Patients(Store(sys.argv[1]), date.today)
found = len(patients.find()), patients.count(), len(patients.numbered(["A-1042"]))
print(*found, {"alembic", "sqlalchemy", "pydantic", "reportlab"} & set(sys.modules))
"""


def test_a_list_of_patients_is_read_before_anything_heavy_is_loaded(file: Path) -> None:
    root = DATABASES.parents[1]
    command = [sys.executable, "-c", LISTED, str(file)]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout == "1 1 1 set()\n"


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(file: Path) -> None:
    sql(file, "UPDATE alembic_version SET version_num = '0099'")
    before = file.read_bytes()
    with pytest.raises(NotPossible, match=r"newer version .*0099.*Install the newer program"):
        Store(file).count()
    with pytest.raises(NotPossible, match="0099"):
        migrate.upgrade(file)
    with pytest.raises(NotPossible, match="0099"):
        migrate.check(file)
    assert file.read_bytes() == before


BEFORE = migrate.HEAD
NEXT = f"{int(migrate.HEAD) + 1:04}"


class Older:
    """A world in which this program is one migration further: it makes the table of tests anew."""

    MIGRATION = f'''
"""A field more, which SQLite gets by making the table anew."""
import sqlalchemy as sa
from alembic import op
revision = "{NEXT}"
down_revision = "{migrate.HEAD}"

def upgrade():
    with op.batch_alter_table("molecular_test", recreate="always") as table:
        table.add_column(sa.Column("laboratory", sa.String()))
    {{more}}
'''

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "pass") -> None:
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True)
        for path in (migrate.MIGRATIONS / "env.py", *(migrate.MIGRATIONS / "versions").glob("0*.py")):
            (folder / path.relative_to(migrate.MIGRATIONS)).write_text(path.read_text())
        (folder / "versions" / f"{NEXT}_laboratory.py").write_text(self.MIGRATION.format(more=more))
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)
        monkeypatch.setattr(migrate, "HEAD", NEXT)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    copy = tmp_path / "old.sqlite"
    copy.write_bytes((DATABASES / f"alkpath-{BEFORE}.sqlite").read_bytes())
    return copy


def test_an_older_database_is_brought_up_to_date_after_a_backup(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Older(tmp_path, monkeypatch)
    tests, results = sql(older, "SELECT id FROM molecular_test"), sql(older, "SELECT * FROM ihc")
    done = migrate.upgrade(older)
    assert (done.before, done.after) == (BEFORE, NEXT)
    assert sql(older, "SELECT version_num FROM alembic_version") == [(NEXT,)]
    assert sql(older, "SELECT id FROM molecular_test") == tests != []
    assert sql(older, "SELECT * FROM ihc") == results != []
    assert done.backup is not None
    assert done.backup.name.startswith(f"old-before-{NEXT}-")
    assert sql(done.backup, "SELECT version_num FROM alembic_version") == [(BEFORE,)]
    assert migrate.check(older) == ()


def test_an_older_database_is_brought_up_to_date_when_it_is_opened(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Older(tmp_path, monkeypatch)
    assert Store(older).mrns() == ("TEST-1",)
    assert sql(older, "SELECT version_num FROM alembic_version") == [(NEXT,)]


@pytest.mark.parametrize("loss", ['op.execute("DELETE FROM ihc")', 'op.execute("DELETE FROM molecular_test")'])
def test_an_upgrade_that_would_lose_rows_is_taken_back_whole(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loss: str
) -> None:
    Older(tmp_path, monkeypatch, more=loss)
    tables = [name for (name,) in sql(older, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    before = {name: sql(older, f'SELECT * FROM "{name}"') for name in tables}
    with pytest.raises(NotPossible, match="without losing entries"):
        migrate.upgrade(older)
    assert {name: sql(older, f'SELECT * FROM "{name}"') for name in tables} == before != {}
    assert sql(older, "SELECT version_num FROM alembic_version") == [(BEFORE,)]
    assert not any("tmp" in name for (name,) in sql(older, "SELECT name FROM sqlite_master"))


def test_a_backup_holds_what_has_been_saved_even_while_others_work(file: Path, tmp_path: Path) -> None:
    store = Store(file)
    store.save(a_record(patient=a_patient(mrn="A-2")), None, by="")  # still in the write-ahead log
    migrate.backup(file, tmp_path / "copies" / "monday.sqlite")
    store.close()
    assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == ["monday.sqlite"]
    assert sql(tmp_path / "copies" / "monday.sqlite", "SELECT mrn FROM patient ORDER BY mrn") == [("A-1042",), ("A-2",)]


def test_a_backup_takes_the_place_of_the_last_one(file: Path, tmp_path: Path) -> None:
    (tmp_path / "last.sqlite").write_bytes(b"old")
    migrate.backup(file, tmp_path / "last.sqlite")
    assert record_in(tmp_path / "last.sqlite") == ADA


def test_a_backup_that_cannot_be_written_leaves_the_last_one(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object, destination: object, report: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "last.sqlite").write_bytes(b"old")
    monkeypatch.setattr(migrate, "_copy", full)
    with pytest.raises(NotPossible, match="no space left"):
        migrate.backup(file, tmp_path / "last.sqlite")
    assert (tmp_path / "last.sqlite").read_bytes() == b"old"
    assert not list(tmp_path.glob(".*"))


def test_there_is_nothing_to_back_up_where_there_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(NotPossible, match="There is no database"):
        migrate.backup(tmp_path / "none.sqlite", tmp_path / "copy.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_not_its_own_backup(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(NotPossible, match="is the database itself"):
        migrate.backup(file, file)
    with pytest.raises(NotPossible, match="is the database itself"):
        migrate.restore(file, file)
    assert file.read_bytes() == before


def test_a_backup_is_restored_and_what_was_there_is_kept(file: Path, tmp_path: Path) -> None:
    migrate.backup(file, tmp_path / "monday.sqlite")
    store = Store(file)
    store.save(a_record(a_note("Later.", id="n2")), 1, by="")
    former = migrate.restore(file, tmp_path / "monday.sqlite")
    assert store.load("A-1042") == (ADA, 1), "an open window sees it at once"
    store.close()
    assert former is not None
    assert record_in(former) == a_record(a_note("Later.", id="n2"))


def test_a_backup_is_restored_where_there_was_nothing(file: Path, tmp_path: Path) -> None:
    assert migrate.restore(tmp_path / "new" / "patients.sqlite", file) is None
    assert record_in(tmp_path / "new" / "patients.sqlite") == ADA


def test_a_damaged_database_is_moved_away_and_the_backup_put_in_its_place(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    for content in (b"\xff" * 5000, whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2)):
        damaged = tmp_path / f"damaged-{len(content)}.sqlite"
        damaged.write_bytes(content)
        former = migrate.restore(damaged, file)
        assert former is not None
        assert former.read_bytes() == content
        assert record_in(damaged) == ADA


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4" + b"x" * 5000])
def test_what_is_no_backup_is_not_restored(file: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "no.sqlite").write_bytes(content)
    with pytest.raises(NotPossible):
        migrate.restore(file, tmp_path / "no.sqlite")
    assert record_in(file) == ADA


def test_a_backup_of_a_newer_version_is_not_restored(file: Path, tmp_path: Path) -> None:
    migrate.backup(file, tmp_path / "new.sqlite")
    sql(tmp_path / "new.sqlite", "UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(NotPossible, match="Install the newer program"):
        migrate.restore(file, tmp_path / "new.sqlite")
    assert record_in(file) == ADA


def test_nothing_is_restored_into_a_database_that_is_in_use(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.WAIT_SECONDS", 0.5)
    migrate.backup(file, tmp_path / "monday.sqlite")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotPossible, match="locked by another program"):
        migrate.restore(file, tmp_path / "monday.sqlite")
    other.execute("ROLLBACK")
    other.close()
    assert record_in(file) == ADA


def test_a_sound_database_has_nothing_wrong_with_it(file: Path) -> None:
    assert migrate.check(file) == ()


def test_rows_that_belong_to_nothing_are_found(file: Path) -> None:
    sql(file, "DELETE FROM patient")
    assert migrate.check(file) == (
        "Rows of history belong to nothing in patient.",
        "Rows of likeness belong to nothing in patient.",
        "Rows of note belong to nothing in patient.",
    )


def test_a_damaged_database_is_found(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) - len(whole) // 2))
    with pytest.raises(NotPossible, match=r"is damaged\. Restore the last backup"):
        migrate.check(file)


def test_an_index_that_has_lost_a_row_is_found(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA writable_schema=ON")
        other = "CREATE INDEX ix_patient_search ON patient (mrn)"
        raw.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ix_patient_search'", (other,))
        raw.commit()
    assert any("ix_patient_search" in problem for problem in migrate.check(file))


def test_every_clinical_table_is_tied_to_its_patient_and_cannot_be_emptied_by_accident() -> None:
    of_the_clinic = {"patient", "person", "worklist_run"}
    for table in Base.metadata.tables.values():
        if table.name in of_the_clinic:
            continue
        assert "patient_key" in table.columns
        assert {key.ondelete for key in table.foreign_keys} == {"RESTRICT"}
        assert all(constraint.name for constraint in table.constraints)
        if "entered_in_error" in table.columns:
            assert [column.name for column in table.primary_key] == ["patient_key", "id"]


def test_the_models_and_the_database_would_differ_if_a_column_were_forgotten(file: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    metadata = MetaData()
    Table("lab", metadata, Column("key", Integer, primary_key=True), Column("forgotten", Boolean))
    engine = open_engine(file)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) != []
    engine.dispose()
