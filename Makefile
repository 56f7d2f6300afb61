# Everything that installs, checks and starts Parvis. Needs Python 3.11 or newer, and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help

# The first Python that will do; `make PYTHON=/path/to/python3.12 …` takes another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && echo "$$p" && break; \
	done)
BOOTSTRAP = @test -n "$(PYTHON)" || { echo "Parvis needs Python 3.11 to 3.14, and found none (make PYTHON=… names one)." >&2; exit 1; }; \
	"$(PYTHON)" .ci/bootstrap.py
RUN := .venv/bin/python -m
# Four at once on two cores: much of the time is waiting for servers. What Python compiled is kept, whatever is usual
# here: each process of ours that a test starts would compile all of it again.
PYTEST := PYTHONDONTWRITEBYTECODE= $(RUN) pytest -n 4 --dist loadgroup
ARGS ?=

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## Install everything locked into .venv
	$(BOOTSTRAP) dev

.PHONY: setup-synapse
setup-synapse: ## Install the Matrix server that tests and the demo use into .synapse
	$(BOOTSTRAP) synapse

.PHONY: check
check: setup ## Lint, format, types, imports, declared dependencies
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(RUN) mypy
	.venv/bin/lint-imports
	.venv/bin/deptry .

.PHONY: format
format: setup ## Put the code in its usual form
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

.PHONY: test
test: setup setup-synapse ## Run the tests (ARGS="-k name" narrows them)
	$(PYTEST) -m "not slow" $(ARGS)

.PHONY: test-long
test-long: setup setup-synapse ## Run all tests, the slow ones too
	$(PYTEST) $(ARGS)

.PHONY: demo
demo: BEGAN := $(shell date +%s)# read with this file: what is installed first counts too
demo: setup ## Try the bot at once (ARGS="--platform terminal" needs no Matrix server)
	@PARVIS_DEMO_BEGAN=$(BEGAN) $(RUN) tests.demo $(ARGS)

# BATCH=n with CELL= is one batch again, of KILLS kills, as a run that failed says it.
KILLS ?= 120
SEED ?= 1
.PHONY: crash
crash: setup setup-synapse ## Kill bots and count what people see (KILLS=1000 SEED=7; CELL=slack-sqlite-1 is one cell)
	@$(RUN) tests.crash --kills $(KILLS) --seed $(SEED) $(if $(CELL),--cell $(CELL)) $(if $(BATCH),--batch $(BATCH)) $(ARGS)

.PHONY: crash-proof
crash-proof: setup setup-synapse ## Prove that crash finds fault with bots that lack a guard (ARGS="look-up" is one)
	@$(RUN) tests.crash.proof $(ARGS)

.PHONY: simulate
simulate: setup ## Live a year of 10,000 people with the bot, and judge it (ARGS="--people 500 --days 90", --broken, --launch)
	@$(RUN) tests.simulate $(ARGS)

.PHONY: bench
bench: setup ## Measure beside the bare libraries (ARGS="ack send" narrows it); one line of JSON per claim
	@$(RUN) bench $(ARGS)

.PHONY: pictures
pictures: setup setup-synapse ## Draw the documentation's pictures anew, from a bot at work (ARGS="slack matrix page guide"; needs Chromium)
	@$(RUN) tests.pictures $(ARGS)

.PHONY: lock
lock: ## Resolve the lock files again (ARGS=--upgrade takes newer versions)
	$(BOOTSTRAP) lock $(ARGS)

.PHONY: licences
licences: ## Write docs/licences.md anew, from what the locked packages say of themselves
	$(BOOTSTRAP) runtime release
	"$(PYTHON)" .ci/release.py licences

.PHONY: release
release: ## Make dist/: the wheel, its sources, what is in it (CycloneDX), sums
	$(BOOTSTRAP) runtime release
	"$(PYTHON)" .ci/release.py make

.PHONY: clean
clean: ## Remove environments and caches
	rm -rf .boot .venv .synapse .runtime .release .demo .crash .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
