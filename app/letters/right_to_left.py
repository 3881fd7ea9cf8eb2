"""Hebrew and Arabic in a letter that is read from the left: each such passage in its own order, all else untouched."""

import re
import unicodedata
from functools import lru_cache

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
NUMBER = re.compile(r"\d+(?:[.,:/+-]\d+)*")
BRACKETS = {")": "(", "]": "[", "}": "{"}
MIRRORED = {**BRACKETS, "(": ")", "[": "]", "{": "}", "<": ">", ">": "<", "«": "»", "»": "«"}


def joined(text: str) -> str:
    """Return `text` with each Arabic letter in the form it takes beside its neighbours."""
    if not ARABIC.search(text):
        return text
    from arabic_reshaper import reshape  # type: ignore[import-untyped]  # only for those who write so

    return str(reshape(text))


@lru_cache(maxsize=1024)
def in_order(line: str) -> str:
    """Return one line in the order its characters stand on paper, from the left.

    A passage ends with its last letter: a number after a name stays after it ("רחל, 12 May") and is not drawn into it,
    as the rules of Unicode would. A line without any other letter is such a passage whole.
    """
    if not RIGHT_TO_LEFT.search(line):
        return line
    if not any(unicodedata.bidirectional(character) == "L" for character in line):
        return _turned(line)
    parts, at = [], 0
    while found := RIGHT_TO_LEFT.search(line, at):
        end = _end_of_passage(line, found.start())
        parts += [line[at : found.start()], _turned(line[found.start() : end])]
        at = end
    return "".join([*parts, line[at:]])


def _end_of_passage(line: str, start: int) -> int:
    end = start + 1
    for place in range(start, len(line)):
        if unicodedata.bidirectional(line[place]) == "L":
            break
        if RIGHT_TO_LEFT.match(line[place]):
            end = place + 1
    while end < len(line) and line[end] in BRACKETS and _is_open(line[start:end], BRACKETS[line[end]], line[end]):
        end += 1
    return end


def _is_open(passage: str, opening: str, closing: str) -> bool:
    return passage.count(opening) > passage.count(closing)


def _turned(passage: str) -> str:
    """Return a passage from the right, its numbers from the left: the rules of Unicode where no other letter is."""
    turned = "".join(MIRRORED.get(character, character) for character in reversed(passage))
    return NUMBER.sub(lambda found: found[0][::-1], turned)
