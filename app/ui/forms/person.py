"""The forms of the patient, the diagnosis and later stagings."""

from typing import get_args

from app.record.codes import Histology, MetastaticSite, Sex, SmokingStatus, Stage
from app.ui.draft import Draft
from app.ui.forms.editors import TextEditor
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.grid import Column
from app.ui.forms.known import LANGUAGES
from app.ui.forms.lines_cell import LinesCell
from app.ui.forms.parts import Heading, Spec, code, codes, day, grid, known_text, lines, name, number, row, text, yes_no
from app.words import _


def patient_form(draft: Draft) -> EntryForm:
    """Return the form of the person, the GP, the other recipients of letters and the team."""
    language = _("Language of letters, as its code: en, fr")
    recipients = (
        Column(name="name", title=_("Name"), make=TextEditor, stretch=3),
        Column(name="role", title=_("Role"), make=TextEditor, stretch=2, tip=_("For example: referrer")),
        Column(name="address", title=_("Address, lines parted by /"), make=LinesCell, stretch=4),
        Column(name="language", title=_("Language"), make=TextEditor, width=56, tip=language),
    )
    return EntryForm(
        draft,
        (
            row(
                text("mrn", _("Number"), _("The clinic's own number of the patient; no two patients share one.")),
                code("sex", _("Sex"), get_args(Sex)),
            ),
            row(text("family_name", _("Family name")), text("given_name", _("Given name"))),
            row(
                day("birth_date", _("Date of birth"), _("Month or year alone will do.")),
                day("deceased_on", _("Died on"), _("Blank while alive.")),
            ),
            row(text("phone", _("Telephone")), text("gp.name", _("GP"), _("The doctor the clinic letter goes to."))),
            row(
                lines("address", _("Address"), _("As it should stand on an envelope.")),
                lines("gp.address", _("GP's address"), _("Where the clinic letter goes.")),
            ),
            row(
                known_text("language", _("Patient's language"), LANGUAGES, tip=language),
                known_text("gp.language", _("GP's language"), LANGUAGES, tip=language),
            ),
            row(name("team.nurse", _("Nurse")), name("team.doctor", _("Doctor"))),
            row(grid("recipients", _("Others who get a copy"), recipients, _("Besides the GP."))),
        ),
    )


def diagnosis_form(draft: Draft) -> EntryForm:
    """Return the form of the diagnosis and the stage at that time."""
    return EntryForm(
        draft,
        (
            row(day("date", _("Date of diagnosis")), code("histology", _("Histology"), get_args(Histology))),
            row(
                yes_no(
                    "limited_sample", _("Limited sample"), _("Too little tissue to exclude an adenocarcinoma part.")
                ),
                yes_no("signet_ring_cells", _("Signet ring cells")),
            ),
            row(code("stage", _("Stage at diagnosis"), get_args(Stage)), *_tnm()),
            row(codes("metastatic_sites", _("Metastatic sites at diagnosis"), get_args(MetastaticSite))),
            row(
                yes_no("resected", _("Completely resected"), _("Of an early stage.")),
                day("resected_on", _("Resected on")),
            ),
            Heading(_("Smoking")),
            row(
                code("smoking.status", _("Status"), get_args(SmokingStatus)),
                number("smoking.pack_years", _("Pack-years"), tip=_("One is 20 cigarettes a day for a year.")),
            ),
        ),
    )


def staging_form(draft: Draft) -> EntryForm:
    """Return the form of a later staging."""
    return EntryForm(
        draft,
        (
            row(day("date", _("Date")), code("stage", _("Stage"), get_args(Stage))),
            row(*_tnm()),
            row(codes("metastatic_sites", _("Metastatic sites"), get_args(MetastaticSite))),
        ),
    )


def _tnm() -> tuple[Spec, Spec]:
    return (
        text("tnm", _("TNM"), _("For example cT2 cN2 cM1b.")),
        number("tnm_edition", _("TNM edition"), tip=_("7, 8 or 9.")),
    )
