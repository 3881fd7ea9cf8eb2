"""The same clinic letter by fpdf2, with every string and place ready: kept beside ours only to be measured against."""

from io import BytesIO

from fpdf import FPDF
from fpdf.enums import TableBordersLayout

from app.figures.shapes import Box, Line, Mark, Text
from app.letters.drawing import COLOURS, CORNERS
from app.letters.marks import _squares
from app.paths import RESOURCES

FONTS = RESOURCES / "fonts"


class Letter(FPDF):
    """The page around the letter."""

    def __init__(self, said):
        super().__init__(format="A4", unit="pt")
        self.said = said
        self.add_font("S", "", FONTS / "SourceSansPro-Regular.ttf")
        self.add_font("S", "B", FONTS / "SourceSansPro-Semibold.ttf")
        self.set_margins(71, 52, 57)
        self.set_auto_page_break(True, 57)
        self.set_title("Clinic letter")

    def header(self):
        if self.page_no() > 1:
            self.set_font("S", "", 8.5)
            self.text(71, 37, f"{self.said.patient.mrn} · {self.said.patient.listed_name}")
            self.text(400, 37, f"historical protocol · {self.said.date}")
            return
        head = self.said.letterhead
        self.image(BytesIO(head.logo), 425, 28, 113, 40)
        self.set_font("S", "B", 15)
        self.text(71, 48, head.name)
        self.set_font("S", "", 10.5)
        self.text(71, 65, head.department)
        self.line(71, 76, 538, 76)
        for place, line in enumerate((" · ".join((head.name, *head.address)), "", *self.said.recipient)):
            self.text(71, 90 + 14 * place, line)
        for place, line in enumerate((*head.address, head.phone, head.email, self.said.title, self.said.date)):
            self.text(354, 105 + 12 * place, line)
        self.set_y(228)

    def footer(self):
        self.set_font("S", "", 8)
        self.text(71, 806, self.said.foot)
        self.text(440, 806, f"page {self.page_no()} of {{nb}}")
        self.text(440, 816, self.said.mark)
        rows = _squares(self.said.qr)
        side = 31 / len(rows)
        for down, row in enumerate(rows):
            for across, is_dark in enumerate(row):
                if is_dark:
                    self.rect(507 + across * side, 799 + down * side, side, side, style="F")

    def say(self, text, size=10.5, leading=14.0, indent=0.0):
        self.set_font("S", "", size)
        self.set_x(71 + indent)
        self.multi_cell(467 - indent, leading, text, markdown=True, align="L", new_x="LMARGIN", new_y="NEXT")

    def heading(self, text):
        self.ln(7)
        self.set_font("S", "B", 11.5)
        self.set_text_color(0x1F, 0x4E, 0x79)
        self.cell(467, 17, text, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(0)

    def rows(self, rows, widths, *, head=True):
        self.set_font("S", "", 9)
        with self.table(
            rows=rows, col_widths=widths, width=467, line_height=11.6, text_align="LEFT", first_row_as_headings=head,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES if head else TableBordersLayout.NONE,
        ):  # fmt: skip
            pass


def letter(said, tests):
    """Return the letter as the bytes of a PDF."""
    pdf = Letter(said)
    pdf.add_page()
    patient, step, protocol = said.patient, said.next_step, said.protocol
    pdf.say(f"**{patient.name}**, born {patient.born}, {patient.sex}, number {patient.mrn}")
    pdf.say(f"**{protocol.notice}**")
    pdf.say("Dear colleague,")
    pdf.say(" ".join(said.summary))
    pdf.say(f"Suggested next step, for a professional to decide: **{step.options[0].text}**")
    pdf.heading("Diagnosis")
    pdf.rows([[one.name, one.words] for one in said.diagnosis], (38, 127), head=False)
    pdf.heading("Course")
    picture(pdf, said.course)
    pdf.heading(f"ALK status: {said.alk_status}")
    pdf.rows(tests, (31, 22, 70, 42))
    pdf.heading("Treatment")
    pdf.say("No line of treatment is recorded.", 9, 11.6)
    pdf.heading("Last assessment")
    pdf.say("No assessment is recorded.", 9, 11.6)
    pdf.heading(f"Next step, as of {step.date}")
    pdf.say("**By a historical protocol (edition 2015-03): not today’s practice.**", 9, 11.6)
    for place, one in enumerate(step.options):
        if place == 1:
            pdf.say("**Other options**", 9.5, 12.5)
        text = f"{one.text} {f'Dose: {one.dose}.' if one.dose else ''}"
        pdf.say(f"{f'**Preferred: {text}**' if place == 0 else text} ({one.rule})")
        pdf.say(f"Because {'; '.join(one.reasons)}. See {one.marks}.", 9, 11.6)
        for caution in one.cautions:
            pdf.say(f"! {caution}", 9, 11.6, 13)
    for title, lines in (
        ("Not recommended", [one.name for one in step.not_recommended]),
        ("Due", [f"**{one.name}**: {one.words}" for one in step.due]),
        ("Missing in the record", step.missing), ("What would be preferred otherwise", step.otherwise),
    ):  # fmt: skip
        if lines:
            pdf.heading(title)
        for line in lines:
            pdf.say(f"– {line}", 9, 11.6, 13)
    pdf.say("The options above are for a professional to review; none is an order.", 9, 11.6)
    pdf.say("Yours sincerely,")
    pdf.ln(36)
    pdf.say("\n".join(said.signature))
    pdf.heading("Protocol and evidence")
    which = f"{protocol.title}; {protocol.id}, edition {protocol.edition}, {protocol.status}, checksum {protocol.code}."
    pdf.say(f"{which} Source: {protocol.source} Set for this clinic: {protocol.parameters}.", 7.8, 9.2)
    for one in (*step.besides, *step.evidence):
        pdf.say(f"**{one.name}** {one.words}", 7.8, 9.2)
    pdf.say("**Where the source is ambiguous**", 9, 11.6)
    for one in step.readings:
        pdf.say(f"**{one.id}** Printed: {one.printed} **Applied:** {one.applied} Why: {one.why}", 7.8, 9.2)
    return bytes(pdf.output())


def picture(pdf, figure):
    """Draw the course, by plain calls."""
    left, top = 71, pdf.get_y()
    for shape in figure.shapes:
        colour = [round(255 * part) for part in COLOURS[shape.role].rgb()]
        pdf.set_draw_color(*colour)
        pdf.set_fill_color(*colour)
        if isinstance(shape, Text):
            pdf.set_font("S", "B" if shape.bold else "", shape.size)
            pdf.set_text_color(*colour)
            width = pdf.get_string_width(shape.text)
            pdf.text(
                left + shape.x - width * {"start": 0, "end": 1, "middle": 0.5}[shape.anchor], top + shape.y, shape.text
            )
        elif isinstance(shape, Line):
            pdf.set_line_width(shape.width)
            pdf.line(left + shape.x1, top + shape.y1, left + shape.x2, top + shape.y2)
        elif isinstance(shape, Box):
            pdf.rect(left + shape.x, top + shape.y, shape.width, shape.height, style="F")
        elif isinstance(shape, Mark) and shape.form == "circle":
            pdf.circle(left + shape.x, top + shape.y, shape.size / 2, style="DF")
        elif shape.form in CORNERS:
            half = shape.size / 2
            pdf.polygon(
                [(left + shape.x + across * half, top + shape.y - up * half) for across, up in CORNERS[shape.form]],
                style="DF",
            )
    pdf.set_text_color(0)
    pdf.set_draw_color(0)
    pdf.set_fill_color(0)
    pdf.set_y(top + figure.height)
