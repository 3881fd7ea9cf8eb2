"""Conversion of laboratory units (UCUM)."""

from decimal import Decimal

# How many of the unit on the left make one 10*9/L.
_COUNTS = {"10*9/L": Decimal(1), "10*3/uL": Decimal(1), "/uL": Decimal(1000), "10*6/L": Decimal(1000)}
_MILLISECONDS = {"ms": Decimal(1), "s": Decimal("0.001")}


def converted(value: Decimal, unit: str, wanted: str, analyte: str) -> Decimal | None:
    """Return `value` of `analyte` in the unit `wanted`; None where the units do not measure the same thing."""
    for family in (_COUNTS, _MILLISECONDS):
        if unit in family and wanted in family:
            return value / family[unit] * family[wanted]
    return None
