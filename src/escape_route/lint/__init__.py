"""Everything wrong or doubtful about a file: each finding with its rule, its place, its value and a likely fix.

What stops a file from being read is an error; what somebody should look at again is a warning. The
rules are small functions that register themselves; those of reading are found by the readers.
`rules.toml` explains all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from escape_route.errors import EscapeRouteError, JourneyFileError, Problem
from escape_route.lint import coordinates, sentences, texts, times, whereabouts  # noqa: F401  # they register
from escape_route.lint.rules import CHECKS, RULES, Finding, Rule, Severity, Subject
from escape_route.model.journey import Journey

__all__ = ["RULES", "Finding", "Rule", "Severity", "lint", "of_error", "of_warnings"]


def lint(journey: Journey, *, ignore: Collection[str] = ()) -> tuple[Finding, ...]:
    """What is doubtful about a journey, but by the rules of these names that are left out.

    Findings by their places: of the whole, of sources, claims, waypoints in travel order, and
    tracks.

    >>> import escape_route as er
    >>> lint(er.read_journey("lee-son").data)
    ()
    """
    subject = Subject(journey)
    wanted = [name for name in CHECKS if name not in ignore]
    findings = [
        Finding(RULES[name], problem) for name in wanted for problem in CHECKS[name](subject)
    ]
    order = [f"source {source.id}" for source in journey.sources]
    order += [f"claim {claim.id}" for claim in journey.claims]
    order += [f"waypoint {waypoint.id}" for waypoint in journey.waypoints]
    return tuple(sorted(findings, key=lambda finding: _rank(finding.problem.place, order)))


def _rank(place: str, order: Sequence[str]) -> int:
    """The whole first, tracks last."""
    head = place.partition(",")[0]
    return ["journey", *order, head].index(head)


def of_error(error: EscapeRouteError, source: str) -> tuple[Finding, ...]:
    """What is wrong with a file that could not be read, from what its reader raised."""
    if not isinstance(error, JourneyFileError):
        return (Finding(RULES["unreadable"], Problem("", str(error).removeprefix(f"{source}: "))),)
    whole = (
        len(error.problems) == 1 and not error.problems[0].place
    )  # nothing in the file could be named
    rules = [
        RULES.get("unreadable" if whole else problem.rule, RULES["wrong-value"])
        for problem in error.problems
    ]
    return tuple(Finding(*pair) for pair in zip(rules, error.problems, strict=True))


def of_warnings(warnings: Iterable[str]) -> tuple[Finding, ...]:
    """What a file's format advises against, from what its reader told."""
    return tuple(Finding(RULES["file-advice"], Problem("", warning)) for warning in warnings)
