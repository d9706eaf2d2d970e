"""What several commands have in common: their options, reading with warnings, saying what was written."""

from __future__ import annotations

import argparse
import codecs
import json
import re
import sys
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route import publish as drawing
from escape_route.api.publish import Publishing, preview_path, refuse_own
from escape_route.distance.settings import Settings
from escape_route.errors import (
    EscapeRouteError,
    OutputError,
    UnprotectedWarning,
    UsageError,
    visible,
    way_to,
)
from escape_route.language.catalogues import languages
from escape_route.language.phrases import Phrases
from escape_route.language.stated import Numbers
from escape_route.model.journey import say
from escape_route.model.published import Mark
from escape_route.protection.guarded import count_of_sentences
from escape_route.protection.protect import holds_more

if TYPE_CHECKING:
    from escape_route.api.journeys import Journey
    from escape_route.model import journey as model


#: Sizes of a figure; `publish.figure.sizes` says what each is made of.
FIGURE_SIZES = {
    "column": "90 mm wide",
    "page": "180 mm wide",
    "slide": "338.7 x 190.5 mm",
    "card": "317.5 x 166.7 mm",
}
JOURNEY_HELP = "a journey's file in any format that is read, or a shipped name: ro-family"
#: Ids that a reader gave: w3 is the third row of a spreadsheet, or the third place; c1 and stated-1
#: are claims.
_GIVEN = re.compile(r"w\d+x*|c\d+|stated-\d+")
_TOLD = re.compile(rf'(?<![\w./-])(?:"({_GIVEN.pattern})"|({_GIVEN.pattern}))(?![\w-]|\.\w)')


def add_draws(parser: argparse.ArgumentParser) -> None:
    """Add the options of the draws."""
    parser.add_argument("--seed", type=int, help="of the draws (2019)")
    parser.add_argument(
        "--draws", type=int, help="how many journeys are drawn (as many as the printed digits need)"
    )
    parser.add_argument(
        "--routes", action="store_true", help="measure on today's roads, railways and sea lanes too"
    )
    parser.add_argument(
        "--rho", type=float, help="how alike the winding of legs is, 0 to 1 (estimated by mode)"
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """Settings of the draws that were asked for."""
    given = {
        name: getattr(options, name)
        for name in ("seed", "draws", "rho")
        if getattr(options, name) is not None
    }
    return Settings(**given, routes=options.routes)


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add the option of every command that speaks of journeys."""
    about = (
        "of the words; where it is not given, that of the journey (en where it is told in English)"
    )
    parser.add_argument(
        "--language",
        choices=languages(),
        metavar="LANGUAGE",
        help=f"{about}: {', '.join(languages())}",
    )


def add_publishing(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that publishes; `publishing` and `refuse_existing` read them."""
    add_force(parser)
    parser.add_argument(
        "--unprotected",
        action="store_true",
        help="publish places as they are held: gives them away",
    )
    add_finer(parser)


def add_finer(parser: argparse.ArgumentParser) -> None:
    """Add the option of every command that goes on from what was published before."""
    about = "allow places that were published coarser before, where the file says why"
    parser.add_argument("--finer", action="store_true", help=about)


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add the option of every command that writes files; `refuse_existing` reads it."""
    parser.add_argument("--force", action="store_true", help="write over files that exist")


def add_preview(parser: argparse.ArgumentParser) -> None:
    """Add the options of a first look; `target_of`, `publishing` and `finish` read them."""
    about = (
        "a first look for your own eyes: marked, in a temporary folder, opened, and not written "
        "down as published"
    )
    parser.add_argument("--preview", action="store_true", help=about)
    parser.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        help="open the file in a browser afterwards (a preview is)",
    )


def target_of(options: argparse.Namespace, name: str, held: Sequence[Journey]) -> Path:
    """Where to write, under a name where none was given; raises OutputError and UsageError before any work is done."""
    if options.preview:
        return _preview_of(options, name)
    target = Path(options.output or name)
    refuse_existing((target,), held, force=options.force)
    return target


def _preview_of(options: argparse.Namespace, name: str) -> Path:
    given = {"-o": options.output, "--unprotected": options.unprotected, "--finer": options.finer}
    if refused := [option for option, value in given.items() if value]:
        raise UsageError(
            f"--preview: goes into a temporary folder, as it may be published; leave out {refused[0]}"
        )
    return preview_path(name)


def print_as_written(held: Iterable[Journey], given: Iterable[str]) -> None:
    """Say how many sentences of guarded places were published as they were written, and what reads them."""
    count = sum(count_of_sentences(journey.data) for journey in held)
    if count:
        if count == 1:
            said = "sentence of guarded places stands"
        else:
            said = "sentences of guarded places stand"
        print(
            f"{count} {said} in it as written: read them (escape-route lint --sentences {visible(' '.join(given))})"
        )


def finish(
    options: argparse.Namespace, target: Path, journeys: Sequence[Journey] = (), *, at: str = ""
) -> None:
    """Say what was written, of whose sentences, and open it where that was asked for, at a place in it."""
    print_size(target)
    print_as_written(journeys, getattr(options, "journeys", None) or [options.journey])
    if options.preview:
        print(
            "A preview, for your own eyes: it is not written down as published. Without --preview it is."
        )
    if options.preview if options.open is None else options.open:
        import webbrowser  # noqa: PLC0415  # only where something is opened

        webbrowser.open(target.resolve().as_uri() + at)


def publishing(options: argparse.Namespace) -> Publishing:
    """Take what was asked for, and warn of what it gives away."""
    if options.unprotected:
        warn(f"--unprotected: {UnprotectedWarning()}")
        warnings.simplefilter("ignore", UnprotectedWarning)  # once is enough
        return {"mark": Mark.AS_HELD, "finer": options.finer}
    warnings.showwarning = partial(_told_by_lines, options)  # until the command ends
    if not getattr(options, "preview", False):
        return {"mark": None, "finer": options.finer}
    return {"mark": Mark.PREVIEW, "finer": options.finer}


def _told_by_lines(options: argparse.Namespace, message: Warning | str, *_: object) -> None:
    for line in named_of_one(str(message), options).splitlines():
        warn(line)


def with_warnings(journeys: list[Journey]) -> list[Journey]:
    """Journeys as they were read; what is advised against in their files is told on stderr and stops nothing."""
    for warning in (line for journey in journeys for line in journey.warnings):
        warn(warning)
    return journeys


def refuse_existing(targets: Sequence[Path], held: Sequence[Journey] = (), *, force: bool) -> None:
    """Raise OutputError with every file that is there already or has a name that is kept, before any work is done.

    Files and registers of journeys that are published, `held`, are refused even where others may be
    written over.
    """
    for target in targets:
        refuse_own(held, target)
    there = [target for target in targets if target.exists()]
    if there and not force:
        fault = "exists already; give another name, or --force to write over it"
        raise OutputError("\n".join(f"{target}: {fault}" for target in there))


def warn_unwritable(journeys: Iterable[Journey], language: str) -> None:
    """Tell which names, titles and words the fonts of the figures cannot write, where nothing stands in for them."""
    lost = [name for journey in journeys for name in drawing.legible.unwritable(journey.data)]
    fixes = [way_to("fonts"), *["give an English or romanised name beside it"][: len(lost)]]
    if drawing.legible.speakable(language) != language:
        lost.append(f"the words of {language}, so that it speaks English")
    if lost:
        warn(f"no font of the figures writes {', '.join(lost)} ({', or '.join(fixes)})")


def warn(text: str) -> None:
    """Tell on stderr what stops nothing."""
    print(f"{visible(text)} [warning]", file=sys.stderr)


def print_json(document: object) -> None:
    """Print a document for programs; what acts on a terminal stands there as its number, and so does what it lacks."""
    encoding = codecs.lookup(sys.stdout.encoding or "utf-8").name
    text = json.dumps(document, ensure_ascii=encoding != "utf-8", indent=2, allow_nan=False)
    seen = (
        letter if letter == "\n" or letter.isprintable() else json.dumps(letter)[1:-1]
        for letter in text
    )
    print("".join(seen))


def add_published(parser: argparse.ArgumentParser) -> None:
    """Add the option of commands that speak to the holder."""
    parser.add_argument(
        "--published",
        action="store_true",
        help="of the publishable form alone, not of what is held",
    )


def print_as_held(journeys: Iterable[model.Journey], language: str = "en", *more: str) -> None:
    """Say first, where it is so, that what follows tells more than may be published, and what else is to be said."""
    if any(map(holds_more, journeys)):
        words = Phrases(language)
        print("\n".join(words.word(f"terminal.{key}") for key in ("as_held", *more)))


def print_size(target: Path) -> None:
    """Say what was written and how large it is."""
    print(f"{visible(str(target))}: {target.stat().st_size / 1000:,.0f} kB")


def named(text: str, journey: model.Journey | None) -> str:
    """Text with the name of a place, or the number that was stated, beside each id of it that nobody typed."""
    if journey is None or not _TOLD.search(text):
        return text
    numbers = Numbers()
    names = {
        claim.id: numbers.stated(claim) for claim in journey.claims if _GIVEN.fullmatch(claim.id)
    }
    names |= {
        waypoint.id: say(waypoint.name)
        for waypoint in journey.waypoints
        if _GIVEN.fullmatch(waypoint.id)
    }

    def with_name(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        name = names.get(number)
        is_said = not name or text.startswith(f' "{name}"', match.end())
        return match[0] if is_said else f'{number} "{name}"'

    return _TOLD.sub(with_name, text)


def named_of_one(text: str, options: argparse.Namespace) -> str:
    """The same of an error, by the one journey that a command was for; as it is where there were several."""
    sources = getattr(options, "journeys", None) or [getattr(options, "journey", None)]
    if len(sources) == 1 and isinstance(sources[0], str) and _TOLD.search(text):
        api = import_module(
            "escape_route.api.journeys"
        )  # read again, where an error names such a place
        with suppress(EscapeRouteError):
            return named(text, api.read_journey(sources[0]).data)
    return text
