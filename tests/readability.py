"""How hard a text is to read: a published measure for each language, on sentences and words counted here.

English: the grade of Flesch and Kincaid (Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas
for Navy enlisted personnel, 1975): about the school year; the sixth is that of children of 11 to 12. French: the score
of Kandel and Moles (Application de l'indice de Flesch à la langue française, 1958): 100 is very easy. As on Flesch's
own scale 80 to 90 is easy, what is read at 11 to 12, and 60 to 70 plain language for adults. The programs that have
both bring a whole language kit with them, which loads its word lists from the network: syllables are counted here by
the spelling instead, and `tests/test_readability.py` compares them with those of a dictionary.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,/]*")
SENTENCE_END = re.compile(r"(?<=[.!?:])[”»\s]*\s+(?=[A-ZÀ-ÖÉÈ“«])")
FRENCH_VOWELS = "aàâäeéèêëiîïoôöuùûüyœæ"


@dataclass(frozen=True)
class Measured:
    """What was counted in a text; `longest` is the longest sentence, in words."""

    sentences: int
    words: int
    longest: int
    syllables_to_the_word: float

    @property
    def words_to_the_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def grade(self) -> float:
        """Flesch and Kincaid's, for English."""
        return 0.39 * self.words_to_the_sentence + 11.8 * self.syllables_to_the_word - 15.59

    @property
    def ease(self) -> float:
        """Kandel and Moles', for French."""
        return 207 - 1.015 * self.words_to_the_sentence - 73.6 * self.syllables_to_the_word


def sentences_of(texts: Sequence[str]) -> list[str]:
    """Return the sentences of paragraphs and items of lists, each of which ends one."""
    parts = (part for text in texts for part in SENTENCE_END.split(" ".join(text.split())))
    return [part for part in parts if WORD.search(part)]


def words_of(text: str) -> list[str]:
    """Return the words; a French article or pronoun before an apostrophe belongs to its word."""
    return WORD.findall(text)


def measure(texts: Sequence[str], language: str, *, known: Collection[str] = ()) -> Measured:
    """Measure paragraphs; `known` words and numbers make a sentence long, and their syllables are not counted."""
    sentences = [words_of(one) for one in sentences_of(texts)]
    words = [word for one in sentences for word in one]
    counted = [word for word in words if not word[0].isdigit() and word.casefold() not in known]
    count = {"en": english_syllables, "fr": french_syllables}[language]
    return Measured(
        sentences=len(sentences),
        words=len(words),
        longest=max(map(len, sentences)),
        syllables_to_the_word=sum(map(count, counted)) / len(counted),
    )


def english_syllables(word: str) -> int:
    """Return how many syllables an English word has, by its spelling."""
    word = re.sub(r"[’'-]", "", word.casefold())
    count = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$|[aeiouy]le$|[aeiouy][^aeiouy]+es$|[^aeiouydt]ed$", word):
        count -= 1
    if re.search(r"(?:[sxz]|[cs]h|[cg])es$", word):
        count += 1
    count += len(re.findall(r"i(?:a(?!l$|n$|ge)|o(?!n|us))|[^qg]u(?:a|o(?!u))|eo|ie(?=t|nc)|[aeo]ing", word))
    if re.search(r"[^aeiouy](?:sm|thm)$", word):
        count += 1
    return max(count, 1)


def french_syllables(word: str) -> int:
    """Return how many syllables a French word has, by its spelling; a mute e at the end is none."""
    word = re.sub(r"^(?:[cdjlmnst]|qu|jusqu)[’']", "", word.casefold())
    groups = re.findall(rf"[{FRENCH_VOWELS}]+", word)
    count = len(groups) + len(re.findall(r"[éï][aeioué]|[aeo]ï", word))
    if count > 1 and re.search(rf"(?:[^{FRENCH_VOWELS}]|[gq]u)es?$", word):
        count -= 1
    return max(count, 1)
