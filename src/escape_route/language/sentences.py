"""What a report says in words, in each language."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from escape_route.distance.priors import Alike
from escape_route.distance.stated_numbers import value_m
from escape_route.distance.verdicts import COARSER, STRICT, Choice, Firmness, Judgement, Verdict
from escape_route.geography import base, network
from escape_route.language import names
from escape_route.language.catalogues import languages, opened
from escape_route.language.digits import one_in, rounded
from escape_route.language.stated import Numbers
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Wording
from escape_route.protection.sensitivity import was_made_coarser

if TYPE_CHECKING:
    from escape_route.distance.durations import Needed
    from escape_route.distance.report import ClaimReport, Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.settings import Settings
    from escape_route.model.journey import Claim, Journey, Text

_AnyReport = TypeVar("_AnyReport", bound="Report")
_MINOR = 3
_NAMED = 3  # of the claims that contradict one, where there are two more
_IN_THE_MIDDLE = 2  # of which one draw is beyond the number
_RANKS = {verdict: verdict is Verdict.CONSISTENT for verdict in (*STRICT, Verdict.CONSISTENT)}
_SUMMED = 4  # digits of a sum of stated numbers


def in_all(make: Callable[[Speaker], str]) -> Text:
    """Make one sentence in every language."""
    return {language: make(Speaker(language)) for language in languages()}


def _turned(choice: Choice, settings: Settings) -> str:
    """Which of a choice differs from that of a run: where the way lay, how alike the legs were, or both."""
    if choice.where is settings.where:
        return "alike"
    return "where" if choice.alike is Alike.TAKEN else "both"


class Speaker(Numbers):
    """Says what a report comes to, in one language."""

    def ends(self, journey: Journey, start: str, end: str) -> str:
        """From where to where a scope leads; its start alone goes unsaid where the journey begins there."""
        places = {waypoint.id: waypoint for waypoint in journey.waypoints}
        of = {
            end_id: names.short(places[end_id], journey.waypoints, self.language)
            for end_id in (start, end)
        }
        if start == journey.waypoints[0].id:
            return self.word("scope.to", name=of[end])
        return self.word("scope.from_to", start=of[start], end=of[end])

    def scope(self, report: Report, scope: ScopeReport) -> str:
        """From where to where a scope leads, and whether its flight counts."""
        label = self.ends(report.journey, scope.key.start, scope.key.end)
        if scope.key.is_straight:
            return self.word("scope.straight", scope=label)
        if not scope.has_flight:
            return label
        return self.word(
            "scope.with_flight" if scope.key.counts_flight else "scope.without_flight", scope=label
        )

    def by_network(self, report: Report, scope: ScopeReport) -> str:
        """What a scope comes to on today's networks, or why it is not given; empty where nobody asked."""
        way = scope.by_network
        if way is None:
            return ""
        label = self.scope(report, scope)
        label = label[0].upper() + label[1:]
        if way.length_m is None:
            ids = {waypoint.id: waypoint for waypoint in report.journey.waypoints}
            place = names.in_sentence(ids[way.where], self.language) if way.where in ids else ""
            where = place or (base.country_name(way.where, self.language) if way.where else "")
            return self.word(
                "network.not_given",
                scope=label,
                reason=self.word(f"network.{way.reason}", where=where),
            )
        return self.word(
            "network.way",
            scope=label,
            networks=self.networks(way.kinds),
            length=self.km(way.length_m),
        )

    def by_network_tick(self, scope: ScopeReport) -> str:
        """What a scope comes to on today's networks, in a few words beside a mark; empty where that is not given."""
        way = scope.by_network
        if way is None or way.length_m is None:
            return ""
        return self.word(
            "page.ledger_network", km=self.km(way.length_m), networks=self.networks(way.kinds)
        )

    def networks(self, kinds: Iterable[str]) -> str:
        """What networks are called: roads and railways."""
        return self.word("network.and").join(self.word(f"network.{kind}") for kind in kinds)

    def by_network_note(self, report: Report) -> str:
        """What such a way is, and how old the networks are; empty where none is given."""
        kinds = dict.fromkeys(
            kind for scope in report.scopes if scope.by_network for kind in scope.by_network.kinds
        )
        dates = dict.fromkeys(network.dated(kind) for kind in kinds)
        return self.word("network.note", dated="; ".join(dates)) if dates else ""

    def rho(self, rho: float | None) -> str:
        """How alike legs are taken to be."""
        return self.word("rho_estimated") if rho is None else self.marked(f"{rho:g}")

    def verdict(self, verdict: Verdict) -> str:
        """Verdict in a word or two."""
        return self.word(f"verdict.{verdict}")

    def firmness(self, report: Report, firmness: Firmness | None) -> str:
        """Whether a verdict is firm, or what it hangs on, in a few words; empty where nothing was weighed."""
        if firmness is None:
            return ""
        if firmness.edge_of is not None:
            return self.word("firmness.edge")
        if firmness.turned_by is None:
            return self.word(f"firmness.{firmness.lacking or 'firm'}")
        return self.word(f"firmness.{_turned(firmness.turned_by, report.settings)}")

    def judged(self, report: Report, judgement: Judgement, firmness: Firmness | None) -> str:
        """Verdict with its firmness: "unexplained, firm"."""
        return self.word("comma").join(
            filter(None, (self.verdict(judgement.verdict), self.firmness(report, firmness)))
        )

    def _firm(self, report: Report, firmness: Firmness | None) -> str:
        """Whether a verdict is firm, as a clause of its sentence."""
        if firmness is None:
            return ""
        if firmness.edge_of is not None:
            return self.word("firm.edge", **{"is": self.word(f"verdict_is.{firmness.edge_of}")})
        choice = firmness.turned_by
        if choice is None:
            return self.word(f"firm.{firmness.lacking or 'firm'}")
        values = {
            "is": self.word(f"verdict_is.{choice.verdict}"),
            "taken": self.word(f"where.{report.settings.where}"),
            "where": self.word(f"where.{choice.where}"),
            "alike_taken": self.word(f"alike.{Alike.TAKEN}"),
            "alike": self.word(f"alike.{choice.alike}"),
        }
        return self.word(f"firm.{_turned(choice, report.settings)}", **values)

    def _beyond(self, claim: Claim, scope: ScopeReport, firmness: Firmness | None) -> str:
        """How many of the ways drawn are so long, or so short, as a clause of its sentence."""
        if firmness is None or scope.plausible is None or one_in(firmness.share) == _IN_THE_MIDDLE:
            return ""
        side = "long" if value_m(claim) > scope.plausible.median_m else "short"
        return self.word(f"beyond.{side}", share=self.share(firmness.share))

    def head(
        self,
        report: Report,
        claim: Claim,
        scope: ScopeReport,
        judgement: Judgement,
        firmness: Firmness | None,
    ) -> str:
        """Verdict on a claim in one sentence that needs no statistics: how firm it is stands before the numbers."""
        if judgement.by_numbers is not None:
            as_numbers = replace(judgement, verdict=judgement.by_numbers, by_numbers=None)
            head = self.head(report, claim, scope, as_numbers, firmness)
            return self.word("head.as_held", verdict=self.verdict(judgement.verdict), head=head)
        values = {"claim": self.stated(claim), "scope": self.scope(report, scope)}
        values |= {
            "firm": self._firm(report, firmness),
            "beyond": self._beyond(claim, scope, firmness),
        }
        is_turned = (
            firmness is not None and firmness.edge_of is None and firmness.turned_by is not None
        )
        values["case"] = self.word("firm.case") if is_turned else ""
        if scope.bound is not None and scope.plausible is not None:
            values["bound"] = self.at_least_km(scope.bound)
            values["range"] = self.likely_km(scope.plausible)
            values["edge"] = self.about_km(judgement.edge_m, judgement.edge_error_m)
        if judgement.reason is not None:
            values["reason"] = self.word(f"reason.{judgement.reason}")
        key = f"head.{judgement.verdict}"
        if scope.key.is_straight and scope.plausible is not None:
            values["is"] = self.word(f"verdict_is.{judgement.verdict}")
            return opened(self.word("head.straight", **values))
        if _is_consistent_as_rounded(claim, scope, judgement):
            key, values["slack"] = f"{key}_rounded", self.between(judgement.low_m, judgement.high_m)
        sentence = self.word(key, **values)
        return opened(sentence)

    def needs(self, scope: ScopeReport, judgement: Judgement) -> list[str]:
        """What would have to be true for a claim that is not consistent."""
        needs = []
        if (
            judgement.edge_m > 0
            and judgement.factor is not None
            and judgement.factor_plausible is not None
        ):
            is_above = (judgement.by_numbers or judgement.verdict) is Verdict.ABOVE_PLAUSIBLE
            key = "need.above" if is_above else "need.below"
            factors = {"factor": judgement.factor, "usual": judgement.factor_plausible}
            needs.append(
                self.word(
                    key, **{name: self.marked(f"{factor:.1f}") for name, factor in factors.items()}
                )
            )
        if judgement.other_flight is not None and judgement.edge_m > 0 and scope.has_flight:
            closes = "closes" if judgement.other_flight is Verdict.CONSISTENT else "keeps"
            way = "without" if judgement.counts_flight else "with"
            needs.append(self.word(f"flight.{closes}_{way}"))
        if judgement.unit_slip is not None:
            needs.append(self.word("slip", unit=self.word(f"unit_name.{judgement.unit_slip}")))
        return needs

    def fits_in(self, report: Report, item: ClaimReport) -> list[str]:
        """Another scope that a number fits which fits none of its own; with its own ends the flight says so."""
        fitting, own = item.fits_in, item.claim.scope
        if fitting is None or (fitting.key.start, fitting.key.end) == (own.start, own.end):
            return []
        return [self.word("fits_in", scope=self.scope(report, fitting))]

    def claim(self, report: Report, item: ClaimReport) -> str:
        """All that is said of a claim, in a few sentences."""
        return self.sentences([self.weighed(report, item), self.asides(report, item)])

    def weighed(self, report: Report, item: ClaimReport) -> str:
        """Verdict on a claim and what would have to be true; of a claim of another kind its sum."""
        if item.claim.quantity is not Quantity.DISTANCE:
            return self._count(report, item)
        judged = zip(report.judged(item), item.firmness, strict=True)
        parts = [
            [self.head(report, item.claim, scope, own, firmness), *self.needs(scope, own)]
            for (own, scope), firmness in judged
        ]
        return self.sentences(
            [*(sentence for part in parts for sentence in part), *self.fits_in(report, item)]
        )

    def asides(self, report: Report, item: ClaimReport) -> str:
        """How its unit was taken, whether a place was drawn by it, and which stated parts and claims contradict it."""
        places = report.journey.waypoints
        ends = (
            names.short(waypoint, places, self.language)
            for waypoint in places
            if waypoint.id in item.drawn_by_it
        )
        taken = [
            *self.unit_taken(item.claim),
            *(self.word("drawn_from", place=end) for end in ends),
        ]
        return self.sentences(
            [*taken, *self._parts(report, item), *self._against(report, item.against)]
        )

    def _parts(self, report: Report, item: ClaimReport) -> list[str]:
        if item.parts is None:
            return []
        by_id = {claim.id: claim for claim in report.journey.claims}
        low, high = (end if math.isinf(end) else rounded(end, _SUMMED) for end in item.parts.sum_of)
        total = replace(
            item.claim,
            value=low,
            value_to=None if math.isinf(high) or high == low else high,
            wording=Wording.EXACT,
        )
        parts = self.word("comma").join(self.stated(by_id[part]) for part in item.parts.parts)
        key = "parts.covered" if item.parts.is_covered else "parts.apart"
        return [self.word(key, parts=parts, sum=self.stated(total))]

    def _against(self, report: Report, others: Sequence[Claim]) -> list[str]:
        """Name the claims that contradict one; of many the first, and how many more there are."""
        if not others:
            return []
        named, left = self._told(report, _named_of(others)), len(others) - len(_named_of(others))
        return [
            self.word(
                "against", others=self.word("against.more", named=named, n=left) if left else named
            )
        ]

    def rest(self, report: Report, item: ClaimReport) -> str:
        """Name the claims that contradict one and are only counted in its asides."""
        return self._told(report, item.against[len(_named_of(item.against)) :])

    def _told(self, report: Report, claims: Sequence[Claim]) -> str:
        titles = {
            source.id: self.cited(source.title.split(",")[0], source.kind)
            for source in report.journey.sources
        }
        comma = self.word("comma")
        return comma.join(
            f"{self.quoted(self.stated(claim))} ({comma.join(map(titles.__getitem__, claim.sources))})"
            for claim in claims
        )

    def _borders(self, report: Report) -> dict[str, str]:
        """How many borders were crossed on land, and how many more by sea and by air."""
        by_land = [crossing.least for crossing in report.crossings if crossing.by == "land"]
        number = str(sum(by_land))
        if max(by_land, default=1) == 1:
            on_land = number
        else:
            on_land = self.word("claim.borders.least", n=number)
        more = ""
        for by in ("sea", "air"):
            count = sum(crossing.by == by for crossing in report.crossings)
            number = self.word("claim.borders.one") if count == 1 else str(count)
            more += self.word(f"claim.borders.{by}", n=number) if count else ""
        return {"found": on_land, "more": more}

    def _count(self, report: Report, item: ClaimReport) -> str:
        claim = item.claim
        stated = opened(self.stated(claim))
        if claim.quantity is Quantity.BORDERS:
            return self.word("claim.borders", claim=stated, **self._borders(report))
        scope = self.ends(report.journey, claim.scope.start, claim.scope.end)
        if claim.quantity is Quantity.PEOPLE and not _is_whole(
            report, claim
        ):  # of one boat's way, and not of all
            return self.word("claim.people.part", claim=stated, scope=scope)
        if claim.quantity is not Quantity.DURATION:
            return self.word(f"claim.{claim.quantity}", claim=stated)
        if item.needed is not None:
            return self._needed(report, item, item.needed)
        if item.walked_km is None or claim.mode is None or claim.mode.row.pace is None:
            return opened(self.word("duration.bare", claim=stated, scope=scope))
        pace = claim.mode.row.pace
        by_hour = claim.unit == "h"
        return self.word(
            "duration.comes_to",
            claim=stated,
            mode=self.word(f"mode.{claim.mode}"),
            range=self.between(*(value * 1000 for value in item.walked_km)),
            kept=self.speed(pace.kmh if by_hour else pace.km_per_day, "h" if by_hour else "d"),
        )

    def _needed(self, report: Report, item: ClaimReport, needed: Needed) -> str:
        """What speed a duration needs, and what people keep up."""
        values = {
            "claim": self.stated(item.claim),
            "scope": self.ends(report.journey, item.claim.scope.start, item.claim.scope.end),
            "range": self.likely_km(needed.way)
            if needed.way
            else " + ".join(map(self.stated, needed.told)),
            "speed": self.speed(needed.needed_km, needed.per, is_drawn=needed.way is not None),
        }
        if needed.kept is None or needed.kept_km is None:
            sentence = self.word("duration.needs", **values)
        else:
            sentence = self.word(
                f"duration.{needed.kept}", kept=self.speed(needed.kept_km, needed.per), **values
            )
        return opened(sentence)

    def finding(self, report: Report) -> str:
        """First thing to say: the verdict on the leading claim and where else it fits, or that none was stated.

        Where it is open whether a flight counts, and the verdict hangs on it, both are said.
        """
        leading = self.leading(report)
        if leading is not None:
            item, judgement, scope, firmness = leading
            others = zip(report.judged(item), item.firmness, strict=True)
            heads = [(judgement, scope, firmness)] + [
                (own, other, firm)
                for (own, other), firm in others
                if own.verdict is not judgement.verdict
            ]
            said = [self.head(report, item.claim, where, own, firm) for own, where, firm in heads]
            return self.sentences([*said, *self.fits_in(report, item)])
        plausible = next(
            (scope.plausible for scope in report.scopes if scope.plausible is not None), None
        )
        if plausible is None:
            return self.word("none_stated")
        return self.word("none_stated_measured", range=self.likely_km(plausible))

    def finding_aside(self, report: Report) -> str:
        """Whether the finding was judged from places that were made coarser; empty where not, or it says so itself."""
        leading = self.leading(report)
        is_weighed = (
            leading is not None and leading[2].bound is not None and leading[1].reason != COARSER
        )
        return self.word("made_coarser") if is_weighed and was_made_coarser(report.journey) else ""

    def leading(
        self, report: Report
    ) -> tuple[ClaimReport, Judgement, ScopeReport, Firmness | None] | None:
        """Claim to speak of first: of those of no minor part of the way the first that does not hold, else that does.

        Minor is what covers less than a third of the way over most stops that a number was stated
        of [judgement]: of its legs, or of its least length where both are measured and nobody flew.
        """
        widest = _widest(report)
        weighed = [
            (item, judgement, scope, firmness)
            for item in report.claims
            for (judgement, scope), firmness in zip(report.judged(item), item.firmness, strict=True)
            if widest and not _is_minor(report, scope, widest)
        ]
        ranks = [
            (scope.key.is_straight, _RANKS.get(own.verdict, len(_RANKS)))
            for _, own, scope, _ in weighed
        ]
        return weighed[ranks.index(min(ranks))] if weighed else None


def in_order(report: _AnyReport) -> _AnyReport:
    """A report with its claims and scopes in the order in which they are told, the leading one first.

    Then as they were stated, those of a minor part of the way after the others, and last what
    cannot be judged.
    """
    leading, widest = Speaker().leading(report), _widest(report)
    if leading is None or widest is None:
        return report

    def rank(item: ClaimReport) -> tuple[bool, bool, bool]:
        judged = report.judged(item)
        is_weighed = any(judgement.verdict in _RANKS for judgement, _ in judged)
        is_minor = all(_is_minor(report, scope, widest) for _, scope in judged)
        return item is not leading[0], not is_weighed, is_minor

    claims = tuple(sorted(report.claims, key=rank))
    judged = [scope.key for item in claims for _, scope in report.judged(item)]
    scopes = dict.fromkeys([*judged, *(scope.key for scope in report.scopes)])
    return replace(report, claims=claims, scopes=tuple(map(report.scope, scopes)))


def _widest(report: Report) -> ScopeReport | None:
    """Scope over most legs of those that a distance was stated of."""
    judged = (scope for item in report.claims for _, scope in report.judged(item))
    return max(judged, key=partial(_legs, report), default=None)


def _is_minor(report: Report, scope: ScopeReport, widest: ScopeReport) -> bool:
    """Whether a scope is less than a third of the widest one."""
    if _MINOR * _legs(report, scope) < _legs(report, widest):
        return True
    if scope.bound is None or widest.bound is None or scope.has_flight or widest.has_flight:
        return False
    return _MINOR * scope.bound.bound_m < widest.bound.bound_m


def _is_whole(report: Report, claim: Claim) -> bool:
    """Whether a claim is told of the whole journey."""
    ends = report.journey.waypoints[0].id, report.journey.waypoints[-1].id
    return (claim.scope.start, claim.scope.end) == ends


def _legs(report: Report, scope: ScopeReport) -> int:
    """How many legs a scope has."""
    return report.journey.index_of(scope.key.end) - report.journey.index_of(scope.key.start)


def _is_consistent_as_rounded(claim: Claim, scope: ScopeReport, judgement: Judgement) -> bool:
    """Whether a claim lies outside the plausible range and what it may mean when rounded does not."""
    if (
        judgement.verdict is not Verdict.CONSISTENT
        or scope.plausible is None
        or math.isinf(judgement.high_m)
    ):
        return False
    return not scope.plausible.low95_m <= value_m(claim) <= scope.plausible.high95_m


def _named_of(others: Sequence[Claim]) -> Sequence[Claim]:
    """Those of many that are named: all of them, or the first where more than one would be left."""
    return others if len(others) <= _NAMED + 1 else others[:_NAMED]
