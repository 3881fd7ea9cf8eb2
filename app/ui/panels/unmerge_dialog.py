"""Taking a merging back: what it was, and what was done since that goes with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.services.merging import Lost, Undoing, said_of
from app.ui.panels.merge_words import entry_words
from app.words import _, labelled, later

_CHANGES = {"added": later("added since"), "changed": later("changed since"), "removed": later("removed since")}
_PARTS = {"patient": later("Patient’s details"), "diagnosis": later("Diagnosis and staging")}


class UnmergeDialog(QDialog):
    """Asks whether a merging is to be taken back. `wanted(Undoing)` when it is."""

    wanted = Signal(object)

    def __init__(self, undoing: Undoing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Take a merging back"))
        self.setMinimumWidth(620)
        self._undoing = undoing
        words = QLabel(
            _("{merge}. Taken back, both records are again exactly as they were before.").format(
                merge=said_of(undoing.merge)
            )
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(words)
        if undoing.lost:
            self._warn(layout)
        buttons = QDialogButtonBox()
        self.take_back = buttons.addButton(_("&Take the merging back"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.leave = buttons.addButton(_("&Leave as it is"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        (self.leave if undoing.lost else self.take_back).setDefault(True)
        (self.leave if undoing.lost else self.take_back).setFocus()

    def _warn(self, layout: QVBoxLayout) -> None:
        warning = QLabel(
            _("This was done to the merged record since. It goes from both records and stays only in the history of "
              "{mrn}: enter it again where it belongs.").format(mrn=self._undoing.merge.into)
        )  # fmt: skip
        warning.setObjectName("warning")
        warning.setWordWrap(True)
        self.lost = QPlainTextEdit("\n".join(self._line(one) for one in self._undoing.lost))
        self.lost.setObjectName("faults")
        self.lost.setReadOnly(True)
        self.lost.setTabChangesFocus(True)
        self.lost.setAccessibleName(_("What was done since"))
        layout.addWidget(warning)
        layout.addWidget(self.lost, 1)

    def _line(self, one: Lost) -> str:
        what = _(_PARTS[one.section]) if one.section in _PARTS else entry_words(one.entry, self._undoing.record)
        return labelled(_(_CHANGES[one.change]), what)

    def _accept(self) -> None:
        self.accept()
        self.wanted.emit(self._undoing)
