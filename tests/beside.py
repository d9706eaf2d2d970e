"""Where the project lies, and the folder beside it with test suites and measured data that are not copied into it.

`ESCAPE_ROUTE_SHARED` names that folder where it is elsewhere; what is named must be there. Where none is named and none
lies beside the project, the tests that read it are skipped, and the summary says so in one line.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import escape_route

PROJECT = Path(__file__).parents[1]
#: The package as it is imported: that of the checkout, or of a wheel that is tested.
PACKAGE = Path(escape_route.__file__).parent
IS_NAMED = "ESCAPE_ROUTE_SHARED" in os.environ
SHARED = Path(os.environ["ESCAPE_ROUTE_SHARED"]) if IS_NAMED else PROJECT.parent / "shared"
GEO = PROJECT / "geo"
#: Random cases by the hundred, as `make long` tries them; else as many as meet each kind of them.
IS_LONG = "ESCAPE_ROUTE_LONG" in os.environ
SHIPPED = ("ro-family", "lee-so-yeon", "lee-son")
on_posix = pytest.mark.skipif(os.name != "posix", reason="terminals, signals, links and shells as POSIX has them")
