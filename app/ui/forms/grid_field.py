"""A grid as a field of a form: its label, its faults by cell, and its rare columns on demand."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QToolButton, QWidget

from app.ui.flow import FlowRow
from app.ui.forms.editors import HEIGHT
from app.ui.forms.fields import Field
from app.ui.forms.grid import Column, GridEditor
from app.words import _, labelled


class GridField(Field):
    """Several of a kind. Faults come by their place in it: `[0].mm`, or `[0]` for a whole row."""

    def __init__(self, text: str, columns: Sequence[Column], *, tip: str = "", most: int | None = None) -> None:
        self.grid = GridEditor(columns, most=most)
        self._by_place: dict[str, str] = {}
        super().__init__(text, self.grid, tip=tip)
        self.more = QToolButton()
        self.more.setText(_("More columns"))
        self.more.setAutoRaise(True)
        self.more.setFixedHeight(HEIGHT - 8)
        self.more.setVisible(self.grid.has_rare())
        self.more.clicked.connect(self.show_rare)
        self.head.addWidget(self.more)
        self.edited.connect(self._watch_rows)
        self._watch_rows()

    def _head(self) -> QLayout:
        """Return a head that buttons may be added to; in a narrow form they go below the label."""
        head = FlowRow(8)
        head.add(self.label, stretch=True)
        head.add(self.hint)
        return head

    def show_rare(self) -> None:
        """Show the columns that are seldom needed."""
        self.grid.show_rare(True)
        self.more.hide()

    def paths(self) -> list[str]:
        """Return the names of the columns that are typed into."""
        return [name for name, row_cell in self.grid.rows[0].cells.items() if row_cell is not None]

    def last_stop(self) -> QWidget:
        """Return what the Tab key comes to last: the button for more columns."""
        return self.more

    def show_faults(self, by_place: Mapping[str, str]) -> None:
        """Say what is wrong in which row and column; nothing takes it away."""
        self._by_place = dict(by_place)
        lines = [self._line(place, sentence) for place, sentence in by_place.items()]
        for number, row in enumerate(self.grid.filled_rows()):
            for name, cell in row.cells.items():
                cell.setAccessibleDescription(by_place.get(f"[{number}].{name}", ""))
        self.show_fault("\n".join(lines))

    def focus(self) -> None:
        """Put the cursor into the first faulty cell, or the first one of all."""
        self.focus_cell(next((place.removeprefix("[") for place in self._by_place if place.startswith("[")), ""))

    def focus_cell(self, place: str) -> None:
        """Put the cursor into a cell (`0].mm`), or the first one of all where there is no such row."""
        number, _, name = place.partition("].")
        rows = self.grid.filled_rows() or self.grid.rows
        if number.rstrip("]").isdigit() and int(number.rstrip("]")) < len(rows):
            cells = rows[int(number.rstrip("]"))].cells
            cells.get(name, next(iter(cells.values()))).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.grid.rows[0].cells[self.paths()[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, place: str, sentence: str) -> str:
        number, _found, name = place.removeprefix("[").partition("].")
        if not number.rstrip("]").isdigit():
            return sentence
        row = _("row {number}").format(number=int(number.rstrip("]")) + 1)
        title = self.grid.title_of(name)
        return labelled(f"{row}, {title}" if title else row, sentence)

    def _watch_rows(self) -> None:
        """Notice leaving a cell that came later, and take rows whose rare columns were filled by a draft."""
        for row in self.grid.rows:
            for cell in row.cells.values():
                cell.removeEventFilter(self)
                cell.installEventFilter(self)
        self.more.setVisible(self.grid.has_rare())
