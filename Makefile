# make run     set everything up, index the releases that come with the project, serve the page
# make test    set everything up, lint, check types, run every test
# make test-cluster  the tests that run a cluster of search nodes (needs a JDK and Maven; says so if they are missing)
# make lint    the linters and the type checker alone
# make audit   what is known of vulnerabilities in the locked packages (asks a public database; says so if it can't)
# make bench   the measurements (needs wrk for those over HTTP; SCALES=1 leaves out the large corpora)
# make pictures  the pictures in docs/ (needs Chromium and its driver)
# make translations  renew web/translations from the texts in code and templates; then translate what is new
# make lock    renew the lock files from pyproject.toml and package.json (needs uv and npm)

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
export PRESSOK_DATA ?= data
BIND   ?= 127.0.0.1:8000
SCALES ?= 1,5,25

.PHONY: run test test-cluster lint audit bench pictures translations lock clean

# Each environment is made once and again only when its lock file changes.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pressök needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	touch $@

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-bench.lock
	touch $@

# What the tests hold pages against comes with npm; without it they are skipped, and say so.
CHECKS := tests/web/browser
$(VENV)/checks.stamp: $(CHECKS)/package-lock.json $(VENV)/dev.stamp
	if command -v npm > /dev/null; then \
	    npm ci --prefix $(CHECKS) --ignore-scripts --no-audit --no-fund --silent && touch $@; \
	    else echo "npm is not installed: axe-core and the Nu HTML checker will not check the pages"; fi

run: $(VENV)/run.stamp
	test -e $(PRESSOK_DATA)/CURRENT || $(BIN)/pressok rebuild index/samples
	$(BIN)/pressok serve --bind $(BIND)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit: $(VENV)/dev.stamp
	$(BIN)/python .ci/audit.py

test: lint $(VENV)/checks.stamp
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-cluster: $(VENV)/dev.stamp
	$(BIN)/pytest -m cluster tests/cluster

bench: $(VENV)/bench.stamp
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.build
	if command -v wrk > /dev/null; then $(BIN)/python -m bench.http; \
	    else echo "bench.http skipped: wrk is not installed (Debian, Ubuntu: apt-get install wrk)"; fi
	$(BIN)/python -m bench.growth --scales $(SCALES)
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.suggest
	$(BIN)/python -m bench.costly
	$(BIN)/python -m bench.compression
	$(BIN)/python -m bench.workers
	$(BIN)/python -m bench.observing
	$(BIN)/python -m bench.endurance --minutes 10 --connections 64
	$(BIN)/python -m bench.relevance
	if command -v mvn > /dev/null; then $(BIN)/python -m bench.relevance_cluster && $(BIN)/python -m bench.scale_out; \
	    else echo "bench.scale_out skipped: Maven is not installed (Debian, Ubuntu: apt-get install maven default-jdk-headless)"; fi
	$(BIN)/python -m bench.annotations

pictures: $(VENV)/dev.stamp
	$(BIN)/python -m tests.web.pictures

TEXTS := web/translations
translations: $(VENV)/dev.stamp
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keyword _later --keyword _n:1,2 --no-location --sort-output \
	    --output $(TEXTS)/messages.pot web
	$(BIN)/pybabel --quiet update --input-file $(TEXTS)/messages.pot --output-dir $(TEXTS) --no-fuzzy-matching \
	    --ignore-obsolete --ignore-pot-creation-date --width 120
	sed -i.before -E '/^"(Report-Msgid-Bugs-To|PO-Revision-Date|Last-Translator|Language-Team):/d' $(TEXTS)/*/LC_MESSAGES/messages.po
	$(BIN)/pybabel --quiet compile --directory $(TEXTS)
	rm $(TEXTS)/*/LC_MESSAGES/messages.po.before
	rm $(TEXTS)/messages.pot

# No option that names a package source: whoever locks or installs brings their own.
lock:
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	    --group build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	    --group build --extra opensearch --constraint requirements.lock pyproject.toml \
	    --output-file requirements-opensearch.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	    --group dev --extra evaluate --extra opensearch pyproject.toml --output-file requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	    --group bench --extra evaluate --extra opensearch pyproject.toml --output-file requirements-bench.lock
	npm install --prefix $(CHECKS) --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --silent

clean:
	rm -rf $(VENV) $(CHECKS)/node_modules build *.egg-info
