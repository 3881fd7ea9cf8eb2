"""What the advice and the worklist of 5,000 patients with 25 entries each cost: times of one core, and their limits.

The patients are those of `clinic_of_5000`. Times are processor time: what a shared machine does meanwhile is not
counted, though it still slows this down. `loop` is a plain loop of the same run, to compare machines by.
"""

# ruff: noqa: E402  # it runs as a script: the folders come first

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from app.pathway.engine import advise
from app.pathway.protocol import Protocol
from app.record.record import PatientRecord
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.worklist import Worklist
from benchmarks import Ratio, show
from benchmarks.clinic_of_5000 import AS_OF, clinic
from builders import a_note
from db.store import Store
from db.worklist import records

PATIENTS = 5000
CHANGED = 10
SAMPLE = 600  # of the patients, for the advice alone


def processor_seconds(job: Callable[[], object], *, times: int = 1) -> float:
    """Return the least processor time of some calls."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return min(taken)


def loop() -> None:
    """Do what any Python does."""
    held = {}
    for number in range(20_000):
        held[number % 97] = (number, str(number))


def advice(store: Store, protocol: Protocol) -> list[Ratio]:
    """Measure the mean advice over records read in bulk: whole, and brief as the worklist asks for it."""

    def read() -> list[PatientRecord]:
        with store.cursor() as cursor:
            return [record for _key, _version, record in records(cursor, range(1, SAMPLE + 1))]

    found = read()
    reading = processor_seconds(read, times=5) / SAMPLE
    whole = processor_seconds(lambda: [advise(one, protocol, AS_OF) for one in found], times=7) / SAMPLE
    brief = processor_seconds(lambda: [advise(one, protocol, AS_OF, brief=True) for one in found], times=7) / SAMPLE
    return [
        Ratio("record read in bulk, ms", reading * 1000, None),
        Ratio("advice alone, all of it, ms", whole * 1000, 0.3),
        Ratio("advice alone, as the worklist asks for it, ms", brief * 1000, 0.3),
    ]


def worklist(store: Store, advising: Advising) -> list[Ratio]:
    """Measure the worklist made for the first time, shown, and brought up to date after a few or a day."""
    ours = Worklist(store, advising)
    cold = processor_seconds(lambda: ours.bring_up_to_date(AS_OF))
    shown = processor_seconds(lambda: ours.shown(AS_OF), times=5)
    items = len(ours.shown(AS_OF))
    numbers = store.mrns()[:: PATIENTS // CHANGED]
    changed = []
    for turn in range(5):
        for mrn in numbers:
            record, version = store.load(mrn) or sys.exit(f"{mrn} is not there")
            store.save(record.with_entry(a_note(f"Seen {turn}.", id="n99")), version, by="")
        changed.append(processor_seconds(partial(ours.bring_up_to_date, AS_OF)))
    nothing = processor_seconds(lambda: ours.bring_up_to_date(AS_OF), times=5)
    tomorrow = AS_OF + timedelta(days=1)
    patients = ours.outdated(tomorrow)
    next_day = processor_seconds(lambda: ours.bring_up_to_date(tomorrow))
    return [
        Ratio(f"worklist of {PATIENTS:,} worked out for the first time, s", cold, 3.0),
        Ratio(f"the same shown as it was last, {items:,} items, s", shown, 0.2),
        Ratio(f"brought up to date after {CHANGED} changed, s", min(changed), 0.2),
        Ratio("the same, and shown again, s", min(changed) + shown, None),
        Ratio("brought up to date when nothing changed, s", nothing, None),
        Ratio(f"on the next day, {patients:,} of them, s", next_day, None),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "clinic.sqlite")
        with store.saving() as saving:
            for one in clinic(PATIENTS):
                saving.save(one, None, by="")
        advising = Advising(Clinic(None))
        speed = Ratio("loop of 20,000, ms", processor_seconds(loop, times=20) * 1000, None)
        protocol = advising.protocol()
        show([speed, *advice(store, protocol), *worklist(store, advising)])
        store.close()
