"""Calendar dates as a record has them: whole or partial, kept as given.

A partial date is its ISO text: "2014" < "2014-03" < "2014-03-05" sorts by earliest day, stores, prints and exports
as it was written. There are no clock times and no time zones.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from app.record.folding import folded
from app.words import _

SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# Days, weeks, months, years; the letters of French too: jours, semaines, ans.
FROM_TODAY = re.compile(r"([-+])\s*([0-9]{1,4})\s*([dwmyjsa])?")
UNITS = {"j": "d", "s": "w", "a": "y"}
# In English, German and French, whole or short.
_MONTHS = (
    "jan january januar jänner janvier", "feb february februar février fév févr", "mar march märz mär mars",
    "apr april avril avr", "may mai", "jun june juni juin", "jul july juli juillet juil", "aug august août",
    "sep sept september septembre", "oct october okt oktober octobre", "nov november novembre",
    "dec december dez dezember décembre déc",
)  # fmt: skip
MONTHS = {folded(name): number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
IN_WORDS = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th|er)? )?([a-z]{3,9}) ([0-9]{4})")
TODAY = frozenset({"today", "t", "heute", "aujourd hui"})
YESTERDAY = frozenset({"yesterday", "y", "gestern", "hier"})
TOMORROW = frozenset({"tomorrow", "morgen", "demain"})
REST_OF_ISO = {4: "-01-01", 7: "-01", 10: ""}


def fault_in(text: str) -> str | None:
    """Return what is wrong with `text` as a date, as the end of a sentence, or None."""
    match = SHAPE.fullmatch(text)
    if match is None:
        return _("is not a date: write YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        return _("is not a date: there is no year 0")
    if month is not None and not 1 <= month <= 12:
        return _("is not a date: there is no such month")
    if month and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        return _("is not a date: there is no such day in the calendar")
    return None


def whole_day(partial: str) -> str:
    """Return the earliest day of `partial` as whole ISO text, which sorts and compares as days do."""
    return partial + REST_OF_ISO[len(partial)]


@lru_cache(maxsize=4096)
def earliest_day(partial: str) -> date:
    """Return the first day that `partial` can mean."""
    return date.fromisoformat(whole_day(partial))


@lru_cache(maxsize=4096)
def latest_day(partial: str) -> date:
    """Return the last day that `partial` can mean."""
    if len(partial) == 10:
        return date.fromisoformat(partial)
    year = int(partial[:4])
    month = int(partial[5:7]) if len(partial) == 7 else 12
    return date(year, month, monthrange(year, month)[1])


def is_surely_before(first: str, second: str) -> bool:
    """Return whether every day of `first` is before every day of `second`."""
    return latest_day(first) < earliest_day(second)


def add_months(day: date, months: int) -> date:
    """Return `day` moved by calendar months; the 31st becomes the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def typed_date(text: str, today: date) -> str:
    """Return the ISO text of a date as a person types it, or `text` itself when it is none we know.

    Knows "today", "yesterday", "tomorrow", "-3w", "+3w" (days d, weeks w, months m, years y; days when unsaid),
    "5.3.2014", "5/3/2014", "5-3-2014", "3/2014" (day before month, as clinics here write), "5 March 2014", and ISO;
    German and French words too. A year of two digits is not read: it could be meant three ways.
    """
    words = text.strip().lower()
    if folded(words) in TODAY:
        return today.isoformat()
    if folded(words) in YESTERDAY:
        return (today - timedelta(days=1)).isoformat()
    if folded(words) in TOMORROW:
        return (today + timedelta(days=1)).isoformat()
    if away := FROM_TODAY.fullmatch(words):
        count, letter = int(away[1] + away[2]), away[3] or "d"
        unit = UNITS.get(letter, letter)
        try:
            if unit in "dw":
                return (today + timedelta(days=count * (7 if unit == "w" else 1))).isoformat()
            return add_months(today, count * (12 if unit == "y" else 1)).isoformat()
        except (ValueError, OverflowError):  # before the year 1, or after the last
            return text.strip()
    if (named := IN_WORDS.fullmatch(folded(words))) is not None and named[2] in MONTHS:
        day = f"-{int(named[1]):02}" if named[1] else ""
        return f"{named[3]}-{MONTHS[named[2]]:02}{day}"
    parts = re.split(r"[./-]", words)
    if all(part.isdigit() for part in parts) and len(parts) in (2, 3) and len(parts[-1]) == 4:
        return "-".join(part.zfill(2) for part in reversed(parts))
    return text.strip()
