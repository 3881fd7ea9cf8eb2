"""Lines of text, and what they are made of: what a letter is written in where nothing can be laid out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.letters.content import Said
from app.words import apart, labelled


class Line(NamedTuple):
    """One line, as long as it is; a heading stands in bold."""

    text: str
    is_heading: bool = False


Lines = Iterator[Line]


def plainly(*texts: str) -> Lines:
    """Return each text as a line, leaving out those that are empty."""
    return (Line(one) for one in texts if one)


def headed(heading: str, texts: Iterable[str]) -> Lines:
    """Yield a heading, and each text under it as an item."""
    yield Line(heading, is_heading=True)
    yield from plainly(*(f"– {one}" for one in texts if one))


def in_a_row(*cells: str) -> str:
    """Return what stands in one row of a table."""
    return " · ".join(apart(one.split("\n")) for one in cells if one)


def each_named(said: Iterable[Said]) -> list[str]:
    """Return each thing with what is said of it."""
    return [labelled(one.name, one.words) for one in said]
