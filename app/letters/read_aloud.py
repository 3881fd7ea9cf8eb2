"""How tables are read aloud: told to reportlab's tables, which tell it of each row and cell they draw."""

from typing import Any

from app.letters.canvas import LetterCanvas


def _with_head(table: Any, event: str, *about: Any) -> None:
    """Read a table whose first row is its head."""
    _read(table, event, about, "TH" if event == "startCell" and about[0] == 0 else "TD")


def _with_names(table: Any, event: str, *about: Any) -> None:
    """Read a table in which every other column, from the first, names what stands beside it."""
    _read(table, event, about, "RowTH" if event == "startCell" and about[1] % 2 == 0 and about[2] else "TD")


def _read(table: Any, event: str, about: tuple[Any, ...], cell: Any) -> None:
    canvas = table.canv
    if not isinstance(canvas, LetterCanvas):
        return
    if event == "startTable":
        canvas.begin("Table")
    elif event == "startRow":
        canvas.begin("TR")
    elif event == "startCell":
        canvas.begin(cell, is_empty=not about[2])
    elif event in ("endCell", "endRow", "startLines"):
        canvas.end()


# The types of reportlab want one signature for each event.
with_head: Any = _with_head
with_names: Any = _with_names
