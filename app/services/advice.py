"""Advice on a record, by the protocol in force or another one; protocols are read once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.paths import RESOURCES
from app.record.reading import NotPossible
from app.record.record import PatientRecord
from app.words import _

if TYPE_CHECKING:
    from app.pathway.advice import Advice
    from app.pathway.protocol import Protocol
    from app.services.clinic import Clinic

PROTOCOLS = RESOURCES / "protocols"
DEFAULT_PROTOCOL = "duchemann-2015"


class Advising:
    """Advice for the window, the commands and the letters; the clinic's parameters go over the protocol's."""

    def __init__(self, clinic: "Clinic", folders: tuple[Path, ...] = (PROTOCOLS,)) -> None:
        self._clinic = clinic
        self._folders = folders
        self._loaded: dict[str, Protocol] = {}
        self._parameters: Mapping[str, object] | None = None

    def protocols(self) -> tuple[str, ...]:
        """Return the ids of the protocols there are."""
        found = {path.parent.name for folder in self._folders for path in folder.glob("*/protocol.yaml")}
        return tuple(sorted(found))

    def protocol(self, protocol_id: str | None = None) -> "Protocol":
        """Return a protocol, read and checked; `NotPossible` when there is none of this id or it cannot be used."""
        from app.pathway.protocol import ProtocolFault, load_protocol

        name = protocol_id or DEFAULT_PROTOCOL
        if name not in self._loaded:
            if name not in self.protocols():
                known = ", ".join(self.protocols())
                raise NotPossible(_("There is no protocol {name}; there is {known}.").format(name=name, known=known))
            folder = next(one / name for one in self._folders if (one / name / "protocol.yaml").is_file())
            try:
                self._loaded[name] = load_protocol(folder)
            except ProtocolFault as fault:
                text = _("The protocol {name} cannot be used: {fault}").format(name=name, fault=fault)
                raise NotPossible(text) from None
        return self._loaded[name]

    def advise(
        self, record: PatientRecord, as_of: date, *, protocol: str | None = None, trace: bool = False
    ) -> "Advice":
        """Return what the protocol says of `record` on `as_of`; nothing later is seen."""
        from app.pathway.engine import advise

        if self._parameters is None:
            self._parameters = self._clinic.settings().parameters
        return advise(record, self.protocol(protocol), as_of, parameters=self._parameters, trace=trace)
