"""Letters on the demonstration patients and on patients of one test."""

from dataclasses import fields, is_dataclass
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.paths import RESOURCES
from app.record.files import parsed_records, read_record
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters

# The day asked of each demonstration patient, as `tests/pathway/expected.yaml` has it.
DAYS = {
    1: "2009-05-20", 2: "2012-07-10", 3: "2012-04-25", 4: "2014-05-28", 5: "2014-04-10", 6: "2014-03-04",
    7: "2014-03-04",
}  # fmt: skip


class Desk:
    """What the letters of a test come from."""

    def __init__(self, folder=None):
        clinic = Clinic(folder)
        self.letters = Letters(clinic, Advising(clinic))

    def demo(self, number):
        with (RESOURCES / "demo" / f"demo-{number}.json").open("rb") as source:
            return read_record(next(parsed_records(source)), date(2026, 1, 1))

    def content_of_demo(self, number, day=None, **wanted):
        return self.content(self.demo(number), day or DAYS[number], **wanted)

    def content(self, record, day="2014-12-01", **wanted):
        return self.letters.content(record, date.fromisoformat(day), **wanted)

    def pdf(self, record, day="2014-12-01", **wanted):
        return self.letters.compose(record, date.fromisoformat(day), **wanted)

    def pages(self, record, day="2014-12-01", **wanted):
        pages = PdfReader(BytesIO(self.pdf(record, day, **wanted))).pages
        return [" ".join(page.extract_text().split()) for page in pages]


def texts(value):
    """Yield every text in a part of a content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


@pytest.fixture(scope="session")
def desk():
    return Desk()
