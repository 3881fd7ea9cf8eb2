"""Settled readings in combination: courses of several lines, unknown starts, partial dates, decisions and access."""

import pytest
from pathway.course_builders import (
    NEGATIVE,
    NO_SECOND_GENERATION,
    PLATINUM,
    POSITIVE,
    Case,
    asked,
    awaited,
    case,
    check,
    condition,
    course,
    decided,
    doublet,
    fish,
    ihc,
    line,
    local_treatment,
    measured,
    no_access,
    pd,
    read,
    seen,
    spell,
    trial,
    words,
)  # fmt: skip

ON = (POSITIVE, line("crizotinib"))
P7 = ("switch ceritinib", "switch alectinib")
S2, S3 = "switch platinum-pemetrexed", "switch platinum-pemetrexed-bevacizumab"
LOCAL, STAY = "continue_with_local_treatment crizotinib", "continue_with_surveillance crizotinib"
WIDE = pd(extent="widespread", symptomatic=True, tempo="rapid", tolerated=True)
BRAIN = pd(extent="oligometastatic", sites=["brain"], local=True, symptomatic=True, tempo="rapid", tolerated=True)


LONG = [
    case("alectinib failed first, then chemotherapy: crizotinib never given comes before ceritinib",
         course(POSITIVE, spell(1, "alectinib"), spell(2, *PLATINUM, open=True), WIDE), "switch crizotinib",
         "switch ceritinib", never="switch alectinib"),
    case("alectinib fails in first line: S2, then ceritinib", course(POSITIVE, spell(1, "alectinib", open=True), WIDE),
         S2, "switch ceritinib", "refer_to_trial"),
    case("brigatinib is a second-generation inhibitor: S2, then those never given",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, "brigatinib", open=True), WIDE), S2, "switch ceritinib",
         never="switch brigatinib"),
    case("a doublet without pemetrexed does not count as S2's",
         course(POSITIVE, spell(1, "carboplatin", "paclitaxel"), spell(2, "crizotinib", open=True), WIDE,
                *NO_SECOND_GENERATION), S2, "refer_to_trial"),
    case("crizotinib stopped for toxicity is not what H9 rechallenges",
         course(POSITIVE, spell(1, "crizotinib", why="toxicity"), spell(2, *PLATINUM), spell(3, "ceritinib", open=True),
                WIDE, no_access("alectinib")), "refer_to_trial", "refer_to_board", never="rechallenge"),
    case("of two that failed before, the one stopped longest ago",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, "alectinib"), spell(3, *PLATINUM),
                spell(4, "ceritinib", open=True), WIDE), "refer_to_trial", "rechallenge crizotinib", "refer_to_board",
         never=("rechallenge alectinib", "rechallenge ceritinib"), only=True),
    case("of two, the one not stopped for toxicity",
         course(POSITIVE, spell(1, "crizotinib", why="toxicity"), spell(2, "alectinib"), spell(3, *PLATINUM),
                spell(4, "ceritinib", open=True), WIDE), "refer_to_trial", "rechallenge alectinib", "refer_to_board"),
    case("a rechallenge that works goes on",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, *PLATINUM), spell(3, "crizotinib", open=True)),
         "continue crizotinib", only=True),
    case("a rechallenge that has failed is not the next one",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, "ceritinib"), spell(3, *PLATINUM),
                spell(4, "crizotinib", open=True), WIDE, no_access("alectinib")), "refer_to_trial",
         "rechallenge ceritinib", "refer_to_board", never="rechallenge crizotinib"),
    case("after a failed rechallenge one never given comes first",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, "ceritinib"), spell(3, *PLATINUM),
                spell(4, "crizotinib", open=True), WIDE), "switch alectinib", never=S2),
    case("P4 with nothing left: local treatment, never H9",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, *PLATINUM), spell(3, "ceritinib", open=True), BRAIN,
                no_access("alectinib")), "continue_with_local_treatment ceritinib",
         never=("refer_to_board", "rechallenge", S2)),
    case("an answered progression with nothing left: surveillance, never H9",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, *PLATINUM), spell(3, "ceritinib", open=True), BRAIN,
                no_access("alectinib"), local_treatment()), "continue_with_surveillance ceritinib",
         never=("refer_to_board", "rechallenge", S2)),
    case("extent unknown with nothing left is still asked for",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, *PLATINUM), spell(3, "ceritinib", open=True), pd(),
                no_access("alectinib")), "complete_record", missing="progression_extent"),
    case("crizotinib not available while chemotherapy runs: no switch to it",
         course(POSITIVE, doublet(), no_access("crizotinib")), "continue platinum-pemetrexed",
         never="switch crizotinib"),
    case("chemotherapy ended without PD and crizotinib not available: one never given",
         course(POSITIVE, spell(1, *PLATINUM, why="completed"), no_access("crizotinib")), "switch ceritinib",
         never=("switch crizotinib", "start crizotinib")),
    case("chemotherapy that ended without a reason: crizotinib",
         course(POSITIVE, line(*PLATINUM, stop="2014-09-01")), "start crizotinib", never="complete_record"),
    case("PD on chemotherapy and no inhibitor can be had: trial, then the board",
         course(POSITIVE, doublet(), WIDE, no_access("crizotinib"), *NO_SECOND_GENERATION), "refer_to_trial",
         "refer_to_board", only=True, rules="H9"),
    case("an answered progression whose line then ended for it: P7's drugs",
         course(POSITIVE, line("crizotinib", stop="2014-10-31", why="progression"), BRAIN, local_treatment()), *P7,
         stage="further_line", never=STAY),
]  # fmt: skip

KNOWN = [
    case("the unknown start of a line that has ended is not asked for",
         course(POSITIVE, doublet(start=None, stop="2014-04-01", why="completed"),
                line("crizotinib", id="l2", start="2014-04-10")), "continue crizotinib", never="complete_record"),
    case("the unknown start of chemotherapy that runs: complete_record, continue second",
         course(POSITIVE, doublet(start=None)), "complete_record", "continue platinum-pemetrexed", rules="H4"),
    case("starts unknown: the order of the list counts",
         course(POSITIVE, line("crizotinib", start=None, stop="2014-04-01", why="progression"),
                doublet(id="l2", start=None, stop="2014-08-01", why="progression"), *NO_SECOND_GENERATION),
         "rechallenge crizotinib", "refer_to_trial", "refer_to_board"),
    case("two lines open whose starts are unknown contradict each other",
         course(POSITIVE, line("crizotinib", start=None), doublet(id="l2", start=None)), "resolve_contradiction"),
    case("a progression of a month is seen from the first of it", course(*ON, pd("2014-10", extent="widespread",
         symptomatic=True)), *P7, on="2014-10-10"),
    case("a progression of a month that is to come is not seen", course(*ON, pd("2014-11", extent="widespread")),
         "continue crizotinib", on="2014-10-31"),
    case("a start known by its year alone", course(POSITIVE, line("crizotinib", start="2014"), WIDE), *P7),
    case("deceased in a month known only as such", course(*ON, died="2014-10"), "none_deceased", only=True),
    case("growth measured before any treatment is no reported response",
         course(POSITIVE, measured(20, "2014-01-16", "a1"), measured(30, "2014-01-30", "a2")), "start crizotinib",
         never="resolve_contradiction"),
    case("reported SD and computed PR differ", course(*ON, measured(20, "2014-01-30", "a1", baseline=True),
         measured(10, "2014-10-20", "a2", reported="SD")), "continue crizotinib", alerts="review_discordance"),
    case("a chemotherapy that ended while nothing is tested: testing goes on",
         course(spell(1, *PLATINUM, why="completed")), "request_alk_ihc", "request_alk_fish"),
    case("a later FISH negative and an IHC positive are discordant", course(NEGATIVE, ihc("positive", on="2014-03-01")),
         "review_discordance", alk="discordant"),
    case("an equivocal FISH that a later full one made positive", course(fish(read(10)), fish(read(30), id="t2",
         on="2014-03-01")), "start crizotinib", alk="positive"),
    case("a trial that is entered after the day asked is not seen",
         course(*ON, WIDE, ("trials", {"date": "2014-11-02", "name": "T", "open": True})), *P7, only=True),
    case("the FISH that is awaited and the one that is equivocal: the count first",
         course(fish(read(10)), awaited("fish")), "recount_fish_second_reader", alk="pending"),
]  # fmt: skip

DECISIONS = [
    case("a local treatment prompted by an older progression does not answer a newer one",
         course(*ON, pd("2014-08-01", "a2", extent="oligometastatic", sites=["brain"], local=True), BRAIN,
                local_treatment("2014-10-30", "a2")), LOCAL, stage="progression"),
    case("an accepted decision to continue answers", course(*ON, BRAIN, decided("continue", "crizotinib")), STAY,
         rules="H14"),
    case("an accepted trial stands first where the row lists it",
         course(*ON, WIDE, trial(), decided("refer_to_trial")), "refer_to_trial", *P7),
    case("an accepted drug after a failed second-generation inhibitor stands first",
         course(POSITIVE, spell(1, "crizotinib"), spell(2, "ceritinib", open=True), WIDE,
                decided("switch", "alectinib")), "switch alectinib", S2),
    case("what is for the prescriber alone is never preferred, accepted or not",
         course(*ON, WIDE, *NO_SECOND_GENERATION, decided("switch", "platinum-pemetrexed-bevacizumab")), S2, S3),
    case("the later of two decisions counts: a switch after a decision to continue",
         course(*ON, BRAIN, decided("continue_with_surveillance", "crizotinib", on="2014-10-29"),
                decided("switch", "alectinib", on="2014-10-31")), "switch alectinib", LOCAL, stage="progression"),
    case("the later of two decisions counts: to continue after a switch",
         course(*ON, BRAIN, decided("switch", "alectinib", on="2014-10-29"),
                decided("continue_with_surveillance", "crizotinib", on="2014-10-31")), STAY, *P7, rules="H14"),
    case("a declined switch changes nothing",
         course(*ON, BRAIN, decided("switch", "alectinib", verdict="declined")), LOCAL, *P7),
    case("a decision after the day asked is not seen",
         course(*ON, BRAIN, decided("continue_with_surveillance", "crizotinib", on="2014-11-02")), LOCAL),
    case("an accepted switch to an earlier progression is not first at a new one",
         course(*ON, pd("2014-08-01", "a2", extent="oligometastatic", sites=["brain"], local=True), BRAIN,
                decided("switch", "alectinib", on="2014-08-05")), LOCAL, *P7),
    case("an accepted switch is no longer first once a stable assessment has followed",
         course(*ON, BRAIN, decided("switch", "alectinib", on="2014-10-29"), seen("SD", "2014-10-31", "a4")),
         "continue crizotinib", only=True),
]  # fmt: skip


@pytest.mark.parametrize("one", [*LONG, *KNOWN, *DECISIONS])
def test_combinations(one: Case) -> None:
    check(one)


FLAGS = [
    ("T1 carries A1", course(), "A1"),
    ("a case at exactly 15.0 % is flagged", course(fish(read(7), read(8, reader="B"))), "A3"),
    ("an equivocal count carries A4", course(fish(read(10))), "A4"),
    ("IHC positive carries A8", course(ihc("positive")), "A8"),
    ("IHC negative with a marker carries A9", course(ihc("negative")), "A9"),
    ("crizotinib's dose carries A15", course(POSITIVE), "A15"),
    ("the echocardiogram carries A12", course(POSITIVE), "A12"),
    ("the ophthalmological examination carries A13", course(POSITIVE), "A13"),
    ("baseline liver tests carry A14", course(POSITIVE), "A14"),
    ("P7 carries A28", course(*ON, WIDE), "A28"),
    ("an oligometastatic extent carries A29", course(*ON, BRAIN), "A29"),
    ("bevacizumab carries A33", course(*ON, WIDE, *NO_SECOND_GENERATION), "A33"),
]


@pytest.mark.parametrize(("sentence", "record", "flag"), FLAGS, ids=[row[0] for row in FLAGS])
def test_an_ambiguity_travels_with_its_rule(sentence: str, record: object, flag: str) -> None:
    advice = asked(Case(record=record, order=()))  # type: ignore[arg-type]
    said = {one.id for part in (*advice.options, *advice.alerts, *advice.due) for one in part.ambiguities}
    assert flag in said


def test_the_current_response_is_the_latest_evaluable_one_and_the_best_stands_beside_it() -> None:
    record = course(*ON, seen("PR", "2014-04-01", "a1"), seen("SD", "2014-08-01", "a2"), seen("NE", "2014-10-01", "a4"))
    response = asked(Case(record=record, order=())).response
    assert response is not None
    assert (response.current, response.best, response.as_of) == ("SD", "PR", "2014-08-01")


def test_no_assessment_of_the_line_is_no_response() -> None:
    assert asked(Case(record=course(*ON), order=())).response is None


def test_a_line_is_null_when_none_runs_and_adjuvant_lines_are_not_counted() -> None:
    ended = asked(Case(record=course(POSITIVE, line("crizotinib", stop="2014-10-01", why="progression")), order=()))
    adjuvant = doublet(id="l0", start="2013-02-01", stop="2013-05-01", why="completed", intent="adjuvant")
    runs = asked(Case(record=course(adjuvant, *ON, date="2013-01-15"), order=())).line
    assert ended.line is None
    assert runs is not None
    assert (runs.number, runs.drugs, runs.since) == (1, ("crizotinib",), "2014-02-03")


def test_what_a_widespread_extent_would_change_is_one_fact_away() -> None:
    advice = asked(Case(record=course(*ON, BRAIN), order=()))
    away = {(one.fact, one.if_, one.rule, f"{one.action} {one.drug}") for one in advice.one_fact_away}
    assert ("progression_extent", "widespread", "P7", "switch ceritinib") in away


def test_an_awaited_result_is_named_with_the_day_it_was_asked_for() -> None:
    option = asked(Case(record=course(awaited("fish")), order=())).options[0]
    assert "FISH" in option.text
    assert "2014" in option.text + str([one.value for one in option.because])


def test_the_unknown_extent_of_a_cns_progression_is_needed_for_p4_and_p7() -> None:
    advice = asked(Case(record=course(*ON, pd(sites=["brain"], local=True, symptomatic=True)), order=()))
    needed = {one.fact: set(one.needed_for) for one in advice.missing}
    assert {"P4", "P7"} <= needed["progression_extent"]


@pytest.mark.parametrize("code", ["interstitial_lung_disease", "oxygen_dependence"])
def test_no_brigatinib_trial_with_lung_disease_and_no_higher_dose_of_crizotinib(code: str) -> None:
    never = asked(Case(record=course(*ON, WIDE, trial(), condition(code)), order=())).not_recommended
    assert {"enroll_brigatinib_with_ild", "abrupt_stop", "escalate_dose"} <= {one.action for one in never}


def test_surveillance_after_an_answered_progression_has_its_assessment_in_due() -> None:
    due = asked(Case(record=course(*ON, BRAIN, local_treatment()), order=())).due
    assert [one.rule for one in due if one.what == "assessment"] == ["H14"]


def test_every_option_names_a_rule_and_a_reason() -> None:
    for record in (course(), course(POSITIVE), course(*ON), course(*ON, WIDE), course(*ON, BRAIN, local_treatment())):
        advice = asked(Case(record=record, order=()))
        assert all(one.rule and one.because for one in advice.options), words(advice.options)
