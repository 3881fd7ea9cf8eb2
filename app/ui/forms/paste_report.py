"""A pasted laboratory report: what it was understood as, what is doubtful, and what the person takes of it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.figures.wording import code
from app.record.field_words import field_words
from app.record.lab_line import PrintedValue
from app.record.names import full_name
from app.record.record import PatientRecord
from app.services.lab_report import read_lab_report
from app.ui.forms.fields import DateField
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.palette import colour
from app.words import _, labelled, many

PAUSE = 250  # milliseconds after the last key
CELLS = ("date", "analyte", "value", "unit", "lower", "upper")


class PasteReport(QDialog):
    """The text above, the values below; only ticked ones are taken, and a doubtful one is ticked by the person."""

    def __init__(
        self, text: str, record: PatientRecord | None, today: date, day: str, parent: QWidget | None = None
    ) -> None:
        """`day` is that of the form (ISO), for values that have none of their own."""
        super().__init__(parent)
        patient = record.patient if record is not None else None
        who = full_name(patient) if patient else ""
        self.setWindowTitle(_("Paste a laboratory report: {who}").format(who=who))
        self.resize(980, 640)
        self._record, self._today = record, today
        self._found: tuple[PrintedValue, ...] = ()
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("The report as text"))
        self.text.setPlaceholderText(_("Paste here what the laboratory sent, or cells of a sheet: one value a line."))
        self.text.setMinimumHeight(96)
        self.day = DateField(_("Day of values without one"), today)
        self.day.put(day)
        self.values = _Values()
        self.said = QLabel()
        self.said.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.take = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("main", True)
        self.doubtful = buttons.addButton(_("Tick the doubtful ones too"), QDialogButtonBox.ButtonRole.ActionRole)
        self.doubtful.clicked.connect(self.values.tick_all)
        self.nothing = buttons.addButton(_("Take nothing"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(self.day)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text, 1)
        layout.addLayout(head)
        layout.addWidget(self.values, 3)
        layout.addWidget(self.said)
        layout.addWidget(buttons)
        self.values.ticks_changed.connect(self._count)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.read)
        self.text.textChanged.connect(self._pause.start)
        self.day.edited.connect(self._pause.start)
        self.read()
        (self.values if self._found else self.text).setFocus()

    def read(self) -> None:
        """Read the text as it is now."""
        day = self.day.editor.iso()
        self._found = read_lab_report(self.text.toPlainText(), self._record, self._today, day if len(day) == 10 else "")
        self.values.show_found(self._found)
        self._count()

    def taken(self) -> tuple[PrintedValue, ...]:
        """Return the values that are ticked."""
        return tuple(one for one, ticked in zip(self._found, self.values.ticked(), strict=True) if ticked)

    def _count(self) -> None:
        count = len(self.taken())
        doubtful = sum(1 for one in self._found if one.can_be_taken and not one.is_sure)
        unread = sum(1 for one in self._found if not one.can_be_taken)
        self.take.setText(many("Take {count} value", "Take {count} values", count).format(count=count))
        self.take.setEnabled(bool(count))
        self.doubtful.setVisible(bool(doubtful))
        read = len(self._found) - unread
        parts = [many("{count} value was read", "{count} values were read", read).format(count=read)]
        if doubtful:
            words = many("{count} of them is doubtful: look at it, Space ticks it",
                         "{count} of them are doubtful: look at them, Space ticks one", doubtful)  # fmt: skip
            parts.append(words.format(count=doubtful))
        if unread:
            words = many("{count} line was not understood and is not taken",
                         "{count} lines were not understood and are not taken", unread)  # fmt: skip
            parts.append(words.format(count=unread))
        self.said.setText(" · ".join(parts))
        with_mnemonics([self.day.label, self.take, self.doubtful, self.nothing])


class _Values(QTreeWidget):
    """A line for each value, with a box; what is doubtful is marked, and said at the end of the line."""

    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[PrintedValue] = ()
        self.setColumnCount(len(CELLS) + 1)
        titles = [field_words(name) for name in CELLS]
        self.setHeaderLabels([*(title[:1].upper() + title[1:] for title in titles), _("To look at")])
        self.setRootIsDecorated(False)
        self.setAccessibleName(_("Values that were read"))
        self.setAllColumnsShowFocus(True)
        self.itemChanged.connect(self._item_changed)
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((124, 150, 80, 80, 88, 88)):
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))

    def show_found(self, found: Sequence[PrintedValue]) -> None:
        """Show what was read; what is sure is ticked."""
        row = max(0, self.currentIndex().row())
        self.blockSignals(True)
        self._found = found
        self.clear()
        for one in found:
            self.addTopLevelItem(_item(one))
        self.blockSignals(False)
        if (item := self.topLevelItem(min(row, len(found) - 1))) is not None:
            self.setCurrentItem(item)

    def ticked(self) -> list[bool]:
        """Return which of them are ticked."""
        items = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        return [item is not None and item.checkState(0) == Qt.CheckState.Checked for item in items]

    def tick_all(self) -> None:
        """Tick all that can be taken."""
        for row, one in enumerate(self._found):
            item = self.topLevelItem(row)
            if item is not None and one.can_be_taken:
                item.setCheckState(0, Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter take what is ticked, as the button does; Space ticks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _item_changed(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.ticks_changed.emit()


def _item(one: PrintedValue) -> QTreeWidgetItem:
    """Return the line of a value; of one that was not understood, what was printed."""
    if not one.can_be_taken:
        words = "; ".join(one.doubts.values())
        item = QTreeWidgetItem(["", one.line, "", "", "", "", words])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for column in range(item.columnCount()):
            item.setForeground(column, colour("quiet"))
        item.setToolTip(1, one.line)
        return item
    shown = [one.date, code(str(one.analyte)), one.value, one.unit, one.lower, one.upper]
    marked = [f"? {text}" if name in one.doubts else text for name, text in zip(CELLS, shown, strict=True)]
    item = QTreeWidgetItem([*marked, "; ".join(_said(name, why) for name, why in one.doubts.items())])
    item.setCheckState(0, Qt.CheckState.Checked if one.is_sure else Qt.CheckState.Unchecked)
    for column, name in enumerate((*CELLS, "line")):
        if name in one.doubts:
            item.setBackground(column, colour("due ground"))
            item.setForeground(column, colour("due"))
    for column in (2, 4, 5):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setToolTip(len(CELLS), one.line)
    return item


def _said(name: str, why: str) -> str:
    return why if name == "line" else labelled(field_words(name), why)
