"""What the database layer costs beside raw sqlite3: reading a record, saving a new one, finding patients.

The raw side has the same file, the same pragmas, the same tables and the same rows; it makes tuples and nothing else.
"""

# ruff: noqa: E402  # it runs as a script: the folders come first

import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from app.record.patient import GeneralPractitioner, Team
from app.record.record import PatientRecord
from benchmarks import Ratio, median_seconds, show
from builders import (
    a_diagnosis,
    a_dose,
    a_fish,
    a_gene_test,
    a_lab,
    a_line,
    a_local_treatment,
    a_new_lesion,
    a_non_target,
    a_note,
    a_patient,
    a_performance_status,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    a_staging,
    an_adverse_event,
    an_assessment,
    an_examination,
    an_ihc,
)  # fmt: skip
from db import migrate
from db.convert import layouts, patient_layout, rows_from
from db.search import fold, search_text
from db.store import Store

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def a_record_of_25(mrn: str) -> PatientRecord:
    """Return a patient in the second year: 25 entries of 13 kinds, and their doses, readings and lesions."""
    ct = [
        an_assessment(42 - number, 20, id=f"a{number}", date=f"2014-0{number + 1}-20", reported_response="PR")
        for number in range(1, 5)
    ]
    last = an_assessment(
        20, 12, id="a5", date="2014-10-28", new_lesions=(a_new_lesion(),), progression=a_progression(sites=("brain",)),
        non_target="present", non_target_lesions=(a_non_target("N1", "present"),),
    )  # fmt: skip
    alt = [a_lab("ALT", 30 + number, id=f"lab{number}", unit="U/L", upper=40) for number in range(1, 8)]
    patient = a_patient(mrn=mrn, gp=GeneralPractitioner(name="Dr Invented"), team=Team(nurse="nurse1"))
    record = a_record(
        a_staging(), a_performance_status(), a_specimen(), an_ihc(), a_fish(a_reading(9), a_reading(10)), a_gene_test(),
        a_line(doses=(a_dose(), a_dose(from_="2014-03-10", amount=200))), a_local_treatment(), *ct, last, *alt,
        an_examination(), an_adverse_event(), a_note(), a_note("Second.", id="n2"),
        a_performance_status(2, id="p2"),
        patient=patient, diagnosis=a_diagnosis(),
    )  # fmt: skip
    assert len(list(record.entries())) == 25
    return record


def raw_connection(file: Path) -> sqlite3.Connection:
    """Return a connection with the pragmas of the program."""
    connection = sqlite3.connect(file, isolation_level=None, cached_statements=512)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def reading(folder: Path) -> list[Ratio]:
    """Measure a whole record read against its rows read raw, all tables and only those that have some of them."""
    file = folder / "reading.sqlite"
    store = Store(file)
    record = a_record_of_25("A-1042")
    store.save(record, None, by="")
    for number in range(1000):
        store.save(a_record(patient=a_patient(mrn=f"B-{number}")), None, by="")
    person = "SELECT " + ", ".join(patient_layout().columns) + ', "key", version FROM patient WHERE mrn = ?'
    every = [layout.select for layout in layouts()]
    filled = [layout.select for layout in layouts() if rows_from(record)[1][layout.table.name]]

    with closing(raw_connection(file)) as raw:

        def raw_rows(selects: list[str]) -> list[list[tuple[object, ...]]]:
            raw.execute("BEGIN")
            first = raw.execute(person, ("A-1042",)).fetchall()
            found = [first, *(raw.execute(select, (first[0][-2],)).fetchall() for select in selects)]
            raw.execute("ROLLBACK")
            return found

        assert store.load("A-1042") == (record, 1)
        ours = median_seconds(lambda: store.load("A-1042"), times=501)
        all_tables = median_seconds(lambda: raw_rows(every), times=501)
        with_rows = median_seconds(lambda: raw_rows(filled), times=501)
    store.close()
    return [
        Ratio(
            f"record of 25 entries, to the same rows of {len(every) + 1} tables",
            ours / all_tables,
            6.0,
            milli(ours, all_tables),
        ),
        Ratio(
            f"the same, to the {len(filled) + 1} tables that have rows of it",
            ours / with_rows,
            6.0,
            milli(ours, with_rows),
        ),
    ]


def saving(folder: Path) -> list[Ratio]:
    """Measure a new record saved against its rows inserted raw and committed."""
    file = folder / "saving.sqlite"
    store = Store(file)
    numbers = (f"N-{number:06}" for number in count())
    store.save(a_record_of_25("A-1042"), None, by="")
    twin = folder / "raw.sqlite"
    migrate.backup(file, twin)
    record = a_record_of_25("x")
    person, rows = rows_from(record)
    marks = ", ".join("?" * (len(person) + 3))
    new = f"INSERT INTO patient (version, changed_at, search, {', '.join(patient_layout().columns)}) VALUES ({marks})"
    inserts = []
    for layout in layouts():
        if found := rows[layout.table.name]:
            names = ", ".join(f'"{name}"' for name in ("patient_key", *layout.columns))
            marks = ", ".join("?" * (len(layout.columns) + 1))
            inserts.append((f'INSERT INTO "{layout.table.name}" ({names}) VALUES ({marks})', found))

    with closing(raw_connection(twin)) as raw:

        def raw_inserts() -> None:
            mrn = next(numbers)
            raw.execute("BEGIN IMMEDIATE")
            key = raw.execute(new, (1, "2014-11-01T00:00:00Z", mrn, mrn, *person[1:])).lastrowid
            for statement, found in inserts:
                raw.executemany(statement, [(key, *row) for row in found])
            raw.execute("COMMIT")

        def save() -> None:
            store.save(replace(record, patient=replace(record.patient, mrn=next(numbers))), None, by="nurse1")

        # In turns, as the disk is not equally fast all the time.
        pairs = [(median_seconds(save, times=41), median_seconds(raw_inserts, times=41)) for _ in range(7)]
    ours, theirs = sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]
    store.close()
    return [Ratio("new record of 25 entries saved, to raw inserts and commit", ours / theirs, 4.0, milli(ours, theirs))]


def fill(file: Path, patients: int) -> None:
    """Put invented patients into a database: name, number, birth date and sex."""
    given, family = ("Ada", "Łucja", "Émilie", "Jürgen", "Søren"), ("Example", "Ångström", "Müller", "O'Neill", "Żak")
    store = Store(file)
    store.count()
    store.close()
    columns = "version, changed_at, address, search, mrn, family_name, given_name, birth_date, sex"
    row = f"INSERT INTO patient ({columns}) VALUES (1, '', '', ?, ?, ?, ?, ?, ?)"
    with closing(raw_connection(file)) as raw:
        raw.execute("BEGIN")
        for number in range(patients):
            name = f"{family[number % 7 % 5]}{number % 997}"
            born = f"{1930 + number % 66}-{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 20 else None
            one = a_patient(
                mrn=f"P-{number:06}", given_name=given[number % 5], family_name=name, birth_date=born,
                sex=("female", "male", None)[number % 7 % 3],
            )  # fmt: skip
            values = (one.mrn, one.family_name, one.given_name, one.birth_date, one.sex)
            raw.execute(row, (search_text(one), *values))
        raw.execute("COMMIT")


def finding(folder: Path, patients: int) -> list[Ratio]:
    """Measure finding among many patients; the times are for a person waiting, the ratio is to a raw LIKE."""
    file = folder / f"finding-{patients}.sqlite"
    fill(file, patients)
    store = Store(file)
    looked_for = {
        "first page": "", "a name": "muller", "two words": "emil mull", "a number": f"p-{patients - 1:06}",
        "nobody": "xyzzy",
    }  # fmt: skip
    ratios = []
    with closing(raw_connection(file)) as raw:
        for what, text in looked_for.items():
            pattern = "%" + "%".join(sorted(fold(text).split(), reverse=True)) + "%"
            ours = median_seconds(partial(store.find, text), times=21)
            theirs = median_seconds(partial(raw_find, raw, pattern), times=21)
            ratios.append(Ratio(f"find {what} among {patients:,}", ours / theirs, None, milli(ours, theirs)))
        counted = median_seconds(partial(store.count, "muller"), times=21)
        last = median_seconds(partial(store.find, offset=patients - 200), times=21)
        theirs = median_seconds(partial(raw_count, raw, "%muller%"), times=21)
    store.close()
    ratios.append(Ratio(f"count a name among {patients:,}", counted / theirs, None, milli(counted, theirs)))
    ratios.append(Ratio(f"last page of {patients:,}, to the raw count", last / theirs, None, milli(last, theirs)))
    return ratios


def raw_find(raw: sqlite3.Connection, pattern: str) -> object:
    return raw.execute(
        "SELECT mrn, family_name FROM patient WHERE search LIKE ? ORDER BY search LIMIT 200", (pattern,)
    ).fetchall()


def raw_count(raw: sqlite3.Connection, pattern: str) -> object:
    return raw.execute("SELECT count(*) FROM patient WHERE search LIKE ?", (pattern,)).fetchone()


def milli(ours: float, theirs: float) -> str:
    """Return both times as text."""
    return f"{ours * 1000:.2f} ms, raw {theirs * 1000:.2f} ms"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        show(reading(Path(name)))
        show(saving(Path(name)))
        show(finding(Path(name), 1_000))
        show(finding(Path(name), 100_000))
