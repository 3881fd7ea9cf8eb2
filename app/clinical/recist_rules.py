"""The rules of RECIST 1.1 themselves (Eisenhauer 2009, 4.3 and 4.4), on sums and codes alone."""

from collections.abc import Collection
from decimal import Decimal

TOO_SMALL = Decimal(5)  # mm: what "too small to measure" counts (3.2.1, 4.3.2)
NORMAL_NODE = Decimal(10)  # mm, short axis: below it a lymph node is not diseased (4.3.2)

# The worst first.
NON_TARGET_CODES = (
    ("unequivocal_progression", "PD"),
    ("not_evaluated", "NE"),
    ("non_cr_non_pd", "NON_CR_NON_PD"),
    ("present", "NON_CR_NON_PD"),
    ("complete_response", "CR"),
)


def is_target_progression(total: Decimal, nadir: Decimal) -> bool:
    """Return whether `total` is progression: at least 20 % and at least 5 mm above the nadir (4.3.1)."""
    return total - nadir >= 5 and total * 5 >= nadir * 6


def is_partial_response(total: Decimal, baseline: Decimal) -> bool:
    """Return whether `total` is at least 30 % below the sum at the baseline (4.3.1)."""
    return total * 10 <= baseline * 7


def non_target_response(statuses: Collection[str], is_followed: bool) -> str:
    """Return the worst of the statuses as a code; none at all is NE where there are such lesions to follow, else NA."""
    for status, code in NON_TARGET_CODES:
        if status in statuses:
            return code
    return "NE" if is_followed else "NA"


def overall_response(target: str, non_target: str, is_new: bool) -> str:
    """Return the response of one assessment (table 1; table 2 where there are no target lesions)."""
    if is_new or "PD" in (target, non_target):
        return "PD"
    if target == "NA":
        return non_target
    if target == "CR" and non_target in ("NON_CR_NON_PD", "NE"):
        return "PR"
    return target
