# Needs python3 (3.11 or later), make and git. Everything else is installed into .venv, which `make clean` removes.

PYTHON ?= python3
FOLDER ?=
ARGS ?=
SLOW ?=
BIN := .venv/bin
LOWEST := .venv-lowest/bin/python
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# What a run of all tests measures; a selection of them by ARGS says nothing of coverage.
COVERAGE := -p tests.support.coverage.contexts --cov --cov-report=

# gettext has a variable of this name, with lists such as nl_NL:en in it: from the environment only nl or en is taken.
ifneq ($(origin LANGUAGE),command line)
LANGUAGE := $(firstword $(filter nl en,$(LANGUAGE)) en)
endif

.DEFAULT_GOAL := help
.PHONY: help init run test test-lowest test-systemd lint demo lives pictures man font bench validate mutants fuzz soak lock clean

help:  ## This list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

init: .venv/.run  ## Write your configuration: asks who you are, where files arrive and who is told
	@$(BIN)/hersteld init $(ARGS)

run: .venv/.run  ## Start the service; FOLDER=~/Workouts and ARGS='--config my.toml' are passed on
	@$(BIN)/hersteld run $(ARGS) $(if $(FOLDER),"$(subst ~/,$$HOME/,$(FOLDER))")

test: lint  ## Lint, then the tests and how much they cover; SLOW=1 adds minutes of comparing readers and of more examples
	@mkdir -p .cache
	@$(BIN)/python -m pytest -n auto $(if $(SLOW),,-m "not slow") $(or $(ARGS),$(COVERAGE))
	@$(if $(ARGS),true,$(BIN)/python -m tests.support.coverage.gate)

test-lowest: .venv/.made  ## The tests of each layer with the lowest version of every dependency
	@mkdir -p .cache
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --resolution lowest-direct --all-extras --python $(BIN)/python -o .cache/lowest.txt pyproject.toml
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-lowest
	@$(BIN)/uv pip install --quiet --python $(LOWEST) --group dev -r .cache/lowest.txt
	@$(BIN)/uv pip install --quiet --python $(LOWEST) --no-deps --editable .
	@$(LOWEST) -m pytest -n auto -m "not slow" $(or $(ARGS),tests/parsers tests/recovery tests/config tests/daemon)

test-systemd: .venv/.test  ## Both units on a real systemd, in an emulated machine; for root, takes minutes
	@$(BIN)/python -m pytest --verbose $(ARGS) tests/systemd/booted.py

lint: .venv/.test  ## Style, types and layers
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

demo: .venv/.run  ## A simulated week of training and its messages; LANGUAGE=nl or en, ARGS=--overreached
	@$(BIN)/hersteld demo --language $(LANGUAGE) $(ARGS)

lives: .venv/.test  ## Two weeks of eight made-up athletes, written into docs/lives in both languages
	@PYTHONPATH=. $(BIN)/python -m tests.lives.write $(ARGS)

pictures: .venv/.test  ## The pictures of README, from a made-up athlete; ARGS=--all draws all of them into build/pictures
	@PYTHONPATH=. $(BIN)/python -m tests.lives.pictures.write $(ARGS)

man: .venv/.run  ## The manual page in both languages: man -l build/man/hersteld.1
	@$(BIN)/python -m hersteld.daemon.cli.man.write build/man

font: .venv/.font  ## The typeface of the picture, cut down from its npm package, and the widths of its signs; needs npm
	@PYTHONPATH=. $(BIN)/python -m tests.support.card.make_font

bench: .venv/.bench  ## How fast, how small
	@PYTHONPATH=. $(BIN)/python -m benchmarks.run $(ARGS)

validate: .venv/.test  ## Our load and hours against the makers' own, in real files: docs/validation.md
	@PYTHONPATH=. $(BIN)/python -m benchmarks.validation $(ARGS)

mutants: .venv/.mutants  ## Does a test notice when the rules are altered? ARGS=recovery/clocks for a part; minutes for each folder
	@PYTHONPATH=. $(BIN)/python -m benchmarks.mutants $(ARGS)

fuzz: .venv/.test  ## 100,000 changed files: only clean errors, in linear time
	@PYTHONPATH=. $(BIN)/python -m benchmarks.fuzz $(ARGS)

soak: .venv/.test  ## Ten years of training in minutes: nothing lost, nothing that grows
	@PYTHONPATH=. $(BIN)/python -m benchmarks.soak $(ARGS)

lock: .venv/.made  ## Write requirements.lock anew: the newest of every dependency, with hashes
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--only-binary :all: --no-binary fitparse --custom-compile-command "make lock" -o requirements.lock pyproject.toml

clean:  ## Remove .venv and everything built
	@rm -rf .venv .venv-lowest .cache build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "hersteld needs Python 3.11 or later, and $(PYTHON) is older or not there." \
			"Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments." \
			"On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv --upgrade-deps .venv >/dev/null
	@touch $@

.venv/.run: .venv/.made pyproject.toml
	@echo "Installing hersteld into .venv ..."
	@PYTHONWARNINGS=ignore $(PIP) install --editable .  # setuptools warns of folders that are meant
	@touch $@

.venv/.test: .venv/.run
	@echo "Installing what the tests need ..."
	@$(PIP) install --group dev
	@touch $@

.venv/.bench: .venv/.run
	@$(PIP) install --group bench
	@touch $@

.venv/.font: .venv/.run
	@$(PIP) install --group font
	@touch $@

.venv/.mutants: .venv/.test
	@$(PIP) install --group mutants
	@touch $@
