"""What a letter is posted in: an envelope with its address printed on, or a label for one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.record.reading import Fault, Refused
from app.words import _, later

if TYPE_CHECKING:
    from app.services.clinic import ClinicSettings

LABELS = "labels"
FORMS = {
    "c6_5": later("Envelope C6/5"),
    "dl": later("Envelope DL"),
    "us_10": later("Envelope No. 10"),
    LABELS: later("Sheet of labels, 3 by 8 on A4"),
}
LABELS_OF_A_SHEET = 24


def addresses_in(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the addresses of a text: lines, with an empty line between one address and the next."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return tuple(tuple(one) for one in found if one)


def posting_pdf(clinic: "ClinicSettings", addresses: Sequence[Sequence[str]], form: str, start: int = 1) -> bytes:
    """Return envelope or labels as PDF; raises `Refused` with what is missing."""
    if not addresses:
        raise Refused([Fault("address", _("Write an address, one line below the other."))])
    if form != LABELS and len(addresses) > 1:
        raise Refused([Fault("address", _("An envelope has one address: take out the empty line."))])
    if not 1 <= start <= LABELS_OF_A_SHEET:
        raise Refused([Fault("start", _("A sheet has the labels 1 to 24."))])
    from app.letters.posting import envelope_pdf, labels_pdf  # the PDF library: only when it is wanted

    if form == LABELS:
        return labels_pdf(addresses, start)
    return envelope_pdf(addresses[0], " · ".join((clinic.name, *clinic.address)), form)
