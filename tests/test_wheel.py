"""What is installed: the package from the wheel with its data, or the checkout with its folder."""

from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path

import pytest

import geo_events
from geo_events.atlas.bundle import open_bundle

EXPECTED = bool(os.environ.get("GEO_EVENTS_EXPECT_WHEEL"))
PACKAGE = Path(geo_events.__file__).parent


@pytest.mark.skipif(not EXPECTED, reason="only where the wheel is installed and tested")
def test_the_wheel_is_what_is_tested() -> None:
    """The package comes from site-packages, and its data from geo_events/_data in it."""
    assert "site-packages" in PACKAGE.parts
    assert open_bundle().folder == PACKAGE / "_data"


@pytest.mark.skipif(EXPECTED, reason="only in a checkout")
def test_in_a_checkout_the_top_level_folder_is_used() -> None:
    """An editable install finds the one folder data/ beside the package."""
    assert open_bundle().folder == PACKAGE.parent / "data"


def test_every_table_is_whole() -> None:
    """Each file of the data has the checksum that its manifest names."""
    bundle = open_bundle()
    assert bundle.files
    for name in bundle.files:
        assert bundle.path(name).is_file()


@pytest.mark.skipif(not EXPECTED, reason="only where the wheel is installed and tested")
def test_what_travels_with_the_wheel() -> None:
    """Licence, attribution, type marker and the public face's stub are in the wheel."""
    files = {str(file) for file in importlib.metadata.files("geo_events")}
    assert {"geo_events/py.typed", "geo_events/__init__.pyi"} <= files
    assert any(name.endswith("licenses/LICENSE") for name in files)
    assert any(name.endswith("ATTRIBUTION.md") for name in files)
    assert not any(name.startswith(("tests/", "tools/", "seeds/", "data/")) for name in files)
