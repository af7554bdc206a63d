# Everything sets itself up: `make run` and `make test` need Python 3.12 or newer and make, nothing else.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test test-all install ui lint lock score benchmark clean

run: install ## bring the warehouse up to date with everything under raw/
	$(BIN)/newsledger run

test: install lint ## checks of style, types and architecture, then the fast tests
	$(BIN)/pytest -n 2 -m "not slow and not browser and not crash"

test-all: install lint ## all tests, the slow ones too (needs Debian's chromium for the browser tests)
	$(BIN)/pytest

install: $(STAMP) ## the environment alone: leaves .venv/bin/newsledger

ui: install ## open Dagster on this project
	$(BIN)/newsledger ui

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar sql

lock: ## resolve the dependencies again; the lock holds hashes and no addresses
	$(UV) pip compile -q --universal --no-strip-extras --generate-hashes --no-emit-index-url \
		--group dev pyproject.toml -o requirements.lock

score: install ## score the labelled sets in ../shared and add the figures to the record
	$(BIN)/python -m tests.measure.score_record

benchmark: install ## speed and memory over corpus articles in ../shared, added to the record
	$(BIN)/python -m tests.measure.benchmark

clean: ## remove the environment and everything that runs have made
	rm -rf $(VENV) .uv warehouse/batches warehouse/state warehouse/versions warehouse/current \
		warehouse/tables warehouse/newsledger.duckdb warehouse/.dagster

# Modules are compiled at once: a command starts in half the time, also where PYTHONDONTWRITEBYTECODE is set.
# uv finds or fetches the right Python by .python-version; where it is absent it is installed into .uv.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

$(STAMP): requirements.lock pyproject.toml .python-version
	@[ -x "$(UV)" ] || command -v $(UV) >/dev/null || { python3 -m venv .uv && .uv/bin/pip install -q uv; }
	[ -x $(BIN)/python ] || $(UV) venv -q --python "$$(cat .python-version)" $(VENV)
	$(UV) pip sync -q --python $(VENV) --require-hashes --compile-bytecode requirements.lock
	$(UV) pip install -q --python $(VENV) --no-deps -e .
	$(BIN)/python -m compileall -q pipelines
	touch $(STAMP)
