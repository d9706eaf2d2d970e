"""A report as the text of a page in one language: what the report for a file and a notebook say, each in its own form.

Numbers are those of `payload`: rounded as everywhere that they are published. Nothing is escaped here; the templates of
`web/` do that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from escape_route.distance.verdicts import value_m
from escape_route.language.digits import PUBLISHED
from escape_route.language.sentences import Speaker
from escape_route.language.view import ScopeView
from escape_route.model import dates
from escape_route.model.journey import say
from escape_route.model.units import Quantity
from escape_route.publish.page.assembly import words
from escape_route.publish.page.payload import payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from escape_route.distance.report import ClaimReport, PublishedReport
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.verdicts import Judgement
    from escape_route.model.published import Mark

_DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Bar:
    """Where on a scale of 0 to `highest_km` the least length, the plausible lengths and a claim lie; all in km."""

    highest_km: float
    stated_km: float
    bound_km: float | None
    low95_km: float | None = None
    low50_km: float | None = None
    median_km: float | None = None
    high50_km: float | None = None
    high95_km: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement on a claim in one scope. `verdict` is in words, `key` is its name."""

    scope: str
    key: str
    verdict: str
    times: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim: the number as stated, the numbers of its sources, its judgements, and what is said of it."""

    words: str
    sources: tuple[int, ...]
    judged: tuple[Judged, ...]
    why: str
    hangs_on: str
    note: str


@dataclass(frozen=True, slots=True)
class LegLine:
    """A leg in words. `vague` is a length between label points: nobody's way."""

    number: int
    start: str
    end: str
    how: str
    length: str
    plausible: str
    direction: str
    certainty: str
    vague: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, a note or a statement of method: text, address if any, its language if not the page's, sources."""

    text: str
    url: str | None = None
    language: str | None = None
    sources: tuple[int, ...] = ()
    aside: str = ""


@dataclass(frozen=True, slots=True)
class WriteUp:
    """All that a report says, in one language, in the order in which it is read."""

    language: str
    title: str
    kicker: str
    care: str
    summary: str
    finding: str
    hangs_on: str
    stated: tuple[Stated, ...]
    counted: tuple[Stated, ...]
    legs: tuple[LegLine, ...]
    notes: tuple[Cited, ...]
    method: tuple[str, ...]
    sources: tuple[Cited, ...]
    program: str
    mark: Mark | None
    words: Mapping[str, str]


def write_up(report: PublishedReport, language: str = "en") -> WriteUp:
    """Put a report into words.

    Parameters
    ----------
    report
        As gathered.
    language
        One of `words.languages()`; a text that a journey does not tell in it is told in English.

    Returns
    -------
    WriteUp
        Equal for equal arguments.
    """
    return _Writer(report, language).write_up()


class _Writer:
    """One writing: the report, its payload, and the words of one language."""

    def __init__(self, report: PublishedReport, language: str) -> None:
        self.report = report
        self.speaker = Speaker(language)
        self.language = language
        self.payload = cast("Mapping[str, Any]", payload([report]))
        self.journey: Mapping[str, Any] = self.payload["journeys"][0]
        self.words = {key: texts.get(language, texts["en"]) for key, texts in words().items()}
        self.numbers = {source["id"]: int(source["number"]) for source in self.journey["sources"]}
        self.names = {each.id: say(each.name, language) for each in report.journey.waypoints}

    def write_up(self) -> WriteUp:
        journey, report, program = self.report.journey, self.report, self.payload["program"]
        items = list(zip(report.claims, self.journey["claims"], strict=True))
        distances = [each for each in items if each[0].claim.quantity is Quantity.DISTANCE]
        return WriteUp(
            language=self.language,
            title=say(journey.title, self.language),
            kicker=" · ".join(part for part in (self._said(journey.subject), self._years()) if part),
            care=self._said(journey.care),
            summary=say(journey.summary, self.language),
            finding=self.speaker.finding(report),
            hangs_on=self.speaker.finding_aside(report),
            stated=tuple(self._stated(*each) for each in distances),
            counted=tuple(self._stated(*each) for each in items if each not in distances),
            legs=tuple(self._leg(number) for number in range(len(report.legs))),
            notes=tuple(
                Cited(say(note.text, self.language), sources=self._numbers(note.sources)) for note in journey.notes
            ),
            method=self._method(),
            sources=tuple(
                Cited(each["title"], each["url"], each["language"], aside=each["note"] or "")
                for each in self.journey["sources"]
            ),
            program=f"{program['name']} {program['version']}",
            mark=report.mark,
            words=self.words,
        )

    def _said(self, text: Mapping[str, str] | None) -> str:
        return "" if text is None else say(text, self.language)

    def _years(self) -> str:
        return dates.years_of(each["when"] for each in self.journey["waypoints"])

    def _numbers(self, ids: Sequence[str]) -> tuple[int, ...]:
        return tuple(self.numbers[each] for each in ids)

    def _stated(self, item: ClaimReport, told: Mapping[str, Any]) -> Stated:
        claim = item.claim
        return Stated(
            words=self.speaker.stated(claim),
            sources=self._numbers(claim.sources),
            judged=tuple(self._judged(item, *pair) for pair in self.report.judged(item)),
            why=told["sentence"][self.language],
            hangs_on=told["more"][self.language],
            note=self._said(claim.note),
        )

    def _judged(self, item: ClaimReport, judgement: Judgement, scope: ScopeReport) -> Judged:
        times = ""
        if judgement.ratio is not None and scope.plausible is not None:
            times = f"{judgement.ratio:.1f} × {self.speaker.km(scope.plausible.median_m)}"
        return Judged(
            scope=self.speaker.scope(self.report, scope.key),
            key=str(judgement.verdict),
            verdict=self.speaker.verdict(judgement.verdict),
            times=times,
            bar=self._bar(value_m(item.claim) / 1000, scope),
        )

    def _bar(self, stated_km: float, scope: ScopeReport) -> Bar:
        highest_km = self._highest_km()
        scope_id = ScopeView.of(self.report, scope, PUBLISHED).id
        told = next(each for each in self.journey["scopes"] if each["id"] == scope_id)
        drawn = told["plausible_km"]
        if drawn is None:
            return Bar(highest_km, stated_km, told["lower_bound_km"])
        ends = {f"{name}_km": float(drawn[name]) for name in ("low95", "low50", "median", "high50", "high95")}
        return Bar(highest_km, stated_km, told["lower_bound_km"], **ends)

    def _highest_km(self) -> float:
        """End of the scale: a round number at or above all that is shown on it."""
        shown = [value_m(each.claim) / 1000 for each in self.report.claims if each.judgements]
        shown += [each["plausible_km"]["high95"] for each in self.journey["scopes"] if each["plausible_km"]]
        most = max(shown, default=1.0)
        unit = 10.0 ** (len(str(int(most))) - 2)
        return float(int(most / unit + 1) * unit)

    def _leg(self, index: int) -> LegLine:
        leg: Mapping[str, Any] = self.journey["legs"][index]
        drawn = leg["plausible_km"]
        bearing = leg["bearing_deg"]
        return LegLine(
            number=index + 1,
            start=self.names[leg["from"]],
            end=self.names[leg["to"]],
            how=self._how(leg),
            length=self.words["not_measured"] if leg["length_km"] is None else f"{leg['length_km']:,}",
            plausible="" if drawn is None else f"{drawn['low95']:,.0f}{_DASH}{drawn['high95']:,.0f}",
            direction="" if bearing is None else self.speaker.word(f"compass.{int((bearing + 22.5) // 45) % 8}"),
            certainty=self.speaker.word(f"status.{leg['status']}"),
            vague=leg["vague"] and leg["length_km"] is not None,
        )

    def _how(self, leg: Mapping[str, Any]) -> str:
        if not leg["told"]:
            return self.words["untold"]
        joint = f" {self.words['or' if leg['modes_are'] == 'alternatives' else 'and']} "
        return joint.join(self.speaker.word(f"mode.{each['mode']}") for each in leg["modes"])

    def _method(self) -> tuple[str, ...]:
        method: Mapping[str, Any] = self.journey["method"]
        said = [self.words["method_lengths"], self.words["method_bound"]]
        if method["draws_kept"] and any(leg["plausible_km"] for leg in self.journey["legs"]):
            counts = {name: f"{method[f'draws_{name}']:,}" for name in ("kept", "proposed")}
            said.append(self.speaker.word("page.method_draws", **counts, seed=method["seed"], rho=method["rho"]))
            said += [self._prior(each) for each in method["priors"] if each["mode"] in self._modes()]
        return (*said, self.words["warning_places"], self.words["borders_as"], self.words["change"])

    def _modes(self) -> set[str]:
        return {
            each["mode"] for leg in self.journey["legs"] if leg["told"] and not leg["traced"] for each in leg["modes"]
        }

    def _prior(self, prior: Mapping[str, Any]) -> str:
        own = {str(winding.mode) for winding in self.report.settings.priors}
        key = "own" if prior["mode"] in own else "judged" if prior["judgement"] else "measured"
        numbers = {"median": prior["median_factor"], "low": prior["low90"], "high": prior["high90"]}
        said = {name: f"{value:.2f}" for name, value in numbers.items()}
        return self.speaker.word(f"prior.{key}", mode=self.speaker.word(f"mode.{prior['mode']}"), **said)
