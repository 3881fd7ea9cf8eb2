"""Names and numbers: as lists have them, and as they are compared when people look for one another."""

import unicodedata
from functools import lru_cache
from typing import Protocol

# Letters that are letters of their own and not a letter with an accent, as most people type them.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


class Named(Protocol):
    """Whoever has a name: a patient, or a line of a list of patients."""

    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str | None: ...


def full_name(one: Named) -> str:
    """Return a name as a list has it: "Example, Ada"."""
    return ", ".join(part for part in (one.family_name, one.given_name) if part)


def fold(text: str) -> str:
    """Return `text` as it is compared: no case, no accents, one space between words."""
    if text.isascii():
        return " ".join(text.casefold().split())
    # Twice, as folding the case can take a letter apart (İ) and taking it apart can bring up a case.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.translate(PLAIN).split())


@lru_cache(maxsize=4096)
def letters_of(text: str) -> str:
    """Return the folded letters and digits of `text` alone: "O’Neill-Smith" is "oneillsmith"."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`, parted by whatever is no letter or digit."""
    return tuple("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())
