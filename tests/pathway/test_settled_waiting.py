"""Settled readings: what is awaited, chemotherapy meanwhile, and an ALK inhibitor that runs without ALK shown."""

import pytest
from pathway.course_builders import (
    NEGATIVE, POSITIVE, Case, awaited, alk_test, case, check, course, doublet, failed, fish, gene, ihc, line, pd, read,
    seen, smoker, specimen,
)  # fmt: skip

AWAITING = [
    case("an awaited IHC is awaited where IHC would be asked for", course(awaited("ihc")), "await_result",
         alk="pending", rules="H3", names="w-ihc", never="request_alk_ihc"),
    case("an awaited FISH is awaited always", course(awaited("fish")), "await_result", alk="pending"),
    case("IHC positive and FISH awaited: awaited", course(ihc("positive"), awaited("fish")), "await_result",
         alk="pending", never="request_alk_fish"),
    case("IHC positive and only RT-PCR awaited: FISH is asked for, the result second",
         course(ihc("positive"), awaited("rt_pcr")), "request_alk_fish", "await_result", only=True, alk="pending"),
    case("IHC positive and only NGS awaited: FISH is asked for, the result second",
         course(ihc("positive"), awaited("ngs")), "request_alk_fish", "await_result", alk="pending"),
    case("nothing reported and only RT-PCR awaited: the row's request first", course(awaited("rt_pcr")),
         "request_alk_ihc", "await_result", alk="pending"),
    case("nothing reported and only NGS awaited: the row's request first", course(awaited("ngs")),
         "request_alk_ihc", "await_result", alk="pending"),
    case("IHC and RT-PCR awaited: IHC is what would be asked for", course(awaited("ihc"), awaited("rt_pcr")),
         "await_result", alk="pending"),
    case("IHC positive, FISH and NGS awaited: awaited", course(ihc("positive"), awaited("fish"), awaited("ngs")),
         "await_result"),
    case("an equivocal FISH comes before the result of another test", course(fish(read(10)), awaited("rt_pcr")),
         "recount_fish_second_reader", "await_result", alk="pending"),
    case("a short FISH comes before the result of another test", course(fish(read(10, 30)), awaited("ngs")),
         "recount_fish_more_cells", "await_result"),
    case("FISH negative with RT-PCR awaited is pending", course(NEGATIVE, awaited("rt_pcr")), "await_result",
         alk="pending", never="leave_pathway"),
    case("IHC negative without a marker with FISH awaited is pending",
         course(ihc("negative"), awaited("fish"), smoking=smoker()), "await_result", alk="pending"),
    case("RT-PCR positive with FISH awaited is pending", course(alk_test("rt_pcr", "positive"), awaited("fish")),
         "await_result", alk="pending"),
    case("FISH positive with NGS awaited goes on, the result in due", course(POSITIVE, awaited("ngs")),
         "start crizotinib", alk="positive", never="await_result", due="test_result"),
    case("an awaited EGFR test does not stand in the way of testing", course(awaited("gene")), "request_alk_ihc", alk="unknown", never="await_result",
         due="test_result"),
    case("a failed IHC with FISH awaited is pending", course(failed("ihc"), awaited("fish")), "await_result",
         alk="pending"),
]  # fmt: skip

CHEMOTHERAPY = [
    # H3 has them the other way round; the settled readings are the later word.
    case("a result awaited during chemotherapy: the result, then continue", course(awaited("fish"), doublet()),
         "await_result", "continue platinum-pemetrexed", only=True, alk="pending", stage="testing"),
    case("H3 with chemotherapy that progresses: the result first, the board second",
         course(awaited("fish"), doublet(), pd()), "await_result", "refer_to_board", never="continue"),
    case("chemotherapy goes on while nothing is tested", course(doublet()), "request_alk_ihc", "request_alk_fish",
         "continue platinum-pemetrexed"),
    case("chemotherapy goes on while a second reader counts", course(fish(read(10)), doublet()),
         "recount_fish_second_reader", "continue platinum-pemetrexed"),
    case("what is asked, the result, then continue", course(ihc("positive"), awaited("ngs"), doublet()),
         "request_alk_fish", "await_result", "continue platinum-pemetrexed"),
    case("chemotherapy goes on while a failed test is repeated", course(failed("fish"), doublet()), "repeat_test",
         "continue platinum-pemetrexed"),
    case("chemotherapy that progresses does not go on while testing is asked for", course(doublet(), pd()),
         "request_alk_ihc", never="continue"),
    case("chemotherapy goes on under H4", course(POSITIVE, doublet(), stage=None, metastatic_sites=[]),
         "complete_record", "continue platinum-pemetrexed", rules="H4", missing="stage_metastatic"),
    case("chemotherapy that progresses does not go on under H4",
         course(POSITIVE, doublet(), pd(), stage=None, metastatic_sites=[]), "complete_record",
         never="continue platinum-pemetrexed"),
    case("H8: chemotherapy goes on, crizotinib second", course(POSITIVE, doublet()), "continue platinum-pemetrexed",
         "switch crizotinib", rules="H8"),
    case("H8 in response", course(POSITIVE, doublet(), seen("PR", "2014-04-01")),
         "continue platinum-pemetrexed", "switch crizotinib"),
    case("a regimen outside the list is the line's drugs joined", course(POSITIVE, line("cisplatin", "gemcitabine")),
         "continue cisplatin-gemcitabine", "switch crizotinib"),
    case("a doublet with bevacizumab goes on under its name",
         course(POSITIVE, line("carboplatin", "pemetrexed", "bevacizumab")),
         "continue platinum-pemetrexed-bevacizumab", "switch crizotinib"),
    case("pemetrexed that runs goes on", course(POSITIVE, line("pemetrexed")), "continue pemetrexed",
         "switch crizotinib"),
    case("H8 offers no switch where crizotinib was given",
         course(POSITIVE, line("crizotinib", stop="2014-05-01", why="progression"),
                doublet(id="l2", start="2014-05-10"), seen("SD", "2014-07-01")),
         "continue platinum-pemetrexed", never="switch crizotinib"),
]  # fmt: skip

RUNNING = line("crizotinib")
H16 = [
    case("an inhibitor runs and nothing is tested", course(RUNNING), "request_alk_ihc", "continue crizotinib",
         alerts="request_alk_fish", alk="unknown", stage="testing"),
    case("an inhibitor runs and FISH is awaited", course(RUNNING, awaited("fish")), "await_result",
         "continue crizotinib", alerts="request_alk_fish", only=True),
    case("an inhibitor runs and FISH is equivocal", course(RUNNING, fish(read(10))), "recount_fish_second_reader",
         "continue crizotinib", alerts="request_alk_fish", only=True),
    case("an inhibitor runs and FISH is short", course(RUNNING, fish(read(10, 40))), "recount_fish_more_cells",
         "continue crizotinib", alerts="request_alk_fish"),
    case("an inhibitor runs on IHC alone", course(RUNNING, ihc("positive")), "request_alk_fish",
         "continue crizotinib", alerts="request_alk_fish", alk="pending", stage="testing"),
    case("an inhibitor runs and ALK is negative", course(RUNNING, NEGATIVE), "review_discordance",
         "continue crizotinib", alerts="request_alk_fish", alk="negative", never="leave_pathway"),
    case("an inhibitor runs and a failed test is repeated", course(RUNNING, failed("fish")), "repeat_test",
         "continue crizotinib", alerts="request_alk_fish"),
    case("H16 with PD too: no stop before a next step is known", course(RUNNING, ihc("positive"), pd()),
         "request_alk_fish", "continue crizotinib", alerts="request_alk_fish"),
    case("ALK negative with PD: reviewed, continue second", course(RUNNING, NEGATIVE, pd()), "review_discordance",
         "continue crizotinib"),
    case("H16 comes before H4", course(RUNNING, ihc("positive"), stage=None, metastatic_sites=[]), "request_alk_fish",
         "continue crizotinib", never="complete_record"),
    case("H16 comes before H5", course(RUNNING, ihc("positive"), stage="IIIA", metastatic_sites=[]),
         "request_alk_fish", "continue crizotinib", never="refer_to_board"),
    case("H16 comes before H6: a squamous tumour on an inhibitor does not leave", course(RUNNING, histology="squamous"),
         "request_alk_ihc", "continue crizotinib", never="leave_pathway",
         wrong="nothing tested asks for IHC first, FISH second; the row H16-untested has them the other way round"),
    case("a discordant result while an inhibitor runs is reviewed, and the inhibitor goes on",
         course(RUNNING, NEGATIVE, ihc("positive")), "review_discordance", "continue crizotinib", alk="discordant"),
    case("a positive ALK raises no alert", course(RUNNING, POSITIVE), "continue crizotinib",
         no_alert="request_alk_fish", rules="H7", stage="on_treatment"),
]  # fmt: skip

LATE = ("tests", {"id": "t2", "specimen": "s2", "method": "fish", "status": "final", "reported_on": "2014-10-30",
                  "fish": {"readings": [read(0)]}})  # fmt: skip
REBIOPSY = [
    case("a negative FISH in a re-biopsy after an inhibitor is loss in that lesion: ALK stays positive",
         course(POSITIVE, RUNNING, specimen("s2", "2014-10-20"), LATE), "continue crizotinib", alk="positive",
         never="review_discordance"),
    case("before any inhibitor goes by the date of the specimen, not of the report",
         course(POSITIVE, RUNNING, specimen("s2", "2014-01-28"), LATE), "review_discordance", alk="discordant"),
    case("a specimen of a month that began before the inhibitor is before it",
         course(POSITIVE, RUNNING, specimen("s2", "2014-01"), LATE), "review_discordance", alk="discordant"),
    case("before any inhibitor: chemotherapy before the re-biopsy does not count",
         course(POSITIVE, doublet(), specimen("s2", "2014-10-20"), LATE), "review_discordance", alk="discordant"),
    case("a negative re-biopsy after an inhibitor that has ended is loss too",
         course(POSITIVE, line("crizotinib", stop="2014-10-10", why="progression"), specimen("s2", "2014-10-20"), LATE),
         "switch ceritinib", alk="positive"),
    case("a negative RT-PCR beside a positive FISH changes nothing", course(POSITIVE, alk_test("rt_pcr", "negative")),
         "start crizotinib", alk="positive"),
    case("a wild-type gene test beside a positive FISH changes nothing", course(POSITIVE, gene("EGFR", "wild_type")),
         "start crizotinib", alk="positive"),
    case("an equivocal FISH of a re-biopsy after an inhibitor does not take ALK away",
         course(POSITIVE, RUNNING, specimen("s2", "2014-10-20"),
                fish(read(10), specimen="s2", on="2014-10-30")), "continue crizotinib", alk="positive"),
    case("H13: a re-biopsy whose result is awaited never stands in the way",
         course(POSITIVE, RUNNING, pd(extent="widespread", symptomatic=True), specimen("s2", "2014-10-29"),
                awaited("ngs", "2014-10-29", specimen="s2")), "switch ceritinib", "switch alectinib",
         never="await_result", due="test_result", rules="P7"),
]  # fmt: skip


@pytest.mark.parametrize("one", [*AWAITING, *CHEMOTHERAPY])
def test_awaiting(one: Case) -> None:
    check(one)


@pytest.mark.parametrize("one", [*H16, *REBIOPSY])
def test_an_inhibitor_before_and_after_alk_is_shown(one: Case) -> None:
    check(one)
