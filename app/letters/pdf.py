"""A letter as PDF: the same content gives the same bytes, in any process."""

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from app.letters import advice_sections, other_sections, sections
from app.letters.content import Kind, LetterContent, Section
from app.letters.fonts import REGULAR, printable, register_fonts
from app.letters.kinds import KINDS
from app.letters.page import NumberedCanvas, draw_first_page, draw_later_page, first_height
from app.letters.sheet import Sheet, sheet_for
from app.letters.shortening import shorter
from app.letters.style import Look, look_of

_one_at_a_time = Lock()  # reportlab keeps state of its own while it lays out
# How high a picture may be, as a part of the page.
PICTURE: Mapping[Kind, float] = {"clinic": 0.226, "mdt": 0.14, "patient": 0.2, "pathway": 0.45, "plan": 0.2}
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


def _sheet(kind: Kind) -> Sheet:
    return sheet_for(is_addressed=KINDS[kind].is_addressed, is_landscape=KINDS[kind].is_landscape)


def picture_size(kind: Kind) -> tuple[float, float]:
    """Return the width of a letter's pictures, and how high they may be, in points."""
    sheet = _sheet(kind)
    return sheet.text_width, sheet.height * PICTURE[kind]


def write_pdf(content: LetterContent) -> bytes:
    """Return the letter as the bytes of a PDF with its fonts embedded; one of one page is shortened until it fits."""
    with _one_at_a_time:
        register_fonts()
        look = look_of(content.letterhead.accent, _sheet(content.kind))
        written, pages = b"", 0
        for one in shorter(content) if KINDS[content.kind].is_one_page else (content,):
            written, pages = _written(one, look)
            if pages == 1:
                break
        return written


def _written(content: LetterContent, look: Look) -> tuple[bytes, int]:
    """Return the bytes of a letter and its number of pages."""
    out = BytesIO()
    template = BaseDocTemplate(
        out, pagesize=(look.sheet.width, look.sheet.height), invariant=1, title=printable(content.title),
        author=printable(content.letterhead.name), subject="", creator="ALKPath", lang=content.language,
        initialFontName=REGULAR, initialFontSize=10.5, allowSplitting=1, pageTemplates=_pages(content, look),
    )  # fmt: skip
    template.build(story(content, look), canvasmaker=partial(NumberedCanvas, content=content, look=look))
    return out.getvalue(), template.page


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
        draw_first_page(canvas, content, look)

    def later(canvas: Any, _template: BaseDocTemplate) -> None:
        draw_later_page(canvas, content, look)

    return [
        PageTemplate("first", [frame(first_height(content, look))], onPage=first),
        PageTemplate("later", [frame(sheet.frame_height)], onPage=later),
    ]
