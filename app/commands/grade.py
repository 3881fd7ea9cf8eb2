"""`grade`: CTCAE grades of laboratory values from standard input, for a person to read or as JSON."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from app.commands.doors import DONE, Doors, WrongUsage, say, say_data
from app.record.codes import label
from app.words import _

if TYPE_CHECKING:
    from app.clinical.ctcae import Grade
    from app.record.lab import Lab
    from app.services.grading import Graded

WIDTH = 100


def grade(typed: argparse.Namespace, _doors: Doors) -> int:
    """Print the list of laboratory entries that comes in, each with its grade."""
    from app.services.grading import as_data, graded

    if sys.stdin.isatty():
        raise WrongUsage(_("Give a list of laboratory values: main.py grade < labs.json"))
    entries = graded(sys.stdin.buffer, typed.ctcae)
    if typed.json:
        say_data(as_data(entries))
    else:
        say("\n".join(grade_lines(entries, typed.ctcae)))
    return DONE


def grade_lines(entries: Sequence["Graded"], version: str) -> Iterator[str]:
    """Yield a table of the values, each grade with its term or with why there is none."""
    yield _("CTCAE v{version}").format(version=version)
    head = [_("grade"), _("date"), _("analyte"), _("value"), _("limits"), _("term, or why there is no grade")]
    rows = [_row(one) for one in entries]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head) - 1)]
    for *cells, last in (head, *rows):
        start = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + "  "
        yield from wrap(last, max(WIDTH, len(start) + 40), initial_indent=start, subsequent_indent=" " * len(start))


def _row(one: "Graded") -> list[str]:
    from app.figures.wording import limits_in_words

    lab, found = one.lab, one.grade
    return [
        "–" if found.grade is None else str(found.grade),
        lab.date,
        _(label(lab.analyte)),
        _value(lab),
        limits_in_words(lab) or "–",
        "; ".join(_remarks(found)),
    ]


def _value(lab: "Lab") -> str:
    if lab.value is None:
        return "–"
    return " ".join(filter(None, (f"{lab.comparator or ''}{lab.value:f}", lab.unit)))


def _remarks(found: "Grade") -> Iterator[str]:
    if found.term is not None:
        yield found.term
    if found.reason is not None:
        yield found.reason
    if found.by_uln is not None:
        apart = _("grade {uln} by the upper limit, {baseline} by the baseline")
        yield apart.format(uln=found.by_uln, baseline=found.by_baseline)
    if found.by_v4 is not None:
        yield _("grade {grade} by v4.03").format(grade=found.by_v4)
    if found.unverified:
        yield _("criteria not verified")
