"""Settled readings: the first line, what follows a failed, stopped or ended line, and what may be given again."""

import pytest
from pathway.course_builders import (
    NO_SECOND_GENERATION,
    POSITIVE,
    Case,
    asked,
    case,
    check,
    condition,
    course,
    doublet,
    line,
    local_treatment,
    no_access,
    pd,
    seen,
    trial,
)  # fmt: skip

P7 = ("switch ceritinib", "switch alectinib")
S2, S3 = "switch platinum-pemetrexed", "switch platinum-pemetrexed-bevacizumab"
CRIZOTINIB = line("crizotinib", stop="2014-04-01", why="progression")
WIDE = {"extent": "widespread", "symptomatic": True, "tempo": "rapid", "tolerated": True}


def inhibitor(drug: str = "crizotinib", why: str | None = "progression", stop: str | None = "2014-10-01",
              **given: object) -> object:  # fmt: skip
    return line(drug, stop=stop, why=why, **given)


def second(drug: str = "ceritinib", why: str | None = None, stop: str | None = None, id: str = "l2",
           start: str = "2014-04-10") -> object:  # fmt: skip
    return line(drug, id=id, start=start, stop=stop, why=why)


FIRST = [
    case("the first line is crizotinib (L2)", course(POSITIVE), "start crizotinib", rules="L2", alk="positive"),
    case("crizotinib not available in first line: the doublet (L4)", course(POSITIVE, no_access("crizotinib")),
         "start platinum-pemetrexed", rules="L4", stage="first_line", never=("start crizotinib", *P7)),
    case("crizotinib available again", course(POSITIVE, no_access("crizotinib"),
         no_access("crizotinib", True, "2014-09-01")), "start crizotinib"),
    case("an adjuvant line is no palliative line",
         course(POSITIVE, doublet(start="2013-02-01", stop="2013-05-01", why="completed", intent="adjuvant"),
                date="2013-01-15"), "start crizotinib", rules="L2"),
    case("second-generation inhibitors are not standard in first line (L6)", course(POSITIVE), "start crizotinib",
         never=("start ceritinib", "start alectinib", *P7)),
    case("no trial in first line", course(POSITIVE, trial()), "start crizotinib", never="refer_to_trial"),
    case("a local treatment alone is no line", course(POSITIVE, local_treatment(prompted_by=None)), "start crizotinib",
         stage="baseline"),
]  # fmt: skip

FAILED = [
    case("after failed crizotinib nothing runs: S1 whatever the extent, no doublet", course(POSITIVE, inhibitor()),
         *P7, only=True, stage="further_line", rules=("P7", "P7")),
    case("the extent does not matter once it has ended",
         course(POSITIVE, inhibitor(), pd("2014-09-30", extent="oligometastatic", sites=["brain"], local=True)), *P7,
         never="continue_with_local_treatment"),
    case("no second-generation inhibitor: S2, trial, bevacizumab", course(POSITIVE, inhibitor(),
         *NO_SECOND_GENERATION), S2, "refer_to_trial", S3, only=True, rules=("S2", "H9", "S3")),
    case("an open trial follows after a failed line", course(POSITIVE, inhibitor(), trial(requires_rebiopsy=True)),
         *P7, "refer_to_trial", "consider_rebiopsy_in_trial"),
    case("PD while it ran is failure, whatever the stop reason",
         course(POSITIVE, inhibitor(why="patient_choice"), pd("2014-09-20")), *P7, never="rechallenge"),
    case("PD on the day of the stop is failure", course(POSITIVE, inhibitor(why="other"), pd("2014-10-01")), *P7,
         never="rechallenge"),
    case("PD after the stop is not failure of an inhibitor",
         course(POSITIVE, inhibitor(why="patient_choice"), pd("2014-10-20")), "refer_to_board",
         "rechallenge crizotinib"),
    case("stopped for toxicity: P7 and S2 both, without it", course(POSITIVE, inhibitor(why="toxicity")), *P7, S2,
         never="rechallenge crizotinib", rules=("P7", "P7", "S2")),
    case("stopped for toxicity and nothing of P7 available: S2",
         course(POSITIVE, inhibitor(why="toxicity"), *NO_SECOND_GENERATION), S2, never="rechallenge"),
    case("ceritinib stopped for toxicity after crizotinib failed: alectinib and the doublet",
         course(POSITIVE, CRIZOTINIB, second("ceritinib", "toxicity", "2014-10-01")), "switch alectinib", S2,
         never=("switch ceritinib", "rechallenge ceritinib", "rechallenge crizotinib")),
    *(case(f"stopped as {why}: the board, then rechallenge of it", course(POSITIVE, inhibitor(why=why)),
           "refer_to_board", "rechallenge crizotinib", stage="further_line", rules=("S5", "S5"))
      for why in ("completed", "patient_choice", "other")),
    case("stopped without a reason: complete_record", course(POSITIVE, inhibitor(why=None)), "complete_record",
         never="rechallenge"),
    case("one stopped by choice is rechallenged itself, not the one that failed",
         course(POSITIVE, CRIZOTINIB, second("ceritinib", "patient_choice", "2014-10-01")), "refer_to_board",
         "rechallenge ceritinib", never="rechallenge crizotinib"),
]  # fmt: skip

SECOND = [
    case("a second-generation inhibitor has failed: S2 first, then one never given",
         course(POSITIVE, CRIZOTINIB, second(), pd(**WIDE)), S2, "switch alectinib", "refer_to_trial", S3,
         only=True, rules=("S2", "P7")),
    case("S2 goes by the generation, not by the line's number: ceritinib failed in first line",
         course(POSITIVE, inhibitor("ceritinib")), S2, "switch alectinib"),
    case("S2 after a failed second-generation inhibitor that has ended",
         course(POSITIVE, CRIZOTINIB, second("ceritinib", "progression", "2014-10-01")), S2, "switch alectinib",
         "refer_to_trial", S3, never=("rechallenge ceritinib", "switch ceritinib")),
    case("P6 holds on ceritinib too: local treatment with ceritinib, then S2",
         course(POSITIVE, CRIZOTINIB, second(), pd(extent="oligometastatic", sites=["adrenal"], local=True)),
         "continue_with_local_treatment ceritinib", S2, "switch alectinib"),
    case("P2 holds on ceritinib too", course(POSITIVE, CRIZOTINIB, second(),
         pd(extent="widespread", symptomatic=False, tempo="slow", tolerated=True)),
         "continue_with_surveillance ceritinib", S2, "switch alectinib"),
    case("a doublet that was given and failed is not offered again",
         course(POSITIVE, CRIZOTINIB, doublet(id="l2", start="2014-04-10", stop="2014-06-01", why="progression"),
                second("ceritinib", id="l3", start="2014-06-10"), pd(**WIDE)), "switch alectinib", never=S2),
    case("nothing left after an inhibitor: the trial, rechallenge, the board (H9)",
         course(POSITIVE, CRIZOTINIB, doublet(id="l2", start="2014-04-10", stop="2014-06-01", why="progression"),
                second("ceritinib", id="l3", start="2014-06-10"), pd(**WIDE), no_access("alectinib")),
         "refer_to_trial", "rechallenge crizotinib", "refer_to_board", never=(S2, S3, "rechallenge ceritinib"),
         rules=("H9", "S5")),
    case("nothing left after crizotinib alone and a doublet: it has just failed and is not rechallenged",
         course(POSITIVE, doublet(start="2014-02-03", stop="2014-05-01", why="progression"),
                second("crizotinib", "progression", "2014-10-01", start="2014-05-10"), *NO_SECOND_GENERATION),
         "refer_to_trial", "refer_to_board", never="rechallenge"),
    case("ceritinib runs without progression: continue, no dose of history",
         course(POSITIVE, CRIZOTINIB, second(), seen("PR")), "continue ceritinib", only=True),
    case("a drug that has failed is not switched to",
         course(POSITIVE, inhibitor("alectinib", stop="2014-04-01"), second("crizotinib"), pd(**WIDE)), S2,
         "switch ceritinib", never="switch alectinib"),
    case("an inhibitor given, neither failed nor stopped for toxicity, is rechallenged after those never given",
         course(POSITIVE, inhibitor(why="patient_choice", stop="2014-04-01"), second("ceritinib"), pd(**WIDE)), S2,
         "switch alectinib", "rechallenge crizotinib"),
    case("docetaxel is never an option (S4)", course(POSITIVE, CRIZOTINIB, second(), pd(**WIDE)), S2,
         never=("switch docetaxel", "start docetaxel")),
]  # fmt: skip

PD_CHEMO = pd(extent="widespread")
L2_DOUBLET = doublet(id="l2", start="2014-04-10")
CHEMOTHERAPY = [
    case("PD on chemotherapy, no inhibitor yet: crizotinib alone (L3)", course(POSITIVE, doublet(), PD_CHEMO),
         "switch crizotinib", never=P7, rules="L3", stage="progression"),
    case("chemotherapy that ended for progression: crizotinib alone",
         course(POSITIVE, doublet(stop="2014-10-01", why="progression")), "switch crizotinib", never=P7, rules="L3"),
    case("PD on chemotherapy where crizotinib is not available: P7's drugs",
         course(POSITIVE, doublet(), PD_CHEMO, no_access("crizotinib")), *P7),
    case("PD on chemotherapy after crizotinib failed: those never given",
         course(POSITIVE, CRIZOTINIB, L2_DOUBLET, PD_CHEMO), *P7, never="rechallenge crizotinib"),
    case("PD on second-line chemotherapy, no inhibitor left: rechallenge, trial, board (S5, H9)",
         course(POSITIVE, CRIZOTINIB, L2_DOUBLET, PD_CHEMO, *NO_SECOND_GENERATION), "rechallenge crizotinib",
         "refer_to_trial", "refer_to_board", rules=("S5", "H9"), only=True),
    case("crizotinib stopped by choice is rechallenged after those never given",
         course(POSITIVE, inhibitor(why="patient_choice", stop="2014-04-01"), L2_DOUBLET, PD_CHEMO), *P7,
         "rechallenge crizotinib"),
    case("never a drug that was stopped for toxicity",
         course(POSITIVE, inhibitor(why="toxicity", stop="2014-04-01"), L2_DOUBLET, PD_CHEMO, *NO_SECOND_GENERATION),
         "refer_to_trial", "refer_to_board", never="rechallenge", rules="H9"),
    case("PD on docetaxel, no inhibitor left: the doublet never given, rechallenge second",
         course(POSITIVE, CRIZOTINIB, second("docetaxel"), PD_CHEMO, *NO_SECOND_GENERATION), S2,
         "rechallenge crizotinib", "refer_to_trial", S3),
    case("PD on docetaxel, no inhibitor yet: crizotinib", course(POSITIVE, line("docetaxel"), PD_CHEMO),
         "switch crizotinib"),
    case("rechallenge with the inhibitor that was stopped longest ago",
         course(POSITIVE, CRIZOTINIB, second("ceritinib", "progression", "2014-05-01"),
                second("alectinib", "progression", "2014-06-01", "l3", "2014-05-10"),
                doublet(id="l4", start="2014-06-10"), PD_CHEMO), "rechallenge crizotinib", "refer_to_trial",
         "refer_to_board", never=("rechallenge ceritinib", "rechallenge alectinib")),
    case("the one stopped longest ago for toxicity is passed over",
         course(POSITIVE, inhibitor(why="toxicity", stop="2014-04-01"),
                second("ceritinib", "progression", "2014-05-01"),
                second("alectinib", "progression", "2014-06-01", "l3", "2014-05-10"),
                doublet(id="l4", start="2014-06-10"), PD_CHEMO), "rechallenge ceritinib",
         never="rechallenge crizotinib"),
    case("stopped longest ago goes by its last stop",
         course(POSITIVE, CRIZOTINIB, second("ceritinib", "progression", "2014-05-01"),
                second("crizotinib", "progression", "2014-06-01", "l3", "2014-05-10"),
                doublet(id="l4", start="2014-06-10"), PD_CHEMO, no_access("alectinib")), "rechallenge ceritinib"),
    case("stopped longest ago goes by the stop, not by the start, where two lines overlapped",
         course(POSITIVE, second("alectinib", "progression", "2014-06-01", "l1", "2014-02-03"),
                second("ceritinib", "progression", "2014-05-01", "l2", "2014-03-03"),
                doublet(id="l4", start="2014-06-10"), PD_CHEMO, no_access("crizotinib")), "rechallenge ceritinib",
         never="rechallenge alectinib"),
    case("a rechallenge needs access", course(POSITIVE, CRIZOTINIB, L2_DOUBLET, PD_CHEMO, *NO_SECOND_GENERATION,
         no_access("crizotinib", on="2014-09-01")), "refer_to_trial", "refer_to_board", never="rechallenge"),
    case("chemotherapy ended without PD, no inhibitor yet: crizotinib",
         course(POSITIVE, doublet(stop="2014-10-01", why="completed"), seen("PR", "2014-09-01")), "start crizotinib",
         rules="L3", never=P7),
    case("chemotherapy ended without PD after crizotinib: one never given",
         course(POSITIVE, CRIZOTINIB, doublet(id="l2", start="2014-04-10", stop="2014-10-01", why="completed")),
         "switch ceritinib", never="rechallenge crizotinib"),
    case("chemotherapy ended without PD, none never given: the board, then rechallenge",
         course(POSITIVE, CRIZOTINIB, doublet(id="l2", start="2014-04-10", stop="2014-10-01", why="completed"),
                *NO_SECOND_GENERATION), "refer_to_board", "rechallenge crizotinib"),
    case("chemotherapy has failed by PD until the next line starts",
         course(POSITIVE, CRIZOTINIB, doublet(id="l2", start="2014-04-10", stop="2014-08-01", why="completed"),
                pd("2014-10-01", extent="widespread"), *NO_SECOND_GENERATION), "rechallenge crizotinib",
         "refer_to_trial", "refer_to_board"),
    case("maintenance pemetrexed in the same line that progresses is the doublet failed",
         course(POSITIVE, CRIZOTINIB, line("carboplatin", "pemetrexed", id="l2", start="2014-04-10", doses=[
             {"drug": "carboplatin", "from": "2014-04-10", "to": "2014-08-01", "frequency": "every_3_weeks"}]),
             PD_CHEMO, *NO_SECOND_GENERATION), "rechallenge crizotinib", never=S2),
]  # fmt: skip


@pytest.mark.parametrize("one", [*FIRST, *FAILED])
def test_first_line_and_after_an_inhibitor(one: Case) -> None:
    check(one)


@pytest.mark.parametrize("one", [*SECOND, *CHEMOTHERAPY])
def test_second_generation_and_chemotherapy(one: Case) -> None:
    check(one)


def test_crizotinib_is_started_at_250_mg_twice_daily() -> None:
    assert asked(Case(record=course(POSITIVE), order=())).preferred.dose == "250 mg twice daily"


def test_bevacizumab_is_not_shown_while_the_patient_bleeds_after_chemotherapy_either() -> None:
    check(Case(record=course(POSITIVE, CRIZOTINIB, second("docetaxel"), PD_CHEMO, *NO_SECOND_GENERATION,
                             condition("haemoptysis")), order=(S2, "rechallenge crizotinib"), never=(S3,)))  # fmt: skip
