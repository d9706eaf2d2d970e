"""A report as a short finding in a terminal: a sentence, the ledger of claims, what would have to be true, legs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from escape_route.distance.legs import BY, Crossing, countries_touched, is_at_a_border
from escape_route.distance.priors import Alike
from escape_route.distance.settings import Where
from escape_route.distance.verdicts import Verdict
from escape_route.language import comparison
from escape_route.language.phrases import Phrases
from escape_route.language.plain import plain
from escape_route.language.sources import by_id
from escape_route.language.view import LegView, ReportView
from escape_route.model.journey import UNTOLD_MODES
from escape_route.model.journey import Text as Told
from escape_route.model.modes import ModesAre
from escape_route.model.vocabulary import Role

if TYPE_CHECKING:
    from escape_route.distance.report import Report
    from escape_route.language.claim_view import ClaimView, IntervalKm, JudgementView
    from escape_route.language.comparison import Comparison

_LEAST_WIDTH, _MOST_WIDTH = 80, 110
_ABREAST = 4
_BOUND, _LIKELY, _CORE, _STATED, _IMPOSSIBLE = "┃", "░", "▓", "◆", "·"
_REACHES = {"above": ">", "below": "<"}
_STYLES = {
    Verdict.CONSISTENT: "green",
    Verdict.ABOVE_PLAUSIBLE: "yellow",
    Verdict.BELOW_PLAUSIBLE: "yellow",
    Verdict.IMPOSSIBLE_SHORT: "red",
}
_MOST_STEP_KM = 1000.0
_BESIDE_SCALE = 54
"""Columns that the ledger takes beside its scale."""
_BETWEEN = 3
"""Columns between two of a table."""
_MOST_MOVERS = 4
_TENTH_NM = 0.1


def show(reports: Iterable[Report], language: str = "en") -> None:
    """Print reports to standard output; colours only on a terminal, never with NO_COLOR."""
    console = _console()
    for number, report in enumerate(reports):
        _print(console, finding(report, console.width, language), after_blank=bool(number))


def show_comparison(compared: Comparison, language: str = "en") -> None:
    """Print journeys side by side: a column a journey, as many abreast as there is room for."""
    console, words = _console(), Phrases(language)
    for start in range(0, len(compared.views), _ABREAST):
        views = compared.views[start : start + _ABREAST]
        table = _table("", *(plain(comparison.subject(view, words)) for view in views))
        columns = [comparison.lines(view, words) for view in views]
        for key in columns[0]:
            head = Text(words.word(f"compare.{key}"), style="dim")
            table.add_row(head, *(Text(plain(column[key])) for column in columns))
        _print(console, table, after_blank=bool(start))
    _print(console, Text(words.word("compare.note"), style="dim"), after_blank=True)


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(max(console.width, _LEAST_WIDTH), _MOST_WIDTH)
    return console


def _print(console: Console, shown: RenderableType, *, after_blank: bool) -> None:
    """Print without blanks at the ends of lines."""
    with console.capture() as capture:
        console.print(shown)
    lines = [f"{line.rstrip()}\n" for line in capture.get().splitlines()]
    console.file.write("\n" * after_blank + "".join(lines))


def finding(report: Report, width: int, language: str = "en") -> RenderableType:
    """Everything that the check says of a journey, to be printed at a width of so many columns."""
    view, words = ReportView.of(report), Phrases(language)
    parts: list[RenderableType] = [
        _bold(words.say(view.journey.title)),
        *_apart(words.say(view.finding)),
    ]
    if aside := words.say(view.finding_aside):
        parts += _apart(aside)
    if view.distances:
        parts += [*_heading(words.word("page.claims_title")), _ledger(view, width, words)]
        parts += [*_heading(words.word("terminal.needs")), _sentences(view.distances, 1, words)]
    if said := [
        scope.by_network_said for scope in view.scopes if scope.by_network_said is not None
    ]:
        parts += [
            *_heading(words.word("terminal.by_network")),
            *_by_network(said, view.networks_note, words),
        ]
    if view.other_numbers:
        parts += [
            *_heading(words.word("terminal.other_numbers")),
            _sentences(view.other_numbers, 0, words),
        ]
    parts += [*_heading(words.word("page.layer_legs")), _legs(view, width, words)]
    if view.status_shares:
        parts += [*_heading(words.word("terminal.origin")), _origin(view, words)]
        parts += [*_heading(words.word("terminal.choices")), _sensitivities(view, words)]
    if view.claims:
        parts += [*_heading(words.word("page.sources_title")), _sources(view)]
    return Group(*parts, Text(""), _method(view, words))


def _bold(text: str) -> Text:
    return Text(plain(text), style="bold")


def _dim(text: str) -> Text:
    return Text(plain(text), style="dim")


def _apart(text: str) -> list[Text]:
    return [Text(""), Text(plain(text))]


def _heading(title: str) -> list[Text]:
    return [Text(""), _bold(title), Text("")]


def _table(*columns: str) -> Table:
    """Table without rules; a column whose head begins with ">" is one of numbers."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for column in columns:
        number = column.startswith(">")
        table.add_column(
            column.lstrip(">"),
            justify="right" if number else "left",
            no_wrap=number,
            overflow="fold",  # a text without blanks, as in Japanese, is never cut
            header_style="dim",
        )
    return table


def _heads(words: Phrases, *keys: str) -> list[str]:
    """Heads of columns; ">" before a key is that of a column of numbers."""
    marks = [">" if key.startswith(">") else "" for key in keys]
    said = [words.word(f"terminal.{key.removeprefix('>')}") for key in keys]
    return [f"{mark}{head}" for mark, head in zip(marks, said, strict=True)]


def _ledger(view: ReportView, width: int, words: Phrases) -> Group:
    step_km = min(_MOST_STEP_KM, 10.0 ** math.floor(math.log10(view.longest_km or 1)))
    highest_km = (int(view.longest_km / step_km) + 1) * step_km
    room = width - _BESIDE_SCALE
    table = _table(*_heads(words, "stated", "scope", "verdict"), "")
    table.columns[3].header = Text("0" + words.kilometres(highest_km).rjust(room - 1))
    table.columns[3].no_wrap = True
    for claim in view.distances:
        stated = Text(plain(f"{words.say(claim.stated)} [{by_id(claim)}]"))
        for judgement in claim.judgements:
            verdict = Text(words.verdict(judgement), style=_STYLES.get(judgement.verdict, ""))
            if times := words.times(judgement).replace("×", "x"):
                verdict.append(f"\n{times}", style="dim")
            scope = Text(plain(words.say(judgement.scope.label)))
            is_on_scale = judgement.verdict is not Verdict.NOT_COMPARABLE
            reaches = claim.wording.row.reaches
            bar = _bar(judgement, room, highest_km, reaches) if is_on_scale else Text("")
            table.add_row(stated, scope, verdict, bar)
    signs = {
        "impossible": _IMPOSSIBLE,
        "bound": _BOUND,
        "likely": _LIKELY,
        "core": _CORE,
        "stated": _STATED,
    }
    legend = words.word("terminal.legend", **signs)
    return Group(table, Text(""), _dim(legend), _dim(words.word("terminal.times")))


def _bar(
    judgement: JudgementView, room: int, highest_km: float, reaches: str | None = None
) -> Text:
    """One line of the scale: bound, intervals and the claim at their places, and which lengths it tells beside it."""
    cells = [" "] * room

    def at(length_km: float) -> int:
        return min(room - 1, int(length_km * room / highest_km))

    bound_km, lengths_km = judgement.scope.lower_bound_km, judgement.scope.plausible_km
    if bound_km is not None and lengths_km is not None:
        bound = at(bound_km)
        low95, low50, _, high50, high95 = map(at, lengths_km.rising)
        cells[:bound] = _IMPOSSIBLE * bound
        cells[low95 : high95 + 1] = _LIKELY * (high95 + 1 - low95)
        cells[low50 : high50 + 1] = _CORE * (high50 + 1 - low50)
        cells[bound] = _BOUND
    stated = at(judgement.stated_km)
    cells[stated] = _STATED
    beside = stated + (1 if reaches == "above" else -1)
    if reaches and 0 <= beside < room:
        cells[beside] = _REACHES[reaches]
    bar = Text("".join(cells))
    bar.stylize(f"bold {_STYLES.get(judgement.verdict, '')}".strip(), stated, stated + 1)
    return bar


def _sentences(claims: Sequence[ClaimView], gap: int, words: Phrases) -> Group:
    """All that is said of claims, with so many blank lines between them."""
    paragraphs = [
        (words.sentences(map(words.say, (claim.weighed, claim.asides))), by_id(claim))
        for claim in claims
    ]
    said = [Text(plain(f"{sentence} [{sources}]")) for sentence, sources in paragraphs]
    last = len(said) - 1
    return Group(
        *(Padding(text, (0, 0, gap if number < last else 0, 2)) for number, text in enumerate(said))
    )


def _filled(table: Table, rows: Sequence[tuple[str, ...]], width: int) -> Table:
    """A table with its rows: in one where each cell fits, for a thousand take as long as all that they tell of."""
    columns = [*zip(*rows, strict=True)]
    heads = (column.header for column in table.columns)
    widths = [
        max(map(cell_len, (str(head), *cells))) for head, cells in zip(heads, columns, strict=False)
    ]
    fits = sum(widths) + _BETWEEN * (len(widths) - 1) <= width
    for row in [tuple(map("\n".join, columns))] if fits and rows else rows:
        table.add_row(*row)
    return table


def _legs(view: ReportView, width: int, words: Phrases) -> Group:
    table = _table(*_heads(words, "to", ">km", ">plausible", "how", "status"))
    marks: dict[str, str] = {}
    rows = []
    for leg in view.legs:
        remark = words.remark(leg)
        mark = marks.setdefault(remark, "abcdef"[len(marks)]) if remark else ""
        length = "-" if leg.length_km is None else words.number(leg.length_km)
        name = plain(words.say(view.name_of(leg.end)))
        how = _how(leg, words)
        status = words.word(f"status.{leg.status}") if leg.told else "-"
        rows.append(
            (name, f"{length} {mark}".strip(), _range(leg.plausible_km, words), how, status)
        )
    lacking = sum(leg.length_km is None for leg in view.legs)
    total = words.word("terminal.nothing")
    if lacking < len(view.legs):
        chain = "terminal.chain_some" if lacking else "terminal.chain"
        total = words.word(chain, km=words.number(view.total_km), n=lacking)
    notes = [f"{mark}: {remark}." for remark, mark in marks.items()]
    return Group(_filled(table, rows, width), Text(""), _dim(" ".join([total, *notes])))


def _how(leg: LegView, words: Phrases) -> str:
    """How a leg was travelled, with the weight of each of several accounts or parts: "by road 80 % or by air 20 %"."""
    if len(leg.modes) < 2:  # noqa: PLR2004
        return words.how(leg.modes or UNTOLD_MODES, leg.modes_are) if leg.told else "-"
    joint = f" {words.word('page.or')} " if leg.modes_are is ModesAre.ALTERNATIVES else ", "
    return joint.join(f"{words.by(share)} {words.percent(share.weight)}" for share in leg.modes)


def _range(lengths_km: IntervalKm | None, words: Phrases) -> str:
    ends = () if lengths_km is None else (lengths_km.low95, lengths_km.high95)
    return "-".join(dict.fromkeys(map(words.number, ends))) or "-"


def _by_network(said: Sequence[Told], note: Told, words: Phrases) -> list[RenderableType]:
    lines = [Padding(Text(plain(words.say(text))), (0, 0, 0, 2)) for text in said]
    return [*lines, *([Text(""), _dim(noted)] if (noted := words.say(note)) else [])]


def _origin(view: ReportView, words: Phrases) -> Group:
    shares = ", ".join(
        f"{words.percent(share)} {words.word(f'status.{status}')}"
        for status, share in view.status_shares.items()
    )
    drawn = [(leg.variance_share, leg) for leg in view.legs if leg.variance_share is not None]
    table = _table(*_heads(words, "leg", ">moves", "because"))
    for share, leg in sorted(drawn, key=lambda pair: -pair[0])[:_MOST_MOVERS]:
        start, end = (plain(words.say(view.name_of(end))) for end in (leg.start, leg.end))
        between = words.word("terminal.leg_between", start=start, end=end)
        table.add_row(between, words.percent(share), _how(leg, words))
    crossed = {
        by: ", ".join(
            _crossing(crossing, words) for crossing in view.crossings if crossing.by == by
        )
        for by in BY
    }
    elsewhere = [
        words.word(f"terminal.by_{by}", borders=crossed[by]) for by in ("sea", "air") if crossed[by]
    ]
    countries = countries_touched(view.journey, view.crossings, on_the_map=True)
    said = words.word(
        "terminal.borders",
        countries=", ".join(countries) or words.word("terminal.not_told"),
        borders=crossed["land"] or words.word("terminal.none"),
        elsewhere="".join([*elsewhere, *_crossed_otherwise(view, words)]),
    )
    whole = words.word("terminal.shares", shares=shares)
    return Group(Text(whole), Text(""), table, Text(""), Text(said))


def _crossed_otherwise(view: ReportView, words: Phrases) -> list[str]:
    """Name the places that were told as crossings, and of no border between countries that are told."""
    crossed = {crossing.waypoint for crossing in view.crossings}
    told = [waypoint for waypoint in view.journey.waypoints if waypoint.role is Role.CROSSING]
    others = [
        waypoint for waypoint in told if waypoint.id not in crossed and not is_at_a_border(waypoint)
    ]
    called = words.word("comma").join(plain(words.say(waypoint.name)) for waypoint in others)
    return [words.word("terminal.crossed_otherwise", names=called)] if others else []


def _crossing(crossing: Crossing, words: Phrases) -> str:
    several = words.word("terminal.or_more", n=crossing.least) if crossing.least > 1 else ""
    as_told = words.word("terminal.as_told") if crossing.found == "told" else ""
    return f"{'-'.join(crossing.pair)}{as_told}{several}"


def _sensitivities(view: ReportView, words: Phrases) -> Group:
    """Plausible kilometres of each scope at other choices: of how alike legs are, and of where."""
    scopes = [scope for scope in view.scopes if scope.sensitivities]
    here = view.method.where
    others = [where for where in Where if where is not here]
    table = _table(
        *_heads(words, "plausible"), *(plain(words.say(scope.label)) for scope in scopes)
    )
    for column in table.columns[1:]:
        column.justify = "right"
    rows = [(words.word(f"likeness.{alike}"), here, alike) for alike in Alike]
    rows += [(words.word(f"placed.{where}"), where, Alike.TAKEN) for where in others]
    at = [
        {(choice.where, choice.alike): choice.plausible_km for choice in scope.sensitivities}
        for scope in scopes
    ]
    for label, where, alike in rows:
        table.add_row(label, *(_range(lengths_km[where, alike], words) for lengths_km in at))
    lay = [
        {"placed": words.word(f"placed.{where}"), "where": words.word(f"where.{where}")}
        for where in others
    ]
    notes = "; ".join(words.word("terminal.lay", **way) for way in lay)
    notes = words.word("terminal.otherwise", notes=notes, where=words.word("where.crossings"))
    return Group(table, Text(""), _verdicts(view, words), Text(""), _dim(notes))


def _verdicts(view: ReportView, words: Phrases) -> Table:
    """Verdict on each claim for each choice of where the way lay, with legs as alike as they are taken to be."""
    table = _table(
        *_heads(words, "verdict_on", "scope"), *(words.word(f"placed.{where}") for where in Where)
    )
    for claim in view.distances:
        for judgement in claim.judgements:
            at = {
                choice.where: choice.verdict
                for choice in judgement.choices
                if choice.alike is Alike.TAKEN
            }
            if at:
                said = [words.word(f"verdict.{at[where]}") for where in Where]
                table.add_row(
                    words.say(claim.stated), plain(words.say(judgement.scope.label)), *said
                )
    return table


def _sources(view: ReportView) -> Group:
    """Where the claims were stated; the page and the file hold the sources of everything else."""
    cited = view.sources.cited(source for claim in view.claims for source in claim.sources)
    return Group(
        *(Padding(Text(plain(f"[{source.id}] {source.title}")), (0, 0, 0, 2)) for source in cited)
    )


def _method(view: ReportView, words: Phrases) -> Text:
    method = view.method
    lines = []
    if method.has_lengths:
        numbers = {
            "draws": words.whole(method.draws),
            "seed": method.seed,
            "rho": words.say(method.rho_said),
        }
        lines += [words.word("terminal.draws", **numbers), words.held(method)]
        judged = sorted(
            prior.mode
            for prior in method.priors
            if prior.is_used and prior.judgement and not prior.is_own
        )
        if judged:
            named = words.word("comma").join(words.word(f"mode.{mode}") for mode in judged)
            lines.append(words.word("terminal.judged", modes=named))
        own = [prior for prior in method.priors if prior.is_own]
        lines += [words.word("terminal.own", mode=prior.mode, basis=prior.basis) for prior in own]
    differ_nm = method.engines_differ_nm
    most = "terminal.differ" if differ_nm > _TENTH_NM else "terminal.agree"
    lines += [
        words.word(most, nm=words.marked(f"{differ_nm:.1f}")),
        words.word("terminal.label_points"),
    ]
    return _dim(" ".join(lines))
