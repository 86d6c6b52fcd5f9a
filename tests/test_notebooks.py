"""The notebooks are what their sources make; that they run is tested where they lie, by nbmake."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"
pytestmark = pytest.mark.skipif(not TOOLS.is_dir(), reason="the tools are not beside the tests")


@pytest.fixture
def build_notebooks():
    """The maker of the notebooks."""
    sys.path.insert(0, str(TOOLS))
    try:
        import build_notebooks

        yield build_notebooks
    finally:
        sys.path.remove(str(TOOLS))


def test_the_notebooks_are_what_their_sources_make(build_notebooks) -> None:
    """No notebook is missing, changed by hand, or older than its source."""
    assert build_notebooks.find_outdated() == {}


def test_every_notebook_has_a_source(build_notebooks) -> None:
    """A notebook without a source is left over."""
    folder = build_notebooks.FOLDER
    assert {p.stem for p in folder.glob("*.ipynb")} == {p.stem for p in folder.glob("*.py")}
