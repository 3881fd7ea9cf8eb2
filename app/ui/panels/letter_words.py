"""What stands above the pages of a letter: what it is, and what has come since."""

from collections.abc import Sequence

from app.services.letter_archive import Changes, SignedLetter, UnsignedLetter
from app.services.letter_check import about
from app.words import _

MOST = 4  # lines of what has come since; all of it has a dialog of its own


def draft_words(letter: UnsignedLetter, missing: str) -> str:
    """Return what a draft is, and what is missing for it."""
    waits = letter.key is not None
    words = _("Draft that waits for its signature.") if waits else _("Draft, not signed: every page says so.")
    return f"{words}\n{missing}" if missing else words


def signed_words(letter: SignedLetter, changes: Changes, state: Sequence[str]) -> str:
    """Return who signed a letter, its state, and how a newer one is made where it is no longer what would be said."""
    lines = [about(letter), *state[:MOST]]
    if len(state) > MOST:
        lines.append(_("… and more: Ctrl+Alt+C shows all of it."))
    if changes.seen and not letter.superseded_by:
        lines.append(_("A new letter to the same recipient (Ctrl+J) says what was put right."))
    return "\n".join(lines)
