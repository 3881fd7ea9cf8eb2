"""Settled readings: the house rules that come before every table."""

from typing import Any

import pytest
from pathway.course_builders import (
    NEGATIVE,
    POSITIVE,
    Case,
    asked,
    awaited,
    blood,
    case,
    check,
    condition,
    course,
    decided,
    doublet,
    examination,
    ihc,
    line,
    local_treatment,
    measured,
    no_access,
    pd,
    seen,
    specimen,
    staging,
    trial,
    words,
)  # fmt: skip

RUNNING = line("crizotinib")
ON = (POSITIVE, RUNNING)
UNSTAGED: dict[str, Any] = {"stage": None, "metastatic_sites": []}
LOCAL: dict[str, Any] = {"stage": "IIIA", "metastatic_sites": []}

DECEASED = [
    case("deceased: nothing else, no alert (H1)", course(*ON, pd(extent="widespread"), died="2014-10-30"),
         "none_deceased", only=True, stage="off_pathway", rules="H1"),
    case("H1 comes before a contradiction",
         course(*ON, doublet(id="l2", start="2014-04-01"), died="2014-10-30"), "none_deceased", only=True),
    case("deceased on the day asked", course(POSITIVE, died="2014-11-01"), "none_deceased", only=True),
    case("deceased after the day asked is not seen", course(*ON, died="2014-11-02"), "continue crizotinib",
         never="none_deceased"),
]  # fmt: skip

CONTRADICTIONS = [
    case("two palliative lines open at once", course(*ON, doublet(id="l2", start="2014-04-01")),
         "resolve_contradiction", only=True, rules="H2", names=("l1", "l2")),
    case("an adjuvant line that is open beside a palliative one is none",
         course(*ON, doublet(id="l0", start="2014-01-20", intent="adjuvant")), "continue crizotinib",
         never="resolve_contradiction"),
    case("lines that overlapped in the past are none",
         course(POSITIVE, doublet(start="2014-02-03", stop="2014-06-01", why="completed"),
                line("crizotinib", id="l2", start="2014-05-20")), "continue crizotinib"),
    case("lines that overlap on the day asked are one", course(POSITIVE, doublet(stop="2014-06-01", why="completed"),
         line("crizotinib", id="l2", start="2014-05-20")), "resolve_contradiction", on="2014-05-25"),
    case("a line that begins after the day asked is not seen",
         course(*ON, doublet(id="l2", start="2014-11-02")), "continue crizotinib"),
    case("a reported response before any treatment", course(POSITIVE, seen("SD", "2014-01-20")),
         "resolve_contradiction", only=True, names="a3"),
    case("a reported response before the first line", course(*ON, seen("PR", "2014-01-20")), "resolve_contradiction",
         names="a3"),
    case("a local treatment is a treatment",
         course(*ON, local_treatment("2014-01-16", None), seen("SD", "2014-01-30")), "continue crizotinib",
         never="resolve_contradiction"),
    case("an adjuvant line is a treatment",
         course(*ON, doublet(id="l0", start="2013-01-01", stop="2013-04-01", why="completed", intent="adjuvant"),
                seen("SD", "2014-01-20"), date="2012-12-01"), "continue crizotinib"),
    case("a line still running though its stop reason is given", course(POSITIVE, line("crizotinib", why="toxicity")),
         "resolve_contradiction", names="l1"),
    case("a stop that is to come is no contradiction",
         course(POSITIVE, line("crizotinib", stop="2014-12-01", why="progression")), "continue crizotinib"),
    case("a dose after the line's end",
         course(POSITIVE, line("crizotinib", stop="2014-06-01", why="progression", doses=[
             {"drug": "crizotinib", "from": "2014-07-01", "amount": 250, "unit": "mg", "frequency": "twice_daily"}])),
         "resolve_contradiction", names="l1"),
    case("a dose counts by its from: on the day of the end it is none",
         course(POSITIVE, line("crizotinib", stop="2014-06-01", why="progression", doses=[
             {"drug": "crizotinib", "from": "2014-06-01", "amount": 250, "unit": "mg", "frequency": "twice_daily"}])),
         "switch ceritinib"),
    case("a contradiction comes before discordance",
         course(NEGATIVE, ihc("positive"), RUNNING, doublet(id="l2", start="2014-04-01")), "resolve_contradiction"),
    case("a contradiction comes before what is awaited and H10",
         course(awaited("fish"), RUNNING, doublet(id="l2", start="2014-04-01"),
                specimen("s2", "2014-10-01", histology="small_cell")), "resolve_contradiction", only=True),
    case("an entry in error contradicts nothing",
         course(*ON, doublet(id="l2", start="2014-04-01", entered_in_error={"on": "2014-04-02", "by": "nurse1"})),
         "continue crizotinib"),
]  # fmt: skip

STAGES = [
    case("stage unknown: complete_record (H4)", course(POSITIVE, **UNSTAGED), "complete_record", rules="H4",
         missing="stage_metastatic", never="start"),
    case("stage unknown while an inhibitor runs: continue second", course(*ON, **UNSTAGED), "complete_record",
         "continue crizotinib", missing="stage_metastatic"),
    case("stage unknown while an inhibitor fails: no continue", course(*ON, pd(), **UNSTAGED), "complete_record",
         never="continue crizotinib"),
    case("a site other than lymph nodes is metastatic", course(POSITIVE, stage=None, metastatic_sites=["bone"]),
         "start crizotinib"),
    case("stage III with a metastatic site is metastatic", course(POSITIVE, stage="IIIA", metastatic_sites=["brain"]),
         "start crizotinib"),
    case("lymph nodes alone do not make stage IIIB metastatic",
         course(POSITIVE, stage="IIIB", metastatic_sites=["lymph_node"]), "refer_to_board"),
    case("IVA is metastatic", course(POSITIVE, stage="IVA", metastatic_sites=[]), "start crizotinib"),
    case("a newer stage counts", course(POSITIVE, staging("2014-10-01", "IV"), **LOCAL), "start crizotinib"),
    case("a newer staging with sites alone counts for the sites",
         course(POSITIVE, staging("2014-10-01", None, "liver"), **LOCAL), "start crizotinib"),
    case("a newer staging with a stage alone leaves the sites",
         course(POSITIVE, staging("2014-10-01", "IIIA")), "start crizotinib"),
    case("a newer lower stage counts where no site was ever named",
         course(POSITIVE, staging("2014-10-01", "IIIA"), stage="IV", metastatic_sites=[]), "refer_to_board"),
    case("a staging that says nothing is passed over", course(POSITIVE, staging("2014-10-01")), "start crizotinib"),
    case("a staging after the day asked is not seen", course(POSITIVE, staging("2014-11-02", "IV"), **LOCAL),
         "refer_to_board"),
    case("the start of a line unknown: complete_record, continue second (H4)",
         course(POSITIVE, line("crizotinib", start=None)), "complete_record", "continue crizotinib"),
]  # fmt: skip

OUTSIDE = [
    case("not metastatic and ALK positive: the board (H5)", course(POSITIVE, resected=True, **LOCAL),
         "refer_to_board", only=True, rules="H5", stage="off_pathway", alk="positive"),
    case("a curative local treatment where nothing was resected", course(POSITIVE, resected=False, **LOCAL),
         "refer_to_board", "local_curative_treatment"),
    case("no curative local treatment where all was resected", course(POSITIVE, resected=True, **LOCAL),
         "refer_to_board", never="local_curative_treatment"),
    case("an adjuvant trial that is open", course(POSITIVE, trial("adjuvant"), resected=True, **LOCAL),
         "refer_to_board", "refer_to_trial"),
    case("an adjuvant trial that is closed", course(POSITIVE, trial("adjuvant", open=False), resected=True, **LOCAL),
         "refer_to_board", never="refer_to_trial"),
    case("a metastatic trial does not serve", course(POSITIVE, trial(), resected=True, **LOCAL), "refer_to_board",
         never="refer_to_trial"),
    case("H5 while an inhibitor runs: continue second", course(*ON, **LOCAL), "refer_to_board", "continue crizotinib",
         stage="off_pathway"),
    case("another histology in a re-biopsy: the board, continue second (H10)",
         course(*ON, specimen("s2", "2014-10-20", histology="small_cell")), "refer_to_board", "continue crizotinib",
         rules="H10"),
    case("a squamous re-biopsy too", course(*ON, specimen("s2", "2014-10-20", histology="squamous")),
         "refer_to_board", rules="H10"),
    case("H10 comes before the branches of progression",
         course(*ON, pd(extent="widespread"), specimen("s2", "2014-10-29", histology="small_cell")),
         "refer_to_board", rules="H10", never="switch"),
    case("H10 comes before H4",
         course(*ON, specimen("s2", "2014-10-20", histology="small_cell"), **UNSTAGED), "refer_to_board", rules="H10"),
    case("a re-biopsy that confirms the adenocarcinoma changes nothing",
         course(*ON, specimen("s2", "2014-10-20", histology="adenocarcinoma")), "continue crizotinib"),
    case("a re-biopsy after the day asked is not seen",
         course(*ON, specimen("s2", "2014-11-02", histology="small_cell")), "continue crizotinib"),
    case("H6 while chemotherapy runs", course(NEGATIVE, doublet()), "leave_pathway", stage="off_pathway"),
]  # fmt: skip

DIFFER = [
    case("reported PR and computed PD differ: an alert, and the report decides (H15)",
         course(*ON, measured(20, "2014-01-30", "a1", baseline=True),
                measured(30, "2014-10-20", "a2", reported="SD")), "continue crizotinib", alerts="review_discordance"),
    case("reported PD and computed SD: PD with the alert",
         course(*ON, measured(20, "2014-01-30", "a1", baseline=True),
                measured(20, "2014-10-20", "a2", reported="PD")), "complete_record", alerts="review_discordance",
         stage="progression"),
    case("no report: the computed PD counts",
         course(*ON, measured(20, "2014-01-30", "a1", baseline=True), measured(30, "2014-10-20", "a2")),
         "complete_record", stage="progression", no_alert="review_discordance", missing="progression_extent"),
    case("reported and computed agree: no alert",
         course(*ON, measured(20, "2014-01-30", "a1", baseline=True),
                measured(30, "2014-10-20", "a2", reported="PD")), "complete_record", no_alert="review_discordance"),
    case("a reported NE is not evaluable: no alert",
         course(*ON, measured(20, "2014-01-30", "a1", baseline=True),
                measured(20, "2014-10-20", "a2", reported="NE")), "continue crizotinib",
         no_alert="review_discordance"),
]  # fmt: skip


@pytest.mark.parametrize("one", [*DECEASED, *CONTRADICTIONS])
def test_what_comes_first(one: Case) -> None:
    check(one)


@pytest.mark.parametrize("one", [*DECEASED[:3], *CONTRADICTIONS[:1]])
def test_nothing_is_due_of_the_dead_or_of_a_contradiction(one: Case) -> None:
    assert asked(one).due == ()


@pytest.mark.parametrize("one", DECEASED[:3])
def test_the_dead_raise_no_alert(one: Case) -> None:
    assert asked(one).alerts == ()


@pytest.mark.parametrize("one", [*STAGES, *OUTSIDE, *DIFFER])
def test_stage_histology_and_difference(one: Case) -> None:
    check(one)


WITHIN, BEYOND = "2014-09-20", "2014-09-19"  # 42 and 43 days before the day asked
LIVER = [blood(one, WITHIN) for one in ("ALT", "AST", "ALP")] + [blood("total_bilirubin", WITHIN, 10, "umol/L")]
COUNTS = [blood(one, WITHIN, 4, "10*9/L") for one in ("neutrophils", "platelets")]
EXAMINED = [examination(one, WITHIN) for one in ("ecg", "ophthalmological", "respiratory", "brain_mri")]
ALL = ("liver_function_tests", "blood_count", "ecg", "echocardiogram", "ophthalmological_examination",
       "respiratory_examination", "brain_mri")  # fmt: skip

BASELINE = [
    case("baseline open: start with a caution, complete_baseline next, the items in due (H11)", course(POSITIVE),
         "start crizotinib", "complete_baseline", stage="baseline", due=ALL, not_due="hypogonadism_assessment"),
    case("baseline complete but for the echocardiogram, which stands in due",
         course(POSITIVE, *LIVER, *COUNTS, *EXAMINED), "start crizotinib", never="complete_baseline",
         stage="first_line", due="echocardiogram", not_due=("ecg", "liver_function_tests", "brain_mri")),
    case("a QTc is an ECG", course(POSITIVE, *LIVER, *COUNTS, *EXAMINED[1:], blood("QTc", WITHIN, 420, "ms")),
         "start crizotinib", never="complete_baseline", not_due="ecg"),
    case("one liver value missing", course(POSITIVE, *LIVER[1:], *COUNTS, *EXAMINED), "start crizotinib",
         "complete_baseline", due="liver_function_tests", not_due="blood_count"),
    case("platelets missing", course(POSITIVE, *LIVER, *COUNTS[:1], *EXAMINED), "start crizotinib",
         "complete_baseline", due="blood_count"),
    case("43 days are too old", course(POSITIVE, *LIVER, *COUNTS, *EXAMINED[1:], examination("ecg", BEYOND)),
         "start crizotinib", "complete_baseline", due="ecg", stage="baseline"),
    case("no brain imaging holds up completeness", course(POSITIVE, *LIVER, *COUNTS, *EXAMINED[:3]),
         "start crizotinib", "complete_baseline", due="brain_mri"),
    case("hypogonadism is assessed only with symptoms (B4)", course(POSITIVE, condition("hypogonadism_symptoms")),
         "start crizotinib", due="hypogonadism_assessment"),
    case("results after the day asked do not count",
         course(POSITIVE, *LIVER, *COUNTS, *EXAMINED[1:], examination("ecg", "2014-11-02")), "start crizotinib",
         "complete_baseline", due="ecg"),
    case("a second inhibitor has no baseline", course(POSITIVE, line("crizotinib", stop="2014-10-01",
         why="progression")), "switch ceritinib", never="complete_baseline"),
    case("a first inhibitor after chemotherapy has one",
         course(POSITIVE, doublet(stop="2014-10-01", why="progression")), "switch crizotinib", "complete_baseline",
         due="ecg", stage="baseline"),
    case("the doublet has none", course(POSITIVE, no_access("crizotinib")), "start platinum-pemetrexed",
         never="complete_baseline"),
]  # fmt: skip


@pytest.mark.parametrize("one", BASELINE)
def test_baseline(one: Case) -> None:
    check(one)


def test_a_start_with_an_open_baseline_carries_a_caution() -> None:
    assert asked(Case(record=course(POSITIVE), order=())).options[0].cautions


def test_a_decision_changes_nothing_where_the_house_rules_decide() -> None:
    one = Case(record=course(POSITIVE, decided("start", "crizotinib"), resected=True, **LOCAL), order=())
    assert words(asked(one).options)[0] == "refer_to_board"
