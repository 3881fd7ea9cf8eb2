"""Names and numbers as they are compared when people look for one another: no case, no accents."""

import unicodedata
from functools import lru_cache

# Letters that are letters of their own and not a letter with an accent, as most people type them.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


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
