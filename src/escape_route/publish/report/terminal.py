"""A report as a short finding in a terminal: a sentence, the ledger of claims, what would have to be true, legs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from escape_route.distance.settings import Where
from escape_route.distance.verdicts import Verdict, value_m
from escape_route.language.comparison import Sides
from escape_route.language.digits import PUBLISHED, rounded
from escape_route.language.plain import plain
from escape_route.language.sentences import Speaker
from escape_route.language.view import LegView
from escape_route.model.journey import UNTOLD_MODES, say
from escape_route.model.units import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from escape_route.distance.report import Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.distance.verdicts import Judgement
    from escape_route.language.comparison import Comparison

_LEAST_WIDTH, _MOST_WIDTH = 80, 110
_ABREAST = 4
_BOUND, _LIKELY, _CORE, _STATED, _IMPOSSIBLE = "┃", "░", "▓", "◆", "·"
_STYLES = {
    Verdict.CONSISTENT: "green",
    Verdict.ABOVE_PLAUSIBLE: "yellow",
    Verdict.BELOW_PLAUSIBLE: "yellow",
    Verdict.IMPOSSIBLE_SHORT: "red",
}
_SCALE_STEP_KM = 1000
_TENTH_NM = 1e-10


def show(reports: Iterable[Report]) -> None:
    """Print reports to standard output; colours only on a terminal, never with NO_COLOR."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(max(console.width, _LEAST_WIDTH), _MOST_WIDTH)
    for number, report in enumerate(reports):
        with console.capture() as capture:
            console.print(finding(report, console.width))
        lines = [line.rstrip() for line in capture.get().splitlines()]
        console.file.write("\n".join([*([""] if number else []), *lines, ""]))


def show_comparison(found: Comparison) -> None:
    """Print journeys side by side: a column a journey, as many abreast as there is room for."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(max(console.width, _LEAST_WIDTH), _MOST_WIDTH)
    sides = Sides("en")
    for start in range(0, len(found.rows), _ABREAST):
        rows = found.rows[start : start + _ABREAST]
        table = _table("", *(plain(say(row.subject)) for row in rows))
        table.show_lines = False
        said = [sides.lines(row) for row in rows]
        for key in said[0]:
            table.add_row(
                Text(sides.speaker.word(f"compare.{key}"), style="dim"), *(Text(plain(each[key])) for each in said)
            )
        with console.capture() as capture:
            console.print(table)
        lines = [line.rstrip() for line in capture.get().splitlines()]
        console.file.write("\n".join([*([""] if start else []), *lines, ""]))
    note = sides.speaker.word("compare.note")
    with console.capture() as capture:
        console.print(Text(f"\n{note}", style="dim"))
    console.file.write("\n".join([*(line.rstrip() for line in capture.get().splitlines()), ""]))


def finding(report: Report, width: int) -> RenderableType:
    """Everything that the check says of a journey, to be printed at a width of so many columns."""
    parts: list[RenderableType] = [Text(plain(say(report.journey.title)), style="bold"), Text("")]
    parts.append(Text(plain(Speaker().finding(report))))
    if aside := Speaker().finding_aside(report):
        parts += [Text(""), Text(plain(aside))]
    distances = [item for item in report.claims if item.claim.quantity is Quantity.DISTANCE]
    if distances:
        parts += [*_heading("What was stated, and what geometry makes of it"), _ledger(report, width)]
        parts += [*_heading("What would have to be true"), _sentences(report, distance=True)]
    if len(distances) < len(report.claims):
        parts += [*_heading("Other numbers"), _sentences(report, distance=False)]
    parts += [*_heading("Legs"), _legs(report)]
    if report.status_shares:
        parts += [*_heading("Where the length comes from"), _origin(report)]
        parts += [*_heading("If other choices are made"), _sensitivities(report)]
    if report.claims:
        parts += [*_heading("Sources"), _sources(report)]
    parts += [Text(""), _method(report)]
    return Group(*parts)


def _heading(title: str) -> list[Text]:
    return [Text(""), Text(title, style="bold"), Text("")]


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for column in columns:
        number = column.startswith(">")
        table.add_column(column.lstrip(">"), justify="right" if number else "left", no_wrap=number, header_style="dim")
    return table


def _ledger(report: Report, width: int) -> Group:
    highest_km = _highest_km(report)
    room = width - 54
    table = _table("stated", "scope", "verdict", "")
    table.columns[3].header = Text("0" + f"{highest_km:,} km".rjust(room - 1))
    table.columns[3].no_wrap = True
    for item in report.claims:
        for judgement, scope in report.judged(item):
            speaker = Speaker()
            verdict = Text(speaker.verdict(judgement.verdict), style=_STYLES.get(judgement.verdict, ""))
            if judgement.ratio is not None and scope.plausible is not None:
                verdict.append(f"\n{judgement.ratio:.1f} x {speaker.km(scope.plausible.median_m)}", style="dim")
            stated = f"{speaker.stated(item.claim)} [{', '.join(item.claim.sources)}]"
            bar = _bar(scope, judgement, value_m(item.claim) / 1000 * room / highest_km, room, highest_km)
            table.add_row(Text(plain(stated)), Text(plain(speaker.scope(report, scope.key))), verdict, bar)
    likely = f"{_LIKELY} 95 %, {_CORE} 50 % plausible"
    legend = f"{_IMPOSSIBLE} shorter than any way  {_BOUND} least possible  {likely}  {_STATED} stated"
    times = "Below each verdict: the claim as a multiple of the plausible median."
    return Group(table, Text(""), Text(legend, style="dim"), Text(times, style="dim"))


def _highest_km(report: Report) -> int:
    values = [value_m(item.claim) for item in report.claims if item.claim.quantity is Quantity.DISTANCE]
    values += [scope.plausible.high95_m for scope in report.scopes if scope.plausible is not None]
    return (int(max(values) / 1000 / _SCALE_STEP_KM) + 1) * _SCALE_STEP_KM


def _bar(scope: ScopeReport, judgement: Judgement, stated_at: float, room: int, highest_km: int) -> Text:
    """One line of the scale: bound, intervals and the claim at their places."""
    cells = [" "] * room

    def at(length_m: float) -> int:
        return min(room - 1, int(length_m / 1000 * room / highest_km))

    if scope.bound is not None and scope.plausible is not None:
        plausible = scope.plausible
        cells[: at(scope.bound.bound_m)] = _IMPOSSIBLE * at(scope.bound.bound_m)
        for low_m, high_m, mark in (
            (plausible.low95_m, plausible.high95_m, _LIKELY),
            (plausible.low50_m, plausible.high50_m, _CORE),
        ):
            cells[at(low_m) : at(high_m) + 1] = mark * (at(high_m) + 1 - at(low_m))
        cells[at(scope.bound.bound_m)] = _BOUND
    cells[min(room - 1, int(stated_at))] = _STATED
    bar = Text("".join(cells))
    bar.stylize(f"bold {_STYLES.get(judgement.verdict, '')}".strip(), min(room - 1, int(stated_at)), int(stated_at) + 1)
    return bar


def _sentences(report: Report, *, distance: bool) -> Group:
    items = [item for item in report.claims if (item.claim.quantity is Quantity.DISTANCE) is distance]
    said = []
    for item in items:
        sources = ", ".join(item.claim.sources)
        text = Text(plain(f"{Speaker().claim(report, item)} [{sources}]"))
        said.append(Padding(text, (0, 0, 1 if distance and item is not items[-1] else 0, 2)))
    return Group(*said)


def _legs(report: Report) -> Group:
    table = _table("to", ">km", ">plausible km", "how", "status")
    marks: dict[str, str] = {}
    for leg, drawn in zip(report.legs, report.leg_draws, strict=True):
        view = LegView.of(leg, drawn, PUBLISHED)
        remark = view.remark
        mark = marks.setdefault(remark, "abcdef"[len(marks)]) if remark else ""
        length = "-" if leg.length_m is None else f"{leg.length_m / 1000:,.0f}"
        likely = "-" if drawn is None else _range(drawn.plausible.low95_m, drawn.plausible.high95_m)
        name = say(report.journey.waypoints[report.journey.index_of(leg.end)].name)
        how = view.modes_in_words or "-"
        table.add_row(plain(name), f"{length} {mark}".strip(), likely, how, str(leg.status))
    total = (
        f"Chain of label points: {report.total_m / 1000:,.0f} km." if report.total_m else "Nothing could be measured."
    )
    notes = [f"{mark}: {remark}." for remark, mark in marks.items()]
    return Group(table, Text(""), Text(" ".join([total, *notes]), style="dim"))


def _range(low_m: float, high_m: float) -> str:
    return f"{rounded(low_m / 1000):,.0f}-{rounded(high_m / 1000):,.0f}"


def _origin(report: Report) -> Group:
    total = [f"{share:.0%}".replace("%", " %") + f" {status}" for status, share in report.status_shares.items()]
    shares = Text(f"Of the whole by median length: {', '.join(total)}.")
    drawn = [(leg, draws) for leg, draws in zip(report.legs, report.leg_draws, strict=True) if draws is not None]
    moved = sorted(drawn, key=lambda pair: -pair[1].variance_share)
    table = _table("leg", ">moves the total", "because")
    for leg, draws in moved[:4]:
        share = f"{draws.variance_share:.0%}".replace("%", " %")
        table.add_row(f"{leg.start} to {leg.end}", share, LegView.of(leg, draws, PUBLISHED).modes_in_words)
    by_land = [crossing for crossing in report.crossings if not crossing.by_air]
    found = {"place": "", "geometry": "", "told": " (as told)"}
    passed = ", ".join(f"{each.pair[0]}-{each.pair[1]}{found[each.found]}" for each in by_land)
    by_air = [f"{each.pair[0]}-{each.pair[1]}" for each in report.crossings if each.by_air]
    air = f"; by air {', '.join(by_air)}" if by_air else ""
    borders = Text(f"Countries {', '.join(report.countries) or 'not told'}; borders crossed: {passed or 'none'}{air}.")
    return Group(shares, Text(""), table, Text(""), borders)


def _sensitivities(report: Report) -> Group:
    """Plausible kilometres of each scope at other choices: of rho, and of where a country that was passed was drawn."""
    rhos = sorted({each.rho for scope in report.scopes for each in scope.sensitivities})
    others = [where for where in Where if where is not report.settings.where]
    short = {Where.CROSSINGS: "crossings", Where.NEAR: "anywhere near", Where.ANYWHERE: "anywhere"}
    scopes = [scope for scope in report.scopes if scope.sensitivities]
    table = _table("plausible km", *(plain(Speaker().scope(report, scope.key)) for scope in scopes))
    for column in table.columns[1:]:
        column.justify = "right"
    choices = [(f"rho {rho:g}", report.settings.where, rho) for rho in rhos]
    choices += [(short[where], where, report.settings.rho) for where in others]
    for label, where, rho in choices:
        found = [next(s.plausible for s in scope.sensitivities if (s.where, s.rho) == (where, rho)) for scope in scopes]
        table.add_row(label, *(_range(each.low95_m, each.high95_m) for each in found))
    speaker = Speaker()
    said = [f"{short[where]}: the way lay {speaker.word(f'where.{where}')}" for where in others]
    notes = "; ".join(said) + f". Otherwise: {speaker.word('where.crossings')}."
    return Group(table, Text(""), _verdicts(report, short), Text(""), Text(notes, style="dim"))


def _verdicts(report: Report, short: dict[Where, str]) -> Table:
    """Verdict on each claim for each choice of where the way lay, at the rho that was asked for."""
    speaker = Speaker()
    table = _table("verdict on", "scope", *(short[where] for where in Where))
    for item in report.claims:
        for (_, scope), choices in zip(report.judged(item), item.choices, strict=True):
            at = {each.where: speaker.verdict(each.verdict) for each in choices if each.rho == report.settings.rho}
            if at:
                label = plain(speaker.scope(report, scope.key))
                table.add_row(speaker.stated(item.claim), label, *(at[where] for where in Where))
    return table


def _sources(report: Report) -> Group:
    """Where the claims were stated; the page and the file hold the sources of everything else."""
    cited = dict.fromkeys(source for item in report.claims for source in item.claim.sources)
    by_id = {source.id: source for source in report.journey.sources}
    lines = [f"[{each}] {by_id[each].title}" for each in cited]
    return Group(*(Padding(Text(plain(line)), (0, 0, 0, 2)) for line in lines))


def _method(report: Report) -> Text:
    drawn = zip(report.legs, report.leg_draws, strict=True)
    wound = [leg for leg, draws in drawn if draws is not None and not leg.traced]
    modes = {share.mode for leg in wound for share in leg.modes or UNTOLD_MODES}
    own = {winding.mode for winding in report.settings.priors}
    judged = sorted(str(mode) for mode in modes - own if report.settings.all_priors[mode].judgement)
    lines = []
    if report.draws.travelled_m.any():
        lines.append(f"{report.draws.kept:,} draws, seed {report.settings.seed}, rho {report.settings.rho:g}.")
        if judged:
            lines.append(f"How winding the way was on {', '.join(judged)} is our judgement;")
            lines.append("the other priors rest on measurements.")
        lines += [f"By {winding.mode}: {winding.prior.basis}." for winding in report.settings.priors]
    differ_nm = report.engines_differ_m * 1e9
    most = f"by {differ_nm:.1f} nm at most" if report.engines_differ_m > _TENTH_NM else "by less than 0.1 nm"
    lines.append(f"geopy and pyproj differ {most}.")
    lines.append("Label points are places to hang a name on, not stops.")
    return Text(" ".join(lines), style="dim")
