"""Where the address is, read back from the PDF: in the window of every envelope, however the sheet lies in it."""

import re
from datetime import date
from io import BytesIO

import pytest
from letters.conftest import DAYS
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.letters.fonts import REGULAR
from app.record.patient import GeneralPractitioner
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from builders import a_patient, a_record

MM = 72 / 25.4
INCH = 25.4
SIX = ("Line two", "Line three", "Line four", "Line five", "Line six is here")
# What shows in each window whatever way the folded sheet stands: left, right, upper and lower edge in mm of the sheet.
WINDOWS = {
    "din_5008_a": (20, 105, 27, 72),
    "din_5008_b": (20, 105, 45, 90),
    # 90 mm wide, the sheet 10 mm narrower than the envelope; at rest 46 to 81 mm from the upper edge.
    "uk_dl": (20, 100, 46, 81),
    # 7/8 to 5 3/8 inches, the sheet 1 inch narrower; 1/8 inch clear on each side.
    "us_10": (1 * INCH, 4.25 * INCH, 2.167 * INCH, 3.042 * INCH),
    "us_10_double": (0.75 * INCH, 3.5 * INCH, 1.79 * INCH, 2.542 * INCH),
}
FOLDS = {
    "din_5008_a": (87, 148.5, 192), "din_5008_b": (105, 148.5, 210), "uk_dl": (99, 198),
    "us_10": (93.1, 186.3), "us_10_double": (93.1, 186.3),
}  # fmt: skip


def letters(folder, envelope, more=""):
    paper = "letter" if envelope.startswith("us") else "a4"
    text = f"envelope: {envelope}\npaper: {paper}\nregistration: Reg. 1234\n{more}"
    (folder / "clinic.yaml").write_text(text, encoding="utf-8")
    clinic = Clinic(folder)
    return Letters(clinic, Advising(clinic))


def first_page(folder, envelope, address=SIX, kind="clinic"):
    patient = a_patient(gp=GeneralPractitioner(name="Dr First Line", address=address))
    pdf = letters(folder, envelope).compose(a_record(patient=patient), date(2014, 12, 1), kind=kind)
    return PdfReader(BytesIO(pdf)).pages[0]


def places(page):
    """Return what is written on a page: text, left edge, baseline and size, in mm from the upper left corner."""
    found = []

    def note(text, ours, at, _font, size):
        if text.strip():
            x, y = ours[0] * at[4] + ours[4], ours[3] * at[5] + ours[5]
            found.append((text.strip(), x / MM, (float(page.mediabox.height) - y) / MM, size))

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("envelope", WINDOWS)
@pytest.mark.parametrize("lines", [1, 4, 6, 9])  # nine is more than anybody writes on an American envelope
def test_the_whole_address_shows_in_the_window(tmp_path, envelope, lines):
    lines = min(lines, 6) if envelope.startswith("us") else lines
    address = (*SIX, "Line seven", "Line eight", "Line nine")[: lines - 1]
    found = {text: rest for text, *rest in places(first_page(tmp_path, envelope, address))}
    left, right, upper, lower = WINDOWS[envelope]
    for line in ("Dr First Line", *address):
        x, baseline, size = found[line]
        assert x >= left
        assert x + stringWidth(line, REGULAR, size) / MM <= right
        assert baseline - size * 0.75 / MM >= upper - 0.1, line
        assert baseline + size * 0.2 / MM <= lower + 0.1, line


# Envelopes in mm: their height and width; window: left, from below, width, height; where the sheet is folded first and
# how high it is then, its width; how many lines show however it has slipped.
ENVELOPES = {
    "din_5008_a in DL": (110, 220, (20, 15, 90, 45), 87, 105, 210, 6),
    "din_5008_a in C6/5": (114, 229, (20, 15, 90, 45), 87, 105, 210, 6),
    "din_5008_b in DL": (110, 220, (20, 15, 90, 45), 105, 105, 210, 6),
    "din_5008_b in C6/5": (114, 229, (20, 15, 90, 45), 105, 105, 210, 6),
    "uk_dl as BS 4264": (110, 220, (20, 18, 93, 39), 99, 99, 210, 5),
    "uk_dl as sold": (110, 220, (20, 18, 90, 35), 99, 99, 210, 5),
    "us_10 half an inch up": (104.775, 241.3, (22.225, 12.7, 114.3, 28.575), 93.133, 93.133, 215.9, 3),
    "us_10_double": (104.775, 241.3, (15.875, 25.4, 101.6, 25.4), 93.133, 93.133, 215.9, 2),
}


@pytest.mark.parametrize("name", ENVELOPES)
def test_an_address_shows_however_the_sheet_has_slipped(tmp_path, name):
    high, wide, (left, below, width, height), fold, folded, paper, lines = ENVELOPES[name]
    envelope = name.split()[0]
    address = ("Line two", "Line three", "Line four", "Line five", "Line six")[: lines - 1]
    found = {text: rest for text, *rest in places(first_page(tmp_path, envelope, address))}
    up, across = high - folded, wide - paper
    for slipped in (0.0, up):
        lower = fold + slipped - below  # of what shows, from above on the sheet
        for moved in (0.0, across):
            for line in ("Dr First Line", *address):
                x, baseline, size = found[line]
                assert left - moved <= x, line
                assert x + stringWidth(line, REGULAR, size) / MM <= left - moved + width
                assert lower - height <= baseline - size * 0.75 / MM + 0.1, (line, slipped)
                assert baseline + size * 0.2 / MM <= lower + 0.1, (line, slipped)


@pytest.mark.parametrize("name", ENVELOPES)
def test_no_patient_shows_in_the_window_however_the_sheet_has_slipped(tmp_path, name):
    high, _wide, (_left, below, *_size), fold, folded, *_rest = ENVELOPES[name]
    found = places(first_page(tmp_path, name.split()[0]))
    ((baseline, size),) = [(down, size) for text, _x, down, size in found if text.startswith("Ada Example")]
    assert baseline - size * 0.75 / MM >= fold + high - folded - below


@pytest.mark.parametrize("envelope", ["uk_dl", "us_10", "us_10_double"])
def test_a_short_address_stands_at_the_lower_edge_of_its_place(tmp_path, envelope):
    short = {text: rest for text, *rest in places(first_page(tmp_path, envelope, ("Line two",)))}
    long = {text: rest for text, *rest in places(first_page(tmp_path, envelope, SIX))}
    assert short["Line two"][1] == pytest.approx(long["Line six is here"][1], abs=0.6)


@pytest.mark.parametrize(("envelope", "head"), [("din_5008_a", 27), ("din_5008_b", 45)])
def test_din_5008_has_its_zones_to_the_millimetre(tmp_path, envelope, head):
    found = {text: rest for text, *rest in places(first_page(tmp_path, envelope))}
    x, baseline, _size = found["Example Hospital · 1 Example Street · 00000 Exampletown"]
    assert (round(x, 1), head < baseline < head + 5) == (25, True)
    x, baseline, size = found["Dr First Line"]
    assert round(x, 1) == 25
    assert baseline - size / MM == pytest.approx(head + 17.7, abs=0.3), "six lines begin under the zone of remarks"
    x, baseline, size = found["+00 000 000 000"]
    assert round(x, 1) == 125
    first = min(rest for _text, *rest in places(first_page(tmp_path, envelope)) if rest[0] == pytest.approx(125))
    assert first[1] - first[2] / MM == pytest.approx(head + 5, abs=0.3)
    body = next(rest for text, *rest in places(first_page(tmp_path, envelope)) if text.startswith("Ada Example"))
    assert body[1] >= head + 45 + 8.46


def test_the_upper_window_of_a_double_one_shows_the_sender_only(tmp_path):
    found = {text: rest for text, *rest in places(first_page(tmp_path, "us_10_double"))}
    for line in ("Example Hospital", "1 Example Street", "00000 Exampletown"):
        x, baseline, size = found[line]
        assert x >= 0.75 * INCH
        assert x + stringWidth(line, REGULAR, size) / MM <= 2.875 * INCH
        assert baseline - size * 0.75 / MM >= 0.417 * INCH
        assert baseline <= 1.292 * INCH


@pytest.mark.parametrize("envelope", WINDOWS)
def test_nothing_but_the_address_shows_in_the_window(tmp_path, envelope):
    left, right, upper, lower = WINDOWS[envelope]
    shown = [
        text
        for text, x, baseline, size in places(first_page(tmp_path, envelope))
        if left - 5 < x < right and upper < baseline and baseline - size * 0.75 / MM < lower
    ]
    expected = {"Dr First Line", *SIX}
    if envelope.startswith("din"):
        expected.add("Example Hospital · 1 Example Street · 00000 Exampletown")
    assert set(shown) == expected


@pytest.mark.parametrize("envelope", FOLDS)
def test_the_marks_to_fold_at_are_where_the_envelope_wants_them(tmp_path, envelope):
    page = first_page(tmp_path, envelope)
    drawn = page.get_contents().get_data().decode("latin-1")
    edge = f"{4 * MM:.4f}"
    lines = re.findall(r"n ([\d.]+) ([\d.]+) m ([\d.]+) \2 l S", drawn)
    marks = sorted((float(page.mediabox.height) - float(y)) / MM for x, y, _to in lines if x.startswith(edge[:5]))
    assert marks == pytest.approx(FOLDS[envelope], abs=0.1)


@pytest.mark.parametrize("envelope", WINDOWS)
@pytest.mark.parametrize("kind", ["clinic", "mdt", "patient", "pathway", "plan"])
def test_every_kind_is_on_the_clinics_paper(tmp_path, desk, envelope, kind):
    pdf = letters(tmp_path, envelope).compose(desk.demo(2), date.fromisoformat(DAYS[2]), kind=kind)
    wanted = [612, 792] if envelope.startswith("us") else [595, 842]
    for page in PdfReader(BytesIO(pdf)).pages:
        assert sorted(round(float(side)) for side in page.mediabox[2:]) == wanted
        assert "Example Hospital" in page.extract_text() or "DEMO-2" in page.extract_text()


@pytest.mark.parametrize("envelope", WINDOWS)
def test_the_registration_line_is_in_the_letterhead(tmp_path, envelope):
    assert "Reg. 1234" in {text for text, *_rest in places(first_page(tmp_path, envelope))}
