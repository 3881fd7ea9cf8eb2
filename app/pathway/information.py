"""What the source says that changes no option: shown with the drug, finding, action or stage that it is about."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from app.pathway.advice import Advice, Alert, Ambiguity, Due, Option
from app.pathway.facts_resistance import FINDINGS, findings_of
from app.pathway.finding import find
from app.pathway.protocol import Information, Protocol, Shown
from app.pathway.protocol_words import ACTIONS
from app.record.codes import label
from app.record.record import PatientRecord
from app.record.views import up_to
from app.words import _

STAGES = ("testing", "baseline", "first_line", "on_treatment", "progression", "further_line", "off_pathway")
PLACES = ("drugs", "findings", "actions", "stages")
KEYS = frozenset({"id", "title", *PLACES, "text", "brief", "ambiguities"})
Kind = Literal["drug", "finding", "action", "stage"]


class Told(NamedTuple):
    """One text of the source with its id, and where it belongs.

    `about` are the drugs or actions of the advice that it speaks of, or the finding or the stage. `brief` are its words
    on paper. `readings` say where it is printed otherwise than it is read.
    """

    kind: Kind
    about: tuple[str, ...]
    id: str
    title: str
    text: str
    brief: str
    readings: tuple[Ambiguity, ...] = ()

    @property
    def place(self) -> str:
        """What it belongs to, in words: "crizotinib", "testing", "L1196M found"."""
        name = self.about[0]
        return name if self.kind == "drug" else _(FINDINGS[name] if self.kind == "finding" else label(name))

    @property
    def is_on_paper(self) -> bool:
        """Whether a letter has it: what is of a drug or a finding of the patient, or is read otherwise than printed."""
        return self.kind in ("drug", "finding") or bool(self.readings)

    def speaks_of(self, option: Option) -> bool:
        """Return whether it belongs to an option."""
        return (
            (self.kind == "drug" and (option.drug or "").lower() in self.about)
            or (self.kind == "action" and option.action in self.about)
        )  # fmt: skip


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
        places = {key: tuple(map(str, entry.get(key, ()))) for key in PLACES}
        for key, known in (("findings", FINDINGS), ("actions", ACTIONS), ("stages", STAGES)):
            if wrong := set(places[key]) - set(known):
                raise ValueError(f"{name}: {min(wrong)!r} is not among {key}")
        if not any(places.values()):
            raise ValueError(f"{name} is shown nowhere")
        texts.append(
            Shown(
                id=name,
                title=_one_line(entry.get("title", "")),
                text=_one_line(entry.get("text") or source.get("text") or source["shown"]),
                brief=_one_line(entry.get("brief", "")),
                ambiguities=tuple(entry.get("ambiguities", source.get("ambiguities", source.get("flag", ())))),
                **places,
            )
        )
    return Information(texts=tuple(texts), withheld=frozenset(map(str, written.get("withheld", ()))))


def _one_line(words: object) -> str:
    return " ".join(str(words).split())


def information_for(protocol: Protocol, advice: Advice, findings: Collection[str] = ()) -> tuple[Told, ...]:
    """Return what goes with the drugs, actions and stage of an advice, and with `findings` (FINDINGS); each id once.

    A reading that may not be shown is not among those of its text.
    """
    return tuple(_told(protocol, advice, findings))


def information_on(protocol: Protocol, record: PatientRecord, advice: Advice) -> tuple[Told, ...]:
    """Return what goes with an advice and with what was found in the tissue and plasma of its record."""
    if advice.stage == "off_pathway":
        return ()
    values = find(record, protocol, advice.as_of, advice.parameters).facts.values
    found = findings_of(
        up_to(record, advice.as_of),
        protocol.inhibitors,
        primary_resistance=bool(values["primary_resistance"]),
        progression=bool(values["alk_inhibitor_running"]) and values["response"] == "PD",
    )
    return information_for(protocol, advice, found)


def unclear(advice: Advice, told: Collection[Told] = ()) -> tuple[Ambiguity, ...]:
    """Return every reading that an advice and what is told beside it rest on, each once."""
    spoken: tuple[Option | Alert | Due | Told, ...] = (*advice.alerts, *advice.options, *advice.due, *told)
    by_id = {
        one.id: one for part in spoken for one in (part.readings if isinstance(part, Told) else part.ambiguities)
    }  # fmt: skip
    return tuple(by_id.values())


def _told(protocol: Protocol, advice: Advice, findings: Collection[str]) -> Iterator[Told]:
    drugs = (*(advice.line.drugs if advice.line else ()), *(one.drug for one in advice.options))
    here: tuple[tuple[Kind, str, Collection[str]], ...] = (
        ("drug", "drugs", dict.fromkeys(drug.lower() for drug in drugs if drug)),
        ("finding", "findings", [name for name in FINDINGS if name in findings]),
        ("action", "actions", dict.fromkeys(one.action for one in advice.options)),
        ("stage", "stages", (advice.stage,)),
    )
    for shown in protocol.information.texts:
        for kind, places, names in here:
            about = tuple(one for one in names if one in getattr(shown, places))
            if about:
                readings = (one for one in shown.ambiguities if one not in protocol.information.withheld)
                yield Told(
                    kind, about, shown.id, _(shown.title or shown.id), _(shown.text), _(shown.brief or shown.text),
                    protocol.readings(readings),
                )  # fmt: skip
                break
