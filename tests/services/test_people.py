"""The people of the clinic, and who of them sits at this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.record.reading import Refused
from app.services.people import People, Person
from db.store import Store

KELLER = Person(name="M. Keller", role="nurse")
AHMED = Person(name="Dr S. Ahmed", role="doctor")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "clinic.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def people(store: Store, tmp_path: Path) -> People:
    return People(store, tmp_path / "user")


def names(people: People, *, retired: bool = False) -> list[tuple[str, str, bool]]:
    return [(one.name, one.role, one.retired) for one in people.listed(retired=retired)]


def test_at_first_there_is_nobody_and_things_are_done_under_no_name(people: People) -> None:
    assert people.listed() == ()
    assert people.chosen is None
    assert people.by == ""
    assert people.last() is None


def test_people_are_listed_by_name_whatever_its_case(people: People) -> None:
    for name in ("b. Zimmer", "A. Nowak", "C. Adler"):
        people.put(Person(name=name, role="nurse"))
    assert [one.name for one in people.listed()] == ["A. Nowak", "b. Zimmer", "C. Adler"]


def test_a_name_is_tidied_before_it_is_kept(people: People) -> None:
    assert people.put(Person(name="  M.   Keller ", role="nurse")).name == "M. Keller"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "must not be empty"),
        ("M. Kel\x07ler", "holds a control character"),
        ("m. keller", "M. Keller is in the list already"),
        ("dr s. ahmed", "Dr S. Ahmed is in the list already, as retired"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused_with_why(people: People, name: str, sentence: str) -> None:
    people.put(KELLER)
    people.put(Person(name="Dr S. Ahmed", role="doctor", retired=True))
    with pytest.raises(Refused) as refused:
        people.put(Person(name=name, role="nurse"))
    assert [fault.sentence for fault in refused.value.faults] == [sentence]
    assert len(people.listed(retired=True)) == 2


def test_who_is_retired_can_be_chosen_no_more_and_can_be_brought_back(people: People) -> None:
    keller = people.put(KELLER)
    people.put(Person(name=keller.name, role=keller.role, retired=True, key=keller.key))
    assert names(people) == []
    assert names(people, retired=True) == [("M. Keller", "nurse", True)]
    people.put(keller)
    assert names(people) == [("M. Keller", "nurse", False)]


def test_who_is_chosen_gives_the_name_and_is_remembered_on_this_machine(
    people: People, store: Store, tmp_path: Path
) -> None:
    people.put(AHMED)
    keller = people.put(KELLER)
    people.choose(keller)
    assert people.by == "M. Keller"
    next_start = People(store, tmp_path / "user")
    assert next_start.chosen is None
    assert next_start.last() == keller
    people.choose(None)
    assert people.by == ""
    assert next_start.last() == keller
    assert People(store, tmp_path / "another machine").last() is None
    assert People(store).last() is None


def test_who_has_retired_is_not_offered_at_the_next_start(people: People) -> None:
    keller = people.put(KELLER)
    people.choose(keller)
    people.put(Person(name="M. Keller", role="nurse", retired=True, key=keller.key))
    assert people.last() is None


def test_who_sits_here_goes_on_under_a_new_name_and_leaves_when_retired(people: People) -> None:
    keller = people.put(KELLER)
    people.choose(keller)
    people.put(Person(name="M. Sommer", role="nurse", key=keller.key))
    assert people.by == "M. Sommer"
    assert people.last() == people.chosen
    people.put(Person(name="M. Sommer", role="nurse", retired=True, key=keller.key))
    assert people.chosen is None


def test_somebody_else_may_be_renamed_without_a_change_of_who_sits_here(people: People) -> None:
    keller, ahmed = people.put(KELLER), people.put(AHMED)
    people.choose(keller)
    people.put(Person(name="Dr S. Ahmed-Roth", role="doctor", key=ahmed.key))
    assert people.by == "M. Keller"
    assert [one.name for one in people.listed()] == ["Dr S. Ahmed-Roth", "M. Keller"]


@pytest.mark.parametrize("content", ["", "[]", '{"other": 1}', "\udcff"])
def test_a_file_that_is_not_ours_remembers_nobody(people: People, tmp_path: Path, content: str) -> None:
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "last-person.json").write_text(content, errors="surrogateescape")
    people.put(KELLER)
    assert people.last() is None


def test_a_disk_that_does_not_take_it_costs_nothing_but_the_memory(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    people = People(store, tmp_path / "file")
    people.choose(people.put(KELLER))
    assert people.by == "M. Keller"
    assert people.last() is None
