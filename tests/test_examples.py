"""The examples in the docstrings, README and docs run, and print what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import geo_events

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ROOT = Path(__file__).parents[1]
MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(geo_events.__path__, "geo_events.")
    if info.name != "geo_events.__main__" and "numba" not in info.name
)
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    if ">>>" in path.read_text("utf-8")
)


def run(tests: list[doctest.DocTest]) -> str:
    """Run examples and give what went wrong; empty when nothing did."""
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    for test in tests:
        runner.run(test, out=told.append)
    return "".join(told)


@pytest.mark.parametrize("name", ["geo_events", *MODULES])
def test_the_examples_of_a_module_run(name) -> None:
    """Every example in a module's docstrings prints what it says."""
    module = importlib.import_module(name)
    assert run(doctest.DocTestFinder(exclude_empty=True).find(module)) == ""


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run(page) -> None:
    """Every example with a prompt in the documentation prints what it says."""
    text = (ROOT / page).read_text("utf-8").replace("```", "")
    assert run([doctest.DocTestParser().get_doctest(text, {}, page, page, 0)]) == ""
