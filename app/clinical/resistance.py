"""What became of each progression on an ALK inhibitor: re-biopsy, mechanism and next line as one linked thing.

Tissue and plasma are information here: nothing in a chain is a condition of the next line (Duchemann 2015, R2).
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.clinical.best_response import EffectiveResponse, responses_of_line
from app.clinical.mechanisms import ALK_INHIBITORS, Mechanism, fish_verdict, later_specimens, mechanisms
from app.clinical.recist import judge
from app.clinical.therapy_lines import name_of, numbers_of, palliative_lines
from app.record.codes import label
from app.record.dates import is_surely_before
from app.record.local_treatment import LocalTreatment
from app.record.molecular_test import MolecularTest
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.record.therapy_line import TherapyLine
from app.words import _


class Step(NamedTuple):
    """One step of a chain in words; `is_open`: something is still to come. `from_` names the entries it is from."""

    text: str
    is_open: bool
    from_: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One progression on one line, and what followed it. Dates are as recorded, "" where none is.

    `assessments` is empty where only the stop reason of the line says that it progressed. `next_line` is None while no
    other line has begun; `went_on` says that the same line was progressed on again later.
    """

    line: TherapyLine
    line_number: int
    progressed_on: str
    assessments: tuple[str, ...]
    specimens: tuple[Specimen, ...] = ()
    tests: tuple[MolecularTest, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    local_treatments: tuple[LocalTreatment, ...] = ()
    next_line: TherapyLine | None = None
    went_on: bool = False
    has_died: bool = False

    def steps(self, day: Callable[[str], str] = str) -> tuple[Step, ...]:
        """Return the chain in words, in order; `day` writes a date for its reader."""
        return tuple(_Told(self, day).steps())

    def sentence(self, day: Callable[[str], str] = str) -> str:
        """Return the chain as one line: "progressed on …; re-biopsy taken on …; L1196M found; no next line yet"."""
        return "; ".join(step.text for step in self.steps(day))

    @property
    def open_ends(self) -> tuple[str, ...]:
        """What is still to come, in words."""
        return tuple(step.text for step in self.steps() if step.is_open)

    @property
    def explained_by(self) -> tuple[Mechanism, ...]:
        """The mechanisms found, without what is a finding only; more than one may hold (R13)."""
        return tuple(one for one in self.mechanisms if one.explains)


def chains(seen: PatientRecord, inhibitors: Collection[str] = ALK_INHIBITORS) -> tuple[Chain, ...]:
    """Return a chain for every progression on an ALK inhibitor of a record as seen on a day, oldest first."""
    lines, numbers = palliative_lines(seen), numbers_of(seen)
    judgements = judge(seen)
    starts: list[_Progression] = []
    for number, line in enumerate(lines, start=1):
        if any(name_of(drug) in inhibitors for drug in line.drugs):
            starts += _progressions(seen, line, number, responses_of_line(seen, judgements, line.id))
    specimens = _linked(starts, later_specimens(seen, inhibitors))
    found = mechanisms(seen, inhibitors)
    result = []
    for index, start in enumerate(starts):
        ids = {one.id for one in specimens[index]}
        later = starts[index + 1] if index + 1 < len(starts) else None
        went_on = later is not None and later.line is start.line
        following = lines[start.number] if start.number < len(lines) and not went_on else None
        result.append(
            Chain(
                line=start.line,
                line_number=numbers[start.line.id],
                progressed_on=start.day,
                assessments=tuple(start.ids),
                specimens=tuple(specimens[index]),
                tests=tuple(test for test in seen.tests if test.specimen in ids),
                mechanisms=tuple(one for one in found if one.specimen in ids),
                local_treatments=tuple(one for one in seen.local_treatments if one.prompted_by in start.ids),
                next_line=following,
                went_on=went_on,
                has_died=seen.patient.deceased_on is not None,
            )
        )
    return tuple(result)


@dataclass(slots=True)
class _Progression:
    """Where a chain begins; further assessments of the same progression are added to `ids`."""

    line: TherapyLine
    number: int
    day: str
    ids: list[str] = field(default_factory=list)


def _progressions(
    seen: PatientRecord, line: TherapyLine, number: int, responses: Sequence[EffectiveResponse]
) -> list[_Progression]:
    """Return the progressions of one line: a PD begins one unless it follows a PD that no local treatment answered."""
    found: list[_Progression] = []
    before: EffectiveResponse | None = None
    for one in responses:
        if one.code == "PD":
            if before is None or before.code != "PD" or _treated_between(seen, before.date, one.date):
                found.append(_Progression(line, number, one.date))
            found[-1].ids += one.ids
        before = one
    if not found and line.stop_reason == "progression":
        found.append(_Progression(line, number, line.stopped_on or ""))
    return found


def _treated_between(seen: PatientRecord, first: str, second: str) -> bool:
    return any(
        not is_surely_before(one.date, first) and is_surely_before(one.date, second) for one in seen.local_treatments
    )


def _linked(starts: Sequence[_Progression], specimens: Sequence[Specimen]) -> list[list[Specimen]]:
    """Return the specimens of each progression: those it prompted, else those of its time, up to the next one."""
    linked: list[list[Specimen]] = [[] for _one in starts]
    for specimen in specimens:
        prompted = [index for index, start in enumerate(starts) if specimen.prompted_by in start.ids]
        day = specimen.date or specimen.requested_on
        in_time = [index for index, start in enumerate(starts) if day and not is_surely_before(day, start.day or day)]
        if prompted or in_time:
            linked[(prompted or in_time)[-1]].append(specimen)
    return linked


@dataclass(frozen=True, slots=True)
class _Told:
    """A chain put into words."""

    chain: Chain
    day: Callable[[str], str]

    def steps(self) -> Iterator[Step]:
        """Yield the progression, its local treatment, each specimen with what it showed, and what came next."""
        chain = self.chain
        on = _("progressed on {day}").format(day=self.day(chain.progressed_on)) if chain.progressed_on else ""
        yield Step(on or _("progressed, on a day that is not recorded"), False, chain.assessments or (chain.line.id,))
        for treatment in chain.local_treatments:
            words = _("{what} of {site} on {day}")
            said = words.format(
                what=_(label(treatment.kind)), site=_(label(treatment.site)), day=self.day(treatment.date)
            )
            yield Step(said, False, (treatment.id,))
        if not chain.specimens:
            yield Step(_("no re-biopsy and no plasma test recorded"), False, ())
        for specimen in chain.specimens:
            yield from self._specimen(specimen)
        yield self._what_followed()

    def _specimen(self, specimen: Specimen) -> Iterator[Step]:
        name = _("plasma") if specimen.kind == "plasma" else _("re-biopsy")
        if specimen.status == "failed":
            yield Step(_("{specimen} failed").format(specimen=name), True, (specimen.id,))
            return
        if specimen.status == "requested":
            since = _(" on {day}").format(day=self.day(specimen.requested_on)) if specimen.requested_on else ""
            said = _("{specimen} asked for{since}, not yet taken").format(specimen=name, since=since)
            yield Step(said, True, (specimen.id,))
            return
        taken = _(" on {day}").format(day=self.day(specimen.date)) if specimen.date else ""
        yield Step(_("{specimen} taken{on}").format(specimen=name, on=taken), False, (specimen.id,))
        yield from self._shown_by(specimen, name)

    def _shown_by(self, specimen: Specimen, name: str) -> Iterator[Step]:
        found = [one for one in self.chain.mechanisms if one.specimen == specimen.id]
        tests = [one for one in self.chain.tests if one.specimen == specimen.id]
        awaited = [one for one in tests if one.status == "requested"]
        reported = [one for one in tests if one.status == "final"]
        if found:
            words = _listed([one.words for one in found])
            ids = tuple(dict.fromkeys(entry for one in found for entry in one.from_))
            yield Step(_("{mechanisms} found").format(mechanisms=words), False, ids)
        elif reported and not awaited:
            yield Step(_("no mechanism found"), False, tuple(one.id for one in reported))
        for test in awaited:
            yield Step(_("{test} of it awaited").format(test=_(label(test.method))), True, (test.id,))
        for test in tests:
            if test.status == "failed":
                yield Step(_("{test} of it failed").format(test=_(label(test.method))), True, (test.id,))
        if not tests:
            yield Step(_("nothing tested on the {specimen}").format(specimen=name), True, (specimen.id,))
        stained = [one for one in reported if one.ihc is not None and one.ihc.reported == "negative"]
        if stained and not any(one.method == "fish" and fish_verdict(one) is not None for one in tests):
            said = _("ALK IHC of the {specimen} negative, and no FISH to say whether the fusion is lost")
            yield Step(said.format(specimen=name), True, (stained[0].id,))

    def _what_followed(self) -> Step:
        chain = self.chain
        if chain.went_on:
            return Step(_("treatment went on, and progressed again"), False, (chain.line.id,))
        if chain.next_line is not None:
            drugs = " + ".join(chain.next_line.drugs)
            since = (
                _(" on {day}").format(day=self.day(chain.next_line.started_on)) if chain.next_line.started_on else ""
            )
            return Step(_("next line {drugs}{on}").format(drugs=drugs, on=since), False, (chain.next_line.id,))
        if chain.has_died:
            return Step(_("no next line"), False, ())
        if chain.local_treatments and chain.line.stopped_on is None:
            return Step(_("the same treatment goes on"), False, (chain.line.id,))
        return Step(_("no next line yet"), True, ())


def _listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{several} and {last}").format(several=", ".join(words[:-1]), last=words[-1])
