# make setup    everything needed to work here: .venv, and LibreOffice for the tests
# make demo     audit the sample maps into demo-output/
# make test     the tests            make check      ruff, mypy, import-linter
# make bench    the speed figures    make templates  the workbooks to download
# make samples  the sample maps      make lock       the requirements files
# make clean    remove what the above leave behind, except .venv

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup office demo test check bench templates samples lock clean

BIN := .venv/bin
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $(name))))
OFFICE := libreoffice-calc libreoffice-writer python3-uno poppler-utils \
	fonts-crosextra-carlito fonts-liberation

help:
	@sed -n 's/^# //p' Makefile

setup: .venv/installed office

.venv/installed: requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; found: $$(python3 --version 2>&1)"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null || .ci/apt-install python3-venv
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The tests recalculate the workbooks in LibreOffice and look at the pages it prints.
office:
	@.ci/apt-install $(OFFICE)

demo: .venv/installed
	@status=0; $(BIN)/provision-costing audit sample_maps --policy waltham-forest --out demo-output || status=$$?; \
	if ((status > 1)); then exit $$status; fi
	@echo "The samples hold planted errors, and the audit has found them. Open demo-output/audit.xlsx to read them."

test: .venv/installed office
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict .
	$(BIN)/lint-imports

bench: .venv/installed
	$(BIN)/python -m benchmarks

templates: .venv/installed
	$(BIN)/python workbook_templates/build.py

samples: .venv/installed
	$(BIN)/python sample_maps/build.py

LOCK := $(BIN)/uv pip compile -q $(OPTIONS) --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	--custom-compile-command "make lock" pyproject.toml

# Versions stay as they are unless a list in pyproject.toml changed; `make lock OPTIONS=--upgrade` raises them all.
lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra excel --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf build dist demo-output *.egg-info .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
