"""Records as JSON: read one at a time with bounded size, written the same bytes every time."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import IO, Any, cast

from app.record.checks import faults_of, in_order
from app.record.json_text import Faulty, text_of, values_in
from app.record.reading import Fault, Refused, examine
from app.record.record import FORMAT, ID_OPTIONAL, ID_PREFIX, SECTIONS, PatientRecord
from app.record.salvage import faults_of_the_rest
from app.words import _

LARGEST_RECORD = 200_000_000  # bytes
MOST_ENTRIES = 100_000
MOST_VALUES = 8_000_000  # far above what so many entries hold; it bounds the memory a wrong file takes
SIMPLE = frozenset({str, bool, int, float, Decimal, type(None)})
# A block that is there although it says nothing still says that it is there; facts without any are none.
MEANS_SOMETHING_EMPTY = frozenset({"progression", "entered_in_error", "ihc", "fish", "rt_pcr", "ngs", "gene"})


def read_record(data: Any, today: date) -> PatientRecord:
    """Return one record from parsed JSON, or raise `Refused` with every fault of it."""
    if not isinstance(data, dict):
        raise Refused([Fault("", _("is not a patient record: a record is a JSON object"))])
    faults = list(data.faults) if isinstance(data, Faulty) else []
    if data.get("format") is None:
        faults.append(Fault("format", _("is missing: a record says {format}").format(format=FORMAT)))
    elif data["format"] != FORMAT:
        faults.append(Fault("format", _("is not {format}, the format this program reads").format(format=FORMAT)))
    if sum(len(_listed(data, section)) for section in SECTIONS) > MOST_ENTRIES:
        raise Refused([Fault("", _("holds more than {count} entries").format(count=MOST_ENTRIES))])
    body = with_ids({key: value for key, value in data.items() if key != "format"})
    record = examine(PatientRecord, body)
    if isinstance(record, list):
        faults += [one.fault for one in record]
        raise Refused(in_order([*faults, *faults_of_the_rest(body, record, today)]))
    faults += faults_of(record, today)
    if faults:
        raise Refused(faults)
    return record


def _listed(data: dict[str, Any], section: str) -> list[Any]:
    entries = data.get(section)
    return entries if isinstance(entries, list) else []


def with_ids(body: dict[str, Any]) -> dict[str, Any]:
    """Return parsed JSON in which every entry that may come without an id has the first free one."""
    taken = {
        entry["id"]
        for section in SECTIONS
        for entry in _listed(body, section)
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }
    result = dict(body)
    for section in SECTIONS:
        if section not in ID_OPTIONAL:
            continue
        number, entries = 1, _listed(body, section)
        for index, entry in enumerate(entries):
            if not isinstance(entry, dict) or entry.get("id") is not None:
                continue
            if result[section] is entries:
                result[section] = list(entries)
            while f"{ID_PREFIX[section]}{number}" in taken:
                number += 1
            taken.add(f"{ID_PREFIX[section]}{number}")
            result[section][index] = {**entry, "id": f"{ID_PREFIX[section]}{number}"}
    return result


def plain(value: Any) -> Any:
    """Return a value as JSON has it: keys in the order of the format, nothing for what is not known."""
    if type(value) in SIMPLE:
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    result = {}
    for attribute, key in _names(cast(Hashable, type(value))):
        part = getattr(value, attribute)
        if part is None or part == ():
            continue
        if type(part) not in SIMPLE:
            part = plain(part)
            if not part and key not in MEANS_SOMETHING_EMPTY:
                continue
        result[key] = part
    return result


@cache
def _names(kind: Hashable) -> tuple[tuple[str, str], ...]:
    """Return attribute and key of every field of a dataclass."""
    return tuple((field.name, field.name.rstrip("_")) for field in fields(cast(Any, kind)))


def record_data(record: PatientRecord) -> dict[str, Any]:
    """Return the record as JSON-like data, `format` first."""
    return {"format": FORMAT, **plain(record)}


def write_records(records: Iterable[PatientRecord], out: IO[bytes], *, as_list: bool) -> int:
    """Write records to `out` one by one, alone or as a list, and return how many."""
    count = 0
    for count, record in enumerate(records, start=1):
        if as_list:
            out.write(b"[\n  " if count == 1 else b",\n  ")
        out.write(text_of(record_data(record), "  " if as_list else "").encode() + (b"" if as_list else b"\n"))
    if as_list:
        out.write(b"\n]\n" if count else b"[]\n")
    return count


def json_bytes(record: PatientRecord) -> bytes:
    """Return one record as the bytes of its file."""
    out = BytesIO()
    write_records([record], out, as_list=False)
    return out.getvalue()


def parsed_records(source: IO[bytes]) -> Iterator[Any]:
    """Yield each record of a file as parsed JSON: the file holds one, or a list read one at a time.

    Raises `Refused` when the file is not JSON, is cut short, or holds a record that is too large.
    """
    yield from values_in(source, largest=LARGEST_RECORD, most_values=MOST_VALUES)
