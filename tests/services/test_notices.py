"""What comes with the program is named with its version and its licence."""

import configparser
import re
from importlib.metadata import version

from app.paths import RESOURCES
from app.services.notices import PACKAGES, licences_page, notices, versions

SETUP = configparser.ConfigParser()
SETUP.read(RESOURCES.parent / "setup.cfg", encoding="utf-8")


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_the_program_asks_for_has_a_notice():
    asked = {plain(re.match(r"[\w.-]+", line)[0]) for line in SETUP["options"]["install_requires"].split() if line}
    assert {plain(name) for name in PACKAGES} == asked
    named = {plain(one.name.rsplit(" ", 1)[0]) for one in notices()}
    assert asked <= named
    assert {"pydantic-core", "shiboken6", "pillow"} <= named  # what those need in turn


def test_every_part_says_its_version_its_licence_and_the_words_of_it():
    for one in notices():
        assert re.search(r"\d", one.name), one
        assert one.licence, one
        assert one.purpose, one
        assert one.words or one.licence.startswith(("LGPL", "public domain")), one


def test_qt_is_used_under_the_lgpl_and_its_words_are_here():
    page = licences_page()
    assert "| LGPL-3.0-only |" in page
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in page
    assert "Version 3, 29 June 2007" in page
    assert f"PySide6_Essentials {version('PySide6-Essentials')}" in page


def test_every_icon_and_face_that_is_shipped_has_its_licence_beside_it():
    for folder in ("icons", "fonts"):
        words = (RESOURCES / folder / "LICENSE.txt").read_text(encoding="utf-8")
        assert words in licences_page().replace("    ", "") or words.splitlines()[0] in licences_page()


def test_versions_that_matter_are_on_one_line():
    assert re.fullmatch(r"ALKPath \S+ · Python \S+ · Qt \S+ · SQLAlchemy \S+ · SQLite \S+", versions())
