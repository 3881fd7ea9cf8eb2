"""A second check of the pathway, independent of the proof: random courses never get what must not be advised.

`ALKPATH_COURSES` sets how many are tried (5,000 unless set; `make nightly` tries 200,000).
"""

import os
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_courses import courses

from app.paths import RESOURCES
from app.pathway.advice import Advice
from app.pathway.engine import advise
from app.pathway.facts import FACTS
from app.pathway.finding import find
from app.pathway.invariants import impossible
from app.pathway.protocol import Protocol
from app.pathway.protocol_reading import load_protocol
from app.pathway.values import Codes
from app.record.record import PatientRecord

TRIED = int(os.environ.get("ALKPATH_COURSES", "5000"))
MANY = settings(max_examples=TRIED, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
DAYS = st.sampled_from([date(2014, 3, 1), date(2014, 6, 10), date(2014, 9, 9), date(2015, 1, 15)])
INHIBITORS = {"crizotinib", "ceritinib", "alectinib", "brigatinib", "lorlatinib", "ensartinib"}
BEGINS = {"start", "switch", "rechallenge"}


@cache
def protocol() -> Protocol:
    return load_protocol(RESOURCES / "protocols" / "duchemann-2015")


@pytest.mark.filterwarnings("error")
@MANY
@given(courses(), DAYS)
def test_a_random_course_gets_one_preferred_option_and_nothing_forbidden(record: PatientRecord, day: date) -> None:
    advice = advise(record, protocol(), day)
    assert advice.options
    assert [one.preferred for one in advice.options] == [True] + [False] * (len(advice.options) - 1)
    assert not advice.options[0].prescriber_only
    said = [(one.action, one.drug) for one in advice.options]
    assert len(said) == len(set(said))
    assert not set(said) & {(one.action, one.drug) for one in advice.not_recommended}
    _nothing_forbidden(advice, said)
    _nothing_impossible(record, day)


def _nothing_forbidden(advice: Advice, said: list[tuple[str, str | None]]) -> None:
    begun = {drug for action, drug in said if action in BEGINS}
    if advice.alk_status != "positive":
        assert not begun & INHIBITORS
    assert "docetaxel" not in begun  # one that runs may go on
    stopped = {one.drug for one in advice.alerts if one.action in ("withhold", "discontinue")}
    for action, drug in said:
        assert not (action.startswith("continue") and drug in stopped)
    for one in advice.alerts:
        if one.action == "discontinue":
            assert not {(action, one.drug) for action in (*BEGINS, "resume", "resume_reduced")} & set(said)
    if advice.options[0].action == "none_deceased":
        assert len(said) == 1
        assert not advice.alerts
    if advice.options[0].action == "resolve_contradiction":
        assert len(said) == 1
        assert not advice.due


def _nothing_impossible(record: PatientRecord, day: date) -> None:
    """The facts are in their domains, and in none of the boxes that the proof takes for impossible."""
    values: Any = find(record, protocol(), day, protocol().parameters).facts.values
    assert set(values) == set(FACTS)
    for name, fact in FACTS.items():
        if isinstance(fact.domain, Codes):
            assert any(values[name] is one or values[name] == one for one in fact.domain.all), name
        else:
            assert values[name] is None or fact.domain.low <= values[name] <= fact.domain.high, name
    for name, box in impossible().items():
        assert not all(one.holds(values[fact]) for fact, one in box.items()), name
