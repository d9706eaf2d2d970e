"""Where the project lies, and the folder beside it with test suites and measured data that are not copied into it.

`ESCAPE_ROUTE_SHARED` names that folder where it is elsewhere; what is named must be there. Where
none is named and none lies beside the project, the tests that read it are skipped, and the summary
says so in one line.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import escape_route

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT = Path(__file__).parents[1]
#: The package as it is imported: that of the checkout, or of a wheel that is tested.
PACKAGE = Path(escape_route.__file__).parent
IS_NAMED = "ESCAPE_ROUTE_SHARED" in os.environ
SHARED = Path(os.environ["ESCAPE_ROUTE_SHARED"]) if IS_NAMED else PROJECT.parent / "shared"
GEO = PROJECT / "geo"
#: Random cases by the hundred, and what is `long`, as `make long` tries them; else as many as meet
#: each kind of them.
IS_LONG = bool(
    {"ESCAPE_ROUTE_LONG", "RENEW_GOLDEN"} & os.environ.keys()
)  # all pictures are renewed
SHIPPED = ("ro-family", "lee-so-yeon", "lee-son")
#: Marks a test, or a parameter, that tries a rule once more: in another size, language, journey or
#: format.
long = pytest.mark.long
on_posix = pytest.mark.skipif(
    os.name != "posix", reason="terminals, signals, links and shells as POSIX has them"
)


def whole(values: Iterable[object], *first: object) -> list[object]:
    """Values of a parameter: all of them in the long run, in the short one those that are named first."""
    return [each if each in first else pytest.param(each, marks=long) for each in values]
