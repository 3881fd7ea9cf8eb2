"""The letter to the patient can be read by a child of twelve, tells nobody what to do, and always says whom to call."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from letters.conftest import DAYS, Desk
from letters.plain_cases import DAY, cases, letter_to, letters, texts_of
from random_courses import courses
from readability import measure, sentences_of, words_of
from record_strategies import records

from app.letters.content import Letterhead
from app.letters.plain_words import whom_to_call
from app.record.patient import Team
from app.record.reading import NotPossible
from app.words import speaking
from builders import a_diagnosis, a_line, a_patient, a_record

LANGUAGES = ("en", "fr")
HARDEST_GRADE = 6.0  # of Flesch and Kincaid: the school year of those who are 11 to 12
EASE = 80.0  # of Kandel and Moles: "easy", what is read at that same age
LONGEST = 20  # words to a sentence
LONGEST_MEAN = 12.0
# Words that are not counted against the letter, and why.
KNOWN = {
    "the patient's own medicines, as they stand on the box": (
        "crizotinib ceritinib alectinib brigatinib lorlatinib ensartinib pemetrexed cisplatin carboplatin bevacizumab"
        " docetaxel"
    ),
    "the kind of cancer, said in the same sentence to be what doctors call it": (
        "adenocarcinoma adenosquamous carcinoma squamous adénocarcinome adénosquameux carcinome épidermoïde"
    ),
    "the names of people, and of where they write to": "keller lee nurse dr example org clinic",
}  # fmt: skip
KNOWN_WORDS = frozenset(word for words in KNOWN.values() for word in words.split())
# What stands in a letter only together with words that explain it.
EXPLAINED = {
    "en": {
        r"genes?\b": "Genes are like building plans for our cells.",
        r"ALK": "a gene called ALK",
        r"ECG": "a drawing of the heartbeat",
        r"MRI": "pictures made with a magnet",
        r"ultrasound": "pictures made with sound",
        r"hormones": "the body’s own signals",
        r"radiotherapy": "a treatment with rays",
        r"lymph": "small glands",
        r"adrenal": "a small gland above the kidney",
    },
    "fr": {
        r"gènes?\b": "Les gènes sont comme les plans de nos cellules.",
        r"ALK": "d’un gène appelé ALK",
        r"ECG": "un tracé des battements du cœur",
        r"IRM": "des images faites avec un aimant",
        r"échographie": "des images faites avec des sons",
        r"hormones": "les signaux du corps",
        r"radiothérapie": "un traitement par des rayons",
        r"ganglions": "de petites glandes",
        r"surrénale": "une petite glande au-dessus du rein",
    },
}
# What only professionals read easily, whatever is said beside it.
NEVER = {
    "en": (
        r"metasta|progress|lesion|recist|inhibit|palliat|adjuvan|biops|histolog|\bstag|toxic|adverse|baseline|nadir|"
        r"pleura|pericard|mening|bilirub|hepat|\brenal|cardi|thorac|oncolog|prognos|respon|systemic|therapy line|"
        r"stereotact|ablat|echocard|ophthalm|mutat|fusion|rearrang|protocol|guideline|rule\b|overdue|dose reduc"
    ),
    "fr": (
        r"métasta|progress|lésion|recist|inhibit|palliat|adjuvan|biops|histolog|\bstade|toxic|indésirable|nadir|"
        r"plèvre|pleur|péricard|méning|bilirub|hépat|\brénal|cardi|thorac|oncolog|pronost|répons[^e]|systémi|"
        r"stéréotax|ablation|ophtalm|mutation|fusion|réarrang|protocole|règle|retard|imagerie"
    ),
}
# Orders about a treatment, and every "you must".
ORDERS = {
    "en": (
        r"\byou (?:must|should|shall|ought|have to|need to|are to|may not)\b|\bmake sure\b|"
        r"(?:^|[.!?:] )(?:please )?(?:do not|don’t|take|stop|start|begin|continue|keep|reduce|increase|double|halve|"
        r"skip|avoid|change|switch|swallow|drink|eat|wait|restart|pause|resume|never|always)\b"
    ),
    "fr": (
        r"\bvous (?:devez|devriez|avez à|êtes tenu)|\bil (?:vous )?faut|\bveillez\b|"
        r"(?:^|[.!?:] )(?:veuillez )?(?:n[e’] ?\w+ez|prenez|arrêtez|commencez|continuez|gardez|réduisez|augmentez|"
        r"doublez|sautez|évitez|changez|avalez|buvez|mangez|attendez|reprenez|suspendez|jamais|toujours)\b"
    ),
}
NEXT = {"en": "What happens next", "fr": "La suite"}


def is_easy(measured, language):
    return measured.grade <= HARDEST_GRADE if language == "en" else measured.ease >= EASE


def faults_of(content, language):
    """Return everything that makes a letter hard, or an order."""
    texts = [text.replace("\u00a0", " ") for text in texts_of(content)]
    said = " ".join(texts)
    unquoted = re.sub(r"[“«][^”»]*[”»]", "", said)
    measured = measure(texts, language, known=KNOWN_WORDS)
    found = [] if is_easy(measured, language) else [f"grade {measured.grade:.1f}, ease {measured.ease:.1f}"]
    found += [one for one in sentences_of(texts) if len(words_of(one)) > LONGEST]
    if measured.words_to_the_sentence > LONGEST_MEAN:
        found.append(f"{measured.words_to_the_sentence:.1f} words to the sentence")
    found += re.findall(NEVER[language], unquoted.casefold())
    found += [one for one, words in EXPLAINED[language].items() if re.search(one, said) and words not in said]
    found += [word for word in re.findall(r"\w*[A-Z]\w*[A-Z]\w*", unquoted) if word not in ("ALK", "ECG", "MRI", "IRM")]
    found += [one.group() for one in re.finditer(ORDERS[language], said, re.IGNORECASE)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_easy_short_explained_and_no_order(language):
    faults = {name: found for name, content in letters(language) if (found := faults_of(content, language))}
    assert faults == {}


def test_the_letters_are_of_every_step_every_alert_and_every_check():
    from app.letters.plain_names import CHECKS
    from app.paths import RESOURCES
    from app.pathway.protocol_reading import load_protocol

    desk, protocol = Desk(), load_protocol(RESOURCES / "protocols" / "duchemann-2015")
    advice = [desk.letters._advising.advise(record, day) for _name, record, day in cases()]
    steps = {one.action for each in advice for one in each.options}
    alerts = {(one.action, one.rule) for each in advice for one in each.alerts}
    rows = [row for table in protocol.tables.values() for row in table.rows]
    assert steps >= {one.action for row in rows for one in row.advise if row.severity is None} - {"none_deceased"}
    assert alerts >= {(one.action, row.rule) for row in rows for one in row.advise if row.severity is not None}
    assert {one.what for each in advice for one in each.due} == set(CHECKS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", DAYS)
def test_our_own_letter_to_professionals_is_too_hard_by_the_same_measure(language, number):
    desk = Desk()
    with speaking(language):
        content = desk.letters.content(desk.demo(number), date.fromisoformat(DAYS[number]), language=language)
    step = content.next_step
    texts = [*content.summary, *(one.text for one in step.alerts), *step.missing]
    texts += [text for one in step.options for text in (one.text, *one.reasons)]
    assert not is_easy(measure(texts, language, known=KNOWN_WORDS), language)
    assert re.search(NEVER[language], " ".join(texts).casefold())


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "Please take it in the morning."), ("en", "You must not stop."), ("en", "Do not change the dose."),
        ("fr", "Prenez-le le matin."), ("fr", "Vous devez arrêter."), ("fr", "N’arrêtez pas ce médicament."),
    ],
)  # fmt: skip
def test_an_order_is_noticed(language, order):
    assert re.search(ORDERS[language], f"Well. {order}", re.IGNORECASE)


@cache
def the_desk():
    return Desk()


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record=courses())
def test_any_course_has_an_easy_letter(language, record):
    alive = replace(record, patient=replace(record.patient, deceased_on=None))
    assert faults_of(letter_to(the_desk(), alive, DAY, language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record=records())
def test_whatever_is_recorded_the_letter_says_what_comes_and_whom_to_call(language, record):
    alive = replace(record, patient=replace(record.patient, deceased_on=None))
    content = letter_to(the_desk(), alive, DAY, language)
    assert NEXT[language] in [one.heading for one in content.plain]
    assert content.whom_to_call.call.endswith("+00 000 000 000")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_says_what_happens_next_and_has_the_clinics_number(language):
    for name, content in letters(language):
        assert [one.heading for one in content.plain].count(NEXT[language]) == 1, name
        assert content.whom_to_call.call.endswith("+00 000 000 000"), name


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This letter has no phone number of ours: please ask for it at the desk of the clinic."),
        ("fr", "Cette lettre n’a pas notre numéro de téléphone : vous pouvez le demander à l’accueil."),
    ],
)  # fmt: skip
def test_a_clinic_without_a_number_says_how_it_is_found(language, words):
    record = a_record(patient=a_patient(team=Team(nurse="Nurse Lee")))
    with speaking(language):
        said = whom_to_call(record, Letterhead(name="Example Hospital"))
    text = " ".join(said.sentences).replace("\u00a0", " ")
    assert text.startswith(words)
    assert "Nurse Lee" in text
    assert said.call == ""
    assert "@" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_to_call_is_on_the_first_page_of_every_letter(desk, language):
    for name, record, day in cases()[::6]:
        pages = desk.pages(record, day.isoformat(), kind="patient", language=language)
        assert "+00 000 000 000" in pages[0].split(NEXT[language])[0].rpartition(desk_name(record))[2], name
        assert len(pages) <= 2, name


def desk_name(record):
    return f"{record.patient.given_name or ''} {record.patient.family_name}".strip() + ","


def test_the_last_medicine_is_the_one_that_was_stopped_last_whichever_was_entered_last(desk):
    second = a_line("ceritinib", id="line2", start="2014-06-01", stop="2014-10-01", stop_reason="progression")
    first = a_line("crizotinib", id="line1", start="2013-06-01", stop="2014-05-01", stop_reason="toxicity")
    letter = letter_to(desk, a_record(second, first, diagnosis=a_diagnosis()), DAY, "en")
    said = " ".join(texts_of(letter)).replace("\u00a0", " ")
    assert "Your last medicine against the cancer was ceritinib." in said
    assert "This treatment was stopped on 1 October 2014 because the cancer had grown." in said


@pytest.mark.parametrize("day", [date(2014, 5, 1), date(2014, 6, 1), DAY])
@pytest.mark.parametrize("died", ["2014-06-01", "2014", "2014-12"])
def test_nothing_is_written_to_the_dead_whatever_day_is_asked(desk, day, died):
    record = a_record(patient=a_patient(deceased_on=died), diagnosis=a_diagnosis())
    with pytest.raises(NotPossible, match="has died: nothing is written to them any more"):
        desk.letters.compose(record, day, kind="patient")
    assert desk.letters.compose(record, day, kind="clinic").startswith(b"%PDF")
