"""What no record can show: boxes of facts that exclude one another, each by name.

The proof takes these as given, and a test holds them to random whole records: none yields facts inside one of them.
"""

from typing import Any

from app.pathway.table import Box, condition

NOT_PD = {"not": "PD"}
NO_FISH_VERDICT = ["none", "unusable", "failed"]
HOLD_FACTS = (
    "pneumonitis_hold", "transaminase_hold", "liver_injury_hold", "bilirubin_hold", "qtc_hold", "rhythm_hold",
    "blood_count_hold", "heart_rate_hold",
)  # fmt: skip
GRAVEST_FIRST = ("discontinue", "withhold", "over_board", "over_reduced", "over_same")


def _progression() -> dict[str, dict[str, Any]]:
    """Judgements of a progression are only there with one."""
    return {
        "an extent only with a progression": {"response": NOT_PD, "progression_extent": {"not": "unknown"}},
        "sites only with a progression": {"response": NOT_PD, "progression_sites": {"not": "unsaid"}},
        "symptoms only with a progression": {"response": NOT_PD, "progression_symptomatic": {"not": "unknown"}},
        "a tempo only with a progression": {"response": NOT_PD, "progression_tempo": {"not": "unknown"}},
        "tolerance is asked with a progression": {"response": NOT_PD, "tolerated": {"not": "unknown"}},
        "local treatment is asked with a progression": {
            "response": NOT_PD,
            "local_treatment_possible": {"not": "unknown"},
        },
        "only a progression is answered": {"response": NOT_PD, "progression_answered": True},
        "only what runs is answered": {
            "progression_answered": True,
            "alk_inhibitor_running": False,
            "chemotherapy_running": False,
        },
        "responses differ only where there is one": {"response": "none", "response_differs": True},
        "no response before a line": {"line_state": "none", "response": {"not": "none"}},
    }


def _lines() -> dict[str, dict[str, Any]]:
    """What runs, how the last line stands, and what has been given fit together."""
    return {
        "a running inhibitor is the last line": {
            "alk_inhibitor_running": True,
            "treatment_hold": {"not": "discontinue"},
            "line_state": {"not": "inhibitor_running"},
        },
        "one to be stopped counts as failed or toxic": {
            "treatment_hold": "discontinue",
            "line_state": {"not": ["inhibitor_failed", "inhibitor_toxicity"]},
        },
        "an inhibitor that is the last line runs": {"line_state": "inhibitor_running", "alk_inhibitor_running": False},
        "chemotherapy that has ended does not run": {
            "line_state": ["none", "inhibitor_running", "inhibitor_failed", "inhibitor_toxicity", "inhibitor_ended",
                           "inhibitor_reason_unknown", "chemotherapy_ended"],
            "chemotherapy_running": True,
        },
        "chemotherapy that is the running line runs": {
            "line_state": "chemotherapy_running",
            "chemotherapy_running": False,
        },
        "chemotherapy that progresses has failed": {
            "line_state": ["chemotherapy_running", "chemotherapy_ended"],
            "response": "PD",
        },
        "crizotinib that runs is an inhibitor that runs": {"crizotinib_running": True, "alk_inhibitor_running": False},
        "what runs has been given": {"crizotinib_running": True, "crizotinib_state": {"not": "given"}},
        "crizotinib given is an inhibitor given": {"crizotinib_state": "given", "any_inhibitor_given": False},
        "an inhibitor as last line has been given": {
            "line_state": ["inhibitor_running", "inhibitor_failed", "inhibitor_toxicity", "inhibitor_ended",
                           "inhibitor_reason_unknown"],
            "any_inhibitor_given": False,
        },
        "nothing given before the first line": {"line_state": "none", "any_inhibitor_given": True},
        "no inhibitor has failed before one was given": {
            "novel_state": "left_after_failure",
            "any_inhibitor_given": False,
        },
        "nothing to give again before one was given": {"rechallenge_possible": True, "any_inhibitor_given": False},
        "no doublet to give again before the first line": {"line_state": "none", "doublet_state": "again"},
        "only a line that runs can lack its start": {
            "line_start_known": False,
            "alk_inhibitor_running": False,
            "chemotherapy_running": False,
        },
        "a stop without a reason lacks it": {"line_state": "inhibitor_reason_unknown", "stop_reason": True},
        "only a running inhibitor is held": {"dose_held": True, "alk_inhibitor_running": False},
        "a dose held asks for its reason": {"dose_held": True, "hold_reason": True},
        "a dose taken asks for none": {"dose_held": False, "hold_reason": False},
    }  # fmt: skip


def _holds() -> dict[str, dict[str, Any]]:
    """The hold of the treatment is the gravest of its rules, and rules know only the line of crizotinib."""
    found: dict[str, dict[str, Any]] = {
        "rules of toxicity are for crizotinib": {"treatment_hold": {"not": "none"}, "crizotinib_running": False},
    }
    never = {
        "discontinue": ("bilirubin_hold", "heart_rate_hold"),
        "over_board": tuple(name for name in HOLD_FACTS if name != "bilirubin_hold"),
        "over_same": ("transaminase_hold", "bilirubin_hold", "rhythm_hold"),
        "over_reduced": ("pneumonitis_hold", "liver_injury_hold", "heart_rate_hold"),
    }
    for name in HOLD_FACTS:
        found[f"no {name} without a hold"] = {"treatment_hold": "none", name: {"not": "none"}}
        for number, state in enumerate(GRAVEST_FIRST[1:], start=1):
            graver = [one for one in GRAVEST_FIRST[:number] if name not in never.get(one, ())]
            only_one_to_say_it = all(other == name or other in never.get(state, ()) for other in HOLD_FACTS)
            if graver and not only_one_to_say_it:
                found[f"{state} is not less than {name}"] = {"treatment_hold": state, name: graver}
    for state in GRAVEST_FIRST:
        found[f"some rule says {state}"] = {
            "treatment_hold": state,
            **{name: {"not": state} for name in HOLD_FACTS},
        }
    for state, names in never.items():
        for name in names:
            found[f"{name} never ends in {state}"] = {name: state}
    return found


def _alk() -> dict[str, dict[str, Any]]:
    """The ALK status follows from the tests."""
    not_shown = {"ihc": {"not": "positive"}, "alk_molecular": {"not": "positive"}}
    return {
        "a positive FISH is ALK positive": {"fish": "positive", "alk_status": {"not": "positive"}},
        "ALK is positive by FISH": {"fish": {"not": "positive"}, "alk_status": "positive"},
        "opposite FISH are discordant": {"fish": "discordant", "alk_status": {"not": "discordant"}},
        "discordance is of FISH": {"fish": {"not": ["discordant", "negative"]}, "alk_status": "discordant"},
        "a negative FISH is discordant with another test": {
            "fish": "negative",
            "alk_status": "discordant",
            **not_shown,
        },
        "IHC positive, FISH negative": {"fish": "negative", "ihc": "positive", "alk_status": {"not": "discordant"}},
        "RT-PCR or NGS positive, FISH negative": {
            "fish": "negative",
            "alk_molecular": "positive",
            "alk_status": {"not": "discordant"},
        },
        "what is awaited is pending": {
            "alk_awaited": {"not": "none"},
            "alk_status": ["unknown", "negative"],
        },
        "an open count is pending": {
            "fish": ["short_count", "second_reader_needed"],
            "alk_status": {"not": "pending"},
        },
        "FISH negative alone": {
            "fish": "negative",
            "alk_awaited": "none",
            "alk_status": {"not": "negative"},
            **not_shown,
        },
    }


def _without_fish() -> dict[str, dict[str, Any]]:
    """The ALK status where no FISH has a verdict and nothing is awaited."""
    silent = {"alk_awaited": "none", "fish": NO_FISH_VERDICT}
    return {
        "IHC positive or not called is pending": {
            **silent,
            "ihc": ["positive", "uncalled"],
            "alk_status": {"not": "pending"},
        },
        "RT-PCR or NGS positive is pending": {
            **silent,
            "alk_molecular": "positive",
            "alk_status": {"not": "pending"},
        },
        "IHC negative with a marker is pending": {
            **silent,
            "ihc": "negative",
            "predictive_marker": [True, "unknown"],
            "alk_molecular": {"not": "positive"},
            "alk_status": {"not": "pending"},
        },
        "IHC negative without a marker is negative": {
            **silent,
            "ihc": "negative",
            "predictive_marker": False,
            "alk_molecular": {"not": "positive"},
            "alk_status": {"not": "negative"},
        },
        "RT-PCR or NGS negative alone is pending": {
            **silent,
            "ihc": ["none", "failed"],
            "alk_molecular": "negative",
            "alk_status": {"not": "pending"},
        },
        "nothing said is unknown": {
            **silent,
            "ihc": ["none", "failed"],
            "alk_molecular": ["none", "failed"],
            "alk_status": {"not": "unknown"},
        },
    }


def impossible() -> dict[str, Box]:
    """Return, by name, the boxes that no record reaches."""
    written = {**_progression(), **_lines(), **_holds(), **_alk(), **_without_fish()}
    return {name: {fact: condition(fact, one) for fact, one in box.items()} for name, box in written.items()}
