"""The short code at the foot of every page of a signed letter, and what its square code says; no patient is in them.

The code has seven signs and an eighth that checks them, without I, L, O and U, which are misread: `7K3M-9QXT`. The
square adds the beginning of the checksum of what the letter says, so that a code alone makes no letter of ours.
"""

import hashlib
import re

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("ILOU", "110V")
BEGINNING = 16  # of the seal, in the square code
_BETWEEN = re.compile(r"[\s\u00ad\u2010-\u2015\u2212._-]+")  # what people and programs put between the signs
_PRINTED = re.compile(r"(?<![0-9A-Z-])([0-9A-Z]{4})-([0-9A-Z]{4})(?![0-9A-Z-])")
_CODE = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{4})[-_ ]?([0-9A-Z]{4})(?![0-9A-Z])")
_SQUARE = re.compile(rf"ALKPATH:([0-9A-Z]{{4}})-?([0-9A-Z]{{4}}):([0-9A-F]{{{BEGINNING}}})")


def code_of(*said: str) -> str:
    """Return the code that goes with these texts: the same ones give the same code."""
    number = int.from_bytes(hashlib.sha256("\n".join(said).encode()).digest()[:5], "big") >> 5
    signs = "".join(SIGNS[number >> shift & 31] for shift in range(30, -1, -5))
    return _parted(signs + _check(signs))


def square_of(code: str, seal: str) -> str:
    """Return what the square code of a letter says."""
    return f"ALKPATH:{code}:{seal[:BEGINNING].upper()}"


def read_code(typed: str) -> tuple[str, str] | None:
    """Return code and beginning of the seal ("" when there is none) of what was typed or scanned; None: it is no code.

    Small letters, dashes and spaces anywhere or nowhere, and signs that are misread for one another do no harm.
    """
    text = typed.strip().upper()
    if (square := _SQUARE.fullmatch(text)) is not None:
        return _checked(square[1] + square[2]), square[3].lower()
    found = _CODE.fullmatch(_BETWEEN.sub("", text))
    return None if found is None else (_checked(found[1] + found[2]), "")


def codes_in(text: str) -> tuple[str, ...]:
    """Return the codes that a text holds as they are printed, each once, in their order."""
    found = (_checked(one[1] + one[2]) for one in _PRINTED.finditer(text))
    return tuple(dict.fromkeys(code for code in found if code))


def code_in(file_name: str) -> str:
    """Return the code that a file is named by, or ""."""
    codes = (_checked((found[1] + found[2]).upper()) for found in _CODE.finditer(file_name.upper()))
    return next((code for code in codes if code), "")


def _checked(signs: str) -> str:
    """Return the code, or "" when its last sign says that it was mistyped."""
    plain = signs.translate(READ_AS)
    return _parted(plain) if all(one in SIGNS for one in plain) and _check(plain[:7]) == plain[7] else ""


def _check(signs: str) -> str:
    """Return the sign that goes with seven others: any one mistyped, and most that are swapped, change it."""
    return SIGNS[sum((2 * place + 1) * SIGNS.index(one) for place, one in enumerate(signs)) % 32]


def _parted(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:]}"
