"""The record format as a JSON Schema, made from the models that validate it.

`python -m app.record.schema` writes it into the resources.
"""

import json
from typing import Any

from app.paths import RESOURCES
from app.record.record import FORMAT, ID_OPTIONAL, SECTION_OF, PatientRecord

SCHEMA_FILE = RESOURCES / "schema" / "alkpath-record-1.json"


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one record; a file may also hold a list of them."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(PatientRecord).json_schema(by_alias=True)
    definitions = schema.pop("$defs")
    for kind, section in SECTION_OF.items():
        if section in ID_OPTIONAL:  # import gives the first free id
            definitions[kind.__name__]["required"].remove("id")
    for group in (schema, *definitions.values()):
        required = group.get("required", [])
        group["properties"] = {
            name: _plain(value) if name in required else _or_unknown(_plain(value), may_be_blank=name != "id")
            for name, value in group["properties"].items()
        }
        del group["title"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        **schema,
        "properties": {"format": {"const": FORMAT}, **schema["properties"]},
        "required": ["format", *schema["required"]],
        "$defs": definitions,
    }


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a field without the names and defaults that pydantic adds."""
    return {key: part for key, part in value.items() if key not in ("title", "default")}


def _or_unknown(value: dict[str, Any], *, may_be_blank: bool) -> dict[str, Any]:
    """Return `value` or null, which means the same as a missing key; text that is optional may be blank."""
    choices = [one for one in value.get("anyOf", [value]) if one != {"type": "null"}]
    if may_be_blank:
        choices = [{key: part for key, part in one.items() if key != "minLength"} for one in choices]
        for one in choices:
            if one.get("items") == {"type": "string", "minLength": 1}:
                one["items"] = {"type": "string"}
    return {"anyOf": [*choices, {"type": "null"}]}


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
