"""`database`: upgrade, check, backup, restore."""

import sqlite3


def test_a_new_database_is_made_once(terminal):
    assert terminal.type("database", "upgrade").out.startswith("A new database was made")
    assert terminal.type("database", "upgrade").out.startswith("The database is up to date")
    assert terminal.type("database", "check").out == "The database is whole.\n"


def test_a_backup_can_be_put_back(terminal, demo):
    terminal.type("import", demo(1))
    before = terminal.dump()
    backup = terminal.home / "backup.sqlite"
    assert terminal.type("database", "backup", backup).code == 0
    terminal.type("import", demo(2))
    said = terminal.type("database", "restore", backup)
    assert (said.code, said.err) == (0, "")
    assert terminal.dump() == before
    former = said.out.splitlines()[1].removeprefix("What was there before is kept as ")
    assert terminal.type("export", "DEMO-2", "--database", former).code == 0


def test_a_file_that_is_no_backup_is_refused_and_the_database_stays(terminal, demo):
    terminal.type("import", demo(1))
    before = terminal.dump()
    for content in (b"not a database", b"\0" * 5000, b""):
        said = terminal.type("database", "restore", terminal.file("backup.sqlite", content))
        assert (said.code, len(said.faults), said.out) == (1, 1, "")
    assert terminal.type("database", "restore", terminal.home / "missing.sqlite").code == 1
    assert terminal.dump() == before


def test_a_database_that_is_not_there_cannot_be_checked_or_copied(terminal):
    for words in (("check",), ("backup", terminal.home / "b.sqlite")):
        said = terminal.type("database", *words)
        assert (said.code, said.faults) == (1, [f"There is no database at {terminal.database}."])
    assert not (terminal.home / "b.sqlite").exists()


def test_a_backup_that_cannot_be_written_is_one_line(terminal, demo):
    terminal.type("import", demo(1))
    file = terminal.file("file", "")
    said = terminal.type("database", "backup", file / "b.sqlite")
    assert (said.code, len(said.faults)) == (1, 1)
    assert str(file) in said.err


def test_what_is_wrong_with_a_database_is_said_line_by_line(terminal, demo):
    terminal.type("import", demo(1))
    connection = sqlite3.connect(terminal.database)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("DELETE FROM patient")
    connection.commit()
    connection.close()
    said = terminal.type("database", "check")
    assert said.code == 1
    assert said.faults
    assert all("belong to nothing" in line for line in said.faults)


def test_a_database_of_a_newer_version_is_refused_everywhere(terminal, demo):
    terminal.type("import", demo(1))
    connection = sqlite3.connect(terminal.database)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = terminal.dump()
    for words in (("next-step", "DEMO-1"), ("import", demo(2)), ("export", "--all"), ("database", "upgrade")):
        said = terminal.type(*words)
        assert (said.code, len(said.faults)) == (1, 1)
        assert "newer version" in said.err
    assert terminal.dump() == before
