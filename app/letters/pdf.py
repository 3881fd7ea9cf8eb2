"""A letter as PDF: the same content gives the same bytes, in any process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from app.letters import advice_sections, other_sections, sections
from app.letters.archive import About
from app.letters.canvas import LetterCanvas
from app.letters.content import Kind, LetterContent, Letterhead, Section
from app.letters.fonts import REGULAR, register_fonts
from app.letters.kinds import KINDS
from app.letters.letterhead import draw_first_page, first_height
from app.letters.marks import draw_state
from app.letters.page import draw_foot, draw_later_page
from app.letters.plain_form import write_plainly
from app.letters.sheet import Sheet, sheet_for
from app.letters.shortening import closer, shorter
from app.letters.style import Look, look_of

_one_at_a_time = Lock()  # reportlab keeps state of its own while it lays out
# How high a picture may be, as a part of the page.
PICTURE: Mapping[Kind, float] = {"clinic": 0.212, "mdt": 0.14, "patient": 0.2, "pathway": 0.45, "plan": 0.2}
SAVED = 0.2  # of a page at most, by setting one before it closer
CREATOR = "ALKPath"
Failed = Callable[[Exception], object]
Printed = Callable[[LetterContent, Look], list[Flowable]]

SECTIONS: Mapping[Section, Printed] = {
    "opening": sections.opening,
    "question": other_sections.question,
    "board_summary": other_sections.board_summary,
    "diagnosis": sections.diagnosis,
    "course": sections.course,
    "alk": sections.alk,
    "treatment": sections.treatment,
    "assessment": sections.assessment,
    "events": sections.events,
    "next_step": advice_sections.next_step,
    "options": other_sections.options,
    "open_points": advice_sections.open_points,
    "decision": other_sections.decision,
    "closing": advice_sections.closing,
    "sources": advice_sections.sources,
    "plain": other_sections.plain,
    "plan": other_sections.plan,
}


def story(content: LetterContent, look: Look) -> list[Flowable]:
    """Return every part of a letter, in its order."""
    parts = [flowable for section in content.sections for flowable in SECTIONS[section](content, look)]
    return [NextPageTemplate("later"), *parts]


def _sheet(kind: Kind, letterhead: Letterhead) -> Sheet:
    return sheet_for(
        is_addressed=KINDS[kind].is_addressed,
        is_landscape=KINDS[kind].is_landscape,
        paper=letterhead.paper,
        envelope=letterhead.envelope,
    )


def picture_size(kind: Kind, letterhead: Letterhead) -> tuple[float, float]:
    """Return the width of a letter's pictures, and how high they may be, in points."""
    sheet = _sheet(kind, letterhead)
    return sheet.text_width, sheet.height * PICTURE[kind]


def write_pdf(content: LetterContent, attached: bytes = b"", *, failed: Failed | None = None) -> bytes:
    """Return the letter as the bytes of a PDF with its fonts embedded, on as few pages as its kind and its text allow.

    When the layout fails, for whatever reason, `failed` is told of the bug and the letter comes in plain form; without
    `failed` the error is raised.
    """
    with _one_at_a_time:
        try:
            return _laid_out(content, attached)
        except Exception as error:  # nobody is without a letter because of how it was to look
            if failed is None:
                raise
            failed(error)
            return write_plainly(content)


def _laid_out(content: LetterContent, attached: bytes) -> bytes:
    """Return the letter as it was designed.

    One that is of one page is set closer, then shortened, until it is on one; of any other, a last page of a few lines
    is saved by setting all a little closer. `attached` is the record as a file, which goes with the letter.
    """
    register_fonts()
    sheet = _sheet(content.kind, content.letterhead)

    def written(one: LetterContent, scale: float) -> _Written:
        return _written(one, look_of(content.letterhead.accent, sheet, scale), attached)

    first = last = written(content, 1.0)
    wanted = 1 if KINDS[content.kind].is_one_page else first.pages - 1
    if wanted and (KINDS[content.kind].is_one_page or first.filled <= SAVED * wanted):
        for one, scale in shorter(content) if KINDS[content.kind].is_one_page else closer(content):
            if last.pages <= wanted:
                break
            last = written(one, scale)
    return last.data if last.pages < first.pages else first.data


@dataclass(frozen=True, slots=True)
class _Written:
    """A letter as bytes, its number of pages, and how much of the last one is used, as a part of its height."""

    data: bytes
    pages: int
    filled: float


def _written(content: LetterContent, look: Look, attached: bytes) -> _Written:
    out = BytesIO()
    template = BaseDocTemplate(
        out, pagesize=(look.sheet.width, look.sheet.height), invariant=1, title=content.title,
        author=content.letterhead.name, subject=content.title, creator=CREATOR, lang=content.language,
        initialFontName=REGULAR, initialFontSize=10.5, allowSplitting=1, pageTemplates=_pages(content, look),
    )  # fmt: skip

    def foot(canvas: LetterCanvas, number: int, count: int) -> None:
        draw_foot(canvas, content, look, number, count)

    about = About(content.title, content.letterhead.name, content.language, content.day, attached)
    template.build(story(content, look), canvasmaker=partial(LetterCanvas, foot=foot, about=about))
    frame: Any = template.frame
    return _Written(out.getvalue(), template.page, 1 - (frame._y - frame._y1p) / look.sheet.frame_height)


def _pages(content: LetterContent, look: Look) -> list[PageTemplate]:
    sheet = look.sheet

    def frame(height: float) -> Frame:
        return Frame(
            sheet.left,
            sheet.bottom,
            sheet.text_width,
            height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )

    def first(canvas: Any, _template: BaseDocTemplate) -> None:
        draw_state(canvas, content, sheet)
        draw_first_page(canvas, content, look)

    def later(canvas: Any, _template: BaseDocTemplate) -> None:
        draw_state(canvas, content, sheet)
        draw_later_page(canvas, content, look)

    return [
        PageTemplate("first", [frame(first_height(content, look))], onPage=first),
        PageTemplate("later", [frame(sheet.frame_height)], onPage=later),
    ]
