"""What the parts of a letter are, for those who listen to it: headings, paragraphs, lists, tables, pictures."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFPage, PDFString

if TYPE_CHECKING:
    from app.letters.canvas import LetterCanvas

Role = Literal["Document", "H1", "H2", "H3", "P", "L", "LI", "LBody", "Table", "TR", "TH", "RowTH", "TD", "Figure"]
Box = tuple[float, float, float, float]  # left, lower edge, width, height
CONTAINERS: frozenset[Role] = frozenset({"Document", "L", "LI", "Table", "TR"})


@dataclass(slots=True)
class Element:
    """One element; what is drawn of it is `content`, the number of its page and its own number there."""

    role: Role
    parent: "Element | None" = None
    alt: str = ""
    box: Box | None = None
    children: list["Element"] = field(default_factory=list)
    content: tuple[int, int] | None = None

    @property
    def tag(self) -> str:
        """The name of its kind in a PDF."""
        return self.role.removeprefix("Row")

    @property
    def is_content(self) -> bool:
        """Whether something is drawn of the element itself, not only of its parts."""
        return self.role not in CONTAINERS


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    page: int
    y: float


class _Raw(PDFObject):
    """An object of the PDF that is written out already, once it is known what it says."""

    __RefOnly__ = 1

    def __init__(self, body: str = "") -> None:
        self.body = body

    def format(self, _document: Any) -> bytes:
        return self.body.encode("latin-1")


class Structure:
    """The tree of one letter, grown while it is drawn."""

    def __init__(self) -> None:
        self._root = Element("Document")
        self._at = self._root
        self._marked: dict[int, list[Element]] = {}
        self._headings: list[_Heading] = []

    def begin(self, role: Role, *, alt: str = "", box: Box | None = None) -> Element:
        """Begin an element where the last one was; items that follow each other are one list."""
        parent = self._at
        if role == "LI":
            if not (parent.children and parent.children[-1].role == "L"):
                parent.children.append(Element("L", parent))
            parent = parent.children[-1]
            item = Element("LI", parent)
            parent.children.append(item)
            parent, role = item, "LBody"
        element = Element(role, parent, alt, box)
        parent.children.append(element)
        self._at = element
        return element

    def end(self) -> Element:
        """End the element that was begun last, and the item around it, and return it."""
        ended = self._at
        above = ended.parent or self._root
        if ended.role == "LBody" and above.parent is not None and above.parent.parent is not None:
            above = above.parent.parent
        self._at = above
        return ended

    def mark(self, element: Element, page: int, number: int) -> None:
        """Note that what is drawn now on a page, under a number, is of the element."""
        element.content = (page, number)
        self._marked.setdefault(page, []).append(element)

    def add_heading(self, text: str, page: int, y: float) -> None:
        """Add an entry to the outline beside the pages."""
        self._headings.append(_Heading(text, page, y))

    def begin_page(self, canvas: "LetterCanvas", page: int) -> None:
        """Add the outline's entries of a page that is being written."""
        for number, heading in enumerate(self._headings):
            if heading.page == page:
                canvas.bookmarkPage(f"h{number}", "XYZ", left=0, top=round(heading.y, 2))
                canvas.addOutlineEntry(heading.text, f"h{number}")

    def write(self, document: Any) -> None:
        """Write the tree into the document of reportlab, whose pages are all there."""
        elements = list(_walk(self._root))
        numbers: dict[int, str] = {}
        bodies = [_Raw() for _one in elements]
        for place, element in enumerate(elements):
            document.Reference(bodies[place], f"element{place}")
            numbers[id(element)] = _number(document, f"element{place}")
        tree = _Raw()
        root = document.Reference(tree, "structure")
        for body, element in zip(bodies, elements, strict=True):
            body.body = _written(document, element, numbers)
        parents = []
        for page, marked in sorted(self._marked.items()):
            name = f"parents{page}"
            document.Reference(_Raw(f"[{' '.join(numbers[id(one)] for one in marked)}]"), name)
            parents.append(f"{page - 1} {_number(document, name)}")
            _mark_page(document.idToObject[f"Page{page}"], page - 1)
        tree.body = (
            f"<</Type/StructTreeRoot/K {numbers[id(self._root)]}/ParentTree <</Nums [{' '.join(parents)}]>>"
            f"/ParentTreeNextKey {len(parents)}>>"
        )
        catalog = document.Catalog
        catalog.StructTreeRoot = root
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})


def _walk(element: Element) -> "list[Element]":
    found = [element]
    for child in element.children:
        found += _walk(child)
    return found


def _number(document: Any, name: str) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def _mark_page(page: Any, number: int) -> None:
    page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents = number
    page.Tabs = PDFName("S")


def _written(document: Any, element: Element, numbers: dict[int, str]) -> str:
    parent = numbers[id(element.parent)] if element.parent is not None else _number(document, "structure")
    parts = [f"<</Type/StructElem/S/{element.tag}/P {parent}"]
    if element.alt:
        parts.append(f"/Alt {PDFString(element.alt).format(document).decode('latin-1')}")
    if element.box is not None:
        left, lower, width, height = element.box
        corners = PDFArray([round(one, 1) for one in (left, lower, left + width, lower + height)])
        corners.multiline = False
        parts.append(f"/A <</O/Layout/BBox {corners.format(document).decode('latin-1')}/Placement/Block>>")
    if element.tag == "TH":
        parts.append(f"/A <</O/Table/Scope/{'Column' if element.role == 'TH' else 'Row'}>>")
    if element.content is not None:
        page, number = element.content
        parts.append(f"/Pg {_number(document, f'Page{page}')}/K {number}")
    elif element.children:
        parts.append(f"/K [{' '.join(numbers[id(child)] for child in element.children)}]")
    return "".join(parts) + ">>"
