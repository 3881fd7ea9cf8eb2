"""The facts a protocol may ask about: the registry of all of them, and their values for one record on one day.

A fact carries the arithmetic (percentages, response, numbers of lines), so that a protocol never has to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from app.pathway.values import Bounded, Codes, Fact, Value, flag
from app.record.codes import Extent, Histology, Tempo
from app.words import later

Found = dict[str, tuple[Value, tuple[str, ...]]]

HOLD = Codes(("none", "withhold", "discontinue", "over_board", "over_reduced", "over_same"))

_ALL = (
    # the person and the disease
    Fact("deceased", flag(), later("deceased"), quiet=(False,)),
    Fact(
        "record_contradiction",
        Codes(
            ("none", "two_lines_open", "response_before_treatment", "reason_without_stop", "dose_after_stop", "several")
        ),
        later("contradiction in the record"),
        quiet=("none",),
    ),
    Fact(
        "histology",
        Codes(get_args(Histology), open=True),
        later("histology at diagnosis"),
        later("Enter the histology: whether ALK is to be tested depends on it."),
    ),
    Fact(
        "limited_sample",
        flag(open=True),
        later("sample too small to exclude adenocarcinoma"),
        later("Say whether the sample is too small to exclude an adenocarcinoma component."),
        quiet=(None,),
    ),
    Fact(
        "stage_metastatic",
        flag(open=True),
        later("metastatic disease"),
        later("Enter the stage or the metastatic sites: ALK inhibitors are for metastatic disease only."),
    ),
    Fact("resected", flag(open=True), later("resected"), later("Say whether the tumour was resected.")),
    Fact("rebiopsy_histology", Codes(("none", "same", "changed")), later("histology of the re-biopsy"),
         quiet=("none", "same")),
    Fact("rebiopsy_awaited", flag(), later("re-biopsy or its result awaited"), quiet=(False,)),
    Fact("adjuvant_trial_open", flag(), later("trial for early disease open"), quiet=(False,)),
    Fact("metastatic_trial_open", flag(), later("trial open"), quiet=(False,)),
    Fact("rebiopsy_trial_open", flag(), later("trial that requires a re-biopsy open"), quiet=(False,)),
    Fact("bevacizumab_contraindicated", flag(), later("contraindication to bevacizumab"), quiet=(False,)),
    Fact("lung_disease_or_oxygen", flag(), later("interstitial lung disease or oxygen dependence"), quiet=(False,)),
    Fact("baseline_open", flag(), later("baseline items open"), quiet=(False,)),
    # ALK
    Fact(
        "alk_status",
        Codes(("unknown", "pending", "positive", "negative", "discordant")),
        later("ALK status"),
    ),
    Fact(
        "fish",
        Codes(("none", "positive", "negative", "short_count", "second_reader_needed", "unusable", "failed",
               "discordant")),
        later("FISH"),
        quiet=("none",),
    ),
    Fact("fish_positive_percent", Bounded(0, 100, "%"), later("positive cells by FISH"),
         later("Enter the cells counted by FISH: the percentage cannot be checked without them.")),
    Fact("fish_cells", Bounded(0, 100_000, "cells"), later("cells counted by FISH"),
         later("Enter how many cells were counted by FISH.")),
    Fact("fish_fields_below_four", flag(), later("fewer than four fields counted"), quiet=(False,)),
    Fact("fish_at_cut_off", flag(), later("FISH at exactly 15 %"), quiet=(False,)),
    Fact("fish_word_differs", flag(), later("counts and the laboratory’s word differ"), quiet=(False,)),
    Fact("fish_and_other_test_differ", flag(), later("FISH and another ALK test differ"), quiet=(False,)),
    Fact("ihc", Codes(("none", "positive", "negative", "uncalled", "failed")), later("IHC"), quiet=("none",)),
    Fact("alk_molecular", Codes(("none", "positive", "negative", "failed")), later("RT-PCR or NGS"), quiet=("none",)),
    Fact("alk_awaited", Codes(("none", "fish", "ihc", "molecular", "ihc_and_molecular")), later("ALK test awaited"),
         quiet=("none",)),
    Fact(
        "predictive_marker",
        flag(open=True),
        later("marker that predicts ALK (light smoker or other genes wild type)"),
        later("Enter the smoking history: it decides whether FISH follows a negative IHC."),
    ),
    Fact("light_smoker", flag(open=True), later("never or light smoker"), quiet=(None, False)),
    Fact("ihc_suggests_positive", flag(), later("staining that suggests a positive IHC"), quiet=(False,)),
    Fact("l1196m_found", flag(), later("ALK L1196M found"), quiet=(False,)),
    # therapy lines
    Fact("line_number", Bounded(0, 99, "lines", open=False), later("lines of treatment so far")),
    Fact("alk_inhibitor_running", flag(), later("an ALK inhibitor runs"), quiet=(False,)),
    Fact("crizotinib_running", flag(), later("crizotinib runs"), quiet=(True, False)),
    Fact("chemotherapy_running", flag(), later("chemotherapy runs"), quiet=(False,)),
    Fact(
        "line_state",
        Codes(("none", "inhibitor_running", "inhibitor_failed", "inhibitor_toxicity", "inhibitor_ended",
               "inhibitor_reason_unknown", "chemotherapy_running", "chemotherapy_failed", "chemotherapy_ended")),
        later("last line of treatment"),
    ),
    Fact("line_start_known", flag(), later("start of the line known"),
         later("Enter the day the line of treatment started."), quiet=(True,)),
    Fact("stop_reason", flag(), later("reason for the stop known"), later("Say why the ALK inhibitor was stopped."),
         quiet=(True,)),
    Fact("any_inhibitor_given", flag(), later("an ALK inhibitor has been given"), quiet=(True, False)),
    Fact("crizotinib_state", Codes(("new", "unavailable", "given")), later("crizotinib")),
    Fact("novel_state", Codes(("left", "left_after_failure", "none_left")),
         later("second-generation inhibitors named by the protocol")),
    Fact("doublet_state", Codes(("new", "again", "none")), later("platinum-pemetrexed")),
    Fact("rechallenge_possible", flag(), later("an earlier inhibitor may be given again")),
    Fact("dose_held", flag(), later("dose held"), quiet=(False,)),
    Fact("hold_reason", flag(), later("reason for the hold known"),
         later("Say why the dose is held, and what it waits for."), quiet=(True,)),
    Fact("toxicity_open", flag(), later("open adverse event, or a value outside its limits"), quiet=(False,)),
    Fact("value_without_limit", flag(), later("value without unit or limit"), quiet=(False,)),
    Fact("alt_x_uln", Bounded(0, 100_000, "× ULN"), later("ALT"),
         later("Enter the unit and the upper limit of the ALT value.")),
    Fact("ast_x_uln", Bounded(0, 100_000, "× ULN"), later("AST"),
         later("Enter the unit and the upper limit of the AST value.")),
    Fact("alp_x_uln", Bounded(0, 100_000, "× ULN"), later("ALP"),
         later("Enter the unit and the upper limit of the ALP value.")),
    Fact("bilirubin_x_uln", Bounded(0, 100_000, "× ULN"), later("total bilirubin"),
         later("Enter the unit and the upper limit of the bilirubin value.")),
    Fact("neutrophils", Bounded(0, 100_000, "10⁹/L"), later("neutrophils"),
         later("Enter the unit of the neutrophil count.")),
    Fact("platelets", Bounded(0, 100_000, "10⁹/L"), later("platelets"), later("Enter the unit of the platelet count.")),
    Fact("qtc_ms", Bounded(0, 2000, "ms"), later("QTc"), later("Enter the unit of the QTc.")),
    # toxicity: how each rule stands on the running line
    Fact("treatment_hold", HOLD, later("hold of the treatment"), quiet=("none",)),
    Fact("pneumonitis_hold", HOLD, later("pneumonitis"), quiet=("none",)),
    Fact("transaminase_hold", HOLD, later("ALT and AST"), quiet=("none",)),
    Fact("liver_injury_hold", HOLD, later("ALT or AST with bilirubin"), quiet=("none",)),
    Fact("bilirubin_hold", HOLD, later("bilirubin"), quiet=("none",)),
    Fact("qtc_hold", HOLD, later("QTc"), quiet=("none",)),
    Fact("rhythm_hold", HOLD, later("heart rhythm"), quiet=("none",)),
    Fact("blood_count_hold", HOLD, later("blood counts"), quiet=("none",)),
    Fact("heart_rate_hold", HOLD, later("bradycardia"), quiet=("none",)),
    Fact("ecgs_above_limit", Bounded(0, 99, "ECGs", open=False), later("ECGs with a QTc above 500 ms"), quiet=(0,)),
    Fact("transaminases_raised", flag(), later("ALT or AST raised, not held"), quiet=(False,)),
    Fact("bilirubin_alone", flag(), later("bilirubin raised alone"), quiet=(False,)),
    Fact("liver_value_missing", flag(), later("liver value without the other of its sample"), quiet=(False,)),
    Fact("grave_event_open", flag(), later("adverse event of grade 3 or more"), quiet=(False,)),
    Fact("event_without_values", flag(), later("adverse event without its values or grade"), quiet=(False,)),
    # response and progression
    Fact("response", Codes(("none", "CR", "PR", "SD", "PD", "NON_CR_NON_PD")), later("current response")),
    Fact("primary_resistance", flag(), later("progression without any response to the first ALK inhibitor"),
         quiet=(False,)),
    Fact("response_differs", flag(), later("reported and computed response differ"), quiet=(False,)),
    Fact("progression_answered", flag(), later("the progression has been answered"), quiet=(False,)),
    Fact(
        "progression_extent",
        Codes(get_args(Extent), open=True),
        later("extent of the progression"),
        later("Say whether the progression is oligometastatic or widespread (the clinician’s judgement)."),
        judged=True,
    ),
    Fact("progression_sites", Codes(("cns_only", "outside_cns", "both", "unsaid")), later("sites of the progression"),
         judged=True, quiet=("unsaid",)),
    Fact("progression_symptomatic", flag(open=True), later("symptoms of the progression"),
         later("Say whether the progression causes symptoms."), judged=True),
    Fact("progression_tempo", Codes(get_args(Tempo), open=True), later("tempo of the progression"),
         later("Say whether the progression is slow, moderate or rapid."), judged=True),
    Fact("tolerated", Codes(("yes", "no"), open=True), later("current treatment well tolerated"),
         later("Say whether the current treatment is well tolerated."), judged=True),
    Fact("local_treatment_possible", flag(open=True), later("local treatment possible"),
         later("Say whether surgery or radiotherapy could reach the progression."), judged=True),
)  # fmt: skip

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _ALL}


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one record on one day.

    `sources` names the entries each fact came from; `drugs` holds what a table's symbols stand for (`current`,
    `novel_new` …); `words` fills the placeholders of texts.
    """

    values: Mapping[str, Value]
    sources: Mapping[str, tuple[str, ...]]
    drugs: Mapping[str, tuple[str, ...]]
    doses: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)
