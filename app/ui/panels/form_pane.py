"""The place of the open form, beside what it is about: never in front of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.record.reading import Fault
from app.ui.draft import Draft
from app.ui.drafts import DraftKey, Drafts
from app.ui.forms.entry_form import EntryForm
from app.ui.palette import LARGE, sized
from app.ui.panels.both_changed import BothChanged
from app.words import _


class FormPane(QFrame):
    """Holds one form. Typing is kept in `Drafts` from the first key until it is saved or discarded.

    `accepted(key, entry)` when the form gives its entry, `closed()` when the pane is empty again.
    """

    accepted = Signal(object, object)
    closed = Signal()
    draft_changed = Signal()

    def __init__(self, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formPane")
        self._drafts = drafts
        self.key: DraftKey | None = None
        self.draft: Draft | None = None
        self.form: EntryForm | None = None
        self._title = ""
        self.title = QLabel()
        self.title.setFont(sized(self.font(), LARGE, bold=True))
        self.title.setWordWrap(True)
        self.discard_button = QPushButton(_("Discard typing"))
        self.discard_button.setToolTip(_("Forget what was typed in this form and close it"))
        self.discard_button.clicked.connect(self.discard)
        self.warning = QLabel()
        self.warning.setObjectName("warning")
        self.warning.setWordWrap(True)
        self.warning.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                             | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)  # fmt: skip
        self.warning.hide()
        self.both_changed = BothChanged(self._settle)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.discard_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self.warning)
        self._column.addWidget(self.both_changed)
        self.hide()

    def open(self, key: DraftKey, draft: Draft, form: EntryForm, title: str) -> None:
        """Show a form in place of the one that is open; what was typed there stays among the unfinished."""
        self._take_away()
        self.key, self.draft, self.form = key, draft, form
        draft.setParent(form)
        self._title = title
        self.title.setText(title)
        self.discard_button.setEnabled(True)
        self.setAccessibleName(title)
        self.warn("")
        self._column.addWidget(form, 1)
        QWidget.setTabOrder(form.cancel_button, self.discard_button)  # by Tab it is the last of the three ways out
        draft.changed.connect(self._keep)
        draft.changed.connect(self._ask)
        form.accepted.connect(self._give)
        form.cancelled.connect(self.close_form)
        self._show_discard()
        self.show()
        form.show()
        form.focus_first()
        self._ask()

    def warn(self, rich_text: str) -> None:
        """Say something above the form; "" takes it away."""
        self.warning.setText(rich_text)
        self.warning.setVisible(bool(rich_text))

    def show_saving(self, under_way: bool) -> None:
        """While the entry is being stored nothing can be typed, or the typing would be lost when that is done."""
        form = self.form
        if form is None or form.isEnabled() is not under_way:
            return
        form.setEnabled(not under_way)
        self.discard_button.setEnabled(not under_way)
        self.title.setText(_("{title} – being saved…").format(title=self._title) if under_way else self._title)
        if not under_way:
            form.focus_again()

    def refuse(self, faults: tuple[Fault, ...]) -> None:
        """Show beside the fields what saving refused; what belongs to no field of this form stands above it."""
        if self.draft is not None and self.form is not None:
            self.draft.refuse(faults)
            self.form.save_button.setFocus()

    def is_open(self) -> bool:
        """Return whether there is a form."""
        return self.form is not None

    @property
    def is_typed_into(self) -> bool:
        """Whether the open form holds typing that is not saved."""
        return self.key is not None and self._drafts.typed(self.key) is not None

    def close_form(self) -> None:
        """Close the form; its typing, if any, stays among the unfinished."""
        if self._take_away():
            self.hide()
            self.closed.emit()

    def discard(self) -> None:
        """Close the form and forget its typing."""
        key = self.key
        if self._take_away() and key is not None:
            self._drafts.drop(key)
            self.hide()
            self.closed.emit()

    def _take_away(self) -> bool:
        form, self.form, self.draft, self.key = self.form, None, None, None
        if form is None:
            return False
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()  # an open list of the form must not outlive it, with the keyboard in its hand
        form.hide()
        self._column.removeWidget(form)
        form.deleteLater()
        return True

    def _keep(self) -> None:
        if self.key is None or self.draft is None:
            return
        if self.draft.is_touched or self._drafts.typed(self.key) is not None:
            self._drafts.keep(self.key, self.draft.typed, self.draft.base)
        self._show_discard()
        self.draft_changed.emit()

    def _ask(self) -> None:
        """Ask which is right of what was changed here and elsewhere, one field after the other."""
        if self.draft is None or self.form is None:
            return
        was_asked, is_asked = not self.both_changed.isHidden(), self.both_changed.ask(self.draft)
        self.both_changed.setVisible(is_asked)
        if is_asked and not was_asked:
            self.both_changed.keep_button.setFocus()
        elif was_asked and not is_asked:
            self.form.focus_again()

    def _settle(self, path: str, stored: bool) -> None:
        if self.draft is not None:
            self.draft.settle(path, stored=stored)

    def _show_discard(self) -> None:
        self.discard_button.setVisible(self.is_typed_into)

    def _give(self, entry: object) -> None:
        if self.key is not None:
            self.accepted.emit(self.key, entry)
