# The commands of the house; `make help` lists them.
PYTHON ?=
PY := .venv/bin/python

.PHONY: help run test test-all content model train evaluate lint format clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

.venv/ready: requirements.txt tools/setup.sh
	@sh tools/setup.sh "$(PYTHON)"

run: .venv/ready ## talk with the skill in the terminal
	@$(PY) -m simulator run

test: .venv/ready ## the tests that need Python only
	@$(PY) -m pytest -m "not all and not online"

test-all: .venv/ready ## the tests that need Node or other tools, in environments of their own
	@sh tools/setup_all.sh
	@$(PY) -m pytest -m all

content: .venv/ready ## check the content and compile it; then bring what is made from it up to date
	@$(PY) -m tools.content
	@$(PY) -m tools.interaction_model

model: .venv/ready ## the interaction model, the annotation set and the replays
	@$(PY) -m tools.interaction_model

train: .venv/ready ## learn the parameters of understanding from the utterances
	@sh tools/learn/setup.sh
	@.venv-train/bin/python -m tools.learn train

evaluate: .venv/ready ## measure understanding (GIVEN=file adds a set that is not in the repository)
	@sh tools/learn/setup.sh
	@.venv-train/bin/python -m tools.learn evaluate $(if $(GIVEN),--given $(GIVEN))

lint: .venv/ready ## ruff and mypy
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

format: .venv/ready ## let ruff format the code
	@$(PY) -m ruff check --fix . && $(PY) -m ruff format .

clean: ## remove what was built and installed here
	rm -rf .venv .venv-* build .pytest_cache .mypy_cache .ruff_cache .hypothesis
