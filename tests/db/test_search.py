"""Finding patients: by name, number or date of birth, whatever the case and the accents."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.record.alike import marks
from app.record.diagnosis import Diagnosis
from app.record.names import fold
from app.record.summary import Order
from builders import a_patient, a_record
from db.search import ALIKE, ORDERS, candidates, numbered
from db.store import Store

PEOPLE = (
    ("A-1042", "Example", "Ada", "1964-05-02"),
    ("A-1043", "Łukasiewicz", "Émilie", "1958"),
    ("B-7", "van den Berg", "Jürgen", "1971-11"),
    ("B-70", "Bērziņš", "Ilga", None),
    ("X_1%", "Ng", None, "1964-05-12"),
    ("C-3", "Groß", "Şükrü", None),
    ("D-12/34", "Óscar", "Pé", "1950-12-31"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("search") / "a.sqlite")
    for mrn, family, given_name, born in PEOPLE:
        person = a_patient(mrn=mrn, family_name=family, given_name=given_name, birth_date=born)
        opened.save(a_record(patient=person), None, by="")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("exa", ["A-1042"]),
        ("EXAMPLE", ["A-1042"]),
        ("ada example", ["A-1042"]),
        ("  example   ada ", ["A-1042"]),
        ("ample", ["A-1042"]),
        ("lukas", ["A-1043"]),
        ("Łuk", ["A-1043"]),
        ("emilie", ["A-1043"]),
        ("berzins", ["B-70"]),
        ("gross", ["C-3"]),
        ("sukru", ["C-3"]),
        ("ŞÜKRÜ", ["C-3"]),
        ("jurgen berg", ["B-7"]),
        ("a-10", ["A-1042", "A-1043"]),
        ("b-7", ["B-70", "B-7"]),
        ("n", ["B-70", "B-7", "X_1%"]),
        ("ng", ["X_1%"]),
        ("1964-05", ["A-1042", "X_1%"]),
        ("2.5.1964", ["A-1042"]),
        ("02/05/1964", ["A-1042"]),
        ("11/1971", ["B-7"]),
        ("2.", ["A-1042"]),
        ("2.5", ["A-1042"]),
        ("2.5.", ["A-1042"]),
        ("2.05.19", ["A-1042"]),
        ("12/5/1964", ["X_1%"]),
        ("12-05-1964", ["X_1%"]),
        ("2.5.1963", []),
        ("5.1964", ["A-1042", "X_1%"]),
        ("5/19", ["A-1042", "X_1%"]),
        ("1.1", []),
        ("1.11", []),
        ("12.0", ["X_1%"]),
        ("12/34", ["D-12/34"]),
        ("exa 2.5.1964", ["A-1042"]),
        ("1958", ["A-1043"]),
        ("ada 1964", ["A-1042"]),
        ("%", ["X_1%"]),
        ("_", ["X_1%"]),
        ("'", []),
        ("exa nobody", []),
    ],
)
def test_patients_are_found_by_any_words_of_name_number_or_birth(store: Store, text: str, found: list[str]) -> None:
    assert sorted(one.mrn for one in store.find(text)) == sorted(found)
    assert store.count(text) == len(found)


def test_without_words_everybody_is_there_by_name(store: Store) -> None:
    assert [one.family_name for one in store.find()] == [
        "Bērziņš", "Example", "Groß", "Łukasiewicz", "Ng", "Óscar", "van den Berg",
    ]  # fmt: skip
    assert store.mrns() == ("B-70", "A-1042", "C-3", "A-1043", "X_1%", "D-12/34", "B-7")


@pytest.mark.parametrize(
    ("by", "backwards", "found"),
    [
        ("name", False, ["B-70", "A-1042", "C-3", "A-1043", "X_1%", "D-12/34", "B-7"]),
        ("name", True, ["B-7", "D-12/34", "X_1%", "A-1043", "C-3", "A-1042", "B-70"]),
        ("mrn", False, ["A-1042", "A-1043", "B-7", "B-70", "C-3", "D-12/34", "X_1%"]),
        ("mrn", True, ["X_1%", "D-12/34", "C-3", "B-70", "B-7", "A-1043", "A-1042"]),
        ("birth_date", False, ["D-12/34", "A-1043", "A-1042", "X_1%", "B-7", "B-70", "C-3"]),
        ("birth_date", True, ["B-7", "X_1%", "A-1042", "A-1043", "D-12/34", "B-70", "C-3"]),
    ],
)
def test_a_list_is_ordered_by_what_is_asked_and_who_has_no_such_value_comes_last(
    store: Store, by: Order, backwards: bool, found: list[str]
) -> None:
    assert [one.mrn for one in store.find(by=by, backwards=backwards)] == found


def test_of_one_sex_patients_are_ordered_by_name(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    for mrn, family, sex in (("1", "Zoe", "female"), ("2", "Ng", None), ("3", "Ada", "male"), ("4", "Bo", "female")):
        store.save(a_record(patient=a_patient(mrn=mrn, family_name=family, sex=sex)), None, by="")
    assert [one.mrn for one in store.find(by="sex")] == ["4", "1", "3", "2"]
    assert [one.mrn for one in store.find(by="sex", backwards=True)] == ["3", "4", "1", "2"]
    store.close()


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("by", get_args(Order))
def test_a_block_far_down_is_read_from_an_index_and_not_sorted_for(store: Store, by: Order, backwards: bool) -> None:
    order = ORDERS[by].format("DESC" if backwards else "ASC")
    with store.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN SELECT mrn, phone FROM patient ORDER BY {order}").fetchall()
    assert [step[3].startswith("SCAN patient USING INDEX ") for step in plan] == [True]


def test_a_list_comes_in_blocks(store: Store) -> None:
    blocks = [store.find(limit=4), store.find(limit=4, offset=4), store.find(limit=4, offset=8)]
    assert [len(block) for block in blocks] == [4, 3, 0]
    assert blocks[0] + blocks[1] == store.find()


def test_a_found_patient_is_told_from_others(store: Store) -> None:
    (found,) = store.find("a-1042")
    assert (found.mrn, found.family_name, found.given_name, found.birth_date, found.deceased_on) == (
        "A-1042", "Example", "Ada", "1964-05-02", None,
    )  # fmt: skip
    assert len(found.changed_at) == 20


def test_a_corrected_name_is_found_and_the_former_one_no_more(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    store.save(a_record(patient=a_patient(family_name="Exmaple")), None, by="")
    store.save(a_record(patient=a_patient(family_name="Example")), 1, by="")
    assert (store.count("exmaple"), store.count("example")) == (0, 1)
    store.close()


@given(st.text())
def test_what_is_folded_stays_as_it_is_when_it_is_folded_again(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_patients_are_given_by_their_numbers_in_the_order_asked_and_the_missing_left_out(store: Store) -> None:
    with store.cursor() as cursor:
        found = numbered(cursor, ["C-3", "nobody", "A-1042"])
    assert [(one.mrn, one.family_name) for one in found] == [("C-3", "Groß"), ("A-1042", "Example")]


def test_who_is_like_a_person_is_among_the_candidates_and_they_are_found_by_index(store: Store) -> None:
    with store.cursor() as cursor:
        found = candidates(cursor, a_patient(mrn="Z", family_name="Lukasiewics", given_name="Emilie", birth_date=None))
        plan = " ".join(str(step) for step in cursor.execute(f"EXPLAIN QUERY PLAN {ALIKE}", ("[]",)))
    assert [one.mrn for one in found] == ["A-1043"]
    assert "SEARCH patient USING INTEGER PRIMARY KEY" in plan
    assert "SEARCH likeness USING COVERING INDEX ix_likeness_mark" in plan


def test_the_marks_of_a_patient_follow_a_corrected_name(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    store.save(a_record(patient=a_patient(family_name="Exmaple")), None, by="")
    store.save(a_record(patient=a_patient(family_name="Miller")), 1, by="")
    store.save(a_record(patient=a_patient(family_name="Miller"), diagnosis=Diagnosis(stage="IV")), 2, by="")
    with store.cursor() as cursor:
        kept = {mark for (mark,) in cursor.execute("SELECT mark FROM likeness")}
    assert kept == marks(a_patient(family_name="Miller"))
    store.close()


def test_a_page_of_a_list_is_read_along_the_index_and_not_sorted(store: Store) -> None:
    with store._opened().connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT mrn FROM patient WHERE instr(search, 'x') > 0 ORDER BY search LIMIT 200"
        ).fetchall()
    assert "USING INDEX ix_patient_search" in plan[0][3]
    assert not any("TEMP B-TREE" in step[3] for step in plan)
