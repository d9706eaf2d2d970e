"""Journeys side by side: what was stated of each, what geometry makes of it, and what is known of the way."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from edtf import parse_edtf

from escape_route.distance.report import PublishedReport
from escape_route.distance.verdicts import Verdict, value_m
from escape_route.geography.base import country_name
from escape_route.language import digits, sentences
from escape_route.language.sentences import Speaker
from escape_route.model.journey import UNTOLD_MODES, say
from escape_route.model.published import Mark
from escape_route.model.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from time import struct_time

    from escape_route.distance.report import Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.verdicts import Judgement
    from escape_route.model.journey import Claim, Journey
    from escape_route.model.modes import Mode
    from escape_route.model.vocabulary import Outcome

#: What a mark says wherever it is told as data.
MARKS = {Mark.AS_HELD: "places as they are held: do not pass it on"}
_KM = 1000


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated distance with its verdict: its words in each language, and what it comes to in km."""

    words: dict[str, str]
    km: float
    verdict: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One journey of a comparison, in figures rounded as they are published.

    `scope` is the part that its finding speaks of, the whole journey where no distance was stated. `least_km` and
    `plausible_km` (low 95, low 50, median, high 50, high 95) are None where nothing can be measured, and `reason` says
    why, in each language. `certainty` is the share of each status: of the median length where there is one
    (`certainty_of` "length"), else of the places. `span` is the time of the journey in years with their fractions.
    """

    id: str
    title: dict[str, str]
    subject: dict[str, str]
    scope: dict[str, str]
    stated: tuple[Stated, ...]
    least_km: float | None
    plausible_km: tuple[float, float, float, float, float] | None
    reason: dict[str, str]
    countries: tuple[str, ...]
    borders: int
    borders_by_air: int
    modes: tuple[Mode, ...]
    outcome: Outcome
    certainty: dict[Status, float]
    certainty_of: str
    span: tuple[float, float] | None

    @property
    def years(self) -> str:
        """First and last year, or one where they are the same; empty where no date is told."""
        if self.span is None:
            return ""
        first, last = int(self.span[0]), int(self.span[1] - 1e-6)
        return str(first) if first == last else f"{first}\N{EN DASH}{last}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Journeys side by side, in the order in which they were given; a row for each report."""

    reports: tuple[Report, ...]
    rows: tuple[Row, ...]

    @property
    def mark(self) -> Mark | None:
        """Mark of what is shown here; None of what is published, and of what nobody is to be shown."""
        return next((each.mark for each in self.reports if isinstance(each, PublishedReport)), None)

    @property
    def highest_km(self) -> float:
        """Longest length of any row; 0 where none has one."""
        lengths = [stated.km for row in self.rows for stated in row.stated]
        lengths += [row.plausible_km[-1] for row in self.rows if row.plausible_km is not None]
        return max([*lengths, *(row.least_km for row in self.rows if row.least_km is not None)], default=0.0)

    @property
    def span(self) -> tuple[float, float] | None:
        """Time that the journeys lie in, in years; None where no date is told of any."""
        spans = [row.span for row in self.rows if row.span is not None]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def compare(reports: Sequence[Report]) -> Comparison:
    """Set journeys side by side.

    Parameters
    ----------
    reports
        On each journey.

    Returns
    -------
    Comparison
        Equal for equal arguments.
    """
    return Comparison(tuple(reports), tuple(_row(report) for report in reports))


def leading_scope(report: Report) -> ScopeReport | None:
    """Part of a journey that its finding speaks of: that of its leading claim, else the first that was measured."""
    found = sentences.Speaker().leading(report)
    if found is not None:
        return found[2]
    return next(iter(report.scopes), None)


def _row(report: Report) -> Row:
    journey = report.journey
    scope = leading_scope(report)
    by_air = sum(crossing.by_air for crossing in report.crossings)
    shares, of = _certainty(report)
    plausible = None if scope is None else scope.plausible
    return Row(
        id=journey.id,
        title=dict(journey.title),
        subject=dict(journey.subject or journey.title),
        scope={} if scope is None else dict(sentences.in_all(lambda speaker: speaker.scope(report, scope.key))),
        stated=() if scope is None else tuple(_stated(*each) for each in report.claims_in(scope)),
        least_km=None if scope is None or scope.bound is None else digits.rounded_down(scope.bound.bound_m / _KM),
        plausible_km=None
        if plausible is None
        else (
            _rounded(plausible.low95_m),
            _rounded(plausible.low50_m),
            _rounded(plausible.median_m),
            _rounded(plausible.high50_m),
            _rounded(plausible.high95_m),
        ),
        reason={} if plausible is not None else dict(sentences.in_all(lambda speaker: speaker.finding(report))),
        countries=report.countries,
        borders=len(report.crossings) - by_air,
        borders_by_air=by_air,
        modes=_modes(journey),
        outcome=journey.outcome,
        certainty=shares,
        certainty_of=of,
        span=span_of(journey),
    )


def _rounded(length_m: float) -> float:
    return digits.rounded(length_m / _KM)


def _stated(claim: Claim, own: Judgement) -> Stated:
    words = dict(sentences.in_all(lambda speaker: speaker.stated(claim)))
    return Stated(words, value_m(claim) / _KM, str(own.verdict), claim.sources)


def _modes(journey: Journey) -> tuple[Mode, ...]:
    """Modes that are told of, in travel order, each once; of a leg of which nothing is told none."""
    told = (way for way in journey.waypoints[1:] if way.leg_told)
    return tuple(dict.fromkeys(share.mode for way in told for share in way.modes or UNTOLD_MODES))


def _certainty(report: Report) -> tuple[dict[Status, float], str]:
    if report.status_shares:
        return {each: report.status_shares[each] for each in Status if each in report.status_shares}, "length"
    statuses = [waypoint.status for waypoint in report.journey.waypoints]
    return {each: statuses.count(each) / len(statuses) for each in Status if each in statuses}, "places"


def span_of(journey: Journey) -> tuple[float, float] | None:
    """Time from the beginning of the first date to the end of the last, in years with their fractions.

    Examples
    --------
    >>> from escape_route import read_journey
    >>> span_of(read_journey("lee-so-yeon").data)
    (2008.0, 2009.0)
    """
    dates = [parse_edtf(waypoint.when) for waypoint in journey.waypoints if waypoint.when]
    ends = [(_year(day.lower_strict()), _year(day.upper_strict(), after=True)) for day in dates if _is_bounded(day)]
    return (min(first for first, _ in ends), max(last for _, last in ends)) if ends else None


def _is_bounded(day: object) -> bool:
    """Whether a date has a first and a last day: an open interval has not."""
    ends = (getattr(day, "lower_strict", lambda: None)(), getattr(day, "upper_strict", lambda: None)())
    return all(isinstance(end, tuple) and len(end) > 2 for end in ends)  # noqa: PLR2004


def _year(day: struct_time, *, after: bool = False) -> float:
    """Day as a year with its fraction; the end of it where `after`."""
    if day.tm_year < 1:  # no calendar of Python's goes there, and no axis is so fine
        return float(day.tm_year + after)
    number = date(day.tm_year, day.tm_mon, day.tm_mday).timetuple().tm_yday
    return float(day.tm_year + (number - 1 + after) / (366 if isleap(day.tm_year) else 365))


def to_document(comparison: Comparison) -> list[dict[str, object]]:
    """Comparison as the list that ``compare --json`` prints: a mapping a journey, None where nothing is known.

    What has a mark has a member of that name, which says so.
    """
    mark = {} if comparison.mark is None else {str(comparison.mark): MARKS[comparison.mark]}
    return [{**_document(row), **mark} for row in comparison.rows]


def _document(row: Row) -> dict[str, object]:
    low95, low50, median, high50, high95 = row.plausible_km or (None,) * 5
    first, last = row.span or (None, None)
    return {
        "id": row.id,
        "title": say(row.title),
        "scope": say(row.scope) if row.scope else None,
        "stated": [
            {"words": say(each.words), "km": each.km, "verdict": each.verdict, "sources": list(each.sources)}
            for each in row.stated
        ],
        "least_km": row.least_km,
        "plausible_low95_km": low95,
        "plausible_low50_km": low50,
        "plausible_median_km": median,
        "plausible_high50_km": high50,
        "plausible_high95_km": high95,
        "not_measured": say(row.reason) if row.reason else None,
        "countries": list(row.countries),
        "borders": row.borders,
        "borders_by_air": row.borders_by_air,
        "modes": [str(mode) for mode in row.modes],
        "outcome": str(row.outcome),
        "certainty": {str(status): round(share, 2) for status, share in row.certainty.items()},
        "certainty_of": row.certainty_of,
        "years": row.years or None,
        "first_year": first,
        "last_year": last,
    }


class Sides:
    """Says the rows of a comparison."""

    def __init__(self, language: str) -> None:
        """Take a language; raises UsageError where nothing is held in it."""
        self.speaker = Speaker(language)
        self.language = language

    def lines(self, row: Row) -> dict[str, str]:
        """Everything of a row, by the key of its heading; dashes where nothing is known."""
        word = self.speaker.word
        measured = row.plausible_km is not None
        return {
            "scope": say(row.scope, self.language) if measured else "\N{EN DASH}",
            "stated": self.stated(row),
            "least": self._km(row.least_km) if row.least_km is not None else word("compare.no_distance"),
            "plausible": self.plausible(row),
            "countries": self.countries(row) or word("compare.not_told"),
            "borders": self.borders(row),
            "modes": self.modes(row) or word("compare.not_told"),
            "outcome": word(f"outcome.{row.outcome}"),
            "certainty": self.certainty(row),
            "years": row.years or word("compare.not_told"),
        }

    def stated(self, row: Row) -> str:
        """Every distance that was stated of the part, with its verdict."""
        return "; ".join(map(self._claim, row.stated)) or self.speaker.word("compare.no_claim")

    def _claim(self, stated: Stated) -> str:
        return f"{say(stated.words, self.language)} ({self.speaker.verdict(Verdict(stated.verdict))})"

    def plausible(self, row: Row) -> str:
        """Plausible range, or that there is none and why."""
        if row.plausible_km is None:
            return self.speaker.word("compare.too_vague")
        return self.speaker.range_km(row.plausible_km[0] * 1000, row.plausible_km[-1] * 1000)

    def countries(self, row: Row) -> str:
        """Countries in travel order."""
        return ", ".join(country_name(code, self.language) for code in row.countries)

    def borders(self, row: Row) -> str:
        """How many borders were crossed, those by air apart."""
        key = "compare.borders_air" if row.borders_by_air else "compare.borders_n"
        return self.speaker.word(key, n=str(row.borders), air=str(row.borders_by_air))

    def modes(self, row: Row) -> str:
        """How one travelled."""
        return ", ".join(self.speaker.word(f"mode.{mode}") for mode in row.modes)

    def certainty(self, row: Row) -> str:
        """Share of each status, and of what."""
        word, percent = self.speaker.word, self.speaker.percent
        said = [f"{percent(share)} {word(f'status.{each}')}" for each, share in row.certainty.items()]
        return f"{', '.join(said)} ({self.speaker.word(f'compare.of_{row.certainty_of}')})" if said else ""

    def _km(self, value_km: float) -> str:
        return self.speaker.at_least_km(value_km * 1000)
