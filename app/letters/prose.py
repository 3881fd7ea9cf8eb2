"""Running text on paper: paragraphs of two faces and an indent, with or without a sign before them."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from app.letters.breaking import EM, Passage, passages
from app.letters.canvas import LetterCanvas
from app.letters.fonts import printable
from app.letters.structure import Role

# What a paragraph is, by the name of its style; all others are plain paragraphs.
ROLES: Mapping[str, Role] = {
    "heading": "H2", "frame_heading": "H2", "plain_heading": "H2", "subheading": "H3", "item": "LI", "plain_item": "LI"
}  # fmt: skip
SAME = 0.001  # points: a frame reckons its width from its edges, and loses the last digit

Line = tuple[Passage, tuple[int, int]]


def marked(text: str) -> str:
    """Return a text of the record as it may stand in a paragraph: printable, and nothing in it is markup.

    No line ends between the sign and the power of a unit: "0.4 ×" alone is another value.
    """
    return escape(printable(text)).replace("× 10", "×\N{NO-BREAK SPACE}10")


class Prose(Flowable):
    """A paragraph of our own markup: `<b>`, `</b>` and `<br/>`, every other sign as `marked` writes it.

    `bullet` stands before its first line. It is never parted so that one line stands alone.
    """

    def __init__(self, text: str, style: ParagraphStyle, *, bullet: str = "") -> None:
        super().__init__()
        self.style: Any = style
        self.bullet = bullet
        self._passages: Sequence[Passage] = passages(text, style.fontName)
        self._lines: list[Line] = []
        self._broken_at = -1.0

    def text(self) -> str:
        """Return the words alone."""
        return " ".join(one.text for one in self._passages)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the size of the paragraph at this width."""
        # A frame, what is kept together and a split each ask: two and a half times a paragraph, in a letter.
        if abs(width - self._broken_at) > SAME:
            room = (width - self.style.leftIndent - self.style.rightIndent) * EM / self.style.fontSize
            self._lines = [(one, line) for one in self._passages for line in one.lines(room)]
            self._broken_at = width
        self.width, self.height = width, len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits here and the rest: two lines and more on each side, or nothing."""
        self.wrap(width, height)
        count = len(self._lines)
        here = int(height / self.style.leading)
        if here >= count:
            return [self]
        here = min(here, count - 2)
        if here < 2:
            return []
        last, first = self._lines[here - 1], self._lines[here]
        places = [one is last[0] for one in self._passages].index(True)
        before = [*self._passages[:places], last[0].up_to(last[1][1])]
        if first[0] is last[0]:
            after = [last[0].beyond(first[1][0]), *self._passages[places + 1 :]]
        else:
            after = list(self._passages[places + 1 :])
        return [self._part(before, self.bullet), self._part(after, "")]

    def _part(self, of: Sequence[Passage], bullet: str) -> "Prose":
        part = Prose("", self.style, bullet=bullet)
        part._passages = of
        return part

    def draw(self) -> None:
        """Draw the paragraph as what it is."""
        canvas: Any = self.canv
        if not isinstance(canvas, LetterCanvas):
            self._draw(canvas)
            return
        role = ROLES.get(self.style.name, "P")
        with canvas.tagged(role, heading=self.text() if role == "H2" else ""):
            self._draw(canvas)

    def _draw(self, canvas: Any) -> None:
        style = self.style
        size, leading = style.fontSize, style.leading
        y = self.height - size
        canvas.saveState()
        canvas.setFillColor(style.textColor)
        if self.bullet:
            sign = canvas.beginText(style.bulletIndent, y)
            sign.setFont(style.bulletFontName, style.bulletFontSize, leading)
            sign.textOut(self.bullet)
            canvas.drawText(sign)
        words = canvas.beginText(style.leftIndent, y)
        face = ""
        for place, (passage, line) in enumerate(self._lines):
            if place:
                words._code.append("T*")  # reportlab's own way measures each text again, to know where it ends
            for run_face, text in passage.runs(line):
                if run_face != face:
                    face = run_face
                    words.setFont(face, size, leading)
                words._code.append(words._formatText(text))
        canvas.drawText(words)
        canvas.restoreState()
