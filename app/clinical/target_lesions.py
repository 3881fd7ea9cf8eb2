"""The target lesions of one line: which are followed, how large they are, and what that means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.clinical.recist_rules import NORMAL_NODE, TOO_SMALL, is_partial_response, is_target_progression
from app.record.assessment import TargetLesion

ZERO = Decimal(0)
INTRACRANIAL = frozenset({"brain", "leptomeninges"})


@dataclass(frozen=True, slots=True)
class TargetResponse:
    """What the target lesions say: a code, and what it rests on; `measured` is the sum of those that were measured."""

    code: str
    measured: Decimal = ZERO
    unmeasured: tuple[str, ...] = ()
    came_back: bool = False


NOTHING = TargetResponse("NA")
NO_COMPARISON = TargetResponse("NE")


@dataclass(slots=True)
class Course:
    """One compartment of a line so far: its lesions, its sum at the baseline and its smallest sum."""

    names: list[str] = field(default_factory=list)
    baseline: Decimal = ZERO
    nadir: Decimal = ZERO
    was_complete: bool = False
    is_unmeasurable: bool = False  # lesions are listed at the baseline, and none of them measured


def is_node(lesion: TargetLesion) -> bool:
    """Return whether a lesion is measured by short axis: said so, or unsaid and its site is a lymph node."""
    return lesion.site == "lymph_node" if lesion.lymph_node is None else lesion.lymph_node


def size_of(lesion: TargetLesion | None) -> Decimal | None:
    """Return the size that counts, in mm: as measured, 5 mm when too small to measure, None when not measured."""
    if lesion is None or (lesion.mm is None and not lesion.too_small_to_measure):
        return None
    return TOO_SMALL if lesion.mm is None else lesion.mm


class TargetLesions:
    """The target lesions followed on a line, from its baseline on; later parts of a split lesion join them."""

    def __init__(self, baseline: Iterable[TargetLesion]) -> None:
        """Take the lesions of the baseline; one that was not measured there cannot be followed."""
        self.courses = (Course(), Course(), Course())
        self.whole, self.intracranial, self.extracranial = self.courses
        self._is_node: dict[str, bool] = {}
        self._merged: dict[str, str] = {}
        lesions = {lesion.lesion: lesion for lesion in baseline}
        self._note_merging(lesions)
        for lesion in lesions.values():
            if self._size(lesion.lesion, lesions) is not None:
                self._follow(lesion)
            else:
                self.whole.is_unmeasurable = self._compartment(lesion).is_unmeasurable = True
        sizes = self.sizes(lesions)
        for course in self.courses:
            course.baseline = course.nadir = self._sum(course, sizes)

    def sizes(self, lesions: Mapping[str, TargetLesion]) -> dict[str, Decimal | None]:
        """Return the size of each followed lesion in an assessment; a merged one has that of what it merged with."""
        if self._merged or any(one.merged_with or one.split_from for one in lesions.values()):
            self._note_merging(lesions)
            self._join(lesions)
            return {name: self._size(name, lesions) for name in self.whole.names}
        return {name: size_of(lesions.get(name)) for name in self.whole.names}

    def response(self, course: Course, sizes: Mapping[str, Decimal | None]) -> TargetResponse:
        """Return the response of a compartment (4.3.1); lesions not measured leave only progression sure (4.4.1)."""
        if not course.names:
            return NO_COMPARISON if course.is_unmeasurable else NOTHING
        unmeasured = tuple([name for name in course.names if sizes[name] is None])
        measured = self._sum(course, sizes)
        if not unmeasured and self._is_gone(course, sizes):
            return TargetResponse("CR", measured)
        if is_target_progression(measured, course.nadir):
            return TargetResponse("PD", measured, unmeasured)
        if course.was_complete and any(sizes[name] and not self._is_node[name] for name in course.names):
            return TargetResponse("PD", measured, unmeasured, came_back=True)  # after a CR (appendix III)
        if unmeasured:
            return TargetResponse("NE", measured, unmeasured)
        return TargetResponse("PR" if is_partial_response(measured, course.baseline) else "SD", measured)

    def note(self, course: Course, response: TargetResponse, overall: str) -> None:
        """Remember an assessment for the ones after it: the smallest complete sum, and a complete response."""
        if course.names and not response.unmeasured:
            course.nadir = min(course.nadir, response.measured)
        if overall == "CR":
            course.was_complete = True

    def has_all(self, course: Course) -> bool:
        """Return whether a compartment has every followed lesion, so that it responds as the whole does."""
        return len(course.names) == len(self.whole.names) and course.was_complete == self.whole.was_complete

    def left_out(self, lesions: Iterable[str]) -> list[str]:
        """Return the lesions of an assessment that are not followed."""
        return [name for name in lesions if name not in self._is_node]

    def _compartment(self, lesion: TargetLesion) -> Course:
        return self.intracranial if lesion.site in INTRACRANIAL else self.extracranial

    def _follow(self, lesion: TargetLesion) -> None:
        self._is_node[lesion.lesion] = is_node(lesion)
        self.whole.names.append(lesion.lesion)
        self._compartment(lesion).names.append(lesion.lesion)

    def _join(self, lesions: Mapping[str, TargetLesion]) -> None:
        """Follow what a followed lesion split into, and what it merged with."""
        before = -1
        while before != len(self._is_node):
            before = len(self._is_node)
            for lesion in lesions.values():
                into = lesions.get(lesion.merged_with or "")
                if lesion.lesion not in self._is_node and lesion.split_from in self._is_node:
                    self._follow(lesion)
                if into is not None and into.lesion not in self._is_node and lesion.lesion in self._is_node:
                    self._follow(into)

    def _note_merging(self, lesions: Mapping[str, TargetLesion]) -> None:
        """Once merged, a lesion stays so until it is measured apart again."""
        for name, lesion in lesions.items():
            if lesion.merged_with is not None:
                self._merged[name] = lesion.merged_with
            elif size_of(lesion) is not None:
                self._merged.pop(name, None)

    def _size(self, name: str, lesions: Mapping[str, TargetLesion]) -> Decimal | None:
        seen = {name}
        while (into := self._merged.get(name)) is not None:
            if into in seen:  # each merged with the other: measured nowhere
                return None
            seen.add(into)
            name = into
        return size_of(lesions.get(name))

    def _sum(self, course: Course, sizes: Mapping[str, Decimal | None]) -> Decimal:
        total = ZERO
        for name in course.names:
            size = sizes[name]
            if size is not None and name not in self._merged:
                total += size
        return total

    def _is_gone(self, course: Course, sizes: Mapping[str, Decimal | None]) -> bool:
        for name in course.names:
            size = sizes[name]
            if size is None or (size >= NORMAL_NODE if self._is_node[name] else size > 0):
                return False
        return True
