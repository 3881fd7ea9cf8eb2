"""What a letter is posted in: addresses as they are typed, and what is refused."""

import pytest

from app.record.reading import Refused
from app.services.clinic import Clinic
from app.services.posting import addresses_in, posting_pdf


def test_an_empty_line_parts_addresses():
    assert addresses_in(" Dr X \nTown\n\n\nDr Y\n") == (("Dr X", "Town"), ("Dr Y",))
    assert addresses_in(" \n") == ()


@pytest.mark.parametrize(
    ("addresses", "form", "start", "path"),
    [((), "dl", 1, "address"), ((("A",), ("B",)), "dl", 1, "address"), ((("A",),), "labels", 25, "start")],
)
def test_what_cannot_be_printed_is_refused_at_its_field(addresses, form, start, path):
    with pytest.raises(Refused) as refused:
        posting_pdf(Clinic(None).settings(), addresses, form, start)
    assert [fault.path for fault in refused.value.faults] == [path]


def test_several_labels_are_one_document():
    assert posting_pdf(Clinic(None).settings(), (("A",), ("B",)), "labels", 24).startswith(b"%PDF-")
