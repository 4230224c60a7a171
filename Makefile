# Everything that is done with Samtal from a shell. `make` alone lists the targets.

.DEFAULT_GOAL := help
.PHONY: help run seed test coverage mutants fuzz contract world figures visitors bench lint format messages openapi setup \
	lint-format lint-style lint-types lint-imports lint-catalogues lint-migrations

HOST ?= 127.0.0.1
PORT ?= 8000
BASE_URL ?= http://$(if $(filter 0.0.0.0,$(HOST)),127.0.0.1,$(HOST)):$(PORT)

# uv from the machine where there is one, otherwise a private copy. It uses the machine's Python
# and, where the machine has a certificate store, trusts what that trusts.
UV := $(or $(shell uv --version >/dev/null 2>&1 && command -v uv),.uv/bin/uv)
PYTHON := .venv/bin/python
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_PREFERENCE := system
export UV_PYTHON_DOWNLOADS := never
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := true
endif
unexport VIRTUAL_ENV

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; \
		do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: export BASE_URL := $(BASE_URL)
run: export DJANGO_RUNSERVER_HIDE_WARNING := true
run: setup ## serve the demo site on http://127.0.0.1:8000 (PORT=8001 and HOST=0.0.0.0 change that)
	@$(PYTHON) manage.py demo --host '$(HOST)' --port '$(PORT)'

seed: setup ## add the demo content that is missing (ARGS=--reset writes over changed demo texts)
	@$(PYTHON) manage.py migrate
	@$(PYTHON) manage.py seed $(ARGS)

test: setup ## run the tests (ARGS="-k faq" picks some; DATABASE_URL picks the database)
	@$(PYTHON) -m pytest -n 2 --dist loadfile $(ARGS)

coverage: setup ## run the tests and print which lines and branches of cms, faq and pages none reaches
	@$(PYTHON) -m pytest -n 2 --dist loadfile --cov --cov-report term-missing $(ARGS)

mutants: setup ## change the code in small ways and print which changes no test notices (ARGS=cms/caching)
	@$(PYTHON) -m tools.mutants $(ARGS)

fuzz: setup ## send thousands of requests made from the OpenAPI document (takes minutes; REQUESTS=2500 fewer)
	@REQUESTS='$(REQUESTS)' $(PYTHON) -m pytest -m fuzz -s tests/fuzz $(ARGS)

contract: setup ## lint the OpenAPI document, and try what others generate from it (fetches it from npm and PyPI)
	@$(PYTHON) -m pytest -m tools -s tests/contract $(ARGS)

world: setup ## play 500 steps of a model of the site (STEPS=…) from a new seed (SEED=… repeats one)
	@SEED='$(SEED)' STEPS='$(STEPS)' $(PYTHON) -m pytest -m world -s --show-capture=no --tb=short tests/world $(ARGS)

figures: setup ## print queries, milliseconds and bytes of every endpoint on the demo content
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py seed --verbosity 0
	@$(PYTHON) -m tests.bench.figures $(ARGS)

visitors: setup ## print what accessibility checkers find on each type of page, and what it weighs (ARGS=--lighthouse)
	@$(PYTHON) -m tests.bench.visitors $(ARGS)

bench: setup ## measure against Wagtail, a bare application and nginx (ROWS="kept publish" picks some; PostgreSQL)
	@$(PYTHON) -m tests.bench $(ROWS) $(ARGS)

lint: lint-format lint-style lint-types lint-imports lint-catalogues lint-migrations ## check format, style, types, imports, catalogues and migrations
lint-format: setup
	@$(PYTHON) -m ruff format --check
lint-style: setup
	@$(PYTHON) -m ruff check
lint-types: setup
	@$(PYTHON) -m mypy
lint-imports: setup
	@.venv/bin/lint-imports
lint-catalogues: setup
	@$(PYTHON) -m tools.catalogues --check
lint-migrations: setup
	@$(PYTHON) manage.py makemigrations --check --dry-run

format: setup ## format the code
	@$(PYTHON) -m ruff format
	@$(PYTHON) -m ruff check --fix

messages: setup ## bring the catalogues in locale/ up to date with the code
	@$(PYTHON) -m tools.catalogues

openapi: setup ## write cms/delivery/openapi.json anew and say what that changes for front ends
	@$(PYTHON) -m tools.openapi

# Installs what uv.lock lists into .venv; quick where nothing has changed.
setup: $(UV)
	@$(UV) sync --frozen

.uv/bin/uv: tools/get_uv.py
	@python3 tools/get_uv.py $@
