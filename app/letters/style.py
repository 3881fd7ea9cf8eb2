"""The look of a letter: one family, four sizes, one accent that survives a black-and-white printer."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import TableStyle

from app.letters.fonts import BOLD, REGULAR, register_fonts
from app.letters.sheet import Sheet

BODY, SMALL = (10.5, 14), (9, 11.6)
PLAIN = (14, 18.5)  # for those who do not read letters every day, or no longer see well
CLOSE_PLAIN = (14, 17.6)  # where it saves them a page
Command = tuple[Any, ...]  # of reportlab's TableStyle
INK = HexColor("#111111")
ABOVE, BELOW = 1.2, 1.9  # points of room around a cell of a table
QUIET = HexColor("#555555")
HAIR = HexColor("#B5B5B5")


@dataclass(frozen=True, slots=True)
class Look:
    """Paragraph styles and table commands for one accent colour on one sheet; `cell` is the size of texts in tables."""

    accent: Color
    sheet: Sheet
    cell: tuple[float, float]
    body: ParagraphStyle
    small: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    notice: ParagraphStyle
    option: ParagraphStyle
    other_option: ParagraphStyle
    item: ParagraphStyle
    subject: ParagraphStyle
    source: ParagraphStyle
    frame_heading: ParagraphStyle
    after_table: ParagraphStyle
    plain: ParagraphStyle
    plain_item: ParagraphStyle
    plain_heading: ParagraphStyle
    call: ParagraphStyle
    pairs: TableStyle

    def table(self, rows: int) -> list[Command]:
        """Return the commands every table has: rules above, below and under its head, none between."""
        return [
            ("FONT", (0, 0), (-1, -1), REGULAR, *self.cell),
            ("FONT", (0, 0), (-1, 0), BOLD, *self.cell),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), ABOVE),
            ("BOTTOMPADDING", (0, 0), (-1, -1), BELOW),
            ("LINEABOVE", (0, 0), (-1, 0), 0.9, self.accent),
            ("LINEBELOW", (0, 0), (-1, 0), 0.4, self.accent),
            ("LINEBELOW", (0, rows - 1), (-1, rows - 1), 0.9, self.accent),
        ]


@lru_cache(maxsize=16)
def look_of(accent: str, sheet: Sheet, scale: float = 1.0) -> Look:
    """Return the look with `accent`, a colour in hex, on `sheet`; at a scale below 1 all is smaller and closer."""
    register_fonts()
    colour = HexColor(accent)

    def scaled(size: tuple[float, float]) -> tuple[float, float]:
        return size[0] * scale, size[1] * scale

    def style(name: str, size: tuple[float, float], **more: Any) -> ParagraphStyle:
        letters, leading = scaled(size)
        room: dict[str, Any] = {key: value * scale for key, value in more.items() if key.startswith("space")}
        look: dict[str, Any] = {"fontName": REGULAR, "textColor": INK, **more, **room}
        return ParagraphStyle(
            name,
            **look,
            bulletFontName=REGULAR, fontSize=letters, leading=leading, bulletFontSize=letters,
            allowWidows=0, allowOrphans=0, splitLongWords=1,
        )  # fmt: skip

    heading: dict[str, Any] = {"fontName": BOLD, "textColor": colour}
    plain, above = (PLAIN, 9) if scale >= 1 else (CLOSE_PLAIN, 6)
    return Look(
        accent=colour,
        sheet=sheet,
        cell=scaled(SMALL),
        body=style("body", BODY, spaceAfter=2),
        small=style("small", SMALL),
        heading=style("heading", (11.5, 15), spaceBefore=7, spaceAfter=2, **heading),
        subheading=style("subheading", (9.5, 12.5), fontName=BOLD, spaceBefore=4, spaceAfter=1, keepWithNext=1),
        notice=style("notice", (10, 13)),
        option=style("option", BODY, spaceBefore=5),
        other_option=style("other_option", (9.5, 12.5), spaceBefore=4),
        item=style("item", SMALL, leftIndent=13, bulletIndent=2),
        subject=style("subject", (12, 16), spaceBefore=2, spaceAfter=4),
        source=style("source", (7.8, 9.2), spaceBefore=2),
        frame_heading=style("frame_heading", (11.5, 15), **heading),
        after_table=style("after_table", SMALL, spaceBefore=4),
        plain=style("plain", plain, spaceAfter=2, rightIndent=12),
        plain_item=style("plain_item", plain, leftIndent=16, bulletIndent=3, rightIndent=12, spaceBefore=1),
        plain_heading=style("plain_heading", (15.5, 20), spaceBefore=above, spaceAfter=1, **heading),
        call=style("call", (17, 23), spaceAfter=2),
        pairs=TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), REGULAR, *scaled(SMALL)),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("TEXTCOLOR", (0, 0), (0, -1), QUIET),
                ("TEXTCOLOR", (2, 0), (2, -1), QUIET),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0.6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
        ),
    )
