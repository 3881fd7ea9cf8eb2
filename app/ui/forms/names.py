"""The line for the name of a nurse or doctor, with the people of the clinic offered."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter

from app.record.reading import NotPossible
from app.services.people import People
from app.ui.forms.editors import TextEditor
from app.ui.forms.fields import Field


class NameEditor(TextEditor):
    """Free text; what can mean only one of the people becomes that name on leaving.

    The list of one's own patients knows them by the whole name alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names."""
        self._names = tuple(names)
        self._offered.setStringList(list(names))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Complete the name when it can be one person alone."""
        typed = " ".join(self.text().split()).casefold()
        meant = [one for one in self._names if any(word.startswith(typed) for word in _ends(one))]
        if typed and len(meant) == 1 and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.put(meant[0])
        super().focusOutEvent(event)


class NameField(Field):
    """The name of one of the people, or of anybody."""

    def __init__(self, text: str, *, tip: str = "") -> None:
        super().__init__(text, NameEditor(), tip=tip)


def offer_people(fields: Mapping[str, Field], people: People) -> None:
    """Offer the nurses and doctors of the clinic in those fields of a form that ask for one."""
    named = {"team.nurse": "nurse", "team.doctor": "doctor"}
    with suppress(NotPossible):  # then the name is typed without help
        for path in named.keys() & fields.keys():
            if isinstance(editor := fields[path].editor, NameEditor):
                editor.offer([one.name for one in people.listed() if one.role == named[path]])


def _ends(name: str) -> list[str]:
    """Return the name from each of its words on: it is begun at the family name as well."""
    words = name.casefold().split()
    return [" ".join(words[place:]) for place in range(len(words))]
