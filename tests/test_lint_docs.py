"""`docs/lint.md` has every rule and every speed as the code has them; `tools/refresh-lint` puts them there."""

from __future__ import annotations

import re

import pytest

from beside import PROJECT
from escape_route.lint import RULES, Severity
from escape_route.lint.coordinates import allowed, resolution_m
from escape_route.model.journey import Waypoint
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Precision, Role, Status

PAGE = PROJECT / "docs" / "lint.md"


def rules(severity: Severity) -> str:
    rows = [
        f"| `{each.name}` | {each.says} | {each.why} |"
        for each in RULES.values()
        if each.severity is severity
    ]
    return "\n".join(["| rule | what breaks it | why, and what to do |", "|---|---|---|", *rows])


def speeds() -> str:
    rows = [
        f"| `{mode}` | {top.kmh:g} | {top.basis}{' [judgement]' if top.judgement else ''} |"
        for mode, top in ((mode, mode.row.top_speed) for mode in Mode)
    ]
    return "\n".join(["| mode | km/h | basis |", "|---|---:|---|", *rows])


def of_disc(radius_m: float, lat_deg: float) -> int:
    disc = Waypoint(
        "w", {}, Role.STOP, Precision.CITY, Status.SINGLE, (0.0, lat_deg), uncertainty_m=radius_m
    )
    return allowed(disc, (0.0, lat_deg))


def figures() -> str:
    head = (
        "| latitude | "
        + " | ".join(f"diagonal, {count} decimals" for count in range(5))
        + " | for 10 m | for 1 km | for 30 km |"
    )
    rows = [
        f"| {lat_deg} | "
        + " | ".join(f"{resolution_m((0.0, float(lat_deg)), count):,.0f} m" for count in range(5))
        + " | "
        + " | ".join(str(of_disc(radius_m, float(lat_deg))) for radius_m in (10, 1_000, 30_000))
        + " |"
        for lat_deg in (0, 30, 60, 85)
    ]
    return "\n".join([head, "|---:" * 9 + "|", *rows])


def tables() -> dict[str, str]:
    found = {"errors": rules(Severity.ERROR), "warnings": rules(Severity.WARNING)}
    return found | {"speeds": speeds(), "decimals": figures()}


@pytest.mark.parametrize("name", tables())
def test_a_table_is_that_of_the_code(name: str) -> None:
    (printed,) = re.findall(
        rf"<!-- {name} -->\n(.*?)\n<!-- end -->", PAGE.read_text("utf-8"), re.DOTALL
    )
    assert printed == tables()[name]


def test_each_rule_has_a_name_for_grep_and_says_one_sentence() -> None:
    for name, rule in RULES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert rule.name == name
        assert re.fullmatch(r"[A-Z].{10,90}\.", rule.says)
        assert rule.why.endswith((".", "]."))
        assert "|" not in rule.says + rule.why  # they stand in a table


def test_no_top_speed_is_below_the_usual_one() -> None:
    paces = {mode: mode.row.pace for mode in Mode if mode.row.pace is not None}
    assert [mode for mode in Mode if mode not in paces] == [Mode.UNKNOWN]
    for mode, pace in paces.items():
        assert 0 < pace.kmh[0] < pace.kmh[1] <= mode.row.top_speed.kmh
        assert 0 < pace.km_per_day[0] < pace.km_per_day[1] <= 24 * mode.row.top_speed.kmh
        assert pace.basis


# Chapman & Wieczorek (2020), table "metric uncertainty due to precision of coordinates", by
# latitude, metres. They take the degree at that very latitude, and round up; the geodesic here runs
# on to the next parallel.
PUBLISHED_M = {
    0: (156_904, 15_691, 1_570, 157, 16),
    30: (146_962, 14_697, 1_470, 147, 15),
    60: (124_605, 12_461, 1_246, 125, 13),
    85: (112_109, 11_211, 1_121, 112, 12),
}


@pytest.mark.parametrize("lat_deg", PUBLISHED_M)
def test_the_diagonal_of_a_decimal_is_the_published_one(lat_deg: int) -> None:
    for count, published_m in enumerate(PUBLISHED_M[lat_deg]):
        assert resolution_m((10.0, lat_deg), count) == pytest.approx(published_m, rel=0.003, abs=1)
