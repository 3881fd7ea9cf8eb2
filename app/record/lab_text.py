"""A laboratory report as text, line by line or from a sheet, read into values. Nothing is guessed; doubts are said."""

import re
from collections.abc import Iterator, Sequence

from app.record.folding import folded
from app.record.lab_line import VALUE, PrintedValue, dated, formula_in, lines_of, name_at_start, not_known, read_rest
from app.record.lab_names import unit_printed
from app.record.lab_table import rows_of_table
from app.record.report_dates import PrintedDate, dates_in
from app.words import _

PRESSURE = frozenset((
    "bp", "rr", "pa", "ta", "blutdruck", "blood pressure", "tension arterielle", "pression arterielle",
))  # fmt: skip
# What may stand with the day a sample was taken; any other day (a report's, an appointment) is not taken for it.
DAY_WORDS = frozenset((
    "date", "datum", "day", "jour", "tag", "entnahme", "entnahmedatum", "entnommen", "abnahme", "abnahmedatum",
    "abgenommen", "blutentnahme", "collected", "collection", "drawn", "draw", "taken", "sample", "probe", "blood",
    "vom", "von", "am", "of", "on", "le", "la", "du", "de", "preleve", "prelevement", "prelevements", "labor",
    "lab", "labs", "laboratory", "laborwerte", "bilan", "sang", "uhr", "at", "um", "a", "the",
))  # fmt: skip
PAIR = re.compile(r"[\s:=]*(?P<upper>[0-9]{2,3})\s*/\s*(?P<lower>[0-9]{2,3})\b")
WORD = re.compile(r"\S+")


def read_report(text: str) -> tuple[PrintedValue, ...]:
    """Return every value of a report in its order, and every line with a digit that none was read from."""
    found: list[PrintedValue] = []
    days: list[PrintedDate] = []
    table: list[str] = []
    for line in [*lines_of(text), ""]:
        if _is_row(line):
            table.append(line)
            continue
        if table:
            found += rows_of_table(table, days[0] if len(days) == 1 else None)
            table = []
        if only := _only_days(line):
            days = only
        elif line:
            found += _of_line(line, days)
    return tuple(_once(found))


def _is_row(line: str) -> bool:
    return "\t" in line or line.count(";") > 1


def _only_days(line: str) -> list[PrintedDate]:
    """Return the dates of a line that holds nothing else to be read: "Entnahme: 12.03.2014 08:15"."""
    days = dates_in(line)
    rest = line
    for day in reversed(days):
        rest = rest[: day.start] + " " + rest[day.end :]
    return days if set(folded(rest).split()) <= DAY_WORDS else []


def _of_line(line: str, days: Sequence[PrintedDate]) -> Iterator[PrintedValue]:
    own = dates_in(line)
    text = line.strip()
    if own and not line[: own[0].start].strip():  # the date first
        days, text = own[:1], line[own[0].end :].strip(" :;,-")
    for part in _parts(text):
        yield from _of_part(part, days)


def _parts(text: str) -> list[str]:
    """Return what a line says of each analyte: "ALT 180, AST 95" are two."""
    starts = [0]
    for word in WORD.finditer(text):
        analyte, end = name_at_start(text[word.start() :])
        after = text[word.start() + end : word.start() + end + 1]
        is_whole = analyte is not None and (not after or after.isspace() or after in ":=(<>")
        if is_whole and re.search("[0-9]", text[starts[-1] : word.start()]) and not unit_printed(word.group()):
            starts.append(word.start())
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip(" ,;|") for start, end in zip(starts, ends, strict=True)]


def _of_part(part: str, days: Sequence[PrintedDate]) -> Iterator[PrintedValue]:
    analyte, end = name_at_start(part)
    if analyte is None:
        pressure = _pressure(part)
        if pressure or re.search("[0-9]", part):
            yield from (dated(one, days[0] if len(days) == 1 else None) for one in pressure or (not_known(part),))
        return
    begun = PrintedValue(line=part, analyte=analyte, formula=formula_in(part) if analyte == "QTc" else None)
    rest = part[end:]
    if len(days) < 2:
        yield dated(read_rest(begun, rest), days[0] if days else None)
        return
    numbers = _numbers_at_start(rest)
    if len(numbers) != len(days):
        yield read_rest(begun, rest).doubting("date", _("there are not as many values as days"))
        return
    behind = rest[numbers[-1].end() :]
    for number, day in zip(numbers, days, strict=True):
        yield dated(read_rest(begun, f"{number.group()} {behind}"), day)


def _numbers_at_start(rest: str) -> list[re.Match[str]]:
    found, at = [], 0
    while (gap := re.compile(r"[\s:=|]*").match(rest, at)) is not None:
        number = VALUE.match(rest, gap.end())
        if number is None or re.match(r"\s*[-–]\s*[0-9]", rest[number.end() :]):
            break
        found.append(number)
        at = number.end()
    return found


def _pressure(part: str) -> list[PrintedValue]:
    """Return the two values of a blood pressure, "RR 130/85 mmHg"."""
    pair = PAIR.search(part)
    if pair is None or folded(part[: pair.start()]) not in PRESSURE:
        return []
    rest = part[pair.end() :]
    names = (("systolic_bp", "upper"), ("diastolic_bp", "lower"))
    return [read_rest(PrintedValue(line=part, analyte=name), f"{pair[which]} {rest}") for name, which in names]


def _once(found: Sequence[PrintedValue]) -> Iterator[PrintedValue]:
    """Yield the values, one that comes twice for the same day with a doubt."""
    seen: set[tuple[str | None, str]] = set()
    for one in found:
        key = one.analyte, one.date
        yield one.doubting("line", _("this analyte comes twice")) if one.can_be_taken and key in seen else one
        if one.can_be_taken:
            seen.add(key)
