"""The pages of letters as small grey pictures, drawn by the PDF library that the window has and the lock pins."""

from datetime import date
from pathlib import Path

from letters.conftest import DAYS, Desk
from PIL import Image
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

APPROVED = Path(__file__).parent / "pages"
KINDS = ("clinic", "mdt", "patient", "pathway", "plan")
PATIENTS = (2, 4, 6)
LANGUAGES = ("en", "fr")
DOTS = 60 / 72  # to the point


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """Return each page of a PDF as a picture in shades of grey, 60 dots to the inch."""
    held = QBuffer()
    held.setData(pdf)
    held.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(held)
    return [_picture(document, number) for number in range(document.pageCount())]


def _picture(document: QPdfDocument, number: int) -> Image.Image:
    size = document.pagePointSize(number)
    dots = QSize(round(size.width() * DOTS), round(size.height() * DOTS))
    paper = QImage(dots, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, document.render(number, dots))
    painter.end()
    grey = paper.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = bytes(grey.constBits())
    return Image.frombuffer("L", (dots.width(), dots.height()), rows, "raw", "L", grey.bytesPerLine(), 1).copy()


def letters() -> list[tuple[str, str, int]]:
    """Return the kind, language and patient of every letter whose pages are approved."""
    return [(kind, language, number) for kind in KINDS for language in LANGUAGES for number in PATIENTS]


def pages_of(desk: Desk, kind: str, language: str, number: int) -> dict[str, Image.Image]:
    """Return the pages of a letter by the names of the files that they are approved under."""
    pdf = desk.letters.compose(desk.demo(number), date.fromisoformat(DAYS[number]), kind=kind, language=language)
    name = f"{kind}-{language}-{number}"
    return {f"{name}-{place}.png": page for place, page in enumerate(pictures_of(pdf), start=1)}
