"""A small grid to type several of a kind into: lesions, readings, doses, values. Keyboard first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from app.ui.forms.editors import HEIGHT, Editor
from app.ui.forms.small import small
from app.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `make` gives the editor of a cell, None a text that the form itself writes (`show_info`).

    A `rare` column is hidden until it is asked for or holds something; one that `gives_way` is shown until then. One
    `when_filled` is shown only while a row holds something in it.
    """

    name: str
    title: str
    make: Callable[[], Editor] | None = None
    width: int = 64
    stretch: int = 0
    tip: str = ""
    rare: bool = False
    gives_way: bool = False
    when_filled: bool = False
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


class Row:
    """One row of editors, and what its typing held that has no column."""

    def __init__(self, cells: dict[str, Editor], infos: dict[str, QLabel], remove: QToolButton) -> None:
        self.cells, self.infos, self.remove = cells, infos, remove

    def value(self) -> dict[str, Any]:
        """Return what was typed in this row, blanks left out."""
        typed = {name: cell.value() for name, cell in self.cells.items()}
        return {name: one for name, one in typed.items() if one not in (None, "", [])}

    def widgets(self) -> list[QWidget]:
        """Return everything of the row that is shown."""
        return [*self.cells.values(), *self.infos.values(), self.remove]


class GridEditor(QWidget):
    """Rows of editors; there is always one blank row at the end to type the next into.

    `value()` is a list of dictionaries without the blank rows. Tab goes from cell to cell and passes the blank row
    after its first cell; Up and Down change the row; Ctrl+Delete removes it.
    """

    edited = Signal()
    block_pasted = Signal(str)

    def __init__(self, columns: Sequence[Column], *, most: int | None = None) -> None:
        super().__init__()
        self._columns = columns
        self._most = most
        self._quiet = False
        self._rare_shown = False
        self.takes_blocks = False  # whether a text of several lines is given to `block_pasted` instead of a cell
        self.rows: list[Row] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(4)
        self._layout.setVerticalSpacing(4)
        self.titles: dict[str, QLabel] = {}
        self._foot = {column.name: QLabel() for column in columns}
        self._has_foot = False
        for number, column in enumerate(columns):
            title = small(QLabel(column.title))
            title.setToolTip(column.tip)
            self.titles[column.name] = title
            title.setWordWrap(True)
            title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            title.setAlignment(column.alignment | Qt.AlignmentFlag.AlignBottom)
            self._foot[column.name].setAlignment(column.alignment)
            self._layout.addWidget(title, 0, number, Qt.AlignmentFlag.AlignBottom)
            self._layout.setColumnStretch(number, column.stretch)
        self._add_row()
        self.show_rare(False)

    def value(self) -> list[dict[str, Any]]:
        """Return what was typed, row by row, without the blank ones."""
        return [value for row in self.rows if (value := row.value())]

    def put(self, value: Any) -> None:
        """Show these rows, and a blank one after them."""
        rows = [one for one in value or [] if isinstance(one, dict)]
        self._quiet = True
        # The first row is never taken away: the grid would lose its place in the order of the Tab key.
        while len(self.rows) > max(1, len(rows)):
            self._drop(self.rows[-1])
        while len(self.rows) < len(rows):
            self._add_row()
        for row, typed in zip(self.rows, rows or [{}], strict=True):
            for name, cell in row.cells.items():
                cell.put(typed.get(name))
        if any(typed.get(column.name) for typed in rows for column in self._columns if column.rare):
            self._rare_shown = True
        self._quiet = False
        self._settle()
        self.edited.emit()

    def add(self, typed: Mapping[str, Any], focus: str) -> None:
        """Type one more row and put the cursor into its cell `focus`."""
        self.put([*self.value(), dict(typed)])
        self.filled_rows()[-1].cells[focus].setFocus(Qt.FocusReason.OtherFocusReason)

    def filled_rows(self) -> list[Row]:
        """Return the rows that hold something, in the order of `value()`."""
        return [row for row in self.rows if row.value()]

    def show_info(self, number: int, name: str, text: str) -> None:
        """Write into a text column of the row that is `value()[number]`."""
        self.filled_rows()[number].infos[name].setText(text)

    def set_title(self, name: str, text: str) -> None:
        """Say what stands in a column the form itself writes."""
        self.titles[name].setText(text)

    def show_foot(self, texts: Mapping[str, str]) -> None:
        """Write below the rows, by column: sums; nothing takes the line away."""
        for name, label in self._foot.items():
            label.setText(texts.get(name, ""))
        self._has_foot = bool(texts)
        self._settle()

    def show_rare(self, shown: bool) -> None:
        """Show or hide the rare columns."""
        self._rare_shown = shown
        self._settle()

    def has_rare(self) -> bool:
        """Return whether there are rare columns that are hidden now."""
        return not self._rare_shown and any(column.rare for column in self._columns)

    def title_of(self, name: str) -> str:
        """Return the words above a column."""
        return next((column.title for column in self._columns if column.name == name), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move by Up and Down, remove by Ctrl+Delete."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            row, name = self._place_of(watched)
            if row is not None:
                return self._key(row, name, event)
        return super().eventFilter(watched, event)

    def _key(self, row: Row, name: str, event: QKeyEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if self.takes_blocks and event.matches(QKeySequence.StandardKey.Paste) and _is_block(clipboard_text()):
            if pressed:
                self.block_pasted.emit(clipboard_text())
            event.accept()
            return True
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Delete and control:
            if pressed:
                self._remove(row)
            event.accept()
            return True
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if pressed and step and (control or (plain and isinstance(row.cells[name], QLineEdit))):
            number = self.rows.index(row) + step
            if 0 <= number < len(self.rows):
                self.rows[number].cells[name].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _place_of(self, watched: QObject) -> tuple[Row | None, str]:
        for row in self.rows:
            for name, cell in row.cells.items():
                if cell is watched or cell is watched.parent():
                    return row, name
        return None, ""

    def _add_row(self) -> Row:
        cells: dict[str, Editor] = {}
        infos: dict[str, QLabel] = {}
        for column in self._columns:
            if column.make is None:
                infos[column.name] = QLabel()
                infos[column.name].setAlignment(column.alignment | Qt.AlignmentFlag.AlignVCenter)
                continue
            cell = column.make()
            cell.setToolTip(column.tip)
            if not column.stretch:
                cell.setFixedWidth(column.width)
            cell.installEventFilter(self)
            cell.edited.connect(self._cell_edited)
            cells[column.name] = cell
        remove = QToolButton()
        remove.setText("×")
        remove.setAutoRaise(True)
        remove.setFixedSize(20, HEIGHT)
        remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        remove.setToolTip(_("Remove this row (Ctrl+Delete)"))
        remove.setAccessibleName(_("Remove this row"))
        row = Row(cells, infos, remove)
        remove.clicked.connect(self._remove_clicked)
        self.rows.append(row)
        self._place(row)
        return row

    def _place(self, row: Row) -> None:
        line = self.rows.index(row) + 1
        for number, column in enumerate(self._columns):
            self._layout.addWidget(row.cells.get(column.name) or row.infos[column.name], line, number)
        self._layout.addWidget(row.remove, line, len(self._columns))

    def _drop(self, row: Row) -> None:
        self.rows.remove(row)
        for widget in row.widgets():
            self._layout.removeWidget(widget)
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()

    def _remove_clicked(self) -> None:
        for row in list(self.rows):
            if row.remove is self.sender():
                self._remove(row)

    def _remove(self, row: Row) -> None:
        number = self.rows.index(row)
        self.put([value for one in self.rows if one is not row and (value := one.value())])
        first = self._columns[0].name
        self.rows[min(number, len(self.rows) - 1)].cells[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _cell_edited(self) -> None:
        if not self._quiet:
            self._settle()
            self.edited.emit()

    def _shows(self, column: Column) -> bool:
        if column.when_filled:
            return self._is_filled(column)
        if column.gives_way:
            return not self._rare_shown and not any(self._is_filled(one) for one in self._columns if one.when_filled)
        return self._rare_shown or not column.rare

    def _is_filled(self, column: Column) -> bool:
        return any(row.cells[column.name].value() for row in self.rows)

    def _settle(self) -> None:
        """Keep one blank row at the end, the Tab key in reading order, and the names for a screen reader."""
        if (not self.rows or self.rows[-1].value()) and (self._most is None or len(self.rows) < self._most):
            self._add_row()
        previous: QWidget | None = None
        for place, column in enumerate(self._columns):
            shown = self._shows(column)
            self.titles[column.name].setVisible(shown)
            self._layout.addWidget(self._foot[column.name], len(self.rows) + 1, place)
            self._foot[column.name].setVisible(shown and self._has_foot)
            self._layout.setColumnMinimumWidth(place, column.width if shown else 0)
        for number, row in enumerate(self.rows, start=1):
            filled = bool(row.value())
            row.remove.setVisible(filled)
            for column in self._columns:
                shown = self._shows(column)
                if column.name in row.infos:
                    row.infos[column.name].setVisible(shown)
                    continue
                cell = row.cells[column.name]
                cell.setVisible(shown)
                cell.setAccessibleName(_("{title}, row {number}").format(title=column.title, number=number))
                first = column is self._columns[0]
                cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if filled or first else Qt.FocusPolicy.ClickFocus)
                if previous is not None:
                    QWidget.setTabOrder(previous, cell)
                previous = cell
        self.setFocusProxy(next(iter(self.rows[0].cells.values())))


def clipboard_text() -> str:
    """Return the text on the clipboard."""
    return QGuiApplication.clipboard().text()


def _is_block(text: str) -> bool:
    return "\t" in text or "\n" in text.strip()
