# Each command sets up what it needs first. A second run finds that done and costs a fraction of a second.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) -m gis_platform.bootstrap
ARGS ?=

.PHONY: help run test qgis-test lint bench bench-peers clean
.DEFAULT_GOAL := help

help:
	@echo "make run    set up, start the database, load the demo city, serve http://127.0.0.1:8000"
	@echo "make test   set up, then all tests, browser tests included (ARGS='-k parcels' picks some,"
	@echo "            ARGS='-n 0' runs them one by one)"
	@echo "make qgis-test  QGIS, which you install yourself, reads the small demo city over the API"
	@echo "make lint   style, formatting and types"
	@echo "make bench  the table of benchmarks; make bench-peers installs servers to compare with"
	@echo "make clean  stop the database and remove everything the other commands made, data included"

# exec: Ctrl-C reaches the server alone, which stops the database and leaves with 0.
run:
	@exec $(BOOTSTRAP) run -- .venv/bin/gis-platform run $(ARGS)

test:
	@exec $(BOOTSTRAP) test -- .venv/bin/python -m pytest -n auto $(ARGS)

qgis-test:
	@exec $(BOOTSTRAP) test -- .venv/bin/python -m pytest tests/clients/qgis/desktop.py $(ARGS)

lint:
	@$(BOOTSTRAP) run
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

bench:
	@exec $(BOOTSTRAP) run -- .venv/bin/python -m tests.bench $(ARGS)

bench-peers:
	@exec $(BOOTSTRAP) run -- .venv/bin/python -m tests.bench.peers.install

# Only what lies in this folder: a data folder elsewhere (GIS_DATA_DIR) is yours to remove.
clean:
	@$(PYTHON) -m gis_platform.cluster remove .data
	@$(PYTHON) -m gis_platform.cluster remove .data-test
	@for city in .data-test/gw*/ .data-bench/*/; do [ ! -d "$$city" ] || $(PYTHON) -m gis_platform.cluster remove "$$city"; done
	@rm -rf .venv .venv-peers node_modules .data .data-test .data-bench .bootstrap.log .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis test-results *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
