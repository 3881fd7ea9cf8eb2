"""Collects every text that people read into resources/locale, and compiles what has been translated.

`make catalogues` runs it after a text has changed: it writes alkpath.pot, brings fr/LC_MESSAGES/alkpath.po up to it (a
changed text is a new one: nothing is guessed), compiles alkpath.mo, and says which texts still have no French. With
`--missing` it prints those texts. The tests call the same functions and fail when a file is not as this would write it.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("fr",)
# The functions that take texts, and how many of their arguments are texts.
KEYWORDS: Mapping[str, int] = {"_": 1, "later": 1, "many": 2}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # the same input gives the same files

# Where people's texts stand in the data: file, and the keys whose values they are.
PROTOCOL_KEYS = {
    "protocol.yaml": {"notice"},
    "ambiguities.yaml": {"printed", "applied", "why"},
    "evidence.yaml": {"shown"},
    "information.yaml": {"title", "text", "brief"},
    "rules.yaml": {"text"},
    "drugs.yaml": {"doses"},
    "tables/*.yaml": {"title", "says", "cautions", "because"},
}
DATA_KEYS = {"safety/hazards.yaml": {"hazard", "cause", "harm", "control", "remains"}}
CTCAE_KEYS = {"clinical/ctcae-*.yaml": {"term", "not_by_value"}}

# What is due beside the schedules of a protocol.
DUE_BESIDES = ("assessment", "test_result", "rebiopsy", "electrolytes", "ecg")

Message = tuple[str, str | tuple[str, ...]]  # where, and the text or its two forms


def messages() -> Iterator[Message]:
    """Yield every text with the file it is in."""
    for path in [ROOT / "main.py", *sorted((ROOT / "app").rglob("*.py")), *sorted((ROOT / "db").rglob("*.py"))]:
        place = path.relative_to(ROOT).as_posix()
        for text in _of_code(ast.parse(path.read_text(encoding="utf-8"))):
            yield place, text
    for folder in sorted((ROOT / "resources" / "protocols").iterdir()):
        if folder.is_dir():
            yield from _of_data(folder, PROTOCOL_KEYS)
    yield from _of_data(ROOT / "resources", {**DATA_KEYS, **CTCAE_KEYS})
    yield from _of_codes()


def _of_code(tree: ast.AST) -> Iterator[str | tuple[str, ...]]:
    """Yield the texts of a module in their order, those within f-strings too."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        count = KEYWORDS.get(call.func.id, 0) if isinstance(call.func, ast.Name) else 0
        texts = [one.value for one in call.args[:count] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if count and len(texts) == count and texts[0].strip():
            yield texts[0] if count == 1 else tuple(texts)


def _of_data(folder: Path, keys: Mapping[str, set[str]]) -> Iterator[Message]:
    for pattern, names in keys.items():
        for path in sorted(folder.glob(pattern)):
            for text in _under(names, yaml.safe_load(path.read_text(encoding="utf-8"))):
                yield path.relative_to(ROOT).as_posix(), text


def _under(names: set[str], node: Any, *, is_text: bool = False) -> Iterator[str]:
    """Yield the texts that stand under the keys `names`, on one line each as the program asks for them."""
    if isinstance(node, Mapping):
        if is_text or node.get("order") is None:
            for key, one in node.items():
                yield from _under(names, one, is_text=is_text or key in names)
        else:  # why rows of a table have an order is for those who prove it
            yield from _under(names, {key: one for key, one in node.items() if key != "order"})
    elif isinstance(node, list):
        for one in node:
            yield from _under(names, one, is_text=is_text)
    elif is_text and isinstance(node, str) and node.strip():
        yield " ".join(node.split())


def _of_codes() -> Iterator[Message]:
    """Yield the words for every code that a record, a fact or a protocol may hold."""
    from app.pathway import protocol_words
    from app.pathway.facts import FACTS
    from app.pathway.information import STAGES
    from app.pathway.protocol import Drug
    from app.pathway.values import Bounded, Codes
    from app.record import codes
    from app.services.clinic_file import ClinicParameters

    lists = [get_args(one) for name, one in sorted(vars(codes).items()) if get_args(one)]
    lists += [codes.KNOWN_ADVERSE_EVENTS, codes.KNOWN_DRUGS, sorted(protocol_words.NEVER_ACTIONS), STAGES]
    lists += [fact.domain.values for fact in FACTS.values() if isinstance(fact.domain, Codes)]
    lists += [get_args(Drug.__annotations__["kind"]), [one.name for one in fields(ClinicParameters)]]
    lists += [DUE_BESIDES, *(_due(folder) for folder in sorted((ROOT / "resources" / "protocols").glob("*/")))]
    lists += [[fact.domain.unit for fact in FACTS.values() if isinstance(fact.domain, Bounded)]]
    for code in dict.fromkeys(one for each in lists for one in each if isinstance(one, str)):
        text = codes.label(code)
        if _needs_words(text):
            yield "app/record/codes.py", text


def _due(folder: Path) -> list[str]:
    """Return what a protocol's schedules ask for."""
    schedules = yaml.safe_load((folder / "schedules.yaml").read_text(encoding="utf-8"))
    return [item["what"] for part in ("baseline", "monitoring") for item in schedules.get(part, ())]


def _needs_words(text: str) -> bool:
    """Whether a code is said differently in another language: not "ALT", "mg" or "IIIA"."""
    return bool(re.search(r"[a-z]{3}", text))


def template() -> Catalog:
    """Return the catalogue of all texts, untranslated."""
    catalogue = _catalogue(None)
    for place, text in messages():
        catalogue.add(text, locations=[(place, None)])
    return catalogue


def _catalogue(language: str | None) -> Catalog:
    return Catalog(
        locale=language, project="ALKPath", version="1", copyright_holder="the ALKPath authors", charset="utf-8",
        msgid_bugs_address="", creation_date=LONG_AGO, revision_date=LONG_AGO, last_translator="the ALKPath authors",
        language_team="the ALKPath authors", fuzzy=False, header_comment="# Made by `make catalogues`.",
    )  # fmt: skip


def po_path(language: str) -> Path:
    """Return where the translations into a language are kept."""
    return LOCALE / language / "LC_MESSAGES" / "alkpath.po"


def read_translations(language: str) -> Catalog:
    """Return the translations as they are kept."""
    path = po_path(language)
    if not path.exists():
        return _catalogue(language)
    with path.open("rb") as kept:
        return read_po(kept, locale=language)


def brought_up(kept: Catalog, wanted: Catalog, language: str) -> Catalog:
    """Return a catalogue of the texts wanted now, with the translations that were kept of the very same texts."""
    catalogue = _catalogue(language)
    for message in wanted:
        if message.id:
            old = kept.get(message.id)
            catalogue.add(message.id, old.string if old else None, locations=message.locations)
    return catalogue


def missing(catalogue: Catalog) -> list[str | tuple[str, ...]]:
    """Return the texts that have no translation yet."""
    return [one.id for one in catalogue if one.id and not (one.string and all(_forms(one.string)))]


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def differences(catalogue: Catalog) -> Iterator[str]:
    """Yield each translation whose placeholders, markup or room at its ends are not those of the text."""
    for one in catalogue:
        if not one.id or not one.string:
            continue
        wanted = _forms(one.id)
        for number, said in enumerate(_forms(one.string)):
            text = wanted[min(number, len(wanted) - 1)]
            for pattern, what in PATTERNS.items():
                if sorted(re.findall(pattern, said)) != sorted(re.findall(pattern, text)):
                    yield f"{what}: {text!r} is {said!r}"


PATTERNS = {
    r"\{[^{}]*\}": "other placeholders",
    r"</?[a-z]+[^>]*>": "other markup",
    r"^ +| +$": "other room at the ends",
    r"\n": "other lines",
    r"…$": "another end",
}


def written_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as the bytes of its file."""
    out = BytesIO()
    write_po(out, catalogue, width=120, sort_output=False, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    """Write every file and say what is missing."""
    wanted = template()
    LOCALE.mkdir(exist_ok=True)
    (LOCALE / "alkpath.pot").write_bytes(written_po(wanted))
    for language in LANGUAGES:
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = brought_up(read_translations(language), wanted, language)
        path.write_bytes(written_po(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        open_ones = missing(catalogue)
        print(f"{language}: {len(catalogue)} texts, {len(open_ones)} without a translation")
        if "--missing" in sys.argv:
            print(*open_ones, sep="\n")
        print(*differences(catalogue), sep="\n", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
