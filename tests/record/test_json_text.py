import json
import time
import tracemalloc
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.record.files import LARGEST_RECORD, MOST_VALUES
from app.record.json_text import Faulty, text_of, values_in
from app.record.reading import Refused


def values(text, largest=LARGEST_RECORD, most_values=MOST_VALUES):
    return list(values_in(BytesIO(text), largest=largest, most_values=most_values))


def refusal(text, **limits):
    with pytest.raises(Refused) as refused:
        values(text, **limits)
    (fault,) = refused.value.faults
    return str(fault)


def test_a_file_holds_one_object_or_a_list_of_them():
    assert values(b'{"a": 1}') == [{"a": 1}]
    assert values(b' [{"a": 1} , {"b": [true, null, "x"]}] \n') == [{"a": 1}, {"b": [True, None, "x"]}]
    assert values(b"[]") == []


def test_a_byte_order_mark_is_passed_over():
    assert values(b'\xef\xbb\xbf{"a": 1}') == [{"a": 1}]


def test_blanks_may_come_first_however_many():
    assert values(b" \n" * 3_000_000 + b'{"a": 1}') == [{"a": 1}]


def test_numbers_are_exact():
    (value,) = values(b'{"a": 42.0, "b": 0.1, "c": 12345678901234567890, "d": 1e5, "e": -0.0}')
    assert {key: str(one) for key, one in value.items()} == {
        "a": "42.0", "b": "0.1", "c": "12345678901234567890", "d": "1E+5", "e": "-0.0",
    }  # fmt: skip


@pytest.mark.parametrize("number", [b"1" * 5_000, b"0." + b"1" * 5_000, b"1e9999999999999999999"])
def test_a_number_without_end_is_read_as_one_no_field_accepts(number):
    assert values(b'{"a": ' + number + b"}") == [{"a": Decimal("1E+999")}]


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_not_finite(name):
    ((value,),) = [one.values() for one in values(b'{"a": ' + name.encode() + b"}")]
    assert not value.is_finite()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"hello", "is not a patient record in JSON"),
        (b'"text"', "is not a patient record in JSON"),
        (b"%PDF-1.7\n", "is a PDF, not a patient record in JSON"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "is a PDF, not a patient record in JSON"),
        (b"\0\0\0", "is not text: it holds zero bytes"),
        ('{"a": 1}'.encode("utf-16-le"), "is not text: it holds zero bytes"),
        ('{"a": 1}'.encode("utf-16"), "is text in UTF-16: save it as UTF-8"),
        ('{"a": "é"}'.encode("latin-1"), "is not text in UTF-8"),
        (b"{\n\n", "is cut short (line 3)"),
        (b'{"a": "xyz', "is cut short (line 1)"),
        (b'{"a": 1', "is cut short (line 1)"),
        (b'[{"a": 1}', "is cut short (line 1)"),
        (b'[{"a": 1},', "is cut short (line 1)"),
        (b'[{"a": 1}, {"b"', "is cut short (line 1)"),
        (b"[", "is cut short (line 1)"),
        (b'[{"a": 1} {"b": 1}]', "is not valid JSON (line 1)"),
        (b'[{"a": 1},\n{"b" 1}]', "is not valid JSON (line 2)"),
        (b"{'a': 1}", "is not valid JSON (line 1)"),
        (b'{"a": 01}', "is not valid JSON (line 1)"),
        (b'{"a": "\n"}', "is not valid JSON (line 1)"),
        (b'{"a": 1}}', "goes on after the end of the JSON (line 1)"),
        (b'{"a": 1}\n{"b": 1}', "goes on after the end of the JSON (line 2)"),
        (b"[] x", "goes on after the end of the JSON (line 1)"),
        (b"[[{}]]", "records[0]: is not a patient record: a record is a JSON object"),
        (b'[{"a": 1}, 5]', "records[1]: is not a patient record: a record is a JSON object"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "holds groups in groups without end (line 1)"),
        (b'{"a":' * 100_000, "holds groups in groups without end (line 1)"),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_a_file_that_is_not_json_is_one_line(text, line):
    assert refusal(text) == line


def test_the_line_of_a_fault_is_counted_through_a_long_file():
    text = b"[" + b",\n".join(b'{"a": "' + b"x" * 1000 + b'"}' for _ in range(5_000)) + b",\n{x}]"
    assert refusal(text) == "is not valid JSON (line 5001)"


def test_keys_given_twice_are_named_with_their_path():
    (value,) = values(b'{"a": [{"b": 1, "b": 2}, {"c": {"d": 1, "d": 1, "d": 1}}], "a2": 1, "a2": 2}')
    assert isinstance(value, Faulty)
    assert [str(fault) for fault in value.faults] == [
        "a2: is given twice", "a[0].b: is given twice", "a[1].c.d: is given twice",
    ]  # fmt: skip


def test_a_record_has_a_largest_size_and_a_list_of_them_has_none():
    text = b'{"a": "' + b"x" * 3_000_000 + b'"}'
    assert refusal(text, largest=1_000_000) == "holds a record of more than 1 MB"
    several = b"[" + b",".join([b'{"a": "' + b"x" * 400_000 + b'"}'] * 10) + b"]"
    assert len(values(several, largest=1_000_000)) == 10


def test_a_record_has_a_largest_number_of_values():
    assert (
        refusal(b'{"a": [' + b"[]," * 1_000_000 + b"0]}", most_values=500_000)
        == "holds a record of more values than a patient can have"
    )


class Zeros:
    """A file of 200 MB of one byte, made as it is read."""

    def __init__(self, start: bytes, byte: bytes) -> None:
        self.start, self.byte, self.left = start, byte, 200_000_000

    def read(self, size: int) -> bytes:
        start, self.start = self.start, b""
        count = min(size, self.left)
        self.left -= count
        return start + self.byte * count


@pytest.mark.parametrize(
    ("start", "byte"),
    [(b"", b"\0"), (b"", b"0"), (b"[", b"0"), (b"[", b"\0"), (b"", b" "), (b'{"a":', b"["), (b"[", b"[")],
)
def test_two_hundred_megabytes_of_nothing_are_refused_at_once_and_in_little_memory(start, byte):
    tracemalloc.start()
    before = time.process_time()
    with pytest.raises(Refused) as refused:
        list(values_in(Zeros(start, byte), largest=LARGEST_RECORD, most_values=MOST_VALUES))  # type: ignore[arg-type]
    spent = time.process_time() - before
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(refused.value.faults) == 1
    assert spent < 2
    assert peak < 20_000_000


@given(st.binary(max_size=40) | st.text(alphabet='{}[]",:\\ \n019.eE-tfn\u00e9', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    try:
        found = values(data)
    except Refused:
        return
    assert all(isinstance(one, dict) for one in found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=("Cs",))), JSON, max_size=4))
def test_what_is_written_reads_back_the_same(value):
    text = text_of(value)
    assert text == text_of(json.loads(text, parse_float=Decimal))
