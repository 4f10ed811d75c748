# Every target with a `##` is listed by `make help`. State of `make up` lives in .atrium/, what is built in build/.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
TESTKIT := $(BIN)/python -m atrium_testkit
SERVICES := gateway projects files threads reports
PACKAGES := $(wildcard libs/*/src services/*/src)
UNIT := $(wildcard libs/*/tests/unit services/*/tests/unit)
INTEGRATION := $(wildcard libs/*/tests/integration services/*/tests/integration)

.DEFAULT_GOAL := help
.PHONY: help install up down reset sign-in token test test-unit test-integration test-isolation test-resilience test-e2e \
  chromium assets check check-format check-types check-imports check-schemas check-openapi check-settings check-translations \
  bench fmt lock schemas openapi settings images chart pictures pictures-accept

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9%-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.ready: requirements/dev.txt tools/install.py $(wildcard libs/*/pyproject.toml services/*/pyproject.toml)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say where it is: make PYTHON=/path/to/python …" >&2; exit 1; }
	@$(PYTHON) tools/install.py

install: .venv/.ready ## create .venv with everything that is locked

assets: .venv/.ready
	@$(TESTKIT) build

## — running —
up: .venv/.ready ## start everything here, seed the demo, print addresses and sign-in links (DETACH=1: return once ready)
	@$(TESTKIT) up $(if $(DETACH),--detach)

down: ## stop what `up` started; data stay
	@if [ -x $(BIN)/python ]; then $(TESTKIT) down; fi

reset: ## stop, and delete the local data
	@if [ -x $(BIN)/python ]; then $(TESTKIT) reset; else rm -rf .atrium; fi

sign-in: .venv/.ready ## PERSON=<e-mail>: print a fresh one-time sign-in link
	@test -n "$(PERSON)" || { echo "Say who: make sign-in PERSON=nora@nordwind.example" >&2; exit 2; }
	@$(TESTKIT) sign-in "$(PERSON)"

token: .venv/.ready ## PERSON=<e-mail>: print an API token, and nothing else
	@test -n "$(PERSON)" || { echo "Say whose: make token PERSON=nora@nordwind.example" >&2; exit 2; }
	@$(TESTKIT) token "$(PERSON)"

## — testing —
# The parts one after the other: on two cores they would only disturb each other's clocks.
test: .venv/.ready ## all tests, on free ports with their own data
	@$(MAKE) --no-print-directory test-unit
	@$(MAKE) --no-print-directory test-integration
	@$(MAKE) --no-print-directory test-isolation
	@$(MAKE) --no-print-directory test-resilience
	@$(MAKE) --no-print-directory test-e2e

test-unit: assets ## rules and helpers, without servers
	$(BIN)/pytest -q -n 2 $(UNIT)
	$(TESTKIT) npm test

test-integration: assets ## each service on the real servers
	$(BIN)/pytest -q -n 2 --dist loadfile $(INTEGRATION)

test-isolation: assets ## nothing of one customer, and nothing internal, reaches another
	@tools/suite tests/isolation

test-resilience: assets ## kill -9 under load: nothing lost, nothing twice
	@tools/suite tests/resilience

test-e2e: assets chromium ## the journeys of people in a browser
	@tools/suite -n 2 tests/pictures
	@tools/suite -n 2 tests/accessibility
	@tools/suite tests/e2e

chromium:
	@tools/chromium

## — checking —
check: check-format check-types check-imports check-schemas check-openapi check-settings check-translations chart ## format, lint, types, import rules, contracts, settings, translations, chart

check-format: .venv/.ready
	$(BIN)/ruff format --check
	$(BIN)/ruff check

check-types: assets
	$(BIN)/mypy --strict $(PACKAGES)
	$(TESTKIT) npm run check

check-imports: .venv/.ready
	$(BIN)/lint-imports

check-schemas: .venv/.ready
	$(BIN)/python -m atrium_contracts check

check-openapi: .venv/.ready
	$(BIN)/python tools/openapi.py --check

check-settings: .venv/.ready
	$(BIN)/python tools/settings.py --check

check-translations: .venv/.ready
	$(BIN)/python -m atrium_gateway.pages.translation check

fmt: .venv/.ready ## format the code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

schemas: .venv/.ready ## write the events' JSON Schemas, the AsyncAPI document and docs/events
	$(BIN)/python -m atrium_contracts

openapi: .venv/.ready ## write the OpenAPI documents
	$(BIN)/python tools/openapi.py

settings: .venv/.ready ## write the table of all settings, docs/settings.md
	$(BIN)/python tools/settings.py

lock: .venv/.ready ## lock the requirements anew, with hashes
	@tools/lock

## — measuring and shipping —
bench: .venv/.ready ## all benchmarks; tables, and build/bench/<name>.json
	@for file in benchmarks/bench_*.py; do name=$${file#benchmarks/bench_}; $(MAKE) --no-print-directory bench-$${name%.py} || exit 1; done

bench-%: assets ## one benchmark: bench-gateway, bench-relay, bench-live, bench-page
	@mkdir -p build/bench
	$(BIN)/python benchmarks/bench_$*.py

images: ## build the images (Docker engine needed)
	@tools/images

chart: .venv/.ready ## lint, render, validate and test the chart
	@$(BIN)/python tools/chart.py
	@$(BIN)/pytest -q tests/chart

pictures: .venv/.ready chromium ## every page of the running demo, in both brands, languages, themes, widths: build/pictures
	$(BIN)/python tools/pictures.py

pictures-accept: assets chromium ## what the components look like now becomes the reference of tests/pictures
	@tools/suite -n 2 tests/pictures --accept -k every_component
