"""Dates as laboratories print them: 12.03.2014, 12/3/14, 2014-03-12, 12 March 2014, with or without a time of day."""

import re
from typing import NamedTuple

from app.record.dates import MONTHS, fault_in
from app.record.folding import folded

_TIME = r"(?:[ T,]+(?:at |um |à )?[0-2]?[0-9][:h][0-5][0-9](?::[0-5][0-9])?(?: ?(?:Uhr|h))?)?"
ISO = rf"(?P<y1>(?:19|20)[0-9]{{2}})-(?P<m1>[01]?[0-9])-(?P<d1>[0-3]?[0-9]){_TIME}"
DAY_FIRST = rf"(?P<d2>[0-3]?[0-9])(?P<by>[./])(?P<m2>[01]?[0-9])(?P=by)(?P<y2>(?:19|20)?[0-9]{{2}}){_TIME}"
IN_WORDS = rf"(?P<d3>[0-3]?[0-9])(?:\.|st|nd|rd|th|er)? (?P<m3>[^\W\d_]{{3,9}})\.? (?P<y3>(?:19|20)[0-9]{{2}}){_TIME}"
DATE = re.compile(rf"(?<![0-9.,/-])(?:{ISO}|{DAY_FIRST}|{IN_WORDS})(?![0-9/-])", re.IGNORECASE)


class PrintedDate(NamedTuple):
    """A date in ISO; `short` when its year was printed with two digits."""

    iso: str
    short: bool
    start: int
    end: int


def dates_in(text: str) -> list[PrintedDate]:
    """Return the dates in a text, in their order; what is no day of the calendar is none."""
    found = []
    for match in DATE.finditer(text):
        year, month, day, short = _parts(match)
        iso = f"{year}-{month:02}-{day:02}"
        if month and fault_in(iso) is None:
            found.append(PrintedDate(iso, short, match.start(), match.end()))
    return found


def _parts(match: re.Match[str]) -> tuple[str, int, int, bool]:
    if match["y1"]:
        return match["y1"], int(match["m1"]), int(match["d1"]), False
    if match["y2"]:
        short = len(match["y2"]) == 2
        return ("20" if short else "") + match["y2"], int(match["m2"]), int(match["d2"]), short
    return match["y3"], MONTHS.get(folded(match["m3"]), 0), int(match["d3"]), False
