"""Facts about ALK: what the tests show together, and what is still awaited (protocol file, sections b, k, l)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.clinical import fish as fish_counts
from app.pathway.facts import Found
from app.record.dates import add_months, earliest_day, is_surely_before
from app.record.molecular_test import MolecularTest
from app.record.record import PatientRecord

ALK_METHODS = frozenset({"ihc", "fish", "rt_pcr", "ngs"})
LIGHT_SMOKER_PACK_YEARS = 10


@dataclass(frozen=True, slots=True)
class OneTest:
    """What one ALK test says; `day` orders tests, "" where nothing dates it."""

    test: MolecularTest
    state: str
    day: str
    count: fish_counts.FishCount | None = None
    word_differs: bool = False

    @property
    def id(self) -> str:
        """The id of the test."""
        return self.test.id


def alk_facts(seen: PatientRecord, first_inhibitor: str | None, young_age: int | None) -> Found:
    """Return the facts about ALK of a record as seen on a day.

    `first_inhibitor` is when the first ALK inhibitor started: a negative result of a later specimen is loss of the
    fusion in that lesion, not a negative tumour (H2). `young_age` is the clinic's limit in years, or None.
    """
    tests = [test for test in seen.tests if test.method in ALK_METHODS]
    specimens = {specimen.id: specimen for specimen in seen.specimens}

    def is_late(test: MolecularTest) -> bool:
        taken = specimens[test.specimen].date if test.specimen in specimens else None
        return bool(first_inhibitor and taken and is_surely_before(first_inhibitor, taken))

    fish_tests = [_fish(test) for test in tests if test.method == "fish"]
    shown = any(one.state == "positive" for one in fish_tests)

    def counts(test: MolecularTest) -> bool:
        return not (shown and is_late(test))

    fish = _fish_together([one for one in fish_tests if one.state == "positive" or counts(one.test)])
    ihc = _newest([_ihc(test) for test in tests if test.method == "ihc" and counts(test)])
    molecular = _newest([_molecular(test) for test in tests if test.method in ("rt_pcr", "ngs") and counts(test)])
    marker, marker_from = _marker(seen, young_age)
    awaited = [test for test in tests if test.status == "requested" and not _is_recounted(fish, test)]
    found = _fish_facts(fish)
    found["ihc"] = (ihc.state if ihc else "none", (ihc.id,) if ihc else ())
    found["alk_molecular"] = (molecular.state if molecular else "none", (molecular.id,) if molecular else ())
    found["predictive_marker"] = (marker, marker_from)
    found["alk_awaited"] = (_awaited([test.method for test in awaited]), tuple(test.id for test in awaited))
    status = _status(found)
    differ = (
        fish is not None and fish.state == "positive" and "negative" in (found["ihc"][0], found["alk_molecular"][0])
    )
    pair = (*found["fish"][1], *found["ihc"][1], *found["alk_molecular"][1])
    found["alk_status"] = (status, pair or found["alk_awaited"][1])
    found["fish_and_other_test_differ"] = (differ, pair if differ else ())
    mutated = tuple(
        test.id
        for test in seen.tests
        if test.ngs is not None
        for alteration in test.ngs.alterations
        if alteration.gene.upper() == "ALK" and (alteration.protein or "").upper().removeprefix("P.") == "L1196M"
    )
    found["l1196m_found"] = (bool(mutated), mutated)
    return found


def _fish(test: MolecularTest) -> OneTest:
    reported = test.status == "final"
    day = test.reported_on or test.requested_on or ""
    if test.status == "failed":
        return OneTest(test, "failed", day)
    result = test.fish
    count = fish_counts.count(result.readings) if result is not None else fish_counts.FishCount("no_count")
    if result is not None:
        day = max([day if reported else "", *(one.date for one in result.readings if one.date)]) or day
    if not reported:
        # The readings of a FISH not yet reported can only ask for a recount, never decide.
        asks = count.verdict in ("short_count", "second_reader_needed")
        return OneTest(test, count.verdict if asks else "requested", day, count)
    word = result.reported if result is not None else None
    if count.verdict == "no_count":
        return OneTest(test, word if word in ("positive", "negative") else "unusable", day, count)
    differs = {count.verdict, word} == {"positive", "negative"}
    return OneTest(test, count.verdict, day, count, word_differs=differs)


def _ihc(test: MolecularTest) -> OneTest:
    day = test.reported_on or test.requested_on or ""
    if test.status != "final":
        return OneTest(test, test.status, day)
    word = test.ihc.reported if test.ihc is not None else None
    return OneTest(test, word if word in ("positive", "negative") else "uncalled", day)


def _molecular(test: MolecularTest) -> OneTest:
    day = test.reported_on or test.requested_on or ""
    if test.status != "final":
        return OneTest(test, test.status, day)
    said = test.rt_pcr or (test.ngs and test.ngs.fusion)  # sequencing may say nothing of a fusion
    return OneTest(test, (said and said.reported) or "silent", day)


def _newest(tests: Sequence[OneTest]) -> OneTest | None:
    """Return the newest test with a verdict; a positive one before a negative, a failed one only when alone."""
    decided = [one for one in tests if one.state in ("positive", "negative", "uncalled")]
    positive = [one for one in decided if one.state == "positive"]
    failed = [one for one in tests if one.state == "failed"]
    return max(positive or decided or failed, key=lambda one: one.day, default=None)


def _fish_together(tests: Sequence[OneTest]) -> OneTest | None:
    """Return what all FISH tests say: opposite results are discordant; a newer open question outranks a negative."""
    positive = [one for one in tests if one.state == "positive"]
    negative = [one for one in tests if one.state == "negative"]
    if positive and negative:
        newest = max(positive, key=lambda one: one.day)
        return OneTest(newest.test, "discordant", newest.day, newest.count)
    if positive:
        return max(positive, key=lambda one: one.day)
    asking = [one for one in tests if one.state in ("short_count", "second_reader_needed")]
    newest_asking = max(asking, key=lambda one: one.day, default=None)
    if negative:
        newest_negative = max(negative, key=lambda one: one.day)
        newer = newest_asking is not None and newest_asking.day > newest_negative.day
        return newest_asking if newer else newest_negative
    unusable = [one for one in tests if one.state in ("unusable", "failed")]
    return newest_asking or max(unusable, key=lambda one: one.day, default=None)


def _is_recounted(fish: OneTest | None, test: MolecularTest) -> bool:
    """Whether `test` is the FISH that a recount is asked of: it is not awaited beside that."""
    return fish is not None and fish.id == test.id and fish.state in ("short_count", "second_reader_needed")


def _fish_facts(fish: OneTest | None) -> Found:
    if fish is None:
        nothing: Found = dict.fromkeys(("fish_positive_percent", "fish_cells"), (None, ()))
        flags = ("fish_at_cut_off", "fish_word_differs", "fish_fields_below_four")
        return {"fish": ("none", ()), **nothing, **dict.fromkeys(flags, (False, ()))}
    ids = (fish.id,)
    count = fish.count
    fields = fish.test.fish.fields if fish.test.fish is not None else None
    percent: Decimal | None = count.percent if count is not None else None
    return {
        "fish": (fish.state, ids),
        "fish_positive_percent": (percent, ids if percent is not None else ()),
        "fish_cells": (count.cells if count is not None and count.cells else None, ids),
        "fish_at_cut_off": (bool(count and count.is_at_cut_off), ids),
        "fish_word_differs": (fish.word_differs, ids),
        "fish_fields_below_four": (fields is not None and fields < 4, ids),
    }


def counts_missing(found: Found) -> bool:
    """Return whether FISH decides by the laboratory's word, without counts (H4)."""
    return found["fish"][0] in ("positive", "negative", "discordant") and found["fish_cells"][0] is None


def is_light_smoker(seen: PatientRecord) -> bool | None:
    """Return whether a patient never smoked, or at most 10 pack-years (D15, T4); None where that is not known."""
    smoking = seen.diagnosis.smoking if seen.diagnosis is not None else None
    if smoking is None:
        return None
    if smoking.status == "never":
        return True
    return None if smoking.pack_years is None else smoking.pack_years <= LIGHT_SMOKER_PACK_YEARS


def _marker(seen: PatientRecord, young_age: int | None) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether a marker of D15 is there: any one of them suffices (A9)."""
    diagnosis, light = seen.diagnosis, is_light_smoker(seen)
    if light:
        return True, ("diagnosis",)
    wild, mutated = _other_genes(seen)
    if wild and not mutated:
        return True, wild
    if young_age is not None and diagnosis is not None and diagnosis.date and seen.patient.birth_date:
        born, diagnosed = earliest_day(seen.patient.birth_date), earliest_day(diagnosis.date)
        if diagnosed < add_months(born, 12 * young_age):
            return True, ("patient", "diagnosis")
    return light, ("diagnosis",) if light is not None else ()


def _other_genes(seen: PatientRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wild, mutated = [], []
    for test in seen.tests:
        if test.status != "final":
            continue
        if test.gene is not None:
            if test.gene.reported == "wild_type":
                wild.append(test.id)
            elif test.gene.reported == "mutated":
                mutated.append(test.id)
        if test.ngs is not None:
            other = [one for one in test.ngs.alterations if one.gene.upper() != "ALK" and one.kind == "mutation"]
            (mutated if other else wild).append(test.id)
    return tuple(wild), tuple(mutated)


def _awaited(methods: Sequence[str]) -> str:
    if "fish" in methods:
        return "fish"
    molecular = "rt_pcr" in methods or "ngs" in methods
    if "ihc" in methods:
        return "ihc_and_molecular" if molecular else "ihc"
    return "molecular" if molecular else "none"


def _status(found: Found) -> str:
    fish, ihc, molecular = found["fish"][0], found["ihc"][0], found["alk_molecular"][0]
    if fish == "discordant" or (fish == "negative" and "positive" in (ihc, molecular)):
        return "discordant"
    if fish == "positive":
        return "positive"
    if found["alk_awaited"][0] != "none" or fish in ("short_count", "second_reader_needed"):
        return "pending"
    if fish == "negative":
        return "negative"
    if ihc in ("positive", "uncalled") or molecular == "positive":
        return "pending"
    if ihc == "negative":
        return "negative" if found["predictive_marker"][0] is False else "pending"
    return "pending" if molecular == "negative" else "unknown"
