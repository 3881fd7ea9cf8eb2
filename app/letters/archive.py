"""What makes a PDF one for archives (PDF/A-3a) and for those who listen (PDF/UA-1): its colours, and what it is.

ReportLab has no words for these parts of a PDF; they are added to the document before it is written.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFDocument,
    PDFImageXObject,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from app.paths import RESOURCES

# Bytes as they are: writing them as text takes time, and a quarter more room.
rl_config.useA85 = 0
END = b"endstream\n"
RECORD_FILE = "record.json"


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself, its day as YYYY-MM-DD, and the record that goes with it, if any."""

    title: str
    author: str
    language: str
    day: str
    record: bytes = b""


class ArchiveDocument(PDFDocument):
    """A document whose streams end as archives want them: on a line of its own."""

    def Reference(self, obj: Any, name: str | None = None) -> Any:
        """Return a reference to an object, which is in the document from now on."""
        if isinstance(obj, PDFStream | PDFImageXObject) and "format" not in vars(obj):
            vars(obj)["format"] = _Ended(obj)
        return super().Reference(obj, name)  # type: ignore[no-untyped-call]  # reportlab's own, without types


class _Ended:
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __call__(self, document: Any) -> bytes:
        written: bytes = type(self._stream).format(self._stream, document)
        content = written.removesuffix(END)
        # A line feed alone, after a stream that ends with a carriage return, would make that a part of the line end.
        return content + (b"\r\n" if content.endswith(b"\r") else b"\n") + END


def make_archivable(document: Any, about: About) -> None:
    """Put into a document of reportlab what archives and screen readers ask for."""
    document._pdfVersion = (1, 7)
    document.setDateFormatter(lambda *_now: f"D:{about.day.replace('-', '')}000000Z")
    document.info.keywords = document.info.creator
    catalog = document.Catalog
    catalog.__NoDefault__ = [*PDFCatalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.Metadata = document.Reference(_metadata(document, about), "metadata")
    catalog.OutputIntents = PDFArray([document.Reference(_colours(document), "colours")])
    if about.record:
        _attach(document, about)


def _metadata(document: Any, about: About) -> PDFStream:
    values = {
        "title": about.title,
        "author": about.author,
        "language": about.language,
        "producer": document.info.producer,
        "creator": document.info.creator,
        "day": f"{about.day}T00:00:00Z",
    }
    text = _template().format(**{name: escape(value) for name, value in values.items()})
    said = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    return PDFStream(dictionary=said, content=text.encode())


@cache
def _template() -> str:
    return (RESOURCES / "letters" / "metadata.xml").read_text(encoding="utf-8")


@cache
def _profile() -> bytes:
    return (RESOURCES / "colour" / "sRGB.icc").read_bytes()


def _colours(document: Any) -> PDFDictionary:
    profile = PDFStream(dictionary=PDFDictionary({"N": 3}), content=_profile(), filters=[PDFZCompress])
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile, "profile"),
        }
    )


def _attach(document: Any, about: About) -> None:
    """Put the record into the document as a file that its letter was written from."""
    day = f"D:{about.day.replace('-', '')}000000Z"
    digest = hashlib.md5(about.record, usedforsecurity=False).hexdigest()
    parameters = {"Size": len(about.record), "ModDate": PDFString(day), "CheckSum": f"<{digest}>"}
    kind = {
        "Type": PDFName("EmbeddedFile"),
        "Subtype": "/application#2Fjson",
        "Params": PDFDictionary(parameters),
    }
    stream = PDFStream(dictionary=PDFDictionary(kind), content=about.record, filters=[PDFZCompress])
    held = document.Reference(stream, "record")
    named = {
        "Type": PDFName("Filespec"),
        "F": PDFString(RECORD_FILE),
        "UF": PDFString(RECORD_FILE),
        "Desc": PDFString("The record of the patient, in the open record format"),
        "AFRelationship": PDFName("Source"),
        "EF": PDFDictionary({"F": held, "UF": held}),
    }
    file = document.Reference(PDFDictionary(named), "file")
    document.Catalog.AF = PDFArray([file])
    files = PDFDictionary({"Names": PDFArray([PDFString(RECORD_FILE), file])})
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": files})
