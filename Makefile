# make map    the main job on the worked case, on a fresh machine too
# make test   the tests; installs what they need into .venv first
# make help   the rest
.DEFAULT_GOAL := help
.PHONY: help map test test-slow lint types docs picture wheel data clean

STORY := seeds/caspian-2015/story.md
BIN := .venv/bin
export PYTHON ?=

help:
	@echo "make map        the map of $(STORY): caspian-2015.html, and what it shows in words"
	@echo "make test       the tests (make test-slow: the long ones too)"
	@echo "make lint       ruff, codespell, shellcheck      make types   mypy --strict"
	@echo "make docs       the documentation in docs/_build  make wheel   dist/*.whl"
	@echo "make picture    the picture in README.md again (needs Chromium)"
	@echo "make data       build the tables in data/ again from their sources"
	@echo "make clean      remove what was built here (not .venv)"

map:
	@.ci/venv
	@echo "== reading $(STORY), drawing caspian-2015.html" >&2
	@$(BIN)/geo-events map $(STORY) -o caspian-2015.html
	@echo "== open this file in a browser (no network needed): $(CURDIR)/caspian-2015.html" >&2

test:
	@.ci/venv test
	@.ci/browser
	@echo "== running the tests" >&2
	@$(BIN)/python -m pytest -n auto -m "not slow" $(ARGS)

test-slow:
	@.ci/venv test,fast
	@.ci/browser
	@echo "== running all tests, the long ones too" >&2
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint:
	@.ci/venv test,dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell
	$(BIN)/shellcheck .ci/run .ci/venv .ci/browser

types:
	@.ci/venv test,dev
	$(BIN)/mypy

docs:
	@.ci/venv docs
	@echo "== building the documentation, warnings are errors" >&2
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	@$(BIN)/python docs/check_offline.py docs/_build/html
	@echo "== the documentation: $(CURDIR)/docs/_build/html/index.html" >&2

picture:
	@.ci/venv docs,image
	$(BIN)/python tools/make_picture.py

wheel:
	@.ci/venv test,dev
	@echo "== building the wheel, with the tables in it" >&2
	@rm -rf dist
	$(BIN)/python -m build --wheel --outdir dist .

data:
	@.ci/venv build
	$(BIN)/python tools/build_data.py

clean:
	rm -rf dist build docs/_build docs/generated .pytest_cache .ruff_cache .mypy_cache .hypothesis caspian-2015.html
