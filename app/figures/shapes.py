"""What a picture is made of, in abstract units: drawn twice, on the screen and on paper.

One unit is a point on paper and a pixel at 100 % on the screen; x grows to the right, y grows downwards. A shape says
what it stands for (`role`), never a colour: window and paper each have their own palette over `ROLES`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Role = Literal[
    "text", "faint", "grid", "today", "test", "rebiopsy", "therapy", "held", "local", "response", "progression", "sum",
    "event", "curve", "limit", "stage",
]  # fmt: skip
ROLES: tuple[Role, ...] = (
    "text", "faint", "grid", "today", "test", "rebiopsy", "therapy", "held", "local", "response", "progression", "sum",
    "event", "curve", "limit", "stage",
)  # fmt: skip
Form = Literal["circle", "square", "diamond", "triangle_up", "triangle_down", "arrow", "arrow_left", "cross"]
Anchor = Literal["start", "middle", "end"]
Measure = Callable[[str, float], float]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; `entry` is the id of the entry it shows."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Role
    width: float = 0.6
    dashed: bool = False
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner; not filled: an outline."""

    x: float
    y: float
    width: float
    height: float
    role: Role
    filled: bool = True
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign around its middle; `size` is its width. Hollow: the day is not exact, or nothing is final yet."""

    x: float
    y: float
    form: Form
    size: float
    role: Role
    filled: bool = True
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; `y` is the baseline, `x` the place of the anchor."""

    x: float
    y: float
    text: str
    size: float
    role: Role = "text"
    anchor: Anchor = "start"
    bold: bool = False
    entry: str = ""


Shape = Line | Box | Mark | Text


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a picture that a person can go to: where it is, what it stands for, and its words.

    `names` are the ids of the entries it shows (of a map: of the rules); `lane` counts the lanes from above, with
    `lane_name`. `days` are the first and the last of what it shows, where it has any.
    """

    names: tuple[str, ...]
    words: str
    x: float
    y: float
    x_end: float
    y_end: float
    lane: int = 0
    lane_name: str = ""
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its size and its shapes, the ones further back first; `says` is the picture in words.

    `stops` are the places to go to, by lane from above and from left to right.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    says: str = ""
    stops: tuple[Stop, ...] = ()


# Width of a character as a part of the text size, on the generous side: common sans-serif faces stay below.
_WIDTHS = (
    ("ijl|!.,:;'", 0.33), ("ftrI/()[] ·-", 0.42), ("mwMW%@—", 0.98), ("abcdeghknopqsuvxyz0123456789", 0.64),
    ("ABCDEFGHJKLNOPQRSTUVXYZ", 0.75),
)  # fmt: skip
_WIDTH_OF = {character: width for characters, width in _WIDTHS for character in characters}
_OTHER = 0.8


@lru_cache(maxsize=4096)
def estimated_width(text: str, size: float) -> float:
    """Return about how wide `text` is in a common sans-serif face, rather too wide than too narrow."""
    return size * sum(_WIDTH_OF.get(character, _OTHER if character < "\u1100" else 1.1) for character in text)


def shortened(text: str, room: float, size: float, measure: Measure) -> str:
    """Return `text` when it fits into `room`, else its beginning with …, else nothing."""
    if measure(text, size) <= room:
        return text
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + "…", size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ,+·") + "…" if low >= 3 else ""
