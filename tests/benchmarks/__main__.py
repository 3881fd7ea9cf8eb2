"""`make bench`: every benchmark in a process of its own, one table."""

import subprocess
import sys
from pathlib import Path

sys.stdout.write(f"{'what':<58} {'ratio':>6} {'limit':>5}  {'':<6} times\n")
sys.stdout.flush()
failed = [
    file.name
    for file in sorted(Path(__file__).parent.glob("bench_*.py"))
    if subprocess.run([sys.executable, str(file)], check=False).returncode != 0
]
if failed:
    sys.exit(f"could not be measured: {', '.join(failed)}")
