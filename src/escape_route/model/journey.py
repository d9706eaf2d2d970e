"""What a journey is: frozen data without input or output. Positions are (longitude, latitude) in degrees on WGS84.

The fields stand in the order in which a file has them; `members` says what they are called there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TypeAlias

import numpy as np
from shapely.geometry.base import BaseGeometry

from escape_route.geography.geodesic import Floats, LonLat
from escape_route.model.modes import Mode, ModesAre, Through
from escape_route.model.units import UNITS, Quantity
from escape_route.model.vocabulary import (
    Basis,
    Counts,
    Flight,
    LineIs,
    Outcome,
    Precision,
    Role,
    SceneKind,
    SourceKind,
    Status,
    Wording,
)

Text: TypeAlias = "Mapping[str, str]"
"""Language tag (BCP 47) to text."""
IMAGE_HEAD, AUDIO_HEAD = "data:image/jpeg;base64,", "data:audio/mpeg;base64,"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement was published. `url` is None where there is none, `kind` where nobody says what it is."""

    id: str
    title: str
    url: str | None
    language: str | None = None
    note: str | None = None
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or two of narration with the ids of its sources; none where it speaks of the map itself.

    `sources_at`, here and elsewhere, is where in a source it stands, by its id: a page, a folio,
    00:14:32.
    """

    text: str
    sources: tuple[str, ...]
    sources_at: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about the whole journey, per language, with the ids of its sources."""

    text: Text
    sources: tuple[str, ...]
    sources_at: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agreed to what, when, on whose behalf, and how it is withdrawn; only `basis` and the year are published."""

    basis: Basis
    when: str | None = None
    by: str | None = None
    to: str | None = None
    on_behalf_of: str | None = None
    withdraw: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected after it had been published, per language, and on which day (EDTF)."""

    when: str
    what: Text


@dataclass(frozen=True, slots=True)
class Scene:
    """How a chapter is shown, with the sources that say so; `count` is how many hours, crests or people it shows."""

    kind: SceneKind
    count: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, per language, in a few words; who said it, per language."""

    text: Text
    speaker: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """Who looked at a picture, or listened, and on which day (EDTF): faces, voices, signs, windows."""

    by: str
    when: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a waypoint; `alt` says per language what is to be seen.

    `file` is the name of a file beside the journey, and a ``data:`` address once it is embedded:
    what was published needs no other file. Whoever reads the journey from a disk embeds it.
    """

    file: str
    alt: Text
    credit: str
    checked: Checked

    @property
    def is_embedded(self) -> bool:
        """Whether the picture itself is here."""
        return self.file.startswith(IMAGE_HEAD)


@dataclass(frozen=True, slots=True)
class Audio:
    """A recording of a waypoint, its `file` as that of an image; `transcript` says per language what is to be heard."""

    file: str
    transcript: Text
    credit: str
    checked: Checked

    @property
    def is_embedded(self) -> bool:
        """Whether the recording itself is here."""
        return self.file.startswith(AUDIO_HEAD)


@dataclass(frozen=True, slots=True)
class ModeShare:
    """A mode with its weight (0 to 1) among alternatives or parts, how well it stands, and the words it was told in."""

    mode: Mode
    weight: float
    status: Status
    told: str | None = None

    @property
    def in_words(self) -> str:
        """As the file names it: road, unknown (on a sledge)."""
        return f"{self.mode} ({self.told})" if self.told else str(self.mode)


#: What stands in for the modes of a leg of which none is told.
UNTOLD_MODES = (ModeShare(Mode.UNKNOWN, 1.0, Status.INFERRED),)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a claim counts: from one waypoint to a later one, by their ids, with or without the flight."""

    start: str
    end: str
    flight: Flight


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that somebody stated, in the unit and words it was stated with.

    `value_to` is the higher end of a range, "from 30 to 40"; None of a number alone. `unit` is a
    key of `units`, or a name of its own with its length `unit_m` in metres and why it is taken so.
    `counts_told` says that its file tells what it counts, or that this is as usual: what follows
    from the modes of its way is not written.
    """

    id: str
    quantity: Quantity
    value: float
    unit: str | None
    wording: Wording
    scope: Scope
    sources: tuple[str, ...]
    value_to: float | None = None
    unit_m: float | None = None
    unit_reason: str | None = None
    mode: Mode | None = None
    counts: Counts = Counts.JOURNEY
    counts_told: bool = field(default=True, compare=False)
    note: Text | None = None
    sources_at: Mapping[str, str] = field(default_factory=dict)

    @property
    def highest(self) -> float:
        """Higher end of a range, or the number alone, in its unit."""
        return self.value if self.value_to is None else self.value_to

    @property
    def unit_size(self) -> float:
        """Size of its unit: metres of a distance, hours of a duration, 1 of what is counted."""
        if self.unit_m is not None:
            return self.unit_m
        return 1.0 if self.unit is None else UNITS[self.unit].size


@dataclass(frozen=True, slots=True)
class Stay:
    """How long somebody stayed at a place, in the unit and words that it was told in; its numbers as those of a claim.

    `unit` is one of those of durations.
    """

    value: float
    unit: str
    wording: Wording = Wording.EXACT
    value_to: float | None = None

    @property
    def quantity(self) -> Quantity:
        """What it is the number of."""
        return Quantity.DURATION

    @property
    def highest(self) -> float:
        """Higher end of a range, or the number alone, in its unit."""
        return self.value if self.value_to is None else self.value_to

    @property
    def unit_size(self) -> float:
        """Hours of its unit."""
        return UNITS[self.unit].size


@dataclass(frozen=True, slots=True)
class Lowered:
    """Why and on which day (EDTF) a place was allowed to be published finer than before."""

    reason: str
    date: str


DATE_KEPT, POINT_KEPT = "the date as finely as it is held", "a point on the map"
STAY_KEPT = "how long one stayed, as finely as it is held"
#: What the publishable form says of a place that it tells more coarsely than it is held.
GENERALISED, COUNTRY_ALONE = "generalised to", "the country alone"
_TO_THE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED_CELL = re.compile(r"(\d+(?:\.\d+)?)\s*(?:°|deg)|(whole degree)")
_COARSER = (f"point {GENERALISED}", f"outline {GENERALISED}", COUNTRY_ALONE)


def cell_named(generalization: str) -> Decimal | None:
    """Height in degrees of the cell that what is told of a generalisation names; None where it names none."""
    match = _NAMED_CELL.search(generalization)
    if match is None:
        return None
    return Decimal(1) if match[2] else Decimal(match[1])


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place of the journey: a set of points, with a name and what was said of it.

    `label` is where its name hangs (None: nowhere). `geometry` is the place itself where the file
    draws one (a shapely line or polygon). `uncertainty_m` is the radius of a disc around `label`,
    `uncertainty_unit` what it was told in (None: metres). `footprints` are alternatives; `within`
    cuts the place to these countries. `modes` say how one arrived; `leg_told` is False where
    nothing is known of that. `near_previous_km` is how far from the place before it was told to lie
    at the most. `when_published` is the date as finely as pages have printed it; `lowered`, and
    `request` (what the teller asked not to be shown), are for the holder and never published.
    """

    id: str
    name: Text
    role: Role
    precision: Precision
    status: Status
    label: LonLat | None = None
    geometry: BaseGeometry | None = None
    sources: tuple[str, ...] = ()
    sources_at: Mapping[str, str] = field(default_factory=dict)
    uncertainty_m: float | None = None
    uncertainty_unit: str | None = None
    footprints: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    when: str | None = None
    when_published: str | None = None
    stay: Stay | None = None
    modes: tuple[ModeShare, ...] = ()
    modes_are: ModesAre = ModesAre.ALTERNATIVES
    leg_told: bool = True
    near_previous_km: float | None = None
    narration: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    scene: Scene | None = None
    quote: Quote | None = None
    image: Image | None = None
    audio: Audio | None = None
    lowered: Lowered | None = None
    withheld: bool = False
    verbatim_locality: str | None = None
    request: str | None = None
    data_generalizations: str | None = None
    information_withheld: str | None = None
    sensitivity: int | None = None

    @property
    def has_coarser_stay(self) -> bool:
        """Whether how long one stayed is published more coarsely than it was told."""
        return STAY_KEPT in (self.information_withheld or "")

    @property
    def is_label_only(self) -> bool:
        """Whether the point is a place to hang a name on and not a place that was told."""
        area = self.precision.is_area and self.uncertainty_m is None
        return bool(self.footprints) or (self.geometry is None and area)

    @property
    def shares_its_span(self) -> bool:
        """Whether the publishable form tells its date as the one span of time of all dates that are kept.

        That is of months or years: what is told in days is the date of the place itself, without
        its hours.
        """
        is_cut = DATE_KEPT in (self.information_withheld or "")
        return is_cut and "/" in (self.when or "") and not _TO_THE_DAY.search(self.when or "")

    def may_arrive(self, *through: Through) -> bool:
        """Whether one arrived through one of these in any account."""
        return any(share.mode.row.through in through for share in self.modes)

    def is_by(self, mode: Mode) -> bool:
        """Whether all of the way here was by a mode, in one of its accounts at the least."""
        modes = {share.mode for share in self.modes or UNTOLD_MODES}
        return mode in modes and (len(modes) == 1 or self.modes_are is not ModesAre.PARTS)

    @property
    def was_made_coarser(self) -> bool:
        """Whether the publishable form tells the place more coarsely than it is held, and says so."""
        is_wider = (self.data_generalizations or "").startswith(_COARSER)
        return is_wider or POINT_KEPT in (self.information_withheld or "")

    @property
    def cell(self) -> Decimal | None:
        """Height in degrees of the cell that it says it was generalised to; None where it names none."""
        return cell_named(self.data_generalizations or "")

    @property
    def arrives_by_air(self) -> bool:
        """Whether one arrived by air in every account: such a leg is what "without the flight" leaves out."""
        return bool(self.modes) and all(
            share.mode.row.through is Through.AIR for share in self.modes
        )

    @property
    def is_vague(self) -> bool:
        """Whether the place was told as more than a point: a footprint, a shape, a disc, a country or a region."""
        return self.is_label_only or self.geometry is not None or bool(self.uncertainty_m)


@dataclass(frozen=True)
class TracedLeg:
    """A line between two neighbouring waypoints, (lon, lat) in degrees: a recording, or a sketch of the way.

    `line_told` says that the file itself tells which: of a line that it calls recorded all is kept.
    """

    id: str
    start: str
    end: str
    line: tuple[LonLat, ...]
    status: Status
    sources: tuple[str, ...]
    sources_at: Mapping[str, str] = field(default_factory=dict)
    line_is: LineIs = LineIs.RECORDED
    line_told: bool = field(default=False, compare=False)

    @cached_property
    def vertices(self) -> Floats:
        """The line as an array, shape (n, 2): it may have hundreds of thousands of positions, and is asked often."""
        return np.fromiter(
            chain.from_iterable(self.line), dtype=float, count=2 * len(self.line)
        ).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class Before:
    """What its register says of a journey's last publication: for the holder alone, and never published.

    `ids` are the published ids by those that are held, a mapping each of waypoints, claims and
    sources; `cells` the centre and the height in degrees, as text, of the cell that each place was
    published in, by its id as held.
    """

    ids: Mapping[str, Mapping[str, str]]
    cells: Mapping[str, tuple[LonLat, str]]


@dataclass(frozen=True, slots=True)
class Journey:
    """Waypoints in travel order, tracks where there are any, and what was stated about the whole.

    `headline` is what its page says first; ``{gap}`` and ``{least}`` in it are filled with what was
    measured. `returned_to` are references to the countries that whoever was captured may have been
    sent back to. `some_stops` says that only some of its stops are told: a longer way is then no
    contradiction.
    """

    id: str
    title: Text
    summary: Text
    outcome: Outcome
    waypoints: tuple[Waypoint, ...]
    traces: tuple[TracedLeg, ...] = ()
    headline: Text | None = None
    subject: Text | None = None
    care: Text | None = None
    people: int | None = None
    notes: tuple[Note, ...] = ()
    reviewed: str | None = None
    returned_to: tuple[str, ...] = ()
    some_stops: bool = False
    consent: Consent | None = None
    corrections: tuple[Correction, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    before: Before | None = field(default=None, compare=False, repr=False)

    def index_of(self, waypoint_id: str) -> int:
        """Place of a waypoint in travel order, from 0; raises KeyError where there is none of that id."""
        for index, waypoint in enumerate(self.waypoints):
            if waypoint.id == waypoint_id:
                return index
        raise KeyError(waypoint_id)

    def trace_into(self, index: int) -> TracedLeg | None:
        """Track that was recorded of the way to waypoint `index`, where there is one: it is measured."""
        return self._line_into(index, LineIs.RECORDED)

    def sketch_into(self, index: int) -> TracedLeg | None:
        """Line that was drawn of the way to waypoint `index`, where there is one: a hint, and never measured."""
        return self._line_into(index, LineIs.DRAWN)

    def _line_into(self, index: int, line_is: LineIs) -> TracedLeg | None:
        end = self.waypoints[index].id
        return next(
            (trace for trace in self.traces if trace.end == end and trace.line_is is line_is), None
        )


def say(text: Text, language: str = "en") -> str:
    """Text in a language, else in English, else in whatever it has."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
