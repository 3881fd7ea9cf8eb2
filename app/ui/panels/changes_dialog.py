"""What is otherwise in the record now than when a letter was signed, thing by thing."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.services.history import Difference
from app.services.letter_archive import Changes, SignedLetter
from app.words import _, labelled


class ChangesDialog(QDialog):
    """What the letter would say differently first, then what has come since."""

    def __init__(self, letter: SignedLetter, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What has changed since {code}").format(code=letter.code))
        self.resize(760, 440)
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.windowTitle())
        self._add(_("Of its day or before: the letter would say this differently"), changes.seen)
        self._add(_("Of later days, or details the letter does not date"), changes.later)
        self.list.expandAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.list.setFocus()

    def _add(self, title: str, found: tuple[Difference, ...]) -> None:
        if not found:
            return
        head = QTreeWidgetItem([title])
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        self.list.addTopLevelItem(head)
        for one in found:
            item = QTreeWidgetItem([labelled(one.what[:1].upper() + one.what[1:], one.done)])
            head.addChild(item)
            for field in one.fields:
                item.addChild(QTreeWidgetItem([str(field)]))
