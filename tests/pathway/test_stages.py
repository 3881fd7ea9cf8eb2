"""Stages: derived from the tables of a protocol alone, so that another protocol has its own."""

from dataclasses import replace

import pytest

from app.pathway.protocol_words import ACTIONS
from app.pathway.stages import LEADS, STAGES, bands_of
from app.services.protocols import Protocols


@pytest.fixture(scope="module")
def protocol():
    return Protocols().open()


@pytest.fixture(scope="module")
def bands(protocol):
    return {band.stage: band for band in bands_of(protocol)}


def offered(band):
    return {(way.action, way.drugs): way for part in band.parts for way in part.ways}


def test_every_action_of_the_program_leads_somewhere_or_is_said_to_change_nothing():
    assert set(LEADS) == ACTIONS


def test_every_stage_has_a_place_in_order_after_what_is_asked_before_all(bands):
    assert list(bands) == [None, *STAGES]


def test_every_table_that_is_asked_stands_at_one_stage(bands, protocol):
    named = [part.table for band in bands.values() for part in band.parts if part.table != "house"]
    assert sorted(named) == sorted(set(protocol.tables) - {"house", "alerts", "never", "notes"})


@pytest.mark.parametrize(
    ("table", "stage"),
    [
        ("testing", "testing"), ("awaiting", "testing"), ("baseline", "baseline"), ("first_line", "first_line"),
        ("holding", "on_treatment"), ("answered", "on_treatment"), ("resuming", "on_treatment"),
        ("progression_on_hold", "progression"), ("further_line", "further_line"), ("early", "off_pathway"),
    ],
)  # fmt: skip
def test_a_table_stands_where_its_rows_put_a_patient(bands, table, stage):
    assert [band.stage for band in bands.values() for part in band.parts if part.table == table] == [stage]


def test_the_figure_of_the_review_is_on_it(bands):
    """Sections (d) to (i): crizotinib first; then P2, P4, P6 or P7; then the doublet; then re-challenge."""
    first = offered(bands["first_line"])
    assert first["start", ("first_inhibitor",)].rules == ("L2",)
    assert first["start", ("first_inhibitor",)].leads_to == ("baseline", "on_treatment")
    assert first["start", ("platinum-pemetrexed",)].rules == ("L4",)
    progression = offered(bands["progression"])
    assert progression["continue_with_surveillance", ("current",)].rules == ("P2",)
    assert progression["continue_with_local_treatment", ("current",)].rules == ("P4", "P6")
    assert "P7" in progression["switch", ("novel_new",)].rules
    assert "S2" in progression["switch", ("doublet_new",)].rules
    assert all(way.leads_to == ("on_treatment",) for key, way in progression.items() if key[0] == "switch")
    further = offered(bands["further_line"])
    assert "S5" in further["rechallenge", ("rechallenge",)].rules
    assert further["switch", ("first_inhibitor",)].rules == ("L3",)
    assert "H6" in offered(bands["off_pathway"])["leave_pathway", ()].rules


def test_another_protocol_draws_itself(protocol):
    """A protocol with fewer tables, and one under another name that only running treatment comes to."""
    house = protocol.tables["house"]
    rows = [row for row in house.rows if row.id in ("H1", "T-test", "to-first-line", "to-on-treatment")]
    rows = [replace(row, then=("watching",)) if row.id == "to-on-treatment" else row for row in rows]
    rows = [replace(row, then=("testing",)) if row.id == "T-test" else row for row in rows]
    watching = replace(protocol.tables["on_treatment"], name="watching", title="Watching")
    tables = {
        "house": replace(house, rows=tuple(rows)), "watching": watching, "testing": protocol.tables["testing"],
        "first_line": protocol.tables["first_line"], "baseline": protocol.tables["baseline"],
    }  # fmt: skip
    other = {band.stage: [part.title for part in band.parts] for band in bands_of(replace(protocol, tables=tables))}
    assert other["on_treatment"] == ["Watching"]
    assert other["progression"] == []
    assert "further_line" not in other
    assert other["off_pathway"] == ["Before anything else"]
