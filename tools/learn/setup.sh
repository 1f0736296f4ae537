#!/bin/sh
# Make the environment .venv-train with what `make train` and `make evaluate` need. Runs from the top of the repository.
set -eu
if [ ! -x .venv-train/bin/python ]; then
    .venv/bin/python -m venv .venv-train
fi
if [ ! -e .venv-train/ready ] || [ requirements-train.txt -nt .venv-train/ready ]; then
    .venv-train/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements-train.txt
    touch .venv-train/ready
fi
