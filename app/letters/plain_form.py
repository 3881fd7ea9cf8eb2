"""A letter whose layout has failed, in plain form: everything it says, one thing after the other."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.figures.shapes import Figure
from app.letters.content import LetterContent, Section
from app.letters.fonts import BOLD, REGULAR, printable, register_fonts
from app.words import _, later

SIZE, LEADING = 9.5, 12.5
WIDTH, MARGIN = 94, 20 * mm  # in characters; nothing is measured here, as measuring may be what has failed
LINES = int((A4[1] - 2 * MARGIN) / LEADING) - 1
# Not said to a reader: how the letter was to look, and what it is called inside the program.
UNSAID = {"logo", "paper", "envelope", "accent"}
# What is said of each section; every letter says the first ones.
ALWAYS = ("title", "watermark", "mark", "superseded", "letterhead", "recipient", "date", "patient",
          "corrects", "corrections")  # fmt: skip
SAID: Mapping[Section, tuple[str, ...]] = {
    "opening": ("salutation", "opening", "summary"),
    "question": ("question", "opening"),
    "board_summary": ("summary", "diagnosis", "tests"),
    "diagnosis": ("diagnosis",),
    "course": ("course",),
    "alk": ("alk_status", "tests"),
    "treatment": ("lines", "local_treatments"),
    "assessment": ("assessment",),
    "labs": ("labs",),
    "examinations": ("examinations",),
    "events": ("events",),
    "unrecorded": ("unrecorded",),
    "next_step": ("next_step", "protocol"),
    "options": ("next_step", "protocol"),
    "open_points": ("next_step", "protocol"),
    "notes": ("notes",),
    "decision": ("closing",),
    "closing": ("closing", "signature", "copies"),
    "sources": ("next_step", "protocol"),
    "greeting": ("salutation", "opening"),
    "whom_to_call": ("whom_to_call",),
    "plain": ("plain", "closing", "signature"),
    "standing": ("summary", "opening", "protocol"),
    "alerts": ("next_step.alerts",),
    "plan": ("plan", "closing"),
}
HEADINGS = {
    "diagnosis": later("Diagnosis"), "course": later("Course"), "alk_status": later("ALK status"),
    "tests": later("Tests"), "lines": later("Treatment"), "local_treatments": later("Local treatments"),
    "assessment": later("Last assessment"), "labs": later("Laboratory values"),
    "examinations": later("Examinations"), "events": later("Adverse events"), "notes": later("Notes"),
    "next_step": later("Next step"),
    "protocol": later("Protocol and evidence"), "plan": later("What is due when"), "copies": later("Copies to"),
    "question": later("Question"),
}  # fmt: skip


def write_plainly(content: LetterContent) -> bytes:
    """Return a letter as the bytes of a PDF that says at its top that it is printed in plain form, and why.

    Everything that its sections say is in it, found by walking through the content.
    """
    register_fonts()
    out = BytesIO()
    face: Any = REGULAR  # a name, whatever the types of reportlab say
    canvas = Canvas(out, pagesize=A4, invariant=1, lang=content.language, initialFontName=face)
    canvas.setTitle(content.title)
    lines = list(_lines(content))
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    for number, page in enumerate(pages, start=1):
        for place, (text, is_heading) in enumerate(page):
            canvas.setFont(BOLD if is_heading else REGULAR, SIZE)
            canvas.drawString(MARGIN, A4[1] - MARGIN - place * LEADING, text)
        canvas.setFont(REGULAR, 8)
        words = _("page {number} of {count}").format(number=number, count=len(pages))
        canvas.drawString(MARGIN, MARGIN - LEADING, _shown(f"{content.foot} · {content.mark} {words}"))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _lines(content: LetterContent) -> Iterator[tuple[str, bool]]:
    for text in (content.watermark, _("Printed in plain form because the layout failed. Nothing is left out.")):
        yield from ((line, True) for line in _wrapped(text))
    named = dict.fromkeys((*ALWAYS, *(name for section in content.sections for name in SAID[section])))
    for name in named:
        yield "", False
        if (texts := list(_texts(attrgetter(name)(content)))) and name in HEADINGS:
            yield _(HEADINGS[name]), True
        for text in texts:
            yield from ((line, False) for line in _wrapped(text))


def _texts(value: Any) -> Iterator[str]:
    """Yield everything a part says: its own words on one line, each part of it on others."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Figure):
        yield " · ".join(text for shape in value.shapes if (text := getattr(shape, "text", "")))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        parts = [_part(value, one.name) for one in fields(value) if one.name not in UNSAID]
        for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
            if is_text:
                if words := " · ".join(one for one in run if one):
                    yield words
            else:
                for one in run:
                    yield from _texts(one)


def _part(value: Any, name: str) -> Any:
    """Return a part of a part; what is so or not is said by its name when it is so."""
    part = getattr(value, name)
    return part if not isinstance(part, bool) else name.removeprefix("is_").replace("_", " ") if part else ""


def _wrapped(text: str) -> Iterator[str]:
    """Yield a text in lines of so many characters, cut between words where there are any."""
    from textwrap import wrap

    for paragraph in _shown(text).splitlines():
        yield from wrap(paragraph, WIDTH, break_on_hyphens=False) or ([""] if paragraph else [])


def _shown(text: str) -> str:
    try:
        return printable(text)
    except Exception:  # whatever it was: the text is more than its looks
        return text.encode("ascii", "backslashreplace").decode()
