"""Running text on paper: markup of our own only, and lines that are broken once."""

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, unescape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from app.letters.canvas import LetterCanvas
from app.letters.fonts import BOLD, printable
from app.letters.structure import Role

# What a paragraph is, by the name of its style; all others are plain paragraphs.
ROLES: Mapping[str, Role] = {
    "heading": "H2", "frame_heading": "H2", "plain_heading": "H2", "subheading": "H3", "item": "LI", "plain_item": "LI"
}  # fmt: skip


MARKUP = re.compile(r"(</?b>|<br/>)")
SPACES = re.compile(r"[ \t\r\n]+")


def _pieces(text: str, style: ParagraphStyle) -> list[ParaFrag]:
    """Return a text in pieces of one face each, as reportlab has them."""
    pieces = []
    is_bold = False
    for part in MARKUP.split(SPACES.sub(" ", text).strip()):
        if part in ("<b>", "</b>"):
            is_bold = part == "<b>"
        elif part:
            piece = ParaFrag(
                rise=0, greek=0, link=[], us_lines=[], bold=int(is_bold), italic=0, textColor=style.textColor,
                fontName=BOLD if is_bold else style.fontName, fontSize=style.fontSize,
                text="" if part == "<br/>" else unescape(part),
            )  # fmt: skip
            if part == "<br/>":
                piece.lineBreak = True
            pieces.append(piece)
    return pieces


def marked(text: str) -> str:
    """Return a text of the record as it may stand in a paragraph: printable, and nothing in it is markup."""
    return escape(printable(text))


class Prose(Paragraph):
    """A paragraph of our own markup: `<b>`, `</b>` and `<br/>`, every other sign as `marked` writes it.

    It keeps its lines when it is asked for its size again at the same width.
    """

    _broken_at: float | None = None

    def __init__(self, text: str | None, style: ParagraphStyle, *, frags: Any = None, **more: Any) -> None:
        if frags is None:
            # Reportlab's own parser reads all of HTML, and takes a third of the time a paragraph takes.
            frags = _pieces(text or "", style)
        super().__init__(None, style, frags=frags, **more)  # type: ignore[arg-type]  # no text where there are pieces

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of the paragraph at this width."""
        # A frame, what is kept together and a split each ask: two and a half times a paragraph, in a letter.
        if width != self._broken_at or not hasattr(self, "blPara"):
            self.width, self.height = super().wrap(width, height)
            self._broken_at = width
        return self.width, self.height

    def draw(self) -> None:
        """Draw the paragraph as what it is."""
        canvas = self.canv
        if not isinstance(canvas, LetterCanvas):
            super().draw()
            return
        role = ROLES.get(self.style.name, "P")
        with canvas.tagged(role, heading=self.getPlainText() if role == "H2" else ""):
            super().draw()
