# Two commands do everything: `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# the other programs that the bench measures, which nothing else installs
PEERS := .venv-peers

# each worker takes its part of the tests in a row, so that what a module shares is made once
WORKERS := -n auto --dist worksteal

# in a new clone the tests are compiled once, beside mypy, and not by each worker for itself
COMPILED := { [ -e tests/__pycache__ ] || $(BIN)/pytest --collect-only -qq -n 0 > /dev/null; }

# with its bytecode kept, each of the many programs that the tests start is there a third sooner
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test quick whole bench lint snapshots docs seeds lock peers-lock clean

run: $(READY)  ## set up, and open the bundled case (make run CASE=path for another)
	@$(BIN)/conflict-tui $(CASE)

test: $(READY)  ## set up, and pass every check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(COMPILED) & $(BIN)/mypy && wait
	$(BIN)/lint-imports
	$(BIN)/pytest $(WORKERS)

quick: $(READY)  ## every minute: style, types, and the tests of store, tui and importers that are not slow
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest $(WORKERS) -m "not slow" tests/store tests/tui tests/importers

whole: $(READY)  ## every example and every cell of each matrix, of which `make test` takes a sample
	CONFLICT_TESTS=whole $(BIN)/pytest $(WORKERS)

bench: $(READY)  ## measure start, keys, memory and growth against budgets and other programs
	@$(MAKE) --no-print-directory $(PEERS)/.ready \
		|| echo "not compared with other programs: $(PEERS) cannot be made; is there a network?" >&2
	$(BIN)/python -m bench
	$(BIN)/python -m bench scale

lint: $(READY)  ## format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

snapshots: $(READY)  ## draw the snapshots anew; look at every one that changed
	$(BIN)/pytest -n auto tests/screens --snapshot-update

docs: $(READY)  ## write what is made from the registries
	$(BIN)/python -m docs.check --write

seeds: $(READY)  ## compile the bundled case
	$(BIN)/python -m seeds.coding seeds/hama seeds/hama-2024.json

$(READY): requirements.lock pyproject.toml store/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "conflict-tui needs Python 3.11 or later; name one with make PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(PEERS)/.ready: bench/peers.lock
	$(PYTHON) -m venv --clear $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 \
		--only-binary :all: --require-hashes -r bench/peers.lock || { rm -rf $(PEERS); exit 1; }
	@touch $@

# what resolves dependencies, with hashes, for every supported system
RESOLVE := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

lock: .venv-lock  ## resolve the dependencies anew
	$(RESOLVE) --group dev --extra all pyproject.toml --output-file requirements.lock
	rm -rf .venv-lock

peers-lock: .venv-lock  ## resolve the other programs of the bench anew
	$(RESOLVE) --group peers --output-file bench/peers.lock
	rm -rf .venv-lock

.venv-lock:
	$(PYTHON) -m venv --clear $@
	$@/bin/python -m pip install --quiet uv

clean:
	rm -rf $(VENV) $(PEERS) build dist *.egg-info
