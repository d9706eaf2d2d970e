"""A journey that is made in a few lines of Python, without a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.api.journeys import Journey
from escape_route.model.make import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.model.make import Cited, ClaimDraft, PlaceDraft, Words


def journey(
    title: Words,
    *waypoints: PlaceDraft,
    claims: Sequence[ClaimDraft] = (),
    source: Cited = (),
    **more: object,
) -> Journey:
    """Make a journey from a few lines; every rule of files holds, and a problem is told by its argument.

    Parameters
    ----------
    title
        In English, or per language.
    *waypoints
        Made by `escape_route.waypoint`, in travel order.
    claims
        What was stated of it, made by `escape_route.claim`.
    source
        Who tells it: cited wherever a waypoint or claim names nobody.
    **more
        Any other member of `journey` in `geo/README.md`: ``summary``, ``outcome`` (reached, where nothing is said),
        ``people``, ``care``, ``subject``, ``notes``, ``id``; ``sources`` gives addresses by title.

    Returns
    -------
    Journey

    Raises
    ------
    JourneyFileError
        With everything that is wrong with it.

    Examples
    --------
    >>> from escape_route import claim, waypoint
    >>> walk = journey(
    ...     "Over the hills, 1968",
    ...     waypoint("Vienna", at=(16.37, 48.21), within_km=10),
    ...     waypoint("Somewhere in Czechia", footprint="country:CZ", by="rail"),
    ...     waypoint("Dresden", at=(13.74, 51.05), within_km=10, by={"rail": 0.7, "road": 0.3}),
    ...     claims=[claim(600, "km", wording="about")],
    ...     source="A letter",
    ... )
    >>> print(walk.check(draws=500).claims["verdict"].item())
    consistent
    """
    return Journey(build(title, waypoints, claims=claims, source=source, **more))
