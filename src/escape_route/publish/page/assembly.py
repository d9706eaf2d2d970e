"""Join folium's drawing, Leaflet, our style and scripts and the journey's texts to one file that asks for nothing.

Texts enter in two ways, both safe: this module's template escapes them as HTML, for readers without
JavaScript, and one JSON block carries them to the page's own JavaScript, which sets them by
``textContent``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.resources import files
from itertools import accumulate

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from escape_route.files import data_uri
from escape_route.language.catalogues import FIRST, catalogues, in_each
from escape_route.language.claim_view import answers
from escape_route.language.html import Wording, spoken, together
from escape_route.language.plain import Json, members
from escape_route.model.journey import say
from escape_route.model.modes import Mode
from escape_route.publish import colours
from escape_route.publish.page import orientation, sharing
from escape_route.publish.page.order import off_land
from escape_route.publish.page.sharing import Address, Theme
from escape_route.publish.page.shown import Page, ShownWaypoint
from escape_route.publish.page.tiles import Tiles

_SAID = (
    "page",
    "mode",
    "status",
    "source",
    "precision",
    "verdict",
    "compass",
    "unit.km",
    "unit.m",
    "date.bce",
)
_PIECE_SIGNS = 1_500
MOST_BYTES = 1_000_000
"""A page that is larger says so."""
LEAFLET_SHA256 = {
    "leaflet.js": "20nQCchB9co0qIjJZRGuk2/Z9VM+kNiyxNV1lvTlZBo=",
    "leaflet.css": "p4NxAoJBhIIN+hmNHrzRCf9tD/miZyoHS5obTRR9BMY=",
}
STYLES = (
    *("story.css", "map.css", "ledger.css", "tools.css", "record.css", "further.css", "embed.css"),
    "print.css",
)
SCRIPTS = (
    "data.js", "state.js", "words.js", "layers.js", "labels.js", "camera.js", "map.js", "ledger-layout.js",
    "known.js", "ledger.js", "winding.js", "chapters.js", "play.js", "imagined.js", "years.js", "sphere.js",
    "elsewhere.js", "tracks.js", "notes.js", "share.js", "main.js",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """What folium made of the map: its element, its script and the ways in it, without a word of the journey.

    `order` are the classes of the darts that point from place to place.
    """

    html: str
    script: str
    ways: str = ""
    tiles: Tiles | None = None
    still: Markup | None = None
    order: frozenset[str] = frozenset()


def assemble(
    page: Page, drawing: Drawing, address: Address | None = None, theme: Theme | None = None
) -> str:
    """Make the whole document; see `page.render`.

    Its policy allows the scripts and styles in it, by hash, and pictures in it, and nothing else
    but the tiles of their own servers.
    """
    said = words(page.languages)
    tiles = drawing.tiles
    sounds = any(waypoint.audio for journey in page.journeys for waypoint in journey.waypoints)
    own_style = without_notes(base_style()) + _joined(
        "css", (*STYLES, "tiles.css") if tiles else STYLES
    )
    styles = [leaflet_css(), own_style + lines_of_modes()]
    if theme:
        styles.append(theme.css)
    own = _joined("js", (*SCRIPTS, "tiles.js") if tiles else SCRIPTS)
    # our scripts see one another and leave nothing behind
    own = f'(() => {{\n"use strict";\n{own}}})();\n'
    scripts = [leaflet_js(), _joined("js", ("start.js", "paint.js")), *_pieces(drawing.script), own]
    # Markup marks what must not be escaped: our own files, the hashes of which are in the policy,
    # and safe JSON.
    template = environment().get_template("page.html")
    html = partial(
        template.render,
        policy=policy(scripts, styles, tiles.sources if tiles else (), sounds=sounds),
        tiles=tiles,
        styles=[Markup(text) for text in styles],  # noqa: S704
        scripts=[Markup(text) for text in scripts],  # noqa: S704
        still=drawing.still or "",
        map=Markup(drawing.html.strip()),  # noqa: S704
        ways=Markup(drawing.ways),  # noqa: S704  # none of its letters can end the element
        data=Markup(safe_json(data_of(page, said))),  # noqa: S704
        payload=page,
        words=said,
        wording=Wording(page, said, page.language),
        icon=sharing.icon(),
        logo=theme and theme.logo,
        address=address and address.page,
        picture=address and address.picture,
        citations=sharing.citations(page, address),
        nowhere=sharing.nowhere(page),
        **_context(page, drawing.order),
    )
    whole = html(large=None)
    size = len(whole.encode("utf-8"))
    return whole if size <= MOST_BYTES else html(large=f"{size / 1e6:.1f}")


#: What is drawn as land that a place may be anywhere in.
_AREAS = ("country:", "region:")


def _context(page: Page, order: frozenset[str]) -> dict[str, object]:
    """Gather what the template looks up about the page's own journey."""
    journey = page.journeys[0]
    lengths = [len(story.waypoints) + 1 for story in page.journeys]
    modes = [
        leg.mode for story in page.journeys for leg in story.legs if leg.line and not leg.vague
    ]
    waypoints = [waypoint for story in page.journeys for waypoint in story.waypoints]
    references = [footprint.ref for waypoint in waypoints for footprint in waypoint.footprints]
    return {
        "journey": journey,
        "spoken": spoken,
        "downloads": [  # each file in its own link, so that it is there without JavaScript too
            {
                "name": download.name,
                "href": data_uri(download.mime, content),
                "size": len(content),
                "sha256": download.sha256,
            }
            for download in page.downloads
            for content in (download.text.encode(),)
        ],
        # Of the chapter that introduces each journey: of one alone the page's opening, else they
        # follow on that.
        "first_chapters": list(accumulate(lengths, initial=int(page.is_joint)))[:-1],
        "coarser": [
            [waypoint for waypoint in story.waypoints if waypoint.coarser]
            for story in page.journeys
        ],
        # What stands first: the number of the finding, and one with the other answer.
        "pills": [
            answers([(claim.verdict, claim.fits_in) for claim in story.claims])
            for story in page.journeys
        ],
        "scope_of": [
            {scope.id: n for n, scope in enumerate(story.scopes)} for story in page.journeys
        ],
        "kinds": {
            "disc": any(waypoint.uncertainty_km for waypoint in waypoints),
            "pin": any(waypoint.pin for waypoint in waypoints),
            "line": any(not reference.startswith(_AREAS) for reference in references),
            "area": any(reference.startswith(_AREAS) for reference in references),
            "modes": list(dict.fromkeys(modes)),
            **_drawn_order(order),
            "over": _drawn_order(order)["over"] and off_land(page),
        },
    }


def _drawn_order(order: frozenset[str]) -> dict[str, bool]:
    """Whether arrows of the order are drawn by the classes that were: on land, and by air or sea."""
    over = {kind for kind in order if kind.endswith("over")}
    return {"order": bool(order - over), "over": bool(over)}


def explore_parts(
    page: Page,
    hangs: Mapping[tuple[str, str], tuple[float, float]],
    language: str = "en",
    tiles: Tiles | None = None,
    order: frozenset[str] = frozenset(),
) -> tuple[str, str, str]:
    """What a notebook's folium map that draws an order needs: its head, names as data with their places, a script."""
    places = [
        {
            "journey": j,
            "label": hangs[journey.id, waypoint.id],
            "name": say(waypoint.name, language),
            "number": waypoint.number,
            "pin": waypoint.pin,
            "said": "" if waypoint.within_said is None else say(waypoint.within_said, language),
        }
        for j, journey in enumerate(page.journeys)
        for waypoint in journey.waypoints
        if (journey.id, waypoint.id) in hangs
    ]
    said = {key: texts.get(language, texts["en"]) for key, texts in words((language,)).items()}
    layers = {key: said[key] for key in said if key.startswith("layer_")}
    credit = {"relieved": said["credit"], "flat": said["credit_flat"]}
    if page.sides_per_deg == orientation.SIDES_PER_DEG[1]:
        credit["coarse"] = f" · {said['credit_coarse']}"
    if tiles:
        credit["tiles"] = f" · {tiles.attribution}"
    data = {
        "places": places,
        "words": layers,
        "signs": _signs(page, said, order),
        "credit": credit,
        "label": said["map"],
        "language": language,
    }
    if page.mark:
        data["warning"] = said[page.mark]
    style = leaflet_css() + base_style() + web_file("css/map.css") + web_file("css/explore.css")
    style += lines_of_modes()
    head = f"<style>{style}</style><script>{leaflet_js()}{web_file('js/paint.js')}</script>"
    places_told = (
        f'<script type="application/json" id="escape-route-places">{safe_json(data)}</script>'
    )
    return head, places_told, web_file("explore.js")


def _signs(page: Page, said: Mapping[str, str], order: frozenset[str]) -> list[tuple[str, str]]:
    """Signs that a map of journeys uses, from the most exact on, each with what it means."""
    shown = [
        waypoint
        for journey in page.journeys
        for waypoint in journey.waypoints
        if not waypoint.withheld
    ]
    references = [footprint.ref for waypoint in shown for footprint in waypoint.footprints]
    used = {
        "exact": any(waypoint.pin for waypoint in shown),
        "near": any(waypoint.uncertainty_km for waypoint in shown),
        "line": any(reference.startswith(("river:", "border:")) for reference in references),
        "area": any(reference.startswith(_AREAS) for reference in references),
        **_drawn_order(order),
    }
    return [(kind, said[f"legend_{kind}"]) for kind, is_used in used.items() if is_used]


def words(among: tuple[str, ...] | None = None) -> dict[str, dict[str, str]]:
    """Words of the page by key and language: its own, and those of tables that it shows; a key has no dots there."""
    keys = [key for key in catalogues()[FIRST] if key.partition(".")[0] in _SAID or key in _SAID]
    return {re.sub(r"[. ]", "_", key.removeprefix("page.")): in_each(key, among) for key in keys}


def own_passages(page: bytes) -> tuple[str, ...]:
    """Long passages that a page carries unchanged: Leaflet, the page's scripts and styles, its words and cities."""
    listed = re.search(rb'"languages":\["([a-zA-Z",-]*)"\]', page)
    return _own_passages(tuple(listed[1].decode("ascii").split('","')) if listed else ())


@cache
def _own_passages(spoken: tuple[str, ...]) -> tuple[str, ...]:
    own = [without_notes(web_file(f"js/{name}")) for name in SCRIPTS]
    own += [
        without_notes(style)
        for style in (base_style(), *(web_file(f"css/{name}") for name in STYLES))
    ]
    data = [safe_json(words(spoken)), safe_json(json.loads(web_file("cities.json")))]
    return (leaflet_js(), leaflet_css(), lines_of_modes(), *own, *data)


def safe_json(value: object) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or break an old parser's line."""
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def leaflet_js() -> str:
    """Leaflet's own script, checked against the published sum."""
    return _leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")


def leaflet_css() -> str:
    """Leaflet's own style with its pictures inside; the default marker, which we do not use, goes without."""
    css = _leaflet("leaflet.css").replace("url(images/marker-icon.png)", "none")
    for name in ("layers.png", "layers-2x.png"):
        picture = data_uri("image/png", _leaflet_file(f"images/{name}"))
        css = css.replace(f"url(images/{name})", f"url({picture})")
    return css


def _leaflet(name: str) -> str:
    content = _leaflet_file(name)
    if _sha256(content) != LEAFLET_SHA256[name]:
        raise RuntimeError(
            f"{name} is not the one of Leaflet 1.9.4: its sha256 differs (reinstall django-js-lib-leaflet)"
        )
    return content.decode("utf-8").replace("\r\n", "\n")


def _leaflet_file(name: str) -> bytes:
    return (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_bytes()


def web_file(name: str) -> str:
    """Read one of the page's own files."""
    return (files("escape_route.publish.page") / "web" / name).read_text(encoding="utf-8")


def base_style() -> str:
    """Colours, fonts and plain elements of every page."""
    return colours.css() + web_file("css/base.css")


def lines_of_modes() -> str:
    """Style of a leg's line by how one travelled, on the map and in the legend."""
    dashes = "".join(f"--dash-{mode}: {dashes_of(mode)}; " for mode in Mode)
    return f":root {{ {dashes}}}\n" + "".join(_line_of(mode) for mode in Mode)


def dashes_of(mode: Mode) -> str:
    """Dashes of a mode as SVG and CSS write them."""
    return " ".join(f"{dash:g}" for dash in mode.row.line.dashes)


def _line_of(mode: Mode) -> str:
    line = mode.row.line
    ends = " stroke-linecap: round;" if line.dotted else ""
    style = f".mode-{mode} {{ stroke-dasharray: {dashes_of(mode)};{ends} }}\n"
    if line.width_px is None:
        return style
    return (
        f"{style}path.leg.mode-{mode}, .swatch.mode-{mode} line "
        f"{{ stroke-width: {line.width_px:g}px; }}\n"
    )


def _joined(folder: str, names: Sequence[str]) -> str:
    text = "".join(without_notes(web_file(f"{folder}/{name}")) for name in names)
    if folder != "css":
        return text
    tight = re.sub(
        r"^([a-z-]+): ", r"\1:", text, flags=re.MULTILINE
    )  # a style is as good without blanks and line ends
    return re.sub(r"(?<=[;{},])\n", "", tight.replace(" {\n", "{").replace(";\n}", "}"))


def without_notes(text: str) -> str:
    """Our own script or style without notes on lines of their own, notes of types, and blanks that begin lines."""
    bare = re.sub(
        r"^[ \t]*(//[^\n]*|/\*(?:(?!\*/).)*\*/)\n", "", text, flags=re.MULTILINE | re.DOTALL
    )
    bare = re.sub(r"/\*\* @type [^\n]*?\*/ ?", "", bare)
    return re.sub(r"^[ \t]+|\n(?=\n)", "", bare, flags=re.MULTILINE)


def data_of(page: Page, said: Mapping[str, Mapping[str, str]]) -> Json:
    """Gather what goes into the page: without lines, which folium has drawn, and downloads, which stand as links."""
    journeys = tuple(
        replace(
            journey,
            legs=tuple(replace(leg, line=()) for leg in journey.legs),
            waypoints=tuple(map(_without_media, journey.waypoints)),
            scopes=tuple(
                replace(scope, shortest=scope.shortest and replace(scope.shortest, line=()))
                for scope in journey.scopes
            ),
        )
        for journey in page.journeys
    )
    said_once = (
        "program",
        "languages",
        "journeys",
        "mark",
        "names",
        "sides",
        "sides_per_deg",
        "when",
    )
    shown = members(replace(page, journeys=journeys), *said_once)
    return {**shown, "words": said, "cities": orientation.cities()}


def _without_media(waypoint: ShownWaypoint) -> ShownWaypoint:
    image, audio = waypoint.image, waypoint.audio
    return replace(
        waypoint, image=image and replace(image, href=""), audio=audio and replace(audio, href="")
    )


def _pieces(script: str) -> list[str]:
    """Folium's script as scripts of a layer or of some small ones: between scripts a browser paints and answers."""
    pieces = [""]
    for statement in re.split(r"\n(?=var )", script.strip()):
        if len(pieces[-1]) + len(statement) > _PIECE_SIGNS and pieces[-1]:
            pieces.append("")
        pieces[-1] += f"{statement}\n"
    return pieces


def policy(
    scripts: Sequence[str],
    styles: Sequence[str],
    pictures: Sequence[str] = (),
    *,
    sounds: bool = False,
) -> str:
    """Write the Content-Security-Policy under which exactly these scripts and styles run.

    Pictures may come from the page itself and from the origins that are given, recordings from the
    page if there are
    `sounds`.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(f"'sha256-{_sha256(text.encode())}'" for text in scripts),
            "style-src " + " ".join(f"'sha256-{_sha256(text.encode())}'" for text in styles),
            " ".join(("img-src data:", *pictures)),
            *(("media-src data:",) if sounds else ()),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sha256(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")


@cache
def environment() -> Environment:
    """Templates of the page, each compiled once; whatever is put into them is escaped."""
    templates = Environment(
        loader=PackageLoader("escape_route.publish.page", "web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["together"] = together
    return templates
