"""Every number of a finding with where it comes from: the formula, the input, the draws, the source."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from escape_route.distance.intervals import Interval, step_of
from escape_route.distance.priors import Alike
from escape_route.distance.report import ClaimReport, Report
from escape_route.distance.scopes import ScopeReport
from escape_route.distance.stated_numbers import rounding, stands_for
from escape_route.distance.verdicts import Firmness, Judgement
from escape_route.language.names import in_sentence
from escape_route.language.sentences import Speaker, in_order
from escape_route.language.stated import unit_key
from escape_route.model.journey import UNTOLD_MODES, Claim, say


@dataclass(frozen=True, slots=True)
class Row:
    """A number as it is said, what it is, and where it comes from."""

    number: str
    what: str
    origin: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding on one claim in one scope, and its numbers in the order in which they rest on one another."""

    finding: str
    rows: tuple[Row, ...]


def explained(report: Report, language: str) -> tuple[Explained, ...]:
    """Explain each verdict of a report."""
    report, speaker = in_order(report), _Explainer(language)
    return tuple(
        Explained(
            speaker.head(report, item.claim, scope, judgement, firmness),
            tuple(speaker.rows(report, item, (judgement, scope), firmness)),
        )
        for item in report.claims
        for (judgement, scope), firmness in zip(report.judged(item), item.firmness, strict=True)
    )


def text(report: Report, language: str) -> str:
    """Explain a report in Markdown, which a terminal shows as it is."""
    words = Speaker(language)
    parts = [f"## {say(report.journey.title, language)}", words.word("explain.lead")]
    for verdict in explained(report, language):
        rows = [f"- **{row.number}** {row.what}: {row.origin}" for row in verdict.rows]
        parts += [f"### {verdict.finding}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


class _Explainer(Speaker):
    """Says where numbers come from, in one language."""

    def rows(
        self,
        report: Report,
        item: ClaimReport,
        judged: tuple[Judgement, ScopeReport],
        firmness: Firmness | None,
    ) -> Iterator[Row]:
        """Numbers of a verdict."""
        judgement, scope = judged
        yield self._stated(report, item.claim)
        yield self._slack(item.claim, judgement)
        if scope.bound is None or scope.plausible is None or scope.chain is None:
            return
        if scope.key.is_straight:
            yield self._row("apart", self.likely_km(scope.plausible))
            return
        yield self._bound(report, scope)
        yield from self._legs(report, scope)
        yield self._row("chain", self.likely_km(scope.chain))
        yield self._likely(report, scope, scope.plausible)
        if judgement.edge_m > 0:
            yield self._left_over(judgement, scope.plausible)
            if judgement.factor is not None and judgement.factor_plausible is not None:
                yield self._row("factor", self.marked(f"{judgement.factor:.1f}"))
                yield self._row("usual", self.marked(f"{judgement.factor_plausible:.1f}"))
        if firmness is not None:
            yield self._row(
                "share", self.share(firmness.share), kept=self.whole(len(scope.lengths_m))
            )
            yield from self._choices(scope, firmness)
        if item.fits_in is not None and item.fits_in.plausible is not None:
            fitting = self.scope(report, item.fits_in)
            yield self._row("fits", self.likely_km(item.fits_in.plausible), scope=fitting)

    def _row(self, key: str, number: str, **values: object) -> Row:
        return Row(number, self.word(f"explain.{key}"), self.word(f"explain.{key}.from", **values))

    def _stated(self, report: Report, claim: Claim) -> Row:
        titles = {source.id: source.title for source in report.journey.sources}
        where = {source: f", {at}" for source, at in claim.sources_at.items()}
        cited = "; ".join(
            f"{titles[source]}{where.get(source, '')} [{source}]" for source in claim.sources
        )
        return self._row("stated", self.stated(claim), sources=cited)

    def _slack(self, claim: Claim, judgement: Judgement) -> Row:
        low, high = stands_for(claim)
        end = self.word("explain.open") if math.isinf(high) else self.marked(f"{high:,.10g}")
        number = f"{self.marked(f'{low:,.10g}')} – {end}"
        if claim.unit:
            number = self.counted(unit_key(claim.unit), 2, n=number, unit=claim.unit)
        below, above = claim.wording.row.reach
        rule = {
            "below": f"{below:+g} s",
            "above": f"{above:+g} s",
            "s": self.marked(f"{rounding(claim.value):,.10g}"),
        }
        return self._row("slack", number, verdict=self.verdict(judgement.verdict), **rule)

    def _bound(self, report: Report, scope: ScopeReport) -> Row:
        assert scope.bound is not None  # noqa: S101  # asked by `rows`
        places = [
            in_sentence(report.journey.waypoints[index], self.language) for index in scope.located
        ]
        shortest = self.km(scope.bound.shortest.length_m + scope.bound.traced_m, digits=3)
        traced = self.km(scope.bound.traced_m, digits=3)
        number = self.at_least_km(scope.bound)
        return self._row(
            "bound", number, places=" – ".join(places), shortest=shortest, traced=traced
        )

    def _legs(self, report: Report, scope: ScopeReport) -> Iterator[Row]:
        """How winding the modes of a scope are, each once."""
        start, end = (report.journey.index_of(stop) for stop in (scope.key.start, scope.key.end))
        legs = report.legs[start:end]
        modes = [
            share.mode
            for leg in legs
            if leg.told and not leg.traced
            for share in leg.modes or UNTOLD_MODES
        ]
        for mode in dict.fromkeys(modes):
            prior = report.settings.all_priors[mode]
            median, low, high = (self.marked(f"{factor:.2f}") for factor in prior.at(500.0))
            basis = self.word("explain.judged") if prior.judgement else prior.basis
            number = f"{median} ({low} – {high})"
            yield self._row("factor_of", number, mode=self.word(f"mode.{mode}"), basis=basis)

    def _likely(self, report: Report, scope: ScopeReport, plausible: Interval) -> Row:
        own = next(
            sensitivity
            for sensitivity in scope.sensitivities
            if sensitivity.where is report.settings.where and sensitivity.alike is Alike.TAKEN
        )
        ends = [*zip(plausible.edges_m, plausible.errors_m, strict=True)][-2:]
        steps = [step_of(edge / 1000, error / 1000) for edge, error in ends]
        return self._row(
            "likely",
            self.likely_km(plausible),
            kept=self.whole(own.kept),
            proposed=self.whole(own.proposed),
            seed=str(report.settings.seed),
            where=self.word(f"where.{own.where}"),
            step=" / ".join(map(self.number, steps)),
            errors=" / ".join(self.km(error, digits=1) for _, error in ends),
        )

    def _left_over(self, judgement: Judgement, plausible: Interval) -> Row:
        is_above = judgement.low_m > plausible.high95_m
        nearer = self.km(judgement.low_m if is_above else judgement.high_m, digits=4)
        key = "left_above" if is_above else "left_below"
        return self._row(
            key, self.about_km(judgement.edge_m, judgement.edge_error_m), nearer=nearer
        )

    def _choices(self, scope: ScopeReport, firmness: Firmness) -> Iterator[Row]:
        """What is likely at each choice of where the way lay."""
        verdicts = {(choice.where, choice.alike): choice.verdict for choice in firmness.choices}
        for sensitivity in scope.sensitivities:
            if sensitivity.alike is Alike.TAKEN:
                verdict = self.verdict(verdicts[sensitivity.where, sensitivity.alike])
                where, kept = self.word(f"where.{sensitivity.where}"), self.whole(sensitivity.kept)
                yield self._row(
                    "choice",
                    self.likely_km(sensitivity.plausible),
                    where=where,
                    verdict=verdict,
                    kept=kept,
                )
