# Two commands for everyone: `make demo` and `make test`. The rest is for those who build.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
export VALLEY_HOME ?= $(CURDIR)/var/demo

.PHONY: demo test check format words bench clean

demo: $(VENV)/installed  ## Environment, install, database, demo region, server; prints the address
	$(BIN)/valley demo --port $(PORT)

test: $(VENV)/installed-dev  ## Everything that needs no extra server
	env -u VALLEY_HOME $(BIN)/python -m pytest -m "not browser and not server" -n 2 --dist loadfile $(TESTS)

check: $(VENV)/installed-dev  ## Style, types, contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

words: $(VENV)/installed-dev  ## Gather texts, merge the Dutch, compile
	$(BIN)/python docs/words.py

bench: $(VENV)/installed-dev
	for file in bench/*.py; do $(BIN)/python $$file || exit 1; done

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) var build dist
