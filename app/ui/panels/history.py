"""The history of an entry and of the whole record, field by field: nothing that was stored is ever gone."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.figures.wording import colon
from app.services.history import Happening, moment_in_words
from app.ui.palette import colour
from app.words import _


class HistoryDialog(QDialog):
    """Two lists, the newest first: what happened to the entry that is chosen, and to the whole record."""

    def __init__(
        self,
        who: str,
        entry: str,
        of_entry: Sequence[Happening],
        of_record: Sequence[Happening],
        parent: QWidget | None = None,
    ) -> None:
        """`who` is the patient; `entry` what the entry is called, "" when only the record's history is asked for."""
        super().__init__(parent)
        self.setWindowTitle(_("History: {who}").format(who=who))
        self.resize(980, 560)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("History of the entry, or of the whole record"))
        self.of_entry = _list(of_entry, with_entry=False)
        self.of_record = _list(of_record, with_entry=True)
        if entry:
            self.tabs.addTab(self.of_entry, entry)
        self.tabs.addTab(self.of_record, _("Whole record"))
        note = QLabel(_("Nothing is erased: what was changed, taken back or marked as entered in error stays here."))
        note.setObjectName("quiet")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(note)
        layout.addWidget(buttons)
        self.tabs.currentWidget().setFocus()


def _list(happenings: Sequence[Happening], *, with_entry: bool) -> QTreeWidget:
    """Return a list with a line for each change, and below it one for each field."""
    shown = QTreeWidget()
    shown.setColumnCount(3)
    shown.setHeaderLabels([_("When"), _("Who"), _("What")])
    shown.setAccessibleName(_("History"))
    shown.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    shown.setIndentation(14)
    shown.setWordWrap(True)
    for one in happenings:
        what = f"{one.what}{colon()}{one.done}" if with_entry and one.what else one.done
        item = QTreeWidgetItem([moment_in_words(one.at), one.by or _("not said"), what[:1].upper() + what[1:]])
        font = item.font(2)
        font.setBold(True)
        item.setFont(2, font)
        if not one.by:
            item.setForeground(1, colour("quiet"))
        shown.addTopLevelItem(item)
        for field in one.fields:
            below = QTreeWidgetItem(["", "", str(field)])
            below.setToolTip(2, str(field))
            item.addChild(below)
    shown.expandAll()
    header = shown.header()
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    width = shown.fontMetrics().horizontalAdvance
    header.resizeSection(0, width(_("30 September 2014")) + width(", 00:00") + 56)
    header.resizeSection(1, 160)
    if (newest := shown.topLevelItem(0)) is not None:
        shown.setCurrentItem(newest)
    shown.setTabKeyNavigation(False)
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return shown
