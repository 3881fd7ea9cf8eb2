"""The words on the pages of a PDF, and how they differ from those of another: enough to see what was changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO

from app.words import _

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # what some programs make of signs they do not know
MOST_PAGES, MOST_WORDS = 60, 20_000  # a letter has three pages and a thousand words
LONGEST = 60  # letters of a difference that are shown


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the page it stands on."""

    text: str
    page: int


def words_of(pdf: bytes) -> tuple[Word, ...]:
    """Return the words of a PDF in its own order; none when it has none or cannot be read."""
    from pypdf import PdfReader

    found: list[Word] = []
    try:
        for number, page in enumerate(PdfReader(BytesIO(pdf)).pages[:MOST_PAGES], start=1):
            words = _CONTROL.sub("", page.extract_text()).split()
            found += [Word(one, number) for one in words if any(sign.isalnum() for sign in one)]
    except Exception:  # a file of anybody: whatever is wrong with it, its words are not known
        return ()
    return tuple(found[:MOST_WORDS])


def differences(signed: tuple[Word, ...], there: tuple[Word, ...]) -> tuple[str, ...]:
    """Return what is otherwise in the words that are there than in those that were signed, one line each.

    Those with a figure come first: dashes and quotation marks are what other programs spoil.
    """
    return tuple(sorted(_lines(signed, there), key=_is_without_figure))


def _lines(signed: tuple[Word, ...], there: tuple[Word, ...]) -> Iterator[str]:
    then, today = [one.text for one in signed], [one.text for one in there]
    for what, begin, end, begin_there, end_there in SequenceMatcher(None, then, today, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        was, now = _shown(then[begin:end]), _shown(today[begin_there:end_there])
        words = _("page {page}: “{now}” instead of “{was}”")
        if not was:
            words = _("page {page}: “{now}” was added")
        elif not now:
            words = _("page {page}: “{was}” is missing")
        at = there[min(begin_there, len(there) - 1)] if there else signed[begin]
        yield words.format(page=at.page, now=now, was=was)


def _is_without_figure(line: str) -> bool:
    return not any(one.isdigit() for one in line.partition(":")[2])


def _shown(words: list[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
