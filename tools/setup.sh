#!/bin/sh
# Make the virtual environment .venv with the pinned requirements, or say in one sentence what to install first.
# Usage: tools/setup.sh [python]    (from the top of the repository; any Python 3.11 to 3.13)
set -eu

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

python=""
for candidate in "${1:-}" python3 python3.13 python3.12 python3.11; do
    if [ -n "$candidate" ] && fits "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    found=$(command -v python3 >/dev/null 2>&1 && python3 --version || echo "no python3")
    echo "This needs Python 3.11, 3.12 or 3.13; found: $found." >&2
    echo "On Debian 12 or Ubuntu 24.04 or newer: sudo apt install python3 python3-venv" >&2
    echo "With a Python somewhere else: make PYTHON=/path/to/python3.13 ..." >&2
    exit 1
fi

# Debian and Ubuntu leave ensurepip out of python3: then a virtual environment comes without pip.
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "This Python cannot make virtual environments. Install: sudo apt install python$version-venv" >&2
    exit 1
fi

[ -x .venv/bin/python ] && fits .venv/bin/python || { rm -rf .venv; "$python" -m venv .venv; }
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
touch .venv/ready
