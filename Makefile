# The only entry point: `make` lists every command.
SHELL := /bin/bash
.DEFAULT_GOAL := help
LOCK ?= core
PYTHON := .venv/bin/python
PYTEST := SYNCHROMESH_ENVIRONMENT=test $(PYTHON) -m pytest

.PHONY: style beside-types ready-for-tests help setup setup-dev run demo test check lint types contracts fix browser bench bench-matching vc-api system-packages messages clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1|\2/' | column -t -s '|'

setup: ## build .venv from a hashed lock (LOCK=core, full or dev)
	@scripts/setup $(LOCK)

setup-dev:
	@scripts/setup dev

run: setup ## set up and serve on http://localhost:8000
	@exec .venv/bin/synchromesh run $(if $(PORT),--port $(PORT))

demo: setup ## load example content and make new passwords for the demo accounts
	@.venv/bin/python manage.py migrate -v 0
	@.venv/bin/synchromesh starter load
	@.venv/bin/synchromesh demo load
	@.venv/bin/synchromesh demo accounts --renew

test: setup-dev ## set up and pass the tests, without a browser, on SQLite
	$(PYTEST) -n 2 -m "not browser" tests

# Tests, the product and its commands start many processes: each module is compiled once for all of them.
check: export PYTHONDONTWRITEBYTECODE =
check: setup-dev ## all of CI: lint, types, contracts, tests on both databases, browser
	@$(MAKE) --no-print-directory -j2 types beside-types
	@scripts/check

beside-types: style ready-for-tests

style: lint contracts

ready-for-tests: setup-dev ## what the tests need from outside, and the tests compiled
	@scripts/system-packages
	@scripts/verifier-core
	@$(PYTEST) -q -n 0 --collect-only tests >/dev/null || true

lint: setup-dev ## style of code, templates and words
	.venv/bin/ruff check src tests benchmarks
	.venv/bin/ruff format --check src tests benchmarks
	.venv/bin/djlint src/synchromesh/web/templates --lint --quiet
	.venv/bin/codespell src docs starter README.md CONTRIBUTING.md CHANGELOG.md SECURITY.md

types: setup-dev ## mypy --strict
	.venv/bin/mypy

contracts: setup-dev ## layers, migrations, settings of Django
	.venv/bin/lint-imports
	SYNCHROMESH_ENVIRONMENT=test $(PYTHON) manage.py makemigrations --check --dry-run
	SYNCHROMESH_ENVIRONMENT=test $(PYTHON) manage.py check --fail-level WARNING

fix: setup-dev ## mend what can be mended by a program
	.venv/bin/ruff check --fix src tests benchmarks
	.venv/bin/ruff format src tests benchmarks

browser: setup-dev system-packages ## all browser tests, in both themes and both widths, with new pictures for the docs
	SYNCHROMESH_BROWSER=all $(PYTEST) -m browser tests/browser

bench: setup-dev ## benchmarks; they print ratios and assert nothing
	PYTHONPATH=src $(PYTHON) -m benchmarks.planning
	PYTHONPATH=src $(PYTHON) -m benchmarks.esco
	PYTHONPATH=src $(PYTHON) -m benchmarks.completion
	PYTHONPATH=src $(PYTHON) -m benchmarks.credentials
	PYTHONPATH=src:. $(PYTHON) -m benchmarks.credentials.addresses
	PYTHONPATH=src $(PYTHON) -m benchmarks.pages

bench-matching: setup-dev ## quality and speed of matching on validation sets; needs data beside the repository
	PYTHONPATH=src $(PYTHON) -m benchmarks.matching

vc-api: setup-dev ## serve issuing and checking on loopback for W3C's suites; PORT=8443
	@PYTHONPATH=src:. $(PYTHON) -m tests.conformance.vc_api $(if $(PORT),--port $(PORT))

messages: setup-dev system-packages ## update the translation files
	@scripts/messages

system-packages: ## what the tests need from Debian: PostgreSQL 15, Chromium, gettext and hunspell
	@scripts/system-packages

clean: ## remove everything that was made here, data included
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache
