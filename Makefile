# ALKPath. Two commands matter: `make run` and `make test`. Everything else helps those who change the program.

SHELL := /bin/sh
BIN := .venv/bin
STAMP := .venv/.as-the-lock-says
WORKERS ?= 2
# Tests draw without a screen; those that need a real one start it themselves.
QT_QPA_PLATFORM ?= offscreen

.PHONY: help run test lint bench screenshots lock clean system-run system-test
.DEFAULT_GOAL := help

help:
	@echo "make run          open the window (without a screen: print the demonstration and write its letters)"
	@echo "make test         everything that is checked: style, types, imports, tests"
	@echo "make lint         the checks without the tests"
	@echo "make bench        measure speed, as ratios in one run"
	@echo "make screenshots  make the pictures of the README again"
	@echo "make lock         make requirements.lock again from setup.cfg"
	@echo "make clean        remove what was built here"

run: system-run $(STAMP)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(BIN)/python main.py; \
	else \
		echo "There is no screen here, so this shows the demonstration patients instead of the window."; \
		$(BIN)/python main.py demo --out demo-letters; \
	fi

test: lint
	@echo "tests"
	@QT_QPA_PLATFORM=$(QT_QPA_PLATFORM) $(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term:skip-covered

lint: system-test $(STAMP)
	@echo "style";   $(BIN)/ruff check .
	@                $(BIN)/ruff format --check .
	@echo "types";   $(BIN)/mypy
	@echo "imports"; $(BIN)/lint-imports

bench: system-test $(STAMP)
	@PYTHONPATH=.:tests QT_QPA_PLATFORM=$(QT_QPA_PLATFORM) $(BIN)/python -m benchmarks

screenshots: system-test $(STAMP)
	@$(BIN)/python .ci/screenshots.py

lock:
	@.ci/lock.sh

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov build dist \
		*.egg-info demo-letters
	@find app db tests -name __pycache__ -type d -prune -exec rm -rf {} +

system-run:
	@.ci/system-packages.sh run

system-test:
	@.ci/system-packages.sh test

# Made again when what it is made from changes. Only `pip` decides what that is; nothing is installed twice.
$(STAMP): requirements.lock setup.cfg | system-run
	@echo "Preparing .venv; the first time this downloads about 300 MB"
	@.ci/environment.sh
	@touch $@
