"""What is said of the parts of a view in one language: short phrases for tables, captions and headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from escape_route.geography.base import country_name
from escape_route.language import names, whens
from escape_route.language.catalogues import Words, languages, opened
from escape_route.model.journey import (
    UNTOLD_MODES,
    Correction,
    Journey,
    ModeShare,
    Note,
    Text,
    Waypoint,
    say,
)
from escape_route.model.modes import ModesAre

if TYPE_CHECKING:
    from escape_route.language.claim_view import IntervalKm, JudgementView
    from escape_route.language.view import LegView, MethodView, PriorView, ReportView

DASH = "\N{EN DASH}"


class Phrases(Words):
    """Says parts of a view in one language."""

    def say(self, text: Text | None) -> str:
        """Text in this language, or in English; empty where there is none."""
        return say(text or {}, self.language)

    def called(self, waypoint: Waypoint) -> str:
        """Name of a place."""
        return self.say(names.in_languages(waypoint))

    def capital(self, text: Text | None) -> str:
        """Text as the beginning of a line."""
        return opened(self.say(text))

    def outcome(self, journey: Journey) -> str:
        """How a journey ended, and where to whoever was captured was sent back."""
        if not journey.returned_to:
            return self.word(f"outcome.{journey.outcome}")
        countries = (
            country_name(reference.partition(":")[2], self.language)
            for reference in journey.returned_to
        )
        place = names.in_sentence(journey.waypoints[-1], self.language)
        return self.word("returned_to", place=place, country=" / ".join(countries))

    def kicker(self, journey: Journey) -> str:
        """Whose journey, and in which years."""
        when = whens.when((waypoint.when for waypoint in journey.waypoints), self)
        return " · ".join(filter(None, (self.say(journey.subject), when)))

    def how(self, modes: Iterable[ModeShare], modes_are: ModesAre) -> str:
        """How a way was travelled: "by road or by air"."""
        joint = self.word("page.or" if modes_are is ModesAre.ALTERNATIVES else "page.and")
        return f" {joint} ".join(map(self.by, modes))

    def by(self, share: ModeShare) -> str:
        """One way to travel, with the words that it was told in."""
        return self.word(f"mode.{share.mode}") + (
            f" ({self.quoted(share.told)})" if share.told else ""
        )

    def way(self, view: ReportView, leg: LegView) -> str:
        """From where to where a leg goes."""
        return f"{self.say(view.name_of(leg.start))} {DASH} {self.say(view.name_of(leg.end))}"

    def how_told(self, leg: LegView) -> str:
        """How a leg was travelled, or that nobody tells of it."""
        if leg.told:
            how = self.how(leg.modes or UNTOLD_MODES, leg.modes_are)
        else:
            how = self.word("page.untold")
        return self.word("semicolon").join(
            filter(None, (how, self.word("page.sketched") if leg.sketched else ""))
        )

    def length(self, leg: LegView) -> str:
        """Length of a leg in km without the unit, with a star where it is nobody's way."""
        if leg.length_km is None:
            return self.word("page.not_measured")
        track = f" ({self.word('remark.traced')})" if leg.traced else ""
        return f"{self.number(leg.length_km)}{'*' if leg.vague else track}"

    def remark(self, leg: LegView) -> str:
        """What must be said beside the length of a leg; empty where nothing need be."""
        if not leg.told:
            return self.word("remark.untold")
        if leg.traced:
            gaps = [self.word("remark.gaps", km=self.whole(leg.gaps_km))] if leg.gaps_km else []
            if leg.left_out:
                faults = [self.word("remark.left_out", n=self.whole(leg.left_out))]
            else:
                faults = []
            return self.word("semicolon").join([self.word("remark.traced"), *gaps, *faults])
        if leg.sketched:
            return self.word("page.sketched")
        if leg.length_km is None:
            return self.word("remark.unlocated")
        return self.word("page.nobodys_way") if leg.vague else ""

    def direction(self, bearing_deg: float | None) -> str:
        """Point of the compass nearest to a bearing; a dash for none."""
        if bearing_deg is None:
            return DASH
        return self.word(f"compass.{int((bearing_deg + 22.5) // 45) % 8}")

    # What geometry makes of it

    def ends(self, lengths_km: IntervalKm | None) -> str:
        """Plausible lengths in km without the unit, one that was measured alone; a dash for none."""
        if lengths_km is None:
            return DASH
        return DASH.join(dict.fromkeys(map(self.number, (lengths_km.low95, lengths_km.high95))))

    def least_km(self, length_km: float) -> str:
        """Certified length with its unit."""
        return self.kilometres(length_km)

    def verdict(self, judgement: JudgementView) -> str:
        """Verdict with its firmness, in a few words."""
        return self.say(judgement.said)

    def times(self, judgement: JudgementView) -> str:
        """Claim as a multiple of the plausible median; empty where there is none."""
        lengths_km = judgement.scope.plausible_km
        if judgement.ratio is None or lengths_km is None:
            return ""
        return f"{self.marked(f'{judgement.ratio:.1f}')} × {self.kilometres(lengths_km.median)}"

    def bar(self, judgement: JudgementView) -> str:
        """Say what a bar of the ledger shows, for who cannot see it."""
        scope = judgement.scope
        said = [f"{self.word('page.stated')} {self.kilometres(judgement.stated_km)}"]
        if scope.lower_bound_km is not None:
            below = self.word("page.ledger_below", km=self.kilometres(scope.lower_bound_km))
            said.append(f"{self.word('verdict.impossible_short')} {below}")
        if scope.plausible_km is not None:
            likely = self.range_km(scope.plausible_km.low95, scope.plausible_km.high95, "range")
            said.append(f"{self.word('verdict.consistent')} {likely}")
        return self.word("semicolon").join(said)

    # A whole report

    def countries(self, view: ReportView) -> str:
        """Countries in travel order."""
        return self.word("comma").join(country_name(code, self.language) for code in view.countries)

    def borders(self, view: ReportView) -> str:
        """How many borders were crossed, those by sea and by air apart."""
        said = self.word("compare.borders_n", n=str(view.borders))
        for by, count in (("sea", view.borders_by_sea), ("air", view.borders_by_air)):
            said += self.word(f"compare.borders_{by}", n=str(count)) if count else ""
        return said

    def modes(self, view: ReportView) -> str:
        """How one travelled."""
        return self.word("comma").join(self.word(f"mode.{mode}") for mode in view.modes)

    def certainty(self, view: ReportView) -> str:
        """Share of each status, and of what."""
        shares = [
            f"{self.percent(share)} {self.word(f'status.{status}')}"
            for status, share in view.certainty.items()
        ]
        if shares:
            return f"{self.word('comma').join(shares)} ({self.word(f'compare.of_{view.certainty_of}')})"
        return ""

    def method(self, method: MethodView) -> list[str]:
        """How a report was made, a sentence or two each."""
        said = [self.word("page.method_lengths"), self.word("page.method_bound")]
        if method.has_lengths:
            counts = {
                "kept": self.whole(method.draws),
                "proposed": self.whole(method.draws_proposed),
            }
            said.append(self.word("page.method_draws", **counts, seed=str(method.seed)))
            said += (
                [self.word("page.method_rho", rho=self.marked(f"{method.rho:g}"))]
                if method.rho is not None
                else []
            )
            said.append(self.held(method))
            said += [self.prior(prior) for prior in method.priors if prior.is_used]
        return [
            *said,
            self.word("page.warning_places"),
            self.word("page.borders_as"),
            self.word("page.change"),
        ]

    def held(self, method: MethodView) -> str:
        """How often such intervals held."""
        record = method.calibration
        return self.word("page.method_held", held=record.held, known=record.known)

    def made_with(self, method: MethodView) -> str:
        """Draws, seed, rho, where, and priors that were set: what every number of a report was made with."""
        draws = self.word(
            "report.draws",
            kept=self.whole(method.draws),
            seed=str(method.seed),
            rho=self.say(method.rho_said),
            where=self.word(f"where.{method.where}"),
        )
        return self.sentences(
            [draws, *(self.prior(prior) for prior in method.priors if prior.is_own)]
        )

    def prior(self, prior: PriorView) -> str:
        """How winding ways by a mode are, and what that rests on."""
        if prior.is_own:
            key = "own"
        elif prior.judgement:
            key = "judged"
        else:
            key = "measured"
        factors = prior.typical
        return self.word(
            f"prior.{key}",
            mode=self.word(f"mode.{prior.mode}"),
            median=self.marked(f"{factors.median_factor:.2f}"),
            low=self.marked(f"{factors.low90_factor:.2f}"),
            high=self.marked(f"{factors.high90_factor:.2f}"),
        )


def notes_of(journey: Journey) -> tuple[Note, ...]:
    """What was corrected of a journey, its notes, and by whose consent it is, in a word and a year."""
    if journey.consent is None:
        return (*corrections_of(journey), *journey.notes)
    consent = {}
    for language in languages():
        words = Phrases(language)
        parts = filter(None, (words.word(f"basis.{journey.consent.basis}"), journey.consent.when))
        consent[language] = words.word("record.consent", basis=words.word("comma").join(parts))
    return (*corrections_of(journey), *journey.notes, Note(consent, ()))


def corrections_of(journey: Journey) -> tuple[Note, ...]:
    """What was corrected of a journey after it had been published, and on which day."""
    return tuple(Note(dict(_corrected(correction)), ()) for correction in journey.corrections)


def _corrected(correction: Correction) -> Iterator[tuple[str, str]]:
    """Per language that it is told in."""
    for language, what in correction.what.items():
        words = Phrases(language if language in languages() else "en")
        yield language, words.word("record.corrected", day=correction.when, what=what)
