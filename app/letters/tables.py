"""Tables of plain strings: cells are broken into lines here, which costs far less than a paragraph in each."""

from collections.abc import Sequence
from itertools import zip_longest

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table, TableStyle

from app.letters.fonts import BOLD, REGULAR, printable
from app.letters.read_aloud import with_head
from app.letters.style import ABOVE, BELOW, SMALL, Command, Look

GAP = 6.0
MOST_LINES = 28  # in one row of a table: two rows that stay together fit on a page


class Broken(str):
    """A text whose lines are already broken to the width they have."""

    __slots__ = ()


def broken(text: str, width: float, face: str = REGULAR, size: float = SMALL[0]) -> Broken:
    """Return `text` with line breaks so that no line is wider than `width`; a word too long is cut."""
    text = printable(text)
    if "\n" not in text and stringWidth(text, face, size) <= width:
        return Broken(text)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            candidate = f"{line} {word}" if line else word
            if stringWidth(candidate, face, size) <= width:
                line = candidate
                continue
            if line:
                lines.append(line)
            while stringWidth(word, face, size) > width and len(word) > 1:
                kept = _fitting(word, width, face, size)
                lines.append(word[:kept])
                word = word[kept:]
            line = word
        lines.append(line)
    return Broken("\n".join(lines))


def _fitting(word: str, width: float, face: str, size: float) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if stringWidth(word[:middle], face, size) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def in_parts(text: Broken) -> list[Broken]:
    """Return a text of very many lines in parts that each fit on a page: a row of a table is never split."""
    if text.count("\n") < MOST_LINES:
        return [text]
    lines = text.split("\n")
    return [Broken("\n".join(lines[start : start + MOST_LINES])) for start in range(0, len(lines), MOST_LINES)]


def _in_rows(cells: Sequence[str]) -> list[list[str]]:
    if all(cell.count("\n") < MOST_LINES for cell in cells):
        return [list(cells)]
    columns = [in_parts(Broken(cell)) for cell in cells]
    return [list(row) for row in zip_longest(*columns, fillvalue="")]


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    look: Look,
    *,
    commands: Sequence[Command] = (),
) -> Table:
    """Return a table with rules above and below only; its head is repeated on every page it runs over."""
    cells: list[list[str]] = [
        [broken(text, width - GAP, BOLD, look.cell[0]) for text, width in zip(head, widths, strict=True)]
    ]
    for row in rows:
        lines = [
            text if not text or isinstance(text, Broken) else broken(text, width - GAP, size=look.cell[0])
            for text, width in zip(row, widths, strict=True)
        ]
        cells += _in_rows(lines)
    style = TableStyle([*look.table(len(cells)), *commands])
    # Told how high its rows are: a long table would reckon those of all that is left of it anew on each page.
    has_own_room = any(str(command[0]).endswith("PADDING") for command in commands)
    heights = None if has_own_room else [_height(row, look.cell[1]) for row in cells]
    return Table(
        cells, colWidths=list(widths), rowHeights=heights, style=style, repeatRows=1, hAlign="LEFT", renderCB=with_head
    )


def _height(row: Sequence[str], leading: float) -> float:
    return (1 + max(cell.count("\n") for cell in row)) * leading + ABOVE + BELOW
