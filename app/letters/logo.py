"""The clinic's logo: any PNG or JPEG, made into what every printer and archive takes."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDEST = 900  # dots: 300 to the inch on the widest place there is for it


@lru_cache(maxsize=4)
def _picture(data: bytes) -> Any:
    """Return the picture as reportlab draws it: in RGB, and what shines through on white, as on paper."""
    from PIL import Image

    with Image.open(BytesIO(data)) as found:
        picture = found.convert("RGBA")
    picture.thumbnail((WIDEST, WIDEST))
    white = Image.new("RGBA", picture.size, "white")
    return ImageReader(Image.alpha_composite(white, picture).convert("RGB"))


def draw_logo(canvas: Canvas, data: bytes, right: float, top: float, room: tuple[float, float]) -> float:
    """Draw the logo, its upper right corner at (right, top), as large as the room, and return its width."""
    picture = _picture(data)
    width, height = picture.getSize()
    scale = min(room[0] / width, room[1] / height)
    canvas.drawImage(picture, right - width * scale, top - height * scale, width * scale, height * scale)
    return float(width * scale)
