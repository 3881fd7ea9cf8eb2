"""Spelling where there is a dictionary, and silence where there is none."""

import sys
from types import SimpleNamespace

import pytest

from app.services import spelling

KNOWN = {"en_US": {"thank", "you", "for", "referring", "don't"}, "fr": {"merci"}}


class Words:
    """A dictionary of a few words, as the library gives one."""

    def __init__(self, name):
        self._known = KNOWN[name]

    def check(self, word):
        return word.casefold() in self._known

    def suggest(self, word):
        return [one for one in sorted(self._known) if one[0] == word[0].casefold()]


@pytest.fixture
def library(monkeypatch):
    """The library with the dictionaries above; what a test before had found is forgotten."""
    spelling.dictionary_of.cache_clear()
    monkeypatch.setitem(sys.modules, "enchant", SimpleNamespace(dict_exists=KNOWN.__contains__, Dict=Words))
    yield
    spelling.dictionary_of.cache_clear()


def test_words_that_are_in_no_dictionary_are_found_where_they_stand(library):
    assert list(spelling.misspelt("Thank you, for refering.", "en")) == [(15, "refering")]
    assert spelling.suggestion("refering", "en") == "referring"
    assert list(spelling.misspelt("Merci thank", "fr")) == [(6, "thank")]


@pytest.mark.parametrize("text", ["{patient.name} thank you", "ALK p.L1196M 5mg", "I don't", ""])
def test_placeholders_abbreviations_and_figures_are_passed_over(library, text):
    assert list(spelling.misspelt(text, "en")) == []


def test_without_the_library_or_a_dictionary_nothing_is_said(library, monkeypatch):
    assert list(spelling.misspelt("asdf", "de")) == []
    spelling.dictionary_of.cache_clear()
    monkeypatch.setitem(sys.modules, "enchant", None)
    assert list(spelling.misspelt("asdf", "en")) == []
    assert spelling.suggestion("asdf", "en") == ""
