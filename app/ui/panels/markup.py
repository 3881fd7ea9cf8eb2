"""The small pieces of rich text that the panels are made of."""

from html import escape

from app.ui.palette import COLOURS, TEXT


def heading(words: str) -> str:
    """Return words that stand above a part."""
    return f'<p style="margin-top:14px; margin-bottom:4px"><b>{escape(words)}</b></p>'


def item(inner: str, size: int = TEXT) -> str:
    """Return one paragraph of a part."""
    return f'<p style="margin-top:0; margin-bottom:7px; font-size:{size}px">{inner}</p>'


def quiet(markup: str) -> str:
    """Return markup in the quiet colour."""
    return f'<span style="color:{COLOURS["quiet"]}">{markup}</span>'


def link(target: str, words: str, tip: str = "") -> str:
    """Return a link to an entry, a missing fact, a decision or a place of this text; `tip` is shown under the mouse."""
    title = f' title="{escape(tip)}"' if tip else ""
    return f'<a href="{escape(target)}"{title} style="color:{COLOURS["accent"]}">{escape(words)}</a>'
