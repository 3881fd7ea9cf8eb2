"""Saving is whole or not at all, keeps what was there before, and never passes over what somebody else saved."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.record.diagnosis import Diagnosis, Smoking
from app.record.fields import EnteredInError
from app.record.files import json_bytes
from app.record.molecular_test import Ngs
from app.record.reading import ChangedMeanwhile, NotPossible, Refused
from builders import a_decision, a_dose, a_lab, a_line, a_note, a_patient, a_record, a_test, an_assessment, an_ihc
from db.store import Store
from db.tables import Base

ADA = a_record(a_note())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "patients.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = Store(file)
    yield opened
    opened.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a tenth of a second for a lock, not five."""
    monkeypatch.setattr("db.engine.WAIT_SECONDS", 0.1)


def rows_of_everything(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(file) as raw:
        found = {name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in Base.metadata.tables}
    raw.close()
    return found


def test_a_saved_record_comes_back_with_its_version(store: Store) -> None:
    assert store.save(ADA, None, by="nurse1") == 1
    assert store.load("A-1042") == (ADA, 1)


def test_an_unknown_number_is_nobody(store: Store) -> None:
    assert store.load("A-1042") is None
    assert store.mrns() == ()


def test_a_changed_record_has_the_next_version(store: Store) -> None:
    store.save(ADA, None, by="")
    more = ADA.with_entry(a_lab("ALT", "42.0"))
    assert store.save(more, 1, by="") == 2
    assert store.load("A-1042") == (more, 2)


def test_saving_what_is_there_already_changes_nothing(store: Store, file: Path) -> None:
    store.save(ADA, None, by="")
    before = rows_of_everything(file)
    assert store.save(ADA, 1, by="somebody") == 1
    assert rows_of_everything(file) == before


def test_the_second_of_two_who_add_different_entries_to_one_version_is_told(store: Store) -> None:
    store.save(ADA, None, by="")
    store.save(ADA.with_entry(an_assessment(30)), 1, by="nurse1")
    with pytest.raises(ChangedMeanwhile):
        store.save(ADA.with_entry(a_lab("ALT", 42)), 1, by="nurse2")
    assert store.load("A-1042") == (ADA.with_entry(an_assessment(30)), 2)


def test_two_programs_may_work_in_one_database(store: Store, file: Path) -> None:
    other = Store(file)
    store.save(ADA, None, by="")
    other.save(ADA.with_entry(a_lab("ALT", 42)), 1, by="")
    assert store.load("A-1042") == (ADA.with_entry(a_lab("ALT", 42)), 2)
    other.close()


def test_a_number_that_another_patient_has_is_refused(store: Store) -> None:
    store.save(ADA, None, by="")
    with pytest.raises(Refused) as refused:
        store.save(replace(ADA, notes=()), None, by="")
    assert [str(fault) for fault in refused.value.faults] == [
        "patient.mrn: A-1042 is already the number of another patient"
    ]
    assert store.load("A-1042") == (ADA, 1)


def test_a_record_may_take_the_place_of_the_one_with_its_number(store: Store) -> None:
    store.save(ADA, None, by="")
    other = a_record(a_lab("ALT", 42), patient=a_patient(given_name="Eva"))
    assert store.save(other, None, by="nurse1", replace=True) == 2
    assert store.load("A-1042") == (other, 2)
    assert [(one.change, one.section, one.entry_id) for one in store.history("A-1042")] == [
        ("created", "", ""), ("changed", "patient", ""), ("added", "labs", "lab1"), ("removed", "notes", "n1"),
    ]  # fmt: skip


def test_a_corrected_number_keeps_the_patient_and_the_history(store: Store) -> None:
    store.save(ADA, None, by="")
    corrected = replace(ADA, patient=a_patient(mrn="A-1043"))
    assert store.save(corrected, 1, by="", mrn="A-1042") == 2
    assert store.mrns() == ("A-1043",)
    assert [one.former for one in store.history("A-1043") if one.former] == [
        {"mrn": "A-1042", "family_name": "Example", "given_name": "Ada", "birth_date": "1964-05-02"}
    ]


def test_a_number_cannot_be_corrected_to_that_of_another_patient(store: Store) -> None:
    store.save(ADA, None, by="")
    store.save(a_record(patient=a_patient(mrn="B-1")), None, by="")
    with pytest.raises(Refused):
        store.save(replace(ADA, patient=a_patient(mrn="B-1")), 1, by="", mrn="A-1042")
    assert store.load("A-1042") == (ADA, 1)


def test_a_patient_who_is_gone_cannot_be_saved_over(store: Store) -> None:
    with pytest.raises(NotPossible, match="no patient with the number A-1042"):
        store.save(ADA, 1, by="")
    assert store.count() == 0


def test_history_keeps_what_an_entry_was_who_changed_it_and_when(store: Store) -> None:
    store.save(ADA, None, by="nurse1")
    store.save(ADA.with_entry(a_note("Corrected.")), 1, by="nurse2")
    change = store.history("A-1042", "n1")[0]
    assert (change.version, change.by, change.change, change.section) == (2, "nurse2", "changed", "notes")
    assert change.former == {"id": "n1", "date": "2014-11-01", "text": "Seen in clinic."}
    assert len(change.at) == 20
    assert change.at.endswith("Z")


def test_history_keeps_numbers_with_the_digits_they_had(store: Store) -> None:
    store.save(a_record(a_lab("ALT", "42.0")), None, by="")
    store.save(a_record(a_lab("ALT", "43")), 1, by="")
    former = store.history("A-1042", "lab1")[0].former
    assert former is not None
    assert str(former["value"]) == "42.0"


def test_history_knows_an_entry_that_was_marked_as_entered_in_error(store: Store) -> None:
    store.save(ADA, None, by="")
    wrong = replace(a_note(), entered_in_error=EnteredInError(reason="other patient"))
    store.save(ADA.with_entry(wrong), 1, by="")
    assert [one.change for one in store.history("A-1042", "n1")] == ["marked"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (a_line(doses=(a_dose(),)), a_line(doses=(a_dose(), a_dose(from_="2014-03-10", amount=200)))),
        (an_assessment(30, 20), an_assessment(30)),
        (an_assessment("42"), an_assessment("42.0")),
        (an_ihc(), a_test("t1", "ihc", None)),
        (a_test("t1", "ngs", ngs=Ngs()), a_test("t1", "ngs", None)),
    ],
    ids=["a dose more", "a lesion less", "other digits", "a result taken back", "an empty result taken back"],
)
def test_a_change_in_a_part_is_a_change_of_its_entry(store: Store, before: object, after: object) -> None:
    store.save(a_record(before), None, by="")  # type: ignore[arg-type]
    store.save(a_record(after), 1, by="")  # type: ignore[arg-type]
    changes = store.history("A-1042")
    assert [(one.version, one.change) for one in changes] == [(1, "created"), (2, "changed")]
    assert store.load("A-1042") == (a_record(after), 2)  # type: ignore[arg-type]


def test_the_diagnosis_has_its_history_too(store: Store) -> None:
    store.save(a_record(diagnosis=Diagnosis(smoking=Smoking(status="never"))), None, by="")
    store.save(a_record(diagnosis=Diagnosis(smoking=Smoking(status="former"))), 1, by="")
    store.save(a_record(), 2, by="")
    assert [(one.change, one.section, one.former) for one in store.history("A-1042")[1:]] == [
        ("changed", "diagnosis", {"smoking": {"status": "never"}}),
        ("removed", "diagnosis", {"smoking": {"status": "former"}}),
    ]


def test_entries_may_be_put_in_another_order_without_a_word_of_history(store: Store) -> None:
    first, second = a_note("One.", id="n1"), a_note("Two.", id="n2")
    store.save(a_record(first, second), None, by="")
    store.save(a_record(second, first), 1, by="")
    assert store.load("A-1042") == (a_record(second, first), 2)
    assert [one.change for one in store.history("A-1042")] == ["created"]


def test_many_savings_are_stored_together_or_not_at_all(store: Store) -> None:
    def three_and_a_mistake() -> None:
        with store.saving() as saving:
            for mrn in ("A-1", "A-2", "A-3"):
                saving.save(a_record(patient=a_patient(mrn=mrn)), None, by="")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        three_and_a_mistake()
    assert store.count() == 0


def test_a_full_disk_leaves_the_database_as_it_was(store: Store, file: Path) -> None:
    store.save(ADA, None, by="")
    before = rows_of_everything(file)
    engine = store._opened()
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages}")
    large = a_record(a_lab("ALT", 1), *(a_note("x" * 5000, id=f"n{number}") for number in range(20)))
    with pytest.raises(NotPossible, match="disk is full"):
        store.save(large, 1, by="")
    assert rows_of_everything(file) == before
    assert store.load("A-1042") == (ADA, 1)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")
    assert store.save(large, 1, by="") == 2


@pytest.mark.usefixtures("impatient")
def test_a_database_locked_by_another_program_is_said_to_be(store: Store, file: Path) -> None:
    store.save(ADA, None, by="")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.close()
    with pytest.raises(NotPossible, match=r"patients\.sqlite is locked by another program"):
        store.save(replace(ADA, notes=()), 1, by="")
    assert store.load("A-1042") == (ADA, 1), "reading goes on"
    other.execute("ROLLBACK")
    other.close()
    assert store.save(replace(ADA, notes=()), 1, by="") == 2


@pytest.mark.usefixtures("impatient")
def test_a_database_that_another_program_has_to_itself_is_said_to_be_locked(store: Store, file: Path) -> None:
    store.save(ADA, None, by="")
    store.close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotPossible, match="locked by another program"):
        store.find()
    other.close()
    assert store.count() == 1


KILLED = """
import os, signal, sys
from builders import a_note, a_patient, a_record
from db.store import Store
with Store(sys.argv[1]).saving() as saving:
    for number in range(50):
        saving.save(a_record(a_note("x" * 100_000), patient=a_patient(mrn=f"B-{number}")), None, by="")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_program_killed_while_saving_leaves_the_database_as_it_was(store: Store, file: Path) -> None:
    store.save(ADA, None, by="")
    before = rows_of_everything(file)
    root = Path(__file__).parents[2]
    path = os.pathsep.join((str(root), str(root / "tests")))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(file)], env={**os.environ, "PYTHONPATH": path}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert rows_of_everything(file) == before
    assert store.mrns() == ("A-1042",)
    assert store.save(replace(ADA, notes=()), 1, by="") == 2


def test_threads_may_save_and_read_at_once(store: Store) -> None:
    store.save(ADA, None, by="")
    wrong: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for number in range(10):
                store.save(a_record(patient=a_patient(mrn=f"T-{thread}-{number}")), None, by="")
                assert store.load("A-1042") == (ADA, 1)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert store.count() == 41


def test_records_read_one_by_one_are_all_of_one_moment(store: Store) -> None:
    for mrn in ("A-1", "A-2"):
        store.save(a_record(patient=a_patient(mrn=mrn)), None, by="")
    records = store.records(("A-1", "A-2"))
    next(records)
    store.save(a_record(a_note(), patient=a_patient(mrn="A-2")), 1, by="")
    assert next(records).notes == ()


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    store = Store(tmp_path / "a" / "b" / "patients.sqlite")
    assert store.count() == 0
    store.close()
    assert (tmp_path / "a" / "b" / "patients.sqlite").exists()


def test_a_url_names_a_file_too(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/my%20patients.sqlite")
    store.save(ADA, None, by="")
    store.close()
    assert (tmp_path / "my patients.sqlite").exists()


@pytest.mark.parametrize("url", ["postgresql://clinic/patients", "postgresql+psycopg://clinic/patients", "mysql://x/y"])
def test_another_database_system_is_not_in_this_version(url: str) -> None:
    with pytest.raises(NotPossible, match=r"SQLite files only, not in (postgresql|mysql)"):
        Store(url)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_in_memory_would_be_lost(url: str) -> None:
    with pytest.raises(NotPossible, match="Give a file"):
        Store(url)


def test_a_path_under_a_file_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("")
    with pytest.raises(NotPossible, match="there is a file in its path"):
        Store(tmp_path / "letter.txt" / "patients.sqlite").count()
    with pytest.raises(NotPossible, match="there is a file in its path"):
        Store(tmp_path / "letter.txt" / "more" / "patients.sqlite").count()


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(NotPossible, match="is a folder"):
        Store(tmp_path).count()


def test_what_is_not_a_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.4" + b"x" * 5000)
    with pytest.raises(NotPossible, match="is not a database of this program"):
        Store(file).count()
    assert file.read_bytes() == b"%PDF-1.4" + b"x" * 5000


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "photos.sqlite"
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE photo (id INTEGER)")
    raw.close()
    before = file.read_bytes()
    with pytest.raises(NotPossible, match="is a database of another program"):
        Store(file).count()
    assert file.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said_to_be(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NotPossible, match="cannot be"):
        Store(tmp_path / "patients.sqlite").count()


def test_a_damaged_database_is_said_to_be(store: Store, file: Path) -> None:
    store.save(ADA, None, by="")
    store.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(NotPossible, match="is damaged"):
        store.load("A-1042")


def test_no_patient_is_named_in_what_goes_wrong(store: Store) -> None:
    store.save(ADA, None, by="")
    with store._opened().connect() as connection:
        connection.exec_driver_sql("DROP TABLE note")
        connection.commit()
    with pytest.raises(Exception, match="no such table") as wrong:
        store.save(ADA.with_entry(a_note("Secret.", id="n2")), 1, by="")
    assert "Secret" not in str(wrong.value)
    assert "A-1042" not in str(wrong.value)


def test_half_a_character_is_neither_stored_nor_found(store: Store) -> None:
    store.save(ADA, None, by="")
    with pytest.raises(NotPossible, match="half a character"):
        store.save(a_record(a_lab("ALT", 1), a_decision(facts={"\ud800": 1})), 1, by="")
    with pytest.raises(NotPossible, match="half a character"):
        store.load("\udcff")
    assert store.load("A-1042") == (ADA, 1)


def test_two_programs_may_make_a_database_at_once(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    code = "import sys; from db.store import Store; print(Store(sys.argv[1]).count())"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a.sqlite")], cwd=root, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [program.communicate()[0] for program in started] == [b"0\n", b"0\n", b"0\n"]


def test_every_change_is_on_the_disk_before_it_is_said_to_be_saved(store: Store) -> None:
    with store._opened().connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


def test_the_same_bytes_come_out_after_many_changes(store: Store) -> None:
    record = a_record(a_line(doses=(a_dose(),)))
    version = store.save(record, None, by="")
    for number in range(1, 12):
        record = record.with_entry(a_lab("ALT", f"{number}.0", id=f"lab{number % 4}"))
        record = record.with_entry(an_assessment(*range(number % 3), id=f"a{number % 2}"))
        version = store.save(record, version, by="")
    again = store.load("A-1042")
    assert again is not None
    assert json_bytes(again[0]) == json_bytes(record)
