"""What every test stands on: a window without a screen, the same language and the same random examples."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ALKPATH_LANGUAGE"] = "en"  # before anything of the program is imported: tests read English anywhere

settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")
