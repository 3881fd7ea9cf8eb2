"""Running text on paper: markup of our own only, and lines that are broken once."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from reportlab.platypus import Paragraph

from app.letters.canvas import LetterCanvas
from app.letters.fonts import printable
from app.letters.structure import Role

# What a paragraph is, by the name of its style; all others are plain paragraphs.
ROLES: Mapping[str, Role] = {
    "heading": "H2", "frame_heading": "H2", "subheading": "H3", "item": "LI", "plain_item": "LI"
}  # fmt: skip


def marked(text: str) -> str:
    """Return a text of the record as it may stand in a paragraph: printable, and nothing in it is markup."""
    return escape(printable(text))


class Prose(Paragraph):
    """A paragraph that keeps its lines when it is asked for its size again at the same width."""

    _broken_at: float | None = None

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
