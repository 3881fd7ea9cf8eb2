"""The record that a signed letter was written from, so that it can be compared with the one of today."""

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from app.record.reading import NotPossible, Refused
from app.words import _

if TYPE_CHECKING:
    from app.record.record import PatientRecord
    from db.store import Store


def record_of(store: "Store", code: str, today: date) -> "PatientRecord":
    """Return the record of the letter of this code, each entry under the id that it has in the record of today.

    Where that record went into another one since, an id of it may be that of another entry there. Raises `NotPossible`
    when this version cannot read it any more.
    """
    from app.record.files import parsed_records, read_record
    from app.record.merging import compare
    from db import letters
    from db.merges import merges_of_letter
    from db.merging import records_at

    with store.cursor() as cursor:
        written = letters.record_of(cursor, code) or b""
        merged = [records_at(cursor, one) for one in merges_of_letter(cursor, code)]
    try:
        record = read_record(next(parsed_records(BytesIO(written))), today)
    except (Refused, StopIteration):
        raise NotPossible(
            _("The record that {code} was written from cannot be compared by this version.").format(code=code)
        ) from None
    for kept, absorbed, _made in merged:
        record = compare(kept, absorbed).as_merged(record)
    return record
