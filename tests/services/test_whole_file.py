"""Files that are there whole or not at all."""

import sqlite3
from pathlib import Path

import pytest

from app.record.reading import NotPossible
from app.services.whole_file import whole_file


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def half_written(path):
    with whole_file(path) as out:
        out.write(b"half")
        raise ZeroDivisionError


def test_a_file_is_there_once_it_is_whole(tmp_path):
    with whole_file(tmp_path / "letter.pdf") as out:
        out.write(b"page")
        assert not (tmp_path / "letter.pdf").exists()
    assert (tmp_path / "letter.pdf").read_bytes() == b"page"
    assert names(tmp_path) == ["letter.pdf"]


def test_an_error_while_writing_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        half_written(tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes() == b"old"
    assert names(tmp_path) == ["letter.pdf"]


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    with whole_file(tmp_path / "link") as out:
        out.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_the_rights_of_a_replaced_file_stay(tmp_path):
    (tmp_path / "letter.pdf").touch(mode=0o640)
    (tmp_path / "letter.pdf").chmod(0o640)
    with whole_file(tmp_path / "letter.pdf") as out:
        out.write(b"new")
    assert (tmp_path / "letter.pdf").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("folder", "it is a folder"),
        ("missing/letter.pdf", "No such file or directory"),
        ("file/letter.pdf", "Not a directory"),
    ],
)
def test_a_place_that_takes_no_file_is_named_with_the_reason(tmp_path, place, why):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(NotPossible) as refused, whole_file(tmp_path / place) as out:
        out.write(b"page")
    assert str(refused.value) == f"{tmp_path / place} cannot be written: {why}"
    assert names(tmp_path) == ["file", "folder"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_said_so():
    with pytest.raises(NotPossible) as refused, whole_file(Path("/dev/full")) as out:
        out.write(b"page")
    assert str(refused.value) == "/dev/full cannot be written: No space left on device"


def test_a_database_is_not_replaced_by_a_slip_of_the_fingers(tmp_path):
    connection = sqlite3.connect(tmp_path / "alkpath.sqlite")
    connection.execute("CREATE TABLE patient (mrn)")
    connection.close()
    before = (tmp_path / "alkpath.sqlite").read_bytes()
    with pytest.raises(NotPossible, match=r"alkpath\.sqlite is a database; it is not replaced\."):
        half_written(tmp_path / "alkpath.sqlite")
    assert (tmp_path / "alkpath.sqlite").read_bytes() == before
