#!/bin/sh
# Tool environments for `make test-all`, each in its own place. What is missing on the machine is said, with how to install it.
set -eu

if ! command -v npm >/dev/null 2>&1; then
    echo "make test-all needs Node.js 20 or newer with npm. On Debian or Ubuntu: sudo apt install nodejs npm" >&2
    exit 1
fi
(cd tools/schemas && npm ci --silent --ignore-scripts --no-audit --no-fund)
