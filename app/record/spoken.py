"""What a person types for a code or a drug, in any of our languages, as the record writes it."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.record.alike import MOST, distance
from app.record.codes import label
from app.record.names import fold
from app.words import LANGUAGES, words

FEWEST = 4  # letters that can stand for a whole name


def written(text: str, known: Sequence[str]) -> str:
    """Return the one of `known` that a text says in one of our languages; any other text as it was typed.

    Case, accents and the kind of spaces do not matter: "Pneumopathie inflammatoire" is pneumonitis, "céritinib" is
    ceritinib. Rules know events and drugs by these names alone.
    """
    return _by_words(tuple(known)).get(_plain(text), text)


def meant(text: str, known: Sequence[str]) -> str:
    """Return what `written` does; when it knows nothing, the only one of `known` that the text is the beginning of.

    A drug of which only the first letters were stored would be one that no rule knows, and that nothing watches. A word
    that is whole says what it says: "pleural" is not taken for a pleural effusion.
    """
    said, typed = written(text, known), _plain(text)
    begun = _begun(typed, known)
    if said in known or len(begun) != 1:
        return said
    ((name, rests),) = begun.items()
    return said if all(rest.startswith(" ") for rest in rests) else name


def nearest(text: str, known: Sequence[str]) -> str:
    """Return the one of `known` that a text may be a slip of the keyboard for, or the first words of, or ""."""
    typed = _plain(text)
    if len(begun := _begun(typed, known)) == 1:
        return next(iter(begun))
    word, name = min(_by_words(tuple(known)).items(), key=lambda one: distance(typed, one[0]), default=("", ""))
    return name if len(typed) > FEWEST and distance(typed, word) <= MOST else ""


def _begun(typed: str, known: Sequence[str]) -> dict[str, list[str]]:
    """Return which of `known` begin with a text in one of our languages, and what is left of their words."""
    begun: dict[str, list[str]] = {}
    for word, name in _by_words(tuple(known)).items() if len(typed) >= FEWEST else ():
        if word.startswith(typed):
            begun.setdefault(name, []).append(word.removeprefix(typed))
    return begun


@cache
def _by_words(known: tuple[str, ...]) -> Mapping[str, str]:
    said = {_plain(words(one).gettext(label(name))): name for one in LANGUAGES for name in known}
    return said | {_plain(name): name for name in known}


def _plain(text: str) -> str:
    return fold(text.replace("_", " "))
