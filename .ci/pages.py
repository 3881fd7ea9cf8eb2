"""Approves the pages of letters as they are printed now (`make pages`); git then shows which have changed."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Write every page of every letter that is compared."""
    from letters.conftest import Desk
    from page_pictures import APPROVED, letters, pages_of
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    APPROVED.mkdir(exist_ok=True)
    desk = Desk()
    written = set()
    for kind, language, number in letters():
        for name, page in pages_of(desk, kind, language, number).items():
            page.save(APPROVED / name, optimize=True)
            written.add(name)
    for file in APPROVED.iterdir():
        if file.name not in written:
            file.unlink()
    print(f"{len(written)} pages are approved; git shows which have changed")
    del application


if __name__ == "__main__":
    main()
