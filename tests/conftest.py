"""What every test stands on: a window without a screen, and the same random examples each time."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")
