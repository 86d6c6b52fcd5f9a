"""What all tests share: where things are, and a quiet, repeatable surrounding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# No example has a time limit: a slow machine is not a fault. The gate draws the same examples each
# time; the long run draws many more, and new ones.
settings.register_profile(
    "default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "long", settings.get_profile("default"), derandomize=False, max_examples=5000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root; in the test of the wheel, the folder with the tests alone."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with corpora and the seed article; tests that need it skip where it is not."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the evaluation material in {SHARED}, which is not part of the project")
    return SHARED
