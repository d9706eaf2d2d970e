"""Online tiles that a page may lay over its built-in map: a provider by its name in xyzservices, made safe to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from escape_route.errors import UsageError, visible

WELL_KNOWN = ("OpenStreetMap.Mapnik", "OpenTopoMap", "Esri.WorldGrayCanvas")
"""Named where no provider's name is near the one that was given."""

_LEFT_TO_LEAFLET = frozenset("sxyzr")
_PLACE = re.compile(r"\{(\w+)\}")
_SAFE_URL = re.compile(
    r"https://(\{s\}|[\w-])+(\.(\{s\}|[\w-])+)+/([\w/:?=&%.,+~-]|\{[sxyzr]\})+", re.ASCII
)
_WEB_MERCATOR = (None, "EPSG:3857")


@dataclass(frozen=True, slots=True)
class Tiles:
    """A provider whose tiles anyone may ask for, by https and without a key; `name` as xyzservices has it.

    `url` has ``{z}``, ``{x}``, ``{y}``, and maybe ``{s}`` and ``{r}``, for Leaflet to fill; no
    character of it means anything in HTML, JavaScript or Jinja. `hosts` are the servers that may be
    asked, `attribution` is plain text, to be escaped where it is shown, and `options` what Leaflet
    must know of the tiles, named as folium names it.
    """

    name: str
    url: str
    hosts: tuple[str, ...]
    attribution: str
    options: Mapping[str, Any]

    @property
    def wants_referrer(self) -> bool:
        """Whether the server answers only pages that say where they come from, as OpenStreetMap's own do."""
        return any(host.endswith(".openstreetmap.org") for host in self.hosts)

    @property
    def referrer(self) -> str:
        """The page's referrer policy: nothing is told where nothing must be, and never more than the site."""
        return "strict-origin" if self.wants_referrer else "no-referrer"

    @property
    def sources(self) -> tuple[str, ...]:
        """What the page's policy must allow pictures from."""
        return tuple(f"https://{host}" for host in self.hosts)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever makes the page should know."""
        if not self.wants_referrer:
            return ()
        reason = (
            "OpenStreetMap's servers refuse pages opened from disk; from a web server they answer"
        )
        return (f"tiles: {self.name}: {reason}, and the built-in map is always there",)


def find(name: str) -> Tiles:
    """Look a provider up by its name; case, dots, blanks and dashes do not matter.

    Raises UsageError where there is no such provider, or a page that stands on its own cannot use
    it.

    >>> find("openstreetmap mapnik").hosts
    ('tile.openstreetmap.org',)
    """
    try:
        provider = _providers().query_name(name)
    except ValueError:
        raise UsageError(
            f"tiles: {visible(name)}: xyzservices has no such provider ({_nearest(name)})"
        ) from None
    refused = _refusal(provider)
    if refused:
        raise UsageError(f"tiles: {provider['name']}: {refused} ({_nearest(provider['name'])})")
    url = _filled(provider)
    attribution = _plain(provider.get("html_attribution") or provider["attribution"])
    host = urlsplit(url).netloc
    if "{s}" in host:
        hosts = tuple(host.replace("{s}", subdomain) for subdomain in _subdomains(provider))
    else:
        hosts = (host,)
    return Tiles(provider["name"], url, hosts, attribution, _options(provider))


def _providers() -> Any:  # noqa: ANN401  # a mapping of its own kind, without types
    from xyzservices import providers  # noqa: PLC0415  # two hundred of them: loaded where tiles are asked for

    return providers


def _refusal(provider: Mapping[str, Any]) -> str:
    """Why a page that stands on its own cannot use a provider; empty where it can."""
    if provider.get("status") == "broken":
        return "is marked as broken in xyzservices"
    if provider.get("crs") not in _WEB_MERCATOR:
        return f"is drawn in {provider['crs']}, and the map is Web Mercator"
    url = _filled(provider)
    if set(_PLACE.findall(url)) - _LEFT_TO_LEAFLET:
        return "needs a key, which a page cannot keep to itself"
    if not url.startswith("https://"):
        return "is not served by https"
    is_safe = _SAFE_URL.fullmatch(url) and re.fullmatch(r"[a-z0-9]+", _subdomains(provider))
    return "" if is_safe else "has an address that cannot be written safely"


def _filled(provider: Mapping[str, Any]) -> str:
    """Address with everything in it but what Leaflet fills, and what needs a key."""

    def value(match: re.Match[str]) -> str:
        known = str(provider.get(match[1], match[0]))
        return match[0] if match[1] in _LEFT_TO_LEAFLET or "<insert" in known else known

    return quote(_PLACE.sub(value, provider["url"]), safe="%/:?=&,+~{}")


def _subdomains(provider: Mapping[str, Any]) -> str:
    """One letter or digit for each server; Leaflet's own where the provider names none."""
    return str(provider.get("subdomains") or "abc")


def _options(provider: Mapping[str, Any]) -> dict[str, Any]:
    options = {
        "min_zoom": int(provider.get("min_zoom") or 0),
        "max_native_zoom": int(provider.get("max_zoom") or 18),
        "max_zoom": 18,
        "subdomains": _subdomains(provider),
        "tms": bool(provider.get("tms")),
        "tile_size": int(provider.get("tileSize") or 256),
        "zoom_offset": int(provider.get("zoomOffset") or 0),
    }
    if provider.get("bounds"):
        options["bounds"] = [[float(value) for value in corner] for corner in provider["bounds"]]
    return options


def _nearest(name: str) -> str:
    """Name a few providers that can be used: of the same family if there are any, those that look alike first."""
    usable = [key for key, provider in _providers().flatten().items() if not _refusal(provider)]
    family = [
        key for key in usable if key.partition(".")[0].lower() == name.partition(".")[0].lower()
    ]
    lowered = {key.lower(): key for key in family or usable}
    if "." in name or not family:
        alike = get_close_matches(name.lower(), lowered, n=3, cutoff=0.7)
    else:
        alike = []
    near = list(dict.fromkeys((*(lowered[key] for key in alike), *family)))[:3]
    return f"such as {', '.join(near or WELL_KNOWN)}"


def _plain(html: str) -> str:
    """Text of a provider's attribution, on one line."""
    line = "".join(letter if letter.isprintable() else " " for letter in Markup(html).striptags())  # noqa: S704  # a text
    return " ".join(line.split())
