"""Pictures of records, and what tests ask of them: their words, their marks, and what touches or is cut off."""

from datetime import date

from app.figures.course import course_of
from app.figures.course_layout import course_figure
from app.figures.shapes import Mark, Text, estimated_width
from app.record.views import up_to

WIDTH, HEIGHT = 468.0, 190.0


def drawn(record, as_of="2014-12-01", height=HEIGHT, **given):
    day = date.fromisoformat(as_of)
    return course_figure(course_of(up_to(record, day), day), WIDTH, height, **given)


def texts(figure):
    return [shape.text for shape in figure.shapes if isinstance(shape, Text)]


def marks(figure, entry):
    return [shape for shape in figure.shapes if isinstance(shape, Mark) and shape.entry == entry]


def words_of(figure, entry):
    return [stop.words for stop in figure.stops if entry in stop.names]


def span(text):
    width = estimated_width(text.text, text.size)
    left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return left, left + width, text.y - 0.7 * text.size, text.y


def touching(figure):
    spans = [(one.text, *span(one)) for one in figure.shapes if isinstance(one, Text)]
    return [
        (first, second)
        for place, (first, left, right, top, bottom) in enumerate(spans)
        for second, other_left, other_right, other_top, other_bottom in spans[place + 1 :]
        if left < other_right - 0.01 and other_left < right - 0.01 and top < other_bottom and other_top < bottom
    ]


def cut_off(figure):
    spans = {one.text: span(one) for one in figure.shapes if isinstance(one, Text)}
    return [
        text
        for text, (left, right, top, bottom) in spans.items()
        if left < -0.01 or right > figure.width + 0.01 or top < 0 or bottom > figure.height
    ]
