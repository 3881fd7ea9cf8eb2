"""The language of every text a person reads: one mechanism for window, letters and commands.

`_` speaks the language of this session; a letter asks for its own with `words(language)`.
"""

import gettext
from collections.abc import Callable

from app.paths import RESOURCES

LANGUAGES = ("en",)


def words(language: str) -> Callable[[str], str]:
    """Return the translator into `language`; texts without a translation stay English."""
    return gettext.translation("alkpath", RESOURCES / "locale", [language], fallback=True).gettext


def later(text: str) -> str:
    """Mark `text` for translation where it is written down but not yet shown."""
    return text


_ = words("en")
