"""What a clinic may give for its letters: each gives a right letter, or is refused in words before one is printed."""

import zlib
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from app.record.patient import GeneralPractitioner
from app.record.reading import NotPossible, Refused
from app.services import picture_file
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from builders import a_patient, a_record

DAY = date(2014, 12, 1)
RED = Image.new("RGB", (80, 40), "red")
LINES = ("name", "department", "registration", "phone", "email", "signatory", "signatory_role")


def compose(folder, text, **patient):
    (folder / "clinic.yaml").write_text(text, encoding="utf-8")
    clinic = Clinic(folder)
    return Letters(clinic, Advising(clinic)).compose(a_record(patient=a_patient(**patient)), DAY)


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def fault_of(folder, text):
    with pytest.raises(Refused) as refused:
        compose(folder, text)
    (fault,) = refused.value.faults
    return str(fault).removeprefix(f"{folder / 'clinic.yaml'}: ")


def logo_in(pdf):
    (picture,) = PdfReader(BytesIO(pdf)).pages[0].images
    return picture.image.convert("RGB")


def chunk(name, data):
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def a_png(side, bits, kind, pixels, *, interlaced=False):
    """Return a PNG of one colour, of a kind that the imaging library does not write."""
    head = side.to_bytes(4, "big") * 2 + bytes([bits, kind, 0, 0, int(interlaced)])
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    rows = b""
    for x, y, across, down in passes if interlaced else ((0, 0, 1, 1),):
        rows += (b"\0" + pixels * len(range(x, side, across))) * len(range(y, side, down))
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def saved(picture, form="PNG", **more):
    out = BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def sideways():
    """Return a picture, red above and blue below, that says it was taken with the camera on its side."""
    picture = Image.new("RGB", (80, 160), "red")
    picture.paste("blue", (0, 80, 80, 160))
    about = picture.getexif()
    about[0x0112] = 6  # turn it by a quarter, clockwise
    return saved(picture, "JPEG", exif=about, quality=95)


@pytest.mark.parametrize(
    ("logo", "colour"),
    [
        (saved(Image.new("CMYK", (80, 40), (255, 0, 0, 0)), "JPEG"), (0, 255, 255)),
        (saved(Image.new("RGBA", (80, 40), (200, 0, 0, 128))), (227, 127, 127)),
        (saved(Image.new("LA", (80, 40), (100, 128))), (177, 177, 177)),
        (saved(Image.new("L", (80, 40), 90)), (90, 90, 90)),
        (saved(Image.new("1", (80, 40), 0)), (0, 0, 0)),
        (saved(Image.new("I;16", (80, 40), 25700)), (100, 100, 100)),
        (saved(Image.new("P", (80, 40), 0), transparency=0), (255, 255, 255)),
        (a_png(50, 16, 2, b"\xff\xff\x00\x00\x80\x80"), (255, 0, 128)),
        (a_png(50, 8, 6, b"\xff\x00\x00\x80", interlaced=True), (255, 127, 127)),
        (saved(RED, save_all=True, append_images=[Image.new("RGB", (80, 40))]), (255, 0, 0)),
        (saved(Image.new("RGB", (1, 1), "red")), (255, 0, 0)),
        (saved(Image.new("RGB", (3000, 3), "red")), (255, 0, 0)),
        (saved(Image.new("RGB", (3, 3000), "red")), (255, 0, 0)),
    ],
    ids=(
        "cmyk alpha grey-alpha grey black grey-16 palette rgb-16 interlaced animated dot wide high".split()  # noqa: SIM905
    ),
)
def test_any_png_or_jpeg_is_printed_as_it_looks_on_white(tmp_path, logo, colour):
    (tmp_path / "logo").write_bytes(logo)
    picture = logo_in(compose(tmp_path, "logo: logo\n"))
    found = picture.getpixel((picture.width // 2, picture.height // 2))
    assert all(abs(one - wanted) <= 2 for one, wanted in zip(found, colour, strict=True)), found


def test_a_picture_that_was_taken_on_its_side_is_printed_upright(tmp_path):
    (tmp_path / "logo").write_bytes(sideways())
    picture = logo_in(compose(tmp_path, "logo: logo\n"))
    assert picture.width == 2 * picture.height
    assert picture.getpixel((picture.width - 10, 10))[0] > 200, "red at the right"
    assert picture.getpixel((10, 10))[2] > 200, "blue at the left"


@pytest.mark.parametrize(
    ("logo", "sentence"),
    [
        (saved(Image.new("1", (9000, 5600))), "logo has more dots than a letter has use for"),
        (a_png(60_000, 8, 2, b"\0\0\0")[:200], "logo has more dots than a letter has use for"),
        (saved(Image.new("RGB", (80, 40)), "GIF"), "logo is not a picture in the format PNG or JPEG"),
        (saved(Image.new("RGB", (80, 40)), "WEBP"), "logo is not a picture in the format PNG or JPEG"),
        (saved(Image.new("RGB", (80, 40)), "TIFF"), "logo is not a picture in the format PNG or JPEG"),
        (b"%PDF-1.7", "logo is not a picture in the format PNG or JPEG"),
    ],
)
def test_what_is_no_such_picture_or_too_large_is_refused(tmp_path, logo, sentence):
    (tmp_path / "logo").write_bytes(logo)
    assert fault_of(tmp_path, "logo: logo\n") == f"logo: {sentence}"


def test_a_logo_that_goes_after_it_was_looked_at_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(picture_file, "fault_in_picture", lambda _file: "")
    with pytest.raises(NotPossible, match=r"logo\.png cannot be read: No such file"):
        compose(tmp_path, "logo: logo.png\n")


@pytest.mark.parametrize("written", ["red", "#12345", "#1F4E79", "rgb(1, 2, 3)", "1F4E79", "'#1F4E7'", "'#GGGGGG'"])
def test_a_colour_that_cannot_be_read_is_refused_also_where_it_is_a_comment_for_want_of_quotes(tmp_path, written):
    assert fault_of(tmp_path, f"accent: {written}\n") == 'accent: is not a colour: write it as "#1F4E79"'


@pytest.mark.parametrize("written", ["#FFFFFF", "#FFE600", "#7FDBFF"])
def test_a_colour_that_nobody_could_read_on_paper_is_refused(tmp_path, written):
    assert fault_of(tmp_path, f'accent: "{written}"\n').startswith("accent: is too light to be read on paper")


@pytest.mark.parametrize(
    "name", ["name", "department", "registration", "phone", "email", "signatory", "signatory_role"]
)
def test_a_line_of_five_hundred_signs_is_refused_before_it_is_cut(tmp_path, name):
    said = fault_of(tmp_path, f"{name}: {'Reg 1234 ' * 55}x\n")
    assert said == f"{name}: is longer than a letterhead has room for: 160 signs at most"


def test_an_address_of_the_clinic_of_more_lines_than_there_is_room_for_is_refused(tmp_path):
    assert "has more lines" in fault_of(tmp_path, f"address: [{', '.join(f'Line {one}' for one in range(12))}]\n")


@pytest.mark.parametrize("envelope", ["din_5008_a", "din_5008_b", "uk_dl", "us_10", "us_10_double"])
@pytest.mark.parametrize("logo", ["", "logo: logo\n"])
def test_all_that_a_letterhead_may_hold_is_printed_above_the_text(tmp_path, envelope, logo):
    (tmp_path / "logo").write_bytes(saved(Image.new("RGB", (300, 100), "navy")))
    registration = ("Registered in Exampleland no. 12345678, VAT EX 999 999 999, licence AB-1234-CD; " * 2)[:159] + "!"
    address = ["Pathology Building", "1 Example Street", "Back Yard", "Exampletown", "00000", "Exampleland"]
    paper = "letter" if envelope.startswith("us") else "a4"
    text = f"envelope: {envelope}\npaper: {paper}\nregistration: '{registration}'\naddress: {address}\n{logo}"
    pdf = compose(tmp_path, text)
    said, squeezed = words_of(pdf), words_of(pdf).replace(" ", "")
    assert registration.replace(" ", "") in squeezed
    assert all(line in said for line in address)
    page, found = PdfReader(BytesIO(pdf)).pages[0], {}

    def note(text, ours, at, *_more):
        if text.strip():
            found[text.strip()] = ours[3] * at[5] + ours[5]

    page.extract_text(visitor_text=note)
    subject = next(y for text, y in found.items() if text.startswith("Ada Example"))
    assert found["1 December 2014"] >= subject + 11
    assert all(found[line] > subject + 11 for line in address if line in found)


def test_a_recipient_of_twelve_lines_is_printed_whole(tmp_path):
    lines = tuple(f"Line {number} of the address" for number in range(1, 13))
    for envelope in ("din_5008_a", "uk_dl"):
        said = words_of(
            compose(tmp_path, f"envelope: {envelope}\n", gp=GeneralPractitioner(name="Dr First", address=lines))
        )
        assert all(line in said for line in lines)


def test_an_unknown_placeholder_is_refused_at_once_with_the_list_of_those_there_are(tmp_path):
    said = fault_of(tmp_path, "letters: {clinic: {opening: 'Dear {patient.nome}'}}\n")
    assert said.startswith("letters.clinic.opening: {patient.nome} is no placeholder; there are: {patient.name}")
    assert said.endswith("{date}")
