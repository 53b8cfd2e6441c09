# Two words are all a fresh machine needs: `make demo` and `make test`.
# Python 3.11 or newer and make must be there; the rest is installed into .venv from the lock, by hash.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do if $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$p; break; fi; done)
BIN := .venv/bin

.PHONY: demo test lint check bench lock clean docs dist audit sbom hadolint release

demo: .venv/ready
	@$(BIN)/parley demo

test: .venv/dev
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq chromium >/dev/null 2>&1; } \
	  || echo "No Chromium here, so the web app is not tested in a real browser: apt-get install chromium"
	@$(BIN)/python -c "import followthemoney" 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ftm.lock >/dev/null 2>&1 \
	  || echo "FollowTheMoney cannot be installed here, so its export is not tested: apt-get install libicu-dev pkg-config g++"
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

bench: .venv/dev
	@$(BIN)/python -m benchmarks.quality.gate
	@$(BIN)/python -m benchmarks.quality.outside
	@$(BIN)/python -m benchmarks.quality.across

# Which extras are locked: what `make demo` installs, and what only tests need. `ftm` has a lock of its own, because
# PyICU is built from source: where that cannot be, everything else must still be tested.
RUNTIME := --extra postgres
TESTED := --extra spacy --extra ray

# Remakes the locks; uv resolves for every platform and writes the hashes.
lock: .venv/dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(RUNTIME) --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(RUNTIME) $(TESTED) --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(RUNTIME) $(TESTED) --extra ftm -c requirements-dev.lock pyproject.toml -o requirements-ftm.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group release -o requirements-release.lock

# What a release needs beside the tests. Its tools live apart, in .venv-release, so that they are no part of what is tested.
RELEASE := .venv-release/bin

release: lint dist docs hadolint sbom audit

dist: .venv/dev
	@rm -f dist/*.whl dist/*.tar.gz
	@$(BIN)/python -m hatchling build -d dist >/dev/null
	@ls -l dist/*.whl dist/*.tar.gz | awk '{print $$9 ": " int($$5/100000)/10 " MB"}'

# pages that open from the file system and load nothing from elsewhere
docs: .venv-release/ready
	@NO_MKDOCS_2_WARNING=1 $(RELEASE)/mkdocs build --strict --quiet
	@echo "dist/docs/index.html"

hadolint: .venv-release/ready
	$(RELEASE)/hadolint Dockerfile

# a bill of what requirements.lock installs, CycloneDX JSON
sbom: .venv-release/ready
	@mkdir -p dist
	@$(RELEASE)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --mc-type application --output-reproducible --of JSON -o dist/parley-ledger.cdx.json 2>/dev/null
	@echo "dist/parley-ledger.cdx.json"

audit: .venv-release/ready
	@$(RELEASE)/python -m release.audit $(RELEASE)/pip-audit requirements.lock

.venv-release/ready: requirements-release.lock .venv/bin/python
	@$(BIN)/python -m venv .venv-release
	@$(RELEASE)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-release.lock
	@touch $@

clean:
	rm -rf .venv .venv-release dist .mypy_cache .ruff_cache .pytest_cache

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
