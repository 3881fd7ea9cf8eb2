"""`letter`: a PDF, whole or not at all."""

import pytest
from pypdf import PdfReader


@pytest.mark.parametrize("number", range(1, 8))
def test_every_demonstration_patient_has_a_letter(terminal, demo, number):
    out = terminal.home / "letter.pdf"
    said = terminal.type("letter", demo(number), "-o", out, "--as-of", "2014-06-01")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert out.read_bytes().startswith(b"%PDF-")
    assert not terminal.database.exists()


def test_the_letter_of_a_stored_patient_is_the_letter_of_the_file(terminal, demo):
    terminal.type("import", demo(2))
    for name, source in (("a.pdf", "DEMO-2"), ("b.pdf", demo(2))):
        assert terminal.type("letter", source, "-o", terminal.home / name, "--as-of", "2012-07-10").code == 0
    assert (terminal.home / "a.pdf").read_bytes() == (terminal.home / "b.pdf").read_bytes()


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("mdt", "Tumour board summary"),
        ("patient", "Letter to the patient"),
        ("pathway", "Pathway summary"),
        ("plan", "Treatment and monitoring plan"),
    ],
)
def test_every_kind_is_written(terminal, demo, kind, title):
    said = terminal.type("letter", demo(2), "-o", terminal.home / "x.pdf", "--kind", kind, "--as-of", "2012-07-10")
    assert said.code == 0
    assert title in PdfReader(terminal.home / "x.pdf").pages[0].extract_text()


def test_a_letter_in_french_speaks_french(terminal, demo):
    typed = ("letter", demo(2), "-o", terminal.home / "x.pdf", "--language", "fr", "--as-of", "2012-07-10")
    assert terminal.type(*typed).code == 0
    text = PdfReader(terminal.home / "x.pdf").pages[0].extract_text()
    assert "Lettre de consultation" in text
    assert "10 juillet 2012" in text


def test_a_language_that_is_not_in_this_version_says_so(terminal, demo):
    said = terminal.type("letter", demo(1), "-o", terminal.home / "x.pdf", "--language", "de")
    assert said.code == 2
    assert "'de'" in said.faults[0]
    assert not (terminal.home / "x.pdf").exists()


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("folder", "it is a folder"),
        ("missing/letter.pdf", "No such file or directory"),
        ("file/letter.pdf", "Not a directory"),
    ],
)
def test_a_place_that_takes_no_letter_is_one_line(terminal, demo, place, why):
    (terminal.home / "folder").mkdir()
    (terminal.home / "file").touch()
    said = terminal.type("letter", demo(1), "-o", terminal.home / place)
    assert (said.code, said.faults) == (1, [f"{terminal.home / place} cannot be written: {why}"])
    assert (terminal.home / "file").read_bytes() == b""
    assert list((terminal.home / "folder").iterdir()) == []


def test_a_full_disk_is_one_line(terminal, demo):
    said = terminal.type("letter", demo(1), "-o", "/dev/full")
    assert (said.code, said.faults) == (1, ["/dev/full cannot be written: No space left on device"])


def test_an_unknown_patient_leaves_the_old_letter(terminal, demo):
    terminal.type("import", demo(1))
    out = terminal.file("letter.pdf", b"old")
    assert terminal.type("letter", "A-9", "-o", out).code == 1
    assert out.read_bytes() == b"old"


def test_the_record_goes_along_when_that_is_asked_for(terminal, demo, tmp_path):
    for words, names in (((), []), (("--attach-record",), ["record.json"])):
        out = tmp_path / f"letter{len(words)}.pdf"
        assert terminal.type("letter", demo(2), "-o", out, "--as-of", "2012-07-10", *words).code == 0
        assert list(PdfReader(out).attachments) == names
    assert terminal.type("letter", "--check", "0000-0000", "--attach-record").code == 2
