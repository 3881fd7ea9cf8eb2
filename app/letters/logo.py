"""The clinic's logo: any PNG or JPEG, made once into what every printer and archive takes."""

import hashlib
from copy import copy
from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFImageXObject

WIDEST = 700  # dots: 270 to the inch on the widest place there is for it


@lru_cache(maxsize=4)
def _picture(data: bytes) -> Any:
    """Return the picture as reportlab writes it: in RGB, and what shines through on white, as on paper."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as found:
        upright = ImageOps.exif_transpose(found)
    if upright.mode.startswith("I"):  # greys of 16 bits, which would be white for the most part
        upright = upright.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    picture = upright.convert("RGBA")
    picture.thumbnail((WIDEST, WIDEST))
    white = Image.new("RGBA", picture.size, "white")
    flat = Image.alpha_composite(white, picture).convert("RGB")
    return PDFImageXObject(hashlib.sha256(data).hexdigest()[:32], ImageReader(flat))


def draw_logo(canvas: Any, data: bytes, right: float, top: float, room: tuple[float, float]) -> float:
    """Draw the logo, its upper right corner at (right, top), as large as the room, and return its width."""
    picture = _picture(data)
    document = canvas._doc
    name = document.getXObjectName(picture.name)
    if name not in document.idToObject:
        # Reportlab would compress it anew for each letter: that takes longer than the letter.
        document.Reference(copy(picture), name)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    canvas.saveState()
    canvas.translate(right - width, top - height)
    canvas.scale(width, height)
    canvas._code.append(f"/{name} Do")
    canvas.restoreState()
    canvas._formsinuse.append(picture.name)
    canvas._currentPageHasImages = 1
    return float(width)
