"""Where every rule, study and ambiguity of a source lives in its protocol: generated from the data, and its gaps.

`coverage.yaml` of a protocol names only what acts through a fact or a drug, and what may be shown without acting.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.pathway.facts import FACTS
from app.pathway.protocol import Protocol
from app.pathway.table import Row

ID = re.compile(r"\b[A-Z]\d{1,2}\b")
WAYS = ("fact", "drug", "no_dose", "table", "evidence")
SHOWN = "information"


class Place(NamedTuple):
    """One place where an id lives: what kind of place, and which.

    Kinds: rule, not recommended, forbidden, schedule, caution (a text that names it), fact, drug, no_dose, table,
    evidence, reading (an ambiguity beside what is said) and information.
    """

    kind: str
    where: str


def coverage(protocol: Protocol, written: Mapping[str, Any]) -> dict[str, tuple[Place, ...]]:
    """Return the places of every id of a protocol, in its order; nothing for an id that is nowhere."""
    found: dict[str, dict[Place, None]] = {one: {} for one in _ids(protocol)}
    for one, place in _places(protocol, written):
        if one in found:
            found[one][place] = None
    return {one: tuple(places) for one, places in found.items()}


def faults(protocol: Protocol, written: Mapping[str, Any]) -> list[str]:
    """Return what is wrong in words: an id that is nowhere, one that may not only be shown, a name there is not."""
    may_be_shown = set(map(str, written.get("information_only", ())))
    wrong = []
    for one, places in coverage(protocol, written).items():
        if not places:
            wrong.append(f"{one} is nowhere")
        elif one[0] != "A" and one not in may_be_shown and all(place.kind == SHOWN for place in places):
            wrong.append(f"{one} is only shown, and must act")
    known = set(_ids(protocol))
    wrong += [f"{one} is not an id of this protocol" for one in sorted(may_be_shown - known)]
    for one, entry in written.get("acts", {}).items():
        if one not in known:
            wrong.append(f"{one} is not an id of this protocol")
        for way, name in entry.items():
            if way != "says" and not _is_there(protocol, way, str(name)):
                wrong.append(f"{one}: there is no {way} {name}")
    return wrong


def _ids(protocol: Protocol) -> list[str]:
    return [*protocol.rules, *protocol.evidence, *protocol.ambiguities]


def _is_there(protocol: Protocol, way: str, name: str) -> bool:
    """Whether what coverage.yaml names is there: a dose is given or kept back as it says."""
    drug = protocol.drugs.get(name)
    return {
        "fact": name in FACTS,
        "drug": drug is not None and bool(drug.doses),
        "no_dose": drug is not None and not drug.doses,
        "table": name in protocol.tables,
        "evidence": name in protocol.evidence,
    }.get(way, False)


def _places(protocol: Protocol, written: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
    for table in protocol.tables.values():
        for row in table.rows:
            yield from _of_row(protocol, row, f"{table.name}/{row.id}")
    for name, items in (
        ("baseline", protocol.baseline),
        ("monitoring", protocol.monitoring),
        ("as_asked", protocol.as_asked),
    ):
        for item in items:
            place = f"{name}/{item.what}"
            yield item.rule, Place("schedule", place)
            yield from ((one, Place("reading", f"schedule {place}")) for one in item.ambiguities)
    for rule in protocol.forbidden:
        yield from ((one, Place("forbidden", rule.id)) for one in ID.findall(rule.why))
    for one, entry in written.get("acts", {}).items():
        for way in WAYS:
            if way in entry:
                yield one, Place(way, f"{entry[way]}: {entry['says']}" if "says" in entry else str(entry[way]))
    for shown in protocol.information.texts:
        place = ", ".join((*shown.drugs, *shown.findings, *shown.actions, *shown.stages))
        yield shown.id, Place(SHOWN, place)
        for one in shown.ambiguities:
            if one not in protocol.information.withheld:
                yield one, Place("reading", f"information {shown.id}")


def _of_row(protocol: Protocol, row: Row, place: str) -> Iterator[tuple[str, Place]]:
    """Yield the ids that a row carries, that its options and warnings carry, and that its texts name."""
    yield row.rule, Place("rule", place)
    yield from ((item.rule, Place("rule", place)) for item in row.advise)
    yield from ((never.rule, Place("not recommended", place)) for never in row.not_recommended)
    studies = list(dict.fromkeys((*row.evidence, *(one for item in row.advise for one in item.evidence))))
    yield from ((one, Place("evidence", place)) for one in studies)
    readings = (*row.ambiguities, *(one for item in row.advise for one in item.ambiguities))
    yield from ((one, Place("reading", place)) for one in readings)
    # What goes with the figures of a study goes wherever they stand; so does what their sentence names.
    for study in studies:
        named = ID.findall(str(protocol.evidence[study].get("shown", "")))
        yield from ((one, Place("reading", f"evidence {study}")) for one in (*protocol.readings_of([study]), *named))
    yield from ((one, Place("caution", place)) for one in _named(row))


def _named(row: Row) -> Iterable[str]:
    texts = [row.says, *row.cautions, *row.because.values(), *(never.says for never in row.not_recommended)]
    texts += [text for item in row.advise for text in (item.says, *item.cautions)]
    return [one for text in texts for one in ID.findall(text)]


def lines(protocol: Protocol, written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each id with its places as text: "rule testing/T1, house/T-test; caution testing/T2"."""
    for one, places in coverage(protocol, written).items():
        kinds: dict[str, list[str]] = {}
        for place in places:
            kinds.setdefault(place.kind, []).append(place.where)
        only = set(kinds) == {SHOWN}
        yield (
            one,
            "; ".join(
                f"{'information only, with' if only else kind.replace('_', ' ')} {', '.join(wheres)}"
                for kind, wheres in kinds.items()
            ),
        )
