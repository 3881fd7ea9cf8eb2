"""The question a tumour board is asked: where the patient stands, and what is to be decided."""

from app.figures.wording import code, date_in_words
from app.pathway.advice import Advice
from app.words import _


def question_of(advice: Advice) -> str:
    """Return the question that goes with the stage of an advice; what was asked by a person comes before it."""
    drugs = " + ".join(map(_, advice.line.drugs)) if advice.line else ""
    number = advice.line.number if advice.line else 0
    if advice.stage == "testing":
        return _("ALK is {status}: which test comes next?").format(status=code(advice.alk_status))
    if advice.stage in ("baseline", "first_line"):
        return _("ALK positive, no palliative treatment yet: which treatment, and is the work-up complete?")
    if advice.stage == "progression":
        response = advice.response
        day = date_in_words(response.as_of) if response else _("a day not recorded")
        return _("Progression on line {number}, {drugs}, shown {day}: what next?").format(
            number=number, drugs=drugs, day=day
        )
    if advice.stage == "on_treatment":
        if any(alert.severity == "urgent" for alert in advice.alerts):
            return _("Line {number}, {drugs}, runs and something urgent stands open: how to go on?").format(
                number=number, drugs=drugs
            )
        return _("Line {number}, {drugs}, runs without progression: go on?").format(number=number, drugs=drugs)
    if advice.stage == "further_line":
        return _("The last line has ended: which treatment is next?")
    return _("This patient is off the pathway: {step}.").format(step=advice.preferred.text.rstrip("."))
