"""Spelling of what is typed freely, where PyEnchant and a dictionary of the language are installed; else silence.

The library is loaded when the first word is looked at.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol

DICTIONARIES = {"en": ("en_GB", "en_US", "en"), "fr": ("fr_FR", "fr", "fr_CA", "fr_CH")}
# Not looked at: what stands in braces, what has a figure in it, abbreviations.
_PASSED = re.compile(r"\{[^{}]*\}|\S*\d\S*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Misspelt(NamedTuple):
    """A word that is in no dictionary, and where it stands."""

    start: int
    word: str


class Dictionary(Protocol):
    """What is asked of a dictionary."""

    def check(self, word: str) -> bool:
        """Return whether a word is in it."""

    def suggest(self, word: str) -> list[str]:
        """Return what may have been meant."""


def misspelt(text: str, language: str) -> Iterator[Misspelt]:
    """Yield the words of a text that are in no dictionary of its language; none where there is no dictionary."""
    dictionary = dictionary_of(language)
    if dictionary is None:
        return
    plain = _PASSED.sub(lambda found: " " * len(found[0]), text)
    for found in _WORD.finditer(plain):
        if len(found[0]) > 1 and not found[0].isupper() and not dictionary.check(found[0]):
            yield Misspelt(found.start(), found[0])


def suggestion(word: str, language: str) -> str:
    """Return what was probably meant by a misspelt word, or ""."""
    dictionary = dictionary_of(language)
    return next(iter(dictionary.suggest(word)), "") if dictionary is not None else ""


@cache
def dictionary_of(language: str) -> Dictionary | None:
    """Return a dictionary of a language, or None where none is installed."""
    try:
        enchant = import_module("enchant")
    except ImportError:  # neither the library nor, perhaps, what it stands on
        return None
    name = next((one for one in DICTIONARIES.get(language, ()) if enchant.dict_exists(one)), None)
    found: Dictionary | None = enchant.Dict(name) if name is not None else None
    return found
