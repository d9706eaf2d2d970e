"""What the tests share: the folder beside the project, and how hypothesis is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from beside import PROJECT, SHARED

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `../shared`; where it is missing a test fails and says so."""
    if not SHARED.is_dir():
        pytest.fail(f"{SHARED} is missing: this test reads it, and nothing of it is copied into the project")
    return SHARED


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT
