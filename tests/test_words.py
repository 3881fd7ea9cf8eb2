"""The language of a session: whose word counts, and what else may be spoken meanwhile."""

import json
import re
from pathlib import Path
from threading import Thread

import pytest

from app import words


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "user_folder", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "frp_IT"}, "en"),  # Franco-Provençal is another language
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_BE.UTF-8"}, "fr"),
        ({"LC_MESSAGES": "fr_BE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "ALKPATH_LANGUAGE": "en"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "ALKPATH_LANGUAGE": "klingon"}, "fr"),
    ],
)
def test_the_language_is_the_systems_where_nothing_else_is_asked(environment, language):
    assert words.chosen(environment) == language


def test_what_the_user_chose_counts_before_the_system(own_folder):
    (own_folder / "window.json").write_text(json.dumps({"theme": "dark", "language": "fr"}))
    assert words.chosen({"LANG": "en_GB.UTF-8"}) == "fr"
    assert words.chosen({"LANG": "en_GB.UTF-8", "ALKPATH_LANGUAGE": "en"}) == "en"


@pytest.mark.parametrize("kept", ["", "[]", '{"language": "de"}', '{"language": null}', '{"theme": "dark"}', "\0"])
def test_a_choice_that_cannot_be_read_is_none(own_folder, kept):
    (own_folder / "window.json").write_text(kept)
    assert words.chosen({"LANG": "fr_FR.UTF-8"}) == "fr"


def test_another_language_is_spoken_only_within_its_block_and_thread():
    heard = {}
    with words.speaking("fr"):
        here = (words.language(), words._("May"))
        listener = Thread(target=lambda: heard.update(there=(words.language(), words._("May"))))
        listener.start()
        listener.join()
    assert here == ("fr", "mai")
    assert heard["there"] == ("en", "May")
    assert (words.language(), words._("May")) == ("en", "May")


def test_nothing_said_stays_nothing():
    with words.speaking("fr"):
        assert words._("") == ""  # gettext would give the catalogue's own head


def test_the_form_goes_with_the_count_as_each_language_has_it():
    one, several = "{count} earlier line is in the clinic letter", "{count} earlier lines are in the clinic letter"

    def said(count):
        return words.many(one, several, count).format(count=count)

    assert [said(count)[:15] for count in (0, 1, 2)] == ["0 earlier lines", "1 earlier line ", "2 earlier lines"]
    with words.speaking("fr"):
        assert [said(count)[:10] for count in (0, 1, 2)] == ["0 ligne an", "1 ligne an", "2 lignes a"]


def test_the_stretch_says_everything_twice_and_fills_the_same_places():
    with words.speaking(words.STRETCH):
        assert words._("&Open {name}").format(name="Ana") == "&Open Ana Open Ana"
        assert words.language() == "en"


def test_a_colon_has_its_space_before_it_in_french_and_the_line_never_breaks_there():
    assert words.labelled("Grade", "3") == "Grade: 3"
    with words.speaking("fr"):
        assert words.labelled("Grade", "3") == "Grade\u00a0: 3"


GLUED = re.compile(r"""f"[^"{]*\{[^"]*\}: (?=[^"]*\{)""")
# What no person reads in a sentence: places in files, code that is written, a protocol's faults; letters are apart.
NOT_SPOKEN = (
    "app/letters/", "app/pathway/", "app/commands/", "app/record/", "app/services/bug_log.py", "app/services/clinic.py",
    "app/services/letter_codes.py", "app/ui/panels/letterhead_dialog.py",
)  # fmt: skip


def test_no_text_of_the_window_glues_a_colon_to_what_it_is_about():
    root = Path(__file__).parents[1]
    paths = [one for one in (root / "app").rglob("*.py") if not str(one.relative_to(root)).startswith(NOT_SPOKEN)]
    glued = [f"{one.name}: {hit}" for one in paths for hit in GLUED.findall(one.read_text(encoding="utf-8"))]
    assert len(paths) > 100
    assert [one for one in glued if "link(" not in one and "style=" not in one] == []
