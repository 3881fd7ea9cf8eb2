"""What the source says that changes no option: shown with the drug, finding, action or stage that it is about."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from app.pathway.advice import Advice, Alert, Due, Option
from app.pathway.facts_resistance import FINDINGS, findings_of
from app.pathway.finding import find
from app.pathway.protocol import Information, Protocol, Shown
from app.pathway.protocol_words import ACTIONS
from app.record.codes import label
from app.record.record import PatientRecord
from app.record.views import up_to
from app.words import _

STAGES = ("testing", "baseline", "first_line", "on_treatment", "progression", "further_line", "off_pathway")
KEYS = frozenset({"id", "drugs", "findings", "actions", "stages", "text", "ambiguities"})


class Told(NamedTuple):
    """One text: where it belongs ("crizotinib", "testing", "L1196M found"), the id of the source, and the words."""

    place: str
    id: str
    text: str


def read_information(
    written: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]], evidence: Mapping[str, Mapping[str, Any]]
) -> Information:
    """Return the information of a protocol. Raises ValueError or KeyError for what is not known.

    A text without words of its own is the rule's or the study's; its ambiguities come with it.
    """
    texts = []
    for entry in written.get("texts", ()):
        if unknown := set(entry) - KEYS:
            raise ValueError(f"{sorted(map(str, unknown))} is not a key of a text")
        name = str(entry["id"])
        if name not in rules and name not in evidence:
            raise ValueError(f"{name!r} is not a known rule or study")
        source = rules.get(name) or evidence[name]
        places = {key: tuple(map(str, entry.get(key, ()))) for key in ("drugs", "findings", "actions", "stages")}
        for key, known in (("findings", FINDINGS), ("actions", ACTIONS), ("stages", STAGES)):
            if wrong := set(places[key]) - set(known):
                raise ValueError(f"{name}: {min(wrong)!r} is not among {key}")
        if not any(places.values()):
            raise ValueError(f"{name} is shown nowhere")
        words = entry.get("text") or source.get("text") or source["shown"]
        marks = entry.get("ambiguities", source.get("ambiguities", source.get("flag", ())))
        texts.append(Shown(id=name, text=" ".join(str(words).split()), ambiguities=tuple(marks), **places))
    return Information(texts=tuple(texts), withheld=frozenset(map(str, written.get("withheld", ()))))


def information_for(protocol: Protocol, advice: Advice, findings: Collection[str] = ()) -> tuple[Told, ...]:
    """Return what goes with the drugs, actions and stage of an advice, and with `findings` (FINDINGS); each id once.

    Where a text is ambiguous in the source its reading follows it, unless the advice itself has it; what may not be
    shown is not.
    """
    return tuple(_told(protocol, advice, findings))


def information_on(protocol: Protocol, record: PatientRecord, advice: Advice) -> tuple[Told, ...]:
    """Return what goes with an advice and with what was found in the tissue and plasma of its record."""
    if advice.stage == "off_pathway":
        return ()
    values = find(record, protocol, advice.as_of, advice.parameters).facts.values
    found = findings_of(
        up_to(record, advice.as_of),
        primary_resistance=bool(values["primary_resistance"]),
        progression=bool(values["alk_inhibitor_running"]) and values["response"] == "PD",
    )
    return information_for(protocol, advice, found)


def _told(protocol: Protocol, advice: Advice, findings: Collection[str]) -> Iterator[Told]:
    drugs = dict.fromkeys((*(advice.line.drugs if advice.line else ()), *(one.drug for one in advice.options)))
    actions = {one.action for one in advice.options}
    spoken: tuple[Option | Alert | Due, ...] = (*advice.options, *advice.alerts, *advice.due)
    told = {one.id for part in spoken for one in part.ambiguities}
    for shown in protocol.information.texts:
        place = _place(shown, advice, [drug for drug in drugs if drug], actions, findings)
        if place:
            yield Told(place, shown.id, _(shown.text))
            for one in shown.ambiguities:
                if one not in told and one not in protocol.information.withheld:
                    told.add(one)
                    reading = protocol.ambiguities[one]
                    words = _("It prints: {printed} Applied: {applied} Why: {why}")
                    said = words.format(printed=reading.printed, applied=reading.applied, why=reading.why)
                    yield Told(place, one, said)


def _place(
    shown: Shown, advice: Advice, drugs: Collection[str], actions: Collection[str], findings: Collection[str]
) -> str:
    """Return the name of the place where a text belongs here, or "" where it does not."""
    for drug in drugs:
        if drug.lower() in shown.drugs:
            return drug.lower()
    for name in shown.findings:
        if name in findings:
            return _(FINDINGS[name])
    for name in shown.actions:
        if name in actions:
            return _(label(name))
    return _(label(advice.stage)) if advice.stage in shown.stages else ""
