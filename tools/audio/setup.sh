#!/bin/sh
# Make the environment .venv-audio with the neural voice and the recogniser, and fetch the voice's weights. Runs from the top of the repository.
set -eu
if [ ! -x .venv-audio/bin/python ]; then
    .venv/bin/python -m venv .venv-audio
fi
if [ ! -e .venv-audio/ready ] || [ requirements-audio.txt -nt .venv-audio/ready ]; then
    .venv-audio/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements-audio.txt
    touch .venv-audio/ready
fi
# Without the weights the other engines still speak, and clips that Kokoro made stay as they are.
.venv-audio/bin/python -m tools.audio.fetch_kokoro --if-missing || true
