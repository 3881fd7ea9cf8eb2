"""None outlives a day's work in the window, on Python 3.11 too."""

import subprocess
import sys
from pathlib import Path


def test_none_is_not_used_up_by_more_qt_calls_than_it_has_references():
    program = (
        "import app.ui\n"
        "from PySide6.QtCore import QObject\n"
        "one = QObject()\n"
        "for _ in range(300_000):\n"
        "    one.setObjectName('a')\n"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=root).returncode == 0
