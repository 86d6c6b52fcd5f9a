"""The public face: what `import geo_events` gives, and what it must not load."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import geo_events as ge
from geo_events import errors

HEAVY = ("pandas", "geopandas", "folium", "pyarrow", "scipy", "shapely", "pyproj", "typer", "numpy")
# Names that are not functions or classes of ours, and carry no docstring of their own.
PLAIN = {"__version__", "errors", "engines"}


def in_fresh_process(code: str) -> str:
    """What a statement prints in a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_the_face_is_small_and_sorted() -> None:
    """`__all__` is sorted, holds no name twice, and at most 45 of them."""
    assert list(ge.__all__) == sorted(set(ge.__all__))
    assert len(ge.__all__) <= 45


@pytest.mark.parametrize("name", sorted(set(ge.__all__) - PLAIN))
def test_every_public_name_loads_and_is_documented(name: str) -> None:
    """Each name of the face can be imported and has a docstring that says what it is."""
    thing = getattr(ge, name)
    assert inspect.isclass(thing) or callable(thing)
    assert inspect.getdoc(thing), name
    assert thing.__module__.startswith("geo_events.")


@pytest.mark.parametrize("name", sorted(set(ge.__all__) - PLAIN))
def test_every_public_function_documents_its_parameters(name: str) -> None:
    """A public function's docstring names every parameter, what it returns, and an example."""
    thing = getattr(ge, name)
    if inspect.isclass(thing):
        pytest.skip("a value documents its fields in its own way")
    doc = inspect.getdoc(thing) or ""
    missing = [p for p in inspect.signature(thing).parameters if p not in doc]
    assert missing == []
    assert "Returns\n---" in doc
    assert "Examples\n---" in doc


def test_dir_lists_the_face() -> None:
    """`dir(geo_events)` shows all public names before any of them is loaded."""
    assert set(ge.__all__) <= set(dir(ge))


@pytest.mark.parametrize("module", HEAVY)
def test_importing_the_package_loads_nothing_heavy(module: str) -> None:
    """`import geo_events` alone loads no frames, no maps, no geometry and no arrays."""
    code = f"import sys, geo_events; print({module!r} in sys.modules)"
    assert in_fresh_process(code) == "False"


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not there is refused in Python's own way."""
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = ge.no_such_name


def test_every_error_has_one_root() -> None:
    """All error classes are `GeoEventsError`s, and the warning is a `UserWarning`."""
    for name in errors.__all__:
        kind = getattr(errors, name)
        assert issubclass(kind, errors.GeoEventsError | UserWarning)
