"""The protocols there are, ours and a clinic's own. One that is not proved cannot be chosen; proofs are kept."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.paths import RESOURCES
from app.record.reading import NotPossible
from app.words import _

if TYPE_CHECKING:
    from app.pathway.proof import ProofFault
    from app.pathway.protocol import Protocol

SHIPPED = RESOURCES / "protocols"
PROVED = "proved.json"  # beside the shipped protocols, and in the user's folder for a clinic's own
OWN_FOLDER = "protocols"
DEFAULT = "duchemann-2015"


class Protocols:
    """Protocols by id, each read once; `own` is the user's data folder, where a clinic may put protocols of its own."""

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._folders = (SHIPPED, *([own / OWN_FOLDER] if own is not None else []))
        self._loaded: dict[str, Protocol] = {}
        self._reading = threading.Lock()

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the protocols there are."""
        return tuple(sorted({path.parent.name for folder in self._folders for path in folder.glob("*/protocol.yaml")}))

    def open(self, protocol_id: str | None = None) -> "Protocol":
        """Return a protocol that is proved; `NotPossible` when there is none of this id, or it is not proved."""
        name = protocol_id or DEFAULT
        with self._reading:  # the window's first patient and the worklist behind it may want it at the same moment
            if name not in self._loaded:
                folder = self._folder(name)
                protocol = self.read(folder)
                if not self._is_proved(folder, protocol):
                    words = _("The protocol {name} is not proved. Type: protocol check {name}")
                    raise NotPossible(words.format(name=name))
                self._loaded[name] = protocol
            return self._loaded[name]

    def read(self, folder: Path) -> "Protocol":
        """Return the protocol of a folder, read and checked but not proved; `NotPossible` says what is wrong."""
        from app.pathway.protocol_reading import ProtocolFault, load_protocol

        try:
            return load_protocol(folder)
        except ProtocolFault as fault:
            words = {"name": folder.name, "fault": fault}
            raise NotPossible(_("The protocol {name} cannot be used: {fault}").format(**words)) from None

    def find(self, what: str) -> Path:
        """Return the folder meant by an id or a path."""
        return Path(what) if Path(what, "protocol.yaml").is_file() else self._folder(what)

    def check(self, folder: Path, protocol: "Protocol") -> "Sequence[ProofFault]":
        """Prove a protocol and its examples, and keep the verdict by its checksum; return the faults, if any."""
        from app.pathway.proof import prove

        faults = [*prove(protocol), *_examples_that_fail(folder, protocol)]
        self._keep(protocol.ref.sha256, proved=not faults)
        return faults

    def _folder(self, name: str) -> Path:
        for folder in self._folders:
            if (folder / name / "protocol.yaml").is_file():
                return folder / name
        known = ", ".join(self.ids())
        raise NotPossible(_("There is no protocol {name}; there is {known}.").format(name=name, known=known))

    def _is_proved(self, folder: Path, protocol: "Protocol") -> bool:
        """Whether this checksum was proved: in the shipped list, in the user's, or now."""
        verdicts = {**_verdicts(SHIPPED / PROVED), **(_verdicts(self._own / PROVED) if self._own else {})}
        sha256 = protocol.ref.sha256
        return bool(verdicts[sha256]) if sha256 in verdicts else not self.check(folder, protocol)

    def _keep(self, sha256: str, *, proved: bool) -> None:
        if self._own is None or sha256 in _verdicts(SHIPPED / PROVED):
            return
        from app.services.whole_file import write_whole

        verdicts = {**_verdicts(self._own / PROVED), sha256: proved}
        try:
            self._own.mkdir(parents=True, exist_ok=True)
            write_whole(self._own / PROVED, json.dumps(verdicts, indent=2, sort_keys=True).encode())
        except (OSError, NotPossible):
            return  # the verdict is found again next time


def _examples_that_fail(folder: Path, protocol: "Protocol") -> "Iterator[ProofFault]":
    """Yield each example of a rule that does not come true, and each rule whose examples show only one side of it."""
    from app.pathway.examples import faults_of, outcome, read_examples
    from app.pathway.proof import ProofFault
    from app.pathway.protocol_reading import ProtocolFault

    try:
        examples = read_examples(folder)
    except ProtocolFault as fault:
        yield ProofFault("example", "examples", str(fault), {})
        return
    for rule, listed in examples.items():
        where = f"examples/{rule}.yaml"
        if {one.fires for one in listed} != {True, False}:
            yield ProofFault("example", where, "needs an example that fires the rule and one that does not.", {})
        for one in listed:
            for text in faults_of(one, protocol, outcome(one, protocol)):
                yield ProofFault("example", f"{where}, {one.name}", text, {})


def _verdicts(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_proved() -> None:
    """Write which checksums of the shipped protocols are proved; the tests hold the file to it."""
    known = Protocols()
    verdicts = {}
    for path in sorted(SHIPPED.glob("*/protocol.yaml")):
        protocol = known.read(path.parent)
        if not known.check(path.parent, protocol):
            verdicts[protocol.ref.sha256] = True
    (SHIPPED / PROVED).write_text(json.dumps(verdicts, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_proved()
