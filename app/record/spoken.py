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
    """Return what `written` does; when it knows nothing, the only one of `known` that begins with the text.

    A drug of which only the first letters were stored would be one that no rule knows, and that nothing watches.
    """
    said, typed = written(text, known), _plain(text)
    if said in known or len(typed) < FEWEST:
        return said
    begun = {name for word, name in _by_words(tuple(known)).items() if word.startswith(typed)}
    return begun.pop() if len(begun) == 1 else said


def nearest(text: str, known: Sequence[str]) -> str:
    """Return the one of `known` that a text may be a slip of the keyboard for, or ""."""
    typed = _plain(text)
    far = {name: distance(typed, word) for word, name in _by_words(tuple(known)).items()}
    found = min(far, key=lambda name: far[name], default="")
    return found if found and far[found] <= MOST and len(typed) > FEWEST else ""


@cache
def _by_words(known: tuple[str, ...]) -> Mapping[str, str]:
    said = {_plain(words(one).gettext(label(name))): name for one in LANGUAGES for name in known}
    return said | {_plain(name): name for name in known}


def _plain(text: str) -> str:
    return fold(text.replace("_", " "))
