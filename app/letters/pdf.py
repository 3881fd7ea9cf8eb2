"""A letter as PDF: the same content gives the same bytes, in any process."""

from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from app.letters import advice_sections, sections
from app.letters.content import LetterContent
from app.letters.fonts import REGULAR, printable, register_fonts
from app.letters.page import NumberedCanvas, draw_first_page, draw_later_page, first_height
from app.letters.style import BOTTOM, FRAME_HEIGHT, LEFT, TEXT_WIDTH, Look, look_of
from app.words import _

_one_at_a_time = Lock()  # reportlab keeps state of its own while it lays out


def story(content: LetterContent, look: Look) -> list[Flowable]:
    """Return the letter from its subject to its signature, and what its next step rests on."""
    step = content.next_step
    return [
        NextPageTemplate("later"),
        *sections.opening(content, look),
        *sections.diagnosis(content, look),
        *sections.alk(content.alk_status, content.tests, look),
        *sections.treatment(content.lines, content.local_treatments, look),
        *sections.assessment(content.assessment, look),
        *sections.events(content.events, look),
        *advice_sections.next_step(content, look),
        *advice_sections.open_points(step, look),
        *advice_sections.closing(content, look),
        *advice_sections.sources(step, content.protocol, look),
    ]


def write_pdf(content: LetterContent) -> bytes:
    """Return the letter as the bytes of a PDF of A4 pages with its fonts embedded."""
    with _one_at_a_time:
        register_fonts()
        out = BytesIO()
        template = BaseDocTemplate(
            out, pagesize=A4, invariant=1, title=_("Clinic letter"), author=printable(content.letterhead.name),
            subject="", creator="ALKPath", lang="en", initialFontName=REGULAR, initialFontSize=10.5,
            allowSplitting=1, pageTemplates=_pages(content),
        )  # fmt: skip
        template.build(
            story(content, look_of(content.letterhead.accent)), canvasmaker=partial(NumberedCanvas, foot=content.foot)
        )
        return out.getvalue()


def _pages(content: LetterContent) -> list[PageTemplate]:
    def frame(height: float) -> Frame:
        return Frame(LEFT, BOTTOM, TEXT_WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def first(canvas: Any, _template: BaseDocTemplate) -> None:
        draw_first_page(canvas, content)

    def later(canvas: Any, _template: BaseDocTemplate) -> None:
        draw_later_page(canvas, content)

    return [
        PageTemplate("first", [frame(first_height(content))], onPage=first),
        PageTemplate("later", [frame(FRAME_HEIGHT)], onPage=later),
    ]
