"""The pages of the help: short texts from `resources/help`, the keys, the protocol, the hazards, the licences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.paths import RESOURCES
from app.services.hazards import hazards_page
from app.services.notices import licences_page
from app.ui.actions import ACTIONS, ADDABLES, plain_text
from app.ui.qt_words import keys_in_words
from app.words import _, labelled, language, later

if TYPE_CHECKING:
    from app.pathway.protocol import Protocol

PAGES = (
    ("start", later("Start here")),
    ("today", later("Today")),
    ("record", later("The record and its forms")),
    ("next-step", later("Reading the next step")),
    ("pathway", later("The pathway")),
    ("letter", later("The letter")),
    ("files", later("Files in and out")),
    ("window", later("The window, as you like it")),
    ("keys", later("Every key")),
    ("rules", later("The rules")),
    ("evidence", later("The evidence")),
    ("hazards", later("What could go wrong")),
    ("architecture", later("How the program is built")),
    ("licences", later("Licences")),
)
OF_THE_PROTOCOL = ("rules", "evidence")
MADE = ("keys", "licences", *OF_THE_PROTOCOL)  # not from a file


@dataclass(frozen=True, slots=True)
class Hit:
    """A part of a page that holds every word that is looked for; "" for what stands before the first heading."""

    page: str
    title: str
    heading: str


class HelpPages:
    """The pages with the protocol in force, or without its own pages when there is none."""

    def __init__(self, protocol: "Protocol | None" = None) -> None:
        self._protocol = protocol
        self._texts: dict[str, str] = {}

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Return every page by name and title: those above in their order, then whatever else lies beside them."""
        known = tuple((name, _(title)) for name, title in PAGES if self._protocol or name not in OF_THE_PROTOCOL)
        names = {name for name, _title in PAGES}
        others = sorted(path.stem for path in (RESOURCES / "help").glob("*.md") if path.stem not in names)
        return (*known, *((name, self._title_of(name)) for name in others))

    def text(self, name: str) -> str:
        """Return a page as Markdown."""
        if name not in self._texts:
            self._texts[name] = self._made(name)
        return self._texts[name]

    def find(self, words: str) -> list[Hit]:
        """Return the parts of pages that hold every word; those with all of them in the heading first."""
        wanted = words.casefold().split()
        in_heading, in_text = [], []
        for name, title in self.titles():
            for heading, text in parts_of(self.text(name)):
                if all(word in heading.casefold() for word in wanted):
                    in_heading.append(Hit(name, title, heading))
                elif all(word in text.casefold() for word in wanted):
                    in_text.append(Hit(name, title, heading))
        return [*in_heading, *in_text]

    def _made(self, name: str) -> str:
        match name:
            case "keys":
                return keys_text()
            case "hazards":
                return hazards_page()
            case "licences":
                return licences_page()
        if self._protocol is not None and name in OF_THE_PROTOCOL:
            from app.ui.panels.protocol_pages import evidence_page, rules_page

            return rules_page(self._protocol) if name == "rules" else evidence_page(self._protocol)
        spoken = RESOURCES / "help" / language() / f"{name}.md"
        return (spoken if spoken.is_file() else RESOURCES / "help" / f"{name}.md").read_text(encoding="utf-8")

    def _title_of(self, name: str) -> str:
        """Return the title a page gives itself in its first line."""
        return self.text(name).partition("\n")[0].lstrip("#").strip() or name


def parts_of(page: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a page by the plain words of its heading, with its text."""
    heading = ""
    lines: list[str] = []
    for line in page.splitlines():
        if match := re.match(r"#+ (.+)", line):
            if lines:
                yield heading, "\n".join(lines)
            heading, lines = match[1], []
        else:
            lines.append(line)
    if lines:
        yield heading, "\n".join(lines)


def keys_text() -> str:
    """Return every action with its key as a Markdown table."""
    lines = [f"# {_('Every key')}", "", f"| {_('Key')} | {_('What it does')} |", "| --- | --- |"]
    lines += [
        f"| {keys_in_words(one.keys)} | {labelled(plain_text(_(one.text)).rstrip('…'), _(one.tip))} |"
        for one in ACTIONS
        if one.keys
    ]
    lines += [
        f"| {keys_in_words(one.keys)} | {_('Add or correct: {what}').format(what=plain_text(_(one.text)))} |"
        for one in ADDABLES
        if one.keys
    ]
    lines += [
        f"| {key} | {words} |"
        for key, words in (
            (keys_in_words("Enter"), _("In a form: go to the next field; in the list: open the entry")),
            (keys_in_words("Ctrl+Return"), _("In a form: save")),
            (keys_in_words("Esc"), _("In a form: close it; what was typed is kept as unfinished")),
            (keys_in_words("Alt+Down"), _("In a date: open the calendar")),
            ("← → ↑ ↓", _("In the course or the map: from entry to entry, from lane to lane; Enter opens")),
            ("+ − 0 1 3", _("In the course: closer, further away, all of it, the line that runs, the last 3 months")),
            ("Ctrl+← Ctrl+→", _("In the course: earlier, later; Page Up and Page Down by a whole screen")),
        )
    ]
    return "\n".join(lines)
