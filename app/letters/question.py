"""The question a tumour board is asked: where the patient stands, and what is to be decided."""

from app.figures.wording import code, date_in_words
from app.pathway.advice import Advice
from app.words import _

AFTER_A_HOLD = ("resume", "resume_reduced")


def question_of(advice: Advice) -> str:
    """Return the question that goes with the stage of an advice; what was asked by a person comes before it."""
    if advice.preferred.action == "resolve_contradiction":
        return _("The record contradicts itself: which entry is right?")
    if advice.stage == "testing":
        return _("ALK is {status}: which test comes next?").format(status=code(advice.alk_status))
    if advice.stage in ("baseline", "first_line"):
        return _("ALK positive, no palliative treatment yet: which treatment, and is the work-up complete?")
    if advice.stage in ("progression", "on_treatment"):
        words = _of_progression(advice) if advice.stage == "progression" else _of_treatment(advice)
        response, line = advice.response, advice.line
        return words.format(
            number=line.number if line else 0,
            drugs=" + ".join(map(_, line.drugs)) if line else "",
            day=date_in_words(response.as_of) if response else _("a day not recorded"),
        )
    if advice.stage == "further_line":
        return _("The last line has ended: which treatment is next?")
    if advice.preferred.rule == "H5":
        return _("ALK positive, disease not metastatic, outside the protocol: which treatment?")
    return _("This patient is off the pathway: {step}.").format(step=advice.preferred.text.rstrip("."))


def _of_progression(_advice: Advice) -> str:
    return _("Progression on line {number}, {drugs}, shown {day}: what next?")


def _of_treatment(advice: Advice) -> str:
    """Return what goes on with a line that runs: what cannot wait first, then a hold, then its response."""
    urgent = {alert.action for alert in advice.alerts if alert.severity == "urgent"}
    if "discontinue" in urgent:
        return _("The protocol stops line {number}, {drugs}, for good: what next?")
    if "withhold" in urgent:
        return _("The protocol withholds line {number}, {drugs}: how to go on?")
    if urgent:
        return _("Line {number}, {drugs}, runs and something urgent stands open: how to go on?")
    if advice.preferred.action in AFTER_A_HOLD:
        return _("Line {number}, {drugs}, was held and the reason is over: resume, and at which dose?")
    if advice.preferred.action == "withhold":
        return _("Line {number}, {drugs}, is held: how to go on?")
    if advice.response is None:
        return _("Line {number}, {drugs}, runs, its response not assessed yet: go on?")
    if advice.response.current == "PD":
        return _("Line {number}, {drugs}, runs on after the progression of {day} was answered: go on?")
    return _("Line {number}, {drugs}, runs without progression: go on?")
