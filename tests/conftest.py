"""What the tests share: the folder beside the project, and how hypothesis is run."""

from __future__ import annotations

import gc
import io
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from PIL import Image

from beside import IS_LONG, IS_NAMED, PROJECT, SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

settings.register_profile(
    "project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")

#: Files that take long, the longest first: one that is begun last leaves other workers idle. Those
#: of the browser wait more than they work, and stand between those that work.
_FIRST = (
    *(
        "test_story.py",
        "test_figure.py",
        "test_one_verdict.py",
        "test_ledger.py",
        "test_join.py",
        "test_speed.py",
    ),
    *(
        "test_own_journey.py",
        "test_faults.py",
        "test_report_file.py",
        "test_access.py",
        "test_notebooks.py",
    ),
    *(
        "test_archive.py",
        "test_languages.py",
        "test_one_form_one_file.py",
        "test_formats.py",
        "test_embed.py",
    ),
    *(
        "test_publishing_commands.py",
        "test_attacks.py",
        "test_joint.py",
        "test_told_places.py",
        "test_tables.py",
    ),
    *(
        "test_newcomers.py",
        "test_embed_recipes.py",
        "test_held_or_published.py",
        "test_bounds.py",
        "test_tiles.py",
    ),
    *(
        "test_install.py",
        "test_lint.py",
        "test_imagined.py",
        "test_output.py",
        "test_cli.py",
        "test_beside.py",
    ),
    *(
        "test_hostile_files.py",
        "test_stability.py",
        "test_interrupt.py",
        "test_independent.py",
        "test_compare.py",
    ),
    *(
        "test_extras.py",
        "test_contents.py",
        "test_fuzz.py",
        "test_report.py",
        "test_seasons.py",
        "test_payload.py",
    ),
    *("test_media.py", "test_claims.py", "test_kernel.py", "test_by_network.py", "test_startup.py"),
    *(
        "test_strangers.py",
        "test_regions.py",
        "test_exposure.py",
        "test_register.py",
        "test_deposit.py",
    ),
)
_NOT_HERE = (
    "../shared (other projects' test suites, measured data), which is not here; "
    "ESCAPE_ROUTE_SHARED names it"
)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `../shared`; see `beside`."""
    if SHARED.is_dir():
        return SHARED
    if IS_NAMED:
        pytest.fail(f"{SHARED} is missing: ESCAPE_ROUTE_SHARED names it, and this test reads it")
    pytest.skip(_NOT_HERE)


def pytest_configure() -> None:
    """Look for no garbage while tests are collected: they all stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Keep what was collected and imported out of every later search for garbage: a tenth of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that take long, without what is for the long run."""
    rank = {name: number for number, name in enumerate(_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))
    if not IS_LONG:
        config.hook.pytest_deselected(
            items=[item for item in items if item.get_closest_marker("long")]
        )
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors, of which a browser that is waited for leaves one idle, two are slower."""
    usable: Sequence[int] = (
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    return len(usable) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was not run for want of the folder."""
    skipped = [
        each
        for each in terminalreporter.stats.get("skipped", [])
        if _NOT_HERE in str(each.longrepr)
    ]
    if skipped:
        files = ", ".join(
            sorted({each.nodeid.partition("::")[0].rpartition("/")[2] for each in skipped})
        )
        terminalreporter.write_line(f"Not run: what reads {_NOT_HERE}. It is in {files}.")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], bytes]], Path]:
    """Makes a file of a name once for all workers of a run."""
    together = tmp_path_factory.getbasetemp()
    together = together.parent if "PYTEST_XDIST_WORKER" in os.environ else together

    def made(name: str, make: Callable[[], bytes]) -> Path:
        file = together / name
        if not file.exists():
            own = file.with_suffix(f".{os.getpid()}")
            own.write_bytes(make())
            own.replace(file)
        return file

    return made


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports with a dot in the place of every picture, for tests of their words."""
    dot = io.BytesIO()
    Image.new("RGB", (1, 1)).save(dot, "PNG")
    monkeypatch.setattr(
        "escape_route.publish.report.document._drawn", lambda *_, **__: dot.getvalue()
    )


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT
