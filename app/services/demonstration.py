"""The demonstration patients that come with the program: all invented."""

from datetime import date
from functools import cache
from pathlib import Path

from app.paths import RESOURCES

DEMO = RESOURCES / "demo"


def demonstration_files() -> tuple[Path, ...]:
    """Return the files of the demonstration patients, in order."""
    return tuple(sorted(DEMO.glob("*.json")))


def telling_day(mrn: str) -> date | None:
    """Return the day on which a demonstration patient's course asks a question; None for any other patient."""
    return _days().get(mrn.lower()) if mrn.startswith("DEMO-") else None


@cache
def _days() -> dict[str, date]:
    import yaml

    days: dict[str, date] = yaml.safe_load((DEMO / "days.yaml").read_text(encoding="utf-8"))
    return days
