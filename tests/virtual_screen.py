"""A screen that nobody looks at, for programs that run as they are started."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def a_virtual_screen() -> Iterator[str]:
    """Give the name of an X display of 1366 by 768, which ends with the block."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)
