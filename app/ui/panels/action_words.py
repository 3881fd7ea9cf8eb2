"""Actions and stages of the pathway as a nurse says them."""

from app.words import _, later

_ACTIONS = {  # codes whose words are not just the code with spaces
    "request_alk_ihc": later("request ALK IHC"),
    "request_alk_fish": later("request ALK FISH"),
    "request_alk_rt_pcr": later("request ALK RT-PCR"),
    "request_ngs": later("request NGS"),
    "recount_fish_more_cells": later("recount FISH with more cells"),
    "recount_fish_second_reader": later("have a second reader count FISH"),
    "repeat_test": later("repeat the test"),
    "await_result": later("await the result"),
    "review_discordance": later("review the discordance"),
    "complete_baseline": later("complete the baseline"),
    "complete_record": later("complete the record"),
    "continue_with_surveillance": later("continue, and watch closely"),
    "continue_with_local_treatment": later("continue, and treat locally"),
    "resume_reduced": later("resume at a lower dose"),
    "request_rebiopsy": later("request a re-biopsy"),
    "consider_rebiopsy_in_trial": later("consider a re-biopsy in a trial"),
    "consider_plasma_test": later("consider a plasma test"),
    "refer_to_board": later("refer to the tumour board"),
    "refer_to_trial": later("refer to a trial"),
    "assess_response": later("assess the response"),
    "leave_pathway": later("leave this pathway"),
    "none_deceased": later("none: the patient has died"),
    "resolve_contradiction": later("resolve the contradiction"),
    "abrupt_stop": later("stop abruptly"),
    "escalate_dose": later("raise the dose"),
    "alk_inhibitor_without_alk": later("give an ALK inhibitor without proof of ALK"),
    "enroll_brigatinib_with_ild": later("enrol for brigatinib with interstitial lung disease"),
}
_WITH_DRUG = {
    "continue_with_surveillance": later("continue {drug}, and watch closely"),
    "continue_with_local_treatment": later("continue {drug}, and treat locally"),
    "switch": later("switch to {drug}"),
    "rechallenge": later("rechallenge with {drug}"),
    "resume_reduced": later("resume {drug} at a lower dose"),
    "abrupt_stop": later("stop {drug} abruptly"),
    "escalate_dose": later("raise the dose of {drug}"),
    "alk_inhibitor_without_alk": later("give {drug} without proof of ALK"),
}
STAGES = {
    "testing": later("testing"),
    "baseline": later("baseline"),
    "first_line": later("first line"),
    "on_treatment": later("on treatment"),
    "progression": later("progression"),
    "further_line": later("further line"),
    "off_pathway": later("off the pathway"),
}


def action_words(action: str, drug: str | None) -> str:
    """Return an action with its drug: "Switch to ceritinib"."""
    words = _(_ACTIONS.get(action) or action.replace("_", " "))
    if drug:
        name = _(drug)
        words = _(_WITH_DRUG[action]).format(drug=name) if action in _WITH_DRUG else f"{words} {name}"
    return words[:1].upper() + words[1:]
