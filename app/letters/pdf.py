"""A letter as PDF: the same content gives the same bytes, in any process."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import chain
from threading import RLock
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from app.letters import advice_sections, findings_sections, other_sections, plain_sections, sections
from app.letters.archive import About
from app.letters.canvas import LetterCanvas
from app.letters.content import Kind, LetterContent, Letterhead, Section
from app.letters.fitting import Extent, extent_of
from app.letters.fonts import REGULAR, register_fonts
from app.letters.kinds import KINDS
from app.letters.letterhead import draw_first_page, first_height
from app.letters.marks import draw_state
from app.letters.page import draw_foot, draw_later_page
from app.letters.plain_form import write_plainly
from app.letters.sheet import Sheet, sheet_for
from app.letters.shortening import shorter
from app.letters.style import Look, look_of
from app.record.reading import NotPossible
from app.words import _

_one_at_a_time = RLock()  # reportlab keeps state of its own while it lays out
# How high a picture may be, as a part of the page.
PICTURE: Mapping[Kind, float] = {"clinic": 0.212, "mdt": 0.155, "patient": 0.2, "pathway": 0.45, "plan": 0.2}
# How large all is set where a page has room: the scale, and the picture as a part of the page with its text size.
LARGER: Mapping[Kind, tuple[tuple[float, float, float], ...]] = {
    "mdt": ((1.0, 0.22, 8.5), (1.0, 0.18, 8)),
    "pathway": ((1.4, 0.6, 12), (1.2, 0.6, 10.5), (1.0, 0.6, 9.5), (1.0, 0.45, 8)),
    "plan": ((1.15, 0, 0), (1.08, 0, 0)),
}
# How close all is set to save a last page of so much, as a part of each page before it.
CLOSER = {0.95: 0.06, 0.9: 0.3}
CLOSER_TO_PATIENTS = {0.95: 0.4, 0.93: 0.4}  # their words stay larger than 13 points
MOST_PAGES = 4  # of a letter that is set closer to save one
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
    "labs": findings_sections.labs,
    "examinations": findings_sections.examinations,
    "events": sections.events,
    "unrecorded": findings_sections.unrecorded,
    "next_step": advice_sections.next_step,
    "options": other_sections.options,
    "open_points": advice_sections.open_points,
    "notes": findings_sections.notes,
    "decision": other_sections.decision,
    "closing": advice_sections.closing,
    "sources": advice_sections.sources,
    "greeting": plain_sections.greeting,
    "whom_to_call": plain_sections.whom_to_call,
    "plain": plain_sections.plain,
    "standing": other_sections.standing,
    "alerts": other_sections.alerts,
    "plan": other_sections.plan,
}


def story(content: LetterContent, look: Look) -> list[Flowable]:
    """Return every part of a letter, in its order."""
    parts: list[Flowable] = []
    for place, section in enumerate(content.sections):
        parts += SECTIONS[section](content, look)
        if place == 0:
            parts += sections.corrections(content, look)
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


def roomy_sizes(kind: Kind, letterhead: Letterhead) -> tuple[tuple[float, float], ...]:
    """Return how high a picture may be where the page has room, and the size of its text: the largest first."""
    high = _sheet(kind, letterhead).height
    return tuple((high * share, size) for _scale, share, size in LARGER.get(kind, ()) if share)


def write_pdf(content: LetterContent, attached: bytes = b"", *, failed: Failed | None = None) -> bytes:
    """Return the letter as the bytes of a PDF with its fonts embedded, on as few pages as its kind and its text allow.

    When the layout fails, for whatever reason, `failed` is told of the bug and the letter comes in plain form; without
    `failed` the error is raised. Raises `NotPossible` when the plain form fails as well.
    """
    with _one_at_a_time:
        try:
            return _laid_out(content, attached)
        except Exception as error:  # nobody is without a letter because of how it was to look
            if failed is None:
                raise
            failed(error)
            return in_plain_form(content, failed, with_record=bool(attached))


def in_plain_form(content: LetterContent, failed: Failed, *, with_record: bool = False) -> bytes:
    """Return the letter in plain form; raises `NotPossible`, and tells `failed` why, when that cannot be written."""
    try:
        with _one_at_a_time:
            return write_plainly(content, with_record=with_record)
    except Exception as error:
        failed(error)
        raise NotPossible(
            _("This letter cannot be printed, not even in plain form. No file was written, and nothing in the record "
              "has changed. What failed is noted in faults.log: give it to those who look after the program.")
        ) from None  # fmt: skip


def _laid_out(content: LetterContent, attached: bytes) -> bytes:
    """Return the letter as it was designed.

    One that is of one page is set closer, then shortened, until it is on one; of any other, a last page of a few lines
    is saved by setting all a little closer. `attached` is the record as a file, which goes with the letter.
    """
    register_fonts()
    sheet = _sheet(content.kind, content.letterhead)

    def planned(one: LetterContent, scale: float) -> _Planned:
        return _plan(one, look_of(content.letterhead.accent, sheet, scale))

    first = planned(content, 1.0)
    tries: Iterator[_Planned]
    if KINDS[content.kind].is_one_page:
        wanted, tries = 1, (planned(*each) for each in shorter(content))
    else:
        wanted, tries = (
            first.extent.pages - 1,
            _closer(content.kind, first.extent, lambda scale: planned(content, scale)),
        )
    for one in _larger(content, first.extent, planned):
        if one.extent.pages == 1 and (laid := _lay(one, attached)).pages == 1:
            return laid.written()
    as_it_is = None
    for one in chain((first,), tries):
        if one.extent.pages <= wanted:
            laid = _lay(one, attached)
            if laid.pages <= wanted:
                return laid.written()
            as_it_is = laid if one is first else as_it_is
    return (as_it_is or _lay(first, attached)).written()


def _larger(
    content: LetterContent, extent: Extent, planned: Callable[[LetterContent, float], "_Planned"]
) -> Iterator["_Planned"]:
    """Yield a letter of one page set larger, with a higher picture: a page half empty is no place for small print."""
    if extent.pages == 1:
        pictures = content.roomy or (content.course,) * len(LARGER.get(content.kind, ()))
        for (scale, _share, _size), picture in zip(LARGER.get(content.kind, ()), pictures, strict=True):
            yield planned(replace(content, course=picture), scale)


def _closer(kind: Kind, extent: Extent, planned: Callable[[float], "_Planned"]) -> Iterator["_Planned"]:
    """Yield a letter set closer, where that may save a page that is hardly used."""
    before = extent.pages - 1
    for scale, most in (CLOSER_TO_PATIENTS if kind == "patient" else CLOSER).items():
        if 1 <= before < MOST_PAGES and extent.filled <= most * before:
            yield planned(scale)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A letter in parts, and how many pages they will take."""

    content: LetterContent
    look: Look
    story: list[Flowable]
    extent: Extent


def _plan(content: LetterContent, look: Look) -> _Planned:
    parts = story(content, look)
    extent = extent_of(parts, look.sheet.text_width, first_height(content, look), look.sheet.frame_height)
    return _Planned(content, look, parts, extent)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A letter laid out: its number of pages, and its bytes once they are wanted."""

    pages: int
    canvas: LetterCanvas
    out: BytesIO

    def written(self) -> bytes:
        """Return the letter as the bytes of a PDF."""
        self.canvas.save()
        return self.out.getvalue()


def _lay(planned: _Planned, attached: bytes) -> _Laid:
    content, look = planned.content, planned.look
    out = BytesIO()
    template: Any = BaseDocTemplate(
        out, pagesize=(look.sheet.width, look.sheet.height), invariant=1, title=content.title,
        author=content.letterhead.name, subject=content.title, creator=CREATOR, lang=content.language,
        initialFontName=REGULAR, initialFontSize=10.5, allowSplitting=1, pageTemplates=_pages(content, look),
    )  # fmt: skip
    template._doSave = False  # written when it is known to be the one that is wanted

    def foot(canvas: LetterCanvas, number: int, count: int) -> None:
        draw_foot(canvas, content, look, number, count)

    about = About(content.title, content.letterhead.name, content.language, content.day, attached)
    template.build(planned.story, canvasmaker=partial(LetterCanvas, foot=foot, about=about))
    return _Laid(template.page, template.canv, out)


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
