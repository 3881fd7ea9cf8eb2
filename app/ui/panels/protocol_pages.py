"""The protocol as pages of the help: every rule in words, and every study in a sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.pathway.protocol import Protocol
from app.words import _, labelled, later

# Figures are said by the sentence of the study alone, which follows how they are read; doses are in neither.
FIGURES = (("phase", later("Phase")), ("n", later("Patients")))


def rules_page(protocol: Protocol) -> str:
    """Return every rule as Markdown, with the heading of the review it is from and what is read otherwise there."""
    lines = [f"# {_('The rules')}", "", *_about(protocol)]
    for name, rule in protocol.rules.items():
        lines += [f"## {name}", "", _(_plain(rule["text"])), ""]
        if section := rule.get("section"):
            lines += [f"*{labelled(_('Review'), _plain(section))}*", ""]
        lines += [*_readings(protocol, rule.get("ambiguities") or ())]
    return "\n".join(lines)


def evidence_page(protocol: Protocol) -> str:
    """Return every study the protocol names as Markdown: what it has shown, and where its figures are unclear."""
    lines = [f"# {_('The evidence')}", "", *_about(protocol)]
    for name, study in protocol.evidence.items():
        lines += [f"## {name}. {_plain(study.get('study', ''))}", "", _(_plain(study.get("shown", ""))), ""]
        figures = list(_figures(study))
        lines += [*figures, ""] if figures else []
        if references := study.get("references"):
            lines += [f"*{', '.join(references)}*", ""]
        lines += [*_readings(protocol, protocol.readings_of([name]))]
    return "\n".join(lines)


def _about(protocol: Protocol) -> Iterator[str]:
    ref = protocol.ref
    yield _("{title}, edition {edition}, checksum {sum}").format(
        title=ref.title, edition=ref.edition, sum=ref.sha256[:12]
    )
    yield ""
    if notice := protocol.about.get("notice"):
        yield f"**{_(_plain(notice))}**"
        yield ""


def _figures(study: Mapping[str, Any]) -> Iterator[str]:
    for key, words in FIGURES:
        if study.get(key):
            yield labelled(f"- {_(words)}", _plain(study[key]))


def _readings(protocol: Protocol, names: Any) -> Iterator[str]:
    shown = [one for one in names if one not in protocol.information.withheld]
    for one in protocol.readings(shown):
        yield f"- **{_('source unclear')} {one.id}**: {_('printed:')} {one.printed} {_('applied:')} {one.applied}"
        yield ""


def _plain(text: Any) -> str:
    return " ".join(str(text).split())
