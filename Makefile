# The course: `make book` builds it, `make test` proves it. Only Python >= 3.11 and make are needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export JUPYTER_PREFER_ENV_PATH = 1
# The matrices here are small: several threads would only wait for each other.
export OPENBLAS_NUM_THREADS = 1
.DEFAULT_GOAL := book
.PHONY: install book lab serve release pdf test notebooks bench requirements vendor links clean

# Whatever fails here ends in a sentence that says what to do.
# (Python compiles what is used when it is first used: all of it at once would be a third of the waiting.)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
NOT_INSTALLED := The packages could not be installed; pip says above why. Is there a network? \
	Behind a proxy, tell pip: export https_proxy=http://NAME:PORT. Then run make again.

# What builds the notebooks of the browser alone stands in a folder beside: JupyterLab would load the half it cannot use.
LITE := book/_ext/lite/requirements.txt
$(VENV)/book.stamp: requirements.txt $(LITE) pyproject.toml
	@command -v $(PYTHON) > /dev/null || { \
		echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name yours: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("The course needs Python 3.11 or newer; this is %s. Name another: make PYTHON=python3.13" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements.txt || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
	$(INSTALL) --no-deps --upgrade --target $(VENV)/lite -r $(LITE) || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
	touch $@

$(VENV)/test.stamp: $(VENV)/book.stamp tests/requirements.txt
	$(INSTALL) -r tests/requirements.txt || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
	touch $@

install: $(VENV)/test.stamp

# A clean build each time: a warm one can pass after a failure. Recordings, named by their content, are kept.
# `make book SOLUTIONS=no` leaves the exercises' solutions out; so do `make release SOLUTIONS=no` and `make pdf SOLUTIONS=no`.
SOLUTIONS ?= yes
book release pdf: export DLCORE_SOLUTIONS = $(SOLUTIONS)
# Python for the browser comes from its public CDN; `make book PYODIDE=folder` takes it from an unpacked distribution, into
# the site, from which then nothing is fetched elsewhere.
PYODIDE ?=
book release pdf: export PYODIDE := $(PYODIDE)
book: $(VENV)/book.stamp
	rm -rf _build/html _build/.doctrees
	$(BIN)/jupyter-book build . --all -n -W --keep-going --quiet
	@echo
	@echo "The book is built. Open $(CURDIR)/_build/html/index.html (no server needed), or run: make serve"

# The chapters, to be changed and run, without building the book.
lab: $(VENV)/book.stamp
	$(BIN)/jupyter lab book

PORT ?= 8000
serve:
	@test -f _build/html/index.html || $(MAKE) book
	$(PYTHON) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT) || { \
		echo "Port $(PORT) may be taken. Take another: make serve PORT=8001" >&2; exit 1; }

# The built site as one zip, for a folder, a USB stick or a class server.
release: book
	$(BIN)/python -m tools.release

# The built site on paper, printed by the browser that the tests use.
pdf: $(VENV)/test.stamp book
	$(BIN)/python -m tools.pdf

test: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/python -m pytest

notebooks: $(VENV)/test.stamp
	$(BIN)/python -m tests.notebooks

bench: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks

requirements: $(VENV)/test.stamp
	echo '-e .[book]' | $(BIN)/uv pip compile - --universal --python-version 3.11 --fork-strategy fewest --no-annotate --upgrade \
		--custom-compile-command 'make requirements' --quiet --output-file requirements.txt
	grep -v '^-e' requirements.txt > $(VENV)/pins.txt
	echo '-e .[book,lite]' | $(BIN)/uv pip compile - --universal --python-version 3.11 --fork-strategy fewest --no-annotate --upgrade \
		--custom-compile-command 'make requirements' --quiet --constraint $(VENV)/pins.txt --output-file $(VENV)/lite.txt
	grep '^#' requirements.txt > $(LITE)
	grep -vxF -f requirements.txt $(VENV)/lite.txt >> $(LITE)
	echo '-e .[test]' | $(BIN)/uv pip compile - --universal --python-version 3.11 --fork-strategy fewest --no-annotate --upgrade \
		--custom-compile-command 'make requirements' --quiet --constraint $(VENV)/pins.txt --output-file tests/requirements.txt

# The files of others, in the versions that book/_static/vendor/manifest.json names; needs npm.
vendor: $(VENV)/book.stamp
	$(BIN)/python -m tools.vendor

# Are the addresses outside the site still there? Needs the internet.
links: $(VENV)/book.stamp
	@test -f _build/html/index.html || $(MAKE) book
	$(BIN)/python -m tools.links

clean:
	rm -rf _build $(VENV) .pytest_cache .ruff_cache .hypothesis .coverage *.egg-info
