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
PLAIN = (12, 17)  # for those who do not read letters every day
Command = tuple[Any, ...]  # of reportlab's TableStyle
INK = HexColor("#111111")
QUIET = HexColor("#555555")
HAIR = HexColor("#B5B5B5")


@dataclass(frozen=True, slots=True)
class Look:
    """Paragraph styles and table commands for one accent colour on one sheet."""

    accent: Color
    sheet: Sheet
    body: ParagraphStyle
    small: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    notice: ParagraphStyle
    option: ParagraphStyle
    item: ParagraphStyle
    subject: ParagraphStyle
    source: ParagraphStyle
    frame_heading: ParagraphStyle
    after_table: ParagraphStyle
    plain: ParagraphStyle
    plain_item: ParagraphStyle
    pairs: TableStyle

    def table(self, rows: int) -> list[Command]:
        """Return the commands every table has: rules above, below and under its head, none between."""
        return [
            ("FONT", (0, 0), (-1, -1), REGULAR, *SMALL),
            ("FONT", (0, 0), (-1, 0), BOLD, *SMALL),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
            ("LINEABOVE", (0, 0), (-1, 0), 0.9, self.accent),
            ("LINEBELOW", (0, 0), (-1, 0), 0.4, self.accent),
            ("LINEBELOW", (0, rows - 1), (-1, rows - 1), 0.9, self.accent),
        ]


@lru_cache(maxsize=8)
def look_of(accent: str, sheet: Sheet) -> Look:
    """Return the look with `accent`, a colour in hex, on `sheet`."""
    register_fonts()
    colour = HexColor(accent)

    def style(name: str, size: tuple[float, float], **more: Any) -> ParagraphStyle:
        return ParagraphStyle(
            name,
            fontName=REGULAR, bulletFontName=REGULAR, fontSize=size[0], leading=size[1], textColor=INK,
            allowWidows=0, allowOrphans=0, splitLongWords=1, **more,
        )  # fmt: skip

    return Look(
        accent=colour,
        sheet=sheet,
        body=style("body", BODY, spaceAfter=2),
        small=style("small", SMALL),
        heading=ParagraphStyle(
            "heading", fontName=BOLD, bulletFontName=REGULAR, fontSize=11.5, leading=15, textColor=colour,
            spaceBefore=9, spaceAfter=2.5,
        ),
        subheading=ParagraphStyle(
            "subheading", fontName=BOLD, bulletFontName=REGULAR, fontSize=9.5, leading=12.5, textColor=INK,
            spaceBefore=4, spaceAfter=1, keepWithNext=1,
        ),
        notice=style("notice", (10, 13)),
        option=style("option", BODY, spaceBefore=5),
        item=style("item", SMALL, leftIndent=13, bulletIndent=2),
        subject=style("subject", (12, 16), spaceBefore=2, spaceAfter=4),
        source=style("source", (8.5, 11), spaceBefore=2),
        frame_heading=ParagraphStyle(
            "frame_heading", fontName=BOLD, bulletFontName=REGULAR, fontSize=11.5, leading=15, textColor=colour,
        ),
        after_table=style("after_table", SMALL, spaceBefore=4),
        plain=style("plain", PLAIN, spaceAfter=2),
        plain_item=style("plain_item", PLAIN, leftIndent=13, bulletIndent=2),
        pairs=TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), REGULAR, *SMALL),
                ("TEXTCOLOR", (0, 0), (0, -1), QUIET),
                ("TEXTCOLOR", (1, 0), (1, -1), INK),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0.8),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2),
            ]
        ),
    )  # fmt: skip
