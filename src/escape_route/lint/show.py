"""Findings on a terminal: a file at a time, errors before warnings, each with its rule and its fix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from escape_route.errors import visible
from escape_route.lint.rules import Finding, Severity

_MARKS = {Severity.ERROR: ("✗", "bold red"), Severity.WARNING: ("!", "bold yellow")}
_GOOD = ("✓", "bold green")
_MOST_WIDTH = 110


def show(by_file: Mapping[str, Sequence[Finding]], console: Console | None = None) -> None:
    """Print findings by file, and a line that counts them; to standard output where no console is given."""
    console = console or Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _MOST_WIDTH)
    for source, findings in by_file.items():
        severities = {finding.rule.severity for finding in findings}
        mark, style = next(
            (_MARKS[severity] for severity in Severity if severity in severities), _GOOD
        )
        nothing = [] if findings else [("  nothing wrong, nothing doubtful", "dim")]
        console.print(Text.assemble((mark, style), " ", (visible(source), "bold"), *nothing))
        for severity in Severity:
            of_it = [finding for finding in findings if finding.rule.severity is severity]
            if of_it:
                console.print(Padding(_table(of_it), (0, 0, 0, 2)))
        if findings:
            console.print()
    if any(by_file.values()):
        console.print(_count(by_file))


def _table(findings: Sequence[Finding]) -> Table:
    """One finding a row: where it is and what it is, with the fix below it, and the rule."""
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    for finding in findings:
        problem = finding.problem
        mark, style = _MARKS[finding.rule.severity]
        said = Text(visible(problem.place), style="cyan")
        said.append(": " if problem.place else "", style="default")
        said.append(visible(problem.message), style="default")
        if problem.fix:
            said.append(f"\n→ {visible(problem.fix)}", style="dim")
        table.add_row(
            Text(mark, style=style),
            said,
            Text(finding.rule.name, style=style.removeprefix("bold ")),
        )
    return table


def _count(by_file: Mapping[str, Sequence[Finding]]) -> Text:
    every = [finding for findings in by_file.values() for finding in findings]
    errors = sum(finding.rule.severity is Severity.ERROR for finding in every)
    counts = [_number(errors, "error"), _number(len(every) - errors, "warning")]
    where = f" in {_number(len(by_file), 'file')}" if len(by_file) > 1 else ""
    return Text(
        f"{' and '.join(counts)}{where}; escape-route lint --explain RULE says more of one",
        style="dim",
    )


def _number(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
