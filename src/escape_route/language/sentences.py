"""What a report says in words, in each language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from escape_route.distance.settings import Where
from escape_route.distance.verdicts import STRICT, Verdict, rounding, value_m
from escape_route.geography import base, network
from escape_route.language.digits import SAID, rounded, rounded_down, written
from escape_route.language.words import Words, languages
from escape_route.model.journey import say
from escape_route.model.units import UNITS, Quantity
from escape_route.protection.sensitivity import was_made_coarser

if TYPE_CHECKING:
    from collections.abc import Callable

    from escape_route.distance.firmness import Choice
    from escape_route.distance.report import ClaimReport, Report
    from escape_route.distance.scopes import ScopeKey, ScopeReport
    from escape_route.distance.verdicts import Judgement
    from escape_route.model.journey import Claim, Text

_METRIC = {"km", "m"}  # nobody needs kilometres beside these
_MODERN = {*_METRIC, "mi", "nmi"}  # whose length is known


def in_all(make: Callable[[Speaker], str]) -> Text:
    """Make one sentence in every language."""
    return {language: make(Speaker(language)) for language in languages()}


def _number(value: float) -> str:
    """Number with all its digits: 12,000 and 1,234.5."""
    return f"{value:,.10g}"


def _ends(claim: Claim) -> tuple[float, ...]:
    """Number of a claim, or the two of a range."""
    return (claim.value,) if claim.value_to is None else (claim.value, claim.value_to)


def _unit_key(unit: str) -> str:
    return f"unit.{unit}" if unit in UNITS else "unit.own"


def _km_of(value: float, claim: Claim) -> float:
    """Kilometres of a number in another unit: two digits, three from 1 on, or as many as it has itself."""
    size_km = claim.unit_size / 1000
    length_km = value * size_km
    digits = SAID + (f"{length_km:e}"[0] == "1")
    usual = digits - 1 - math.floor(math.log10(length_km))
    own = -math.floor(math.log10(rounding(value) * size_km))
    return round(length_km, max(usual, own))


class Speaker(Words):
    """Says what a report comes to, in one language."""

    def km(self, length_m: float, *, digits: int = SAID) -> str:
        """Length to a number of significant digits."""
        return self.word("unit.km", n=written(rounded(length_m / 1000, digits)))

    def at_least_km(self, length_m: float) -> str:
        """Certified length to three significant digits, rounded down: it must not become too large."""
        return self.word("unit.km", n=written(rounded_down(length_m / 1000)))

    def unexplained_km(self, length_m: float) -> str:
        """How far a claim lies outside, which is followed by "or more": rounded down."""
        return self.word("unit.km", n=written(rounded_down(length_m / 1000, SAID)))

    def range_km(self, low_m: float, high_m: float) -> str:
        """Range of lengths to two significant digits each."""
        low, high = (written(rounded(value / 1000)) for value in (low_m, high_m))
        return self.word("range_km", low=low, high=high)

    def stated(self, claim: Claim) -> str:
        """Say a claim in the words and unit it was stated in, with kilometres beside any other unit."""
        number = self._range(*map(_number, _ends(claim)))
        key = f"quantity.{claim.quantity}" if claim.unit is None else _unit_key(claim.unit)
        last = _ends(claim)[-1]
        wording = f"wording.{claim.wording}"
        follows = self.word(wording, n="\0").startswith("\0")
        if claim.unit is None and not follows:  # 브로커 약 50명, but 브로커 50명 넘게
            return self.counted(key, last, n=self.word(wording, n=number))
        measured = self.counted(key, last, n=number, unit=claim.unit or "")
        if claim.quantity is Quantity.DISTANCE and claim.unit not in _METRIC:
            km = self.word("unit.km", n=self._range(*(_number(_km_of(each, claim)) for each in _ends(claim))))
            measured = self.word("stated.in_km", n=measured, km=km)
        return self.word(wording, n=measured)

    def _range(self, low: str, high: str = "") -> str:
        return self.word("stated.range", low=low, high=high) if high else low

    def unit_taken(self, claim: Claim) -> list[str]:
        """How long the unit of a distance is taken to be, where that is no matter of course."""
        if claim.quantity is not Quantity.DISTANCE or claim.unit is None or claim.unit in _MODERN:
            return []
        metres = _number(float(f"{claim.unit_size:.5g}"))
        if claim.unit_m is not None:
            reason = (claim.unit_reason or "").strip().removesuffix(".")
            return [self.word("unit_is_own", unit=claim.unit, metres=metres, reason=reason)]
        name = self.word(f"unit_name.{claim.unit}")
        return [self.word("unit_is", unit=name[0].upper() + name[1:], metres=metres)]

    def scope(self, report: Report, key: ScopeKey) -> str:
        """Where a scope leads, and whether its flight counts."""
        end = report.journey.waypoints[report.journey.index_of(key.end)]
        label = self.word("scope.to", name=say(end.name, self.language))
        if not report.scope(key).has_flight:
            return label
        return self.word("scope.with_flight" if key.counts_flight else "scope.without_flight", scope=label)

    def by_network(self, report: Report, scope: ScopeReport) -> str:
        """What a scope comes to on today's networks, or why it is not given; empty where nobody asked."""
        way = scope.by_network
        if way is None:
            return ""
        label = self.scope(report, scope.key)
        label = label[0].upper() + label[1:]
        if way.length_m is None:
            ids = {waypoint.id: waypoint for waypoint in report.journey.waypoints}
            told = say(ids[way.where].name, self.language) if way.where in ids else ""
            where = told or (base.country_name(way.where, self.language) if way.where else "")
            return self.word("network.not_given", scope=label, reason=self.word(f"network.{way.reason}", where=where))
        networks = self.word("network.and").join(self.word(f"network.{kind}") for kind in way.kinds)
        return self.word("network.way", scope=label, networks=networks, length=self.km(way.length_m))

    def by_network_note(self, report: Report) -> str:
        """What such a way is, and how old the networks are; empty where none is given."""
        kinds = dict.fromkeys(kind for scope in report.scopes if scope.by_network for kind in scope.by_network.kinds)
        told = dict.fromkeys(network.dated(kind) for kind in kinds)
        return self.word("network.note", dated="; ".join(told)) if told else ""

    def verdict(self, verdict: Verdict) -> str:
        """Verdict in a few words."""
        return self.word(f"verdict.{verdict}")

    def head(self, report: Report, claim: Claim, scope: ScopeReport, judgement: Judgement) -> str:
        """Verdict on a claim in one sentence that needs no statistics."""
        values = {"claim": self.stated(claim), "scope": self.scope(report, scope.key)}
        if scope.bound is not None and scope.plausible is not None:
            values["bound"] = self.at_least_km(scope.bound.bound_m)
            values["range"] = self.range_km(scope.plausible.low95_m, scope.plausible.high95_m)
            values["edge"] = self.unexplained_km(judgement.edge_m)
        if judgement.reason is not None:
            values["reason"] = self.word(f"reason.{judgement.reason}")
        key = f"head.{judgement.verdict}"
        if _is_consistent_as_rounded(claim, scope, judgement):
            key, values["slack"] = f"{key}_rounded", self.range_km(judgement.low_m, judgement.high_m)
        sentence = self.word(key, **values)
        return sentence[0].upper() + sentence[1:]

    def needs(self, scope: ScopeReport, judgement: Judgement) -> list[str]:
        """What would have to be true for a claim that is not consistent."""
        found = []
        if judgement.edge_m > 0 and judgement.factor is not None and judgement.factor_plausible is not None:
            key = "need.above" if judgement.verdict is Verdict.ABOVE_PLAUSIBLE else "need.below"
            factors = {"factor": f"{judgement.factor:.1f}", "usual": f"{judgement.factor_plausible:.1f}"}
            found.append(self.word(key, edge=self.unexplained_km(judgement.edge_m), **factors))
        if judgement.other_flight is not None and judgement.edge_m > 0 and scope.has_flight:
            closes = "closes" if judgement.other_flight is Verdict.CONSISTENT else "keeps"
            way = "without" if judgement.counts_flight else "with"
            found.append(self.word(f"flight.{closes}_{way}"))
        if judgement.unit_slip is not None:
            found.append(self.word("slip", unit=self.word(f"unit_name.{judgement.unit_slip}")))
        return found

    def hangs_on(self, report: Report, changes: tuple[Choice, ...]) -> str:
        """Which other choice turns the verdict, or that none does."""
        where = {each.where: each for each in changes if each.rho == report.settings.rho}
        if where:
            first = next(where[choice] for choice in Where if choice in where)
            return self.word("changes", where=self.word(f"where.{first.where}"), verdict=self.verdict(first.verdict))
        if changes:
            return self.word("changes_rho", rho=f"{changes[0].rho:g}", verdict=self.verdict(changes[0].verdict))
        return self.word("stands")

    def claim(self, report: Report, item: ClaimReport) -> str:
        """All that is said of a claim, in a few sentences."""
        return " ".join(part for part in (self.weighed(report, item), self.asides(report, item)) if part)

    def weighed(self, report: Report, item: ClaimReport) -> str:
        """Verdict on a claim and what would have to be true; of a claim of another kind its sum."""
        if item.claim.quantity is not Quantity.DISTANCE:
            return self._count(report, item)
        judged = report.judged(item)
        parts = [[self.head(report, item.claim, scope, own), *self.needs(scope, own)] for own, scope in judged]
        return " ".join(each for part in parts for each in part)

    def asides(self, report: Report, item: ClaimReport) -> str:
        """What the verdict hangs on, and which claims contradict this one; empty for claims of other kinds."""
        said = [
            self.hangs_on(report, changes) for changes, all_of in zip(item.changes, item.choices, strict=True) if all_of
        ]
        taken = self.unit_taken(item.claim)
        return " ".join([*dict.fromkeys(said), *taken, *self._against(report, item.claim)])

    def _against(self, report: Report, claim: Claim) -> list[str]:
        by_id = {each.id: each for each in report.journey.claims}
        pairs = [pair for pair in report.contradictions if claim.id in pair]
        others = [by_id[one if other == claim.id else other] for one, other in pairs]
        if not others:
            return []
        titles = {source.id: source.title.split(",")[0] for source in report.journey.sources}
        cited = [", ".join(titles[source] for source in other.sources) for other in others]
        named = ", ".join(f"“{self.stated(other)}” ({title})" for other, title in zip(others, cited, strict=True))
        return [self.word("against", others=named)]

    def _borders(self, report: Report) -> dict[str, str]:
        """How many borders were crossed on land, and how many more by sea and by air."""
        by_land = [crossing.least for crossing in report.crossings if crossing.by == "land"]
        number = str(sum(by_land))
        found = number if max(by_land, default=1) == 1 else self.word("claim.borders.least", n=number)
        more = ""
        for by in ("sea", "air"):
            count = sum(crossing.by == by for crossing in report.crossings)
            number = self.word("claim.borders.one") if count == 1 else str(count)
            more += self.word(f"claim.borders.{by}", n=number) if count else ""
        return {"found": found, "more": more}

    def _count(self, report: Report, item: ClaimReport) -> str:
        claim = item.claim
        stated = self.stated(claim)
        stated = stated[0].upper() + stated[1:]
        if claim.quantity is Quantity.BORDERS:
            return self.word("claim.borders", claim=stated, **self._borders(report))
        if claim.quantity is not Quantity.DURATION:
            return self.word(f"claim.{claim.quantity}", claim=stated)
        pace = claim.mode and claim.mode.row.pace
        if item.walked_km is None or not pace:
            return self.word("duration_bare", claim=stated)
        slow, fast = pace.kmh
        walked = self.range_km(*(value * 1000 for value in item.walked_km))
        return self.word("duration", claim=stated, range=walked, slow=f"{slow:g}", fast=f"{fast:g}")

    def finding(self, report: Report) -> str:
        """First thing to say: the verdict on the first stated distance, or that none was stated."""
        found = self.leading(report)
        if found is not None:
            item, judgement, scope, _ = found
            return self.head(report, item.claim, scope, judgement)
        plausible = next((scope.plausible for scope in report.scopes if scope.plausible is not None), None)
        if plausible is None:
            return self.word("none_stated")
        return self.word("none_stated_measured", range=self.range_km(plausible.low95_m, plausible.high95_m))

    def finding_aside(self, report: Report) -> str:
        """What the finding hangs on; empty where no distance was weighed."""
        found = self.leading(report)
        if found is None or found[2].bound is None:
            return ""
        coarse = self.word("made_coarser") if was_made_coarser(report.journey) else ""
        return " ".join(each for each in (self.hangs_on(report, found[3]), coarse) if each)

    def leading(self, report: Report) -> tuple[ClaimReport, Judgement, ScopeReport, tuple[Choice, ...]] | None:
        """Claim to speak of first: the first that does not hold, else the first."""
        found = [
            (item, judgement, scope, changes)
            for item in report.claims
            for (judgement, scope), changes in zip(report.judged(item), item.changes, strict=True)
        ]
        disputed = (each for each in found if each[1].verdict in STRICT)
        return next(disputed, found[0] if found else None)


def _is_consistent_as_rounded(claim: Claim, scope: ScopeReport, judgement: Judgement) -> bool:
    """Whether a claim lies outside the plausible range and what it may mean when rounded does not."""
    if judgement.verdict is not Verdict.CONSISTENT or scope.plausible is None or math.isinf(judgement.high_m):
        return False
    return not scope.plausible.low95_m <= value_m(claim) <= scope.plausible.high95_m
