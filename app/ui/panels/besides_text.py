"""What the source says that changes no option, as rich text: named where it belongs, written out at the end."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from app.pathway.advice import Option
from app.pathway.information import Told
from app.ui.palette import SMALL
from app.ui.panels.markup import heading, item, link, quiet
from app.words import _


def asides(option: Option, told: Iterable[Told], before: Iterable[Option]) -> str:
    """Return the links to what is told of an option, or ""; what an option before it has is not named again."""
    links = [
        link(f"#{one.id}", one.title, one.text)
        for one in told
        if one.speaks_of(option) and not any(one.speaks_of(other) for other in before)
    ]
    return f"<br>{quiet(_('the source besides:'))} {', '.join(links)}" if links else ""


def besides(told: Sequence[Told]) -> Iterator[str]:
    """Yield every text under what it is about, with the place of its readings."""
    if told:
        yield heading(_("What the source says besides"))
    for place in dict.fromkeys(one.place for one in told):
        lines = [_line(one) for one in told if one.place == place]
        yield item(f"<b>{escape(place)}</b><br>{'<br>'.join(lines)}", SMALL)


def _line(one: Told) -> str:
    readings = ", ".join(link(f"#{each.id}", each.id, each.applied) for each in one.readings)
    unclear = f" {quiet(_('source unclear'))} {readings}" if readings else ""
    return f'<a name="{escape(one.id)}"></a>{quiet(escape(one.title))} {escape(one.text)} {quiet(one.id)}{unclear}'
