# Vigil: `make run` and `make test` do all set-up themselves.
MAP ?=
CITY ?=
DATA ?= var
PORT ?= 8115
DEMO_SPEED ?= 1
SEED ?= 115
STRIKES ?= 1100
BROKERS ?= 1
# Tests run in so many processes, twice as many as most machines have cores: they wait more than they work. The
# tests of one file stay together.
JOBS ?= 4
# Where the machine has no fitting Node, setup put one into the environment.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PY = .venv/bin/python
# Two at a time, each telling what it found when it has ended: they need one core each.
BESIDE = $(MAKE) --no-print-directory --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
VIGIL = .venv/bin/vigil

.PHONY: help setup run test test-all chaos lint lint-python lint-console units-console bench browser browser-load wire clean

help:
	@echo "make run                 set up, then open Vigil with a simulated city on http://127.0.0.1:$(PORT)"
	@echo "make run MAP=file.osm.pbf  the same on your own OpenStreetMap extract"
	@echo "make test                set up, then check types, imports and style, and run the tests"
	@echo "make test-all            the longer suites too"
	@echo "make chaos               strike a whole installation at random (SEED=115 STRIKES=1100 BROKERS=1)"
	@echo "make browser-load        a desk in a flood: 2,000 units, 50 facts a second (VIGIL_LOAD_MINUTES=10); var/browser-load.json"
	@echo "make setup | lint | bench | wire | clean"

setup:
	@scripts/setup

run: setup
	@$(VIGIL) up --demo --demo-speed $(DEMO_SPEED) --data $(DATA) --port $(PORT) $(if $(MAP),--map $(MAP)) $(if $(CITY),--city $(CITY))

test: setup
	@scripts/test-needs
	@$(BESIDE) lint-python lint-console units-console
	@$(PY) -m pytest -q -m "not slow" -n $(JOBS) --dist loadfile --durations=12
	@VIGIL_SHORT=1 $(MAKE) --no-print-directory browser

test-all: setup
	@scripts/test-needs
	@$(BESIDE) lint-python lint-console units-console
	@$(PY) -m pytest -q --hypothesis-profile=other
	@VIGIL_EVERY=1 $(MAKE) --no-print-directory browser

chaos: setup
	@scripts/test-needs
	@$(PY) -m tests.chaos --seed $(SEED) --strikes $(STRIKES) --brokers $(BROKERS) --json var/chaos.json

lint:
	@$(BESIDE) lint-python lint-console

lint-python:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

lint-console:
	@npm run --silent --prefix console lint

units-console:
	@npm run --silent --prefix console test

browser:
	@chromium=$$(command -v chromium || command -v chromium-browser || command -v google-chrome || true); \
	if [ -n "$$chromium" ]; then CHROMIUM=$$chromium npm run --silent --prefix console test:browser; \
	else echo "Browser tests skipped: there is no Chromium on this machine."; fi

browser-load: setup
	@npm run --silent --prefix console build > /dev/null
	@CHROMIUM=$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser || command -v google-chrome)} npm run --silent --prefix console test:load

bench: setup
	@$(VIGIL) bench api --json var/bench-api.json

wire: setup
	@$(VIGIL) openapi --out console/openapi.json
	@npm run --silent --prefix console wire

clean:
	rm -rf .venv .kafka console/node_modules console/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
