"""Why something stands on the worklist, in one line: what, since when, on which drug."""

from datetime import date
from typing import TYPE_CHECKING

from app.figures.wording import code, date_in_words
from app.record.dates import earliest_day
from app.words import _, later

if TYPE_CHECKING:
    from app.pathway.worklist import Task

# What is due, as a clinic asks for it.
DUE_WORDS = {
    "liver_function_tests": later("ALT, AST, ALP and bilirubin"),
    "blood_count": later("Neutrophils and platelets"),
    "ecg": later("ECG"),
    "echocardiogram": later("Echocardiogram"),
    "ophthalmological_examination": later("Ophthalmological examination"),
    "respiratory_examination": later("Respiratory examination"),
    "brain_mri": later("Brain MRI"),
    "hypogonadism_assessment": later("Assessment for hypogonadism"),
    "assessment": later("Assessment of the response"),
    "electrolytes": later("Electrolytes"),
}
SPECIMENS = {"tissue": later("Tissue"), "cytology": later("Cytology"), "plasma": later("Plasma")}
STATES = {
    "requested": later("{specimen} asked on {day}"),
    "taken": later("{specimen} taken on {day}"),
    "failed": later("{specimen} of {day} failed"),
}


def words_of(task: "Task", as_of: date) -> str:
    """Return one line about a task as of a day."""
    match task.kind:
        case "due":
            return _due(task, as_of)
        case "awaited" | "rebiopsy":
            return _awaited(task)
        case "progression":
            return _progression(task, as_of)
        case "alert" if task.decided_on:
            return _("{text} Accepted on {day}.").format(text=task.text, day=date_in_words(task.decided_on))
        case "undecided":
            return _("Not decided on yet: {text}").format(text=task.text)
        case "letter":
            return _letter(task)
    return task.text


def _letter(task: "Task") -> str:
    from app.letters.kinds import KINDS, kind_of

    assert task.since is not None
    words = _("{kind} of {day} waits for its signature")
    return words.format(kind=_(KINDS[kind_of(task.what)].title), day=date_in_words(task.since))


def _due(task: "Task", as_of: date) -> str:
    assert task.since is not None
    what = _(DUE_WORDS[task.what]) if task.what in DUE_WORDS else code(task.what)
    days = (as_of - earliest_day(task.since)).days
    text = _("{what} due since {day}") if days > 0 else _("{what} due on {day}") if days else _("{what} due today")
    said = text.format(what=what, day=date_in_words(task.since))
    if task.beside:
        return _("{said}: before {drug}").format(said=said, drug=task.drug)
    assert task.line_since is not None  # nothing is due of a line before its start is known
    week = (as_of - earliest_day(task.line_since)).days // 7 + 1
    return _("{said}: {drug}, week {week}").format(said=said, drug=task.drug, week=week)


def _awaited(task: "Task") -> str:
    day = date_in_words(task.since) if task.since else ""
    if task.what not in SPECIMENS:
        text = _("{what} asked on {day}: result awaited") if day else _("{what} asked for: result awaited")
        return text.format(what=code(task.what), day=day)
    what = _(SPECIMENS[task.what])
    if task.kind == "rebiopsy":
        what = _("Re-biopsy ({specimen})").format(specimen=code(task.what))
    text = _("{what} asked on {day} and not taken") if day else _("{what} asked for and not taken")
    said = text.format(what=what, day=day)
    if not task.beside:
        return said
    return _("{said}; for {tests}").format(said=said, tests=", ".join(code(one) for one in task.beside))


def _progression(task: "Task", as_of: date) -> str:
    assert task.since is not None
    said = _("Progressed {when} on {drug}, no decision").format(when=_when(task.since, as_of), drug=task.drug)
    for one in task.beside:
        specimen, state, day = one.split(" ")
        said += "; " + _(STATES[state]).format(specimen=code(specimen), day=date_in_words(day))
    return said


def _when(since: str, as_of: date) -> str:
    if len(since) < len("2014-11-01"):
        return _("in {month}").format(month=date_in_words(since))
    days = (as_of - earliest_day(since)).days
    if days > 1:
        return _("{days} days ago").format(days=days)
    return _("yesterday") if days else _("today")
