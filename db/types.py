"""Column types for what SQLite has no type for: exact decimals and lists of words."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Text, types


class ExactDecimal(types.TypeDecorator[Decimal]):
    """A decimal kept as its digits: 42.0 comes back as 42.0, and 42 as 42 (SQLite would make both a float)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class WordList(types.TypeDecorator[tuple[str, ...]]):
    """A short ordered list of codes, drugs or address lines, one to a line of text.

    A table of its own for each would cost a query for every reading and say no more: none of these words has
    anything of its own beside it. Lines, because the record format allows no line break within one.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str:
        words = value or ()
        if any(not word or "\n" in word for word in words):
            raise ValueError("a word of a list must be one line, and not empty")
        return "\n".join(words)

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        return tuple(value.split("\n")) if value else ()
