# The commands of the house; `make help` lists them.
PYTHON ?=
PY := .venv/bin/python

.PHONY: help run test test-all content model train evaluate audio intelligibility package deploy bench load soak review lint format clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

.venv/ready: requirements.txt tools/setup.sh
	@sh tools/setup.sh "$(PYTHON)"

run: .venv/ready ## talk with the skill in the terminal, or on the page whose address it prints
	@$(PY) -m simulator run

test: .venv/ready ## the tests that need Python only
	@$(PY) -m pytest -n 2 --dist worksteal -m "not all and not online"

test-all: .venv/ready ## the tests that need Node, a browser or infrastructure tools, in environments of their own
	@sh tools/setup_all.sh
	@$(PY) -m pytest -m all

content: .venv/ready ## check the content and compile it, and bring the interaction model up to date
	@$(PY) -m tools.content
	@$(PY) -m tools.interaction_model

model: .venv/ready ## the interaction model, the annotation set and the replays
	@$(PY) -m tools.interaction_model

train: .venv/ready ## learn the parameters of understanding from the utterances
	@sh tools/learn/setup.sh
	@.venv-train/bin/python -m tools.learn train

evaluate: .venv/ready ## measure understanding (GIVEN=file adds a set that is not in the repository; PEERS=keep leaves the table of methods)
	@sh tools/learn/setup.sh
ifneq ($(PEERS),keep)
	@sh tools/learn/peers/setup.sh
	@OMP_NUM_THREADS=1 .venv-peers/bin/python -m tools.learn peers
endif
	@.venv-train/bin/python -m tools.learn evaluate $(if $(GIVEN),--given $(GIVEN))

audio: .venv/ready ## render what is said as MP3 (ENGINE=gtts|kokoro|mbrola|piper|espeak, RECORDINGS=folder of a human voice)
	@sh tools/audio/setup.sh
	@.venv-audio/bin/python -m tools.audio $(if $(ENGINE),--engine $(ENGINE)) $(if $(RECORDINGS),--recordings $(RECORDINGS))

intelligibility: .venv/ready ## let a speech recogniser write down the audio, and count what it misheard (TAKES=1: choose takes of help numbers)
	@sh tools/audio/setup.sh
	@.venv-audio/bin/python -m tools.intelligibility $(if $(TAKES),--takes)

package: .venv/ready ## the function's zip, the skill package and the audio for upload, under build/
	@$(PY) -m tools.package

deploy: .venv/ready ## deploy a clean, green main, after saying what will change
	@PATH="$(CURDIR)/.venv-deploy/bin:$$PATH" $(PY) -m tools.deploy

bench: .venv/ready ## what a turn costs beside hello-world; writes docs/performance.md
	@$(PY) -m benchmarks

load: .venv/ready ## 200 signed requests a second for a minute against the web service
	@$(PY) -m benchmarks.load

review: .venv/ready ## each answer beside the paragraph it stands on (PAGE=file with the page's text)
	@$(PY) -m tools.review $(PAGE)

soak: .venv/ready ## hours of requests, conversations and turns
	@$(PY) -m tools.soak requests && $(PY) -m tools.soak conversations && $(PY) -m tools.soak turns

lint: .venv/ready ## ruff and mypy
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

format: .venv/ready ## let ruff format the code
	@$(PY) -m ruff check --fix . && $(PY) -m ruff format .

clean: ## remove what was built and installed here
	rm -rf .venv .venv-* build .pytest_cache .mypy_cache .ruff_cache .hypothesis
