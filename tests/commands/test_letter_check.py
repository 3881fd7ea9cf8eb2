"""`letter --check`: whether a paper or a file is a letter that was signed here."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letter_archive import LetterArchive, UnsignedLetter
from app.services.letter_codes import codes_in, square_of
from app.services.letters import Letters
from app.services.pdf_words import differences, words_of
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


def saved_anew(pdf):
    """Return the PDF as another program would save it."""
    out = BytesIO()
    PdfWriter(clone_from=BytesIO(pdf)).write(out)
    return out.getvalue()


def a_page(*lines):
    out = BytesIO()
    canvas = Canvas(out)
    for number, line in enumerate(lines):
        canvas.drawString(50, 700 - 20 * number, line)
    canvas.save()
    return out.getvalue()


def test_a_letter_that_was_saved_anew_says_which_it_is_and_that_its_words_are_the_same(terminal, signing):
    letter = signing()
    file = terminal.file("scan.pdf", saved_anew(signing.archive.pdf(letter)))
    said = terminal.type("letter", "--check", file)
    assert said.code == 1
    assert f"The bytes of scan.pdf are not those that were signed as {letter.code}" in said.err
    assert "Its words are those of the archived letter" in said.out


def test_one_changed_number_is_named_with_its_page(terminal, signing):
    letter = signing()
    pages = words_of(signing.archive.pdf(letter))
    changed = [replace(one, text="500") if one.text == "250" else one for one in pages]
    lines = differences(pages, tuple(changed))
    assert lines
    assert all(one.endswith(": “500” instead of “250”") for one in lines)
    # What a program makes of it: a page with the code of the letter and other words.
    file = terminal.file("other.pdf", a_page("Crizotinib 500 mg twice daily", letter.code))
    said = terminal.type("letter", "--check", file, "--json")
    data = json.loads(said.out)
    assert (said.code, data["genuine"], data["letter"]["code"], data["letter"]["bytes"]) == (
        1,
        False,
        letter.code,
        "other",
    )
    assert any("500" in one for one in data["letter"]["differences"])


def test_a_letter_that_names_another_one_is_taken_for_itself(terminal, signing):
    first = signing()
    stopped = replace(RECORD.therapy_lines[0], stopped_on="2014-10-20")
    signing.store.save(RECORD.with_entry(stopped), 1, by="")
    second = signing()
    pdf = signing.archive.pdf(second)
    assert {first.code, second.code} >= set(codes_in(" ".join(one.text for one in words_of(pdf))))
    said = terminal.type("letter", "--check", terminal.file("x.pdf", saved_anew(pdf)))
    assert f"signed as {second.code}" in said.err


def test_a_code_that_was_never_signed_and_a_page_without_words_are_said(terminal, signing):
    said = terminal.type("letter", "--check", terminal.file("x.pdf", a_page("0000-0000")))
    assert "x.pdf says that it is 0000-0000: no letter of this code was signed" in said.err
    said = terminal.type("letter", "--check", terminal.file("y.pdf", a_page()))
    assert "there is no text in its pages" in said.err
    said = terminal.type("letter", "--check", terminal.file("z.pdf", a_page("only words")))
    assert "no code stands in it: a draft, or another file" in said.err
    said = terminal.type("letter", "--check", terminal.file("w.pdf", b"%PDF-1.7 and nothing"))
    assert (said.code, len(said.faults)) == (1, 1)


@pytest.mark.parametrize("written", ["{0} {1}", "{0}{1}", " {0} – {1} ", "{0}_{1}", "{0}.{1}"])
def test_a_code_is_read_however_it_is_typed(terminal, signing, written):
    letter = signing()
    typed = written.format(*letter.code.lower().replace("0", "o").replace("1", "l").split("-"))
    assert terminal.type("letter", "--check", typed).code == 0
    spaced = " ".join(letter.code.replace("-", ""))
    assert terminal.type("letter", "--check", spaced).code == 0


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
