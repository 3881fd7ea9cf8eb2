"""What was decided before on an option, in words, and whether it was on other facts than now."""

from collections.abc import Mapping

from app.figures.wording import code, date_in_words
from app.letters.entries import value_in_words
from app.pathway.advice import FactValue, Option
from app.pathway.facts import FACTS
from app.record.decision import Decision
from app.services.decisions import changed_facts
from app.ui.panels.action_words import action_words
from app.words import _


def decided_words(option: Option, decision: Decision, facts: Mapping[str, FactValue]) -> tuple[str, bool]:
    """Return the sentence beside the option, and whether the decision was on the facts as they still are."""
    changed = changed_facts(decision, facts)
    who = _(" by {name}").format(name=decision.by) if decision.by else ""
    words = _sentence(option, decision).format(day=date_in_words(decision.date), who=who)
    if changed:
        said = ", ".join(
            _("{fact} was {then}, is {now}").format(
                fact=_(FACTS[name].label) if name in FACTS else code(name),
                then=value_in_words(name, decision.facts[name]),
                now=value_in_words(name, facts[name]),
            )
            for name in changed
        )
        words = _("{decided}, on other facts than now: {changes}").format(decided=words, changes=said)
    return words, not changed


def _sentence(option: Option, decision: Decision) -> str:
    if decision.verdict == "accepted":
        return _("Accepted on {day}{who}")
    if decision.verdict == "declined":
        return _("Declined on {day}{who}")
    if (decision.action, decision.drug) == (option.action, option.drug):
        return _("Modified on {day}{who}: {instead}").replace("{instead}", _braced(instead_words(decision)))
    return _("Chosen on {day}{who} in place of: {advised}").replace(
        "{advised}", _braced(action_words(decision.action, decision.drug))
    )


def instead_words(decision: Decision) -> str:
    """Return what was chosen in the place of the advice: "switch to ceritinib instead"."""
    chosen = decision.instead
    if chosen is None or not chosen.action:
        return _("something else")
    words = action_words(chosen.action, chosen.drug)
    return _("{action} instead").format(action=words[:1].lower() + words[1:])


def _braced(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")
