# Two commands do everything on a fresh machine with Python 3.11+ and git:
#   make site   own environment, install, build the example content into site/
#   make test   own environment with test extras, every test
# After a text of the interface has changed, `make words` brings it into the catalogues of languages.
PYTHON ?= python3
SITE_ENV := .venv
TEST_ENV := .venv-test
PIP_QUIET := --quiet --disable-pip-version-check

.PHONY: site test lint bench words clean chromium
.DEFAULT_GOAL := site

site: $(SITE_ENV)/.ready
	$(SITE_ENV)/bin/digest build

test: $(TEST_ENV)/.ready chromium
	$(TEST_ENV)/bin/python -m pytest -n 3 --dist loadfile

lint: $(TEST_ENV)/.lint
	$(TEST_ENV)/bin/ruff check .
	$(TEST_ENV)/bin/mypy

bench: $(TEST_ENV)/.ready
	$(TEST_ENV)/bin/python bench/build.py

words: $(TEST_ENV)/.ready
	$(TEST_ENV)/bin/python -m tests.language.texts

clean:
	rm -rf $(SITE_ENV) $(TEST_ENV) .digest .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find site -mindepth 1 -not -name .gitkeep -delete

$(SITE_ENV)/.ready: pyproject.toml
	$(call environment,$(SITE_ENV))
	$(SITE_ENV)/bin/pip install $(PIP_QUIET) --editable .
	@touch $@

$(TEST_ENV)/.ready: pyproject.toml
	$(call environment,$(TEST_ENV))
	$(TEST_ENV)/bin/pip install $(PIP_QUIET) --editable '.[test]'
	@touch $@

$(TEST_ENV)/.lint: $(TEST_ENV)/.ready
	$(TEST_ENV)/bin/pip install $(PIP_QUIET) --editable '.[lint]'
	@touch $@

# The browser tests drive a real Chromium. Where it cannot be had they skip, and say so.
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	 || command -v google-chrome >/dev/null \
	 || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	      && echo "Installing Chromium for the browser tests …" \
	      && apt-get update -qq >/dev/null 2>&1 \
	      && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1; } \
	 || echo "No Chromium here, and no right to install it: the browser tests will be skipped."

define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	 || { echo "digest needs Python 3.11 or later; name one with: make PYTHON=python3.12 …"; exit 1; }
	@[ -x $(1)/bin/pip ] || $(PYTHON) -m venv $(1) \
	 || { echo "No virtual environment could be made: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
endef
