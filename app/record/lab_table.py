"""Laboratory values from a sheet: cells parted by tabs, with a header, days in columns or analytes in columns."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.record.folding import folded
from app.record.lab_line import PrintedValue, dated, formula_in, name_at_start, not_known, read_rest
from app.record.lab_names import unit_printed
from app.record.report_dates import PrintedDate, dates_in

_ROLES = {
    "name": "parameter analyte test analyse analysis untersuchung bezeichnung examen parametre messgrosse name",
    "value": "value result results ergebnis wert messwert resultat resultats valeur",
    "unit": "unit units einheit einheiten unite unites dimension",
    "limits": "reference ref range referenz referenzbereich normalbereich normbereich normwert normwerte norm normal "
              "normale normales norme normes limits reference_range ref_range normal_range reference_interval "
              "valeurs_de_reference valeurs_usuelles intervalle_de_reference",
    "lower": "lower min lln untergrenze lower_limit ref_min limite_inferieure",
    "upper": "upper max uln obergrenze upper_limit ref_max limite_superieure",
    "date": "date datum day tag jour entnahme entnahmedatum abnahme collected date_of_draw prelevement "
            "date_de_prelevement date_prelevement",
}  # fmt: skip
ROLES: Mapping[str, str] = {word: role for role, words in _ROLES.items() for word in words.split()}
Cells = list[str]


def rows_of_table(lines: Sequence[str], day: PrintedDate | None) -> Iterator[PrintedValue]:
    """Yield the values of a table; `day` is that of the report, for what has no day of its own."""
    by = "\t" if any("\t" in line for line in lines) else ";"
    table = [[cell.strip().strip('"') for cell in line.split(by)] for line in lines]
    head, rest = table[0], table[1:]
    roles = [ROLES.get(folded(cell).replace(" ", "_"), "") for cell in head]
    analytes = [name_at_start(cell)[0] for cell in head]
    days = [_whole_day(cell) for cell in head]
    if sum(one is not None for one in analytes) > 1:
        yield from _analytes_in_columns(head, rest, day)
    elif (any(days) and not any(analytes)) or sum(bool(role) for role in roles) > 1:
        yield from _with_header(roles, days, rest, day)
    else:
        for cells in table:
            yield from _without_header(cells, day)


def _whole_day(cell: str) -> PrintedDate | None:
    """Return the date a cell holds, when it holds nothing but one."""
    found = dates_in(cell)
    if len(found) != 1 or re.search("[0-9]", cell[: found[0].start] + cell[found[0].end :]):
        return None
    return found[0]


def _with_header(
    roles: Sequence[str], days: Sequence[PrintedDate | None], rows: Sequence[Cells], day: PrintedDate | None
) -> Iterator[PrintedValue]:
    at = {role: place for place, role in enumerate(roles) if role}
    name_at = at.get("name", 0)
    dated_columns = [place for place, found in enumerate(days) if found is not None and place != name_at]
    values = [(place, days[place]) for place in dated_columns] or [(at.get("value", 1), None)]
    for cells in rows:
        get = {role: cells[place] for role, place in at.items() if place < len(cells)}
        name = cells[name_at] if name_at < len(cells) else ""
        own = _whole_day(get.get("date", ""))
        for place, column in values:
            text = cells[place] if place < len(cells) else ""
            if text:
                behind = f"{get.get('unit', '')} {_limits(get)}"
                yield _value(" ".join(filter(None, cells)), name, f"{text} {behind}", column or own or day)
            elif len(values) == 1 and name:
                yield _value(" ".join(filter(None, cells)), name, "", column or own or day)


def _limits(get: Mapping[str, str]) -> str:
    lower, upper = get.get("lower", ""), get.get("upper", "")
    if lower and upper:
        return f"({lower} - {upper})"
    if upper:
        return f"(< {upper.lstrip('<≤= ')})"
    if lower:
        return f"(> {lower.lstrip('>≥= ')})"
    return get.get("limits", "")


def _analytes_in_columns(head: Cells, rows: Sequence[Cells], day: PrintedDate | None) -> Iterator[PrintedValue]:
    """Yield the values of a table with a row for each day; rows of units and of limits belong to all of them."""
    behind = ["" for _cell in head]
    analytes = [name_at_start(cell)[0] for cell in head]
    for row in rows:
        cells = _filled(row, head)
        own = next((found for cell in cells if (found := _whole_day(cell)) is not None), None)
        named = [place for place, cell in enumerate(cells) if cell and analytes[place]]
        title = ROLES.get(folded(cells[0]).replace(" ", "_"))
        units = bool(named) and all(unit_printed(cells[place], analytes[place]) for place in named)
        if own is None and (units or title in ("limits", "unit")):
            behind = [f"{text} {cell}" for text, cell in zip(behind, cells, strict=True)]
            continue
        for place in named:
            said = f"{head[place]} {cells[place]}"
            yield _value(said, head[place], f"{cells[place]} {behind[place]}", own or day)


def _filled(cells: Cells, head: Cells) -> Cells:
    return [*cells, *("" for _cell in head)][: len(head)]


def _without_header(cells: Cells, day: PrintedDate | None) -> Iterator[PrintedValue]:
    """Yield the value of a row that begins with a name or a day; a row with neither and without a digit is a title."""
    own = next((found for cell in cells if (found := _whole_day(cell)) is not None), None)
    kept = [cell for cell in cells if cell and not (own is not None and _whole_day(cell) == own)]
    line = " ".join(kept)
    if kept and (name_at_start(line)[0] is not None or re.search("[0-9]", line)):
        yield _value(line, kept[0], "  ".join(kept[1:]), own or day)


def _value(line: str, name: str, text: str, day: PrintedDate | None) -> PrintedValue:
    analyte, end = name_at_start(name)
    if analyte is None:
        return not_known(line)
    found = PrintedValue(line=line, analyte=analyte, formula=formula_in(name) if analyte == "QTc" else None)
    # What stands behind the name in its own cell: a unit ("ALT (U/L)"), or a word that is not understood.
    return dated(read_rest(found, f"{text} {name[end:]}"), day)
