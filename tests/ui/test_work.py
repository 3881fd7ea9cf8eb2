"""Long work runs beside the window and ends in the window's thread."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QThread

from app.ui.work import Cancelled, in_background


class Asker(QObject):
    """Somebody who wants a result."""

    def __init__(self):
        super().__init__()
        self.results, self.errors, self.threads = [], [], []

    def done(self, result):
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    def failed(self, error):
        self.errors.append(error)
        self.threads.append(QThread.currentThread())


def test_the_result_comes_back_in_the_thread_of_the_window(qtbot):
    asker, jobs = Asker(), []

    def job(work):
        jobs.append(threading.get_ident())
        return 42

    in_background(job, asker.done, asker.failed)
    qtbot.waitUntil(lambda: asker.results == [42])
    assert jobs != [threading.get_ident()]
    assert asker.threads == [QThread.currentThread()]


def test_an_error_comes_back_as_it_was_raised(qtbot):
    asker = Asker()

    def job(work):
        raise ValueError("broken")

    in_background(job, asker.done, asker.failed)
    qtbot.waitUntil(lambda: bool(asker.errors))
    assert isinstance(asker.errors[0], ValueError)
    assert asker.results == []


def test_a_cancelled_job_ends_at_its_next_report(qtbot):
    asker, counted = Asker(), []
    listened_to, go_on = threading.Event(), threading.Event()

    def job(work):
        listened_to.wait(5)
        work.report(1)
        counted.append(1)
        go_on.wait(5)
        work.report(2)
        counted.append(2)

    work = in_background(job, asker.done, asker.failed)
    told = []
    work.progressed.connect(told.append)
    listened_to.set()
    qtbot.waitUntil(lambda: counted == [1])
    work.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(asker.errors))
    assert isinstance(asker.errors[0], Cancelled)
    assert counted == [1]
    assert told == [1]


def test_nobody_is_called_who_is_gone(qtbot):
    asker, finished = Asker(), threading.Event()
    results = asker.results

    def job(work):
        finished.wait(5)
        return 42

    in_background(job, asker.done, asker.failed)
    asker.deleteLater()
    qtbot.wait(50)
    del asker
    finished.set()
    qtbot.wait(200)
    assert results == []


def test_a_thousand_jobs_all_end(qtbot):
    asker = Asker()
    for number in range(1000):
        in_background(lambda work, number=number: number, asker.done, asker.failed)
    qtbot.waitUntil(lambda: len(asker.results) == 1000, timeout=20000)
    assert sorted(asker.results) == list(range(1000))


class Held:
    """What a job holds on to, like the window it is for."""

    def __init__(self, let_go):
        weakref.finalize(self, lambda: let_go.append(threading.get_ident()))

    def job(self, _work):
        return 42

    def fail(self, _work):
        raise ValueError("broken")


@pytest.mark.parametrize("name", ["job", "fail"])
def test_what_a_job_held_is_let_go_in_the_thread_of_the_window(qtbot, name):
    asker, let_go, count = Asker(), [], 300
    for _number in range(count):
        in_background(getattr(Held(let_go), name), asker.done, asker.failed)
    qtbot.waitUntil(lambda: len(asker.results) + len(asker.errors) == count, timeout=20000)
    asker.errors.clear()
    gc.collect()
    qtbot.waitUntil(lambda: len(let_go) == count)
    assert set(let_go) == {threading.get_ident()}
