"""Dates and numbers as a clinic writes them, in the language spoken here."""

from decimal import Decimal
from functools import lru_cache

from app.words import _, language


def date_in_words(partial: str) -> str:
    """Return "26 May 2014", "May 2014" or "2014": as exact as it was given, in the language spoken here."""
    return _date_in(language(), partial)


def on_date_in_words(partial: str) -> str:
    """Return "on 26 May 2014", or "in May 2014" and "in 2014" where the day is not known."""
    words = _("on {day}") if len(partial) == len("2014-05-26") else _("in {day}")
    return words.format(day=date_in_words(partial))


@lru_cache(maxsize=4096)
def _date_in(spoken: str, partial: str) -> str:
    year, *rest = partial.split("-")
    if not rest:
        return year
    name = _months()[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{name} {year}"
    day = "1er" if spoken == "fr" and rest[1] == "01" else str(int(rest[1]))
    return f"{day} {name} {year}"


def _months() -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def number(value: Decimal | int) -> str:
    """Return an exact number with every digit it was written with, never as 1E+3; French has a decimal comma."""
    return pointed(f"{value:f}" if isinstance(value, Decimal) else str(value))


def pointed(digits: str) -> str:
    """Return the digits of a number with the decimal sign of the language."""
    return digits.replace(".", ",") if language() == "fr" else digits
