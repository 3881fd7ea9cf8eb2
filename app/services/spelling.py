"""Spelling of what is typed freely, where PyEnchant and a dictionary of the language are installed; else silence.

The library is loaded when the first word is looked at. Right is what the dictionary has, the words of the field that
come with the program, the words that were added at this machine, and the names that go with a letter.
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache, partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from app.paths import RESOURCES
from app.record.names import full_name, words_of
from app.record.reading import NotPossible
from app.services.whole_file import whole_file
from app.words import _

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.patients import Patients

DICTIONARIES = {"en": ("en_GB", "en_US", "en"), "fr": ("fr_FR", "fr", "fr_CA", "fr_CH")}
FILE_NAME = "words.txt"
MOST_SUGGESTED = 6
AT_ONCE = 2000  # patients whose names are looked at
# Not looked at: what stands in braces, addresses, what has a figure in it.
_PASSED = re.compile(r"\{[^{}]*\}|\S*@\S+|(?:https?://|www\.)\S+|\S*\d\S*")
# Letters with the accents that may follow them, and what is written together by an apostrophe.
_LETTER = r"(?:[^\W\d_][\u0300-\u036f]*)"
_WORD = re.compile(rf"{_LETTER}+(?:['’]{_LETTER}+)*")
_LATIN = re.compile(r"[A-Za-zªºÀ-ɏḀ-ỿ'’]+")
# What stands before an apostrophe in French, and after one in English.
_ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "qu", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu"})


class Misspelt(NamedTuple):
    """A word that is in no dictionary, and where it stands."""

    start: int
    word: str


class Dictionary(Hashable, Protocol):
    """What is asked of a dictionary."""

    def check(self, word: str) -> bool:
        """Return whether a word is in it."""

    def suggest(self, word: str) -> list[str]:
        """Return what may have been meant."""


class OwnWords:
    """The words that were added at this machine: `words.txt` beside the clinic's settings, one on each line.

    `is_name` says of a word that it is a patient's name: those are not kept. Without a file words are kept until the
    program ends.
    """

    def __init__(self, file: Path | None = None, is_name: Callable[[str], bool] = lambda _word: False) -> None:
        self._file = file
        self._is_name = is_name
        try:
            written = self._written()
        except NotPossible:  # said when a word is added: the others cannot be kept then
            written = []
        self._known: dict[str, str] = {_folded(one): one for one in written}

    def __contains__(self, word: str) -> bool:
        return _folded(word) in self._known

    def add(self, word: str) -> None:
        """Let a word be right from now on. Raises `NotPossible` when it is a patient's name, or cannot be kept."""
        if self._is_name(word):
            raise NotPossible(_("“{word}” is the name of a patient: it is not kept in the list of words.").format(
                word=word))  # fmt: skip
        # Another window may have added some meanwhile.
        known = {_folded(one): one for one in (*self._written(), *self._known.values(), word)}
        if self._file is not None:
            with whole_file(self._file) as out:
                out.write("".join(f"{one}\n" for one in sorted(known.values(), key=str.casefold)).encode())
        self._known = known

    def _written(self) -> list[str]:
        """Return the words of the file; raises `NotPossible` when it cannot be read: it must not be written anew."""
        try:  # an editor may have put a mark at its beginning
            text = self._file.read_text(encoding="utf-8-sig") if self._file is not None else ""
        except FileNotFoundError:
            text = ""
        except (OSError, ValueError) as error:
            why = (getattr(error, "strerror", None) or "").lower() or _("it is not text in UTF-8")
            raise NotPossible(_("{file} cannot be read: {why}.").format(file=self._file, why=why)) from None
        return [word for line in text.splitlines() if (word := line.strip())]


class Spelling:
    """Looks for misspelt words; `names` are those that go with the letter that is written just now."""

    def __init__(self, own: OwnWords) -> None:
        self.own = own
        self.names: frozenset[str] = frozenset()

    def misspelt(self, text: str, language: str) -> Iterator[Misspelt]:
        """Yield the words of a text that are not right in its language; none where there is no dictionary."""
        dictionary = dictionary_of(language)
        if dictionary is None:
            return
        plain = _PASSED.sub(lambda found: " " * len(found[0]), text)
        for found in _WORD.finditer(plain):
            if not self._is_right(unicodedata.normalize("NFC", found[0]), language, dictionary):
                yield Misspelt(found.start(), found[0])

    def _is_right(self, word: str, language: str, dictionary: Dictionary) -> bool:
        # Abbreviations, and names in other letters, are not looked at.
        if len(word) < 2 or word.isupper() or not _LATIN.fullmatch(word):
            return True
        word = word.replace("’", "'")
        if dictionary.check(word) or self._is_known(word, language):
            return True
        first, _apostrophe, rest = word.partition("'")
        if language == "fr" and rest and first.casefold() in _ELIDED:
            return self._is_right(rest, language, dictionary)
        return rest == "s" and self._is_right(first, language, dictionary)

    def _is_known(self, word: str, language: str) -> bool:
        return _folded(word) in self.names or _folded(word) in _terms()[language] or word in self.own


def spelling_at(desk: "Desk") -> Spelling:
    """Return the spelling of texts at one desk: its own words stand beside the clinic's settings."""

    settings = desk.clinic.file
    file = settings.with_name(FILE_NAME) if settings is not None else None
    return Spelling(OwnWords(file, partial(_is_name, desk.patients)))


def _is_name(patients: "Patients", word: str) -> bool:
    """Return whether a word, or what of it stands beside an apostrophe ("Keller’s"), is in the name of a patient."""
    for part in words_of(word):
        for offset in count(0, AT_ONCE) if len(part) > 1 else ():
            found = patients.find(part, limit=AT_ONCE, offset=offset)
            if any(part in words_of(full_name(one)) for one in found):
                return True
            if len(found) < AT_ONCE:
                break
    return False


def suggestions(word: str, language: str) -> tuple[str, ...]:
    """Return what may have been meant by a misspelt word, the likeliest first; some tens of milliseconds at first."""
    return _suggested(dictionary_of(language), unicodedata.normalize("NFC", word))


@lru_cache(maxsize=512)
def _suggested(dictionary: Dictionary | None, word: str) -> tuple[str, ...]:
    return tuple(dictionary.suggest(word)[:MOST_SUGGESTED]) if dictionary is not None else ()


def names_in(*parts: Any) -> frozenset[str]:
    """Return every word in the texts of dataclasses, as it is compared: the names in a patient's details."""
    return frozenset(_folded(found[0]) for part in parts for text in _texts(part) for found in _WORD.finditer(text))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        yield from (text for one in fields(part) for text in _texts(getattr(part, one.name)))
    elif isinstance(part, Iterable) and not isinstance(part, bytes | Mapping):
        yield from (text for one in part for text in _texts(one))


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'")


@cache
def _terms() -> Mapping[str, frozenset[str]]:
    """Return the words of the field by language."""
    found: dict[str, set[str]] = {language: set() for language in DICTIONARIES}
    for line in (RESOURCES / "letters" / "words.txt").read_text(encoding="utf-8").splitlines():
        which, *words = line.split()
        for language in found if which == "all" else [which] if which in found else []:
            found[language].update(words)
    return {language: frozenset(words) for language, words in found.items()}


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
