#!/bin/sh
# Makes .venv from requirements.lock, or brings it up to it. Downloads; needs no rights of root.
set -eu
if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1 ||
    ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$(.ci/find-python.sh)" -m venv --clear .venv
fi
.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check -r requirements.lock
