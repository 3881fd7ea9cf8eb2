"""What can be put into the words of a letter: the clinic's text blocks, and what the record says, in words."""

from collections.abc import Iterable

from app.letters.free_text import BLOCK, NAMES
from app.words import _, later

PLACES = {
    "patient.name": later("patient’s name"),
    "patient.family_name": later("family name"),
    "patient.given_name": later("given name"),
    "patient.born": later("date of birth"),
    "patient.age": later("age"),
    "patient.mrn": later("patient’s number"),
    "line.drug": later("drugs of this line"),
    "line.number": later("number of this line"),
    "line.since": later("start of this line"),
    "response.current": later("response now"),
    "response.best": later("best response"),
    "response.date": later("day of the response"),
    "alk.status": later("ALK status"),
    "clinic.name": later("clinic"),
    "clinic.phone": later("clinic’s telephone"),
    "clinic.department": later("clinic’s department"),
    "doctor": later("doctor"),
    "nurse": later("nurse"),
    "date": later("date of the letter"),
}


def inserts(blocks: Iterable[str]) -> dict[str, str]:
    """Return what can be inserted, with its words first: a letter typed in the list finds one."""
    texts = {f"{BLOCK}{one}": _("text block: {name}").format(name=one) for one in blocks}
    return texts | {one: f"{_(PLACES[one])}  {{{one}}}" for one in NAMES}
