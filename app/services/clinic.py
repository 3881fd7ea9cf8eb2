"""The clinic itself: its letterhead, and what it has decided where a protocol leaves a choice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.paths import RESOURCES
from app.record.reading import Fault, NotPossible, Refused, read
from app.words import _

if TYPE_CHECKING:  # what checks the file is loaded when there is one to be read
    from app.letters.content import Envelope, Paper
    from app.services.clinic_file import ClinicFile, LetterChoices

FILE_NAME = "clinic.yaml"
OWN_AT_FIRST = RESOURCES / "letters" / "letterhead.yaml"
LARGEST_FILE = 64_000  # bytes; a letterhead has a few hundred
DEEPEST = 4  # levels of nesting
TEXTS = ("name", "department", "registration", "phone", "email", "signatory", "signatory_role", "accent")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicSettings:
    """Letterhead and signature, what it has decided of its letters, and `parameters`: only what the clinic has set.

    Texts not given are empty. `logo` is the picture itself; `blocks` are texts that others may name. With
    `attach_record` a signed letter carries the record it was written from.
    """

    name: str = ""
    department: str = ""
    registration: str = ""
    logo: bytes = b""
    paper: "Paper" = "a4"
    envelope: "Envelope" = "din_5008_a"
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    signatory: str = ""
    signatory_role: str = ""
    accent: str = "#000000"
    attach_record: bool = False
    letters: Mapping[str, "LetterChoices"] = field(default_factory=lambda: MappingProxyType({}))
    blocks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


class Clinic:
    """Reads the clinic's own `clinic.yaml` over the letterhead that comes with the program."""

    def __init__(self, folder: Path | None) -> None:
        """Look for `clinic.yaml` in `folder`; None or no such file: everything as it comes with the program."""
        self._own = folder / FILE_NAME if folder is not None else None
        self._read_at: object = None
        self._logo: Path | None = None
        self._settings = ClinicSettings()

    @property
    def file(self) -> Path | None:
        """Where the clinic's own file is, or would be."""
        return self._own

    @property
    def logo(self) -> Path | None:
        """Where the clinic's own logo is, as last read."""
        return self._logo

    def begin_own(self) -> None:
        """Write the clinic's own file as the letterhead that comes with the program, unless there is one.

        Raises `NotPossible` when the folder or the disk does not take it.
        """
        from app.services.whole_file import whole_file
        from db.engine import make_folder

        if self._own is None or self._own.exists():
            return
        make_folder(self._own)
        with whole_file(self._own) as out:
            out.write(OWN_AT_FIRST.read_bytes())

    def settings(self) -> ClinicSettings:
        """Return the clinic's settings, read again when the file has changed.

        Raises `Refused` with every fault of the file, `NotPossible` when it cannot be read.
        """
        stamp = self._stamp()
        if (stamp, self._logo_stamp()) != self._read_at:
            self._settings = self._read(own=stamp != "none")
            self._read_at = (stamp, self._logo_stamp())
        return self._settings

    def _stamp(self) -> object:
        """Return what changes whenever the clinic's own file does."""
        if self._own is None:
            return "none"
        try:
            state = self._own.stat()
        except FileNotFoundError:
            return "none"
        except OSError as error:
            raise NotPossible(_("{file} cannot be read: {why}").format(file=self._own, why=error.strerror)) from None
        return (state.st_mtime_ns, state.st_size, state.st_ino)

    def _logo_stamp(self) -> object:
        """Return what changes whenever the logo does."""
        try:
            state = self._logo.stat() if self._logo is not None else None
        except OSError:
            state = None
        return (state.st_mtime_ns, state.st_size, state.st_ino) if state is not None else None

    def _read(self, *, own: bool) -> ClinicSettings:
        from app.services.clinic_file import ClinicFile

        merged = _mapping(OWN_AT_FIRST)
        if own and self._own is not None:
            # A colour without quotes is a comment, and so no value; any other setting without one is as at first.
            written_down = _mapping(self._own)
            if written_down.get("accent", "") is None:
                written_down["accent"] = "#"
            merged |= {key: value for key, value in written_down.items() if value is not None}
        where = str(self._own if own else OWN_AT_FIRST)
        faults = [
            Fault(key, _("must be text: put it in quotes"))
            for key in TEXTS
            if isinstance(merged.get(key), bool | int | float | date)
        ]
        try:
            written = read(
                ClinicFile, {key: value for key, value in merged.items() if key not in {f.path for f in faults}}
            )
        except Refused as refused:
            faults += refused.faults
        else:
            faults += _faults_in_words(written)
            if written.logo is not None and self._own is not None:
                self._logo = self._own.parent / written.logo
                faults += _faults_in_logo(self._logo)
            else:
                self._logo = None
        if faults:
            raise Refused([Fault(f"{where}: {fault.path}", _in_a_settings_file(fault.sentence)) for fault in faults])
        try:
            return _settings(written, self._logo)
        except OSError as error:  # the logo, which has gone since it was looked at
            raise NotPossible(_("{file} cannot be read: {why}").format(file=self._logo, why=error.strerror)) from None


def _in_a_settings_file(sentence: str) -> str:
    return sentence.replace(_("is not a field of the record format"), _("is not a setting"))


def _faults_in_words(written: "ClinicFile") -> list[Fault]:
    """Return every placeholder in the clinic's own words that there is not."""
    from app.letters.free_text import placeholder_faults

    blocks = written.blocks or {}
    faults = [one for name, text in blocks.items() for one in placeholder_faults(f"blocks.{name}", text)]
    for kind, choices in _letters(written).items():
        for part, text in (("opening", choices.opening), ("closing", choices.closing)):
            faults += placeholder_faults(f"letters.{kind}.{part}", text or "", blocks)
    return faults


def _faults_in_logo(file: Path) -> list[Fault]:
    from app.services.picture_file import fault_in_picture

    sentence = fault_in_picture(file)
    return [Fault("logo", sentence)] if sentence else []


def _letters(written: "ClinicFile") -> "dict[str, LetterChoices]":
    chosen = written.letters
    return {} if chosen is None else {one.name: kind for one in fields(chosen) if (kind := getattr(chosen, one.name))}


def _settings(written: "ClinicFile", logo: Path | None) -> ClinicSettings:
    chosen = {} if written.parameters is None else asdict(written.parameters)
    return ClinicSettings(
        address=written.address,
        logo=logo.read_bytes() if logo is not None else b"",
        paper=written.paper,
        envelope=written.envelope,
        attach_record=written.attach_record,
        letters=MappingProxyType(_letters(written)),
        blocks=MappingProxyType(dict(written.blocks or {})),
        parameters=MappingProxyType({key: value for key, value in chosen.items() if value is not None}),
        **{key: getattr(written, key) or "" for key in TEXTS},
    )


def _mapping(file: Path) -> dict[str, Any]:
    """Return the top level of a small YAML file of our own shape."""
    import yaml

    try:
        with file.open("rb") as source:
            raw = source.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NotPossible(_("{file} cannot be read: {why}").format(file=file, why=error.strerror)) from None
    if len(raw) > LARGEST_FILE:
        raise Refused([Fault(str(file), _("is larger than a clinic's settings can be"))])
    try:
        text = raw.decode()
        depth = 0
        for event in yaml.parse(text, yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
                raise Refused([Fault(str(file), _("is not a plain list of settings"))])
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refused([Fault(str(file), _("line {line} is not valid YAML").format(line=line))]) from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        raise Refused([Fault(str(file), _("is not valid YAML"))]) from None
    if data is None:
        return {}
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise Refused([Fault(str(file), _('must be a list of settings, like "name: Our Hospital"'))])
    return data
