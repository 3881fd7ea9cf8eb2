"""JSON as text: values read one at a time from a file of any size with exact numbers, and written the same each time.

Python's own parser does the work; what it would let pass is refused here: a key given twice, NaN, endless numbers,
nesting without end. Faults name the line, never the text, which may be a patient's.
"""

import codecs
import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from app.record.reading import Fault, Refused, path_text
from app.words import _

NOT_BLANK = re.compile(r"[^ \t\r\n]")
LONGEST_NUMBER = 1_000  # digits; longer ones are read as one that no field accepts
NO_NUMBER = Decimal("1E+999")
STEP = 1 << 20  # bytes read at once; more when a value is larger


def values_in(source: IO[bytes], *, largest: int, most_values: int) -> Iterator[dict[str, Any]]:
    """Yield the object of a file, or each object of the list it holds, holding one at a time.

    Raises `Refused` when the file is not UTF-8 or not JSON, is cut short, or holds an object of more than `largest`
    bytes or `most_values` values.
    """
    text = _Text(source, largest, most_values)
    first = text.next_character()
    if fault := _other_than_json(first, text):
        raise Refused([Fault("", fault)])
    if first == "{":
        yield text.next_object()
        text.expect_end()
        return
    number = 0
    while text.take("[" if number == 0 else ",") and text.next_character() != "]":
        if text.next_character() not in ("{", ""):
            what = _("is not a patient record: a record is a JSON object")
            raise Refused([Fault(path_text(("records", number)), what)])
        yield text.next_object()
        number += 1
    if not text.take("]"):
        raise text.broken_off()
    text.expect_end()


def text_of(value: Any, margin: str = "") -> str:
    """Return JSON text of plain values (dict, list, str, Decimal, int, bool, None), two spaces an indent."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        if not value:
            return "{}"
        inner = margin + "  "
        members = [f"{inner}{_quoted(key)}: {text_of(one, inner)}" for key, one in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{margin}}}"
    if isinstance(value, list):
        if not value:
            return "[]"
        inner = margin + "  "
        return "[\n" + ",\n".join([inner + text_of(one, inner) for one in value]) + f"\n{margin}]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


_quoted = json.JSONEncoder(ensure_ascii=False).encode


class _Text:
    """The text of a file from where reading stands; it grows only as far as the next object needs."""

    def __init__(self, source: IO[bytes], largest: int, most_values: int) -> None:
        self._source = source
        self._largest = largest
        self._most_values = most_values
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._is_ended = False
        self._lines_before = 0
        self.start = b""

    def next_character(self) -> str:
        """Return the next character that is not blank, without taking it; "" at the end."""
        while (found := NOT_BLANK.search(self._text, self._at)) is None:
            self._at = len(self._text)
            self._forget(self._at)
            if not self._grow(STEP):
                return ""
        self._at = found.start()
        return self._text[self._at]

    def take(self, character: str) -> bool:
        """Go past `character` and return whether it comes next."""
        if self.next_character() != character:
            return False
        self._at += 1
        return True

    def next_object(self) -> dict[str, Any]:
        """Return the object that comes next."""
        self._forget(STEP)
        while True:
            objects = _Objects()
            try:
                value, self._at = objects.decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                # A text without an end may end in what is still to be read; elsewhere a fault is a fault.
                is_open = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - 16
                if is_open and self._grow(max(STEP, len(self._text))):
                    self._check_size()
                    continue
                is_short = error.msg.startswith("Unterminated") or error.pos >= len(self._text.rstrip())
                raise (self.broken_off() if is_short else self._refused(_("is not valid JSON"), error.pos)) from None
            except RecursionError:
                raise self._refused(_("holds groups in groups without end"), self._at) from None
            return objects.marked(value)

    def expect_end(self) -> None:
        """Raise `Refused` when something follows."""
        if self.next_character():
            raise self._refused(_("goes on after the end of the JSON"), self._at)

    def broken_off(self) -> Refused:
        """Return the refusal of a file that does not go on as JSON must."""
        if self.next_character() and not self._is_ended:
            return self._refused(_("is not valid JSON"), self._at)
        return self._refused(_("is cut short"), len(self._text))

    def _refused(self, sentence: str, at: int) -> Refused:
        line = self._lines_before + self._text.count("\n", 0, at) + 1
        return Refused([Fault("", _("{what} (line {line})").format(what=sentence, line=line))])

    def _grow(self, size: int) -> bool:
        """Read on; False at the end of the file."""
        chunk = self._source.read(size)
        self.start = self.start or chunk[:64]
        try:
            self._text += self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            raise Refused([Fault("", _other_than_text(self.start))]) from None
        self._is_ended = not chunk
        return bool(chunk)

    def _forget(self, at_least: int) -> None:
        """Let go of what has been read, when it is worth it."""
        if self._at >= at_least:
            self._lines_before += self._text.count("\n", 0, self._at)
            self._text, self._at = self._text[self._at :], 0

    def _check_size(self) -> None:
        if len(self._text) - self._at > self._largest + STEP:
            raise Refused([Fault("", _("holds a record of more than {size} MB").format(size=self._largest // 10**6))])
        if sum(self._text.count(sign, self._at) for sign in "[{,") > self._most_values:
            raise Refused([Fault("", _("holds a record of more values than a patient can have"))])


class _Objects:
    """A parser with exact numbers that notices keys given twice."""

    def __init__(self) -> None:
        self.twice: list[str] = []
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_float=_decimal, parse_int=_integer, parse_constant=_constant
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) == len(pairs):
            return result
        names = [name for name, _value in pairs]
        repeated = _Repeated(result)
        repeated.names = [name for name in result if names.count(name) > 1]
        self.twice += repeated.names
        return repeated

    def marked(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return `value`, or with keys given twice a `Faulty` one that names each by its path."""
        if not self.twice:
            return value
        faults = []
        waiting: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
        while waiting:
            path, one = waiting.pop()
            if isinstance(one, _Repeated):
                faults += [Fault(path_text((*path, name)), _("is given twice")) for name in one.names]
            members = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
            waiting += [((*path, key), member) for key, member in members]
        return Faulty(value, sorted(faults))


class Faulty(dict[str, Any]):
    """An object that could be read and is not to be trusted."""

    def __init__(self, value: dict[str, Any], faults: list[Fault]) -> None:
        super().__init__(value)
        self.faults = faults


class _Repeated(dict[str, Any]):
    """An object with keys given twice."""

    names: list[str]


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) < LONGEST_NUMBER else NO_NUMBER


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits) if len(digits) < LONGEST_NUMBER else NO_NUMBER
    except InvalidOperation:  # an exponent beyond all numbers
        return NO_NUMBER


def _constant(name: str) -> Decimal:
    return Decimal(name)  # NaN and Infinity are not JSON; the field refuses them by name


def _other_than_json(first: str, text: _Text) -> str | None:
    """Say what a file is that begins with neither an object nor a list."""
    if not first:
        return _("is empty")
    if text.start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF"):
        return _("is a PDF, not a patient record in JSON")
    if b"\0" in text.start:
        return _("is not text: it holds zero bytes")
    return None if first in "{[" else _("is not a patient record in JSON")


def _other_than_text(start: bytes) -> str:
    if start.startswith(b"%PDF"):
        return _("is a PDF, not a patient record in JSON")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _("is text in UTF-16: save it as UTF-8")
    return _("is not text in UTF-8")
