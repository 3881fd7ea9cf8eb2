import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.record.files import read_record
from app.record.reading import Refused

EXAMPLE = Path(__file__).with_name("example.json")
TODAY = date(2016, 6, 1)


@pytest.fixture
def example():
    """Return the example of the record format, with every field of it, as parsed JSON."""
    return json.loads(EXAMPLE.read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.fixture
def faults():
    """Return the faults of parsed JSON as lines, read on 1 June 2016; of none an empty list."""

    def lines(data):
        try:
            read_record(data, TODAY)
        except Refused as refused:
            return [str(fault) for fault in refused.faults]
        return []

    return lines


@pytest.fixture
def a_file():
    """Return what a record's file must hold, with sections added: `a_file(notes=[...])`."""

    def parsed(**sections):
        patient = {"mrn": "A-1042", "family_name": "Example", "birth_date": "1964-05-02"}
        return {"format": "alkpath-record/1", "patient": patient, **sections}

    return parsed
