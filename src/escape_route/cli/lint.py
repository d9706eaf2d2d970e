"""`escape-route lint`: everything wrong or doubtful about files, for whoever writes them and for their hooks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from escape_route import lint, progress
from escape_route.api.journeys import read_journey
from escape_route.cli.shared import JOURNEY_HELP, add_published, named, print_as_held, print_json
from escape_route.errors import EscapeRouteError, Problem, UsageError, suggest, visible
from escape_route.lint import RULES, Finding, Severity
from escape_route.lint.rules import at
from escape_route.model.journey import Journey
from escape_route.protection.guarded import guarded, sentences_of
from escape_route.protection.protect import holds_more, protect

OK, FOUND = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("journeys", nargs="*", metavar="JOURNEY", help=JOURNEY_HELP)
    parser.add_argument("--json", action="store_true", help="one JSON document for programs")
    parser.add_argument("--strict", action="store_true", help="exit 1 on warnings too")
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="RULE",
        help="leave a warning out; several, or with commas",
    )
    parser.add_argument(
        "--sentences",
        action="store_true",
        help="print what is published of guarded places as it was written, and stop",
    )
    add_published(parser)
    parser.add_argument(
        "--explain", metavar="RULE", help="say what a rule means, and stop; all of them: all"
    )


def run(options: argparse.Namespace) -> int:
    """Tell everything wrong or doubtful about files. Exit code 1: there are errors, or with --strict warnings."""
    if options.explain:
        return _explain(options.explain)
    if not options.journeys:
        raise UsageError("lint: name a JOURNEY, or --explain RULE")
    if options.sentences:
        return _sentences(options.journeys)
    ignored = {_ignorable(name.strip()) for given in options.ignore for name in given.split(",")}
    sources = progress.each(options.journeys, "reading files")
    looked = {
        source: _look_through(source, ignored, published=options.published) for source in sources
    }
    by_source = {source: findings for source, (findings, _) in looked.items()}
    held = [
        journey
        for findings, journey in looked.values()
        if journey is not None and (findings or options.json)
    ]
    if options.json:
        print_json(_document(by_source, as_held=any(map(holds_more, held))))
        return _code(by_source, strict=options.strict)
    print_as_held(held)
    by_source = {
        source: _by_name(findings, journey) for source, (findings, journey) in looked.items()
    }
    if sys.stdout.isatty():
        from escape_route.lint import show  # noqa: PLC0415  # what is piped needs no rich

        show.show(by_source)
    else:
        print(
            "".join(
                f"{line}\n"
                for source, listed in by_source.items()
                for line in _lines(source, listed)
            ),
            end="",
        )
    return _code(by_source, strict=options.strict)


def _sentences(sources: Sequence[str]) -> int:
    """Print the sentences of guarded places, a line each after its place, as grep takes them."""
    for source in sources:
        journey = read_journey(source).data
        for place in guarded(journey):
            for member, language, text in sentences_of(place):
                head = f"{at(place)}, {member}{f' ({language})' * bool(language)}"
                print(visible(f"{source}: {named(head, journey)}: {text}"))
    return OK


def _code(by_source: Mapping[str, Sequence[Finding]], *, strict: bool) -> int:
    severities = {finding.rule.severity for listed in by_source.values() for finding in listed}
    return FOUND if Severity.ERROR in severities or (strict and severities) else OK


def _look_through(
    source: str, ignored: Collection[str], *, published: bool
) -> tuple[tuple[Finding, ...], Journey | None]:
    """Findings of a file, errors first, and the journey that they are of.

    Here alone errors are caught, for every file is to be told of.
    """
    try:
        journey = read_journey(source)
    except EscapeRouteError as error:
        return lint.of_error(error, source), None
    form = protect(journey.data).journey if published else journey.data
    if published:
        advice = []
    else:
        advice = [warning.removeprefix(f"{journey.path}: ") for warning in journey.warnings]
    findings = (*lint.of_warnings(advice), *lint.lint(form, ignore=ignored))
    return tuple(finding for finding in findings if finding.rule.name not in ignored), form


def _by_name(findings: tuple[Finding, ...], journey: Journey | None) -> tuple[Finding, ...]:
    """Findings with the name of a place beside an id that nobody typed."""
    problems = [
        Problem(
            *(
                named(text, journey)
                for text in (finding.problem.place, finding.problem.message, finding.problem.fix)
            )
        )
        for finding in findings
    ]
    return tuple(
        replace(finding, problem=problem)
        for finding, problem in zip(findings, problems, strict=True)
    )


def _lines(source: str, findings: Sequence[Finding]) -> list[str]:
    """Findings a line each, as grep and editors take them."""
    lines = []
    for finding in findings:
        place = f"{finding.problem.place}: " if finding.problem.place else ""
        fix = f" ({finding.problem.fix})" if finding.problem.fix else ""
        severity = finding.rule.severity
        lines.append(
            visible(
                f"{source}: {place}{severity}: {finding.problem.message}{fix} [{finding.rule.name}]"
            )
        )
    return lines


def _document(files: Mapping[str, Sequence[Finding]], *, as_held: bool) -> dict[str, object]:
    every = [finding for listed in files.values() for finding in listed]
    return {
        "errors": sum(finding.rule.severity is Severity.ERROR for finding in every),
        "warnings": sum(finding.rule.severity is Severity.WARNING for finding in every),
        "as_held": as_held,
        "files": [
            {"file": file, "findings": [finding.row for finding in listed]}
            for file, listed in files.items()
        ],
    }


def _explain(name: str) -> int:
    for rule_name in RULES if name == "all" else [_known(name)]:
        rule = RULES[rule_name]
        print(f"{rule.name} ({rule.severity})\n    {rule.says}\n    {rule.why}")
    return OK


def _known(name: str) -> str:
    if name not in RULES:
        raise UsageError(f"{name}: not a rule ({suggest(name, RULES)})")
    return name


def _ignorable(name: str) -> str:
    if RULES[_known(name)].severity is Severity.ERROR:
        raise UsageError(f"{name}: an error, which cannot be left out (mend what it tells)")
    return name
