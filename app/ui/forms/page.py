"""The page of a form: its fields laid out as they are written down in `app.ui.forms.parts`."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from app.ui.draft import Draft
from app.ui.flow import FlowRow
from app.ui.forms.fields import DateField, Field
from app.ui.forms.parts import Group, Heading, Part, Row, Spec
from app.ui.palette import TEXT, sized


class FormPage(QWidget):
    """Fields by their path, groups by theirs, and the boxes that switch groups.

    `edited_at(path)` says that a field was typed into, `switched()` that a group was switched on or off.
    """

    edited_at = Signal(str)
    switched = Signal()

    def __init__(self, draft: Draft, parts: Sequence[Part]) -> None:
        super().__init__()
        self._draft = draft
        self.fields: dict[str, Field] = {}
        self.groups: dict[str, QWidget] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 8)
        self.column.setSpacing(8)
        self._build(parts, self.column)
        self.column.addStretch(1)

    def _build(self, parts: Sequence[Part], column: QVBoxLayout) -> None:
        for part in parts:
            if isinstance(part, Heading):
                heading = QLabel(part.text)
                heading.setFont(sized(heading.font(), TEXT, bold=True))
                column.addWidget(heading)
            elif isinstance(part, Row):
                line = FlowRow(16)
                for spec in part.specs:
                    line.add(self._field(spec), stretch=True)
                column.addLayout(line)
            else:
                column.addWidget(self._group(part))

    def _field(self, spec: Spec) -> Field:
        field = DateField(spec.label, self._draft.today, tip=spec.tip) if spec.make is None else spec.make()
        field.put(self._draft.get(spec.path))
        # Not a partial: one in a child's signal would keep the form, and end it while the child is being ended.
        field.path = spec.path
        field.edited_at.connect(self.edited_at)
        self.fields[spec.path] = field
        return field

    def _group(self, group: Group) -> QWidget:
        outer, inner = QWidget(), QWidget()
        column, inside = QVBoxLayout(outer), QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        inside.setContentsMargins(16 if group.question else 0, 0, 0, 0)
        inside.setSpacing(8)
        if group.question:
            box = QCheckBox(group.question)
            box.setToolTip(group.tip)
            box.setAccessibleDescription(group.tip)
            box.setChecked(self._draft.counts(group.path))
            box.toggled.connect(self._say_switched)
            self.boxes[group.path] = box
            column.addWidget(box)
        self._build(group.parts, inside)
        column.addWidget(inner)
        self.groups[group.path] = inner
        return outer

    def _say_switched(self) -> None:
        self.switched.emit()
