"""Random whole records that look like courses of patients: every list a rule reads, contradictions included."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from app.record import codes
from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment, NewLesion, NonTargetLesion, Progression, TargetLesion
from app.record.circumstances import Access, Trial
from app.record.decision import Decision, Instead
from app.record.diagnosis import Diagnosis, Smoking, Staging
from app.record.examination import Examination
from app.record.lab import Lab
from app.record.local_treatment import LocalTreatment
from app.record.molecular_test import (
    Alteration,
    Fish,
    FishReading,
    Fusion,
    GeneResult,
    Ihc,
    MolecularTest,
    Ngs,
    RtPcr,
)
from app.record.patient import Patient
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.record.status import Condition
from app.record.therapy_line import Dose, TherapyLine

Pick = Callable[..., Any]
DAYS = [f"2014-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 8, 15, 22)] + ["2014-03", "2014", "2013"]
DRUGS = [("crizotinib",), ("crizotinib",), ("crizotinib",), ("ceritinib",), ("alectinib",), ("lorlatinib",),
         ("cisplatin", "pemetrexed"), ("carboplatin", "pemetrexed", "bevacizumab"), ("docetaxel",),
         ("crizotinib", "pemetrexed")]  # fmt: skip
DOSES = [("250", "twice_daily"), ("200", "twice_daily"), ("250", "once_daily"), ("0", "held"), ("300", "twice_daily")]
DECIDED = [("switch", "ceritinib"), ("continue_with_surveillance", "crizotinib"), ("refer_to_board", None),
           ("switch", "platinum-pemetrexed-bevacizumab")]  # fmt: skip
CONDITIONS = get_args(codes.ConditionCode)
REASONS = (*get_args(codes.StopReason), None)
EXTENTS = ["oligometastatic", "widespread", None]
TERMS = ["pneumonitis", "hepatitis", "torsade de pointes", "bradycardia", "neutropenia", "nausea", "QTc prolonged"]
VALUES = {
    "ALT": ("U/L", [20, 66, 125, 150, 210, 1260], 40),
    "AST": ("U/L", [20, 40, 110, 200], 35),
    "ALP": ("U/L", [90], 120),
    "total_bilirubin": ("umol/L", [9, 20, 26, 48], 17),
    "neutrophils": ("10*9/L", ["4", "1.0", "0.8", "0.4"], None),
    "platelets": ("10*9/L", [250, 60, 40, 20], None),
    "lymphocytes": ("10*9/L", ["1.5", "0.4", "0.1"], None),
    "QTc": ("ms", [430, 480, 500, 505], None),
}
MAYBE = [True, False, None]


@st.composite
def courses(draw: Any) -> PatientRecord:
    """Return a random record; ids are unique and references lead somewhere."""

    def pick(values: Sequence[Any]) -> Any:
        return draw(st.sampled_from(values))

    def some(most: int) -> range:
        return range(draw(st.integers(0, most)))

    specimens = tuple(_specimen(pick, number) for number in range(1 + draw(st.integers(0, 1))))
    lines = _lines(pick, len(some(3)))
    assessments = tuple(_assessment(pick, number) for number in some(3))
    return PatientRecord(
        patient=Patient(mrn="R-1", family_name="Random", birth_date="1960",
                        deceased_on=pick([None] * 12 + ["2014-12-20"])),
        diagnosis=_diagnosis(pick),
        staging=tuple(Staging(id=f"g{n}", date=pick(DAYS), stage=pick(["IV", "II", None])) for n in some(1)),
        conditions=tuple(
            Condition(id=f"c{n}", date=pick(DAYS), code=pick(CONDITIONS), present=pick([True, False])) for n in some(1)
        ),
        specimens=specimens,
        tests=tuple(_test(pick, number, specimens) for number in some(3)),
        therapy_lines=lines,
        local_treatments=tuple(
            LocalTreatment(id=f"k{n}", date=pick(DAYS), kind="radiotherapy", site=pick(["brain", "lung"]),
                           prompted_by=pick([None, *(one.id for one in assessments)]))
            for n in some(1)
        ),
        assessments=assessments,
        labs=tuple(_lab(pick, number) for number in some(4)),
        examinations=tuple(Examination(id=f"x{n}", date=pick(DAYS), kind=pick(["ecg", "brain_mri"])) for n in some(1)),
        adverse_events=tuple(_event(pick, number) for number in some(1)),
        access=tuple(
            Access(id=f"y{n}", date=pick(DAYS), drug=pick(["crizotinib", "ceritinib", "alectinib", "pemetrexed"]),
                   available=pick([True, False, False]))
            for n in some(2)
        ),
        trials=tuple(
            Trial(id=f"z{n}", date=pick(DAYS), name=f"trial {n}", open=pick([True, False]),
                  setting=pick(["adjuvant", "metastatic", None]), requires_rebiopsy=pick(MAYBE))
            for n in some(1)
        ),
        decisions=tuple(_decision(pick, number) for number in some(1)),
    )  # fmt: skip


def _specimen(pick: Pick, number: int) -> Specimen:
    again = number > 0
    return Specimen(
        id=f"s{number}", date=pick(DAYS), kind="tissue", purpose="re-biopsy" if again else "diagnosis",
        status=pick(["taken", "taken", "requested"]) if again else None,
        histology=pick([None, "adenocarcinoma", "small_cell", "squamous"]) if again else None,
    )  # fmt: skip


def _diagnosis(pick: Pick) -> Diagnosis:
    smoking = pick([None, Smoking(status="never"), Smoking(status="former", pack_years=Decimal(40)),
                    Smoking(status="current")])  # fmt: skip
    return Diagnosis(
        date="2013-12",
        histology=pick(["adenocarcinoma"] * 5 + [None, "squamous", "small_cell", "nsclc_nos"]),
        limited_sample=pick(MAYBE),
        stage=pick(["IV", "IV", "IV", "IIA", None]),
        metastatic_sites=pick([(), ("bone",), ("lymph_node",)]),
        resected=pick(MAYBE),
        smoking=smoking,
    )


def _reading(pick: Pick, number: int) -> FishReading:
    cells = pick([50, 50, 50, 40, 60])
    split = pick([0, 4, 7, 8, 25, 26, 33, None])
    return FishReading(reader=pick(["A", "B", None]), date=pick([None, *DAYS]), cells=cells, split=split,
                       single_red=pick([None, 0, 1]))  # fmt: skip


def _test(pick: Pick, number: int, specimens: Sequence[Specimen]) -> MolecularTest:
    method = pick(["fish", "fish", "fish", "ihc", "rt_pcr", "ngs", "gene"])
    status = pick(["final", "final", "final", "requested", "failed"])
    word = pick(["positive", "positive", "negative", "inconclusive", None])
    gene = GeneResult(gene="EGFR", reported=pick(["wild_type", "mutated"]))
    result: dict[str, Any] = {
        "fish": Fish(fields=pick([4, 3, None]), readings=tuple(_reading(pick, n) for n in range(pick([0, 1, 1, 2]))),
                     reported=word),
        "ihc": Ihc(reported=word),
        "rt_pcr": RtPcr(reported=word),
        "ngs": Ngs(fusion=pick([None, Fusion(reported=word)]),
                   alterations=pick([(), (Alteration(gene="ALK", kind="mutation", protein="p.L1196M"),)])),
        "gene": gene,
    }  # fmt: skip
    return MolecularTest(
        id=f"t{number}", specimen=pick([one.id for one in specimens]), method=method, status=status,
        requested_on=pick([None, *DAYS]), reported_on=pick(DAYS) if status == "final" else None,
        **({method: result[method]} if status == "final" else {}),
    )  # fmt: skip


def _lines(pick: Pick, count: int) -> tuple[TherapyLine, ...]:
    lines = []
    for number in range(count):
        drugs = pick(DRUGS)
        last = number == count - 1
        stopped = pick([None, None, "2014-10-08"]) if last else pick(["2014-05-22", "2014-07-22", None])
        started = pick(["2014-01-08", "2014-02-01", None]) if number == 0 else pick(["2014-06-01", "2014-08-01", None])
        doses = tuple(
            Dose(drug=drugs[0], from_=pick(DAYS), amount=Decimal(amount), unit="mg", frequency=frequency)
            for amount, frequency in [pick(DOSES) for _ in range(pick([0, 1, 2]))]
        )
        lines.append(
            TherapyLine(
                id=f"l{number}", intent=pick([None, "palliative", "palliative", "palliative", "adjuvant"]), drugs=drugs,
                started_on=started, stopped_on=stopped, doses=doses,
                stop_reason=pick(REASONS) if stopped or pick([0] * 9 + [1]) else None,
            )
        )  # fmt: skip
    return tuple(lines)


def _assessment(pick: Pick, number: int) -> Assessment:
    progression = pick([None, None, Progression(
        symptomatic=pick(MAYBE), tempo=pick(["slow", "rapid", None]), extent=pick(EXTENTS),
        sites=pick([(), ("brain",), ("adrenal",), ("brain", "liver")]), local_treatment_possible=pick(MAYBE),
        well_tolerated=pick(MAYBE))])  # fmt: skip
    return Assessment(
        id=f"a{number}", date=pick(DAYS), modality=pick(["ct", "mri"]), baseline=pick([None, True, False]),
        timepoint=pick([None, None, "one"]),
        target_lesions=pick([(), (TargetLesion(lesion="T1", site="lung", mm=Decimal(pick([10, 20, 30, 60]))),)]),
        non_target=pick([None, "present", "non_cr_non_pd", "unequivocal_progression", "complete_response"]),
        non_target_lesions=pick([(), (NonTargetLesion(lesion="N1", site="brain", status="present"),)]),
        new_lesions=pick([(), (), (NewLesion(site="brain", unequivocal=True),), (NewLesion(site="bone"),)]),
        reported_response=pick([None, "CR", "PR", "SD", "PD", "PD", "NE", "NON_CR_NON_PD"]),
        progression=progression,
    )  # fmt: skip


def _lab(pick: Pick, number: int) -> Lab:
    analyte = pick(list(VALUES))
    unit, values, upper = VALUES[analyte]
    return Lab(
        id=f"lab{number}", date=pick(DAYS), analyte=analyte, value=Decimal(pick(values)),
        unit=pick([unit, unit, unit, unit, None]), upper=Decimal(upper) if upper and pick([1, 1, 1, 0]) else None,
        comparator=pick([None, None, None, "<", ">"]), sample=pick([None, None, "one"]),
        symptomatic=pick([None, None, True]), formula=pick([None, "fridericia", "bazett"]),
    )  # fmt: skip


def _event(pick: Pick, number: int) -> AdverseEvent:
    return AdverseEvent(
        id=f"e{number}", term=pick(TERMS), grade=pick([None, 1, 2, 3, 4]), from_=pick(DAYS),
        to=pick([None, "2014-12-01"]),
        suspected_drug=pick([None, "crizotinib", "ceritinib"]), other_causes_excluded=pick(MAYBE),
    )  # fmt: skip


def _decision(pick: Pick, number: int) -> Decision:
    action, drug = pick(DECIDED)
    return Decision(
        id=f"d{number}", date=pick(DAYS), as_of="2014-06-01", rule="P7", action=action, drug=drug,
        verdict=pick(["accepted", "modified", "declined"]),
        instead=pick([None, Instead(action="switch", drug="alectinib")]),
    )  # fmt: skip
