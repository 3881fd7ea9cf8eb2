"""The paper of a letter: its size, its margins, and where a window envelope shows the address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm

Paper = Literal["a4", "letter"]
AddressPlace = Literal["din_5008_a", "din_5008_b", "uk", "us"]
PAPERS: dict[Paper, tuple[float, float]] = {"a4": A4, "letter": LETTER}


@dataclass(frozen=True)
class Sheet:
    """One page in points. `addressed` is whether the first page has a letterhead with the recipient in its window."""

    width: float
    height: float
    left: float = 25 * mm
    right: float = 20 * mm
    top: float = 18 * mm
    bottom: float = 20 * mm
    address_down: float = 50 * mm
    head_down: float = 17 * mm
    addressed: bool = True

    @cached_property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @cached_property
    def frame_height(self) -> float:
        """The height between the margins of a page without a letterhead."""
        return self.height - self.top - self.bottom

    @property
    def address_top(self) -> float:
        """Where the baseline of the first line of the address is."""
        return self.height - self.address_down

    @property
    def first_height(self) -> float:
        """The height for the text of a first page whose address has the usual number of lines."""
        return self.height - self.address_down - 28 * mm - self.bottom


def sheet_for(
    *, is_addressed: bool, is_landscape: bool, paper: Paper = "a4", place: AddressPlace | None = None
) -> Sheet:
    """Return the sheet of a kind of letter; `place` is where the envelopes of the clinic have their window."""
    width, height = PAPERS[paper]
    if is_landscape:
        return Sheet(width=height, height=width, left=18 * mm, right=18 * mm, top=14 * mm, addressed=is_addressed)
    if not is_addressed:
        return Sheet(width=width, height=height, left=20 * mm, right=18 * mm, top=14 * mm, addressed=False)
    return Sheet(width=width, height=height)
