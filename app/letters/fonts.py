"""The letters' own faces, embedded in every PDF and registered once; and what to print for a character they lack."""

import unicodedata
from functools import cache, lru_cache
from threading import Lock

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.paths import RESOURCES

REGULAR, BOLD, ITALIC = "Letter", "Letter-Bold", "Letter-Italic"
FILES = {REGULAR: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf", ITALIC: "SourceSansPro-It.ttf"}
# Format signs that stand for nothing on paper: joiners, marks of direction, variation selectors.
SILENT = frozenset({"Cf", "Mn"})


_registering = Lock()


def register_fonts() -> frozenset[str]:
    """Register the faces, once per process, and return the characters that regular and bold both print."""
    with _registering:  # two letters at once would each register, and mix up each other's subsets
        return _register()


@cache
def _register() -> frozenset[str]:
    faces = {}
    for name, file in FILES.items():
        font = TTFont(name, str(RESOURCES / "fonts" / file))
        pdfmetrics.registerFont(font)
        faces[name] = font.face
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)
    addMapping(REGULAR, 0, 1, ITALIC)
    addMapping(REGULAR, 1, 1, BOLD)
    both = faces[REGULAR].charToGlyph.keys() & faces[BOLD].charToGlyph.keys()
    return frozenset(chr(code) for code in both if code >= 32)


def printable(text: str) -> str:
    """Return `text` as the faces can print it: composed; what they lack as its code point, `[U+738B]`."""
    if text.isascii() and text.isprintable():
        return text
    known, text = register_fonts(), unicodedata.normalize("NFC", text)
    if known.issuperset(text):
        return text
    return "".join(character if character in known or character == "\n" else _instead(character) for character in text)


def _instead(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in SILENT:
        return ""
    return f"[U+{ord(character):04X}]"


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """Return the width of `text` as printed in the regular face, in points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(printable(text), REGULAR, size))
