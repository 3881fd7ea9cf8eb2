"""Settled readings: where an open trial follows, and days and entries at the edge of what is seen."""

import pytest
from pathway.course_builders import (
    PLATINUM,
    POSITIVE,
    Case,
    awaited,
    case,
    check,
    course,
    decided,
    doublet,
    ihc,
    line,
    local_treatment,
    no_access,
    pd,
    spell,
    trial,
)  # fmt: skip

ON = (POSITIVE, line("crizotinib"))
P7 = ("switch ceritinib", "switch alectinib")
STAY = "continue_with_surveillance crizotinib"
WIDE = pd(extent="widespread", symptomatic=True, tempo="rapid", tolerated=True)
BRAIN = pd(extent="oligometastatic", sites=["brain"], local=True, symptomatic=True, tempo="rapid", tolerated=True)
NOTHING_LEFT = (POSITIVE, spell(1, "crizotinib"), spell(2, *PLATINUM), spell(3, "ceritinib", open=True),
                no_access("alectinib"), trial(requires_rebiopsy=True))  # fmt: skip
TRIAL = ("refer_to_trial", "consider_rebiopsy_in_trial")
SLOW = {"symptomatic": False, "tempo": "slow", "tolerated": True}
ADRENAL = pd(extent="oligometastatic", sites=["adrenal"], local=True, symptomatic=True)
TRIALS = [
    case("a trial follows P4 with nothing left", course(*NOTHING_LEFT, BRAIN),
         "continue_with_local_treatment ceritinib", *TRIAL),
    case("a trial follows P6 with nothing left", course(*NOTHING_LEFT, ADRENAL),
         "continue_with_local_treatment ceritinib", *TRIAL),
    case("a trial follows P2 with nothing left", course(*NOTHING_LEFT, pd(extent="widespread", **SLOW)),
         "continue_with_surveillance ceritinib", *TRIAL),
    case("a trial follows P2 where the extent is unknown", course(*ON, trial(requires_rebiopsy=True), pd(**SLOW)), STAY,
         *TRIAL),
    case("a trial follows an answered progression with nothing left", course(*NOTHING_LEFT, BRAIN, local_treatment()),
         "continue_with_surveillance ceritinib", *TRIAL),
    case("a trial follows an answered progression", course(*ON, trial(requires_rebiopsy=True), BRAIN,
         local_treatment()), STAY, *P7, *TRIAL, only=True),
    case("a trial follows complete_record", course(*ON, trial(requires_rebiopsy=True), pd()), "complete_record",
         *TRIAL),
    case("a trial follows P7 for what was not tolerated", course(*ON, trial(requires_rebiopsy=True),
         pd(tolerated=False)), *P7, *TRIAL),
    case("a trial follows after PD on chemotherapy", course(POSITIVE, doublet(), WIDE, trial(requires_rebiopsy=True)),
         "switch crizotinib", "complete_baseline", *TRIAL),
    case("a trial follows where nothing runs after a failed line",
         course(POSITIVE, spell(1, *PLATINUM), trial(requires_rebiopsy=True)), "switch crizotinib", *TRIAL),
    case("with H9 the trial is not said twice", course(*NOTHING_LEFT, WIDE), "refer_to_trial",
         "rechallenge crizotinib", "refer_to_board", "consider_rebiopsy_in_trial", only=True),
    case("a line stopped by choice is no failed line: no trial",
         course(POSITIVE, spell(1, "crizotinib", why="other"), trial()), "refer_to_board", "rechallenge crizotinib",
         only=True),
]  # fmt: skip
UNKNOWNS = [
    case("an accepted switch stands first while the line runs", course(*ON, WIDE, decided("switch", "alectinib")),
         "switch alectinib", "switch ceritinib", only=True),
    case("an accepted switch still stands first once the line has been stopped for it",
         course(POSITIVE, line("crizotinib", stop="2014-10-31", why="progression"), WIDE,
                decided("switch", "alectinib")), "switch alectinib", "switch ceritinib"),
    case("an undated re-biopsy of another histology is seen", course(*ON, ("specimens", {
         "id": "s2", "kind": "tissue", "purpose": "re-biopsy", "histology": "small_cell"})), "refer_to_board",
         "continue crizotinib", rules="H10"),
    case("a later re-biopsy that shows adenocarcinoma again", course(*ON, *(("specimens", {
         "id": id, "date": on, "kind": "tissue", "purpose": "re-biopsy", "histology": histology})
         for id, on, histology in (("s2", "2014-06-20", "small_cell"), ("s3", "2014-10-20", "adenocarcinoma")))),
         "continue crizotinib"),
    case("a line that starts on the day asked runs", course(POSITIVE, line("crizotinib", start="2014-11-01")),
         "continue crizotinib"),
    case("a line that stops on the day asked has ended",
         course(POSITIVE, line("crizotinib", stop="2014-11-01", why="progression")), *P7, stage="further_line"),
    case("chemotherapy with PD while a result is awaited that is not what the row asks for",
         course(ihc("positive"), awaited("ngs"), doublet(), WIDE), "request_alk_fish", "await_result",
         never="continue"),
    case("H8 does not wait for NGS", course(POSITIVE, doublet(), awaited("ngs")), "continue platinum-pemetrexed",
         "switch crizotinib", due="test_result"),
]  # fmt: skip


@pytest.mark.parametrize("one", [*TRIALS, *UNKNOWNS])
def test_trials_and_edges(one: Case) -> None:
    check(one)
