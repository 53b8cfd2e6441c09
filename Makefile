# Two words are all a fresh machine needs: `make demo` and `make test`.
# Python 3.11 or newer and make must be there; the rest is installed into .venv from the lock, by hash.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do if $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$p; break; fi; done)
BIN := .venv/bin

.PHONY: demo test lint check bench lock clean

demo: .venv/ready
	@$(BIN)/parley demo

test: .venv/dev
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq chromium >/dev/null 2>&1; } \
	  || echo "No Chromium here, so the web app is not tested in a real browser: apt-get install chromium"
	@$(BIN)/python -c "import followthemoney" 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ftm.lock >/dev/null 2>&1 \
	  || echo "FollowTheMoney cannot be installed here, so its export is not tested: apt-get install libicu-dev pkg-config g++"
	@$(BIN)/python -m pytest

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

bench: .venv/dev
	@$(BIN)/python -m benchmarks.quality.gate
	@$(BIN)/python -m benchmarks.quality.outside

# Which extras are locked: what `make demo` installs, and what only tests need. `ftm` has a lock of its own, because
# PyICU is built from source: where that cannot be, everything else must still be tested.
RUNTIME := --extra postgres
TESTED := --extra spacy

# Remakes the locks; uv resolves for every platform and writes the hashes.
lock: .venv/dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(RUNTIME) --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(RUNTIME) $(TESTED) --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(RUNTIME) $(TESTED) --extra ftm -c requirements-dev.lock pyproject.toml -o requirements-ftm.lock

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Parley needs Python 3.11 or newer; none was found on PATH. Name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv .venv

# hatchling comes hashed from the lock, so that building Parley itself downloads nothing unchecked.
.venv/ready: .venv/bin/python requirements.lock pyproject.toml
	@test -e .venv/dev || { $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
	  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; }
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.lock pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/ready $@
