"""What is left of closed windows is never taken away by another thread."""

import gc
import threading
import weakref

import pytest
from hands import until
from PySide6.QtWidgets import QWidget
from ui.test_work import Asker

from app.ui.garbage import GarbageCollector
from app.ui.work import in_background


class Window(QWidget):
    """A window that holds itself, as one does whose button is connected to a closure."""

    def __init__(self, ended):
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: ended.append(threading.get_ident()))


@pytest.fixture
def collector(qapp):
    one = GarbageCollector()
    yield one
    one.end()


def much_work(_work):
    """Make so many objects that Python would collect garbage, of every age."""
    kept = [[[] for _more in range(1000)] for _one in range(300)]
    return len(kept)


def test_a_closed_window_ends_in_its_own_thread_while_another_makes_objects(collector, qtbot):
    ended, asker = [], Asker()
    Window(ended)
    in_background(much_work, asker.done, asker.failed)
    until(lambda: asker.results == [300], "the work")
    assert ended == []
    collector.look()
    gc.collect()
    assert ended == [threading.get_ident()]


def test_the_oldest_generation_that_is_full_is_collected(collector, monkeypatch):
    collected = []
    monkeypatch.setattr(gc, "collect", collected.append)
    for counts in ((5, 0, 0), (701, 0, 0), (701, 11, 10), (701, 11, 11), (700, 10, 10)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        collector.look()
    assert collected == [0, 1, 2]


def test_it_looks_by_itself_once_it_has_begun(collector, qtbot):
    ended = []
    collector.begin()
    try:
        Window(ended)
        kept = [[] for _one in range(2000)]
        until(lambda: bool(ended), "the window to be collected")
    finally:
        gc.unfreeze()
    assert len(kept) == 2000


@pytest.mark.parametrize("before", [True, False])
def test_python_collects_again_as_before_when_the_program_ends(qapp, before):
    was_on = gc.isenabled()
    (gc.enable if before else gc.disable)()
    try:
        one = GarbageCollector()
        assert not gc.isenabled()
        one.end()
        assert gc.isenabled() is before
    finally:
        (gc.enable if was_on else gc.disable)()
