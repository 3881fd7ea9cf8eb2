"""The record format as a JSON Schema, made from the models that validate it."""

import json
from typing import Any

from app.paths import RESOURCES
from app.record.record import FORMAT, ID_OPTIONAL, SECTION_OF, PatientRecord

SCHEMA_FILE = RESOURCES / "schema" / "alkpath-record-1.json"


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one record; a file may also hold a list of them."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(PatientRecord).json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = FORMAT
    schema["properties"] = {"format": {"const": FORMAT}, **schema["properties"]}
    schema["required"] = ["format", *schema["required"]]
    for kind, section in SECTION_OF.items():
        if section in ID_OPTIONAL:  # import gives the first free id
            schema["$defs"][kind.__name__]["required"].remove("id")
    return schema


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
