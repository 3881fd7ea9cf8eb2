"""A letter whose layout has failed, in plain form: everything it says, one line after the other."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.figures.shapes import estimated_width
from app.letters.content import LetterContent
from app.letters.fonts import BOLD, REGULAR, printable, register_fonts
from app.letters.in_lines import lines_of
from app.letters.lines import Line
from app.words import _

SIZE, LEADING = 9.5, 12.5
FOOT, FOOT_LEADING = 8, 9.5
MARGIN = 20 * mm
# A word, with the space before it; of a very long one a part. No such part is wider than a page, whatever it is of.
PIECE = re.compile(r"\s*\S{1,35}")
# The faces that every printer and program has itself, and what they print instead of signs that they lack.
COMMON = ("Helvetica", "Helvetica-Bold")
INSTEAD = str.maketrans(
    {"≥": ">=", "≤": "<=", "−": "-", "μ": "µ", "■": "*", "\u202f": "\u00a0", "→": "->", "Δ": "delta "}
)
Shown = Callable[[str], str]


def write_plainly(content: LetterContent, *, with_record: bool = False) -> bytes:
    """Return a letter as the bytes of a PDF that says at the top of each page that it is printed in plain form.

    It has the same sections as the designed letter. Where the faces of letters fail as well, it is in a common one.
    `with_record` says that the record was to go with it as a file, which it does not.
    """
    try:
        register_fonts()
        return _written(content, (REGULAR, BOLD), _printable, with_record)
    except Exception:  # whatever it was: a plain face has neither files nor subsets that could fail
        return _written(content, COMMON, _in_common, with_record)


def _written(content: LetterContent, faces: tuple[str, str], shown: Shown, with_record: bool) -> bytes:
    width, height = LETTER if content.letterhead.paper == "letter" else A4
    room = width - 2 * MARGIN
    head = [line for one in _head(content, with_record) for line in _wrapped(one, shown, SIZE, room)]
    lines = [line for one in lines_of(content) for line in _wrapped(one, shown, SIZE, room)]
    each = max(int((height - 2 * MARGIN) / LEADING) - len(head) - 1, 10)
    pages = [lines[start : start + each] for start in range(0, len(lines), each)]
    out = BytesIO()
    face: Any = faces[0]  # a name, whatever the types of reportlab say
    canvas = Canvas(out, pagesize=(width, height), invariant=1, lang=content.language, initialFontName=face)
    canvas.setTitle(content.title)
    for number, page in enumerate(pages, start=1):
        for place, line in enumerate((*head, Line(""), *page)):
            canvas.setFont(faces[line.is_heading], SIZE)
            canvas.drawString(MARGIN, height - MARGIN - place * LEADING, line.text)
        canvas.setFont(faces[0], FOOT)
        words = _("page {number} of {count}").format(number=number, count=len(pages))
        # The square code in words, which may be typed where it would be scanned.
        marks = " · ".join(one for one in (words, content.mark, content.qr) if one)
        foot = [line for text in (marks, content.foot) for line in _wrapped(Line(text), shown, FOOT, room)]
        for place, line in enumerate(foot[:4]):
            canvas.drawString(MARGIN, MARGIN - LEADING - place * FOOT_LEADING, line.text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head(content: LetterContent, with_record: bool) -> Iterator[Line]:
    """Yield what every page says first: what it is not, and that it is in plain form."""
    said = [_("Printed in plain form because the layout failed. Nothing is left out.")]
    if with_record:
        said.append(_("The record does not go with it as a file."))
    for text in (content.watermark, content.superseded, " ".join(said)):
        if text:
            yield Line(text, is_heading=True)


def _wrapped(line: Line, shown: Shown, size: float, room: float) -> Iterator[Line]:
    """Yield a text in lines that have room; how wide they are is estimated, as measuring may be what has failed."""
    for paragraph in shown(line.text).splitlines() or [""]:
        text = ""
        for piece in PIECE.findall(paragraph):
            if text and estimated_width(text + piece, size) > room:
                yield line._replace(text=text)
                text = ""
            text += piece if text else piece.lstrip()
        yield line._replace(text=text)


def _printable(text: str) -> str:
    return "\n".join(printable(one) for one in text.splitlines())


def _in_common(text: str) -> str:
    """Return a text as a common face prints it: what it lacks as its code point, like `[U+0416]`."""
    return re.sub(
        r"[^\x00-\x7f\xa0-\xff–—‘’“”…•€\n]", lambda found: f"[U+{ord(found[0]):04X}]", text.translate(INSTEAD)
    )
