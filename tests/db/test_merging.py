"""Merging in the database: one transaction over every table of a patient, none forgotten, and taken back whole."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, create_engine

from app.pathway.worklist import Task
from app.record.alike import marks
from app.record.merging import compare
from app.record.reading import ChangedMeanwhile, NotPossible, Refused
from app.record.record import PatientRecord
from builders import a_lab, a_line, a_note, a_patient, a_record, a_specimen, an_ihc
from db import merging, put_aside, worklist
from db.convert import layouts
from db.merges import merge_of, merges, merges_into, said_of
from db.store import Store
from db.tables import MADE_ANEW, SET_ASIDE, Base

KEPT = a_record(a_note(), a_lab("ALT", "42.0"), patient=a_patient(mrn="A-12"))
ABSORBED = a_record(a_note(), a_lab("ALT", "43"), a_specimen(), an_ihc(), a_line(), patient=a_patient(mrn="A-17"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "patients.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = Store(file)
    opened.save(KEPT, None, by="nurse1")
    opened.save(a_record(patient=a_patient(mrn="A-17")), None, by="nurse2")
    opened.save(ABSORBED, 1, by="nurse3", mrn="A-17")
    yield opened
    opened.close()


def merge(store: Store, kept: str = "A-12", absorbed: str = "A-17", by: str = "M. Keller") -> int:
    one, other = store.load(kept), store.load(absorbed)
    assert one is not None
    assert other is not None
    record = compare(one[0], other[0]).record({})
    with store.saving() as saving:
        return merging.merge(saving, (kept, one[1]), (absorbed, other[1]), record, by)


def unmerge(store: Store, mrn: str = "A-17", version: int | None = None) -> None:
    with store.cursor() as cursor:
        found = merge_of(cursor, mrn)
    assert found is not None
    stored = store.load(found.into)
    assert stored is not None
    with store.saving() as saving:
        merging.unmerge(saving, found, stored[1] if version is None else version, "nurse4")


def rows(file: Path, table: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(file) as raw:
        return raw.execute(f'SELECT * FROM "{table}"').fetchall()


def everything(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {name: rows(file, name) for name in Base.metadata.tables}


def test_one_record_stands_in_the_place_of_two(store: Store, file: Path) -> None:
    assert merge(store) == 2
    merged = compare(KEPT, ABSORBED).record({})
    assert store.load("A-12") == (merged, 2)
    assert store.load("A-17") is None
    assert store.mrns() == ("A-12",)
    assert [row[1] for row in rows(file, "lab")] == ["lab1", "lab2"]
    assert {mark for _key, mark in rows(file, "likeness")} == marks(merged.patient)


def test_every_table_of_a_patient_says_what_merging_does_to_it() -> None:
    """A table that is new must be of one of four kinds; see MADE_ANEW and SET_ASIDE in db/tables.py."""
    record = {one.table.name for one in layouts()}
    kinds = [record, set(merging.carried_tables()), *(set(merging.tables_to_be(how)) for how in (MADE_ANEW, SET_ASIDE))]
    of_patients = [table for table in Base.metadata.tables.values() if "patient_key" in table.columns]
    for table in of_patients:
        assert sum(table.name in kind for kind in kinds) == 1, table.name
        if table.name in merging.carried_tables():
            assert [column.name for column in table.primary_key] == ["key"], table.name
    assert {table.name for table in Base.metadata.tables.values()} - {table.name for table in of_patients} <= {
        "patient", "person", "worklist_run",
    }, "a table that is of no patient: is that so?"  # fmt: skip


def test_a_table_that_the_program_does_not_know_stops_a_merging_instead_of_losing_its_rows(
    store: Store, file: Path
) -> None:
    forgotten = Table("forgotten", MetaData(), Column("patient_key", Integer, ForeignKey("patient.key")))
    Table("patient", forgotten.metadata, Column("key", Integer, primary_key=True))
    engine = create_engine(f"sqlite:///{file}")
    forgotten.create(engine)
    engine.dispose()
    with sqlite3.connect(file) as raw:
        raw.execute("INSERT INTO forgotten SELECT key FROM patient")
    before = everything(file)
    with pytest.raises(sqlite3.IntegrityError):
        merge(store)
    assert everything(file) == before


def test_a_table_of_its_own_key_goes_over_and_comes_back_row_by_row(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE paper (key INTEGER PRIMARY KEY, patient_key INTEGER REFERENCES patient (key), name)")
        raw.execute("INSERT INTO paper (patient_key, name) SELECT key, mrn FROM patient")
    monkeypatch.setattr(merging, "carried_tables", lambda: ("merge", "paper"))
    merge(store)
    owners = "SELECT paper.name, patient.mrn FROM paper JOIN patient ON patient.key = paper.patient_key ORDER BY name"
    with sqlite3.connect(file) as raw:
        assert raw.execute(owners).fetchall() == [("A-12", "A-12"), ("A-17", "A-12")]
        raw.execute("INSERT INTO paper (patient_key, name) SELECT key, 'since' FROM patient")
    unmerge(store)
    with sqlite3.connect(file) as raw:
        assert raw.execute(owners).fetchall() == [("A-12", "A-12"), ("A-17", "A-17"), ("since", "A-12")]


def test_what_was_put_aside_for_a_patient_goes_over_and_comes_back_and_what_was_worked_out_is_worked_out_anew(
    store: Store, file: Path
) -> None:
    aside = put_aside.PutAside(verdict="snoozed", day="2014-11-01", until="2014-11-09", reason="holiday", by="nurse1")
    task = Task(
        kind="due", what="ecg", since="2014-11-01", rule="M1", drug=None, line_since=None, decided_on=None, text="ECG",
        facts="1234",
    )  # fmt: skip
    with store.cursor(writing=True) as cursor:
        put_aside.put(cursor, "A-17", task, aside)
        (key,) = cursor.execute("SELECT key FROM patient WHERE mrn = 'A-17'").fetchone()
        answer = worklist.Answer(key=key, version=2, person=ABSORBED.patient, until=None, tasks=(task,))
        worklist.keep(cursor, [answer], date(2014, 11, 5), "made by")
    owner = "SELECT patient.mrn, put_aside.facts FROM put_aside JOIN patient ON patient.key = patient_key"
    merge(store)
    with store.cursor() as cursor:
        assert cursor.execute(owner).fetchall() == [("A-12", "1234")]
    assert rows(file, "worklist_item") == rows(file, "worklist_patient") == []
    unmerge(store)
    with store.cursor() as cursor:
        assert cursor.execute(owner).fetchall() == [("A-17", "1234")]
        assert len(worklist.outdated(cursor, date(2014, 11, 5), "made by")) == 2


@pytest.mark.parametrize(("kept", "absorbed"), [(2, 2), (1, 1)])
def test_nothing_is_merged_when_one_of_them_was_saved_since(store: Store, file: Path, kept: int, absorbed: int) -> None:
    before = everything(file)
    with pytest.raises(ChangedMeanwhile), store.saving() as saving:
        merging.merge(saving, ("A-12", kept), ("A-17", absorbed), KEPT, "")
    assert everything(file) == before


def test_a_fault_half_way_leaves_everything_as_it_was(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(file)
    monkeypatch.setattr(merging, "text_from", lambda record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(store)
    assert everything(file) == before


def test_who_is_gone_cannot_be_merged_again(store: Store) -> None:
    merge(store)
    with pytest.raises(NotPossible, match=r"A-17 was merged into A-12 on .* by M\. Keller\."), store.saving() as saving:
        merging.merge(saving, ("A-12", 2), ("A-17", 2), KEPT, "")
    with pytest.raises(NotPossible, match="no patient with the number B-1"), store.saving() as saving:
        merging.merge(saving, ("A-12", 2), ("B-1", 1), KEPT, "")


def test_the_absorbed_number_is_found_and_said(store: Store) -> None:
    merge(store)
    with store.cursor() as cursor:
        (found,) = merges(cursor)
        assert merge_of(cursor, "A-17") == found
        assert merges_into(cursor, "A-12") == (found,)
        assert merge_of(cursor, "A-12") is None
    assert (found.mrn, found.into, found.version, found.by) == ("A-17", "A-12", 2, "M. Keller")
    assert said_of(replace(found, at="2014-11-05T12:00:00Z")) == (
        "A-17 was merged into A-12 on 5 November 2014 by M. Keller"
    )
    assert said_of(replace(found, at="2014-11-05T12:00:00Z", by="")) == "A-17 was merged into A-12 on 5 November 2014"


def test_the_absorbed_number_cannot_be_used_again_without_being_told(store: Store) -> None:
    merge(store)
    newcomer = a_record(patient=a_patient(mrn="A-17", family_name="Other"))
    with pytest.raises(Refused) as refused:
        store.save(newcomer, None, by="")
    assert str(refused.value.faults[0]).startswith("patient.mrn: A-17 was merged into A-12 on ")
    with pytest.raises(Refused):
        store.save(newcomer, None, by="", replace=True)
    store.save(a_record(patient=a_patient(mrn="B-1")), None, by="")
    with pytest.raises(Refused):
        store.save(newcomer, 1, by="", mrn="B-1")
    assert store.save(newcomer, None, by="", reuse=True) == 1
    with pytest.raises(NotPossible, match="A-17 is the number of another patient now"):
        unmerge(store)
    assert store.load("A-17") == (newcomer, 1)


def test_the_number_of_the_kept_record_may_change_afterwards(store: Store) -> None:
    merge(store)
    merged = store.load("A-12")
    assert merged is not None
    store.save(replace(merged[0], patient=a_patient(mrn="B-5")), 2, by="", mrn="A-12")
    with store.cursor() as cursor:
        found = merge_of(cursor, "A-17")
    assert found is not None
    assert found.into == "B-5"
    unmerge(store)
    assert store.mrns() == ("A-12", "A-17")


def test_taken_back_both_records_are_as_they_were(store: Store) -> None:
    before = {mrn: (store.load(mrn), store.history(mrn)) for mrn in ("A-12", "A-17")}
    merge(store)
    unmerge(store)
    assert store.load("A-17") == before["A-17"][0] == (ABSORBED, 2)
    assert store.load("A-12") == (KEPT, 3)
    assert store.history("A-17") == before["A-17"][1]
    with store.cursor() as cursor:
        assert merges(cursor) == ()
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {mrn for (mrn,) in cursor.execute("SELECT mrn FROM patient JOIN likeness ON patient_key = key")}
    assert found == {"A-12", "A-17"}
    assert [one.changed_at for one in store.find("a-17")] != [""]


def test_what_was_done_to_the_merged_record_since_goes_to_its_history(store: Store) -> None:
    merge(store)
    merged = store.load("A-12")
    assert merged is not None
    store.save(merged[0].with_entry(a_note("Since.", id="n7")), 2, by="nurse1")
    with pytest.raises(ChangedMeanwhile):
        unmerge(store, version=2)
    unmerge(store)
    assert store.load("A-12") == (KEPT, 4)
    gone = [one for one in store.history("A-12") if one.entry_id == "n7"]
    assert [(one.version, one.change) for one in gone] == [(3, "added"), (4, "removed")]
    assert gone[-1].former is not None
    assert gone[-1].former["text"] == "Since."


def test_the_history_of_both_stays_to_be_read(store: Store) -> None:
    own, theirs = store.history("A-12"), store.history("A-17")
    merge(store)
    assert store.history("A-17") == theirs
    after = store.history("A-12")
    assert [one for one in after if one in own] == list(own)
    (event,) = [one for one in after if one.change == "merged"]
    assert (event.version, event.by, event.section, event.entry_id) == (2, "M. Keller", "patient", "A-17")
    assert event.former is not None
    assert event.former["labs"][0]["id"] == "lab1"
    assert store.history("A-12", "lab2")[0].change == "added"
    unmerge(store)
    assert [one.change for one in store.history("A-12") if one.section == "patient"] == ["merged", "parted"]


def test_a_chain_of_mergings_is_taken_back_last_first(store: Store) -> None:
    third = a_record(a_note("Third."), patient=a_patient(mrn="A-5"))
    store.save(third, None, by="")
    merge(store)
    merge(store, "A-5", "A-12")
    with store.cursor() as cursor:
        assert [(one.mrn, one.into) for one in merges(cursor)] == [("A-12", "A-5"), ("A-17", "A-5")]
    with pytest.raises(NotPossible, match=r"A-12 was merged into A-5 .*, after this: take that back first"):
        unmerge(store)
    unmerge(store, "A-12")
    unmerge(store)
    assert [store.load(mrn) for mrn in ("A-5", "A-12", "A-17")] == [(third, 3), (KEPT, 3), (ABSORBED, 2)]


def test_two_mergings_into_one_record_are_taken_back_last_first(store: Store) -> None:
    store.save(a_record(a_note("Third."), patient=a_patient(mrn="A-20")), None, by="")
    merge(store)
    merge(store, "A-12", "A-20")
    with pytest.raises(NotPossible, match="A-20 was merged into A-12"):
        unmerge(store)
    unmerge(store, "A-20")
    unmerge(store)
    assert store.mrns() == ("A-12", "A-17", "A-20")


def test_two_records_may_be_merged_parted_and_merged_again_the_other_way(store: Store) -> None:
    merge(store)
    unmerge(store)
    merge(store, "A-17", "A-12")
    with store.cursor() as cursor:
        assert [(one.mrn, one.into) for one in merges(cursor)] == [("A-12", "A-17")]
    unmerge(store, "A-12")
    assert store.mrns() == ("A-12", "A-17")
    with pytest.raises(AssertionError):
        unmerge(store)


def test_a_merging_that_was_taken_back_meanwhile_is_not_taken_back_again(store: Store) -> None:
    merge(store)
    with store.cursor() as cursor:
        found = merge_of(cursor, "A-17")
    assert found is not None
    unmerge(store)
    with pytest.raises(ChangedMeanwhile), store.saving() as saving:
        merging.unmerge(saving, found, 3, "")


def test_a_new_patient_who_gets_the_place_of_the_absorbed_one_is_not_in_the_way(store: Store) -> None:
    merge(store)
    newcomer: PatientRecord = a_record(patient=a_patient(mrn="B-9"))
    store.save(newcomer, None, by="")  # the database may give out the same key again
    unmerge(store)
    assert store.load("A-17") == (ABSORBED, 2)
    assert store.load("B-9") == (newcomer, 1)
