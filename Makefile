# Everything sets itself up: `make run` and `make test` need Python 3.12 or newer and make, nothing else.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: reader run test test-all install dev ui lint lock score gate gate-accept benchmark clean

run: install ## bring the warehouse up to date with everything under raw/
	$(BIN)/newsledger run

test: dev lint ## checks of style, types and architecture, then the fast tests
	$(BIN)/pytest -n 2 -m "not slow and not browser and not crash"

test-all: dev lint ## all tests, the slow ones too (needs Debian's chromium for the browser tests)
	$(BIN)/pytest

install: $(STAMP) ## the environment of the main job alone: leaves .venv/bin/newsledger; EXTRAS=postgres,s3,gcs,pdf,ray adds to it

dev: $(DEV_STAMP) ## the same with the tools of tests and checks

ui: install ## open Dagster on this project
	$(BIN)/newsledger ui

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar sql

lock: ## resolve the dependencies again; the locks hold hashes and no addresses
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(COMPILE) --all-extras -c requirements.lock pyproject.toml -o requirements-extras.lock

score: dev ## score the labelled sets in ../shared and add the figures to the record
	$(BIN)/python -m tests.measure.score_record

reader: dev ## train the reader anew from the labels and write a release (two hours; torch in an environment of its own); STOP=, ARGS=: see the script
	bash training/reader/make_release.sh $(ARGS)

gate: dev ## score the labelled sets in ../shared and fail where a figure has fallen by more than noise
	$(BIN)/python -m tests.measure.gate

gate-accept: dev ## accept the figures of today as those that the gate holds (tests/measure/gates.toml)
	$(BIN)/python -m tests.measure.gate --accept

benchmark: dev ## what runs and marts cost, part by part, beside the libraries alone, over corpus articles in ../shared; added to the record
	$(BIN)/python -m tests.measure.benchmark

clean: ## remove the environment and everything that runs have made
	rm -rf $(VENV) .uv warehouse/batches warehouse/state warehouse/versions warehouse/current \
		warehouse/tables warehouse/newsledger.duckdb warehouse/.dagster

# Modules are compiled at once: a command starts in half the time, also where PYTHONDONTWRITEBYTECODE is set.
# uv finds or fetches the Python of .python-version, which is the one that CI tests; a machine that has none and can fetch none takes
# what it has from 3.12 on. Where uv is absent it is installed into .uv.
# On a busy machine a file takes longer than uv's minute to compile: that is no fault.
export UV_COMPILE_BYTECODE_TIMEOUT := 600
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

COMPILE = $(UV) pip compile -q --universal --no-strip-extras --generate-hashes --no-emit-index-url

# What was installed with the tools of tests keeps them when the main job's lock moves.
$(STAMP): requirements.lock pyproject.toml .python-version
	$(call set_up,$(if $(wildcard $(BIN)/pytest),requirements-dev.lock,requirements.lock))
	touch $@

$(DEV_STAMP): requirements-dev.lock pyproject.toml .python-version
	$(call set_up,requirements-dev.lock)
	touch $(STAMP) $@

define set_up
	@[ -x "$(UV)" ] || command -v $(UV) >/dev/null || { python3 -m venv .uv && .uv/bin/pip install -q uv; }
	[ -x $(BIN)/python ] || $(UV) venv -q --python "$$(cat .python-version)" $(VENV) || $(UV) venv -q --python '>=3.12' $(VENV)
	$(UV) pip sync -q --python $(VENV) --require-hashes --compile-bytecode $(1)
	$(if $(EXTRAS),$(UV) pip install -q --python $(VENV) -c requirements-extras.lock --compile-bytecode -e '.[$(EXTRAS)]')
	$(if $(filter requirements.lock,$(1)),$(BIN)/python deploy/slim.py)
	$(UV) pip install -q --python $(VENV) --no-deps -e .
	$(BIN)/python -m compileall -q pipelines
endef
