"""What was typed to find a patient goes over into the form of a new one."""

from datetime import date

import pytest

from app.record.typed_search import patient_fields

TODAY = date(2014, 11, 5)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("", {}),
        ("example", {"family_name": "Example"}),
        ("Example, Ada", {"family_name": "Example", "given_name": "Ada"}),
        ("example ada", {"family_name": "Example", "given_name": "Ada"}),
        ("Example Ada Maria", {"family_name": "Example", "given_name": "Ada Maria"}),
        ("van den Berg, Jürgen", {"family_name": "van den Berg", "given_name": "Jürgen"}),
        ("A-1042", {"mrn": "A-1042"}),
        ("1042", {"mrn": "1042"}),
        ("1964", {"birth_date": "1964"}),
        ("2.5.1964", {"birth_date": "2.5.1964"}),
        ("02/05/1964", {"birth_date": "02/05/1964"}),
        ("5/1964", {"birth_date": "5/1964"}),
        ("1964-05-02", {"birth_date": "1964-05-02"}),
        ("31.2.1964", {"mrn": "31.2.1964"}),
        ("2031", {"mrn": "2031"}),
        ("1700", {"mrn": "1700"}),
        ("ada example 2.5.1964 A-7", {"family_name": "Ada", "given_name": "Example", "birth_date": "2.5.1964",
                                      "mrn": "A-7"}),
        ("1964 1965", {"birth_date": "1964", "mrn": "1965"}),
    ],
)  # fmt: skip
def test_words_become_the_fields_they_look_like(typed: str, fields: dict[str, str]) -> None:
    assert patient_fields(typed, TODAY) == fields


@pytest.mark.parametrize("typed", [",", " , ", "-", ".", "--1", "1.", "1..2", "t", "today", "-3w"])
def test_odd_words_do_no_harm(typed: str) -> None:
    assert "birth_date" not in patient_fields(typed, TODAY)
