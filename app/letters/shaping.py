"""Scripts whose letters change and move beside each other: Thai and those of India; and letters with loose accents.

HarfBuzz says which forms of a face stand where. Each syllable becomes one glyph of its own, put together from those
forms, under a private character; in the PDF it is named as what was typed. So a syllable is measured, broken into lines
and drawn like any other letter. Nothing here is loaded before the first such name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from struct import pack, pack_into, unpack_from
from typing import Any, NamedTuple

from app.paths import RESOURCES

# What is shaped: the script's letters, and the joiners between them.
SCRIPTS = {
    "NotoSansDevanagari-Regular.ttf": "\u0900-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff",
    "NotoSansBengali-Regular.ttf": "\u0980-\u09ff",
    "NotoSansGurmukhi-Regular.ttf": "\u0a00-\u0a7f",
    "NotoSansGujarati-Regular.ttf": "\u0a80-\u0aff",
    "NotoSansTamil-Regular.ttf": "\u0b80-\u0bff",
    "NotoSansMalayalam-Regular.ttf": "\u0d00-\u0d7f",
    "NotoSansThai-Regular.ttf": "\u0e00-\u0e7f",
}
# A letter with accents of which there is no character (Yoruba ẹ́): put together from those of the letters' own face.
ACCENTED = "SourceSansPro-Regular.ttf"
FILES = (*SCRIPTS, ACCENTED)
RUN = re.compile(
    "|".join(f"([{letters}][{letters}\u200c\u200d]*)" for letters in SCRIPTS.values())
    + r"|([A-Za-z\u00c0-\u052f\u1e00-\u1fff][\u0300-\u036f]+)"
)
APART = "\u034f"  # between a letter and its accents: HarfBuzz would make one of them, which has no place for the next
PRIVATE, EACH = 0xF0000, 0x1000  # the first private character of the first face, and how many a face has
WORDS, XY, MORE = 0x0001, 0x0002, 0x0020  # flags of a part of a glyph: its offsets are two bytes wide and in units
MOST_PARTS = 64


class _Part(NamedTuple):
    """One form of a syllable and where it stands in it, in units of the face."""

    glyph: int
    x: int
    y: int


def shaped(text: str, faces: Any) -> str:
    """Return a text with each syllable of these scripts as its private character; `faces` gives the face of a file.

    What a face lacks stays as it is.
    """
    return RUN.sub(lambda found: faces(FILES[(found.lastindex or 1) - 1]).syllables(found[0]), text)


def _apart(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    return plain[0] + "".join(f"{APART}{one}" for one in plain[1:])


def place_of(character: str) -> int | None:
    """Return which of `FILES` has a private character."""
    number = ord(character) - PRIVATE
    return number // EACH if 0 <= number < len(FILES) * EACH else None


class Syllables:
    """The glyphs that are made of the forms of one face of reportlab, as they are needed."""

    def __init__(self, face: Any, file: str) -> None:
        self._face = face
        self._next = PRIVATE + FILES.index(file) * EACH
        self._end = self._next + EACH
        self._is_of_accents = file == ACCENTED
        self._made: dict[tuple[str, tuple[_Part, ...], int], str] = {}
        self.typed: dict[str, str] = {}  # what each private character stands for
        import uharfbuzz  # type: ignore[import-untyped]  # it has none

        self._harfbuzz = uharfbuzz
        self._font = uharfbuzz.Font(uharfbuzz.Face((RESOURCES / "fonts" / file).read_bytes()))
        self._move_glyphs_to_the_end()
        if self._is_of_accents:
            face.name = type(face.name)(face.name + b"-Accents")  # another face than the one it is made from

    def _move_glyphs_to_the_end(self) -> None:
        """Let the table of glyphs be the last of the face: there it can grow."""
        face = self._face
        glyphs = face.get_table("glyf")
        start = len(face._ttf_data)
        face._ttf_data = bytearray(face._ttf_data) + glyphs
        face.table["glyf"] = {**face.table["glyf"], "offset": start, "length": len(glyphs)}
        limits = bytearray(face.get_table("maxp"))
        points, contours = unpack_from(">HH", limits, 6)
        pack_into(">HH", limits, 10, min(points * MOST_PARTS, 0xFFFF), min(contours * MOST_PARTS, 0xFFFF))
        pack_into(">HH", limits, 28, MOST_PARTS, 4)
        at = face.table["maxp"]["offset"]
        face._ttf_data[at : at + len(limits)] = limits

    @lru_cache(maxsize=1024)  # noqa: B019  # there is one of these for each face, as long as the program
    def of(self, text: str) -> str:
        """Return a text of the script with a private character for each of its syllables."""
        return "".join(
            typed if parts is None else self._character(typed, parts, width) for typed, parts, width in self._cut(text)
        )

    def _cut(self, text: str) -> Iterator[tuple[str, tuple[_Part, ...] | None, int]]:
        """Yield each syllable with its forms and its width; None for one that the face lacks."""
        buffer = self._harfbuzz.Buffer()
        buffer.add_str(_apart(text) if self._is_of_accents else text)
        buffer.guess_segment_properties()
        self._harfbuzz.shape(self._font, buffer)
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = [0] if self._is_of_accents else sorted({info.cluster for info, _position in glyphs})
        for start, end in pairwise([*starts, len(text)]):
            parts: list[_Part] = []
            width, is_whole = 0, True
            for info, position in glyphs:
                if info.cluster == start or self._is_of_accents:
                    is_whole = is_whole and info.codepoint != 0
                    x = position.x_offset
                    if self._is_of_accents and parts and not x and not position.y_offset:
                        x = self._over(parts[0], info.codepoint, width)
                    parts.append(_Part(info.codepoint, width + x, position.y_offset))
                    width += position.x_advance
            yield text[start:end], tuple(parts[:MOST_PARTS]) if is_whole else None, width

    def _over(self, letter: _Part, accent: int, width: int) -> int:
        """Return how far an accent, for which the letter names no place, is moved to stand over its middle."""
        below, above = self._box(letter), self._box(_Part(accent, width, 0))
        return (below[0] + below[2] - above[0] - above[2]) // 2 if below and above else 0

    def _character(self, typed: str, parts: tuple[_Part, ...], width: int) -> str:
        key = (typed, parts, width)
        if key not in self._made:
            if self._next == self._end:
                return typed
            self._add_glyph(self._next, parts, width)
            self._made[key] = chr(self._next)
            self.typed[chr(self._next)] = typed
            self._next += 1
        return self._made[key]

    def _add_glyph(self, code: int, parts: tuple[_Part, ...], width: int) -> None:
        face, start = self._face, self._face.table["glyf"]["offset"]
        boxes = {one: self._box(one) for one in parts}
        drawn = [(one, box) for one, box in boxes.items() if box is not None]
        glyph = b""
        if drawn:
            lows = [min(box[side] for _one, box in drawn) for side in (0, 1)]
            highs = [max(box[side] for _one, box in drawn) for side in (2, 3)]
            glyph = pack(">hhhhh", -1, *lows, *highs)
            for number, (one, _box) in enumerate(drawn, start=1):
                flags = WORDS | XY | (MORE if number < len(drawn) else 0)
                glyph += pack(">HHhh", flags, one.glyph, one.x, one.y)
        glyph += b"\0" * (-len(glyph) % 4)
        length = face.table["glyf"]["length"]
        face._ttf_data += glyph
        face.table["glyf"]["length"] = length + len(glyph)
        face.charToGlyph[code] = len(face.glyphPos) - 1
        face.glyphPos[-1] = length
        face.glyphPos.append(length + len(glyph))
        # The edge at the left as reportlab keeps it: two bytes without a sign.
        face.hmetrics.append((width, min((box[0] for _one, box in drawn), default=0) & 0xFFFF))
        face.charWidths[code] = round(width * 1000 / face.unitsPerEm)
        assert len(face._ttf_data) == start + face.table["glyf"]["length"]

    def _box(self, part: _Part) -> tuple[int, int, int, int] | None:
        """Return the box around a form where it stands: left, lower, right and upper edge; None where it is empty."""
        face = self._face
        at, end = face.glyphPos[part.glyph : part.glyph + 2]
        if at == end:
            return None
        left, lower, right, upper = unpack_from(">hhhh", face._ttf_data, face.table["glyf"]["offset"] + at + 2)
        return left + part.x, lower + part.y, right + part.x, upper + part.y
