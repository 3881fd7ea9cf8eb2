"""The measure of readability is what it says: syllables as in a dictionary, sentences as a reader counts them."""

import pytest
from readability import Measured, english_syllables, french_syllables, measure, sentences_of

DICTIONARY = {
    "en": {
        "you": 1, "were": 1, "found": 1, "lung": 1, "plain": 1, "words": 1, "scan": 1, "grown": 1, "stopped": 1,
        "called": 1, "place": 1, "change": 1, "looked": 1, "cells": 1, "blood": 1, "heart": 1, "eyes": 1, "their": 1,
        "cancer": 2, "treatment": 2, "letter": 2, "doctors": 2, "also": 2, "building": 2, "against": 2, "began": 2,
        "results": 2, "closer": 2, "kidney": 2, "little": 2, "waiting": 2, "needed": 2, "changes": 2, "doses": 2,
        "medicine": 3, "medicines": 3, "together": 3, "another": 3, "appointment": 3, "September": 3, "ultrasound": 3,
        "operation": 4, "emergency": 4, "adenocarcinoma": 7, "radiotherapy": 6, "being": 2, "radiation": 4,
        "progression": 3, "unequivocal": 5, "bilirubin": 4, "inhibitor": 4, "monitoring": 4, "is": 1, "the": 1,
    },
    "fr": {
        "vous": 1, "dit": 1, "mots": 1, "que": 1, "cette": 1, "fois": 1, "jour": 1, "foie": 1, "votre": 1, "sang": 1,
        "cœur": 1, "prise": 1, "lettre": 1, "gène": 1, "être": 1, "simples": 1, "cancer": 2, "poumon": 2, "maladie": 3,
        "équipe": 2, "cellules": 2, "médecins": 3, "trouvé": 2, "traitement": 3, "médicament": 4, "appeler": 3,
        "opération": 4, "contrôle": 2, "résultat": 3, "créer": 2, "adénocarcinome": 6, "radiothérapie": 5,
        "rendez-vous": 3, "inquiète": 2, "d’alectinib": 4, "aujourd’hui": 3, "les": 1, "lymphocytes": 3, "hépatite": 3,
    },
}  # fmt: skip
COUNT = {"en": english_syllables, "fr": french_syllables}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_syllables_are_those_of_a_dictionary_but_for_one_word_in_twenty(language):
    wrong = {
        word: COUNT[language](word) for word, said in DICTIONARY[language].items() if COUNT[language](word) != said
    }
    assert len(wrong) <= len(DICTIONARY[language]) / 20, wrong
    counted = sum(map(COUNT[language], DICTIONARY[language]))
    assert counted == pytest.approx(sum(DICTIONARY[language].values()), rel=0.03)


def test_a_sentence_ends_where_a_reader_ends_it():
    text = "Phone: +00 000. Is it 2.5 mg? Doctors say “so”. We wait for: a test"
    assert len(sentences_of([text, "one item", "another item"])) == 6


def test_the_measures_are_the_published_ones():
    # "The cat sat on the mat." is -1.45 in every account of the formula: 6 words, 6 syllables.
    assert measure(["The cat sat on the mat."], "en").grade == pytest.approx(-1.45)
    assert Measured(1, 10, 10, 1.5).ease == pytest.approx(207 - 10.15 - 110.4)


def test_a_word_that_is_known_makes_a_sentence_longer_and_no_harder():
    with_it = measure(["You have crizotinib now."], "en", known={"crizotinib"})
    assert (with_it.words, with_it.syllables_to_the_word) == (4, 1)
