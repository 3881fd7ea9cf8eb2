"""Where a letter is folded, and where the window of its envelope shows the address.

The measures, in millimetres from the upper left corner of the sheet, and where they were looked up:

- DIN 5008 (2020), form A and B: letterhead of 27 or 45 mm; field for the address 20 mm from the left, 85 mm wide, 45 mm
  high: the return address in its first 5 mm, 17.7 mm for it and remarks, then 27.3 mm of six lines at 25 mm from the
  left; information beside it from 125 mm, 5 mm lower; text 8.46 mm below it; folds at 87 and 192 or 105 and 210 mm,
  hole at 148.5 mm (sprache-kompakt.de/schreibpraxis/briefe/briefbogen-faltmarken.php; r9005.de/wissen). Its envelopes
  (DIN 680): DL or C6/5 with a window of 45 by 90 mm, 20 mm from the left, 15 mm from below (Wikipedia, DIN lang).
- BS 4264, DL: an envelope of 110 by 220 mm; window of 39 by 93 mm, 20 mm from the left, 53 mm from above, and so 18 mm
  from below (wallinside.com, after Wikipedia, Windowed envelope). Many are sold with one of 35 by 90 mm that has the
  same lower left corner: what shows in it shows in both. Royal Mail wants 18 mm below a window (Premier Customer Guide,
  page 77), and lets the first line, the name, slip out above and back in.
- No. 10 of the United States: an envelope of 4 1/8 by 9 1/2 inches; window of 1 1/8 by 4 1/2 inches, 7/8 inch from the
  left, 1/2 inch from below (wallinside.com: the commonest, now and then 5/8); with two windows: 7/8 by 3 1/4 inches,
  5/8 inch from the left, 2 3/8 inches from below, and 1 by 4 inches, 5/8 inch from the left, 1 inch from below
  (help.lob.com, Letter envelopes). The Postal Service (DMM 601.6.3) wants 1/8 inch clear around the address, however
  the sheet has slipped; folded in three it slips too far for that, so the lowest line stands as low as it may.

A folded sheet rests on the lower edge of its envelope and may stand at either side of it: what a window always shows is
narrower than the window, by as much as the envelope is wider than the sheet. It may slip upwards too: in an envelope
that is much higher than the folded sheet, an address stands at the lower edge of its place, where it shows the longest,
and the text begins below what shows then: it names a patient.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.lib.units import inch, mm

from app.letters.content import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Places on the first page in points, all from its upper left corner.

    `address` is where the recipient stands: left, upper and lower edge, width; with `is_low` at the lower edge. Above
    it `spare` points may be used by an address of very many lines. `returned` is where the sender stands for the post:
    left, lower edge, width.
    """

    head: float
    address: tuple[float, float, float, float]
    is_low: bool = False
    spare: float = 0.0
    returned: tuple[float, float, float] | None = None
    beside: tuple[float, float]
    body: float
    folds: tuple[float, ...] = ()
    hole: float | None = None
    is_sender_in_window: bool = False


def _din(head: float, *folds: float) -> Place:
    return Place(
        head=head * mm,
        address=(25 * mm, (head + 17.7) * mm, (head + 45) * mm, 78 * mm),
        spare=12.7 * mm,
        returned=(25 * mm, (head + 5) * mm, 78 * mm),
        beside=(125 * mm, (head + 5) * mm),
        body=(head + 45 + 8.46) * mm,
        folds=tuple(fold * mm for fold in folds),
        hole=148.5 * mm,
    )


PLACES: Mapping[Envelope, Place] = {
    "din_5008_a": _din(27, 87, 192),
    "din_5008_b": _din(45, 105, 210),
    # A4 in three is 99 mm high: at rest the window shows 46 to 81 mm of it, 57 to 92 mm when it has slipped up.
    "uk_dl": Place(
        head=44 * mm,
        address=(25 * mm, 53.5 * mm, 80 * mm, 73 * mm),
        is_low=True,
        beside=(125 * mm, 48 * mm),
        body=92.5 * mm,
        folds=(99 * mm, 198 * mm),
    ),
    # Letter paper in three is 3 2/3 inches high: 2.04 to 3.17 inches of it show, 2.5 to 3.63 when slipped up.
    "us_10": Place(
        head=1.75 * inch,
        address=(1 * inch, 2.17 * inch, 3.04 * inch, 3.25 * inch),
        is_low=True,
        beside=(4.9 * inch, 1.95 * inch),
        body=3.65 * inch,
        folds=(11 / 3 * inch, 22 / 3 * inch),
    ),
    # Two windows: 0.42 to 1.29 and 1.67 to 2.67 inches show, 0.46 inch lower when slipped up.
    "us_10_double": Place(
        head=1.55 * inch,
        address=(0.8 * inch, 1.8 * inch, 2.54 * inch, 2.7 * inch),
        is_low=True,
        returned=(0.8 * inch, 1.16 * inch, 2 * inch),
        beside=(4.9 * inch, 1.7 * inch),
        body=3.2 * inch,
        folds=(11 / 3 * inch, 22 / 3 * inch),
        is_sender_in_window=True,
    ),
}
