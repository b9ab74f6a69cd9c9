# Everything happens in .venv; a machine with python3 (3.11+) and make needs nothing else.
PYTHON ?= python3
BIN := .venv/bin

# Without its bytecode every process of the tests would compile the project anew: half of each start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo serve test browser lint texts bench lock clean

install: .venv/.installed

.venv/.installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Khabar needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The main job, offline: crawl the recorded pages of every outlet into a fresh embedded store, show what
# several of them printed, and who carried which agency.
demo: install
	rm -f demo.db demo.db-*
	KHABAR_STORE_URI=sqlite:///demo.db $(BIN)/scrapy crawlall -s REPLAY=fixtures
	KHABAR_STORE_URI=sqlite:///demo.db $(BIN)/scrapy stories --source Sputnik --limit 3
	KHABAR_STORE_URI=sqlite:///demo.db $(BIN)/scrapy carriers
	@echo
	@echo 'To read them in a browser: make serve'

# The demo's outlets in a browser; ARGS: further options, e.g. make serve ARGS='--port 8080'.
serve: demo.db
	KHABAR_STORE_URI=sqlite:///demo.db $(BIN)/scrapy serve $(ARGS)

demo.db:
	$(MAKE) demo

# ARGS: anything of pytest's, e.g. make test ARGS='-m "not slow"'. One file stays in one process: its tests share servers.
test: install
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

# The site as a browser shows it: each page in each language, width, colour scheme and type. Needs chromium.
browser: install
	$(BIN)/pytest -n auto --maxprocesses 4 -m matrix tests/browser $(ARGS)

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python ci/commit_rule.py
	$(BIN)/scrapy check-outlet

# Bring the catalogues of the reading room up to date with the texts in the code; lists what lacks a translation.
texts: install
	$(BIN)/python -m tools.web_texts

# What a crawl costs, side by side with what one would otherwise build; each file of benchmarks/ runs by itself.
bench: install
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.txt
	$(BIN)/python benchmarks/crawl.py

# Needs uv (pip install uv); writes the lock files from pyproject.toml.
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --strip-extras pyproject.toml
lock:
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) -c requirements/run.txt --extra export --extra web --group dev -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt --group bench -o requirements/bench.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
