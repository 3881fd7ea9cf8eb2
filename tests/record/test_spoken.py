"""What is typed in any of our languages is in the record as rules know it."""

import pytest

from app.record.codes import KNOWN_ADVERSE_EVENTS, KNOWN_DRUGS, label
from app.record.spoken import meant, nearest, written
from app.words import LANGUAGES, words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*KNOWN_ADVERSE_EVENTS, *KNOWN_DRUGS])
def test_the_words_for_a_code_are_read_back_as_the_code(language, code):
    said = words(language).gettext(label(code))
    known = KNOWN_DRUGS if code in KNOWN_DRUGS else KNOWN_ADVERSE_EVENTS
    assert written(said, known) == written(said.upper(), known) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("  Pneumopathie  inflammatoire ", "pneumonitis"),
        ("qtc prolonged", "qtc_prolonged"),
        ("QTc_prolonged", "qtc_prolonged"),
        ("Torsade de Pointes", "torsade_de_pointes"),
    ],
)
def test_case_accents_and_spaces_do_not_matter(typed, code):
    assert written(typed, KNOWN_ADVERSE_EVENTS) == code


def test_any_other_text_stays_as_it_was_typed():
    assert written("Hiccups  (intractable)", KNOWN_ADVERSE_EVENTS) == "Hiccups  (intractable)"


def test_no_two_codes_share_their_words():
    for language in LANGUAGES:
        for known in (KNOWN_ADVERSE_EVENTS, KNOWN_DRUGS):
            assert len({words(language).gettext(label(code)) for code in known}) == len(known)


@pytest.mark.parametrize(
    ("typed", "drug"),
    [("criz", "crizotinib"), ("Alect", "alectinib"), ("pem", "pem"), ("pemb", "pembrolizumab"), ("asp3026", "asp3026")],
)
def test_the_first_letters_of_one_drug_alone_mean_it(typed, drug):
    assert meant(typed, KNOWN_DRUGS) == drug


@pytest.mark.parametrize(
    ("typed", "drug"), [("crizotinb", "crizotinib"), ("cerritinib", "ceritinib"), ("asp3026", ""), ("cri", "")]
)
def test_a_slip_of_the_keyboard_is_near_the_drug_that_was_meant(typed, drug):
    assert nearest(typed, KNOWN_DRUGS) == drug


@pytest.mark.parametrize(
    ("typed", "event"),
    [("fatige", "fatigue"), ("anemia", "anaemia"), ("torsade", "torsade_de_pointes"), ("hiccups", ""), ("rush", "")],
)
def test_an_event_is_near_what_was_meant_in_any_of_its_languages_or_by_its_first_word(typed, event):
    assert nearest(typed, KNOWN_ADVERSE_EVENTS) == event


def test_a_whole_first_word_is_not_taken_for_the_longer_name():
    assert meant("pleural", ("pleural effusion", "bone")) == "pleural"
    assert meant("pleura", ("pleural effusion", "bone")) == "pleural effusion"
    assert meant("pleura", ("pleural effusion", "pleura")) == "pleura"
