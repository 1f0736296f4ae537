#!/bin/sh
# Make the environment .venv-peers with the methods that are compared, and nlp.js beside its script. Runs from the top of the repository.
# Without Node.js the row of nlp.js in the table says so.
set -eu
if [ ! -x .venv-peers/bin/python ]; then
    .venv/bin/python -m venv .venv-peers
fi
if [ ! -e .venv-peers/ready ] || [ requirements-peers.txt -nt .venv-peers/ready ]; then
    .venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements-peers.txt
    touch .venv-peers/ready
fi
cd tools/learn/peers/nlpjs
if ! command -v npm >/dev/null 2>&1; then
    echo "nlp.js is left out of the comparison: it needs Node.js 20 or newer with npm." >&2
elif [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --silent --ignore-scripts --no-audit --no-fund
fi
