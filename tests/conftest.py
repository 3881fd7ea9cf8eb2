"""What every test stands on: a window without a screen, the same language and the same random examples."""

import os

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ALKPATH_LANGUAGE"] = "en"  # before anything of the program is imported: tests read English anywhere

settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def garbage_of_windows(request):
    """Let what is left of windows be collected in their thread, in the tests as in the program."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from app.ui.garbage import GarbageCollector

    collector = GarbageCollector()
    yield
    collector.look()
    collector.end()
