"""The rules of the 2015 protocol as a programmer would write them by hand: `if` and `elif` over the same facts.

It gives the rows that fire, as table/row, in the order in which the tables give them. Kept beside the tables only to
be measured against; the benchmark checks that both say the same.
"""

from collections.abc import Mapping

from app.pathway.values import Value

Facts = Mapping[str, Value]
TESTED = ("adenocarcinoma", "adenosquamous", "nsclc_nos", "large_cell", "other")
OTHERS = ("squamous", "small_cell")
OVER = ("over_board", "over_reduced", "over_same")


def rows(v: Facts) -> list[str]:
    """Return the rows that fire: the house rules in their order, and the tables that they lead to."""
    if v["deceased"]:
        return ["house/H1"]
    if v["record_contradiction"] != "none":
        return ["house/H2"]
    status = v["alk_status"]
    running = v["alk_inhibitor_running"]
    hold = v["treatment_hold"]
    metastatic = v["stage_metastatic"]
    if running:
        treatable = status == "positive" and metastatic is True
        if hold == "discontinue" and treatable:
            return ["house/H12-stop", *further_line(v)]
        if hold == "withhold":
            if treatable:
                return ["house/H12-hold", *holding(v), *progression_on_hold(v)]
            if status in ("unknown", "pending"):
                return ["house/H12-hold-testing", *holding(v), *testing(v), *awaiting(v)]
            return ["house/H12-hold-otherwise", *holding(v), *open_on_hold(v)]
        if hold == "none" and v["dose_held"]:
            return ["house/H12-reason"]
    if status == "discordant":
        return ["house/H2-discordant", *meanwhile(v)]
    if running and status == "negative":
        return ["house/H16-negative", *meanwhile(v)]
    if running and status in ("unknown", "pending"):
        return ["house/H16-testing", *testing(v), *awaiting(v), *meanwhile(v)]
    if status == "pending":
        if v["fish"] in ("short_count", "second_reader_needed"):
            return ["house/H3-recount", *testing(v), *awaiting(v), *meanwhile(v)]
        if v["alk_awaited"] != "none":
            return ["house/H3-awaited", *testing(v), *awaiting(v), *meanwhile(v)]
    if status == "negative":
        return ["house/H6-negative"]
    histology = v["histology"]
    if status in ("unknown", "pending") and histology in OTHERS and v["limited_sample"] is not True:
        return ["house/H6-histology"]
    if v["rebiopsy_histology"] == "changed":
        return ["house/H10", *meanwhile(v)]
    if status in ("unknown", "pending"):
        if histology is None:
            return ["house/H4-histology", *meanwhile(v)]
        return ["house/T-test", *testing(v), *awaiting(v), *meanwhile(v)]
    # From here on ALK is positive.
    if metastatic is None:
        return ["house/H4-stage", *meanwhile(v)]
    if not metastatic:
        return ["house/H5", *meanwhile(v), *early(v)]
    if not v["line_start_known"]:
        return ["house/H4-start", *meanwhile(v)]
    return treatment(v, bool(running), hold)


def treatment(v: Facts, running: bool, hold: Value) -> list[str]:
    """Metastatic and ALK positive, nothing else to settle first."""
    response = v["response"]
    if running and response == "PD" and v["progression_answered"]:
        return ["house/H14-answered", *answered(v), *resuming(v)]
    state = v["line_state"]
    if state == "none":
        return ["house/to-first-line", *first_line(v)]
    if state == "inhibitor_running" and response != "PD":
        if hold in OVER:
            return ["house/to-resuming", *resuming(v)]
        if hold == "none":
            return ["house/to-on-treatment", *on_treatment(v)]
    elif state == "chemotherapy_running":
        return ["house/to-on-treatment", *on_treatment(v)]
    if running and response == "PD":
        return ["house/to-progression", *progression(v), *resuming(v)]
    if state != "inhibitor_running":
        return ["house/to-further-line", *further_line(v)]
    return []


def testing(v: Facts) -> list[str]:
    """Which ALK test comes next."""
    fish, awaited = v["fish"], v["alk_awaited"]
    if fish == "short_count":
        return ["testing/D7"]
    if fish == "second_reader_needed":
        return ["testing/D8"]
    if awaited == "fish":
        return ["testing/H3-fish"] if fish in ("none", "negative", "unusable", "failed") else []
    if fish in ("unusable", "failed"):
        return ["testing/D1-repeat"]
    if fish == "negative":
        return ["testing/H3-after-fish"] if awaited != "none" else []
    if fish != "none":
        return []
    ihc, molecular = v["ihc"], v["alk_molecular"]
    if ihc in ("positive", "uncalled"):
        return ["testing/D14"]
    if molecular == "positive":
        return ["testing/D16-positive"]
    if ihc == "negative":
        marker = v["predictive_marker"]
        if marker is None:
            return ["testing/D15-unknown"]
        if marker:
            return ["testing/D15"]
        return ["testing/H3-after-ihc"] if awaited != "none" else []
    if molecular == "negative":
        return ["testing/D16-negative"]
    if ihc == "failed":
        return ["testing/D12-repeat"] if awaited in ("none", "molecular") else ["testing/H3-ihc-again"]
    if molecular == "failed":
        return ["testing/D16-repeat"] if awaited == "none" else ["testing/H3-molecular-again"]
    return untested(v, awaited)


def untested(v: Facts, awaited: Value) -> list[str]:
    """No ALK test says anything yet."""
    if awaited in ("ihc", "ihc_and_molecular"):
        return ["testing/H3-ihc"]
    histology = v["histology"]
    if histology in ("adenocarcinoma", "adenosquamous"):
        return ["testing/T1"]
    small = v["limited_sample"] is True
    if histology in TESTED or (histology in OTHERS and small):
        return ["testing/T2"]
    if v["alk_inhibitor_running"]:
        return ["testing/H16-untested"]
    if awaited == "molecular":
        return ["testing/H3-unknown-histology" if small else "testing/H3-outside"]
    return []


def awaiting(v: Facts) -> list[str]:
    """What has been asked for."""
    return ["awaiting/H3"] if v["alk_awaited"] != "none" else []


def meanwhile(v: Facts) -> list[str]:
    """What goes on meanwhile."""
    fired = []
    status, response, changed = v["alk_status"], v["response"], v["rebiopsy_histology"] == "changed"
    metastatic = v["stage_metastatic"]
    # Where ALK is positive and the histology the same: what the record lacks.
    lacking = status == "positive" and not changed and (
        metastatic is None or (metastatic is True and not v["line_start_known"])
    )  # fmt: skip
    if v["alk_inhibitor_running"]:
        hold = v["treatment_hold"]
        if hold == "none" and not v["dose_held"]:
            if status != "positive":
                fired.append("meanwhile/H16")
            elif changed:
                fired.append("meanwhile/H10")
            elif metastatic is False:
                fired.append("meanwhile/H5")
            if lacking and response != "PD":
                fired.append("meanwhile/H4-inhibitor")
        elif hold in ("over_same", "over_reduced") and (
            status != "positive" or changed or metastatic is False or response != "PD"
        ):
            fired.append("meanwhile/H4-resume" if hold == "over_same" else "meanwhile/H4-resume-reduced")
    if v["chemotherapy_running"]:
        if response != "PD":
            if status in ("unknown", "pending", "discordant"):
                fired.append("meanwhile/H3-chemotherapy")
            elif lacking:
                fired.append("meanwhile/H4-chemotherapy")
        elif status in ("unknown", "pending") and v["alk_awaited"] != "none":
            fired.append("meanwhile/H3-board")
    return fired


def early(v: Facts) -> list[str]:
    """ALK positive, not metastatic."""
    fired = [] if v["resected"] is True else ["early/H5"]
    if v["adjuvant_trial_open"]:
        fired.append("early/L7")
    return fired


def baseline(v: Facts) -> list[str]:
    """Before the first ALK inhibitor."""
    return ["baseline/H11"] if v["baseline_open"] and not v["any_inhibitor_given"] else []


def first_line(v: Facts) -> list[str]:
    """The first palliative line."""
    if v["crizotinib_state"] in ("new", "given"):
        return ["first_line/L2", *baseline(v)]
    return ["first_line/L4" if v["doublet_state"] != "none" else "first_line/H9-first-line"]


def on_treatment(v: Facts) -> list[str]:
    """A line runs without progression."""
    if v["line_state"] == "inhibitor_running":
        return ["on_treatment/H7"]
    return ["on_treatment/H8" if v["crizotinib_state"] == "new" else "on_treatment/H8-given"]


def answered(v: Facts) -> list[str]:
    """A progression that has been answered."""
    return ["answered/H14" if v["novel_state"] == "left" else "answered/H14-after-failure"]


def further_line(v: Facts) -> list[str]:
    """Second line and later."""
    state, novel, doublet = v["line_state"], v["novel_state"], v["doublet_state"]
    if state in ("inhibitor_failed", "inhibitor_toxicity"):
        if novel == "left" or (novel == "left_after_failure" and doublet == "none"):
            return [
                "further_line/P7-after-failure" if state == "inhibitor_failed" else "further_line/P7-after-toxicity"
            ]
        return ["further_line/S2-after-inhibitor" if doublet != "none" else "further_line/H9-after-inhibitor"]
    if state == "inhibitor_ended":
        return ["further_line/S5-by-choice"]
    if state == "inhibitor_reason_unknown":
        return ["further_line/H4-stop-reason"]
    if state == "chemotherapy_failed":
        return after_failed_chemotherapy(v, novel, doublet)
    if v["crizotinib_state"] == "new":
        return ["further_line/L3-after-chemotherapy", *baseline(v)]
    if novel == "none_left":
        return ["further_line/S5-after-chemotherapy"]
    return ["further_line/P7-after-ended-chemotherapy", *baseline(v)]


def after_failed_chemotherapy(v: Facts, novel: Value, doublet: Value) -> list[str]:
    """Chemotherapy has failed."""
    if v["crizotinib_state"] == "new":
        if v["any_inhibitor_given"]:
            return ["further_line/L3-crizotinib-left"]
        return ["further_line/L3-first-inhibitor", *baseline(v)]
    if novel != "none_left":
        return ["further_line/P7-after-chemotherapy", *baseline(v)]
    if doublet == "new":
        return ["further_line/S2-after-chemotherapy"]
    if v["rechallenge_possible"]:
        return ["further_line/H9-rechallenge"]
    return ["further_line/S2-again" if doublet == "again" else "further_line/H9-after-chemotherapy"]


def holding(v: Facts) -> list[str]:
    """What holds the inhibitor."""
    fired = []
    if v["pneumonitis_hold"] == "withhold":
        fired.append("holding/X1-pneumonitis_hold")
    if v["liver_injury_hold"] == "withhold":
        fired.append("holding/X3-liver_injury_hold")
    if v["transaminase_hold"] == "withhold":
        fired.append("holding/X2-transaminase_hold")
    if v["bilirubin_hold"] == "withhold":
        fired.append("holding/X3-bilirubin_hold")
    if v["rhythm_hold"] == "withhold":
        fired.append("holding/X5-rhythm_hold")
    if v["qtc_hold"] == "withhold":
        fired.append("holding/X4-qtc_hold")
    if v["blood_count_hold"] == "withhold":
        fired.append("holding/X6-blood_count_hold")
    if v["heart_rate_hold"] == "withhold":
        fired.append("holding/X7-heart_rate_hold")
    return fired


def resuming(v: Facts) -> list[str]:
    """A hold that is over."""
    hold = v["treatment_hold"]
    fired = []
    if hold == "over_reduced":
        if v["transaminase_hold"] == "over_reduced":
            fired.append("resuming/X2-transaminase_hold-reduced")
        if v["bilirubin_hold"] == "over_reduced":
            fired.append("resuming/X3-bilirubin_hold-reduced")
        if v["qtc_hold"] == "over_reduced":
            fired.append("resuming/X4-qtc_hold-reduced")
        if v["rhythm_hold"] == "over_reduced":
            fired.append("resuming/X5-rhythm_hold-reduced")
        if v["blood_count_hold"] == "over_reduced":
            fired.append("resuming/X6-blood_count_hold-reduced")
    elif hold == "over_same":
        if v["pneumonitis_hold"] == "over_same":
            fired.append("resuming/X1-pneumonitis_hold-same")
        if v["liver_injury_hold"] == "over_same":
            fired.append("resuming/X3-liver_injury_hold-same")
        if v["qtc_hold"] == "over_same":
            fired.append("resuming/X4-qtc_hold-same")
        if v["blood_count_hold"] == "over_same":
            fired.append("resuming/X6-blood_count_hold-same")
        if v["heart_rate_hold"] == "over_same":
            fired.append("resuming/X7-heart_rate_hold-same")
    elif hold == "over_board" and v["bilirubin_hold"] == "over_board":
        fired.append("resuming/X3-lowest")
    return fired


def progression_on_hold(v: Facts) -> list[str]:
    """Progression during a hold."""
    if v["response"] != "PD" or v["progression_answered"]:
        return []
    return ["progression_on_hold/P7" if v["novel_state"] == "left" else "progression_on_hold/S2"]


def progression(v: Facts) -> list[str]:
    """Progression on an ALK inhibitor, not yet answered."""
    fired = []
    extent, local, tolerated = v["progression_extent"], v["local_treatment_possible"], v["tolerated"]
    novel, doublet = v["novel_state"], v["doublet_state"]
    nothing_left = novel == "none_left" and doublet == "none"
    if tolerated == "no":
        if novel == "left":
            fired.append("progression/P7-not-tolerated")
        elif novel == "left_after_failure":
            fired.append("progression/S2-not-tolerated-after-failure")
        elif doublet != "none":
            fired.append("progression/S2-not-tolerated")
    if extent == "oligometastatic" and local is True:
        fired.append("progression/P4" if v["progression_sites"] == "cns_only" else "progression/P6")
    slow = v["progression_symptomatic"] is False and v["progression_tempo"] == "slow" and tolerated == "yes"
    if slow:
        fired.append("progression/P2")
    beyond = extent == "widespread" or local is False
    if tolerated != "no" and (beyond or (extent == "oligometastatic" and local is True)):
        if novel == "left":
            fired.append("progression/P7")
        elif novel == "left_after_failure":
            fired.append("progression/S2-after-failure")
        elif doublet != "none":
            fired.append("progression/S2")
    unsaid = (extent is None and local is not False) or (extent == "oligometastatic" and local is None)
    if nothing_left and ((beyond and not slow) or (unsaid and tolerated == "no")):
        fired.append("progression/H9-progression")
    if unsaid and tolerated != "no" and not slow:
        fired.append("progression/H4-extent")
    return fired


def open_on_hold(v):
    if v["alk_status"] != "positive":
        return ["open_on_hold/H2-on-hold"]
    return ["open_on_hold/H5-on-hold" if v["stage_metastatic"] is False else "open_on_hold/H4-on-hold"]
