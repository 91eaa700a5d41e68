# make demo: the sample project, from nothing.   make test: the tests, browser included.   make lint: style, types, layers, words.
# make words: what the pages say, to their catalogs in ui/catalogs; then translate what is new there.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: demo test lint words format clean

demo: $(VENV)/installed
	$(BIN)/hexapla demo demo-project

test: $(VENV)/tested
	tests/install-programs
	$(BIN)/python -m pytest

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m ui.extraction --check
	$(BIN)/hexapla compile ./ui/catalogs --check

words: $(VENV)/installed
	$(BIN)/python -m ui.extraction
	for catalog in ui/catalogs/*/LC_MESSAGES/hexapla.po; do \
	    $(BIN)/hexapla update $$catalog ui/catalogs/hexapla.pot --in-place || exit; done

format: $(VENV)/tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(PIP) --editable '.[test,lint]'
	touch $@
