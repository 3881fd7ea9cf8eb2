"""Facts about the lines of treatment: what runs, what has failed, and which drugs are left."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.clinical.therapy_lines import (
    PLATINUM,
    CourseLine,
    dose_now,
    is_held,
    is_platinum_pemetrexed,
    name_of,
    regimen_name,
)
from app.pathway.facts import Found
from app.pathway.facts_person import newest_by
from app.record.dates import earliest_day
from app.record.record import PatientRecord

DOUBLET = "platinum-pemetrexed"


@dataclass(frozen=True, slots=True)
class Drugs:
    """What the protocol knows of ALK inhibitors: all of them, those it names for P7 in order, and the first one."""

    inhibitors: frozenset[str]
    second_generation: frozenset[str]
    novel: tuple[str, ...]
    first: str = "crizotinib"


def line_facts(
    seen: PatientRecord,
    course: Sequence[CourseLine],
    drugs: Drugs,
    as_of: str,
    stops: Mapping[str, tuple[str, ...]],
) -> tuple[Found, dict[str, tuple[str, ...]]]:
    """Return the facts about lines, and what the drug symbols of the tables stand for.

    `stops` holds, by line id, what stopped the first inhibitor for good on that line.
    """
    last = course[-1] if course else None
    running = last if last is not None and last.is_running else None
    left = _Left(seen, course, drugs, stops, running)
    symbols: dict[str, tuple[str, ...]] = {
        "current": (regimen_name(running.line),) if running is not None else (),
        "first_inhibitor": (drugs.first,),
        "novel_new": left.novel_new,
        "given_before": left.given_before,
        "rechallenge": left.rechallenge,
        "doublet_new": (DOUBLET,) if left.doublet == "new" else (),
        "doublet_again": (DOUBLET,) if left.doublet == "again" else (),
    }
    held = running is not None and any(
        is_held(dose_now(running.line, drug, as_of)) for drug in running.drugs & drugs.inhibitors
    )
    here = (last.line.id,) if last is not None else ()
    found: Found = {
        "line_number": (last.number if last is not None else 0, here),
        "alk_inhibitor_running": (running is not None and running.has_inhibitor, here if running else ()),
        "crizotinib_running": (_runs(running, drugs.first), here if running else ()),
        "chemotherapy_running": (running is not None and not running.has_inhibitor, here if running else ()),
        "line_state": (_state(last, stops), tuple(dict.fromkeys((*here, *_shown_by(last, stops))))),
        "line_start_known": (running is None or running.line.started_on is not None, here),
        "stop_reason": (last is None or last.state != "reason_unknown", here),
        "dose_held": (held, here if held else ()),
        "hold_reason": (not held, here if held else ()),
        **left.facts(),
    }
    return found, symbols


class _Left:
    """Which drugs have been given, how they ended, and which are left to give."""

    def __init__(
        self,
        seen: PatientRecord,
        course: Sequence[CourseLine],
        drugs: Drugs,
        stops: Mapping[str, tuple[str, ...]],
        running: CourseLine | None,
    ) -> None:
        self._seen, self._course, self._drugs = seen, course, drugs
        self._has = has = _Access(seen)
        taken = drugs.inhibitors & {drug for line in course for drug in line.drugs}
        self._given = given = {drug: [line for line in course if drug in line.drugs] for drug in sorted(taken)}
        stopped_for_good = {
            drug
            for drug, lines in given.items()
            if any(
                one.line.stop_reason == "toxicity" or (drug == drugs.first and one.line.id in stops) for one in lines
            )
        }
        self._failed = {drug for drug, lines in given.items() if any(line.failed for line in lines)}
        self.novel_new = tuple(drug for drug in drugs.novel if drug not in given and has(drug))
        in_order = dict.fromkeys((drugs.first, *drugs.novel, *given))
        spent = self._failed | stopped_for_good
        self.given_before = tuple(
            drug for drug in in_order if drug in given and drug not in spent and has(drug) and not _runs(running, drug)
        )
        self.rechallenge = _rechallenge(course, given, stopped_for_good, has, drugs.first)
        self.doublet = _doublet(course, has)

    def facts(self) -> Found:
        """Return the facts about what is left."""
        given, drugs = self._given, self._drugs
        second_failed = bool(self._failed & drugs.second_generation)
        novel = "none_left" if not self.novel_new else "left_after_failure" if second_failed else "left"
        first = "given" if drugs.first in given else "new" if self._has(drugs.first) else "unavailable"
        inhibitor_lines = tuple(line.line.id for line in self._course if line.has_inhibitor)
        doublets = tuple(line.line.id for line in self._course if is_platinum_pemetrexed(line.drugs))
        novel_lines = (line.line.id for drug in drugs.novel for line in given.get(drug, ()))
        return {
            "any_inhibitor_given": (bool(given), inhibitor_lines),
            "crizotinib_state": (
                first,
                tuple(line.line.id for line in given.get(drugs.first, ())) or self._access_to(drugs.first),
            ),
            "novel_state": (novel, (*novel_lines, *self._access_to(*drugs.novel))),
            "doublet_state": (
                self.doublet,
                doublets or self._access_to(DOUBLET, "pemetrexed", *sorted(PLATINUM)),
            ),
            "rechallenge_possible": (bool(self.rechallenge), inhibitor_lines),
        }

    def _access_to(self, *drugs: str) -> tuple[str, ...]:
        return tuple(entry.id for entry in self._seen.access if name_of(entry.drug) in drugs)


class _Access:
    """Whether a drug can be had: the newest entry of a drug counts, and unsaid means it can."""

    def __init__(self, seen: PatientRecord) -> None:
        self._said = {name_of(str(drug)): entry for drug, entry in newest_by(seen.access, "drug").items()}

    def __call__(self, drug: str) -> bool:
        entry = self._said.get(drug)
        return entry is None or entry.available


def _runs(running: CourseLine | None, drug: str) -> bool:
    return running is not None and drug in running.drugs


def _shown_by(last: CourseLine | None, stops: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return () if last is None else (*last.failed_by, *stops.get(last.line.id, ()))


def _state(last: CourseLine | None, stops: Mapping[str, tuple[str, ...]]) -> str:
    """What the last line is and how it stands.

    Chemotherapy that progresses counts as failed while it runs; an inhibitor that is to be stopped for good counts as
    stopped for toxicity, whatever has been recorded of the stop.
    """
    if last is None:
        return "none"
    if last.has_inhibitor:
        if last.line.id in stops:
            return "inhibitor_toxicity"
        return f"inhibitor_{last.state}"
    if last.failed:
        return "chemotherapy_failed"
    return "chemotherapy_running" if last.is_running else "chemotherapy_ended"


def _doublet(course: Sequence[CourseLine], has: _Access) -> str:
    lines = [line for line in course if is_platinum_pemetrexed(line.drugs)]
    platinum = any(has(drug) for drug in PLATINUM)
    if not (has(DOUBLET) and has("pemetrexed") and platinum):
        return "none"
    if not lines:
        return "new"
    spent = any(line.failed or line.is_running or line.line.stop_reason == "toxicity" for line in lines)
    return "none" if spent else "again"


def _rechallenge(
    course: Sequence[CourseLine],
    given: Mapping[str, Sequence[CourseLine]],
    stopped_for_good: Collection[str],
    has: _Access,
    first: str,
) -> tuple[str, ...]:
    """Return the ALK inhibitor to give again, if any may be (S5 and its settled reading).

    Never one stopped for toxicity, that runs, or that has just failed with no other line after it. One stopped by
    choice is rechallenged itself; else crizotinib where nothing else was given, else the one stopped longest ago.
    """
    if not course:
        return ()
    last = course[-1]
    possible = [
        drug
        for drug in given
        if drug not in stopped_for_good and has(drug) and not (drug in last.drugs and (last.is_running or last.failed))
    ]
    if not possible:
        return ()
    if last.has_inhibitor and last.state == "ended":
        return tuple(drug for drug in possible if drug in last.drugs)
    if set(given) == {first}:
        return (first,)
    return (min(possible, key=lambda drug: _last_stop(given[drug])),)


def _last_stop(lines: Sequence[CourseLine]) -> tuple[str, int]:
    newest = lines[-1]
    stopped = newest.line.stopped_on
    return (earliest_day(stopped).isoformat() if stopped else "9999", newest.number)
