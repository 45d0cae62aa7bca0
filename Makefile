# Two commands for people: `make run` starts everything on this machine, `make test` checks everything.
# Both make .venv first and install what the lock files say, nothing else. PYTHON chooses another interpreter.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := --require-hashes --requirement

.DEFAULT_GOAL := help
.PHONY: help run test lint types contracts check-lock lock docs screenshot bench-reading fuzz clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run ## start Jumpline on this machine: inbox, worker, beat, dashboard
	@$(BIN)/jumpline up

test: $(VENV)/.test lint types contracts ## lint, types, architecture contracts and all tests
	$(BIN)/pytest

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

contracts: $(VENV)/.test
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.test ## write docs/rules.md and docs/settings.md anew from the code
	$(BIN)/python -m tests.write_docs

screenshot: $(VENV)/.test ## take the README's picture of the dashboard anew (needs Chromium)
	$(BIN)/python -m tests.screenshot

bench-reading: $(VENV)/.test ## how well and how fast pages are read (ARGS="--show 5" prints misses)
	$(BIN)/python -m tests.bench_reading $(ARGS)

fuzz: $(VENV)/.test ## hold the reading against 10,000 damaged files
	$(BIN)/python -m tests.fuzz_reading $(ARGS)

lock: ## resolve the lock files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra test --constraint requirements.lock pyproject.toml --output-file tests/requirements.lock

clean: ## remove .venv (never the data in var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Jumpline needs Python 3.11 or newer; $(PYTHON) is older. Say which to use: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# An installation is stamped, so that the second `make run` starts at once.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@[ -e $(VENV)/.test ] || { echo "Installing (once, about a minute) ..." && $(PIP) install $(LOCKED) requirements.lock; }
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: tests/requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the tests need ..."
	@$(PIP) install $(LOCKED) tests/requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
