"""What this program is made of besides its own code: versions and licences, as the installed packages state them."""

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from app import __version__
from app.paths import RESOURCES
from app.words import _, later

# What setup.cfg asks for; what these need in turn is found by their own word.
PACKAGES = (
    "PySide6-Essentials", "PySide6-Pdf", "SQLAlchemy", "alembic", "pydantic", "reportlab", "PyYAML", "platformdirs",
    "ijson", "simplejson", "pint", "arabic-reshaper", "uharfbuzz", "pillow", "pypdf",
)  # fmt: skip
# Our own data and what came with it that is no package: name, licence, the file with its words, what it is for.
OTHERS = (
    ("Source Sans Pro 2.020", "OFL-1.1", "fonts/LICENSE.txt", later("the face of the letters")),
    ("DejaVu Sans 2.37", "Bitstream-Vera", "fonts/LICENSE-DejaVu.txt", later("letters in other scripts")),
    (
        "Droid Sans Fallback, Android 6.0.1",
        "Apache-2.0",
        "fonts/LICENSE-Droid.txt",
        later("Chinese, Japanese and Korean in letters"),
    ),
    (
        "Noto Sans 2020-12-25",
        "OFL-1.1",
        "fonts/LICENSE-Noto.txt",
        later("Thai and scripts of India in letters"),
    ),
    ("sRGB profile of icc-profiles-free 2.0.1", "Zlib", "colour/README.md", later("the colours of an archived letter")),
    ("Lucide 1.62.0", "ISC, MIT", "icons/LICENSE.txt", later("the icons")),
    ("CTCAE 4.03, 5.0", later("public domain (National Cancer Institute, USA)"), "", later("grades of adverse events")),
)
QT = ("PySide6", "shiboken6")


@dataclass(frozen=True, slots=True)
class Notice:
    """One part: its name with the version, its licence, what it is for, and the licence's own words."""

    name: str
    licence: str
    purpose: str
    words: str


def versions() -> str:
    """Return the versions that matter when a fault is reported, on one line."""
    import sqlite3

    parts = (f"ALKPath {__version__}", f"Python {platform.python_version()}", f"Qt {_version('PySide6-Essentials')}",
             f"SQLAlchemy {_version('SQLAlchemy')}", f"SQLite {sqlite3.sqlite_version}")  # fmt: skip
    return " · ".join(parts)


def notices() -> tuple[Notice, ...]:
    """Return a notice for every package the program needs and for every other part that comes with it."""
    own = (Notice(name, _(licence), _(purpose), _text(file)) for name, licence, file, purpose in OTHERS)
    return (*(_notice(one) for one in _needed()), *own)


def licences_page() -> str:
    """Return every notice as Markdown: a table, and below it the licences' own words."""
    lines = [f"# {_('Licences')}", "", _("ALKPath itself: MIT licence."), "", versions(), ""]
    lines += [_("Qt and Qt for Python (PySide6) are used unchanged under the GNU Lesser General Public License, "
                "version 3, as libraries of their own that anybody may replace by another version. "
                "Their source: {source}").format(source="https://download.qt.io"), ""]  # fmt: skip
    lines += [f"| {_('Part')} | {_('Licence')} | {_('What for')} |", "| --- | --- | --- |"]
    lines += [f"| {one.name} | {one.licence} | {one.purpose} |" for one in notices()]
    texts = [(one.name, one.words) for one in notices() if one.words]
    texts += [(name, _text(f"licences/{name}.txt")) for name in ("LGPL-3", "GPL-3")]
    for name, words in texts:
        lines += ["", f"## {name}", "", *(f"    {line}" for line in words.splitlines())]
    return "\n".join(lines)


def _needed() -> Iterator[Distribution]:
    """Yield what is installed of the packages the program needs, each once, in the order of their names."""
    found: dict[str, Distribution] = {}
    open_ = list(PACKAGES)
    while open_:
        name = _plain(open_.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # wanted only on another system
            continue
        wanted = (one for one in found[name].requires or () if "extra ==" not in one)
        open_ += [match[0] for one in wanted if (match := re.match(r"[\w.-]+", one))]
    yield from (found[name] for name in sorted(found))


def _notice(one: Distribution) -> Notice:
    said = one.metadata.json  # what is not stated is not there
    licence = str(said.get("license_expression") or said.get("license") or _("see its own page")).splitlines()[0]
    name = one.metadata["Name"]
    if name.startswith(QT):
        licence = "LGPL-3.0-only"  # of those it offers, the one we take
    files = [file for file in one.files or () if re.search(r"info/.*(?:LICEN[CS]E|COPYING)", str(file))]
    words = "\n\n".join(file.read_text(encoding="utf-8") for file in files)
    return Notice(f"{name} {one.version}", licence, str(said.get("summary") or ""), words)


def _text(file: str) -> str:
    return (RESOURCES / file).read_text(encoding="utf-8") if file else ""


def _version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return "?"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
