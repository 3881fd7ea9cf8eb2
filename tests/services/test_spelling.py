"""Spelling where there is a dictionary, and silence where there is none."""

import sys
import unicodedata
from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Literal, get_args, get_origin

import pytest

from app.record import codes
from app.record.patient import GeneralPractitioner
from app.record.reading import NotPossible
from app.services import spelling
from app.services.clinic import Clinic
from app.services.patients import Patients
from app.services.protocols import Protocols
from app.services.spelling import OwnWords, Spelling, names_in, spelling_at, suggestions
from app.words import words
from builders import a_patient, a_record
from db.store import Store

KNOWN = {"en_US": {"thank", "you", "for", "referring", "don't"}, "fr": {"merci", "hôpital"}}


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


@pytest.fixture
def real():
    """The real library with the dictionaries of this machine; skipped where either is not installed."""
    spelling.dictionary_of.cache_clear()
    for language in ("en", "fr"):
        if spelling.dictionary_of(language) is None:
            pytest.skip("PyEnchant or a dictionary is not installed: .ci/system-packages.sh test says which")
    return Spelling(OwnWords())


def wrong(text, language="en", checker=None):
    return [one.word for one in (checker or Spelling(OwnWords())).misspelt(text, language)]


def test_words_that_are_in_no_dictionary_are_found_where_they_stand(library):
    checker = Spelling(OwnWords())
    assert list(checker.misspelt("Thank you, for refering.", "en")) == [(15, "refering")]
    assert suggestions("refering", "en") == ("referring",)
    assert list(checker.misspelt("Merci thank", "fr")) == [(6, "thank")]


@pytest.mark.parametrize("text", ["{patient.name} thank you", "ALK p.L1196M 5mg", "I don't", "I don’t", "Жанна 王小明",
                                  "thank@example.org www.example.org", ""])  # fmt: skip
def test_placeholders_addresses_abbreviations_figures_and_other_scripts_are_passed_over(library, text):
    assert wrong(text) == []


def test_a_word_typed_with_loose_accents_is_the_word(library):
    text = unicodedata.normalize("NFD", "Merci hôpital hôpitl")
    ((start, word),) = Spelling(OwnWords()).misspelt(text, "fr")
    assert text[start:] == word == unicodedata.normalize("NFD", "hôpitl")


def test_drugs_and_words_of_the_field_are_right_in_both_languages_with_what_hangs_on_them(library):
    assert wrong("crizotinib crizotinib's Crizotinib oligometastatic rebiopsy") == []
    assert wrong("l’alectinib d'alectinib qu’oligométastatique", "fr") == []
    assert wrong("l’alectinab", "fr") == ["l’alectinab"]


def test_the_names_that_go_with_a_letter_are_right(library):
    checker = Spelling(OwnWords())
    checker.names = names_in(a_patient(gp=GeneralPractitioner(name="Dr Łőg", address=("Bahnhofplatz 1",))))
    assert wrong("Thank you Łőg, Bahnhofplatz: Example’s ada", "en", checker) == []
    assert wrong("Keller", "en", checker) == ["Keller"]


def test_a_word_that_is_added_is_right_from_then_on_also_in_the_next_window(library, tmp_path):
    file = tmp_path / "words.txt"
    first, second = OwnWords(file), OwnWords(file)
    assert wrong("Zürich", "en", Spelling(first)) == ["Zürich"]
    first.add("Zürich")
    second.add("referer")
    assert file.read_text(encoding="utf-8") == "referer\nZürich\n"
    assert wrong("zürich referer Zürich’s", "en", Spelling(OwnWords(file))) == []
    assert wrong("Zürich", "fr", Spelling(OwnWords(file))) == []


def test_a_list_of_words_from_an_editor_that_marks_its_files_is_read_whole(tmp_path):
    file = tmp_path / "words.txt"
    file.write_bytes("Zürich\r\n".encode("utf-8-sig"))
    assert "Zürich" in OwnWords(file)


@pytest.mark.parametrize("word", ["Keller", "keller", "Keller’s", "Keller's", "d’Keller", "Čáp"])
def test_a_name_is_known_with_what_hangs_on_it_and_however_many_have_a_like_one(tmp_path, monkeypatch, word):
    monkeypatch.setattr("app.services.spelling.AT_ONCE", 1)
    store = Store(tmp_path / "clinic.sqlite")
    for number, name in enumerate(("Aakellerman", "Keller", "Čáp")):
        store.save(a_record(patient=a_patient(mrn=f"A-{number}", family_name=name)), None, by="")
    desk = SimpleNamespace(patients=Patients(store, lambda: date(2014, 11, 5)), clinic=Clinic(tmp_path))
    own = spelling_at(desk).own
    with pytest.raises(NotPossible, match="is the name of a patient"):
        own.add(word)
    own.add("Kell")
    own.add("d’osimertinib")
    assert (tmp_path / "words.txt").read_text(encoding="utf-8") == "d’osimertinib\nKell\n"
    store.close()


def test_the_name_of_a_patient_is_not_kept(library, tmp_path):
    own = OwnWords(tmp_path / "words.txt", lambda word: word == "Keller")
    with pytest.raises(NotPossible, match="“Keller” is the name of a patient"):
        own.add("Keller")
    assert list(tmp_path.iterdir()) == []


def test_a_list_of_words_that_cannot_be_read_or_written_is_said_and_does_no_harm(library, tmp_path):
    file = tmp_path / "words.txt"
    file.write_bytes("hôpital\n".encode("cp1252"))
    own = OwnWords(file)
    assert "anything" not in own
    with pytest.raises(NotPossible, match=r"words.txt cannot be read: it is not text in UTF-8\."):
        own.add("Zürich")
    assert file.read_bytes() == "hôpital\n".encode("cp1252"), "nothing that was added before is lost"
    with pytest.raises(NotPossible, match="cannot be written"):
        OwnWords(tmp_path / "missing" / "words.txt").add("Zürich")


def test_without_the_library_or_a_dictionary_nothing_is_said(library, monkeypatch):
    assert wrong("asdf", "de") == []
    spelling.dictionary_of.cache_clear()
    monkeypatch.setitem(sys.modules, "enchant", None)
    assert wrong("asdf") == []
    assert suggestions("asdf", "en") == ()


def test_the_real_library_finds_what_is_misspelt_in_english_and_french(real):
    text = "Thank you for refering Mrs Keller, whose tumour has progresed on crizotinib. I’d don’t agree: it’s colour."
    assert wrong(text, "en", real) == ["refering", "progresed"]
    assert suggestions("refering", "en")[0] == "referring"
    text = (
        "Merci de m’avoir adréssé cette patiente ; l’état de l’hôpital, aujourd’hui : n’est-ce pas peut-être un œdème ?"
    )
    assert wrong(text, "fr", real) == ["adréssé"]
    assert "adressé" in suggestions("adréssé", "fr")
    assert wrong("progression", "fr", real) == wrong("progression", "en", real) == []


def test_no_drug_of_a_protocol_and_no_code_of_the_record_is_wrong_for_the_real_library(real):
    coded = [code for one in vars(codes).values() if get_origin(one) is Literal for code in get_args(one)]
    said = {*Protocols().open().drugs, *codes.KNOWN_DRUGS, *map(codes.label, coded)}
    assert len(said) > 100
    for language in ("en", "fr"):
        texts = [words(language).gettext(one) for one in said]
        assert {one: found for one in texts if (found := wrong(one, language, real))} == {}


def test_the_real_library_is_as_fast_as_a_hand(real):
    from time import perf_counter

    text = "The patient was seen in clinic and tolerates the treatment without progresion. " * 40
    began = perf_counter()
    assert wrong(text, "en", real) == ["progresion"] * 40
    assert perf_counter() - began < 0.5, "five hundred words, though one line is looked at for each key"


@pytest.mark.skipif(not Path("/usr/share/hunspell/en_GB.dic").exists(), reason="no dictionary is installed here")
def test_a_dictionary_that_is_installed_is_found_so_that_nothing_above_is_skipped():
    spelling.dictionary_of.cache_clear()
    assert import_module("enchant").dict_exists("en_GB")
    assert spelling.dictionary_of("en") is not None
