"""The hazard log as a help page: how this program could hurt a patient, and what stands against it."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.paths import RESOURCES
from app.words import _

LOG = RESOURCES / "safety" / "hazards.yaml"
PAGE = RESOURCES / "help" / "hazards.md"


def read_hazards() -> Sequence[Mapping[str, Any]]:
    """Return the entries of the hazard log, the gravest thing to know first."""
    from app.pathway.yaml_file import read_yaml

    entries: Sequence[Mapping[str, Any]] = read_yaml(LOG)
    return entries


def hazards_page() -> str:
    """Return the log as Markdown in the language spoken here; in English it is `resources/help/hazards.md`."""
    lines = [
        f"# {_('What could go wrong')}",
        "",
        _("How this program could hurt a patient, what stands against it, and what remains. Tests show each control."),
        "",
    ]
    for entry in read_hazards():
        lines += [f"## {entry['id']}. {_plain(entry['hazard'])}", ""]
        parts = [(_("Cause"), "cause"), (_("Harm"), "harm"), (_("Control"), "control"), (_("What remains"), "remains")]
        lines += [f"- **{title}:** {_plain(entry[key])}" for title, key in parts if key in entry]
        lines += [f"- **{_('Where')}:** {', '.join(f'`{one}`' for one in entry['where'])}"]
        lines += [f"- **{_('Tests')}:** {len(entry['tests'])}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return _(" ".join(text.split()))


if __name__ == "__main__":
    PAGE.write_text(hazards_page(), encoding="utf-8")
