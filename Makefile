# ALKPath. Two commands matter: `make run` and `make test`. Everything else helps those who change the program.

SHELL := /bin/sh
# Always through Python, never through a script of .venv: those name the folder they were made in.
PYTHON := .venv/bin/python
STAMP := .venv/.as-the-lock-says
WORKERS ?= 2
# Tests draw without a screen; those that need a real one start it themselves.
QT_QPA_PLATFORM ?= offscreen

.PHONY: help run test nightly mutation lint bench screenshots pages proofs catalogues lock clean system-run system-test
.DEFAULT_GOAL := help

help:
	@echo "make run          open the window (without a screen: print the demonstration and write its letters)"
	@echo "make test         everything that is checked: style, types, imports, tests"
	@echo "make nightly      200,000 random courses through the pathway, 1,000 random letters (hours)"
	@echo "make mutation     change the deciding code in small ways; say which change no test notices (hours;"
	@echo "                  fewer with ARGS='--sample 25' or ARGS='app.clinical.recist.*')"
	@echo "make lint         the checks without the tests"
	@echo "make bench        measure speed, as ratios in one run"
	@echo "make screenshots  make the pictures of the README again"
	@echo "make pages        approve the pages of letters as they are printed now; look at what has changed"
	@echo "make proofs       prove the protocols again after a change of their tables, and keep the verdicts"
	@echo "make catalogues   collect every text that people read, and say which have no translation yet"
	@echo "make lock         make requirements.lock again from setup.cfg"
	@echo "make clean        remove what was built here"

run: system-run $(STAMP)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(PYTHON) main.py; \
	else \
		echo "There is no screen here, so this shows the demonstration patients instead of the window."; \
		$(PYTHON) main.py demo --out demo-letters; \
	fi

test: lint
	@echo "tests"
	@QT_QPA_PLATFORM=$(QT_QPA_PLATFORM) $(PYTHON) -m pytest -n $(WORKERS) --cov --cov-report=term:skip-covered
	@echo "every branch of what decides"
	@$(PYTHON) -m coverage report --include='app/clinical/*,app/pathway/*' --show-missing --skip-covered --fail-under=100

nightly: system-test $(STAMP)
	@ALKPATH_COURSES=200000 $(PYTHON) -m pytest -q tests/pathway/test_random_courses.py
	@ALKPATH_LETTERS=1000 $(PYTHON) -m pytest -q tests/letters/test_against_record.py

mutation: system-test $(STAMP)
	@$(PYTHON) -c "import mutmut" 2>/dev/null || .ci/environment.sh mutation
	@QT_QPA_PLATFORM=$(QT_QPA_PLATFORM) $(PYTHON) .ci/mutation.py $(ARGS)

lint: system-test $(STAMP)
	@echo "style";   $(PYTHON) -m ruff check .
	@                $(PYTHON) -m ruff format --check .
	@echo "types";   $(PYTHON) -m mypy
	@echo "imports"; $(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

bench: system-test $(STAMP)
	@$(PYTHON) -c "import fpdf, zen" 2>/dev/null || .ci/environment.sh bench
	@PYTHONPATH=.:tests QT_QPA_PLATFORM=$(QT_QPA_PLATFORM) $(PYTHON) -m benchmarks

screenshots: system-test $(STAMP)
	@$(PYTHON) .ci/screenshots.py

pages: system-test $(STAMP)
	@$(PYTHON) .ci/pages.py

proofs: $(STAMP)
	@$(PYTHON) -m app.services.protocols

catalogues: system-test $(STAMP)
	@$(PYTHON) .ci/catalogues.py

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
