"""The letters of one patient: those that wait for a signature, and those that were signed, with what became of them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from app.figures.wording import date_in_words
from app.letters.kinds import KINDS, kind_of
from app.record.record import PatientRecord
from app.services.letter_archive import LetterArchive, SignedLetter, UnsignedLetter
from app.ui.palette import colour
from app.words import _

LETTER = Qt.ItemDataRole.UserRole
INK = Qt.ItemDataRole.UserRole + 1


class LetterList(QTreeWidget):
    """`opened(letter)` by Enter or a double click."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAccessibleName(_("Letters of this patient"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(True)
        self.header().setMinimumSectionSize(28)
        self.header().resizeSection(0, 28)
        self.itemDoubleClicked.connect(self._open)

    def read(self, archive: LetterArchive, record: PatientRecord, today: date) -> tuple[SignedLetter, ...]:
        """Show the letters of a patient as they are kept now, and return those that were signed."""
        mrn = record.patient.mrn
        waiting, signed = archive.unsigned(today, mrn), archive.signed(mrn)
        self.show_letters([one.letter for one in waiting], signed, archive.changed(signed, record))
        return signed

    def show_letters(
        self, waiting: Sequence[UnsignedLetter], signed: Sequence[SignedLetter], changed: frozenset[str]
    ) -> None:
        """Show these letters; `changed` are the codes of those whose data have changed since."""
        chosen = self.current()
        self.clear()
        for letter in waiting:
            by = _("kept by {name}").format(name=letter.by) if letter.by else ""
            self._add(letter, letter.kind, letter.day, ("✎", _("waits for a signature"), "due"), by)
        for one in signed:
            to = _("to: {name}").format(name=one.address[0]) if one.address else ""
            self._add(one, one.kind, one.as_of, _state(one, one.code in changed), to)
        if chosen is not None:
            self.choose(chosen)

    def current(self) -> SignedLetter | UnsignedLetter | None:
        """Return the letter that is chosen."""
        item = self.currentItem()
        return item.data(0, LETTER) if item is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def choose(self, letter: SignedLetter | UnsignedLetter) -> None:
        """Choose a letter of the list."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and _key(item.data(0, LETTER)) == _key(letter):
                self.setCurrentItem(item)

    def choose_none(self) -> None:
        """Choose none: what is shown is not in the list."""
        self.setCurrentIndex(QModelIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first letter where none is chosen."""
        if not self.selectedItems() and (first := self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Give the marks the colours that are shown now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row in range(self.topLevelItemCount()):
                if (item := self.topLevelItem(row)) is not None:
                    item.setForeground(0, colour(item.data(0, INK)))

    def _add(
        self, letter: SignedLetter | UnsignedLetter, kind: str, day: str, state: tuple[str, str, str], more: str
    ) -> None:
        mark, words, ink = state
        lines = (f"{_(KINDS[kind_of(kind)].title)} · {date_in_words(day)}", " · ".join(filter(None, (words, more))))
        item = QTreeWidgetItem([mark, "\n".join(lines)])
        item.setData(0, LETTER, letter)
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, ": ".join(lines))
        item.setData(0, INK, ink)
        item.setForeground(0, colour(ink))
        item.setToolTip(1, "\n".join(lines))
        item.setTextAlignment(0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.addTopLevelItem(item)

    def _open(self) -> None:
        if (letter := self.current()) is not None:
            self.opened.emit(letter)


def _key(letter: SignedLetter | UnsignedLetter) -> tuple[type, object]:
    return type(letter), letter.key


def _state(letter: SignedLetter, is_changed: bool) -> tuple[str, str, str]:
    """Return what became of a letter: its mark, the words, and the colour of the mark."""
    if letter.superseded_by:
        return "⤳", _("superseded by {code}").format(code=letter.superseded_by), "quiet"
    if is_changed:
        return "△", _("data changed since"), "due"
    return "✓", _("signed by {name}").format(name=letter.signed_by), "done"
