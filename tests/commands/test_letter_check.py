"""`letter --check`: whether a paper or a file is a letter that was signed here."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letter_archive import LetterArchive, UnsignedLetter
from app.services.letter_codes import square_of
from app.services.letters import Letters
from app.services.people import People, Person
from builders import a_diagnosis, a_line, a_record
from db.store import Store

DAY = date(2014, 11, 5)
RECORD = a_record(a_line(), diagnosis=a_diagnosis())


@pytest.fixture
def signing(terminal):
    """What signs Ada's letter in the database that commands use; a second signing supersedes the first."""
    terminal.database.parent.mkdir(parents=True, exist_ok=True)
    store = Store(terminal.database)
    store.save(RECORD, None, by="")
    clinic = Clinic(None)
    people = People(store)
    doctor = people.put(Person(name="Dr S. Ahmed", role="doctor"))
    moments = iter(f"2014-11-05T10:00:{second:02}Z" for second in range(60))
    archive = LetterArchive(store, Letters(clinic, Advising(clinic)), people, lambda: DAY, clock=lambda: next(moments))

    def sign():
        wanted = UnsignedLetter(mrn="A-1042", kind="clinic", language="en", recipient="", day="2014-11-05")
        return archive.sign(store.load("A-1042")[0], DAY, wanted, doctor)

    sign.archive, sign.store = archive, store
    yield sign
    store.close()


def test_a_code_and_its_square_name_the_letter_and_who_signed_it(terminal, signing):
    letter = signing()
    for typed in (letter.code, letter.code.lower().replace("-", ""), square_of(letter.code, letter.seal)):
        said = terminal.type("letter", "--check", typed)
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith(f"{letter.code}: Clinic letter for A-1042 as of 5 November 2014, to: ")
        assert "signed by Dr S. Ahmed, 5 November 2014" in said.out
        assert "Nothing in the record has changed since." in said.out


def test_a_file_is_the_archived_one_to_the_byte_or_is_not(terminal, signing):
    letter = signing()
    file = terminal.file("copy.pdf", signing.archive.pdf(letter))
    said = terminal.type("letter", "--check", file)
    assert said.code == 0
    assert "The file is the archived letter, to the byte." in said.out
    changed = terminal.file(f"clinic-letter-{letter.code}.pdf", file.read_bytes() + b"\n")
    said = terminal.type("letter", "--check", changed)
    assert said.code == 1
    assert "are not those that were signed as " + letter.code in said.err
    assert said.out.startswith(f"{letter.code}: ")
    said = terminal.type("letter", "--check", terminal.file("other.pdf", b"%PDF-1.7"))
    assert (said.code, said.out) == (1, "")
    assert "none of the letters signed in this database" in said.err


def test_what_has_happened_since_is_said(terminal, signing):
    first = signing()
    stopped = replace(RECORD.therapy_lines[0], stopped_on="2014-10-20")
    signing.store.save(RECORD.with_entry(stopped), 1, by="")
    second = signing()
    said = terminal.type("letter", "--check", first.code)
    assert said.code == 0
    assert f"superseded by the newer letter {second.code}" in said.out
    assert "Data changed since, of its day or before:" in said.out
    assert "20 October 2014" in said.out


def test_json_says_the_same_to_a_program(terminal, signing):
    letter = signing()
    said = terminal.type("letter", "--check", letter.code, "--json")
    data = json.loads(said.out)
    assert (data["genuine"], data["fault"]) == (True, None)
    assert data["letter"]["sha256"] == letter.sha256
    assert data["letter"]["protocol"]["id"] == "duchemann-2015"
    assert (data["letter"]["bytes"], data["letter"]["changed_since"], data["letter"]["superseded_by"]) == (
        None, [], None,
    )  # fmt: skip
    unknown = terminal.type("letter", "--check", "0000-0000", "--json")
    assert unknown.code == 1
    assert json.loads(unknown.out)["letter"] is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0000-0000", "No letter of the code 0000-0000 was signed in this database."),
        ("0000-0001", "mistyped sign"),
        ("what is this", "neither a code like 7K3M-9QXT nor a PDF file that is there"),
        ("none.pdf", "cannot be read: no such file or directory"),
    ],
)
def test_what_is_no_letter_of_ours_is_one_line(terminal, signing, typed, sentence):
    said = terminal.type("letter", "--check", typed)
    assert (said.code, said.out, len(said.faults)) == (1, "", 1)
    assert sentence in said.faults[0]


def test_a_square_that_is_not_that_of_its_letter_was_not_signed_here(terminal, signing):
    letter = signing()
    said = terminal.type("letter", "--check", square_of(letter.code, "0" * 64))
    assert said.code == 1
    assert "what this paper says was not signed here" in said.err


@pytest.mark.parametrize(
    "typed",
    [(), ("A-1042",), ("A-1042", "--check", "0000-0000"), ("--check", "x", "-o", "y"), ("A-1", "-o", "y", "--json")],
)
def test_a_letter_is_written_or_checked_and_not_both(terminal, typed):
    assert terminal.type("letter", *typed).code == 2
