"""The trays of a printer, by the names its print system has for them. Qt does not tell them, so CUPS is asked."""

import os
import re
import shutil
import subprocess

ASKS = "lpoptions"  # the command of CUPS that lists what a printer offers
SLOT = "InputSlot"
LONGEST = 10  # seconds: a printer in the network may sleep
_LINE = re.compile(rf"{SLOT}(?:/[^:]*)?:(.*)")


def trays_of(printer: str) -> tuple[str, ...]:
    """Return the trays of a printer; none where there is no CUPS, or when it does not tell them."""
    command = shutil.which(ASKS)
    if command is None or not printer:
        return ()
    try:
        told = subprocess.run(
            [command, "-p", printer, "-l"], capture_output=True, text=True, errors="replace", timeout=LONGEST,
            check=False, env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return trays_in(told.stdout)


def trays_in(told: str) -> tuple[str, ...]:
    """Return the trays named in what the command printed."""
    for line in told.splitlines():
        if (found := _LINE.fullmatch(line.strip())) is not None:
            return tuple(one.removeprefix("*") for one in found[1].split())
    return ()
