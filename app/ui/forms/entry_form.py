"""EntryForm: a form over a draft. Widgets write into the draft, the draft's faults appear beside them."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.record.codes import label as words_of
from app.ui.draft import Draft
from app.ui.forms.editors import LinesEditor
from app.ui.forms.fields import Field
from app.ui.forms.grid_field import GridField
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.page import FormPage
from app.ui.forms.parts import Part
from app.ui.forms.small import small
from app.words import _, labelled

BLANK: tuple[Any, ...] = (None, "", [], {})


class EntryForm(QWidget):
    """A form to add or correct one entry (of laboratory values: several).

    `accepted(object)` carries the entry; from a blood draw that is added, a tuple of entries: put all of them.
    `cancelled()` means: close the form; the draft is the host's to keep or to drop. The host calls `draft.see(record)`
    when the record changes while the form is open, and `draft.refuse(faults)` when saving refused the entry.
    """

    accepted = Signal(object)
    cancelled = Signal()

    def __init__(self, draft: Draft, parts: Sequence[Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.start_at: QWidget | None = None
        self._tried = False
        self.page = FormPage(draft, parts)
        self.fields, self.groups, self.boxes = self.page.fields, self.page.groups, self.page.boxes
        self.page.edited_at.connect(self._take)
        self.page.switched.connect(self._switched)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll)
        layout.addLayout(self._foot())
        self.give_letters()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)
        draft.changed.connect(self._draft_changed)
        draft.carried.connect(self._refill)
        self._draft_changed()

    def focus_first(self) -> None:
        """Put the cursor into the first field, or where the quick job of this form begins."""
        if self.start_at is None:
            next(iter(self.fields.values())).focus()
        else:  # once: its row may be taken away later
            self.start_at.setFocus(Qt.FocusReason.OtherFocusReason)
            self.start_at = None

    def focus_at(self, place: str) -> None:
        """Put the cursor into a field (`progression.extent`) or a cell of a grid (`doses[1].reason`), and show it."""
        path, _, cell = place.partition("[")
        for group, box in self.boxes.items():
            if path.startswith(f"{group}."):
                box.setChecked(True)
        field = self.fields[path]
        field.focus_cell(cell) if cell and isinstance(field, GridField) else field.focus()
        QTimer.singleShot(0, self._show_focused)  # once the page knows its height

    def _show_focused(self) -> None:
        if (focused := self.focusWidget()) is not None:
            self._scroll.ensureWidgetVisible(focused, 0, 60)

    def focus_again(self) -> None:
        """Put the cursor where it was when this form was left."""
        last = self.focusWidget()
        if last is None or not last.isVisibleTo(self):
            self.focus_first()
        else:
            last.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Give the entry to the host; with faults, show them all and go to the first. The typing stays."""
        self._tried = True
        for field in self.fields.values():
            field.touch()
        self._draft_changed()
        if self.draft.entry is not None:
            self.accepted.emit(self.draft.entry)
        elif (faulty := next(self._faulty(), None)) is not None:
            faulty.focus()
            self._scroll.ensureWidgetVisible(faulty, 0, 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, save by Enter in the last field, leave by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def start(self, purpose: str) -> None:
        """Prepare the form for one quick job, and say in `start_at` what is typed first; forms that know some do."""

    def give_letters(self, *buttons: QPushButton) -> None:
        """Give every field, and a form's own buttons, a letter to be reached by with Alt."""
        labels = [field.label for field in self.fields.values()]
        with_mnemonics([*labels, *self.boxes.values(), *buttons, self.save_button])

    def after(self, path: str, *buttons: QPushButton) -> None:
        """Let the Tab key come to a form's own buttons after the grid they belong to."""
        previous: QWidget = self.fields[path].last_stop()
        for button in buttons:
            QWidget.setTabOrder(previous, button)
            previous = button

    def leave_out(self) -> set[str]:
        """Return the groups that do not count now; forms whose groups hang on another field say which."""
        return {path for path, box in self.boxes.items() if not box.isChecked()}

    def show_live(self) -> None:
        """Show what follows from the typing; forms with arithmetic do."""

    def _refill(self) -> None:
        """Show the typing again where it was changed, and not by this form."""
        for path, box in self.boxes.items():
            box.setChecked(self.draft.counts(path))
        for path, field in self.fields.items():
            value, shown = self.draft.get(path), field.value()
            if value != shown and not (value in BLANK and shown in BLANK):
                field.put(value)

    def _take(self, path: str) -> None:
        self.draft.put(path, self.fields[path].value())

    def _switched(self) -> None:
        for path, box in self.boxes.items():
            if box.isChecked() and self.draft.typed.get(path) is None:
                self.draft.put(path, {})
        self._draft_changed()

    def _foot(self) -> QHBoxLayout:
        self.summary = small(QLabel(), "urgent")
        self.summary.setWordWrap(True)
        self.save_button = QPushButton(_("Save"))
        self.save_button.setToolTip(_("Save (Ctrl+Return)"))
        self.save_button.setDefault(True)
        self.save_button.setProperty("main", True)
        self.save_button.clicked.connect(self.save)
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.setToolTip(_("Close without saving (Esc)"))
        self.cancel_button.clicked.connect(self.cancelled)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.cancel_button)
        return foot

    def _draft_changed(self) -> None:
        out = self.leave_out()
        for path, group in self.groups.items():
            group.setVisible(path not in out)
        self.draft.leave_out(out & self.draft.typed.keys())
        self._show_faults()
        self.show_live()

    def _show_faults(self) -> None:
        # Nothing is missing in a form that nobody has typed into yet.
        asked = self._tried or self.draft.is_touched
        rest = dict(self.draft.faults) if asked else {}
        for path, field in self.fields.items():
            if isinstance(field, GridField):
                own = {place: rest.pop(place) for place in list(rest) if place.startswith(f"{path}[")}
                if path in rest:
                    own[path] = rest.pop(path)
                field.show_faults({place.removeprefix(path): sentence for place, sentence in own.items()})
            else:
                deeper = [place for place in rest if place == path or place.startswith(f"{path}[")]
                field.show_fault("\n".join(rest.pop(place) for place in deeper))
        tried = any(field.touched for field in self.fields.values())
        self._summarise(rest if tried else {})

    def _summarise(self, elsewhere: dict[str, str]) -> None:
        """Say what no field can say: a fault of a whole group, or one that saving would make elsewhere."""
        lines = [self.sentence_of(path, sentence) for path, sentence in elsewhere.items()]
        self.summary.setText("\n".join(lines))

    def sentence_of(self, path: str, sentence: str) -> str:
        """Return the fault of something that is no field, as one sentence."""
        return labelled(_(words_of(path)), sentence) if path else sentence

    def _faulty(self) -> Iterator[Field]:
        for path, field in self.fields.items():
            if any(place == path or place.startswith(f"{path}[") for place in self.draft.faults):
                yield field

    def _go_on(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
            return
        shown = [field for field in self.fields.values() if field.isVisibleTo(self)]
        last = shown[-1] if shown else None
        done = last is not None and last.holds(focused) and not isinstance(last.editor, LinesEditor)
        if done and isinstance(last, GridField):
            done = not last.grid.rows[-1].value() and focused in last.grid.rows[-1].cells.values()
        if done:
            self.save()
            return
        self.focusNextPrevChild(True)

    def value_of(self, path: str) -> Any:
        """Return what stands in a field now."""
        return self.fields[path].value()
