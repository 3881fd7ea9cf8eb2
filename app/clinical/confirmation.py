"""The best overall response out of a line's responses, with confirmation and without (Eisenhauer 2009, 4.4.3, table 3).

Where the paper leaves room:
- what comes after the first progression does not make the best response better: treatment beyond it, and a lesion
  treated locally for it, say nothing of what the line had achieved;
- a partial response is confirmed by a later one though stable disease or NE stands between (the paper asks for "a
  subsequent time point", and takes PR-NE-PR as confirmed), a complete one only over NE;
- a PR after a CR means that the CR was a PR (footnote a: else it would be PD, and be called so); SD after a CR is
  disease that has come back: without the minimum time the best response is PD then;
- any response long enough after the start shows that disease was stable so long;
- the minimum time counts from the start of the line; where that is not known from its baseline; where there is neither
  it cannot be shown to be met.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

CONFIRMATION_DAYS = 28  # "generally 4 weeks later" (4.4.3)
MINIMUM_STABLE_DAYS = 42  # "in general not less than 6-8 weeks" (4.6)

RESPONSES = ("CR", "PR")
STABLE = ("SD", "NON_CR_NON_PD")


class Seen(NamedTuple):
    """One response on its day; `stable` is what it is called when it only shows that nothing grew."""

    day: date
    code: str
    stable: str = "SD"


def best_overall(seen: Sequence[Seen], since: date | None, minimum_stable_days: int) -> str | None:
    """Return the best response of a line, oldest first in `seen`, without confirmation; None where it has none."""
    counted = _until_progression(seen)
    codes = {one.code for one in counted}
    response = next((code for code in RESPONSES if code in codes), None)
    return response or _without_response(counted, since, minimum_stable_days)


def best_confirmed(
    seen: Sequence[Seen], since: date | None, minimum_stable_days: int, confirmation_days: int
) -> str | None:
    """Return the best response of a line where a CR or PR counts only with a later one to confirm it (table 3)."""
    counted = _until_progression(seen)
    confirmed = {_confirmed(counted[place:], confirmation_days) for place in range(len(counted))}
    response = next((code for code in RESPONSES if code in confirmed), None)
    return response or _without_response(counted, since, minimum_stable_days)


def _until_progression(seen: Sequence[Seen]) -> Sequence[Seen]:
    for place, one in enumerate(seen, start=1):
        if one.code == "PD":
            return seen[:place]
    return seen


def _confirmed(seen: Sequence[Seen], days: int) -> str | None:
    """Return what the first response is once confirmed by those after it: CR, PR, or None. A PD is the last, if any."""
    first = seen[0]
    if first.code not in RESPONSES:
        return None
    found, is_complete = None, first.code == "CR"
    for later in seen[1:]:
        is_late_enough = (later.day - first.day).days >= days
        if later.code == "CR" and is_complete and is_late_enough:
            return "CR"
        if later.code in RESPONSES:
            is_complete = is_complete and later.code == "CR"
            found = "PR" if is_late_enough else found
        elif first.code == "CR" and later.code in STABLE:
            break
    return found


def _without_response(seen: Sequence[Seen], since: date | None, minimum: int) -> str | None:
    """Return what is left where no response counts: stable disease if it lasted, else PD, else NE."""
    lasted = {
        one.code if one.code in STABLE else one.stable
        for one in seen
        if one.code in (*RESPONSES, *STABLE) and since is not None and (one.day - since).days >= minimum
    }
    for code in STABLE:
        if code in lasted:
            return code
    was_complete = False
    for one in seen:
        if one.code == "PD" or (was_complete and one.code in STABLE):
            return "PD"
        was_complete = one.code == "CR" or (was_complete and one.code != "PR")
    return "NE" if seen else None
