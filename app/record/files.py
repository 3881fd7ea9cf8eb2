"""Records as JSON: read one at a time with bounded size, written the same bytes every time."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from io import BytesIO
from typing import IO, Any

from app.record.checks import faults_of
from app.record.reading import Fault, Refused, read
from app.record.record import FORMAT, ID_OPTIONAL, ID_PREFIX, SECTIONS, PatientRecord

LARGEST_RECORD = 200_000_000  # bytes
MOST_ENTRIES = 100_000
# A block that is there although it says nothing still says that it is there.
MEANS_SOMETHING_EMPTY = frozenset({"progression", "entered_in_error", "ihc", "fish", "rt_pcr", "ngs"})
# `gene` is a block of a test, and a word in an alteration.


def read_record(data: Any, today: date) -> PatientRecord:
    """Return one record from parsed JSON, or raise `Refused` with every fault of it."""
    if not isinstance(data, dict):
        raise Refused([Fault("", "is not a patient record: a record is a JSON object")])
    faults = []
    if "format" not in data:
        faults.append(Fault("format", f"is missing: a record says {FORMAT}"))
    elif data["format"] != FORMAT:
        faults.append(Fault("format", f"is not {FORMAT}, the format this program reads"))
    listed = [data[section] for section in SECTIONS if isinstance(data.get(section), list)]
    if sum(map(len, listed)) > MOST_ENTRIES:
        raise Refused([Fault("", f"holds more than {MOST_ENTRIES:,} entries")])
    body = with_ids({key: value for key, value in data.items() if key != "format"})
    try:
        record = read(PatientRecord, body)
    except Refused as refused:
        raise Refused([*faults, *refused.faults]) from None
    faults += faults_of(record, today)
    if faults:
        raise Refused(faults)
    return record


def with_ids(body: dict[str, Any]) -> dict[str, Any]:
    """Return parsed JSON in which every entry that may come without an id has the first free one."""
    taken = {
        entry["id"]
        for section in SECTIONS
        for entry in (body.get(section) if isinstance(body.get(section), list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }
    result = dict(body)
    for section in ID_OPTIONAL & body.keys():
        if not isinstance(body[section], list):
            continue
        number, entries = 1, []
        for entry in body[section]:
            if isinstance(entry, dict) and entry.get("id") is None:
                while f"{ID_PREFIX[section]}{number}" in taken:
                    number += 1
                taken.add(f"{ID_PREFIX[section]}{number}")
                entry = {**entry, "id": f"{ID_PREFIX[section]}{number}"}
            entries.append(entry)
        result[section] = entries
    return result


def plain(value: Any, name: str = "") -> Any:
    """Return a value as JSON has it: keys in the order of the format, nothing for what is not known."""
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    names = _names(type(value))
    if not names:
        return value
    result = {}
    for attribute, key in names:
        part = getattr(value, attribute)
        if part is None or part == () or part == {}:
            continue
        written = plain(part, key)
        if written == {} and not (key in MEANS_SOMETHING_EMPTY or (key == "gene" and attribute == "gene")):
            continue
        result[key] = written
    return result


@cache
def _names(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return attribute and key of every field of a dataclass; nothing for another type."""
    if not hasattr(kind, "__dataclass_fields__"):
        return ()
    return tuple((field.name, field.name.rstrip("_")) for field in fields(kind))


def record_data(record: PatientRecord) -> dict[str, Any]:
    """Return the record as JSON-like data, `format` first."""
    return {"format": FORMAT, **plain(record)}


def write_records(records: Iterable[PatientRecord], out: IO[bytes], *, as_list: bool) -> int:
    """Write records to `out` one by one, alone or as a list, and return how many."""
    import simplejson

    count = 0
    for count, record in enumerate(records, start=1):
        text = simplejson.dumps(record_data(record), indent=2, ensure_ascii=False, use_decimal=True)
        if as_list:
            out.write(b"[\n" if count == 1 else b",\n")
            text = "\n".join(f"  {line}" for line in text.split("\n"))
        out.write(text.encode() + (b"" if as_list else b"\n"))
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
    import ijson

    start = source.read(4096)
    if fault := _not_json(start):
        raise Refused([Fault("", fault)])
    bounded = _Bounded(start, source)
    prefix = "item" if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") else ""
    try:
        for item in ijson.items(bounded, prefix, use_float=False):
            bounded.since_record = 0
            yield item
    except ijson.JSONError:
        raise Refused([Fault("", "is not valid JSON, or is cut short")]) from None
    except UnicodeDecodeError:
        raise Refused([Fault("", "is not text in UTF-8")]) from None


class _Bounded:
    """A file that stops when one record takes more than it may."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start = start.removeprefix(b"\xef\xbb\xbf")
        self._rest = rest
        self.since_record = 0

    def read(self, size: int = -1) -> bytes:
        if size == 0:  # the parser asks whether this file gives bytes
            return b""
        chunk, self._start = self._start, b""
        chunk = chunk or self._rest.read(min(size, 65536) if size > 0 else 65536)
        self.since_record += len(chunk)
        if self.since_record > LARGEST_RECORD + 2 * 65536:
            raise Refused([Fault("", "holds a record of more than 200 MB")])
        return chunk


def _not_json(start: bytes) -> str | None:
    """Say what a file is that cannot be JSON, from how it begins."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return "is empty"
    if head.startswith(b"%PDF"):
        return "is a PDF, not a patient record in JSON"
    if b"\0" in head[:64]:
        return "is not text: it holds zero bytes"
    if head[:1] not in b"{[":
        return "is not a patient record in JSON"
    return None
