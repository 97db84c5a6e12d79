# Every task of the house. `make` alone lists them; hooks and CI call the same ones.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
THONGSUOT := $(PY) -m thongsuot.cli.main
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
IN_DEMO := THONGSUOT_DATABASE=thongsuot_demo

# What may be given on the command line: make demo CHAPTER=1, make test ARGS="-k pause",
# make run DATABASE=thongsuot_demo.
DATABASE ?=
CHAPTER ?=
DOSSIERS ?= 1000
SEED ?= 1
ARGS ?=
UV ?= uv

.PHONY: help
help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/dev.stamp ## make .venv with everything locked, also the developer's tools

.PHONY: run
run: .venv/runtime.stamp ## start it all: database, data, web server, worker; Ctrl-C ends it all
	@$(if $(DATABASE),THONGSUOT_DATABASE=$(DATABASE)) $(THONGSUOT) run

.PHONY: worker
worker: .venv/runtime.stamp ## run one more worker beside `make run`
	@$(THONGSUOT) procrastinate worker

.PHONY: test
test: .venv/dev.stamp ## run every test on a PostgreSQL of its own, and name what is not run
	@$(PY) -m pytest -n auto $(ARGS)

.PHONY: test-domain
test-domain: .venv/dev.stamp ## run the tests of the rules alone: no database, a few seconds
	@$(PY) -m pytest tests/domain $(ARGS)

.PHONY: soak
soak: .venv/dev.stamp ## run the long random tests that `make test` leaves out
	@$(PY) -m pytest -m soak $(ARGS)

.PHONY: check
check: .venv/dev.stamp ## read the code: lint, format, types, import contracts, migrations, templates, docs
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	.venv/bin/lint-imports
	$(THONGSUOT) makemigrations --check --dry-run
	sh scripts/migrations.sh
	$(PY) -m djlint thongsuot --lint --quiet
	$(PY) scripts/docs.py --check

.PHONY: fix
fix: .venv/dev.stamp ## mend what ruff can mend by itself
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: docs
docs: .venv/dev.stamp ## write the pages of documentation that come from the code
	$(PY) scripts/docs.py

.PHONY: migrate
migrate: .venv/runtime.stamp ## bring the tables up to date
	@$(THONGSUOT) migrate

.PHONY: doctor
doctor: .venv/runtime.stamp ## ask the system how its data is
	@$(THONGSUOT) doctor

.PHONY: demo
demo: .venv/runtime.stamp ## play the story in its own database (CHAPTER=... for one chapter)
	@$(IN_DEMO) $(THONGSUOT) demo $(if $(CHAPTER),--chapter $(CHAPTER))

.PHONY: pictures
pictures: .venv/dev.stamp ## photograph the demo's screens for the README (after `make demo`)
	@$(IN_DEMO) $(PY) -m scripts.pictures

.PHONY: seed
seed: .venv/runtime.stamp ## fill the demo database with invented dossiers (DOSSIERS=1000 SEED=1)
	@$(IN_DEMO) $(THONGSUOT) seed --dossiers $(DOSSIERS) --seed $(SEED)

.PHONY: bench
bench: .venv/dev.stamp ## measure, one after another; each prints data size, seed and settings
	@set -e; for file in $$(grep -l __main__ bench/*.py | grep -v million); do $(PY) -m bench.$$(basename $$file .py); done

.PHONY: lock
lock: ## write requirements/*.lock anew (needs uv)
	for name in runtime dev build; do sh scripts/lock.sh $(UV) $$name; done

.PHONY: clean
clean: ## remove what can be made again; the data in .var stays
	rm -rf .venv static-collected build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -rf .var/test-*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make the second start fast: nothing is installed again until a lock changes.
.venv/runtime.stamp: requirements/build.lock requirements/runtime.lock pyproject.toml scripts/venv.sh
	@sh scripts/venv.sh
	@echo "Đang cài các thư viện đã khóa phiên bản…"
	@$(PIP) --require-hashes -r requirements/build.lock -r requirements/runtime.lock
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp requirements/dev.lock
	@echo "Đang cài công cụ cho lập trình viên…"
	@$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@
