"""The letters' own faces, embedded in every PDF and registered once; what they lack is printed from others, or named.

A face prints what it has itself; names in other scripts come from faces of wide coverage, which are loaded when the
first such name is printed. Right-to-left text is put in order when a line is drawn; what needs more than that is put
together by `app/letters/shaping.py`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from threading import RLock
from typing import Any

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.letters.right_to_left import in_order, joined
from app.letters.shaping import FILES as SHAPED
from app.letters.shaping import Syllables, place_of, shaped
from app.paths import RESOURCES

REGULAR, BOLD, ITALIC = "Letter", "Letter-Bold", "Letter-Italic"
FILES = {REGULAR: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf", ITALIC: "SourceSansPro-It.ttf"}
# For Hebrew, Arabic, Armenian, Georgian and signs of all kinds; then for Chinese, Japanese and Korean.
WIDE, WIDE_BOLD, HAN = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DroidSansFallback.ttf"
OTHERS = {REGULAR: (WIDE, HAN, *SHAPED), BOLD: (WIDE_BOLD, HAN, *SHAPED), ITALIC: (WIDE, HAN, *SHAPED)}
FIRST_SHAPED = 3  # of the places: this face is 0
# Signs that stand for nothing on paper: joiners, marks of direction, variation selectors, and the points of Hebrew and
# Arabic, which readers do without. Those of other scripts are letters.
SILENT = re.compile("[\u0300-\u036f\u0483-\u0489\u0590-\u08ff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
STEP = 1000  # more subsets than one face can have: 256 characters in each
UNIT = re.compile(r"(?<=\d) (?=(?:mg|mm|ms|Gy|U/L|µmol/L|%)(?!\w))")
ACCENT = re.compile("[\u0300-\u036f]")  # one that is left when a text is composed
# In the names of characters a PDF gives to those who copy: the forms that Arabic letters take beside each other, and
# characters beyond the first 65,536, which reportlab does not name as a PDF wants them.
FORMS = re.compile(r"<(F[BDE][0-9A-F]{2}|[0-9A-F]{5,6})>")

_registering = RLock()


class _Named(TTFont):
    """A face whose characters can be copied from a PDF as they were typed."""

    def __init__(self, name: str, file: str, **options: Any) -> None:
        super().__init__(name, str(RESOURCES / "fonts" / file), **options)
        face: Any = self.face
        cut = lru_cache(maxsize=32)(face.makeSubset)  # letters in one language mostly need the same characters
        face.makeSubset = lambda subset: cut(tuple(subset))

    def typed(self, character: str) -> str:
        """Return what a character stands for, as it was typed."""
        return unicodedata.normalize("NFKC", character) if character < "\U00010000" else character

    def _named(self, found: "re.Match[str]") -> str:
        return f"<{self.typed(chr(int(found[1], 16))).encode('utf-16-be').hex().upper()}>"

    def addObjects(self, doc: Any) -> None:
        """Put the face into a document: each form of a letter named as the letter itself, no character as nothing."""
        there = set(doc.idToObject)
        super().addObjects(doc)
        for name in doc.idToObject.keys() - there:
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = FORMS.sub(self._named, stream.content).replace("<0000>", "<FFFD>")


class _Shaped(_Named):
    """A face whose letters stand in syllables, each of them one glyph."""

    def __init__(self, name: str, file: str, **options: Any) -> None:
        super().__init__(name, file, **options)
        self._syllables = Syllables(self.face, file)

    def syllables(self, text: str) -> str:
        """Return a text of the script with one private character for each syllable."""
        with _registering:  # the face grows by those it has not had yet
            return self._syllables.of(text)

    def typed(self, character: str) -> str:
        """Return what a private character stands for."""
        return self._syllables.typed.get(character) or super().typed(character)


class _Widths(dict[str, float]):
    """How wide each character is, in thousandths of the size; looked up in the face that prints it when first asked."""

    def __init__(self, face: "Face") -> None:
        super().__init__({chr(code): width for code, width in face.face.charWidths.items()})
        self._of = face

    def __missing__(self, character: str) -> float:
        face = self._of.printing(character).face
        self[character] = width = float(face.charWidths.get(ord(character), face.defaultWidth))
        return width


class Face(_Named):
    """A face that prints from others what it lacks, and every line in the order it is read in."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file)
        self.own = frozenset(chr(code) for code in self.face.charToGlyph if code >= 32)
        self._widths = _Widths(self)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Return the width of a text in points."""
        widths = self._widths
        return 0.001 * size * sum([widths[character] for character in text])

    def printing(self, character: str) -> TTFont:
        """Return the face that prints a character."""
        return self._face(self._place(character))

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Return a text in parts of one subset each, as reportlab writes them."""
        if text.isascii() or self.own.issuperset(text):
            return list(super().splitString(text, doc, encoding))
        return [
            (place * STEP + subset, codes)
            for place, run in self._runs(in_order(text))
            for subset, codes in TTFont.splitString(self._face(place), run, doc, encoding)
        ]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """Return the name of a subset in a document."""
        place, own = divmod(subset, STEP)
        return str(TTFont.getSubsetInternalName(self._face(place), own, doc))

    def _face(self, place: int) -> TTFont:
        return self if place == 0 else _other(OTHERS[self.fontName][place - 1])

    def _runs(self, text: str) -> Iterator[tuple[int, str]]:
        return ((place, "".join(run)) for place, run in groupby(text, self._place))

    def _place(self, character: str) -> int:
        """Return which face prints a character: 0 is this one, and what nothing prints is left to it."""
        if character in self.own:
            return 0
        return _place_of(character, OTHERS[self.fontName])


def _place_of(character: str, files: tuple[str, ...]) -> int:
    if (place := place_of(character)) is not None:  # not remembered: it may be made of a syllable any time
        return FIRST_SHAPED + place if _has(SHAPED[place], character) else 0
    return _place_in(character, files)


@lru_cache(maxsize=4096)
def _place_in(character: str, files: tuple[str, ...]) -> int:
    others = enumerate(files[: FIRST_SHAPED - 1], start=1)
    return next((place for place, file in others if _has(file, character)), 0)


def _has(file: str, character: str) -> bool:
    return ord(character) in _other(file).face.charToGlyph


def _other(file: str) -> TTFont:
    with _registering:
        return _load(file)


@cache
def _load(file: str) -> TTFont:
    font = (_Shaped if file in SHAPED else _Named)(file.removesuffix(".ttf"), file, asciiReadable=False)
    pdfmetrics.registerFont(font)
    return font


def register_fonts() -> frozenset[str]:
    """Register the faces, once per process, and return the characters that regular and bold both have themselves."""
    with _registering:  # two letters at once would each register, and mix up each other's subsets
        return _register()


@cache
def _register() -> frozenset[str]:
    faces = {name: Face(name, file) for name, file in FILES.items()}
    for face in faces.values():
        pdfmetrics.registerFont(face)
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)
    addMapping(REGULAR, 0, 1, ITALIC)
    addMapping(REGULAR, 1, 1, BOLD)
    both = faces[REGULAR].own & faces[BOLD].own
    # A soft hyphen has a form in the faces, though it is to be seen at the end of a line only.
    return frozenset(one for one in both if unicodedata.category(one) != "Cf")


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Return `text` as the faces can print it: composed, Arabic joined, syllables put together.

    What no face has stands as its code point, `[U+10000]`. A number keeps its unit on its line. A text that can be
    printed already is returned as it is.
    """
    text = UNIT.sub("\u00a0", text)
    if text.isascii() and text.isprintable():
        return text
    known, text = register_fonts(), unicodedata.normalize("NFC", text)
    if known.issuperset(text) and not ACCENT.search(text):
        return text
    text = shaped(joined(text), _other)
    return "".join(character if character in known or character == "\n" else _instead(character) for character in text)


def _instead(character: str) -> str:
    if place_of(character) is not None:
        return character if _place_of(character, OTHERS[REGULAR]) else _code_point(character)
    return _instead_of(character)


@lru_cache(maxsize=4096)
def _instead_of(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cf" or (category == "Mn" and SILENT.match(character)):
        return ""
    if _place_of(character, OTHERS[REGULAR]) and _place_of(character, OTHERS[BOLD]):
        return character
    return _code_point(character)


def _code_point(character: str) -> str:
    return f"[U+{ord(character):04X}]"


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """Return the width of `text` as printed in the regular face, in points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(printable(text), REGULAR, size))
