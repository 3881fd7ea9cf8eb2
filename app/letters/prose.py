"""Running text on paper: markup of our own only, and lines that are broken once."""

from xml.sax.saxutils import escape

from reportlab.platypus import Paragraph

from app.letters.fonts import printable


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
