"""Mechanisms of resistance to an ALK inhibitor, from a re-biopsy or plasma taken after one (Duchemann 2015, R6 to R13).

Several may stand side by side, in one patient or in one lesion. What a specimen does not show is not excluded by it.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.clinical import fish as fish_counts
from app.clinical.therapy_lines import name_of
from app.record.codes import label
from app.record.dates import is_surely_before
from app.record.molecular_test import Alteration, MolecularTest
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.words import _

Kind = Literal[
    "kinase_mutation", "alk_amplification", "loss_of_fusion", "other_pathway", "changed_histology", "other_finding"
]
ALK_INHIBITORS = frozenset({"crizotinib", "ceritinib", "alectinib", "brigatinib", "ensartinib", "lorlatinib"})
# The tyrosine kinase domain of ALK, by residue (UniProt Q9UM73).
KINASE_DOMAIN = range(1116, 1393)
# The pathways the review names (R12), by gene. HSP90 is a chaperone, not a pathway (A32).
PATHWAYS = {
    "EGFR": "EGFR", "KIT": "KIT", "IGF1R": "IGF1R", "HSP90": "HSP90", "HSP90AA1": "HSP90", "HSP90AB1": "HSP90",
    "PIK3CA": "PI3K-AKT-mTOR", "PIK3CB": "PI3K-AKT-mTOR", "PIK3R1": "PI3K-AKT-mTOR", "PTEN": "PI3K-AKT-mTOR",
    "AKT1": "PI3K-AKT-mTOR", "AKT2": "PI3K-AKT-mTOR", "AKT3": "PI3K-AKT-mTOR", "MTOR": "PI3K-AKT-mTOR",
    "PI3K": "PI3K-AKT-mTOR", "AKT": "PI3K-AKT-mTOR",
}  # fmt: skip
OTHER_HISTOLOGY = frozenset({"small_cell", "squamous"})
_ONE_LETTER = {
    "ALA": "A", "ARG": "R", "ASN": "N", "ASP": "D", "CYS": "C", "GLN": "Q", "GLU": "E", "GLY": "G", "HIS": "H",
    "ILE": "I", "LEU": "L", "LYS": "K", "MET": "M", "PHE": "F", "PRO": "P", "SER": "S", "THR": "T", "TRP": "W",
    "TYR": "Y", "VAL": "V", "TER": "*",
}  # fmt: skip
_THREE_LETTERS = re.compile("|".join(_ONE_LETTER), re.IGNORECASE)
_SUBSTITUTION = re.compile(r"[a-z]\d+[a-z*]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """One thing found in one specimen, and the entries that show it.

    `alteration` is what was found of `gene`: a protein change without its "p.", or the word for amplification and the
    like. `was_there_before`: an earlier specimen had it too.
    """

    kind: Kind
    specimen: str
    gene: str = ""
    alteration: str = ""
    from_: tuple[str, ...]
    was_there_before: bool = False

    @property
    def explains(self) -> bool:
        """Whether it counts as a mechanism; what was there before treatment, or is elsewhere, is a finding only."""
        return self.kind != "other_finding" and not self.was_there_before

    @property
    def depends_on_alk(self) -> bool | None:
        """Whether the tumour still depends on ALK (R6, R9); None where the review does not say."""
        if self.kind in ("kinase_mutation", "alk_amplification"):
            return True
        return False if self.kind in ("loss_of_fusion", "other_pathway") else None

    @property
    def words(self) -> str:
        """What was found, for a sentence: "L1196M", "amplification of ALK", "EGFR activation"."""
        if self.kind == "loss_of_fusion":
            said = _("loss of the ALK fusion")
        elif self.kind == "alk_amplification":
            said = _("amplification of ALK")
        elif self.kind == "changed_histology":
            said = _("another histology: {histology}").format(histology=_(label(self.alteration)))
        elif self.kind == "kinase_mutation":
            said = self.alteration or _("an ALK mutation that is not named")
        else:
            said = f"{self.gene} {_(self.alteration)}"
        return _("{found} (there before treatment too)").format(found=said) if self.was_there_before else said


def protein_change(written: str | None) -> str:
    """Return a protein change in one-letter HGVS without "p.": "p.(Leu1196Met)" is "L1196M"; "" for none."""
    bare = (written or "").strip().removeprefix("p.").removeprefix("P.").strip("()")
    short = _THREE_LETTERS.sub(lambda found: _ONE_LETTER[found[0].upper()], bare)
    return short.upper() if _SUBSTITUTION.fullmatch(short) else short


def later_specimens(seen: PatientRecord, inhibitors: Collection[str] = ALK_INHIBITORS) -> tuple[Specimen, ...]:
    """Return the specimens that can show resistance: re-biopsies, and plasma taken after an ALK inhibitor began."""
    return tuple(
        one
        for one in seen.specimens
        if one.purpose == "re-biopsy" or (one.kind == "plasma" and _is_after_inhibitor(one, seen, inhibitors))
    )


def mechanisms(seen: PatientRecord, inhibitors: Collection[str] = ALK_INHIBITORS) -> tuple[Mechanism, ...]:
    """Return everything found in later specimens of a record as seen on a day, each once per specimen."""
    later = {one.id for one in later_specimens(seen, inhibitors)}
    before = {one for test in seen.tests if test.specimen not in later for one in _alterations(test)}
    found: dict[tuple[str, str, str, str], Mechanism] = {}
    for specimen in seen.specimens:
        if specimen.id in later:
            for one in _of_specimen(specimen, seen, inhibitors, before):
                known = found.get(key := (specimen.id, one.kind, one.gene, one.alteration))
                ids = (*known.from_, *one.from_) if known is not None else one.from_
                found[key] = replace(known or one, from_=tuple(dict.fromkeys(ids)))
    return tuple(found.values())


def _of_specimen(
    specimen: Specimen, seen: PatientRecord, inhibitors: Collection[str], before: Collection[tuple[str, str, str]]
) -> Iterator[Mechanism]:
    diagnosed = seen.diagnosis.histology if seen.diagnosis is not None else None
    if specimen.status != "failed" and specimen.histology in OTHER_HISTOLOGY and specimen.histology != diagnosed:
        yield Mechanism(
            kind="changed_histology", specimen=specimen.id, alteration=str(specimen.histology), from_=(specimen.id,)
        )
    for test in seen.tests:
        if test.specimen != specimen.id:
            continue
        for gene, kind, what in _alterations(test):
            yield Mechanism(
                kind=_kind_of(gene, kind, what),
                specimen=specimen.id,
                gene=gene,
                alteration=what,
                from_=(specimen.id, test.id),
                was_there_before=(gene, kind, what) in before,
            )
        if _shows_loss_of_fusion(test, specimen, seen, inhibitors):
            yield Mechanism(
                kind="loss_of_fusion", specimen=specimen.id, gene="ALK", alteration="loss of fusion",
                from_=(specimen.id, test.id),
            )  # fmt: skip


def _alterations(test: MolecularTest) -> Iterator[tuple[str, str, str]]:
    """Yield gene, kind and what was found, of a reported sequencing or single-gene test."""
    if test.status != "final":
        return
    for one in test.ngs.alterations if test.ngs is not None else ():
        yield one.gene.strip().upper(), one.kind, _what(one)
    if test.gene is not None and test.gene.reported == "mutated" and test.gene.gene is not None:
        yield test.gene.gene.upper(), "mutation", "mutation"


def _what(one: Alteration) -> str:
    if one.kind == "mutation":
        named = protein_change(one.protein)
        return named if named or one.gene.strip().upper() == "ALK" else "mutation"
    return label(one.kind)


def _kind_of(gene: str, kind: str, what: str) -> Kind:
    """Return which mechanism an alteration is; a gene the review does not name is a finding, nothing more."""
    if gene != "ALK":
        return "other_pathway" if gene in PATHWAYS else "other_finding"
    if kind == "amplification":
        return "alk_amplification"
    if kind == "loss_of_fusion":
        return "loss_of_fusion"
    if kind == "mutation" and _is_in_kinase_domain(what):
        return "kinase_mutation"
    return "other_finding"


def _is_in_kinase_domain(change: str) -> bool:
    """Return whether a protein change lies in the kinase domain; one that gives no residue is taken to."""
    residue = re.search(r"\d+", change)
    return residue is None or int(residue[0]) in KINASE_DOMAIN


def fish_verdict(test: MolecularTest) -> str | None:
    """Return what a reported FISH says: its counts, else the laboratory's word; None for any other test."""
    if test.method != "fish" or test.status != "final" or test.fish is None:
        return None
    verdict = fish_counts.count(test.fish.readings).verdict
    return test.fish.reported if verdict == "no_count" else verdict


def _shows_loss_of_fusion(
    test: MolecularTest, specimen: Specimen, seen: PatientRecord, inhibitors: Collection[str]
) -> bool:
    """A negative FISH in what was taken after an ALK inhibitor began, where one before it was positive (H2, R11)."""
    if fish_verdict(test) != "negative" or not _is_after_inhibitor(specimen, seen, inhibitors):
        return False
    early = {one.id for one in seen.specimens if not _is_after_inhibitor(one, seen, inhibitors)}
    return any(one.specimen in early and fish_verdict(one) == "positive" for one in seen.tests)


def _is_after_inhibitor(specimen: Specimen, seen: PatientRecord, inhibitors: Collection[str]) -> bool:
    starts = [
        line.started_on
        for line in seen.therapy_lines
        if line.started_on is not None and any(name_of(drug) in inhibitors for drug in line.drugs)
    ]
    return bool(specimen.date and starts and is_surely_before(min(starts), specimen.date))
