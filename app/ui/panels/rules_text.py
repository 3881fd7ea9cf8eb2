"""Rules of a protocol as rich text: what each says, where the source has it, where the source is unclear."""

from collections.abc import Sequence
from html import escape

from app.pathway.protocol import Protocol
from app.ui.palette import COLOURS, SMALL, TEXT
from app.ui.panels.markup import heading, item, link, quiet
from app.words import _

BACK = "back:"


def rules_html(protocol: Protocol, rules: Sequence[str]) -> str:
    """Return these rules with a link back to the next step."""
    parts = [item(link(BACK, _("Back to the next step")))]
    for rule in rules:
        known = protocol.rules.get(rule)
        if known is None:
            continue
        parts.append(heading(rule))
        parts.append(item(f"{escape(_(str(known['text'])))}<br>{quiet(escape(_(str(known['section']))))}"))
        for name in known.get("ambiguities") or ():
            unclear = protocol.ambiguities[name]
            words = _("{name} printed: {printed} · applied: {applied}").format(
                name=name, printed=_(unclear.printed), applied=_(unclear.applied)
            )
            parts.append(item(escape(words), SMALL))
    return f'<body style="color:{COLOURS["text"]}; font-size:{TEXT}px">{"".join(parts)}</body>'
