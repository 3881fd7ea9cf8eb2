"""Every field of the record format has words for people."""

import pytest

from app.record.diagnosis import Diagnosis
from app.record.field_words import _WORDS, field_words
from app.record.patient import Patient
from app.record.reading import fields_of
from app.record.record import SECTION_OF


def names_of(kind):
    for name, group in fields_of(kind).items():
        yield name
        if group is not None:
            yield from names_of(group)


def test_every_field_has_words_and_no_words_are_of_a_field_that_is_gone():
    assert {name for kind in (Patient, Diagnosis, *SECTION_OF) for name in names_of(kind)} == set(_WORDS)


@pytest.mark.parametrize(("name", "words"), [("single_red", "single red"), ("mrn", "number"), ("tnm", "TNM")])
def test_a_field_is_called_as_people_call_it(name, words):
    assert field_words(name) == words
