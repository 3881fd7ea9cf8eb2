"""What the letters' faces print, and what stands for a character they lack."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer
from PySide6.QtPdf import QPdfDocument

from app.letters.fonts import printable, register_fonts, width_of
from app.letters.kinds import KINDS
from app.letters.right_to_left import in_order
from app.letters.tables import broken
from app.paths import RESOURCES
from builders import a_patient, a_record


@pytest.mark.parametrize("character", "ŁłőğŻźćęşțșßøÅñЖжщъεαβΩệữớđ≥≤±×−µμ·…–—‘’“”½²³°■")
def test_every_character_of_a_letter_is_in_regular_and_bold(character):
    assert character in register_fonts()


def test_a_name_that_can_be_printed_is_left_alone():
    assert printable("Łukasz Őrsi, Ağaoğlu, Жанна, Nguyễn Việt") == "Łukasz Őrsi, Ağaoğlu, Жанна, Nguyễn Việt"


def test_a_number_is_never_parted_from_its_unit():
    text = broken("The dose of crizotinib that is noted here is 250 mg twice daily.", 100)
    assert "250\u00a0mg" in text
    assert printable(printable("5 mm, 60 %, 3 metres, 4 mgs")) == "5\u00a0mm, 60\u00a0%, 3 metres, 4 mgs"


def test_a_letter_written_in_two_characters_is_composed():
    assert printable("Viê\u0323t") == "Việt"


def test_what_no_face_prints_is_shown_as_its_code_point():
    assert printable("తె 🙂 𠮷") == "[U+0C24][U+0C46] [U+1F642] [U+20BB7]"
    assert printable("\u0b80\U000f0fff") == "[U+0B80][U+F0FFF]", "no letter of its script, and a private character"


@pytest.mark.parametrize("name", ["王小明", "やまだ 太郎", "김철수", "רחל לוי", "Անահիտ", "თამარ"])
def test_names_in_other_scripts_are_printed_as_they_are(name):
    assert printable(name) == name


def test_arabic_letters_are_joined_and_stay_so():
    assert printable("محمد") == "\ufee3\ufea4\ufee4\ufeaa"
    assert printable(printable("محمد")) == printable("محمد")


@pytest.mark.parametrize(
    ("read", "drawn"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("אב גד, born 1 May", "דג בא, born 1 May"),
        ("tissue, אבג, 12 January", "tissue, גבא, 12 January"),
        ("אב 12, גד", "דג ,12 בא"),
        ("x אב (גד) y", "x (דג) בא y"),
        ("(אב)", "(בא)"),
        ("x (אב) y", "x (בא) y"),
    ],
)
def test_a_passage_from_right_to_left_is_drawn_in_its_own_order_and_nothing_else_moves(read, drawn):
    assert in_order(read) == drawn


def test_a_text_of_several_faces_is_as_wide_as_its_parts():
    whole, parts = "Dr 王 אב x", ("Dr ", "王", " ", "אב", " x")
    assert width_of(whole, 10) == pytest.approx(sum(width_of(part, 10) for part in parts))
    assert width_of("王", 10) == pytest.approx(10)


@pytest.mark.parametrize("kind", KINDS)
def test_names_from_anywhere_can_be_copied_from_every_kind_of_letter(desk, kind):
    patient = a_patient(family_name="王小明", given_name="فاطمة")
    pdf = desk.pdf(a_record(patient=patient), kind=kind)
    document = QPdfDocument()
    held = QBuffer()
    held.setData(pdf)
    held.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(held)
    text = document.getAllText(0).text()
    assert "王小明" in text
    assert "فاطمة" in text or "فاطمة"[::-1] in text
    names = [font["/BaseFont"] for font in fonts_of(pdf)]
    assert len(names) == len(set(names))


def fonts_of(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    found = {one.indirect_reference.idnum: one for page in pages for one in
             (font.get_object() for font in page["/Resources"]["/Font"].values())}  # fmt: skip
    return found.values()


def test_a_letter_in_latin_letters_embeds_no_other_face(desk):
    assert {font["/BaseFont"][8:] for font in fonts_of(desk.pdf(a_record()))} == {
        "SourceSansPro-Regular",
        "SourceSansPro-Semibold",
    }


def test_signs_that_print_nothing_print_nothing():
    assert printable("a\u200db\ufe0f\u2028c") == "ab c"
    assert printable("Mü\u00adller\u200b\u2060\ufeff") == "Müller", "a soft hyphen is no hyphen"


def test_the_licence_goes_with_the_fonts():
    assert "SIL Open Font License" in (RESOURCES / "fonts" / "LICENSE.txt").read_text(encoding="utf-8")
    assert "Bitstream Vera" in (RESOURCES / "fonts" / "LICENSE-DejaVu.txt").read_text(encoding="utf-8")
    assert "Apache License" in (RESOURCES / "fonts" / "LICENSE-Droid.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License" in (RESOURCES / "fonts" / "LICENSE-Noto.txt").read_text(encoding="utf-8")
    readme = (RESOURCES / "fonts" / "README.md").read_text(encoding="utf-8")
    assert all(version in readme for version in ("2.020", "2.37", "6.0.1", "20201225"))
