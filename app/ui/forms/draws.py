"""Several laboratory values of one blood draw, typed together and kept as one entry each."""

import re
from typing import Any

ROWS = "values"
HEADER = ("date", "sample")
COMPARED = re.compile(r"\s*([<>])\s*(.*)")


def row_data(typed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the typing of a draw as one entry per row: the head repeated, "<0.3" parted into its two fields.

    A row of another day says so itself; the sample of the head is not its own. A draw without any row still gives one,
    so that its faults have a place.
    """
    head = {name: typed[name] for name in HEADER if name in typed}
    return [({} if row.get("date") else head) | _parted(row) for row in typed.get(ROWS) or [{}]]


def typed_draw(typed: dict[str, Any]) -> dict[str, Any]:
    """Return the typing of one stored value as a draw of one row."""
    row = {name: value for name, value in typed.items() if name not in HEADER}
    row["value"] = row.pop("comparator", "") + row.get("value", "")
    return {name: typed[name] for name in HEADER if name in typed} | {ROWS: [row]}


def place(typed: dict[str, Any], row: int, path: str) -> str:
    """Return where in the form the fault of a row's entry belongs."""
    rows = typed.get(ROWS) or [{}]
    of_head = path in HEADER and not (row < len(rows) and rows[row].get("date"))
    return path if of_head else f"{ROWS}[{row}].{'value' if path == 'comparator' else path}"


def _parted(row: dict[str, Any]) -> dict[str, Any]:
    found = COMPARED.fullmatch(row.get("value") or "")
    return row | {"comparator": found[1], "value": found[2]} if found else row
