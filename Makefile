# Two commands: `make crawl` and `make test`.  Each sets up what it needs; run again, they start at once.
SHELL := /bin/bash
# Everything is relative to this folder (`make -C` goes there), so that its path may hold spaces.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
ARGS ?=

.PHONY: crawl test lint schema lock clean
.DEFAULT_GOAL := test

crawl: $(READY)  ## the sample site, or ARGS: a site, an address, a file of addresses
	@if [ -n '$(ARGS)' ]; then "$(BIN)/clearwell" crawl $(ARGS); else "$(BIN)/python" -m samples.demo; fi

test: $(READY)  ## all tests
	@"$(BIN)/python" -m pytest -q -n auto $(ARGS)

lint: $(READY)  ## ruff, its formatter, mypy
	@"$(BIN)/ruff" check . && "$(BIN)/ruff" format --check . && "$(BIN)/mypy"

schema: $(READY)  ## write output/schema/article.schema.json from the types
	@"$(BIN)/clearwell" schema > output/schema/article.schema.json

lock: $(READY)  ## find the newest versions pyproject.toml allows and lock them
	@$(PIP) install uv && "$(BIN)/uv" pip compile pyproject.toml --extra dev --universal \
		--python-version 3.11 --generate-hashes --no-header --upgrade --quiet -o requirements.lock

clean:  ## remove what crawling and installing left here
	rm -rf "$(VENV)" store output/articles output/rejected output/articles.jsonl output/manifest.json

# The file appears last: an installation that was cut off starts over.
$(READY): requirements.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Clearwell needs Python 3.11 or later; none was found" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11; set PYTHON=" >&2; exit 2; }
	@echo "Setting up $(CURDIR)/$(VENV) (once, about a minute) ..." >&2
	@"$(PYTHON)" -m venv --clear "$(VENV)" >/dev/null 2>&1 || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null \
		&& "$(PYTHON)" -m venv --clear "$(VENV)"; } || { echo "python3 -m venv failed; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@$(PIP) install --upgrade pip  # the stock pip of 3.11 fails on some extras
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch "$@"
