# make start   opens the course; everything it needs goes into .venv and nowhere else.
# An interpreter of your own:  make start PYTHON=python3.12
# Options for the command:     make start ARGS="--no-browser"

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOG := $(VENV)/install.log

# A virtual environment holds its own address. One that was moved with its folder is made anew,
# so the marks of what is done carry the address too.
HERE := $(shell pwd | cksum | cut -d' ' -f1)
MADE := $(VENV)/.made-$(HERE)
INSTALLED := $(VENV)/.installed-$(HERE)
TEST_INSTALLED := $(VENV)/.installed-test-$(HERE)

# The versions that were tested together, for what is installed and for what builds it. These are
# lists separated by blanks, hence no absolute path: a folder's name may have a blank in it.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help start build test quick lint

help: ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 14

start: $(INSTALLED) ## open the course in JupyterLab
	@$(BIN)/course start $(ARGS)

build: $(INSTALLED) ## make the notebooks from their sources
	@$(BIN)/course build $(ARGS)

test: $(TEST_INSTALLED) ## run every test (minutes; the browser tests need Chromium)
	@$(BIN)/python -m pytest $(ARGS)

quick: $(TEST_INSTALLED) ## run the tests that need no kernel and no browser
	@$(BIN)/python -m pytest -m "not kernel and not browser" $(ARGS)

lint: $(TEST_INSTALLED) ## check style and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

# ------------------------------------------------------------------ what the targets stand on

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "The course needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Install one, then: make start PYTHON=python3.12 (or whatever it is called)." >&2; \
	  exit 1; }
	@if ls $(VENV)/.made-* >/dev/null 2>&1; then rm -rf $(VENV); fi
	@existed=$$(test -d $(VENV) && echo yes); \
	$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  test "$$existed" || rm -rf $(VENV); \
	  version=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "Python could not make the folder $(VENV). On Debian and Ubuntu a package is missing:" >&2; \
	  echo "  sudo apt-get install python$$version-venv" >&2; \
	  echo "Else check that this folder can be written to and that the disk is not full." >&2; \
	  exit 1; }
	@touch $@

$(INSTALLED): pyproject.toml constraints.txt $(wildcard course/labextension/*.json course/labextension/*/*) | $(MADE)
	@echo "Installing the course into $(VENV): about a minute, the first time only."
	@$(call install,-e .)
	@touch $@

$(TEST_INSTALLED): $(INSTALLED)
	@echo "Installing what the tests need."
	@$(call install,-e ".[test]")
	@touch $@

# pip speaks only if it fails, and then with what to do: without a network its own last lines
# would talk of conflicting versions, which there are not.
install = $(BIN)/python -m pip install $(1) >$(LOG) 2>&1 || { \
  if grep -qE 'Retrying|ConnectionError|NameResolutionError|ProxyError|timed out' $(LOG); then \
    echo "The packages could not be fetched: no connection to the package index." >&2; \
    echo "Check the network (a company may need a proxy: export HTTPS_PROXY=...), then try again." >&2; \
  else \
    tail -n 12 $(LOG) >&2; echo >&2; \
    echo "The installation failed; the lines above are the last of $(LOG)." >&2; \
    echo "Try once more; if it fails again, delete the folder $(VENV) and start afresh." >&2; \
  fi; exit 1; }
