"""Letters as the window and the commands ask for them."""

import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from app.paths import RESOURCES
from app.record.reading import NotPossible
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from app.services.whole_file import write_whole
from builders import a_record

DAY = date(2014, 12, 1)


@pytest.fixture
def letters():
    clinic = Clinic(None)
    return Letters(clinic, Advising(clinic))


def test_a_clinic_letter_is_a_pdf(letters):
    assert letters.compose(a_record(), DAY).startswith(b"%PDF-")


def test_the_letter_stands_on_the_clinics_own_letterhead(tmp_path):
    (tmp_path / "clinic.yaml").write_text(
        "name: Ulica Szpital Łódź\nsignatory: Dr M. Keller\naccent: '#7A0019'\n", encoding="utf-8"
    )
    clinic = Clinic(tmp_path)
    content = Letters(clinic, Advising(clinic)).content(a_record(), DAY)
    assert content.letterhead.name == "Ulica Szpital Łódź"
    assert content.letterhead.accent == "#7A0019"
    assert content.signature[0] == "Dr M. Keller"


def settled(folder, text):
    (folder / "clinic.yaml").write_text(text, encoding="utf-8")
    clinic = Clinic(folder)
    return Letters(clinic, Advising(clinic))


def test_what_a_clinic_leaves_out_is_not_in_its_letters_unless_it_is_asked_for(tmp_path):
    letters = settled(tmp_path, "letters: {clinic: {without: [events], advice: false}}\n")
    assert {"events", "next_step", "open_points", "sources"}.isdisjoint(letters.content(a_record(), DAY).sections)
    assert "next_step" in letters.content(a_record(), DAY, without=frozenset()).sections
    assert "options" in letters.content(a_record(), DAY, kind="mdt").sections


def test_the_clinics_own_words_and_blocks_are_in_its_letters(tmp_path):
    letters = settled(
        tmp_path,
        "phone: '123'\nletters: {clinic: {opening: 'On {patient.name}.', closing: '{block.call} Bye.'}}\n"
        "blocks: {call: 'Call {clinic.phone}.'}\n",
    )
    said = letters.content(a_record(), DAY)
    assert (said.opening, said.closing) == ("On Ada Example.", "Call 123. Bye.")
    assert letters.content(a_record(), DAY, opening="Other: {block.call}").opening == "Other: Call 123."
    assert letters.content(a_record(), DAY, opening="").opening == ""
    assert letters.content(a_record(), DAY, kind="mdt").opening == ""


def test_the_logo_is_in_the_letter(tmp_path):
    for name, form in (("logo.png", "PNG"), ("logo.jpg", "JPEG")):
        picture = Image.new("RGBA" if form == "PNG" else "CMYK", (300, 100), (200, 0, 0, 128))
        picture.save(tmp_path / name, form)
        pdf = settled(tmp_path, f"logo: {name}\n").compose(a_record(), DAY)
        (image,) = PdfReader(BytesIO(pdf)).pages[0].images
        assert image.image.size == (300, 100)
        assert b"/SMask" not in pdf, "nothing shines through: what is transparent is white"


def test_a_kind_that_is_not_in_this_version_says_which_there_is(letters):
    with pytest.raises(
        NotPossible, match="kind anything in this version; there is: clinic, mdt, patient, pathway, plan"
    ):
        letters.compose(a_record(), DAY, kind="anything")


def test_a_language_that_is_not_in_this_version_says_which_there_is(letters):
    with pytest.raises(NotPossible, match="language de in this version; there is: en, fr"):
        letters.compose(a_record(), DAY, language="de")


def test_the_pdf_library_is_loaded_only_when_a_letter_is_wanted():
    code = "import sys, app.services.letters; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=RESOURCES.parent, check=False).returncode == 0


def test_a_letter_replaces_the_one_that_was_there_in_one_step(tmp_path):
    out = tmp_path / "letter.pdf"
    out.write_bytes(b"old")
    write_whole(out, b"new")
    assert out.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_folder_that_is_a_file_takes_no_letter_and_says_so(tmp_path):
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(NotPossible, match="cannot be written: Not a directory"):
        write_whole(tmp_path / "file" / "letter.pdf", b"new")
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_a_folder_that_is_not_there_takes_no_letter_and_says_so(tmp_path):
    with pytest.raises(NotPossible, match="cannot be written: No such file or directory"):
        write_whole(tmp_path / "none" / "letter.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_letter(tmp_path, monkeypatch):
    out = tmp_path / "letter.pdf"
    out.write_bytes(b"old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotPossible, match="No space left on device"):
        write_whole(out, b"new")
    assert out.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["letter.pdf"]
