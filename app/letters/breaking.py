"""Running text broken into lines: its words are measured once, whatever size and width it is printed at.

ReportLab's own paragraphs read all of HTML, measure every word at each size, and take two thirds of a letter's time.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from xml.sax.saxutils import unescape

from reportlab.pdfbase.pdfmetrics import stringWidth

from app.letters.fonts import BOLD

MARKUP = re.compile(r"(</?b>|<br/>)")
SPACES = re.compile(r"[ \t\r\n]+")
WORD = re.compile(r"[^ ]+")
EM = 1000.0  # what widths are measured in: a thousandth of the size
NEXT_TO_NOTHING = 0.001  # of that: sums of widths differ by less, depending on where they begin

Span = tuple[int, int, str]  # from one character to before another, in one face
Run = tuple[str, str]  # a face and what is printed in it


@dataclass(frozen=True, slots=True)
class Passage:
    """Text up to a line break that was asked for: its spans, and of each word where it begins and ends.

    `left` and `right` say the same in thousandths of the size, from the first character.
    """

    text: str
    spans: tuple[Span, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    left: tuple[float, ...]
    right: tuple[float, ...]

    def runs(self, line: tuple[int, int]) -> list[Run]:
        """Return what stands in a line, in parts of one face each."""
        start, end = line
        return [
            (face, self.text[max(start, begin) : min(end, stop)])
            for begin, stop, face in self.spans
            if begin < end and stop > start
        ]

    def lines(self, width: float) -> list[tuple[int, int]]:
        """Return where each line begins and ends, none wider than `width`; a word that is wider is cut."""
        if not self.begins:
            return [(0, 0)]
        found = []
        word, at, x = 0, self.begins[0], self.left[0]
        while word < len(self.begins):
            after = bisect_right(self.right, x + width + NEXT_TO_NOTHING, word)
            if after == word:
                end, x = self._cut(at, self.ends[word], x, width)
                found.append((at, end))
                at = end
                after += end == self.ends[word]
            else:
                found.append((at, self.ends[after - 1]))
            if word < after < len(self.begins):
                at, x = self.begins[after], self.left[after]
            word = after
        return found

    def _cut(self, start: int, end: int, x: float, width: float) -> tuple[int, float]:
        """Return how far a word goes that is too wide, at least one character, and the place of what follows."""
        used = 0.0
        for place in range(start, end):
            wide = sum(_width(text, face) for face, text in self.runs((place, place + 1)))
            if place > start and used + wide > width + NEXT_TO_NOTHING:
                return place, x + used
            used += wide
        return end, x + used

    def up_to(self, end: int) -> "Passage":
        """Return the part before a character."""
        return _measured(self.text[:end], [(a, min(b, end), face) for a, b, face in self.spans if a < end])

    def beyond(self, start: int) -> "Passage":
        """Return the part from a character on."""
        spans = [(max(a, start) - start, b - start, face) for a, b, face in self.spans if b > start]
        return _measured(self.text[start:], spans)


@lru_cache(maxsize=1024)
def passages(markup: str, face: str) -> tuple[Passage, ...]:
    """Return a text of our own markup (`<b>`, `</b>`, `<br/>`) as what stands between its line breaks."""
    return tuple(_measured("".join(text for _face, text in runs), list(_spans(runs))) for runs in _parts(markup, face))


def _parts(markup: str, face: str) -> list[list[Run]]:
    parts: list[list[Run]] = [[]]
    now = face
    for piece in MARKUP.split(SPACES.sub(" ", markup).strip()):
        if piece == "<br/>":
            parts.append([])
        elif piece in ("<b>", "</b>"):
            now = BOLD if piece == "<b>" else face
        elif piece:
            parts[-1].append((now, unescape(piece)))
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _spans(runs: list[Run]) -> Iterator[Span]:
    end = 0
    for face, text in runs:
        start, end = end, end + len(text)
        yield start, end, face


def _measured(text: str, spans: list[Span]) -> Passage:
    words = [found.span() for found in WORD.finditer(text)]
    # How wide everything is up to each place where a word begins or ends: the parts between in their own faces.
    places = [place for word in words for place in word]
    downs = list(accumulate(_widths(text, spans, places)))
    return Passage(
        text, tuple(spans), tuple(start for start, _end in words), tuple(end for _start, end in words),
        tuple(downs[::2]), tuple(downs[1::2]),
    )  # fmt: skip


def _widths(text: str, spans: list[Span], places: list[int]) -> Iterator[float]:
    """Yield the width between each of the places and the one before it."""
    before, span = 0, 0
    for place in places:
        wide = 0.0
        while before < place:
            _begin, stop, face = spans[span]
            end = min(place, stop)
            wide += _width(text[before:end], face)
            before = end
            span += before == stop
        yield wide


@lru_cache(maxsize=8192)
def _width(text: str, face: str) -> float:
    return stringWidth(text, face, EM)
