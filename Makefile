# Two commands: `make crawl` and `make test`.  Each sets up what it needs; run again, they start at once.
SHELL := /bin/bash
# Everything is relative to this folder (`make -C` goes there), so that its path may hold spaces.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH := .venv-bench
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP_INSTALL := pip --disable-pip-version-check -qq install
ARGS ?=
DATA ?= ../shared/wcxb/dev ../shared/fundus/dev
DIRTY ?= ../shared/dirty-dev

.PHONY: crawl test lint schema lock bench train clean
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
	@"$(BIN)/python" -m $(PIP_INSTALL) uv && "$(BIN)/uv" pip compile pyproject.toml --extra dev --universal \
		--python-version 3.11 --generate-hashes --no-header --upgrade --quiet -o requirements.lock
	@"$(BIN)/uv" pip compile pyproject.toml --extra bench --universal --python-version 3.11 --generate-hashes --no-header \
		--constraint requirements.lock --override bench/overrides.txt --upgrade --quiet -o requirements-bench.lock

bench: $(BENCH)/.ready  ## measure against other systems on DATA (folders, no spaces in them); ARGS="--limit 20" is quick
	@"$(BENCH)/bin/python" -m bench $(ARGS) --dirty $(DIRTY) -- $(DATA)

train: $(BENCH)/.ready  ## cross-validate on DATA, then fit clearwell/extraction/model.npz to it; about 15 minutes
	@"$(BENCH)/bin/python" -m bench.train $(ARGS) $(DATA)

clean:  ## remove what crawling and installing left here
	rm -rf "$(VENV)" "$(BENCH)" bench/predictions store output/articles output/rejected output/articles.jsonl output/manifest.json

# The file appears last: an installation that was cut off starts over.
$(BENCH)/.ready: LOCK := requirements-bench.lock
$(READY): LOCK := requirements.lock
$(BENCH)/.ready: requirements-bench.lock
$(READY) $(BENCH)/.ready: requirements.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Clearwell needs Python 3.11 or later; none was found" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11; set PYTHON=" >&2; exit 2; }
	@echo "Setting up $(CURDIR)/$(@D) (once, about a minute) ..." >&2
	@"$(PYTHON)" -m venv --clear "$(@D)" >/dev/null 2>&1 || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null \
		&& "$(PYTHON)" -m venv --clear "$(@D)"; } || { echo "python3 -m venv failed; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@"$(@D)/bin/python" -m $(PIP_INSTALL) --upgrade pip  # the stock pip of 3.11 fails on some extras
	@"$(@D)/bin/python" -m $(PIP_INSTALL) --no-deps --require-hashes -r $(LOCK)  # the lock is complete
	@"$(@D)/bin/python" -m $(PIP_INSTALL) --no-deps --editable .
	@touch "$@"
