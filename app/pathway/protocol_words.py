"""The words a protocol may use: actions, drug symbols, limits, and the keys of its tables. Anything else is refused."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any, get_args

from app.record.codes import KNOWN_ADVERSE_EVENTS, Analyte, ConditionCode, ExaminationKind, MetastaticSite

ACTIONS = frozenset(
    {
        "request_alk_ihc", "request_alk_fish", "request_alk_rt_pcr", "request_ngs", "recount_fish_more_cells",
        "recount_fish_second_reader", "repeat_test", "await_result", "review_discordance", "complete_baseline",
        "complete_record", "start", "continue", "continue_with_surveillance", "continue_with_local_treatment",
        "switch", "rechallenge", "withhold", "resume", "resume_reduced", "discontinue", "symptomatic_care",
        "request_rebiopsy", "consider_rebiopsy_in_trial", "consider_plasma_test", "refer_to_board", "refer_to_trial",
        "assess_response", "adjuvant", "local_curative_treatment", "leave_pathway", "none_deceased",
        "resolve_contradiction",
    }
)  # fmt: skip
NEVER_ACTIONS = ACTIONS | {"escalate_dose", "abrupt_stop", "alk_inhibitor_without_alk", "enroll_brigatinib_with_ild"}
SYMBOLS = frozenset(
    {"current", "first_inhibitor", "novel_new", "given_before", "rechallenge", "doublet_new", "doublet_again"}
)
LIMITS = (
    "transaminases_hold_above", "transaminases_back_at", "injury_transaminases_above", "bilirubin_above",
    "qtc_hold_above", "qtc_back_at", "neutrophils_hold_below", "neutrophils_reduce_below", "platelets_hold_below",
    "platelets_reduce_below", "lymphocytes_hold_below", "lymphocytes_reduce_below",
)  # fmt: skip
BLANKS = frozenset({"drug", "awaited", "fish_percent", "fish_cells", "contradiction"})  # of a text; see `finding`

# Keys.
TABLE_KEYS = frozenset({"table", "title", "hit", "order", "side_by_side", "rows"})
ITEM_KEYS = frozenset(
    {"action", "drug", "rule", "says", "prescriber_only", "last", "if", "cautions", "ambiguities", "evidence"}
)
NEVER_KEYS = frozenset({"action", "drug", "rule", "says"})
FORBIDDEN_KEYS = frozenset({"id", "when", "actions", "drugs", "only", "why"})
ROW_KEYS = frozenset(
    {
        "rule", "id", "when", "advise", "then", "not_recommended", "severity", "to", "to_drugs", "because", "missing",
        "says", "section", "ambiguities", "evidence", "references", "cautions",
    }
)  # fmt: skip

# What an item of a schedule may wait for.
SCHEDULED = frozenset(
    {
        *get_args(Analyte), *get_args(ExaminationKind), *get_args(MetastaticSite), *get_args(ConditionCode),
        *KNOWN_ADVERSE_EVENTS,
    }
)  # fmt: skip


def only(written: Any, keys: frozenset[str], what: str) -> None:
    """Raise ValueError unless what is written is a mapping with these keys, or some of them."""
    if not isinstance(written, dict):
        raise ValueError(f"{what} is a mapping of names")
    if unknown := set(written) - keys:
        raise ValueError(f"{sorted(map(str, unknown))} is not a key of {what}")


def said(written: str) -> str:
    """Return what a row says on one line. Raises ValueError for a blank that nothing fills."""
    for _text, blank, form, conversion in Formatter().parse(written):
        if blank is not None and (blank not in BLANKS or form or conversion):
            raise ValueError(f"{{{blank}}} is not a known blank of a text")
    return " ".join(written.split())


def scheduled(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the codes of the record that an item of a schedule names."""
    for key in ("labs_all", "labs_any", "examinations", "again_with"):
        yield from item.get(key, ())
    for key in ("imaging_of", "only_with"):
        if key in item:
            yield item[key]
