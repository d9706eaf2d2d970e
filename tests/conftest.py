"""What the tests share: the folder beside the project, and how hypothesis is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from beside import IS_NAMED, PROJECT, SHARED

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

_NOT_HERE = "../shared (other projects' test suites, measured data), which is not here; ESCAPE_ROUTE_SHARED names it"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `../shared`; see `beside`."""
    if SHARED.is_dir():
        return SHARED
    if IS_NAMED:
        pytest.fail(f"{SHARED} is missing: ESCAPE_ROUTE_SHARED names it, and this test reads it")
    pytest.skip(_NOT_HERE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was not run for want of the folder."""
    skipped = [each for each in terminalreporter.stats.get("skipped", []) if _NOT_HERE in str(each.longrepr)]
    if skipped:
        files = ", ".join(sorted({each.nodeid.partition("::")[0].rpartition("/")[2] for each in skipped}))
        terminalreporter.write_line(f"Not run: what reads {_NOT_HERE}. It is in {files}.")


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT
