"""What a warm two-page letter with three pictures (course, logo, square code) costs, from record to bytes.

Beside it, in the same run: a ReportLab script written by hand for the same strings, and one by fpdf2. Then a record
of thirty pages, and how much memory five hundred letters leave behind.
"""

# ruff: noqa: E402  # it runs as a script: the folders come first

import sys
import time
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from PIL import Image
from pypdf import PdfReader

from app.letters.breaking import passages
from app.letters.pdf import write_pdf
from app.letters.tables import broken
from app.paths import RESOURCES
from app.record.files import parsed_records, read_record
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from benchmarks import Ratio, median_seconds, show
from benchmarks.letter_by_hand import by_hand
from builders import a_fish, a_line, a_reading, a_record, a_specimen, an_adverse_event, an_assessment

DAY = date(2014, 5, 28)
CODE = "K7QM-2F9D"
MOST = 40.0  # milliseconds of one processor
BATCH = 500


def three_pictures(letters, record):
    """Return the content of a letter with its course, a logo and a square code."""
    return replace(letters.content(record, DAY), mark=CODE, qr=f"ALKPath letter {CODE}")


def words(pdf):
    return sum(len(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def two_pages(letters, record):
    """Measure the letter beside the two others."""

    def ours():
        passages.cache_clear()  # another patient's letter has other words
        return write_pdf(three_pictures(letters, record))

    said = three_pictures(letters, record)
    tests = [["Reported", "Test", "Result", "Specimen"]]
    tests += [[one.date, one.test, broken(one.result, 192), broken(one.specimen, 113)] for one in said.tests]
    mine, theirs = ours(), by_hand(said, tests)
    pages = [len(PdfReader(BytesIO(one)).pages) for one in (mine, theirs)]
    if pages[0] != 2 or abs(words(mine) - words(theirs)) > 0.03 * words(mine):
        sys.exit(f"not the same letter: {pages} pages, {words(mine)} and {words(theirs)} words")

    # In turns, so that a busy moment of the machine meets both.
    jobs = [ours, lambda: by_hand(said, tests)]
    rounds = [[median_seconds(job, times=15, clock=time.process_time) for job in jobs] for _ in range(5)]
    own, plain = (1000 * min(times) for times in zip(*rounds, strict=True))
    content = 1000 * median_seconds(lambda: letters.content(record, DAY), clock=time.process_time)
    detail = f"{own:.1f} against {plain:.1f} ms; of it, record to content {content:.1f} ms"
    found = [
        Ratio("a warm two-page letter with three pictures, ms of CPU", own, MOST, f"limit {MOST:.0f} ms"),
        Ratio("the same, beside ReportLab by hand", own / plain, 2.0, detail),
    ]
    if find_spec("fpdf") is None:
        sys.stdout.write("fpdf2 is not installed; make bench does that\n")
        return found
    from benchmarks.letter_by_fpdf2 import letter

    other = letter(said, tests)
    if abs(words(mine) - words(other)) > 0.03 * words(mine):
        sys.exit(f"not the same letter by fpdf2: {words(mine)} and {words(other)} words")
    slow = 1000 * min(median_seconds(lambda: letter(said, tests), times=5, clock=time.process_time) for _ in range(2))
    return [*found, Ratio("the same by fpdf2, to ours", slow / own, 7.0, f"{slow:.0f} ms", at_least=True)]


def thirty_pages(letters):
    """Measure a letter of thirty pages."""
    events = [
        an_adverse_event("rash", id=f"e{number}", from_=f"2012-{number % 12 + 1:02}-05") for number in range(1450)
    ]
    assessments = [an_assessment(10, 20, 30, id=f"a{number}", date=f"{1990 + number}-04-01") for number in range(24)]
    record = a_record(a_specimen(), a_fish(a_reading(33)), a_line(), *assessments, *events)
    pages = len(PdfReader(BytesIO(letters.compose(record, DAY))).pages)
    if not 30 <= pages <= 36:
        sys.exit(f"not thirty pages, but {pages}")
    seconds = median_seconds(lambda: letters.compose(record, DAY), times=5, clock=time.process_time)
    return Ratio(f"a letter of {pages} pages, seconds of CPU", seconds, 0.5)


def a_batch(letters, record):
    """Measure what five hundred letters leave in memory, beside what fifty have left."""
    sizes = []
    for number in range(BATCH):
        write_pdf(three_pictures(letters, record))
        if number in (BATCH // 10 - 1, BATCH - 1):
            sizes.append(resident())
    detail = " and ".join(f"{size / 1e6:.0f} MB" for size in sizes)
    return Ratio(f"memory after {BATCH} letters, to that after {BATCH // 10}", sizes[1] / sizes[0], 1.05, detail)


def resident():
    """Return how many bytes of memory this process has."""
    from resource import getpagesize

    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize()


def main():
    """Measure and print."""
    with (RESOURCES / "demo" / "demo-4.json").open("rb") as source:
        record = read_record(next(parsed_records(source)), date(2026, 1, 1))
    with TemporaryDirectory() as folder:
        logo = Image.radial_gradient("L").resize((560, 200)).convert("RGB")
        logo.save(Path(folder) / "logo.png")
        (Path(folder) / "clinic.yaml").write_text("logo: logo.png\n")
        clinic = Clinic(Path(folder))
        letters = Letters(clinic, Advising(clinic))
        show([*two_pages(letters, record), thirty_pages(letters), a_batch(letters, record)])


if __name__ == "__main__":
    main()
