"""The clinic letter as one would write it by hand with ReportLab: kept beside ours only to be measured against.

It has every string, every line break of a cell and every place of the picture ready, and knows nothing of records,
advice, long texts, archives or screen readers.
"""

from functools import cache, partial
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from app.figures.shapes import Box, Line, Mark, Text
from app.letters.drawing import COLOURS, CORNERS
from app.letters.fonts import BOLD, REGULAR
from app.letters.marks import draw_qr

ACCENT = HexColor("#1F4E79")
BODY = ParagraphStyle("b", fontName=REGULAR, bulletFontName=REGULAR, fontSize=10.5, leading=14, spaceAfter=2)
SMALL = ParagraphStyle("s", parent=BODY, fontSize=9, leading=11.6, spaceAfter=0)
HEAD = ParagraphStyle("h", parent=BODY, fontName=BOLD, fontSize=11.5, leading=15, textColor=ACCENT, spaceBefore=9)
ITEM = ParagraphStyle("i", parent=SMALL, leftIndent=13, bulletIndent=2)
NOTE = ParagraphStyle("n", parent=BODY, fontSize=7.8, leading=9.2, spaceBefore=2)
RULES = [
    ("FONT", (0, 0), (-1, -1), REGULAR, 9, 11.6), ("FONT", (0, 0), (-1, 0), BOLD, 9, 11.6),
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 1.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2), ("LINEABOVE", (0, 0), (-1, 0), 0.9, ACCENT),
    ("LINEBELOW", (0, 0), (-1, 0), 0.4, ACCENT), ("LINEBELOW", (0, -1), (-1, -1), 0.9, ACCENT),
]  # fmt: skip
PLAIN = [("FONT", (0, 0), (-1, -1), REGULAR, 9, 11.6), ("LEFTPADDING", (0, 0), (-1, -1), 0),
         ("TOPPADDING", (0, 0), (-1, -1), 0.8), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2)]  # fmt: skip
FRAME = [("BOX", (0, 0), (-1, -1), 0.9, ACCENT), ("LINEBEFORE", (0, 0), (0, -1), 3, ACCENT)]


class Numbered(Canvas):
    """The well-known recipe for page x of y."""

    def __init__(self, *args, said, **options):
        super().__init__(*args, **options)
        self.said, self.kept = said, []

    def showPage(self):
        self.kept.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for number, page in enumerate(self.kept, start=1):
            self.__dict__.update(page)
            self.setFont(REGULAR, 8)
            self.line(25 * mm, 46, A4[0] - 20 * mm, 46)
            self.drawString(25 * mm, 36, self.said.foot)
            self.drawRightString(A4[0] - 35 * mm, 36, f"page {number} of {len(self.kept)}")
            self.drawRightString(A4[0] - 35 * mm, 26, self.said.mark)
            draw_qr(self, self.said.qr, A4[0] - 31 * mm, 12)
            super().showPage()
        super().save()


class Picture(Flowable):
    """The course, by plain calls of the canvas."""

    def __init__(self, figure):
        super().__init__()
        self.figure, self.width, self.height = figure, figure.width, figure.height

    def draw(self):
        canvas, top = self.canv, self.height
        for shape in self.figure.shapes:
            colour = COLOURS[shape.role]
            if isinstance(shape, Text):
                canvas.setFillColor(colour)
                canvas.setFont(BOLD if shape.bold else REGULAR, shape.size)
                draw = {"start": canvas.drawString, "end": canvas.drawRightString, "middle": canvas.drawCentredString}
                draw[shape.anchor](shape.x, top - shape.y, shape.text)
                continue
            canvas.setStrokeColor(colour)
            if isinstance(shape, Line):
                canvas.setLineWidth(shape.width)
                canvas.setDash([2, 2] if shape.dashed else [])
                canvas.line(shape.x1, top - shape.y1, shape.x2, top - shape.y2)
                continue
            canvas.setFillColor(colour if shape.filled else white)
            if isinstance(shape, Box):
                canvas.rect(shape.x, top - shape.y - shape.height, shape.width, shape.height, stroke=0, fill=1)
            elif isinstance(shape, Mark) and shape.form == "circle":
                canvas.circle(shape.x, top - shape.y, shape.size / 2, fill=1)
            else:
                path, half = canvas.beginPath(), shape.size / 2
                for place, (across, up) in enumerate(CORNERS[shape.form]):
                    go = path.lineTo if place else path.moveTo
                    go(shape.x + across * half, top - shape.y + up * half)
                path.close()
                canvas.drawPath(path, fill=1)


def framed(content, colour):
    return Table([[content]], colWidths=[165 * mm], style=[("BOX", (0, 0), (-1, -1), 0.9, colour), *FRAME[1:]])


def because(reasons, marks):
    return Paragraph(escape(f"Because {'; '.join(reasons)}. See {marks}."), SMALL)


def story(said, tests):
    step, patient = said.next_step, said.patient
    flow = [
        Spacer(1, 60 * mm),
        Paragraph(f"<b>{escape(patient.name)}</b>, born {patient.born}, {patient.sex}, number {patient.mrn}", BODY),
        framed([Paragraph(f"<b>{escape(said.protocol.notice)}</b>", BODY)], black),
        Paragraph("Dear colleague,", BODY),
        Paragraph(escape(" ".join(said.summary)), BODY),
        Paragraph(f"Suggested next step, for a professional to decide: <b>{escape(step.options[0].text)}</b>", BODY),
        KeepTogether([
            Paragraph("Diagnosis", HEAD),
            Table([[one.name, one.words] for one in said.diagnosis], colWidths=[38 * mm, 127 * mm], style=PLAIN),
        ]),
        KeepTogether([Paragraph("Course", HEAD), Picture(said.course)]),
        KeepTogether([
            Paragraph(f"ALK status: {said.alk_status}", HEAD),
            Table(tests, colWidths=[31 * mm, 22 * mm, 70 * mm, 42 * mm], style=RULES, repeatRows=1),
        ]),
        KeepTogether([Paragraph("Treatment", HEAD), Paragraph("No line of treatment is recorded.", SMALL)]),
        KeepTogether([Paragraph("Last assessment", HEAD), Paragraph("No assessment is recorded.", SMALL)]),
    ]  # fmt: skip
    block = [
        Paragraph(f"Next step, as of {step.date}", HEAD),
        Paragraph("<b>By a historical protocol (edition 2015-03): not today’s practice.</b>", SMALL),
    ]
    for place, option in enumerate(step.options):
        if place == 1:
            block.append(Paragraph("<b>Other options</b>", SMALL))
        text = f"{escape(option.text)} {f'Dose: {option.dose}.' if option.dose else ''}"
        text = f"<b>Preferred: {text}</b>" if place == 0 else text
        block += [Paragraph(f"{text} ({escape(option.rule)})", BODY), because(option.reasons, option.marks)]
        block += [Paragraph(escape(one), ITEM, bulletText="!") for one in option.cautions]
    if step.not_recommended:
        block.append(Paragraph("<b>Not recommended</b>", SMALL))
        block += [Paragraph(escape(one.name), ITEM, bulletText="×") for one in step.not_recommended]
    flow += [Spacer(1, 6), framed(block, ACCENT)]
    due = [Paragraph(f"<b>{escape(one.name)}</b>: {escape(one.words)}", ITEM, bulletText="–") for one in step.due]
    flow.append(KeepTogether([Paragraph("Due", HEAD), *due]))
    for title, lines in (
        ("Missing in the record", step.missing),
        ("What would be preferred otherwise", step.otherwise),
    ):
        items = [Paragraph(escape(one), ITEM, bulletText="–") for one in lines]
        flow += [KeepTogether([Paragraph(title, HEAD), *items])] if items else []
    flow.append(
        KeepTogether([
            Paragraph("The options above are for a professional to review; none is an order.", SMALL),
            Paragraph("Yours sincerely,", BODY), Spacer(1, 36), Paragraph("<br/>".join(said.signature), BODY),
        ])
    )  # fmt: skip
    protocol = said.protocol
    flow.append(Paragraph("Protocol and evidence", HEAD))
    flow.append(Paragraph(escape(f"{protocol.title}; {protocol.id}, edition {protocol.edition}, {protocol.status}, "
                                 f"checksum {protocol.code}. Source: {protocol.source} "
                                 f"Set for this clinic: {protocol.parameters}."), SMALL))  # fmt: skip
    told = [*step.besides, *step.evidence]
    flow += [Paragraph(f"<b>{one.name}</b> {escape(one.words)}", NOTE) for one in told]
    flow.append(Paragraph("<b>Where the source is ambiguous</b>", SMALL))
    for one in step.readings:
        text = f"<b>{one.id}</b> Printed: {escape(one.printed)} <b>Applied:</b> {escape(one.applied)} "
        flow.append(Paragraph(f"{text} Why: {escape(one.why)}", NOTE))
    return flow


@cache
def logo(data):
    return ImageReader(BytesIO(data))


def first_page(canvas, _document, said):
    head = said.letterhead
    canvas.setFont(BOLD, 15)
    canvas.drawString(25 * mm, A4[1] - 17 * mm, head.name)
    canvas.drawImage(logo(head.logo), A4[0] - 60 * mm, A4[1] - 24 * mm, 40 * mm, 14 * mm)
    canvas.setFont(REGULAR, 10.5)
    canvas.drawString(25 * mm, A4[1] - 23 * mm, head.department)
    sender = " · ".join((head.name, *head.address))
    canvas.drawString(25 * mm, A4[1] - 32 * mm, sender)
    canvas.drawString(125 * mm, A4[1] - 60 * mm, said.title)
    for place, line in enumerate((*head.address, head.phone, head.email)):
        canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 17 * mm - 11 * place, line)
    canvas.line(25 * mm, A4[1] - 38 * mm, A4[0] - 20 * mm, A4[1] - 38 * mm)
    for place, line in enumerate(said.recipient):
        canvas.drawString(25 * mm, A4[1] - 50 * mm - 14 * place, line)
    canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 50 * mm, said.date)


def later_page(canvas, _document, said):
    canvas.setFont(REGULAR, 8.5)
    canvas.drawString(25 * mm, A4[1] - 13 * mm, f"{said.patient.mrn} · {said.patient.listed_name}")
    canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 13 * mm, f"historical protocol · {said.date}")


def by_hand(said, tests):
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=25 * mm - 6, rightMargin=20 * mm - 6, topMargin=18 * mm, bottomMargin=20 * mm,
        invariant=1, title="Clinic letter", author=said.letterhead.name, lang="en", initialFontName=REGULAR,
    )  # fmt: skip
    document.build(
        story(said, tests), onFirstPage=partial(first_page, said=said), onLaterPages=partial(later_page, said=said),
        canvasmaker=partial(Numbered, said=said),
    )  # fmt: skip
    return out.getvalue()
