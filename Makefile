# make demo    a spec checked, compiled, drawn to a Parquet file, with a picture of its graph
# make test    every test
# make check   lint, types, import contracts, the wheel, the documentation
# make bench   our speed beside others', to build/bench (three quarters of an hour on a quiet machine)
# make battery  statistical tests of the random streams (a quarter of an hour on a quiet machine)
#
# Each sets up a virtual environment of its own in .venv first; nothing else is touched.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
WORKERS ?= 2
SPEC := specs/health/births.texr

.PHONY: demo test check bench battery format clean

demo: $(VENV)/.base
	$(BIN)/texrc check $(SPEC)
	$(BIN)/texrc show $(SPEC)
	mkdir -p build/demo
	$(BIN)/texrc compile $(SPEC) -o build/demo/births_sampler.py
	$(BIN)/texrc sample $(SPEC) -n 100000 --seed 7 -o build/demo/births.parquet
	$(BIN)/texrc graph $(SPEC) -o build/demo/births.svg
	$(BIN)/texrc sample $(SPEC) -n 5 --seed 7
	@echo
	@echo "The table is build/demo/births.parquet, the sampler build/demo/births_sampler.py,"
	@echo "the picture of the graph build/demo/births.svg. To go on with texrc: . .venv/bin/activate"

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/texrc format --check specs examples
	$(BIN)/python -m pytest -n $(WORKERS) tests/packaging tests/docs

bench: $(VENV)/.bench
	$(BIN)/python -m tests.bench $(BENCH)

battery: $(VENV)/.dev
	$(BIN)/python -m tests.battery $(BATTERY)

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/texrc format specs examples

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "texr needs Python 3.11, 3.12 or 3.13 with its venv module" \
	"(on Debian and Ubuntu: apt install python3 python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e .
	@touch $@

# torch goes first and by itself: a resolver that meets it among other needs may prefer another build.
$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) "$$(grep '^torch==' constraints.txt)"
	$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.base

$(VENV)/.bench: $(VENV)/.dev
	$(PIP) -e '.[dev,bench]'
	@touch $@
