"""A picture in words, for those who cannot see it: what stands in each of its lanes, from left to right."""

from itertools import groupby

from app.figures.shapes import Figure
from app.words import labelled


def in_words(figure: Figure) -> str:
    """Return everything that a picture shows: what it is, then each lane with all that is drawn in it."""
    lanes = (
        labelled(name, "; ".join(stop.words.replace("\n", "; ") for stop in of_lane))
        for (_lane, name), of_lane in groupby(figure.stops, key=lambda one: (one.lane, one.lane_name))
    )
    return " ".join(f"{one.removesuffix('.')}." for one in (figure.says, *lanes))
