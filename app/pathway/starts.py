"""Where examples of rules begin: four invented patients, each as a record and as the facts that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.pathway.facts import FACTS
from app.pathway.values import Bounded, Value

_PERSON: Mapping[str, Any] = {
    "format": "alkpath-record/1",
    "patient": {"mrn": "X-1", "family_name": "Example", "birth_date": "1960-05-02"},
    "diagnosis": {
        "date": "2014-01-10",
        "histology": "adenocarcinoma",
        "limited_sample": False,
        "stage": "IV",
        "smoking": {"status": "never"},
    },
    "specimens": [{"id": "s1", "date": "2014-01-10", "kind": "tissue", "purpose": "diagnosis"}],
}
_FISH = {
    "id": "t1", "specimen": "s1", "method": "fish", "reported_on": "2014-01-20", "status": "final",
    "fish": {"fields": 4, "readings": [{"reader": "A", "cells": 50, "split": 30}]},
}  # fmt: skip
_CRIZOTINIB = {
    "id": "l1", "drugs": ["crizotinib"], "started_on": "2014-02-03",
    "doses": [{"drug": "crizotinib", "from": "2014-02-03", "amount": 250, "unit": "mg", "frequency": "twice_daily"}],
}  # fmt: skip
_CHEMOTHERAPY = {"id": "l1", "drugs": ["cisplatin", "pemetrexed"], "started_on": "2014-02-03"}
_POSITIVE = {**_PERSON, "tests": [_FISH]}

_SHOWN: Mapping[str, Value] = {
    "alk_status": "positive",
    "fish": "positive",
    "fish_positive_percent": Decimal(60),
    "fish_cells": 50,
}


@dataclass(frozen=True, slots=True)
class Start:
    """Where an example begins: a record, and the facts that it shows over the resting ones."""

    record: Mapping[str, Any]
    facts: Mapping[str, Value]


STARTS: Mapping[str, Start] = {
    "untested": Start(_PERSON, {}),
    "positive": Start(_POSITIVE, _SHOWN),
    "on_crizotinib": Start(
        {**_POSITIVE, "therapy_lines": [_CRIZOTINIB]},
        {
            **_SHOWN,
            "line_number": 1,
            "line_state": "inhibitor_running",
            "alk_inhibitor_running": True,
            "crizotinib_running": True,
            "any_inhibitor_given": True,
            "crizotinib_state": "given",
        },
    ),
    "on_chemotherapy": Start(
        {**_POSITIVE, "therapy_lines": [_CHEMOTHERAPY]},
        {
            **_SHOWN,
            "line_number": 1,
            "line_state": "chemotherapy_running",
            "chemotherapy_running": True,
            "doublet_state": "none",
        },
    ),
}
_RESTING: Mapping[str, Value] = {
    "histology": "adenocarcinoma",
    "limited_sample": False,
    "stage_metastatic": True,
    "alk_status": "unknown",
    "predictive_marker": True,
    "light_smoker": True,
    "line_start_known": True,
    "stop_reason": True,
    "hold_reason": True,
    "crizotinib_state": "new",
    "novel_state": "left",
    "doublet_state": "new",
    "baseline_open": True,
    "progression_sites": "unsaid",
}


def resting() -> dict[str, Value]:
    """Return every fact at its quietest: a metastatic adenocarcinoma of a never smoker, nothing tested or given."""
    return {name: _RESTING[name] if name in _RESTING else _quiet(name) for name in FACTS}


def _quiet(name: str) -> Value:
    domain = FACTS[name].domain
    if domain.open:
        return None
    if isinstance(domain, Bounded):
        return domain.low
    return next((one for one in (False, "none") if any(one is known or one == known for known in domain.values)), None)
