"""The canvas a letter is drawn on: it tags what is read, leaves the rest aside as decoration, and numbers the pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from app.letters.archive import About, ArchiveDocument, make_archivable
from app.letters.structure import Box, Role, Structure

HEADING = 22.0  # points above the lower edge of a heading, for what is jumped to
Foot = Callable[["LetterCanvas", int, int], None]


class LetterCanvas(Canvas):
    """A canvas that keeps its pages until it knows how many there are, and knows what each part of them is.

    What is drawn within `tagged` is read aloud, searched and copied in that order; everything else is decoration.
    """

    def __init__(self, *args: Any, foot: Foot, about: About, **options: Any) -> None:
        super().__init__(*args, **options)
        self._foot = foot
        self._about = about
        self._document.__class__ = ArchiveDocument
        self._kept: list[dict[str, Any]] = []
        self._marked = 0
        self.structure = Structure()
        self._begin_decoration()

    def showPage(self) -> None:
        """Keep the page until the last one is known."""
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # as in reportlab's own recipe for "page x of y"
        self._marked = 0
        self._begin_decoration()

    def save(self) -> None:
        """Write all pages, each with its foot, then what they are made of."""
        for number, page in enumerate(self._kept, start=1):
            self.__dict__.update(page)
            self._foot(self, number, len(self._kept))
            self._write("EMC")
            self.structure.begin_page(self, number)
            super().showPage()
        self.structure.write(self._document)
        make_archivable(self._document, self._about)
        super().save()

    @property
    def _document(self) -> Any:
        return self._doc  # type: ignore[attr-defined]  # reportlab's own, which its stubs leave out

    def _write(self, operators: str) -> None:
        self._code.append(operators)  # type: ignore[attr-defined]  # reportlab's own, which its stubs leave out

    def _begin_decoration(self) -> None:
        self._write("/Artifact BMC")

    def begin(
        self, role: Role, *, alt: str = "", box: Box | None = None, heading: str = "", is_empty: bool = False
    ) -> None:
        """Begin an element; `alt` says a picture in words, a `heading` stands in the outline beside the pages too."""
        element = self.structure.begin(role, alt=alt, box=box)
        page = len(self._kept) + 1
        if heading:
            self.structure.add_heading(heading, page, self.absolutePosition(0, 0)[1] + HEADING)
        if element.is_content and not is_empty:
            self.structure.mark(element, page, self._marked)
            self._write(f"EMC\n/{element.tag} <</MCID {self._marked}>> BDC")
            self._marked += 1

    def end(self) -> None:
        """End the element that was begun last; what comes until the next is decoration."""
        element = self.structure.end()
        if element.content is not None:
            self._write("EMC")
            self._begin_decoration()

    @contextmanager
    def tagged(self, role: Role, *, alt: str = "", box: Box | None = None, heading: str = "") -> Iterator[None]:
        """Let what is drawn inside be one element."""
        self.begin(role, alt=alt, box=box, heading=heading)
        yield
        self.end()
