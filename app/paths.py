"""Where the program's own data and the user's data are."""

import os
import sys
from pathlib import Path

# `resources/` stands beside `app/`, in a checkout as in an installed program.
RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def user_folder() -> Path:
    """Return the folder for this user's database and settings; it may not exist yet."""
    if sys.platform == "linux":  # what platformdirs says too, which the first paint would wait 5 ms for
        shared, home = os.environ.get("XDG_DATA_HOME", ""), os.environ.get("HOME", "")
        for folder in (Path(shared), Path(home, ".local", "share")):
            if folder.is_absolute():
                return folder / "alkpath"
    from platformdirs import user_data_path

    return user_data_path("alkpath", appauthor=False)
