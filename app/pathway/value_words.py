"""What the values of facts are called, where their codes do not say it well enough."""

from app.words import later

RESPONSES = {
    "CR": later("complete response (CR)"),
    "PR": later("partial response (PR)"),
    "SD": later("stable disease (SD)"),
    "PD": later("progression (PD)"),
    "NON_CR_NON_PD": later("non-CR/non-PD"),
    "NE": later("not evaluable (NE)"),
    "NA": later("none to assess"),
}
VALUES = {
    "cns_only": later("central nervous system only"),
    "outside_cns": later("outside the central nervous system"),
    "both": later("inside and outside the central nervous system"),
    "unsaid": later("not recorded"),
    "two_lines_open": later("two lines open at once"),
    "response_before_treatment": later("a response before any treatment"),
    "reason_without_stop": later("a reason for a stop without a stop"),
    "dose_after_stop": later("a dose after the end of its line"),
    "several": later("in several ways"),
    "inhibitor_running": later("an ALK inhibitor, running"),
    "inhibitor_failed": later("an ALK inhibitor, failed"),
    "inhibitor_toxicity": later("an ALK inhibitor, stopped or to be stopped for toxicity"),
    "inhibitor_ended": later("an ALK inhibitor, ended"),
    "inhibitor_reason_unknown": later("an ALK inhibitor, stopped, reason not recorded"),
    "chemotherapy_running": later("chemotherapy, running"),
    "chemotherapy_failed": later("chemotherapy, failed"),
    "chemotherapy_ended": later("chemotherapy, ended"),
    "new": later("not given before"),
    "given": later("given before"),
    "left": later("available, not given before"),
    "left_after_failure": later("one has failed, another is left"),
    "none_left": later("none left"),
    "again": later("given before, not failed"),
    "over_reduced": later("over, to go on at a lower dose"),
    "over_same": later("over, to go on at the same dose"),
    "over_board": later("over, the board to decide"),
    "short_count": later("too few cells counted"),
    "ihc_and_molecular": later("IHC and RT-PCR or NGS"),
    "molecular": later("RT-PCR or NGS"),
    **RESPONSES,
}
# Where a code says it of one fact only.
OF_FACT = {("doublet_state", "none"): later("failed, or not available")}
