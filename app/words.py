"""The language of every text a person reads: one mechanism for window, letters and commands.

`_` speaks the language of this session, chosen once when this module is imported. Within `speaking("fr")` everything
speaks French instead, so that a French letter can be written from an English window: only there, in that thread.
"""

import gettext
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from app.paths import RESOURCES, user_folder

LANGUAGES = ("en", "fr")
COLONS = {"fr": "\u00a0: "}  # where it is not the English one; the space never breaks
SEMICOLONS = {"fr": "\u202f; "}
STRETCH = "stretch"  # every text twice as long: no language, but what tests look with for texts that are cut off


def later(text: str) -> str:
    """Mark `text` for translation where it is written down but not yet shown."""
    return text


def _(text: str) -> str:
    """Return `text` in the language that is spoken here; without a translation it stays English."""
    return _SPOKEN.get().gettext(text) if text else ""


def many(one: str, several: str, count: int) -> str:
    """Return the form of a text that goes with `count`, in the language spoken here; placeholders are still to fill."""
    return _SPOKEN.get().ngettext(one, several, count)


def colon() -> str:
    """Return the colon between two parts of a line as the language spoken here writes it."""
    return COLONS.get(language(), ": ")


def labelled(label: str, text: str) -> str:
    """Return "label: text" as the language spoken here writes it: in French a space comes before the colon."""
    return f"{label}{colon()}{text}"


def apart(parts: Iterable[str]) -> str:
    """Return parts one after another, semicolons between them as the language spoken here writes them."""
    return SEMICOLONS.get(language(), "; ").join(parts)


def words(one_of: str) -> gettext.NullTranslations:
    """Return the translations into a language, whatever is spoken here."""
    return _translations(one_of)


def language() -> str:
    """Return the language that is spoken here: "en" or "fr"."""
    return _LANGUAGE.get()


@contextmanager
def speaking(one_of: str) -> Iterator[None]:
    """Let everything in the `with` block speak one of the languages."""
    spoken, name = _SPOKEN.set(_translations(one_of)), _LANGUAGE.set(_of_dates(one_of))
    try:
        yield
    finally:
        _SPOKEN.reset(spoken)
        _LANGUAGE.reset(name)


def chosen(environment: Mapping[str, str]) -> str:
    """Return the language of this session: of ALKPATH_LANGUAGE, else the user's choice, else the system's."""
    asked = environment.get("ALKPATH_LANGUAGE")
    if asked in (*LANGUAGES, STRETCH):
        return asked
    return _own_choice() or _of_system(environment)


def _own_choice() -> str | None:
    """Return what the user has chosen in the window's settings."""
    kept = user_folder() / "window.json"
    if not kept.is_file():
        return None
    import json

    try:
        choice = json.loads(kept.read_bytes())["language"]
    except (OSError, ValueError, KeyError, TypeError):  # not readable: then it is as if there were none
        return None
    return choice if choice in LANGUAGES else None


def _of_system(environment: Mapping[str, str]) -> str:
    """Return the first language of the system's that we speak, else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            known = (one[:2] for one in value.split(":") if one[:2] in LANGUAGES and not one[2:3].isalpha())
            return next(known, "en")
    return "en"


class _Stretched(gettext.NullTranslations):
    """Says everything twice."""

    def gettext(self, message: str) -> str:
        return f"{message} {message.replace('&', '')}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def _translations(one_of: str) -> gettext.NullTranslations:
    if one_of == STRETCH:
        return _Stretched()
    if one_of == "en":
        return gettext.NullTranslations()
    try:
        with (RESOURCES / "locale" / one_of / "LC_MESSAGES" / "alkpath.mo").open("rb") as compiled:
            return gettext.GNUTranslations(compiled)
    except OSError:  # a program that speaks English is better than none
        return gettext.NullTranslations()


def _of_dates(one_of: str) -> str:
    return "en" if one_of == STRETCH else one_of


_session = chosen(os.environ)
_session_words, _session_language = _translations(_session), _of_dates(_session)
_SPOKEN = ContextVar("spoken", default=_session_words)
_LANGUAGE = ContextVar("language", default=_session_language)
