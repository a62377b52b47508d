# Everything a person types. The recipes install what they need; stamps in .make/ remember it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PATH := $(BIN):$(PATH)
NPM := npm --prefix web
CLIENT_SOURCES := $(shell find web -path web/node_modules -prune -o -type f -not -name 'openapi.json' -print 2>/dev/null)

.PHONY: help run test dev check fmt gen seed screens bench drill mutants setup build lock clean

help: ## say what can be typed
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: build ## set everything up and serve the workspace on http://localhost:8000
	@exec courtyard serve

test: setup build ## set everything up and pass all tests
	@scripts/test

dev: setup ## serve with reload on both sides, client on http://localhost:5173
	@scripts/dev

check: setup ## format, lint, types, import rules, schema drift
	@scripts/check

fmt: setup ## format both sides
	ruff format courtyard tests bench scripts tools
	ruff check --fix --quiet courtyard tests bench scripts tools
	$(NPM) run fmt

gen: setup ## write the client's types from the server's OpenAPI document
	courtyard openapi > web/openapi.json
	$(NPM) run gen

seed: setup ## fill the workspace of COURTYARD_DATA_DIR with two groups of named people
	courtyard seed

screens: setup build ## take every view at three widths, dark and light, into build/screens
	@scripts/chromium
	python -m tests.e2e.screens

bench: setup build ## measure this server beside a bare limit
	python -m bench

drill: setup build ## the full fault drills; figures go to docs/evidence.md by hand
	@scripts/clock
	pytest -m drill --full tests/drills

mutants: setup ## break every guard on purpose and see its test turn red
	@scripts/clock
	python scripts/mutants.py

setup: .make/python .make/node
build: courtyard/static/index.html

courtyard/static/index.html: .make/node $(CLIENT_SOURCES)
	$(NPM) run build

# Node comes from a wheel into the same virtual environment: nobody needs it installed.
.make/python: requirements-dev.lock pyproject.toml
	@mkdir -p .make
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.make/node: web/package-lock.json .make/python
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

lock: setup ## pin all packages anew, within the ranges of pyproject.toml
	@scripts/lock

clean: ## remove what was built, not the data
	rm -rf .make $(VENV) web/node_modules courtyard/static
