#!/bin/sh
# Makes sure that the system has what is needed: `run` (a Python, and what Qt needs) or `test` (the tests' tools too).
# As root on Debian it installs what is missing; anybody else is told the exact line to type, and it stops with exit 1.
set -eu
purpose=${1:-run}
here=$(dirname "$0")
PATH=$PATH:/usr/sbin:/sbin
libraries=$(ldconfig -p 2>/dev/null || true)

is_there() {
    case $1 in
        *.so.*) printf '%s\n' "$libraries" | grep -qF "	$1 (" ;;
        *.ttf) [ -e "/usr/share/fonts/truetype/dejavu/$1" ] || find /usr/share/fonts -name "$1" 2>/dev/null | grep -q . ;;
        *.typelib) find /usr/lib -name "$1" 2>/dev/null | grep -q . ;;
        /*) [ -e "$1" ] ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing=
missing_names=
while read -r name package what; do
    case $name in '' | \#*) continue ;; esac
    if [ "$what" = test ] && [ "$purpose" != test ]; then continue; fi
    if ! is_there "$name"; then
        missing="$missing $package"
        missing_names="$missing_names $name"
    fi
done < "$here/libraries"

if python=$("$here/find-python.sh"); then
    if [ ! -x .venv/bin/python ] && ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        missing="$missing python3-venv"
        missing_names="$missing_names venv"
    fi
elif command -v python3 >/dev/null 2>&1; then
    echo "ALKPath needs Python 3.11 to 3.14; this system has $(python3 --version 2>&1)." >&2
    exit 1
else
    missing="$missing python3 python3-venv"
    missing_names="$missing_names python3"
fi

[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "This system lacks:$missing_names. Install them with its own package manager, then try again." >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "The system lacks packages that ALKPath needs. Type this line, then try again:" >&2
    echo "sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
echo "Installing what the system lacks:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null || true  # an old list may do; the next line says so when it does not
# shellcheck disable=SC2086  # a list of words
if ! apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends $missing >/dev/null; then
    echo "The packages above could not be installed. Type this line to see why:" >&2
    echo "apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
