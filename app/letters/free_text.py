"""The clinic's own words in a letter: placeholders filled from the record, unknown ones refused with the list."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from app.figures.wording import date_in_words
from app.letters.content import LetterContent
from app.letters.entries import value_in_words
from app.pathway.advice import Advice
from app.record.dates import earliest_day, latest_day
from app.record.reading import Fault, Refused
from app.record.record import PatientRecord
from app.words import _

BLOCK = "block."
PLACE = re.compile(r"\{([^{}]*)\}")
NAMES = (
    "patient.name", "patient.family_name", "patient.given_name", "patient.born", "patient.age", "patient.mrn",
    "line.drug", "line.number", "line.since", "response.current", "response.best", "response.date", "alk.status",
    "clinic.name", "clinic.phone", "clinic.department", "doctor", "nurse", "date",
)  # fmt: skip


def faults_in(text: str) -> tuple[str, ...]:
    """Return the placeholders of a text that there are not, and a brace that is never closed."""
    unknown = [one for one in PLACE.findall(text) if one not in NAMES]
    loose = re.search(r"[{}]", PLACE.sub("", text))
    return (*dict.fromkeys(unknown), *((loose[0],) if loose else ()))


def with_blocks(text: str, blocks: Mapping[str, str]) -> str:
    """Return `text` with the clinic's blocks put in where it names them: `{block.travel}`."""
    return PLACE.sub(lambda found: blocks.get(found[1].removeprefix(BLOCK), found[0])
                     if found[1].startswith(BLOCK) else found[0], text)  # fmt: skip


def placeholder_faults(field: str, text: str, blocks: Mapping[str, str] = MappingProxyType({})) -> list[Fault]:
    """Return a fault for each placeholder of `text` that there is not, with the list of all there are."""
    names = ", ".join(f"{{{one}}}" for one in (*NAMES, *(f"{BLOCK}{one}" for one in blocks)))
    said = _("{wrong} is no placeholder; there are: {names}")
    wrong = faults_in(with_blocks(text, dict.fromkeys(blocks, "")))
    shown = [one if one in ("{", "}") else f"{{{one}}}" for one in wrong]
    return [Fault(field, said.format(wrong=one, names=names)) for one in shown]


def filled(field: str, text: str, places: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled; raises `Refused`, naming those there are not and all there are."""
    if faults := placeholder_faults(field, text):
        raise Refused(faults)
    return PLACE.sub(lambda found: places[found[1]], text)


def placeholders(record: PatientRecord, advice: Advice, content: LetterContent) -> dict[str, str]:
    """Return what each placeholder stands for; what is not known is said to be not recorded."""
    patient, line, response = record.patient, advice.line, advice.response
    team, unknown = patient.team, _("not recorded")
    known: dict[str, str | None] = {
        "patient.name": content.patient.name,
        "patient.family_name": patient.family_name,
        "patient.given_name": patient.given_name,
        "patient.born": content.patient.born,
        "patient.age": _age(patient.birth_date, advice.as_of),
        "patient.mrn": patient.mrn,
        "line.drug": " + ".join(map(_, line.drugs)) if line else None,
        "line.number": str(line.number) if line else None,
        "line.since": _date(line.since) if line else None,
        "response.current": value_in_words("response", response.current) if response else None,
        "response.best": value_in_words("response", response.best) if response and response.best else None,
        "response.date": _date(response.as_of) if response else None,
        "alk.status": content.alk_status,
        "clinic.name": content.letterhead.name,
        "clinic.phone": content.letterhead.phone,
        "clinic.department": content.letterhead.department,
        "doctor": team.doctor if team else None,
        "nurse": team.nurse if team else None,
        "date": content.date,
    }
    return {name: value or unknown for name, value in known.items()}


def _date(partial: str | None) -> str | None:
    return date_in_words(partial) if partial else None


def _age(born: str | None, on: date) -> str | None:
    """Return the age in years; of a birth date that is a year or month, the two it may be ("61 or 62")."""
    if not born:
        return None
    first = earliest_day(born)
    oldest = on.year - first.year - ((on.month, on.day) < (first.month, first.day))
    if len(born) == 10:
        return str(oldest)
    last = latest_day(born)
    youngest = on.year - last.year - ((on.month, on.day) < (last.month, last.day))
    return str(oldest) if youngest == oldest else _("{youngest} or {oldest}").format(youngest=youngest, oldest=oldest)
