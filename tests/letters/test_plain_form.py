"""When the layout fails the letter still prints, in plain form, and says so."""

import dataclasses
import re
from datetime import date
from functools import partial
from io import BytesIO
from typing import get_args

import pytest
from letters.conftest import DAYS, texts
from PIL import Image
from pypdf import PdfReader
from reportlab.platypus import KeepTogether, Table

from app.letters import archive, canvas, composing, fonts, framed, in_lines, letterhead, page, prose, structure
from app.letters import pdf as layout
from app.letters.columns import TwoColumns
from app.letters.content import OptionalSection, Section
from app.letters.drawing import FigureOnPaper
from app.letters.kinds import KINDS
from app.letters.plain_form import write_plainly
from app.letters.style import look_of
from app.record.reading import NotPossible
from app.services.advice import Advising
from app.services.bug_log import FILE_NAME, note_bug
from app.services.clinic import Clinic
from app.services.letters import Letters
from app.services.whole_file import write_whole
from app.words import speaking
from builders import a_patient, a_record

NOTICE = {
    "en": "Printed in plain form because the layout failed. Nothing is left out.",
    "fr": "Imprimé sous forme simple, car la mise en page a échoué. Rien n’est omis.",
}
LEFT_OUT = [
    (kind, left_out)
    for kind, about in KINDS.items()
    for optional in [[one for one in get_args(OptionalSection) if one in about.sections]]
    for left_out in (frozenset(), *(frozenset({one}) for one in optional), frozenset(optional))
]


def fails(*_given, **_named):
    raise ZeroDivisionError("cannot lay out Clara Brainonly")


@pytest.fixture
def broken_layout(monkeypatch):
    monkeypatch.setattr(layout, "SECTIONS", dict.fromkeys(layout.SECTIONS, fails))


def letters_that_note(folder, **settings):
    """Return letters of a clinic whose failures are noted in a folder."""
    clinic = Clinic(folder if settings else None)
    for name, value in settings.items():
        (folder / "clinic.yaml").write_text(f"{name}: {value}\n", encoding="utf-8")
    return Letters(clinic, Advising(clinic), failed=partial(note_bug, folder=folder))


def words_of(pdf):
    """Return the text of all pages without any space: a line may be broken anywhere."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def squeezed(text):
    return "".join(text.split())


def body_of(pdf, *around):
    """Return the text of all pages without what stands at the head and the foot of each."""
    words = re.sub(r"page\d+(of|sur)\d+", "", words_of(pdf))
    for one in around:
        words = words.replace(squeezed(one), "")
    return words


def designed(flowables):
    """Yield every text that a designed letter draws."""
    for one in flowables:
        if isinstance(one, prose.Prose):
            yield one.text()
        elif isinstance(one, Table):
            yield from (cell for row in one._cellvalues for cell in row)
        elif isinstance(one, KeepTogether):
            yield from designed(one._content)
        elif isinstance(one, framed.Framed):
            yield from designed(part for parts in one.parts for part in parts)
        elif isinstance(one, TwoColumns):
            yield from designed(one.parts)
        elif isinstance(one, FigureOnPaper):
            yield from (shape.text for shape in one.figure.shapes if hasattr(shape, "text"))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("kind", "left_out"), LEFT_OUT, ids=lambda one: one if isinstance(one, str) else "-".join(sorted(one))
)
def test_the_plain_form_says_what_the_designed_letter_says_and_nothing_that_was_left_out(
    desk, kind, left_out, language
):
    with speaking(language):
        content = desk.content_of_demo(2, kind=kind, language=language, without=left_out)
        look = look_of(content.letterhead.accent, layout._sheet(kind, content.letterhead))
        drawn = "\n".join(map(squeezed, designed(layout.story(content, look))))
        plain = write_plainly(content)
    assert words_of(plain).startswith(squeezed(NOTICE[language]))
    said = body_of(plain, NOTICE[language], content.foot)
    wanted = {squeezed(fonts.printable(one)).rstrip(".") for one in texts(content)} - {""}
    assert [one for one in wanted if one in drawn and one not in said] == []
    head = (content.letterhead, content.patient, content.recipient, content.date, content.title, content.course.says)
    beside = {squeezed(fonts.printable(one)).rstrip(".") for one in texts(head)}
    told = [one for one in wanted - beside if len(one) > 12 and one.casefold() in said.casefold()]
    assert [one for one in told if one.casefold() not in drawn.casefold()] == []


def test_every_section_has_its_lines():
    assert set(in_lines.SECTIONS) == set(get_args(Section))


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_whose_sections_fail_comes_in_plain_form(desk, tmp_path, kind, broken_layout):
    pdf = letters_that_note(tmp_path).compose(desk.demo(2), date.fromisoformat(DAYS[2]), kind=kind)
    assert words_of(pdf).startswith(squeezed(NOTICE["en"]))
    assert (tmp_path / FILE_NAME).exists()


# What may fail, from the first to the last thing that is done for a letter.
POINTS = {
    "the picture is planned": (composing, "course_figure"),
    "a measure of the picture": (fonts, "width_of"),
    "the faces are registered": (layout, "register_fonts"),
    "the faces are registered anywhere": (fonts, "_register"),
    "a face measures": (fonts.Face, "stringWidth"),
    "a face writes": (fonts.Face, "splitString"),
    "a face is embedded": (fonts._Named, "addObjects"),
    "a text is made printable": (prose, "printable"),
    "a text is made printable anywhere": (fonts, "_instead"),
    "the look": (layout, "look_of"),
    "the sheet": (layout, "sheet_for"),
    "the number of pages": (layout, "extent_of"),
    "a frame": (framed.Framed, "wrap"),
    "two columns": (TwoColumns, "draw"),
    "the picture is drawn": (FigureOnPaper, "draw"),
    "a paragraph": (prose.Prose, "draw"),
    "a watermark": (layout, "draw_state"),
    "the first page": (layout, "draw_first_page"),
    "the logo": (letterhead, "draw_logo"),
    "a later page": (layout, "draw_later_page"),
    "the foot": (layout, "draw_foot"),
    "the square code": (page, "draw_qr"),
    "an element begins": (structure.Structure, "begin"),
    "the structure is written": (structure.Structure, "write"),
    "the archive": (canvas, "make_archivable"),
    "the record goes with it": (archive, "_attach"),
    "the file is made": (canvas.LetterCanvas, "save"),
}


@pytest.fixture(scope="module")
def logo():
    out = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "PNG")
    return out.getvalue()


def signed(logo, content):
    return dataclasses.replace(
        content, letterhead=dataclasses.replace(content.letterhead, logo=logo), watermark="DRAFT",
        superseded="Superseded by 1111-2222", mark="7K3M-9QXT", qr="ALKPATH:7K3M-9QXT:0123456789ABCDEF",
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("point", POINTS)
def test_whatever_fails_the_letter_comes_in_plain_form_with_all_its_marks(
    desk, tmp_path, monkeypatch, logo, point, language
):
    letters, day = letters_that_note(tmp_path), date.fromisoformat(DAYS[2])
    record = desk.demo(2)
    record = dataclasses.replace(record, patient=dataclasses.replace(record.patient, given_name="Zoë 王明"))

    def compose():
        return letters.compose(record, day, language=language, attach_record=True, finish=partial(signed, logo))

    whole = compose()
    fonts.printable.cache_clear()
    with monkeypatch.context() as broken:
        broken.setattr(*POINTS[point], fails)
        pdf = compose()
    assert "ZeroDivisionError" in (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    for each in PdfReader(BytesIO(pdf)).pages:
        text = squeezed(each.extract_text())
        assert text.startswith(squeezed(f"DRAFT Superseded by 1111-2222 {NOTICE[language]}"))
        assert "7K3M-9QXT·ALKPATH:7K3M-9QXT:0123456789ABCDEF" in text
        assert "DEMO-2" in text
    with speaking(language):
        content = letters.content(record, day, language=language)
    state, square = "DRAFT Superseded by 1111-2222", "·7K3M-9QXT·ALKPATH:7K3M-9QXT:0123456789ABCDEF"
    said = body_of(pdf, state, NOTICE[language], "The record does not go with it as a file.", square, content.foot)
    step = content.next_step
    wanted = (
        "Zoë", *(one.text for one in step.options), *(one.words for one in step.due), content.protocol.notice,
        *(dose for one in content.lines for dose in one.doses), *content.signature,
    )  # fmt: skip
    assert [one for one in wanted if squeezed(one) not in said] == []
    assert "王明" in said or "[U+738B][U+660E]" in said
    assert compose() == whole, "what has failed once leaves nothing behind"


@pytest.mark.parametrize("section", get_args(Section))
def test_any_section_may_fail(desk, tmp_path, monkeypatch, section):
    monkeypatch.setitem(layout.SECTIONS, section, fails)
    settings = {"letters": "{clinic: {notes: true}}"} if section == "notes" else {}
    letters, day = letters_that_note(tmp_path, **settings), date.fromisoformat(DAYS[6])
    for kind, about in KINDS.items():
        words = words_of(letters.compose(desk.demo(6), day, kind=kind))
        assert words.startswith(squeezed(NOTICE["en"])) == (section in about.sections)


def test_without_its_picture_a_letter_says_what_the_picture_would_show(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(composing, "course_figure", fails)
    said = words_of(letters_that_note(tmp_path).compose(desk.demo(2), date.fromisoformat(DAYS[2]), kind="pathway"))
    assert squeezed("The picture could not be drawn. What it would show:") in said
    assert squeezed("1 · crizotinib · from 1 September 2011") in said
    assert squeezed("Sum of diameters · 66 mm · 28 mm") in said


def test_what_is_wrong_with_the_facts_is_no_matter_of_the_layout(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(composing, "lines_said", fails)
    with pytest.raises(ZeroDivisionError):
        letters_that_note(tmp_path).compose(desk.demo(2), date.fromisoformat(DAYS[2]))


def test_when_the_plain_form_fails_too_it_is_said_and_no_file_is_there(desk, tmp_path, broken_layout, monkeypatch):
    from app.letters import plain_form

    monkeypatch.setattr(plain_form, "Canvas", fails)
    file = tmp_path / "letter.pdf"
    with pytest.raises(NotPossible, match=r"cannot be printed, not even in plain form.*faults\.log"):
        write_whole(file, letters_that_note(tmp_path).compose(desk.demo(2), date.fromisoformat(DAYS[2])))
    assert [one.name for one in tmp_path.iterdir()] == [FILE_NAME]
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8").count("plain_form.py") >= 1


def test_the_bug_is_noted_without_the_patient(desk, tmp_path, broken_layout):
    letters_that_note(tmp_path).compose(desk.demo(2), date.fromisoformat(DAYS[2]))
    log = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "Brainonly" not in log
    assert "Clara" not in log


def test_where_nobody_is_told_a_failure_is_raised(desk, broken_layout):
    with pytest.raises(ZeroDivisionError):
        desk.pdf(desk.demo(2), DAYS[2])


def test_a_record_that_cannot_go_with_it_is_said_to_be_missing(desk, tmp_path, broken_layout):
    letters, day = letters_that_note(tmp_path), date.fromisoformat(DAYS[2])
    missing = squeezed("The record does not go with it as a file.")
    assert missing in words_of(letters.compose(desk.demo(2), day, attach_record=True))
    assert missing not in words_of(letters.compose(desk.demo(2), day))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_nothing_runs_over_the_edge_of_the_clinics_paper(desk, tmp_path, broken_layout, paper):
    patient = a_patient(family_name="W" * 300, given_name="王" * 200)
    pdf = letters_that_note(tmp_path, paper=paper).compose(a_record(patient=patient), date(2014, 12, 1))
    right = []

    def note(text, ours, at, _font, size):
        if text.strip():
            x, face = ours[0] * at[4] + ours[4], fonts.BOLD if "W" in text or "王" in text else fonts.REGULAR
            right.append(x + fonts.pdfmetrics.stringWidth(text.strip(), face, size))

    (first, *_rest) = PdfReader(BytesIO(pdf)).pages
    first.extract_text(visitor_text=note)
    assert [round(float(side)) for side in first.mediabox[2:]] == ([612, 792] if paper == "letter" else [595, 842])
    assert max(right) <= float(first.mediabox[2]) - 14
    assert words_of(pdf).count("W") >= 300
    assert words_of(pdf).count("王") >= 200


def test_the_same_plain_letter_is_the_same_bytes_again(desk):
    assert write_plainly(desk.content_of_demo(2)) == write_plainly(desk.content_of_demo(2))
