"""`escape-route import`: a journey of any format as the holder's own GeoJSON file; it publishes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from escape_route import lint
from escape_route.api.journeys import Journey as Held
from escape_route.api.journeys import read_as_written
from escape_route.api.publish import form_of, told_though_asked, what_stops
from escape_route.cli.import_lines import Lines, Weight
from escape_route.cli.shared import add_force, print_size, refuse_existing, warn
from escape_route.errors import JourneyFileError, OutputError, UsageError, visible
from escape_route.files import write_whole
from escape_route.formats import Written, format_of, geojson, media, reader
from escape_route.formats.tables import xlsx
from escape_route.formats.tracks import photos
from escape_route.geography import base, gazetteer
from escape_route.language.catalogues import Words, language_of
from escape_route.language.whens import in_words, kept_span
from escape_route.model import dates, joining, locate, somewhere
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.model.seasons import at_their_places
from escape_route.model.units import told_in
from escape_route.protection.generalise import tells_only
from escape_route.protection.protect import protect

_IRREPARABLE = 1
_ASKED = (
    "what was asked of it is never published, and it is for you to do: see what its name and its "
    "sentences tell "
    "(sensitivity 1 holds the name back, withheld the whole place)"
)
_KEEP = (
    "Written as held, every place as exact as it was given: keep it to yourself, and publish by "
    "map or export."
)

_SHEETS = {"drawn places": "waypoints, column shape"}
_ABOUT_MEDIA = (
    "Pictures and films that places were told with: none was fetched. Look at each; what may be "
    "shown is kept beside "
    "the journey, and named there as an image or audio of its place, with alt or transcript, "
    "credit and media_checked."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a journey as XLSX, CSV or any other format that is read",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write: .geojson, or .xlsx for a spreadsheet (FILE.geojson)",
    )
    add_force(parser)
    parser.add_argument(
        "--into",
        metavar="TRIP",
        help="join the tracks of FILE to the stops of this journey of yours",
    )
    parser.add_argument(
        "--leg",
        nargs=2,
        metavar=("FROM", "TO"),
        help="with --into: first and last of the stops that the track joins, by id or name",
    )
    parser.add_argument(
        "--all", action="store_true", help="list each place that was found, however many there are"
    )
    about = (
        "candidates for stops, by the place and time in the pictures of a folder; no picture is "
        "copied"
    )
    parser.add_argument("--photos", metavar="FOLDER", help=about)
    parser.add_argument(
        "--online",
        action="store_true",
        help="ask OpenStreetMap's Nominatim for the places that the offline gazetteer leaves open",
    )


def run(options: argparse.Namespace) -> int:
    """Read a journey and write it as GeoJSON, as it is held: nothing is made coarser, for this is no publication.

    Towns that have a name and no place on the map are looked up; one that is clear is filled in,
    others are listed.
    """
    if options.photos:
        return _photographed(options)
    if not options.file:
        raise UsageError(
            "import: name a FILE, or --photos FOLDER (such as escape-route import trip.xlsx -o trip.geojson)"
        )
    if options.into:
        return _join(options)
    if options.leg:
        raise UsageError("--leg: goes with --into FILE, the journey that the track joins")
    source = Path(options.file)
    target = Path(options.output) if options.output else source.with_suffix(".geojson")
    if target.exists() and source.exists() and target.samefile(source):
        raise OutputError(f"{target}: this is the journey's own file; give another name")
    refuse_existing((target,), force=options.force)
    read = _read(options.file, target)
    addresses = target.with_suffix(".media.txt")
    media = read.as_read.media if read.as_read else ()
    refuse_existing((addresses,) if media else (), force=options.force)
    said = Lines(options.file, read.as_read.cells if read.as_read else {})
    said.read(read.warnings)
    try:
        held = _held(read, options, said)
        lost = list(_lost(held, target))
        for line in lost:
            said.add(Weight.SAFETY, line)
        _weigh(held, target, said)
    finally:
        said.print(everything=options.all)
    if lost:
        print(f"{target} as it was: {_kept_beside(target, target.read_bytes())}")
    _save(held, target)
    print(_KEEP)
    if media:
        _keep_media(media, addresses)
    return 0


def _held(read: Held, options: argparse.Namespace, said: Lines) -> Journey:
    """Journey with its places looked up, its seasons as those of its places, and the radii that were told."""
    journey = _looked_up(read.data, options.file, said.tell, online=options.online)
    seasons = read.as_read.seasons if read.as_read else {}
    if seasons:
        dated = at_their_places(journey, seasons)
        said.tell(dated.chosen, dated.unclear)
        journey = dated.journey
    return _with_radii(journey, read.as_read.radii_m if read.as_read else {}, options.file)


def _lost(journey: Journey, target: Path) -> Iterator[str]:
    """What the file that is replaced has and its new journey has not, a line for each kind, with how to keep it."""
    try:
        before = read_as_written(str(target)).data if target.exists() else None
    except (JourneyFileError, UsageError):
        return
    if before is None:
        return
    legs = {(trace.start, trace.end) for trace in journey.traces}
    drawn = {waypoint.id for waypoint in journey.waypoints if waypoint.geometry is not None}
    titles = {source.title for source in journey.sources}
    more = {
        "tracks": [
            f"{trace.start} to {trace.end}"
            for trace in before.traces
            if (trace.start, trace.end) not in legs
        ],
        "drawn places": [
            waypoint.id
            for waypoint in before.waypoints
            if waypoint.geometry is not None and waypoint.id not in drawn
        ],
        "corrections": [
            correction.when
            for correction in before.corrections
            if correction not in journey.corrections
        ],
        "notes": [f'"{say(note.text)}"' for note in before.notes if note not in journey.notes],
        "sources": [f'"{source.title}"' for source in before.sources if source.title not in titles],
    }
    ways = {
        "tracks": "join each recording again, by import RECORDING --into, or once and for all into the workbook"
    }
    for kind, lost in more.items():
        if lost:
            way = ways.get(kind, f"write them into the sheet {_SHEETS.get(kind, kind)}")
            yield f"{target}: {kind} that were in it are no longer: {', '.join(lost)} ({way})"


def _kept_beside(target: Path, content: bytes) -> Path:
    """Keep what a file held beside it, under a name that nothing has."""
    names = (
        f"{target.stem}-before{more}{target.suffix}"
        for more in ("", *(f"-{n}" for n in range(2, 1000)))
    )
    kept = next(path for name in names if not (path := target.with_name(name)).exists())
    write_whole(kept, content)
    return kept


def _read(file: str, target: Path) -> Held:
    """Read what is imported; where it is refused, say of an older file of that name that it is as it was."""
    try:
        return read_as_written(file)
    except JourneyFileError:
        if target.exists():
            warn(
                f"{target} stands as it was: nothing of {file} is in it, and a page made of it is of the older file"
            )
        raise


def _keep_media(media: Sequence[tuple[str, str]], target: Path) -> None:
    lines = [_ABOUT_MEDIA, *(f"{visible(place)}\t{visible(address)}" for place, address in media)]
    write_whole(target, "".join(f"{line}\n" for line in lines).encode())
    print_size(target)


def _weigh(journey: Journey, target: Path, said: Lines) -> None:
    """Say what becomes of the places where it is published, and what would stop that."""
    for line in (*_unsaid(journey), *_without_names(journey)):
        said.add(Weight.SAFETY, said.by_cell(line), is_warning=False)
    for line in _to_mend(journey, target):
        said.add(Weight.SAFETY, line)


def _without_names(journey: Journey) -> Iterator[str]:
    """What each place becomes of which something was asked, or whose name alone tells where it is or is held back."""
    for held, shown in zip(journey.waypoints, protect(journey).waypoints, strict=True):
        head = f'waypoint {held.id} "{say(held.name)}"'
        if held.request:
            yield f"{head}: {_ASKED}"
        if shown.withheld or (held.sensitivity == _IRREPARABLE and shown.name != held.name):
            yield f'{head}: published as "{say(shown.name)}", its name held back'
        elif (
            held.footprints
            and held.precision.is_area
            and held.sensitivity not in {0, _IRREPARABLE}
            and not tells_only(held.name.values(), held.footprints)
        ):
            where = " or ".join(base.references()[footprint] for footprint in held.footprints)
            yield f"{head}: published under this name, as somewhere in {where}; only sensitivity 1 holds a name back"


def _unsaid(journey: Journey) -> Iterator[str]:
    """What an empty sensitivity does to places and their dates, and what to write; nothing where none is empty."""
    form = protect(journey)
    silent = [n for n, waypoint in enumerate(journey.waypoints) if waypoint.sensitivity is None]
    if not silent:
        return
    if len(silent) == len(journey.waypoints):
        those = "No place says its sensitivity: each is"
    elif len(silent) == 1:
        those = f"1 of {len(journey.waypoints)} places says no sensitivity, and is"
    else:
        those = f"{len(silent)} of {len(journey.waypoints)} places say no sensitivity, and are"
    if span := kept_span(form.journey.waypoints, Words()):
        dated = f'its date as "{span}"'
    elif any(journey.waypoints[n].when != form.waypoints[n].when for n in silent):
        dated = "with the month and without the day"
    else:
        dated = "its date as it is told"
    yield (
        f"{those} published in a cell of 0.1 degree (one told as a country, a region, a river or a "
        f"border as that), {dated}. Where the exact place and the day harm nobody, write 0 into its "
        "cell in the column sensitivity (4: some risk, and the day is kept; but where any place has 1, "
        "2 or 3 the dates of all that have not 0 are cut together); where the place would harm and "
        "its date would not, write the date as it may be shown into when_published."
    )


def _to_mend(journey: Journey, target: Path) -> Iterator[str]:
    """What would stop lint or a publication of what was written: told now, and not one command after the other."""
    for finding in lint.lint(journey):
        if finding.rule.severity is lint.Severity.ERROR:
            yield f"{target}: lint calls this an error: {finding.problem}"
    held = Held(journey, target)
    yield from map(str, told_though_asked(held, form_of(held)))
    stops = what_stops(held, target.with_suffix(".html").name)
    yield from (f"a publication would stop at this: {stops}" if stops else "").splitlines()


def _save(journey: Journey, target: Path) -> None:
    """Write a journey's own working file, as GeoJSON or as a workbook by its name; what is written can be read.

    A workbook holds no picture and no recording: each becomes a file beside it, and what else it
    cannot hold is told.
    """
    wanted = format_of(target)
    if target.suffix.lower() not in {".geojson", ".json", ".xlsx"}:
        raise UsageError(
            f"{target}: import writes .geojson, or .xlsx to go on in a spreadsheet; export writes the rest"
        )
    files: dict[Path, bytes] = {}
    written = Written(geojson.to_bytes(journey)) if wanted.name != "xlsx" else None
    if written is None:
        named, files = media.beside(journey, target)
        written = xlsx.held(named)
    reader(wanted).read(written.content, str(target))
    for path, content in {**files, target: written.content}.items():
        write_whole(path, content)
        print_size(path)
    for line in written.lost:
        warn(f"{target}: {wanted.title} cannot hold {line}")


def _photographed(options: argparse.Namespace) -> int:
    others = {
        "FILE": options.file,
        "--into": options.into,
        "--leg": options.leg,
        "--online": options.online,
    }
    if given := [name for name, value in others.items() if value]:
        way = "write them with -o stops.xlsx, and copy the rows that you want into your own sheet"
        raise UsageError(f"--photos: makes candidates of its own; leave out {given[0]}, {way}")
    folder = Path(options.photos)
    target = Path(options.output) if options.output else Path(f"{folder.resolve().name}.geojson")
    refuse_existing((target,), force=options.force)
    candidates = photos.read(folder)
    for warning in candidates.warnings:
        warn(f"{folder}: {warning}")
    for stop in candidates.journey.waypoints:
        print(visible(f"{stop.id} {stop.when or 'without a time'}: {candidates.cells[stop.id]}"))
    said = Lines(str(folder), {})
    _weigh(candidates.journey, target, said)
    said.print(everything=True)
    _save(candidates.journey, target)
    print(_KEEP)
    return 0


def _join(options: argparse.Namespace) -> int:
    """Put a recording between the stops of a journey's own GeoJSON file, which is written whole or not at all."""
    target = Path(options.into)
    if options.output:
        raise UsageError(
            f"--into: writes to that file; leave out -o to write it there, or copy {options.into} "
            f"to {options.output} "
            f"first and give --into {options.output}"
        )
    own, recorded = read_as_written(options.into), read_as_written(options.file)
    is_book = target.suffix.lower() == ".xlsx"
    for warning in (warning for warning in recorded.warnings if "left out" in warning):
        warn(warning)
    unclear: list[str] = []
    try:
        named = (
            own.as_read.journey if own.as_read else own.data
        )  # pictures by the names of their files
        if is_book:
            named = _looked_up(
                own.data,
                options.into,
                lambda *lines: unclear.extend(lines[1]),
                online=options.online,
            )
            named = _with_radii(named, own.as_read.radii_m if own.as_read else {}, options.into)
        words = Words(language_of([named]))
        track = _with_its_name(recorded.data, Path(options.file).name, words)
        leg = None if options.leg is None else tuple(options.leg)
        joined, said = joining.joined(named, track, leg, again=words.word("page.gone_again"))
    except UsageError as error:
        more = "".join(f"\n{target}: {line}" for line in unclear)
        raise UsageError(f"{options.file}: {error}{more}") from error
    content = _added_to(own, joined, target) if is_book else b""
    for line in said:
        print(visible(line))
    if is_book:
        write_whole(target, content)
        print_size(target)
    else:
        _save(joined, target)
    return 0


def _with_its_name(recorded: Journey, file: str, words: Words) -> Journey:
    """A recording whose source is called by the names of its track and its file, and its day: shown on the page."""
    ends = [say(waypoint.name) for waypoint in recorded.waypoints]
    name = next(
        (
            name.removeprefix(made)
            for name in ends
            for made in joining.MADE
            if name.startswith(made)
        ),
        "",
    )
    days = dates.covering(
        [waypoint.when.partition("T")[0] for waypoint in recorded.waypoints if waypoint.when]
    )
    title = file if name in {"", "the track"} else f"{name} ({file})"
    day = f", {in_words(days, words)}" if days else ""
    return replace(
        recorded,
        sources=(replace(recorded.sources[0], title=f"{title}{day}"), *recorded.sources[1:]),
    )


def _added_to(own: Held, joined: Journey, target: Path) -> bytes:
    """A workbook with what was joined in rows of its own, beside which it is kept as it was; all else is as typed."""
    before = target.read_bytes()
    own_journey = own.as_read.journey if own.as_read else own.data
    content = xlsx.with_tracks(before, str(target), own_journey, joined)
    again = xlsx.read(content, str(target)).journey
    if (again.waypoints, again.claims) != (own_journey.waypoints, own_journey.claims):
        fix = f"escape-route import {target.name} -o {target.stem}.geojson, and join into that"
        raise UsageError(f"{target}: with a second source its rows would be read otherwise ({fix})")
    kept = _kept_beside(target, before)
    print(
        visible(
            f"{target}: rows are added to its sheets sources and tracks, and each row that rests "
            "on its one source "
            "says so; every other cell is as you typed it (formulas as their results; as it was: "
            f"{kept})"
        )
    )
    return content


def _with_radii(journey: Journey, radii_m: Mapping[str, float], source: str) -> Journey:
    """Journey with the radii that were told of towns without coordinates, where the towns were found."""

    def about(waypoint: Waypoint) -> Waypoint:
        told_m = radii_m.get(waypoint.id, 0.0)
        if not told_m:
            return waypoint
        if waypoint.label is None:
            warn(
                f"{source}: waypoint {waypoint.id}: its radius is left out, for it has no point (write lat and lon)"
            )
            return waypoint
        if told_m < (waypoint.uncertainty_m or 0.0):
            return waypoint
        return replace(waypoint, uncertainty_m=float(told_m), uncertainty_unit=told_in(told_m))

    return replace(journey, waypoints=tuple(map(about, journey.waypoints)))


def _looked_up(
    journey: Journey,
    source: str,
    tell: Callable[[Iterable[str], Iterable[str]], None],
    *,
    online: bool,
) -> Journey:
    """Journey with the places filled in that are clear, and the others as the sets that they are told to lie in."""
    named = locate.by_name(journey)
    tell(named.chosen, named.unclear)
    journey = named.journey
    if not (locate.nameless(journey) or locate.points(journey)):
        return journey
    try:
        offline = gazetteer.GeoNames()
        resolved = locate.resolve(journey, offline)
        swapped = locate.swapped(journey, offline)
    except UsageError as error:
        if online:
            raise
        count = len(locate.nameless(journey))
        if count:
            warn(
                f"{source}: {count} waypoint{' has' if count == 1 else 's have'} no place on the map; {error}"
            )
        return journey
    chosen, elsewhere = list(resolved.chosen), resolved.elsewhere
    if online and locate.nameless(resolved.journey):
        resolved = _asked_online(resolved.journey)
        chosen += resolved.chosen
    drawn, sets = somewhere.drawn(resolved.journey, elsewhere)
    heads = {
        line: next((head for head in sets if line.startswith(f"{head}:")), "")
        for line in resolved.unclear
    }
    tell(
        chosen,
        (*(f"{line}; {sets[head]}" if head else line for line, head in heads.items()), *swapped),
    )
    return drawn


def _asked_online(journey: Journey) -> locate.Resolved:
    """Ask for what is still open; a place whose harm would be irreparable is never named to a server."""

    def shown(waypoint: Waypoint) -> Waypoint:
        if waypoint.sensitivity == _IRREPARABLE:
            return replace(waypoint, withheld=True)
        return waypoint

    asked = replace(journey, waypoints=tuple(map(shown, journey.waypoints)))
    names = [name for place in locate.nameless(asked) for name in locate.question_of(place).names]
    warn(f"these names go to {gazetteer.HOST}: {', '.join(names)}")
    resolved = locate.resolve(
        asked, gazetteer.Nominatim(gazetteer.geocoder(), gazetteer.cache_path())
    )
    kept = zip(journey.waypoints, resolved.journey.waypoints, strict=True)
    waypoints = tuple(mine if mine.sensitivity == _IRREPARABLE else theirs for mine, theirs in kept)
    return replace(resolved, journey=replace(journey, waypoints=waypoints))
