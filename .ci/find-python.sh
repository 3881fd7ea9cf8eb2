#!/bin/sh
# Prints the first Python on the path that this program runs on (3.11 to 3.14); exit 1 when there is none.
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; then
        command -v "$name"
        exit 0
    fi
done
exit 1
