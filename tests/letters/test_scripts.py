"""Names in the scripts of the world: printed as they are written, copied as they were typed, and moving nothing."""

import os
import re
import subprocess
import sys
import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from app.letters.fonts import BOLD, REGULAR, printable, register_fonts, width_of
from app.letters.kinds import KINDS
from app.letters.shaping import SCRIPTS, place_of
from app.paths import RESOURCES
from app.record.patient import GeneralPractitioner
from builders import a_patient, a_record

NAMES = {
    "Thai": "สมหญิง น้ำผึ้ง ที่นี่ ปู่",
    "Devanagari": "प्रियंका क्षत्रिय श्रीमती कर्त्ता हिन्दी",
    "Bengali": "শ্রেয়া চট্টোপাধ্যায় কৌশিক",
    "Gurmukhi": "ਹਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "પ્રિયા શ્રીમતી પટેલ",
    "Tamil": "தமிழ்செல்வி ஸ்ரீதேவி கௌரி நொ",
    "Malayalam": "ലക്ഷ്മി കൃഷ്ണൻ ശ്രീകുമാർ",
    "Yoruba": "Ẹ̀kọ́ Ọ̀ṣun",
    "Lithuanian": "Jonas i̇́",
    "Vietnamese": "Nguyễn Thị Ngọc Ánh",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Жанна Щербакова",
    "Georgian": "თამარ",
    "Armenian": "Անահիտ",
}
COMPOSE = """
import hashlib, sys
sys.path[:0] = ["tests", "."]
from letters.conftest import Desk
from builders import a_patient, a_record
for name in sys.argv[1:]:
    print(hashlib.sha256(Desk().pdf(a_record(patient=a_patient(family_name=name)))).hexdigest())
"""


def copied(pdf):
    """Return the text of a PDF as it is copied, composed."""
    return unicodedata.normalize("NFC", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def composed(name):
    return unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_printed_and_copied_as_it_was_typed_also_with_loose_accents(script):
    register_fonts()
    for name in (NAMES[script], unicodedata.normalize("NFD", NAMES[script])):
        out = BytesIO()
        canvas = Canvas(out, invariant=1)
        for place, face in enumerate((REGULAR, BOLD)):
            canvas.setFont(face, 20)
            canvas.drawString(20, 700 - 40 * place, printable(name))
        canvas.showPage()
        canvas.save()
        assert "[U+" not in printable(name)
        assert printable(printable(name)) == printable(name)
        assert copied(out.getvalue()).count(composed(name)) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_so_in_every_kind_of_letter(desk, kind):
    patient = a_patient(family_name=NAMES["Devanagari"].split()[1], given_name=NAMES["Thai"].split()[1])
    text = copied(desk.pdf(a_record(patient=patient), kind=kind))
    assert composed(patient.family_name) in text
    assert composed(patient.given_name) in text
    assert "no font of this letter has" not in text


def test_a_syllable_is_as_wide_as_its_parts_and_is_never_broken():
    # Unit widths of the face: ก 613, ำ 574 of 1000; vowels and tones above take no room.
    assert width_of("ก", 10) == pytest.approx(width_of("กี่", 10))
    assert len(printable("น้ำ")) == 1
    assert len(printable("क्षत्रिय")) == 3
    assert all(place_of(one) is not None for one in printable("क्षत्रिय"))


def test_a_glyph_is_put_together_of_forms_that_are_in_its_box():
    from app.letters.fonts import _other

    for file, name in zip(SCRIPTS, ("क्षि", "ক্ষি", "ਸਿੰ", "શ્રી", "ஸ்ரீ", "ക്ഷ്മി", "ผึ้ง"), strict=True):
        face = _other(file).face
        for one in printable(name):
            glyph = face.charToGlyph[ord(one)]
            start, end = face.glyphPos[glyph : glyph + 2]
            glyphs = face.get_table("glyf")
            assert int.from_bytes(glyphs[start : start + 2], "big", signed=True) == -1, "composite"
            left, lower, right, upper = (
                int.from_bytes(glyphs[at : at + 2], "big", signed=True) for at in range(start + 2, start + 10, 2)
            )
            assert left < right
            assert lower < upper
            assert end <= len(glyphs)


def test_the_bytes_do_not_depend_on_what_was_printed_before():
    def letters(*names):
        seed = {**os.environ, "PYTHONHASHSEED": str(len(names))}
        done = subprocess.run([sys.executable, "-c", COMPOSE, *names], cwd=RESOURCES.parent, env=seed, check=True,
                              capture_output=True, text=True)  # fmt: skip
        return done.stdout.splitlines()

    first = NAMES["Thai"].split()[0]
    (alone,) = letters(first)
    *_others, after = letters(NAMES["Thai"], NAMES["Devanagari"], "กขค", first)
    assert alone == after


def test_a_sign_that_no_font_has_is_explained_at_the_foot_of_every_page(desk):
    patient = a_patient(given_name="Ada 🙂", gp=GeneralPractitioner(name="Dr తెలుగు"))
    for kind in KINDS:
        for page in PdfReader(BytesIO(desk.pdf(a_record(patient=patient), kind=kind))).pages:
            assert "[U+…] is a sign that no font of this letter has" in " ".join(page.extract_text().split())
    assert "no font of this letter" not in copied(desk.pdf(a_record()))


@pytest.mark.parametrize("steering", ["\u202e", "\u202d", "\u2067", "\u2066", "\u200f", "\u061c", "\u200b", "\u00ad"])
def test_a_sign_that_steers_a_text_cannot_reorder_the_page(desk, steering):
    plain = a_record(patient=a_patient(family_name="Example", given_name="Ada Ruth"))
    steered = a_record(patient=a_patient(family_name=f"Exam{steering}ple", given_name=f"{steering}Ada {steering}Ruth"))
    for kind in KINDS:
        without = [page.extract_text() for page in PdfReader(BytesIO(desk.pdf(plain, kind=kind))).pages]
        with_it = [page.extract_text() for page in PdfReader(BytesIO(desk.pdf(steered, kind=kind))).pages]
        assert _without_state(with_it) == _without_state(without)


def _without_state(pages):
    """Return pages without the checksum of the record, which knows the sign."""
    return [re.sub(r"record [0-9a-f]{12}", "", page) for page in pages]


def test_a_very_long_name_without_spaces_is_cut_between_syllables_and_stays_on_the_page(desk):
    name = "ก้ำ" * 150
    text = desk.pdf(a_record(patient=a_patient(family_name=name, given_name="प्रि" * 150)), kind="clinic")
    begun = []

    def note(said, ours, at, *_more):
        if said.strip():
            begun.append(ours[0] * at[4] + ours[4])

    for page in PdfReader(BytesIO(text)).pages:
        page.extract_text(visitor_text=note)
        assert max(begun) < float(page.mediabox[2])
    assert copied(text).replace("\n", "").count("ก้ำ") >= 150


def test_a_private_character_that_somebody_typed_takes_nothing_from_a_name_that_is_printed_later():
    looks = (
        "from app.letters.fonts import printable\n"
        "from app.letters.shaping import EACH, FILES, PRIVATE\n"
        "first = chr(PRIVATE + FILES.index('NotoSansThai-Regular.ttf') * EACH)\n"
        "assert printable(first) == f'[U+{ord(first):X}]'\n"
        "assert printable('สมหญิง')[0] == first\n"
    )
    looked = subprocess.run(
        [sys.executable, "-c", looks], cwd=RESOURCES.parent, capture_output=True, text=True, check=False
    )
    assert looked.returncode == 0, looked.stderr
