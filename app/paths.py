"""Where the program's own data and the user's data are."""

from pathlib import Path

# `resources/` stands beside `app/`, in a checkout as in an installed program.
RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def user_folder() -> Path:
    """Return the folder for this user's database and settings; it may not exist yet."""
    from platformdirs import user_data_path  # only the front doors need it, and late

    return user_data_path("alkpath", appauthor=False)
