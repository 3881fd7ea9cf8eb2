"""None, True and False kept from being used up on Python 3.11.

PySide6 6.12.0 is built as if these lived for ever, which is so from Python 3.12 on (PEP 683). On 3.11 each Qt call that
returns nothing costs None a reference, each emitted signal one of True, and after some ten thousand of them the
interpreter stops: "Fatal Python error: none_dealloc". 6.11.3 counts right.
"""

import sys

MORE_THAN_ANYBODY_CALLS = 1 << 40


def keep_singletons() -> None:
    """Give the singletons more references than a session can use up; nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    import ctypes

    for value in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(value)).value += MORE_THAN_ANYBODY_CALLS
