"""Advice on a record, by the protocol in force or another one."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.protocols import Protocols

if TYPE_CHECKING:  # the first list of patients is on the screen before these are loaded
    from app.pathway.advice import Advice
    from app.pathway.ahead import Ahead
    from app.pathway.information import Told
    from app.pathway.protocol import Protocol
    from app.pathway.worklist import Task
    from app.record.record import PatientRecord
    from app.services.clinic import Clinic


class Advising:
    """Advice for the window, the commands and the letters; the clinic's parameters go over the protocol's."""

    def __init__(self, clinic: "Clinic", own_folder: Path | None = None) -> None:
        self._clinic = clinic
        self._parameters: Mapping[str, object] | None = None
        self.known = Protocols(own_folder)

    def protocols(self) -> tuple[str, ...]:
        """Return the ids of the protocols there are."""
        return self.known.ids()

    def protocol(self, protocol_id: str | None = None) -> "Protocol":
        """Return a protocol, read, checked and proved; `NotPossible` when there is none of this id or it is not."""
        return self.known.open(protocol_id)

    def parameters(self) -> Mapping[str, object]:
        """Return what the clinic has set over the protocols' own."""
        if self._parameters is None:
            self._parameters = self._clinic.settings().parameters
        return self._parameters

    def advise(
        self,
        record: "PatientRecord",
        as_of: date,
        *,
        protocol: str | None = None,
        trace: bool = False,
        brief: bool = False,
    ) -> "Advice":
        """Return what the protocol says of `record` on `as_of`; nothing later is seen. `brief`: for many days."""
        from app.pathway.engine import advise

        return advise(record, self.protocol(protocol), as_of, parameters=self.parameters(), trace=trace, brief=brief)

    def told(self, record: "PatientRecord", advice: "Advice") -> "tuple[Told, ...]":
        """Return what the protocol's source says besides an advice on `record`."""
        from app.pathway.information import information_on

        return information_on(self.protocol(advice.protocol.id), record, advice)

    def tasks(self, record: "PatientRecord", advice: "Advice") -> "tuple[Task, ...]":
        """Return what stands open by an advice, as on the worklist."""
        from app.pathway.finding import find
        from app.pathway.worklist import tasks_of

        return tasks_of(find(record, self.protocol(advice.protocol.id), advice.as_of, advice.parameters), advice)

    def ahead(self, record: "PatientRecord", advice: "Advice", until: date) -> "tuple[Ahead, ...]":
        """Return what is due by an advice, and when again up to `until`."""
        from app.pathway.ahead import ahead

        return ahead(self.protocol(advice.protocol.id), record, advice, until)
