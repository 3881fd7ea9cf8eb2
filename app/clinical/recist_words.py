"""Why an assessment was judged as it was: one plain sentence with its numbers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.clinical.target_lesions import TargetResponse
from app.record.assessment import NewLesion
from app.record.codes import label
from app.record.in_words import number, pointed
from app.words import _, apart, later

RESPONSES = {
    "CR": later("complete response"),
    "PR": later("partial response"),
    "SD": later("stable disease"),
    "PD": later("progression"),
    "NON_CR_NON_PD": later("neither complete response nor progression"),
    "NE": later("not evaluable"),
    "NA": later("nothing to assess"),
}


def why_baseline(total: Decimal | None) -> str:
    """Return the sentence of an assessment that a line is measured from."""
    if total is None:
        return _("Baseline.")
    return _("Baseline: the target lesions add up to {total} mm.").format(total=f"{total:f}")


def why(
    target: TargetResponse,
    baseline: Decimal,
    nadir: Decimal,
    non_target: str,
    new_lesions: Iterable[NewLesion],
    overall: str,
    left_out: Sequence[str],
) -> str:
    """Return the sentence of an assessment that was judged; sums in mm."""
    clauses = [_target(target, baseline, nadir)] if target.code != "NA" else []
    if non_target != "NA":
        clauses.append(_("non-target lesions: {response}").format(response=_(RESPONSES[non_target])))
    clauses += _new(new_lesions)
    if left_out:
        clauses.append(_("not in the baseline and not counted: {lesions}").format(lesions=", ".join(left_out)))
    if not clauses:
        return _("There is nothing to assess.")
    if len(clauses) > 1:
        clauses.append(_("overall: {response}").format(response=_(RESPONSES[overall])))
    text = apart(clauses)
    return f"{text[0].upper()}{text[1:]}."


SENTENCES = {
    "CR": later("every target lesion is gone, lymph nodes are below 10 mm: complete response"),
    "PR": later("the target lesions add up to {total} mm, {percent} % below the {baseline} mm at the baseline: "
                "partial response"),
    "SD": later("the target lesions add up to {total} mm ({baseline} mm at the baseline, {nadir} mm at the smallest): "
                "stable disease"),
    "PD": later("the target lesions add up to {total} mm, {rise} above the smallest sum of {nadir} mm: progression"),
    "NE": later("there is no baseline to compare the target lesions with"),
}  # fmt: skip
PROGRESSION_ALREADY = later(
    "even without {missing} the target lesions add up to {total} mm, {rise} above the smallest sum of {nadir} mm: "
    "progression"
)
CAME_BACK = later("a target lesion has come back after a complete response: progression")
NOT_MEASURED = later("the target lesions cannot be evaluated, not measured: {missing}")


def _target(target: TargetResponse, baseline: Decimal, nadir: Decimal) -> str:
    text = SENTENCES[target.code]
    if target.came_back:
        text = CAME_BACK
    elif target.unmeasured:
        text = PROGRESSION_ALREADY if target.code == "PD" else NOT_MEASURED
    return _(text).format(
        total=number(target.measured),
        baseline=number(baseline),
        nadir=number(nadir),
        missing=", ".join(target.unmeasured),
        percent=_percent(target.measured - baseline, baseline) if target.code == "PR" else "",
        rise=_rise(target.measured, nadir) if target.code == "PD" else "",
    )


def _rise(total: Decimal, nadir: Decimal) -> str:
    millimetres = f"{number(total - nadir)} mm"
    return f"{millimetres} ({_percent(total - nadir, nadir)} %)" if nadir else millimetres


def _percent(part: Decimal, whole: Decimal) -> str:
    return pointed(f"{abs(part) * 100 / whole:.1f}")


def _new(lesions: Iterable[NewLesion]) -> list[str]:
    sure: list[str] = []
    possible: list[str] = []
    for lesion in lesions:
        (sure if lesion.unequivocal else possible).append(_(label(lesion.site)) if lesion.site else _("site not said"))
    clauses = []
    if sure:
        clauses.append(_("new lesion ({sites}): progression").format(sites=", ".join(dict.fromkeys(sure))))
    if possible:
        sites = ", ".join(dict.fromkeys(possible))
        clauses.append(_("possible new lesion ({sites}): not progression yet").format(sites=sites))
    return clauses
