"""Whether two records may be of one person: what a hurried hand does to a name and a date, and what is chance."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.record.alike import distance, likeness, marks
from app.record.patient import Patient
from builders import a_patient

ADA = a_patient(family_name="Müller", given_name="Ada", birth_date="1964-05-02")


def like(mrn: str = "B-7", **given_fields: str | None) -> Patient:
    named = {"family_name": "Müller", "given_name": "Ada", "birth_date": "1964-05-02", **given_fields}
    return Patient(mrn=mrn, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "name", "birth"),
    [
        (like(), "same", "same"),
        (like(family_name="MULLER", given_name="ada"), "same", "same"),
        (like(family_name="Ada", given_name="Müller"), "swapped", "same"),
        (like(family_name="Muler"), "near", "same"),
        (like(family_name="Mülelr"), "near", "same"),
        (like(family_name="Mueller"), "near", "same"),
        (like(family_name="Möllers"), "near", "same"),
        (like(family_name="Ada", given_name="Muler"), "near_swapped", "same"),
        (like(given_name="Ida"), "near", "same"),
        (like(given_name="Ada Maria"), "part", "same"),
        (like(family_name="Müller-Lüdenscheidt"), "part", "same"),
        (like(family_name="Lüdenscheidt Müller"), "part", "same"),
        (like(given_name=None), "no_given_name", "same"),
        (like(birth_date="1964-02-05"), "same", "day_and_month"),
        (like(birth_date="1964-05-12"), "same", "digit"),
        (like(birth_date="1946-05-02"), "same", "digit"),
        (like(birth_date="1964"), "same", "part"),
        (like(birth_date="1964-05"), "same", "part"),
        (like(birth_date=None), "same", "unknown"),
        (like(family_name="Ada", given_name="Müller", birth_date=None), "swapped", "unknown"),
        (like(family_name="Muler", birth_date="1964-02-05"), "near", "day_and_month"),
        (like(given_name="Ida", birth_date=None), "near", "unknown"),
    ],
)
def test_who_is_likely_the_same_person_and_why(other: Patient, name: str, birth: str) -> None:
    found = likeness(ADA, other)
    assert found is not None
    assert (found.name, found.birth, found.number) == (name, birth, False)
    assert likeness(other, ADA) == found


@pytest.mark.parametrize(
    "other",
    [
        like(birth_date="1971-03-30"),
        like(family_name="Schmidt"),
        like(family_name="Möllers", birth_date="1964-02-05"),
        like(family_name="Möllers", birth_date=None),
        like(given_name=None, birth_date=None),
        like(given_name=None, birth_date="1964"),
        like(given_name="Eve"),
        like(birth_date="1965"),
        like(birth_date="1965-06-02"),
    ],
)
def test_who_is_somebody_else(other: Patient) -> None:
    assert likeness(ADA, other) is None


def test_the_same_number_is_enough_however_it_is_written() -> None:
    found = likeness(ADA, like("a 1042", family_name="Schmidt", given_name="Eve", birth_date="1980-01-01"))
    assert found is not None
    assert (found.number, found.name, found.birth, found.slips) == (True, None, None, 0)


def test_short_names_differ_in_every_letter() -> None:
    assert likeness(like(family_name="Ng"), like("B-8", family_name="Li")) is None
    assert likeness(like(family_name="Li"), like("B-8", family_name="Lu")) is None
    assert likeness(like(family_name="Mayer"), like("B-8", family_name="Meier")) is not None


def test_the_likeliest_has_the_fewest_slips() -> None:
    others = [like(family_name="Muler", birth_date=None), like(birth_date=None), like(family_name="Muler"), like()]
    slips = [found.slips for one in others if (found := likeness(ADA, one)) is not None]
    assert slips == [2, 1, 1, 0]


def test_names_of_signs_alone_are_not_all_the_same_person() -> None:
    assert likeness(like(family_name="?", given_name=None), like("B-8", family_name="–", given_name=None)) is None


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("", "", 0), ("ada", "ada", 0), ("ada", "aad", 1), ("ada", "ad", 1), ("ad", "ada", 1), ("ada", "ida", 1),
     ("meier", "mayer", 2), ("example", "exmapel", 2), ("ab", "ba", 1), ("hansen", "jansson", 3), ("a", "abcd", 3)],
)  # fmt: skip
def test_letters_added_left_out_changed_and_exchanged_are_counted(one: str, other: str, letters: int) -> None:
    assert distance(one, other) == letters
    assert distance(other, one) == letters


NAME = st.text("abé -", min_size=1, max_size=7).filter(lambda text: any(letter.isalnum() for letter in text))
DATE = st.sampled_from([None, "1964", "1964-05", "1964-05-02", "1964-02-05", "1964-05-03", "1965-05-02"])
PERSON = st.builds(
    Patient, mrn=st.text("a1-", min_size=1, max_size=4), family_name=NAME, given_name=st.none() | NAME, birth_date=DATE
)


@given(PERSON, PERSON)
def test_whoever_is_alike_shares_a_mark(one: Patient, other: Patient) -> None:
    assume(likeness(one, other) is not None)
    assert marks(one) & marks(other)


@given(PERSON)
def test_everybody_is_like_himself_and_has_few_marks(one: Patient) -> None:
    assert likeness(one, one) is not None
    assert 2 <= len(marks(one)) <= 6
