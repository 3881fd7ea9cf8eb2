#!/bin/sh
# Writes requirements.lock anew: everything that a clean environment gets from setup.cfg, tests included, pinned exactly.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=$(.ci/find-python.sh)
"$python" -c '
import configparser
setup = configparser.ConfigParser()
setup.read("setup.cfg")
print(setup["options"]["install_requires"], setup["options.extras_require"]["test"])
' > "$work/wanted"
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-input --disable-pip-version-check -r "$work/wanted"
{
    echo "# Made by 'make lock' from setup.cfg: every package, what it needs in turn, and the test tools, as tested."
    "$work/venv/bin/pip" freeze --disable-pip-version-check --exclude pip --exclude setuptools
} > "$work/lock"
if grep -v '^#' "$work/lock" | grep -nvE '^[A-Za-z0-9_.-]+==[A-Za-z0-9_.]+$'; then
    echo "The lock would name a place instead of a version; nothing was written." >&2
    exit 1
fi
cp "$work/lock" requirements.lock
