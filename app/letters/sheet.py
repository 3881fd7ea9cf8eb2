"""The paper of a letter: its size, its margins, and where a window envelope shows the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm

from app.letters.content import Envelope, Paper
from app.letters.envelopes import PLACES, Place

PAPERS: Mapping[Paper, tuple[float, float]] = {"a4": A4, "letter": LETTER}


@dataclass(frozen=True)
class Sheet:
    """One page in points. `place` is where things stand on a first page that goes into a window envelope."""

    width: float
    height: float
    left: float = 25 * mm
    right: float = 20 * mm
    top: float = 16.5 * mm
    bottom: float = 18 * mm
    place: Place | None = None

    @cached_property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @cached_property
    def frame_height(self) -> float:
        """The height between the margins of a page without a letterhead."""
        return self.height - self.top - self.bottom


def sheet_for(
    *, is_addressed: bool, is_landscape: bool, paper: Paper = "a4", envelope: Envelope = "din_5008_a"
) -> Sheet:
    """Return the sheet of a kind of letter; `envelope` is what the clinic posts its letters in."""
    width, height = PAPERS[paper]
    if is_landscape:
        return Sheet(width=height, height=width, left=18 * mm, right=18 * mm, top=14 * mm)
    if not is_addressed:
        return Sheet(width=width, height=height, left=20 * mm, right=18 * mm, top=14 * mm)
    return Sheet(width=width, height=height, place=PLACES[envelope])
