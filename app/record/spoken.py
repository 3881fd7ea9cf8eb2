"""What a person types for a code or a drug, in any of our languages, as the record writes it."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.record.codes import label
from app.record.names import fold
from app.words import LANGUAGES, words


def written(text: str, known: Sequence[str]) -> str:
    """Return the one of `known` that a text says in one of our languages; any other text as it was typed.

    Case, accents and the kind of spaces do not matter: "Pneumopathie inflammatoire" is pneumonitis, "céritinib" is
    ceritinib. Rules know events and drugs by these names alone.
    """
    return _by_words(tuple(known)).get(_plain(text), text)


@cache
def _by_words(known: tuple[str, ...]) -> Mapping[str, str]:
    said = {_plain(words(one).gettext(label(name))): name for one in LANGUAGES for name in known}
    return said | {_plain(name): name for name in known}


def _plain(text: str) -> str:
    return fold(text.replace("_", " "))
