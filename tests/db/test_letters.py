"""Signed letters as they are stored: whole, found again, and changed by nobody."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from builders import a_patient, a_record
from db import letters
from db.letters import SignedLetter, UnsignedLetter
from db.store import Store

LETTER = SignedLetter(
    mrn="A-1042", code="AAAA-AAAA", kind="clinic", language="en", recipient="gp dr x", address=("Dr X", "Town"),
    as_of="2014-11-05", signed_by="Dr S. Ahmed", signed_at="2014-11-05T10:00:00Z", record_version=1,
    record_sha256="r", protocol="duchemann-2015", protocol_edition="2015-03", protocol_sha256="p", seal="s", sha256="1",
    closing="Until soon.", question="",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "clinic.sqlite")
    opened.save(a_record(), None, by="")
    opened.save(a_record(patient=a_patient(mrn="A-2")), None, by="")
    yield opened
    opened.close()


def put(store: Store, letter: SignedLetter, pdf: bytes = b"%PDF-1") -> None:
    with store.cursor(writing=True) as cursor:
        letters.put(cursor, letter, pdf, b"{}")


def listed(store: Store, mrn: str = "A-1042") -> tuple[SignedLetter, ...]:
    with store.cursor() as cursor:
        return letters.of_patient(cursor, mrn)


def test_a_letter_comes_back_as_it_was_put(store: Store) -> None:
    put(store, LETTER)
    assert [replace(one, key=None) for one in listed(store)] == [LETTER]
    with store.cursor() as cursor:
        assert letters.pdf_of(cursor, "AAAA-AAAA") == b"%PDF-1"
        assert letters.record_of(cursor, "AAAA-AAAA") == b"{}"
        assert letters.of_code(cursor, "AAAA-AAAA") == listed(store)[0]
        assert letters.of_sha256(cursor, "1") == listed(store)[0]
        assert letters.of_code(cursor, "BBBB-BBBB") is None


def test_a_newer_letter_of_the_kind_to_the_recipient_takes_the_place_of_the_one_before(store: Store) -> None:
    put(store, LETTER)
    put(store, replace(LETTER, code="OTHER-KIND", kind="plan"))
    put(store, replace(LETTER, code="OTHER-GP", recipient="gp dr y"))
    put(store, replace(LETTER, code="OTHER-PATIENT", mrn="A-2"))
    put(store, replace(LETTER, code="BBBB-BBBB"))
    put(store, replace(LETTER, code="CCCC-CCCC"))
    found = {one.code: (one.supersedes, one.superseded_by) for one in (*listed(store), *listed(store, "A-2"))}
    assert found == {
        "AAAA-AAAA": ("", "BBBB-BBBB"), "BBBB-BBBB": ("AAAA-AAAA", "CCCC-CCCC"), "CCCC-CCCC": ("BBBB-BBBB", ""),
        "OTHER-KIND": ("", ""), "OTHER-GP": ("", ""), "OTHER-PATIENT": ("", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letter SET pdf = x'00'",
        "UPDATE letter SET signed_by = 'Somebody'",
        "UPDATE letter SET closing = 'Other words.'",
        "UPDATE letter SET code = 'BBBB-BBBB'",
        "UPDATE OR REPLACE letter SET key = 9",
        "UPDATE letter SET superseded_by = NULL",
        "UPDATE letter SET superseded_by = 1",
        "DELETE FROM letter",
        "INSERT OR REPLACE INTO letter SELECT * FROM letter",
        "REPLACE INTO letter SELECT 99, * FROM (SELECT patient_key, code, kind, language, recipient, address, as_of,"
        " signed_by, signed_at, record_version, record_sha256, record, protocol, protocol_edition, protocol_sha256,"
        " seal, sha256, pdf, supersedes, superseded_by, opening, closing, question FROM letter LIMIT 1)",
    ],
)
def test_nobody_changes_or_removes_a_signed_letter_not_even_past_the_program(store: Store, statement: str) -> None:
    put(store, LETTER)
    put(store, replace(LETTER, code="BBBB-BBBB"))
    before = listed(store)
    with closing(sqlite3.connect(store.file)) as raw, raw:
        one = statement + (" WHERE code = 'AAAA-AAAA'" if statement.startswith(("UPDATE", "DELETE")) else "")
        with pytest.raises(sqlite3.IntegrityError, match="a signed letter is never"):
            raw.execute(one)
    assert listed(store) == before


def test_a_letter_goes_with_its_patient_when_two_records_become_one(store: Store) -> None:
    put(store, LETTER)
    with store.cursor(writing=True) as cursor:
        cursor.execute("UPDATE letter SET patient_key = (SELECT key FROM patient WHERE mrn = 'A-2')")
    assert [one.code for one in listed(store, "A-2")] == ["AAAA-AAAA"]


def test_a_letter_waits_from_its_day_until_it_is_closed(store: Store) -> None:
    wanted = UnsignedLetter(mrn="A-1042", kind="clinic", language="fr", recipient="gp dr x", day="2014-11-05", by="M.")

    def waiting(day: str) -> list[UnsignedLetter]:
        with store.cursor() as cursor:
            return [one.letter for one in letters.waiting(cursor, day)]

    with store.cursor(writing=True) as cursor:
        key = letters.put_unsigned(cursor, wanted)
        assert letters.put_unsigned(cursor, replace(wanted, mrn="nobody")) is None
    assert key is not None
    with store.cursor(writing=True) as cursor:
        letters.put_unsigned(cursor, replace(wanted, key=key, opening="Hello"))
    assert waiting("2014-11-04") == []
    assert waiting("2014-11-05") == [replace(wanted, key=key, opening="Hello")]
    with store.cursor(writing=True) as cursor:
        assert letters.close_unsigned(cursor, key, "2014-11-07", "M.")
        assert not letters.close_unsigned(cursor, key, "2014-11-08", "M.")
    assert (len(waiting("2014-11-06")), len(waiting("2014-11-07"))) == (1, 0)
    with store.cursor(writing=True) as cursor:
        letters.open_again(cursor, key)
    assert len(waiting("2014-11-07")) == 1
