"""Facts about resistance, and the findings that information of a protocol goes with. None changes an option (R2)."""

from collections.abc import Collection, Mapping, Sequence

from app.clinical.best_response import EffectiveResponse
from app.clinical.mechanisms import Mechanism, mechanisms
from app.clinical.therapy_lines import CourseLine
from app.pathway.facts import Found
from app.record.record import PatientRecord
from app.words import later

# What information may go with (`findings:` in information.yaml), and what each is called.
FINDINGS: Mapping[str, str] = {
    "progression": later("progression on an ALK inhibitor"),
    "primary_resistance": later("primary resistance"),
    "any_mechanism": later("a mechanism of resistance found"),
    "kinase_mutation": later("mutation of the ALK kinase found"),
    "l1196m": later("L1196M found"),
    "other_kinase_mutation": later("another ALK mutation found"),
    "mutation_of_r14": later("L1196M, F1174L or R1275Q found"),
    "alk_amplification": later("amplification of ALK found"),
    "loss_of_fusion": later("loss of the ALK fusion found"),
    "other_pathway": later("another pathway active"),
    "several_mechanisms": later("several mechanisms found"),
}
MUTATIONS_OF_R14 = frozenset({"L1196M", "F1174L", "R1275Q"})


def resistance_facts(course: Sequence[CourseLine], responses: Sequence[EffectiveResponse]) -> Found:
    """Return whether the first ALK inhibitor never worked: every response of its line, the last one, is PD.

    `responses` are the evaluable ones of the last line.
    """
    with_inhibitor = [line for line in course if line.has_inhibitor]
    is_first = len(with_inhibitor) == 1 and course[-1] is with_inhibitor[0]
    is_primary = is_first and bool(responses) and all(one.code == "PD" for one in responses)
    ids = tuple(entry for one in responses for entry in one.ids) if is_primary else ()
    return {"primary_resistance": (is_primary, ids)}


def findings_of(
    seen: PatientRecord, inhibitors: Collection[str], *, primary_resistance: bool, progression: bool
) -> frozenset[str]:
    """Return which of `FINDINGS` hold of a record as seen on a day."""
    explaining = [one for one in mechanisms(seen, inhibitors) if one.explains]
    found = {one.kind for one in explaining if one.kind != "changed_histology"} | set(_mutations(explaining))
    if len({(one.kind, one.gene, one.alteration) for one in explaining}) > 1:
        found.add("several_mechanisms")
    if explaining:
        found.add("any_mechanism")
    if primary_resistance:
        found.add("primary_resistance")
    if progression:
        found.add("progression")
    return frozenset(found)


def _mutations(explaining: Sequence[Mechanism]) -> list[str]:
    changes = {one.alteration for one in explaining if one.kind == "kinase_mutation"}
    found = ["l1196m"] if "L1196M" in changes else []
    if changes - {"L1196M"}:
        found.append("other_kinase_mutation")
    if changes & MUTATIONS_OF_R14:
        found.append("mutation_of_r14")
    return found
