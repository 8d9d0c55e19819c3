# Each target does its whole set-up itself.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: help serve dev reset test lab check postgresql storage fuzz browser servers chaos clients bench clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: .venv/run  ## the site on http://127.0.0.1:8086
	$(BIN)/python app.py

dev: .venv/all  ## the same, started again whenever a file changes
	$(BIN)/watchfiles "$(BIN)/python app.py" app.py config.py classroom commands lab metrics models routes seed views

reset: .venv/run  ## the sample rows again; keeps a copy of the old database
	$(BIN)/python -m seed

test: .venv/all  ## all tests, and how much of the code they reach
	$(BIN)/python -m pytest --cov -n auto

lab: .venv/all  ## all tests again, while the lab records what each site does: it must change nothing
	$(BIN)/python -m pytest --lab -n auto

check: .venv/all  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

postgresql: .venv-postgresql/all  ## the tests that need PostgreSQL; TEST_DATABASE_URL says where, and that database is emptied
	.venv-postgresql/bin/python -m pytest tests/postgresql

storage: .venv-storage/all  ## pictures in a bucket: on a server of objects, also when it is away, and when the site is killed
	.venv-storage/bin/python -m pytest -rfEs -n auto tests/storage

fuzz: .venv-fuzz/all  ## whether the API keeps to its own description, whatever is sent; about half a minute
	.venv-fuzz/bin/python -m pytest tests/fuzz -n auto

browser: .venv-browser/all  ## the pages in the system's own Chromium; skipped, with the reason, where there is none
	.venv-browser/bin/python -m pytest -rfEs -n auto tests/browser

servers: .venv-servers/all  ## the site on other WSGI servers, behind nginx and Caddy where these are installed, and on PostgreSQL where TEST_DATABASE_URL says so
	.venv-servers/bin/python -m pytest -rfEs tests/servers

chaos: .venv-chaos/all  ## nodes of PostgreSQL, sites and storage die under load, and nothing acknowledged is lost; minutes
	.venv-chaos/bin/python -m pytest -rfEs -s -p no:cacheprovider tests/chaos $(ARGS)

clients: .venv-clients/all  ## whether clients that others' programs make from the description work; needs node and Java
	.venv-clients/bin/python -m pytest -p no:cacheprovider tests/clients

bench: .venv-benchmarks/all  ## the site side by side with others, under load from wrk; ARGS=--help tells what can be chosen
	.venv-benchmarks/bin/python -m benchmarks $(ARGS)

clean:  ## what the other targets made, but never the data
	rm -rf .venv .venv-benchmarks .venv-browser .venv-chaos .venv-clients .venv-fuzz .venv-postgresql .venv-servers .venv-storage .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache tests/clients/node_modules tests/storage/node_modules

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv

.venv-postgresql/all: tests/postgresql/requirements.txt tests/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-postgresql
	.venv-postgresql/bin/python -m pip install --quiet --disable-pip-version-check -r tests/postgresql/requirements.txt
	@touch $@

.venv-storage/all: tests/storage/requirements.txt tests/storage/package.json tests/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-storage
	.venv-storage/bin/python -m pip install --quiet --disable-pip-version-check -r tests/storage/requirements.txt
	if command -v npm; then npm --prefix tests/storage install --no-package-lock --no-audit --no-fund; fi
	@touch $@

.venv-fuzz/all: tests/fuzz/requirements.txt tests/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-fuzz
	.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check -r tests/fuzz/requirements.txt
	@touch $@

.venv-browser/all: tests/browser/requirements.txt tests/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-browser
	.venv-browser/bin/python -m pip install --quiet --disable-pip-version-check -r tests/browser/requirements.txt
	@touch $@

.venv-servers/all: tests/servers/requirements.txt tests/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-servers
	.venv-servers/bin/python -m pip install --quiet --disable-pip-version-check -r tests/servers/requirements.txt
	@touch $@

.venv-chaos/all: tests/chaos/requirements.txt tests/storage/requirements.txt tests/postgresql/requirements.txt tests/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-chaos
	.venv-chaos/bin/python -m pip install --quiet --disable-pip-version-check -r tests/chaos/requirements.txt
	@touch $@

.venv-clients/all: tests/clients/requirements.txt tests/clients/package.json tests/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-clients
	.venv-clients/bin/python -m pip install --quiet --disable-pip-version-check -r tests/clients/requirements.txt
	npm --prefix tests/clients install --no-package-lock --no-audit --no-fund
	@touch $@

.venv-benchmarks/all: benchmarks/requirements.txt requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-benchmarks
	.venv-benchmarks/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/all: tests/requirements.txt .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@
