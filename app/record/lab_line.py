"""One value of a laboratory report as it is printed: name, number, unit, limits. What is not understood is kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.record.folding import folded
from app.record.lab_names import COUNTS, LONGEST_UNIT, QUALIFIERS, analyte_named, unit_printed
from app.record.report_dates import PrintedDate, dates_in
from app.words import _

WORD = re.compile(r"[^\W_]+\+?")
# Digits with a comma or a point, or with thousands parted by an apostrophe or a narrow space.
DIGITS = r"[0-9]{1,3}(?:['’\u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+"
VALUE = re.compile(rf"(?P<than><=|>=|[<>≤≥])?\s*(?P<digits>{DIGITS})(?![0-9])")
SAID = (
    r"(?:ref(?:erence|erenz|\.)?(?:bereich| range| interval)?|norm(?:al|alwerte?|bereich|es|e)?|n|nl|range|vn|"
    r"valeurs? de référence|soll)"
)
LIMITS = re.compile(
    rf"[(\[]?\s*(?:{SAID}\b\s*[:.]?\s*)?(?:"
    rf"(?P<lower>{DIGITS})\s*(?:[-–—;]|\.\.|to|bis|à)\s*(?P<upper>{DIGITS})"
    rf"|(?:<=?|≤|bis|up to|uln:?|jusqu['’]à|inf(?:érieur|\.)? à)\s*(?P<below>{DIGITS})"
    rf"|(?:>=?|≥|ab|from|lln:?|sup(?:érieur|\.)? à)\s*(?P<above>{DIGITS})"
    rf")",
    re.IGNORECASE,
)
FLAG = re.compile(
    r"(?:\(?(?:HH|LL|H|L|\+{1,3}|--?|↑+|↓+|\*+|!+|high|low|hoch|tief)\)?)(?=\s|$|[(\[,;|])", re.IGNORECASE
)
PUNCTUATION = re.compile(r"[\s:=|,;.()\[\]–—-]+")
GAP = re.compile(r"\s+|[:=|;)\]–—(\[]|[-,.](?![0-9])")
TOKEN = re.compile(r"\S+")
ODD_UNIT = re.compile(r"(?:[^\W\d_]{1,6}/[^\s()\[]{1,10}|%)(?=[\s()\[]|$)")
MOST_WORDS = 5  # of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedValue:
    """One value as it was read; `doubts` say by cell what a person has to look at. `line` is what was printed.

    Numbers are digits with a point; `value` may begin with < or >. Without an analyte nothing was understood.
    """

    line: str
    date: str = ""
    analyte: str | None = None
    value: str = ""
    unit: str = ""
    lower: str = ""
    upper: str = ""
    formula: str | None = None
    doubts: dict[str, str] = field(default_factory=dict)

    @property
    def can_be_taken(self) -> bool:
        """Whether there is at least an analyte with a number."""
        return self.analyte is not None and bool(self.value)

    @property
    def is_sure(self) -> bool:
        """Whether every part of it was understood."""
        return self.can_be_taken and not self.doubts

    def doubting(self, cell: str, why: str) -> "PrintedValue":
        """Return the value with a doubt about one of its cells; the first one stays."""
        return self if cell in self.doubts else replace(self, doubts={**self.doubts, cell: why})


def name_at_start(text: str) -> tuple[str | None, int]:
    """Return the analyte whose name a line begins with, and where its name ends.

    The longest name wins; another name of the same analyte ("GPT (ALAT)") and words like "serum" belong to it.
    """
    words = list(WORD.finditer(text))
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        analyte = analyte_named(text[words[0].start() : words[count - 1].end()])
        if analyte is not None and not text[: words[0].start()].strip(" *-•·"):
            break
    else:
        return None, 0
    end = words[count - 1].end()
    rest = words[count:]
    while rest:
        longer = next(
            (
                number
                for number in range(min(MOST_WORDS, len(rest)), 0, -1)
                if analyte_named(text[rest[0].start() : rest[number - 1].end()]) == analyte
                or (number == 1 and folded(rest[0].group()) in QUALIFIERS)
            ),
            0,
        )
        between = text[end : rest[0].start()]
        if not longer or PUNCTUATION.sub("", between):
            break
        end, rest = rest[longer - 1].end(), rest[longer:]
    return analyte, end


def read_rest(found: PrintedValue, text: str) -> PrintedValue:
    """Return the value with what stands behind its name: number, flags, unit, limits, date, in whatever order."""
    left: list[str] = []
    at = 0
    while at < len(text):
        gap = GAP.match(text, at)
        if gap is not None and (text[at].isspace() or not LIMITS.match(text, at)):
            at = gap.end()
            continue
        found, end = _next(found, text, at)
        if end == at:
            token = TOKEN.match(text, at)
            end = token.end() if token is not None else len(text)
            left.append(text[at:end].strip("()[],;"))
        at = end
    left = [one for one in left if one.strip(".:-")]
    found = _whole_counts(found)
    if not found.value:
        return found.doubting("value", _("no number was found"))
    if left:
        return found.doubting("line", _("not understood: {words}").format(words=" ".join(left)))
    return found


def plain_number(digits: str) -> tuple[str, str]:
    """Return printed digits with a point, and why that may be wrong ("" when it cannot)."""
    bare = re.sub(r"['’\u00a0\u202f]", "", digits)
    marks = re.findall(r"[.,]", bare)
    if len(marks) > 1 and (len(set(marks)) == 1 or bare.rfind(".") < bare.rfind(",")):
        bare = bare.replace(".", "" if len(set(marks)) > 1 else ".")
    if len(re.findall(r"[.,]", bare)) > 1:  # 1,234,567 or 1.234.567 or 1,234.5
        whole, _mark, part = bare.rpartition(marks[-1])
        bare = re.sub(r"[.,]", "", whole) + (("." + part) if len(set(marks)) > 1 else part)
    text = bare.replace(",", ".")
    text = f"0{text}" if text.startswith(".") else text
    unsure = len(marks) == 1 and re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits) is not None
    return text, _("is it a thousand, or a decimal mark?") if unsure else ""


def _with_number(found: PrintedValue, match: re.Match[str]) -> PrintedValue:
    text, why = plain_number(match["digits"])
    than = match["than"] or ""
    found = replace(found, value=than[:1].replace("≤", "<").replace("≥", ">") + text)
    if than in ("<=", ">=", "≤", "≥"):
        why = _("printed with {sign}").format(sign=than)
    return found.doubting("value", why) if why else found


def _next(found: PrintedValue, text: str, at: int) -> tuple[PrintedValue, int]:
    """Return the value with the next part that is understood, and where that ends; `at` when none is."""
    days = dates_in(text[at:])
    if days and days[0].start == 0 and not found.date:
        found = replace(found, date=days[0].iso)
        return found.doubting("date", two_digits()) if days[0].short else found, at + days[0].end
    if (flag := FLAG.match(text, at)) is not None:
        return found, flag.end()
    limits = LIMITS.match(text, at)
    if limits is not None and (found.value or text[at] in "([") and not (found.lower or found.upper):
        return _with_limits(found, limits), limits.end()
    number = VALUE.match(text, at)
    if number is not None and not found.value:
        return _with_number(found, number), number.end()
    unit, end = unit_at(text, at, found.analyte)
    if unit and found.unit in ("", unit):
        return replace(found, unit=unit), end
    odd = ODD_UNIT.match(text, at)
    if odd is not None and not found.unit and found.value:
        found = replace(found, unit=odd.group())
        return found.doubting("unit", _("this unit is not known")), odd.end()
    return found, at


def _whole_counts(found: PrintedValue) -> PrintedValue:
    """Read 250.000 per microlitre as a thousand: there is no part of a cell."""
    if found.unit != "/uL" or found.analyte not in COUNTS:
        return found
    cells = [cell for cell in ("value", "lower", "upper") if "." in getattr(found, cell) and cell in found.doubts]
    whole: dict[str, str] = {cell: getattr(found, cell).replace(".", "") for cell in cells}
    return replace(found, **whole, doubts={cell: why for cell, why in found.doubts.items() if cell not in cells})


def two_digits() -> str:
    """Return what is said of a year printed with two digits."""
    return _("the year was printed with two digits")


def unit_at(text: str, at: int, analyte: str | None) -> tuple[str, int]:
    """Return the longest known unit that begins here, in UCUM, and where it ends."""
    for end in range(min(len(text), at + LONGEST_UNIT), at, -1):
        if (end < len(text) and (text[end].isalnum() or text[end] in "/^*")) or text[end - 1].isspace():
            continue
        if (unit := unit_printed(text[at:end], analyte)) is not None:
            return unit, end
    return "", at


def _with_limits(found: PrintedValue, match: re.Match[str]) -> PrintedValue:
    numbers = {name: plain_number(match[name] or "") for name in ("lower", "upper", "below", "above") if match[name]}
    for cell, name in (("lower", "lower"), ("upper", "upper"), ("upper", "below"), ("lower", "above")):
        if name in numbers:
            text, why = numbers[name]
            found = replace(found, lower=text) if cell == "lower" else replace(found, upper=text)
            found = found.doubting(cell, why) if why else found
    if found.lower and found.upper and Decimal(found.lower) > Decimal(found.upper):
        found = found.doubting("lower", _("the lower limit is above the upper one"))
    return found


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines that hold something."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            yield line


def not_known(line: str) -> PrintedValue:
    """Return a line of which nothing is taken."""
    return PrintedValue(line=line, doubts={"analyte": _("no analyte of the record has this name")})


def dated(found: PrintedValue, day: PrintedDate | None) -> PrintedValue:
    """Return the value with the day of its column or of the report, unless it has its own."""
    if day is None or found.date:
        return found
    found = replace(found, date=day.iso)
    return found.doubting("date", two_digits()) if day.short else found


def formula_in(text: str) -> str | None:
    """Return by which formula a QTc was corrected."""
    words = folded(text)
    return (
        "fridericia" if "qtcf" in words or "frid" in words else "bazett" if "qtcb" in words or "baz" in words else None
    )
