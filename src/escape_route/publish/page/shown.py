"""What a page shows, as data: `payload` gathers it, templates and `layers` read it, its JSON goes into the page.

Lengths are in kilometres, angles in degrees, positions (lon, lat) in degrees. What we say is held
in the languages of the page, what a journey says itself in all of its own. `web/payload.d.ts` says
the same to the page's JavaScript, where `start` and `end` of a stretch are `from` and `to`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escape_route.distance.intervals import Record
    from escape_route.distance.verdicts import Verdict
    from escape_route.geography.geodesic import LonLat
    from escape_route.language.claim_view import IntervalKm
    from escape_route.language.sources import SourceView
    from escape_route.model.journey import ModeShare, Note, Quote, Scene, Scope, Statement, Text
    from escape_route.model.modes import Mode, ModesAre
    from escape_route.model.published import Mark
    from escape_route.model.units import Quantity
    from escape_route.model.vocabulary import Outcome, Precision, Role, Status, Wording

Lines = tuple[tuple["LonLat", ...], ...]


@dataclass(frozen=True, slots=True)
class Footprint:
    """A set of points that a waypoint was told as, and its name."""

    ref: str
    name: Text


@dataclass(frozen=True, slots=True)
class ShownImage:
    """A picture: its address, which holds it, its size in pixels, what is to be seen, and whose it is."""

    href: str
    width: int
    height: int
    alt: Text
    credit: str


@dataclass(frozen=True, slots=True)
class ShownAudio:
    """A recording: its address, which holds it, what is to be heard, and whose it is."""

    href: str
    transcript: Text
    credit: str


@dataclass(frozen=True, slots=True)
class ShownWaypoint:
    """A place: `label` is where its name hangs, `pin` whether that was published as the place itself.

    `bbox` is west, south, east and north of all that is known of it; `coarser` is what was made so,
    or left out. Without a label point its name hangs at `hang`, and lies in none of the countries
    `avoid`: its own side of a border; its number stands once more at `again`, on the other parts of
    a place that may be in several. `brief` is the code of the country that names it where there is
    little room.
    """

    id: str
    number: int
    name: Text
    role: Role
    precision: Precision
    status: Status
    when: str | None
    when_said: Text | None
    stayed: Text | None
    withheld: bool
    label: LonLat | None
    pin: bool
    uncertainty_km: float | None
    within_said: Text | None
    radius_said: Text | None
    footprints: tuple[Footprint, ...]
    within: tuple[str, ...]
    bbox: tuple[float, ...] | None
    narration: Mapping[str, tuple[Statement, ...]]
    sources: tuple[str, ...]
    sources_at: Mapping[str, str]
    coarser: Text | None
    scene: Scene | None = None
    quote: Quote | None = None
    image: ShownImage | None = None
    audio: ShownAudio | None = None
    hang: LonLat | None = None
    again: tuple[LonLat, ...] = ()
    avoid: tuple[str, ...] = ()
    brief: str | None = None


@dataclass(frozen=True, slots=True)
class ShownLeg:
    """Way to a place from the one before; `vague` where an end is told as more than a point, `line` what to draw."""

    start: str
    end: str
    told: bool
    traced: bool
    sketched: bool
    length_km: float | None
    bearing_deg: float | None
    vague: bool
    status: Status
    modes: tuple[ModeShare, ...]
    modes_are: ModesAre
    country: str | None
    line: Lines
    plausible_km: IntervalKm | None
    sources: tuple[str, ...]
    sources_at: Mapping[str, str]

    @property
    def mode(self) -> Mode | str:
        """How one travelled for the most part."""
        return max(self.modes, key=lambda share: share.weight).mode if self.modes else "unknown"


@dataclass(frozen=True, slots=True)
class Shortest:
    """The shortest journey through the sets; its line is broken around each of its points."""

    length_km: float | None
    sampling_error_km: float | None
    line: Lines


@dataclass(frozen=True, slots=True)
class ShownNetwork:
    """Shortest way on today's networks: `tick` names it beside its mark; where it is not given, `said` tells why."""

    length_km: float | None
    tick: Text | None
    said: Text


@dataclass(frozen=True, slots=True)
class Felt:
    """Two cities that lie as far apart as a scope is at the least."""

    one: Text
    other: Text
    length_km: float


@dataclass(frozen=True, slots=True)
class MapName:
    """A name that a map shows for orientation: of a told river, a country, a sea, or a capital city with its dot."""

    kind: str
    name: Text
    at: LonLat
    code: str = ""


@dataclass(frozen=True, slots=True)
class ShownScope:
    """A stretch of the journey and what it comes to; `chain_from` is the number of the place where its chain begins."""

    id: str
    start: str
    end: str
    flight: str
    label: Text
    lower_bound_km: float | None
    shortest: Shortest | None
    chain_km: float | None
    chain_from: int | None
    plausible_km: IntervalKm | None
    claims: tuple[str, ...]
    network: ShownNetwork | None
    likely: Text | None = None
    felt: Felt | None = None


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A number that was stated, with its first judgement; of a second one, where a flight may count, the verdict."""

    id: str
    quantity: Quantity
    value: float
    unit: str | None
    stated: Text
    value_km: float | None
    reaches: str | None
    wording: Wording
    scope: Scope
    sources: tuple[str, ...]
    sources_at: Mapping[str, str]
    scope_id: str | None
    also_scope_id: str | None
    verdict: Verdict | None
    also_verdict: Verdict | None
    said: Text | None
    also_said: Text | None
    ratio: float | None
    unexplained_km: float | None
    sentence: Text
    more: Text
    note: Text | None
    why: Text | None = None
    fits_in: Text | None = None
    fits_why: Text | None = None
    rest: Text | None = None


@dataclass(frozen=True, slots=True)
class ShownPrior:
    """How winding ways of a mode are: the median factor and the ends of its 90 % interval."""

    mode: Mode
    median_factor: float
    low90: float
    high90: float
    judgement: bool
    basis: str


@dataclass(frozen=True, slots=True)
class ShownMethod:
    """How what is drawn came about."""

    seed: int
    draws_kept: int
    draws_proposed: int
    rho: float | None
    calibration: Record
    where: str
    priors: tuple[ShownPrior, ...]
    engines_differ_nm: float


@dataclass(frozen=True, slots=True)
class ShownJourney:
    """A journey with its texts, places, legs, and what was stated and weighed of it.

    `when` is the one date that it tells, in words, or its first and last year; `people_said` how
    many travelled, where it was not one alone; `ended` how it ended short of where it led; `lead`
    is the first sentence, for small frames of its own page. `apart_km` is how far the last place is
    from the first at most, where the headline says so. Maps are drawn around the meridian
    `middle_deg`. `leading` is the number of the scope, from 0, that the finding speaks of.
    """

    id: str
    title: Text
    subject: Text | None
    summary: Text
    care: Text | None
    people: int | None
    outcome: Outcome
    notes: tuple[Note, ...]
    sources: tuple[SourceView, ...]
    when: Text
    waypoints: tuple[ShownWaypoint, ...]
    legs: tuple[ShownLeg, ...]
    claims: tuple[ShownClaim, ...]
    scopes: tuple[ShownScope, ...]
    finding: Text
    finding_aside: Text
    method: ShownMethod
    headline: Text | None = None
    standfirst: Text | None = None
    lead: Text | None = None
    people_said: Text | None = None
    ended: Text | None = None
    apart_km: float | None = None
    middle_deg: float = 0.0
    leading: int = 0

    @property
    def numbers(self) -> Mapping[str, int]:
        """Number of each source, by its id."""
        return {source.id: source.number for source in self.sources}

    @property
    def index(self) -> Mapping[str, int]:
        """Place of each waypoint in travel order from 0, by its id."""
        return {waypoint.id: n for n, waypoint in enumerate(self.waypoints)}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a reader can take out of the page."""

    name: str
    mime: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows in words and numbers; the first journey is its own, others are told after it.

    `sides` has the outlines of the countries that the map shows, in steps of which so many are a
    degree; `when` is the first and the last year of all of them.
    """

    program: Mapping[str, str]
    languages: tuple[str, ...]
    journeys: tuple[ShownJourney, ...]
    mark: Mark | None = None
    names: tuple[MapName, ...] = ()
    sides: Mapping[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    sides_per_deg: int = 10
    when: Text = field(default_factory=lambda: {"en": ""})
    downloads: tuple[Download, ...] = ()

    @property
    def language(self) -> str:
        """Language that the page is written in."""
        return self.languages[0]

    @property
    def is_joint(self) -> bool:
        """Whether it tells several journeys as one story."""
        return len(self.journeys) > 1
