"""`worklist`: what is due, overdue, awaited and undecided over all patients, for a person to read or as JSON.

JSON: `as_of`; `protocol` (id, edition, sha256, status); `counts` by urgency; `items`, by urgency (urgent, due, awaited,
open) and the longest standing first. Each item has `mrn`, `name`, `urgency`, `kind` (alert, due, overdue,
progression_without_decision, result_awaited, rebiopsy_not_done, advice_not_decided, record_to_complete,
letter_unsigned), `words` (why, in one line), `what` (a code: what is due, was asked for or is advised, or the kind of a
letter), `drug` (or null), `since` (the day it was due or began, as exact as the record has it, or null), `overdue_days`
(0 where nothing had a day), `rule` ("" of a letter) and `entries` (ids of what it rests on). What is due is listed from
a week before its day. What was marked as done or snoozed in the window is left out, and counted at the end for people.

For today, what was worked out is kept in the database, so that the next call only looks at what changed; with
`--as-of` nothing is stored.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from app.commands.doors import DONE, Doors, say, say_data
from app.figures.wording import date_in_words
from app.services.worklist import URGENCIES, WorklistItem
from app.words import _, labelled, later

if TYPE_CHECKING:
    from datetime import date

    from app.pathway.advice import ProtocolRef

WIDTH = 100
TITLES = {
    "urgent": later("URGENT"),
    "due": later("DUE"),
    "awaited": later("AWAITED"),
    "open": later("OPEN"),
}


def worklist(typed: argparse.Namespace, doors: Doors) -> int:
    """Print what stands open over all patients."""
    with doors.open_desk(typed.database) as desk:
        as_of = typed.as_of or desk.today()
        protocol = desk.advising.protocol().ref
        if typed.as_of is None:
            desk.worklist.bring_up_to_date(as_of)
            found = desk.worklist.shown(as_of)
        else:
            found = desk.worklist.on(as_of)
        items = [item for item in found if item.aside is None]
        if typed.json:
            say_data(_data(items, as_of, protocol))
        else:
            say("\n".join((*_lines(items, as_of, protocol), *_not_listed(found))))
    return DONE


def _data(items: Sequence[WorklistItem], as_of: "date", protocol: "ProtocolRef") -> dict[str, Any]:
    counts = Counter(item.urgency for item in items)
    return {
        "as_of": as_of.isoformat(),
        "protocol": {key: getattr(protocol, key) for key in ("id", "edition", "sha256", "status")},
        "counts": {urgency: counts[urgency] for urgency in URGENCIES},
        "items": [
            {
                "mrn": item.mrn,
                "name": item.name,
                "urgency": item.urgency,
                "kind": item.kind,
                "words": item.words,
                "what": item.what,
                "drug": item.drug,
                "since": item.since,
                "overdue_days": item.overdue_days,
                "rule": item.rule,
                "entries": list(item.entries),
            }
            for item in items
        ],
    }


def _not_listed(found: Sequence[WorklistItem]) -> Iterator[str]:
    """Say of how much it is known that somebody put it aside in the window."""
    counts = Counter(item.aside.verdict for item in found if item.aside is not None)
    if counts:
        yield ""
        words = _("Not listed: {snoozed} snoozed, {done} done; the window's Today page has them.")
        yield words.format(snoozed=counts["snoozed"], done=counts["done"])


def _lines(items: Sequence[WorklistItem], as_of: "date", protocol: "ProtocolRef") -> Iterator[str]:
    status = _("HISTORICAL: not today's practice") if protocol.status == "historical" else _("in force")
    yield _("Worklist of {day} · {count} items · protocol {id}, edition {edition} · {status}").format(
        day=date_in_words(as_of.isoformat()),
        count=len(items),
        id=protocol.id,
        edition=protocol.edition,
        status=status,
    )
    if not items:
        yield _("Nothing stands open.")
    for urgency in URGENCIES:
        chosen = [item for item in items if item.urgency == urgency]
        if chosen:
            yield ""
            yield _(TITLES[urgency])
        for item in chosen:
            late = _(" ({days} days overdue)").format(days=item.overdue_days) if item.overdue_days else ""
            rule = f" [{item.rule}]" if item.rule else ""
            line = labelled(f"{item.name} · {item.mrn}", f"{item.words}{late}{rule}")
            yield from wrap(line, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
