"""The stages of a pathway: where a patient is, which tables of a protocol speak there, and where each option leads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from app.pathway.advice import PathwayStage
from app.pathway.protocol import SIDE_TABLES, Protocol
from app.pathway.table import Between, Box, Item, Row, Table

STAGES: tuple[PathwayStage, ...] = get_args(PathwayStage)
FIRST_TABLE = "house"
# Where the patient is once an action has been done; None: where they were.
LEADS: Mapping[str, PathwayStage | None] = {
    **dict.fromkeys(
        ("request_alk_ihc", "request_alk_fish", "request_alk_rt_pcr", "request_ngs", "recount_fish_more_cells",
         "recount_fish_second_reader", "repeat_test", "await_result", "review_discordance"),
        "testing",
    ),
    **dict.fromkeys(
        ("start", "switch", "rechallenge", "continue", "continue_with_surveillance", "continue_with_local_treatment",
         "withhold", "resume", "resume_reduced", "complete_baseline"),
        "on_treatment",
    ),
    "discontinue": "further_line",
    **dict.fromkeys(("adjuvant", "local_curative_treatment", "leave_pathway", "none_deceased"), "off_pathway"),
    **dict.fromkeys(
        ("complete_record", "resolve_contradiction", "refer_to_board", "refer_to_trial", "symptomatic_care",
         "request_rebiopsy", "consider_rebiopsy_in_trial", "consider_plasma_test", "assess_response"),
        None,
    ),
}  # fmt: skip
# Whoever is at none of a row's facts in particular: ALK positive, metastatic, nothing given yet.
_SOMEBODY: Mapping[str, Any] = {
    "deceased": False, "stage_metastatic": True, "alk_status": "positive", "alk_inhibitor_running": False,
    "chemotherapy_running": False, "histology": "adenocarcinoma", "limited_sample": None, "alk_awaited": "none",
    "fish": "none", "response": "none", "progression_answered": False, "baseline_open": False, "line_state": "none",
}  # fmt: skip


def stage_of(values: Mapping[str, Any], *, starts_first: bool) -> PathwayStage:
    """Return where on the pathway a patient with these facts is: the first stage that fits.

    `starts_first`: a first ALK inhibitor is what is preferred.
    """
    off = (
        values["deceased"]
        or (values["stage_metastatic"] is False and values["alk_status"] == "positive")
        or (not values["alk_inhibitor_running"] and _is_outside(values))
    )
    if off:
        return "off_pathway"
    if values["alk_status"] != "positive":
        return "testing"
    running = values["alk_inhibitor_running"] or values["chemotherapy_running"]
    if running and values["response"] == "PD" and not values["progression_answered"]:
        return "progression"
    if starts_first and values["baseline_open"]:
        return "baseline"
    if running:
        return "on_treatment"
    return "first_line" if values["line_state"] == "none" else "further_line"


def _is_outside(values: Mapping[str, Any]) -> bool:
    """H6: ALK negative, or a histology that is not tested while nothing is asked or equivocal."""
    if values["alk_status"] == "negative":
        return True
    asked = values["alk_awaited"] != "none" or values["fish"] in ("short_count", "second_reader_needed")
    return (
        values["alk_status"] in ("unknown", "pending")
        and values["histology"] in ("squamous", "small_cell")
        and values["limited_sample"] is not True
        and not asked
    )


@dataclass(frozen=True, slots=True)
class Way:
    """One thing a table offers: `drugs` by name or symbol, `rules` that say it, and the stages it leads to, in order.

    `is_first`: some row has it first, so that it may be what is preferred.
    """

    action: str
    drugs: tuple[str, ...]
    rules: tuple[str, ...]
    leads_to: tuple[PathwayStage, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one table of a stage is called, and what it offers."""

    table: str
    title: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One stage with its tables, the one of its name first; without a stage: what is asked before all others."""

    stage: PathwayStage | None
    parts: tuple[Part, ...]


def bands_of(protocol: Protocol) -> tuple[Band, ...]:
    """Return the stages of a protocol in order, from its tables alone: each table where its rows put a patient."""
    homes = dict(_homes(protocol))
    house = protocol.tables[FIRST_TABLE]
    off = [row for row in house.rows if _stage_at(row.boxes[0]) == "off_pathway"]
    before = Part(house.name, house.title, _ways([row for row in house.rows if row not in off], homes))
    bands = [Band(None, (before,))]
    for stage in STAGES:
        names = sorted((name for name, home in homes.items() if home == stage), key=lambda name: name != stage)
        parts = [_part(protocol.tables[name], homes) for name in names]
        if stage == "off_pathway" and off:
            parts.insert(0, Part(house.name, house.title, _ways(off, homes)))
        bands.append(Band(stage, tuple(one for one in parts if one.ways)))
    return tuple(one for one in bands if one.parts or one.stage in ("testing", "on_treatment", "progression"))


def _homes(protocol: Protocol) -> Iterator[tuple[str, PathwayStage]]:
    """Yield each table that is asked after the first one, with its stage: by its name, else by who comes to it."""
    waiting: list[tuple[str, Box]] = [
        (name, row.boxes[0]) for row in protocol.tables[FIRST_TABLE].rows for name in row.then
    ]
    seen: set[str] = set()
    for name, way_here in waiting:
        if name in seen or name in SIDE_TABLES:
            continue
        seen.add(name)
        table = protocol.tables[name]
        own = next((stage for stage in STAGES if stage == name), None)
        yield name, own or _stage_at({**way_here, **table.rows[0].boxes[0]})
        waiting += [(then, {**way_here, **row.boxes[0]}) for row in table.rows for then in row.then]


def _stage_at(box: Box) -> PathwayStage:
    """Return the stage of somebody who meets the conditions of a box and is like anybody else otherwise."""
    values = dict(_SOMEBODY)
    for name, condition in box.items():
        if not condition.holds(values.get(name)):
            values[name] = condition.low if isinstance(condition, Between) else condition.values[0]
    # What runs is said by two facts; a row may ask for either.
    for fact, state in (
        ("alk_inhibitor_running", "inhibitor_running"),
        ("chemotherapy_running", "chemotherapy_running"),
    ):
        values[fact] = values[fact] or values["line_state"] == state
    return stage_of(values, starts_first=False)


def _part(table: Table, homes: Mapping[str, PathwayStage]) -> Part:
    return Part(table.name, table.title, _ways(table.rows, homes))


def _ways(rows: Iterable[Row], homes: Mapping[str, PathwayStage]) -> tuple[Way, ...]:
    """Return what rows offer, each action with its drugs once."""
    found: dict[tuple[str, tuple[str, ...]], list[tuple[Item, Row, bool]]] = {}
    for row in rows:
        for place, item in enumerate(row.advise):
            found.setdefault((item.action, item.drugs), []).append((item, row, place == 0))
    return tuple(
        Way(
            action=action,
            drugs=drugs,
            rules=tuple(dict.fromkeys(item.rule for item, _row, _first in said)),
            leads_to=_leads(action, [row for _item, row, is_first in said if is_first], homes),
            is_first=any(is_first for _item, _row, is_first in said),
        )
        for (action, drugs), said in found.items()
    )


def _leads(action: str, rows: Iterable[Row], homes: Mapping[str, PathwayStage]) -> tuple[PathwayStage, ...]:
    """Return where an action leads: first the tables that its rows ask next, where they come before its own end."""
    end = LEADS[action]
    if end is None:
        return ()
    between = [homes[name] for row in rows for name in row.then if name in homes]
    return tuple(dict.fromkeys(stage for stage in (*between, end) if STAGES.index(stage) <= STAGES.index(end)))
