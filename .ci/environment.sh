#!/bin/sh
# Makes .venv from requirements.lock, or brings it up to it, with extras of setup.cfg where they are named.
# Downloads; needs no rights of root.
set -eu
install() { .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check "$@"; }
if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1 ||
    ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$(.ci/find-python.sh)" -m venv --clear .venv
fi
install -r requirements.lock
for extra in "$@"; do
    .venv/bin/python -c '
import configparser, sys
setup = configparser.ConfigParser()
setup.read("setup.cfg")
print(setup["options.extras_require"][sys.argv[1]])
' "$extra" | install -c requirements.lock -r /dev/stdin
done
