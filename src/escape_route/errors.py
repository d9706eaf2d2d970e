"""One tree of errors: whatever a user can do wrong ends here, with place, value, rule and likely fix."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


def member_path(place: str, name: str) -> str:
    """Path of a member of the object at `place`; `place` is empty for the whole file."""
    return f"{place}.{name}" if place else name


class EscapeRouteError(Exception):
    """Base of every error that this package raises on purpose."""


class UnprotectedWarning(UserWarning):
    """Places are published as they are held."""

    def __init__(self) -> None:
        """Say what follows from it."""
        super().__init__(
            "places are published as they are held, and can be found; do not pass the file on"
        )


def visible(text: str) -> str:
    r"""Text on one line in which nothing acts on a terminal: control characters and direction marks are written out.

    >>> visible("a\x1b[31mb\nc")
    'a\\x1b[31mb\\nc'
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file.

    `place` is where in the file, as a path such as ``features[3].properties.role``, empty for the
    whole file; `message` the value and the rule that it breaks; `fix` what most likely mends it,
    empty where nothing better than the message can be said; `rule` the name of the rule that it
    breaks, of those that `escape-route lint` explains.
    """

    place: str
    message: str
    fix: str = ""
    rule: str = "wrong-value"

    def __str__(self) -> str:
        """Give place, message and fix on one line."""
        head = f"{self.place}: " if self.place else ""
        tail = f" ({self.fix})" if self.fix else ""
        return visible(f"{head}{self.message}{tail}")


class JourneyFileError(EscapeRouteError):
    """A file that is not a journey; carries every problem of it, in the file's order, and its name."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        """Keep the source and its problems."""
        self.source = source
        self.problems = problems
        super().__init__("\n".join(f"{visible(source)}: {problem}" for problem in problems))


def refusal(
    source: str, message: str, fix: str = "", *, place: str = "", rule: str = "wrong-value"
) -> JourneyFileError:
    """A file that one thing is wrong with, most often as a whole."""
    return JourneyFileError(source, (Problem(place, message, fix, rule),))


class UnknownPlaceError(EscapeRouteError):
    """A footprint reference that the base geography does not hold."""


class UsageError(EscapeRouteError):
    """An option outside what it may be."""


#: The extra that brings each package that not everybody needs.
EXTRA_OF = {
    "matplotlib": "figures",
    "weasyprint": "pdf",
    "pandas": "tables",
    "rocrate": "deposit",
    **dict.fromkeys(("dask", "distributed"), "archive"),
    **dict.fromkeys(("geopandas", "pyarrow", "pyogrio"), "geo"),
    **dict.fromkeys(("scgraph_data", "scipy", "searoute"), "routes"),
    **dict.fromkeys(("IPython", "ipywidgets"), "notebook"),
}


def naming_its_extra(error: ModuleNotFoundError) -> Exception:
    """The error as it is told to people where an extra brings the package; else the error itself.

    >>> naming_its_extra(ModuleNotFoundError(name="matplotlib.figure"))
    UsageError('needs matplotlib, which is not installed: python -m pip install "escape-route[figures]"')
    """
    package = (error.name or "").partition(".")[0]
    if package not in EXTRA_OF:
        return error
    return UsageError(f"needs {package}, which is not installed: {way_to(EXTRA_OF[package])}")


def way_to(extra: str) -> str:
    """The line that brings an extra into this environment, which uv or pipx may keep for the command alone.

    >>> way_to("figures")
    'python -m pip install "escape-route[figures]"'
    """
    wanted = f'"escape-route[{extra}]"'  # quoted as every shell takes it
    if Path(sys.prefix, "uv-receipt.toml").exists():
        return f"uv tool install {wanted}"
    if Path(sys.prefix, "pipx_metadata.json").exists():
        return f"pipx runpip escape-route install {wanted}"
    return f"python -m pip install {wanted}"


class OutputError(EscapeRouteError):
    """A file could not be written; nothing of it was."""


class LeakError(EscapeRouteError):
    """A file would give away what is held back; it was not written."""


def counted(number: int, noun: str) -> str:
    """Number with its noun, of which there is one or several.

    >>> counted(1, "place"), counted(0, "place"), counted(1_200, "place")
    ('1 place', '0 places', '1,200 places')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def suggest(value: object, allowed: Iterable[str]) -> str:
    """Nearest allowed value, else all of them."""
    from difflib import get_close_matches  # noqa: PLC0415  # only where something was mistyped

    names = list(allowed)
    near = get_close_matches(value.lower(), names, n=1) if isinstance(value, str) else []
    if near:
        return f'did you mean "{near[0]}"?'
    return f"one of {', '.join(names)}" if names else ""
