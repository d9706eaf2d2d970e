"""Verdicts on stated numbers: methods.md, section 4."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from typing import Any

import pytest

from beside import PROJECT, whole
from documents import claim as document_claim
from documents import content, waypoint
from documents import journey as document_of
from escape_route.distance import report
from escape_route.distance.intervals import Interval
from escape_route.distance.stated_numbers import last_digit, rounding, stands_for_m, value_m
from escape_route.distance.verdicts import (
    STRICT,
    Measures,
    Verdict,
    contradictions,
    judge,
    weigh,
)
from escape_route.errors import JourneyFileError
from escape_route.formats import geojson
from escape_route.language.digits import MEASURED
from escape_route.language.view import ReportView
from escape_route.model import read, units
from escape_route.model.journey import Journey, Scope
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Flight, Wording
from making import claim

KM = 1_000
#: Bound 3,400 km, chain 4,000 km, median 4,800 km, 95 % from 4,000 to 7,000 km.
SCOPE = Measures(
    3_400 * KM, 4_000 * KM, Interval(5_000 * KM, 4_600 * KM, 5_600 * KM, 4_200 * KM, 7_000 * KM)
)
LONGER = Measures(
    6_100 * KM, 7_000 * KM, Interval(8_500 * KM, 8_000 * KM, 9_000 * KM, 7_300 * KM, 10_500 * KM)
)


def judged(
    value, measures: Measures | None = SCOPE, other: Measures | None = None, at_hand=(), **stated
):
    told = claim(value, **stated)
    return judge(told, measures, other, counts_flight=False, reason="untold", at_hand=at_hand)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (12_000, 1_000),
        (4_000, 1_000),
        (4_020, 10),
        (4_021, 1),
        (100, 100),
        (7, 1),
        (1.25, 0.01),
        (0.5, 0.1),
        (1e6, 1e6),
    ],
)
def test_the_unit_of_a_number_is_that_of_its_last_digit_that_is_not_0(
    value: float, unit: float
) -> None:
    assert last_digit(value) == unit


@pytest.mark.parametrize(
    ("value", "most"),
    [
        (12_000, 1_000),
        (10_000, 1_000),
        (9_000, 900),
        (999, 1),
        (1_000, 100),
        (4_020, 10),
        (12.5, 0.1),
    ],
)
def test_a_number_is_rounded_by_its_last_digit_and_a_tenth_at_most(
    value: float, most: float
) -> None:
    assert rounding(value) == pytest.approx(most)


@pytest.mark.parametrize(
    ("wordings", "low_km", "high_km"),
    [
        (("exact",), 11_500, 12_500),
        (("about", "some", "roughly"), 11_000, 13_000),
        (("nearly", "almost", "close_to"), 11_000, 12_000),
        (("over", "more_than", "at_least"), 12_000, math.inf),
        (("under", "less_than", "at_most", "up_to"), 0, 12_000),
    ],
)
def test_each_wording_stands_for_its_range(
    wordings: tuple[str, ...], low_km: float, high_km: float
) -> None:
    for wording in wordings:
        assert stands_for_m(claim(12_000, wording=Wording(wording))) == (low_km * KM, high_km * KM)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (4_020, 4_015, 4_025),
        (100, 95, 105),
        (12.5, 12.45, 12.55),
        (10_000, 9_500, 10_500),
        (5_000, 4_750, 5_250),
    ],
)
@pytest.mark.parametrize("unit", units.units_of(Quantity.DISTANCE))
def test_the_range_is_of_the_unit_that_was_told(
    unit: str, value: float, low: float, high: float
) -> None:
    size_m = units.UNITS[unit].size
    assert stands_for_m(claim(value, unit=unit)) == pytest.approx((low * size_m, high * size_m))


def test_a_range_reaches_from_the_slack_of_one_end_to_that_of_the_other() -> None:
    assert stands_for_m(claim(800, value_to=1_000)) == (760 * KM, 1_050 * KM)
    assert stands_for_m(claim(950, value_to=1_000)) == (945 * KM, 1_050 * KM)
    about = [
        stands_for_m(claim(60, value_to=70, wording=word))
        for word in (Wording.ABOUT, Wording.NEARLY)
    ]
    assert about == [
        (54 * KM, 77 * KM),
        (54 * KM, 70 * KM),
    ]  # the edges of "about 60" and "about 70"


def test_1000_versts_meet_what_1066_8_km_miss() -> None:
    """Case 14: the unit carries the rounding."""
    assert stands_for_m(claim(1_000, unit="verst")) == pytest.approx((1_013.46 * KM, 1_120.14 * KM))
    assert stands_for_m(claim(1_066.8)) == pytest.approx((1_066.75 * KM, 1_066.85 * KM))


@pytest.mark.parametrize(
    ("unit", "metres"),
    [
        ("m", 1),
        ("km", 1_000),
        ("mi", 1_609.344),
        ("nmi", 1_852),
        ("li", 500),
        ("verst", 1_066.8),
        ("roman_mile", 1_481.5),
    ],
)
def test_units_have_their_length(unit: str, metres: float) -> None:
    assert value_m(claim(3, unit=unit)) == pytest.approx(3 * metres)


def test_a_unit_that_is_not_listed_has_the_length_that_the_file_gives() -> None:
    assert stands_for_m(claim(300, unit="kos", unit_m=3_200.0)) == pytest.approx(
        (912 * KM, 1_008 * KM)
    )


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (2_000, Verdict.IMPOSSIBLE_SHORT),
        (3_390, Verdict.IMPOSSIBLE_SHORT),
        (3_400, Verdict.BELOW_PLAUSIBLE),
        (4_100, Verdict.BELOW_PLAUSIBLE),
        (4_200, Verdict.CONSISTENT),
        (5_000, Verdict.CONSISTENT),
        (7_000, Verdict.CONSISTENT),
        (7_400, Verdict.ABOVE_PLAUSIBLE),
        (12_000, Verdict.ABOVE_PLAUSIBLE),
    ],
)
def test_a_stated_distance_gets_its_verdict(value: float, verdict: Verdict) -> None:
    assert judged(value).verdict is verdict


WAYS = (
    SCOPE,
    LONGER,
    Measures(325 * KM, 400 * KM, Interval(450 * KM, 400 * KM, 500 * KM, 360 * KM, 620 * KM)),
)
ORDER = (
    Verdict.IMPOSSIBLE_SHORT,
    Verdict.BELOW_PLAUSIBLE,
    Verdict.CONSISTENT,
    Verdict.ABOVE_PLAUSIBLE,
)
RANK = {verdict: rank for rank, verdict in enumerate(ORDER)}
#: By how much more than another a number must be, for its range to lie above that of the other
#: [section 1].
WIDEST = {
    (-0.5, 0.5): 1.11,
    (-1.0, 1.0): 1.23,
    (-1.0, 0.0): 1.12,
    (0.0, math.inf): 1.0,
    (-math.inf, 0.0): 1.0,
}
#: How many verdicts an open range never gets: too short and short of "over", unexplained of
#: "under".
NEVER = {(0.0, math.inf): 2, (-math.inf, 0.0): 1}


def walk(lowest: float, highest: float) -> list[float]:
    """Numbers in steps of 1 %, each as it is and rounded to one, two, three and four digits."""
    steps = [lowest * 1.01**step for step in range(int(math.log(highest / lowest, 1.01)) + 1)]
    return sorted({float(f"{step:.{digits}g}") for step in steps for digits in (1, 2, 3, 4, 8)})


@pytest.mark.parametrize(
    "walked",
    whole(
        [
            *((unit, SCOPE) for unit in units.units_of(Quantity.DISTANCE)),
            *(("km", way) for way in WAYS[1:]),
        ],
        *(("ri_korean", SCOPE), *(("km", way) for way in WAYS)),
    ),
)
@pytest.mark.parametrize("wording", Wording)
def test_no_verdict_comes_back_as_a_number_grows(
    wording: Wording, walked: tuple[str, Measures]
) -> None:
    """Once a number lies wholly above an edge, none that is greater by more than its rounding lies below it."""
    unit, measures = walked
    size_km = units.UNITS[unit].size / KM
    numbers = walk(
        measures.bound_m / KM / size_km / 3, measures.plausible.high95_m / KM / size_km * 3
    )
    ranges = [stands_for_m(claim(number, unit=unit, wording=wording)) for number in numbers]
    ranks = [RANK[weigh(*each, measures)] for each in ranges]
    assert len(set(ranks)) == len(RANK) - NEVER.get(wording.row.reach, 0)
    for edge_m in (measures.bound_m, measures.plausible.low95_m, measures.plausible.high95_m):
        beyond = [low_m > edge_m for low_m, _ in ranges]
        short = [high_m < edge_m for _, high_m in ranges]
        assert not (any(beyond) and any(short)) or beyond.index(True) > len(short) - 1 - short[
            ::-1
        ].index(True)
    for index, number in enumerate(numbers):
        far = bisect_left(numbers, number * WIDEST[wording.row.reach])
        assert min(ranks[far:], default=ranks[index]) >= ranks[index]


@pytest.mark.parametrize("ends", [(999, 1_000, 1_001), (9_999, 10_000, 10_001), (99.9, 100, 100.1)])
def test_neighbours_of_a_round_number_get_its_verdict_where_the_edge_is_farther_than_its_rounding(
    ends,
) -> None:
    for measures in WAYS:
        edges = (measures.bound_m, measures.plausible.low95_m, measures.plausible.high95_m)
        if all(abs(ends[1] * KM / edge_m - 1) > 0.06 for edge_m in edges):
            assert len({judged(number, measures).verdict for number in ends}) == 1


def test_what_meets_the_interval_by_its_slack_is_consistent() -> None:
    """4,000 is 3,800 to 4,200; about 4,000 is 3,600 to 4,400; nearly 4,000 is 3,600 to 4,000, which ends too soon."""
    assert judged(4_000).verdict is Verdict.CONSISTENT
    assert judged(4_000, wording=Wording.ABOUT).verdict is Verdict.CONSISTENT
    assert judged(4_000, wording=Wording.NEARLY).verdict is Verdict.BELOW_PLAUSIBLE


@pytest.mark.parametrize("value", [1, 200, 3_399, 4_000, 6_999])
def test_what_is_over_a_number_is_never_too_short(value: float) -> None:
    assert judged(value, wording=Wording.OVER).verdict is Verdict.CONSISTENT
    assert judged(7_001, wording=Wording.OVER).verdict is Verdict.ABOVE_PLAUSIBLE


def test_what_is_under_a_number_is_never_too_long_and_impossible_only_below_the_bound() -> None:
    assert judged(3_399, wording=Wording.UNDER).verdict is Verdict.IMPOSSIBLE_SHORT
    assert judged(3_400, wording=Wording.UNDER).verdict is Verdict.BELOW_PLAUSIBLE
    assert {judged(value, wording=Wording.UP_TO).verdict for value in (4_200, 7_000, 90_000)} == {
        Verdict.CONSISTENT
    }


@pytest.mark.parametrize(
    ("high_m", "verdict"),
    [
        (SCOPE.bound_m - 1, Verdict.IMPOSSIBLE_SHORT),
        (SCOPE.bound_m, Verdict.BELOW_PLAUSIBLE),
        (SCOPE.plausible.low95_m - 1, Verdict.BELOW_PLAUSIBLE),
        (SCOPE.plausible.low95_m, Verdict.CONSISTENT),
    ],
)
def test_the_edges_of_the_verdicts_are_sharp(high_m: float, verdict: Verdict) -> None:
    assert weigh(0, high_m, SCOPE) is verdict


def test_only_what_starts_beyond_the_interval_is_above_it() -> None:
    assert weigh(7_000 * KM, 9_000 * KM, SCOPE) is Verdict.CONSISTENT
    assert weigh(7_000 * KM + 1, 9_000 * KM, SCOPE) is Verdict.ABOVE_PLAUSIBLE


def test_what_would_have_to_be_true_is_said_in_numbers() -> None:
    found = judged(12_000)
    assert found.edge_m == (11_500 - 7_000) * KM
    assert (found.ratio, found.factor, found.factor_plausible) == pytest.approx((2.4, 3.0, 1.25))


def test_what_is_short_lacks_the_way_to_the_nearer_edge() -> None:
    assert judged(3_000).edge_m == (4_200 - 3_150) * KM
    assert judged(5_000).edge_m == 0


def test_no_factor_is_made_of_a_chain_of_no_length() -> None:
    nothing = Measures(0.0, 0.0, Interval(0, 0, 0, 0, 0))
    found = judged(12_000, nothing)
    assert (found.verdict, found.ratio, found.factor) == (Verdict.ABOVE_PLAUSIBLE, None, None)


@pytest.mark.parametrize(
    ("value", "unit", "slip"),
    [
        (10_000, "km", "li"),
        (3_000, "km", "mi"),
        (5_000, "mi", "km"),
        (50, "km", None),
        (4_300, "km", None),
        (3_500, "km", None),
    ],
)
def test_a_unit_is_named_where_the_number_lies_in_the_middle_half(
    value: float, unit: str, slip: str | None
) -> None:
    """4,300 fits as it is; 3,500 miles are 5,633 km, just beyond the middle half, which ends at 5,600."""
    assert judged(value, unit=unit, at_hand=("mi", "li", "km")).unit_slip == slip


def test_the_flight_is_judged_the_other_way_too() -> None:
    assert judged(9_000, SCOPE, LONGER).other_flight is Verdict.CONSISTENT
    assert judged(9_000, LONGER, SCOPE).other_flight is Verdict.ABOVE_PLAUSIBLE
    assert judged(9_000).other_flight is None


@pytest.mark.parametrize("counts", [Counts.SUM, Counts.AVERAGE, Counts.NETWORK])
def test_what_is_not_one_journey_is_not_compared(counts: Counts) -> None:
    found = judged(12_000, counts=counts)
    assert (found.verdict, found.reason, found.ratio) == (
        Verdict.NOT_COMPARABLE,
        counts.value,
        None,
    )


def test_without_measures_nothing_can_be_weighed_and_it_is_said_why() -> None:
    found = judged(12_000, None)
    assert (found.verdict, found.reason, found.edge_m) == (Verdict.INSUFFICIENT, "untold", 0)


def test_strict_fails_on_what_cannot_be_and_on_what_is_not_plausible() -> None:
    assert {Verdict.IMPOSSIBLE_SHORT, Verdict.BELOW_PLAUSIBLE, Verdict.ABOVE_PLAUSIBLE} == STRICT


def scoped(name: str, value: float, flight: Flight = Flight.NO, end: str = "w1", **stated: object):
    return claim(value, id=name, scope=Scope("w0", end, flight), **stated)


def test_claims_on_one_scope_whose_ranges_do_not_meet_contradict_each_other() -> None:
    found = contradictions(
        [scoped("a", 12_000), scoped("b", 5_000, wording=Wording.NEARLY), scoped("c", 12_300)]
    )
    assert found == [("a", "b"), ("b", "c")]


@pytest.mark.parametrize(
    ("flight", "other", "against"),
    [
        (Flight.YES, Flight.NO, False),
        (Flight.YES, Flight.UNKNOWN, True),
        (Flight.UNKNOWN, Flight.NO, True),
        (Flight.NO, Flight.NO, True),
    ],
)
def test_claims_with_and_without_the_flight_do_not_contradict(
    flight: Flight, other: Flight, *, against: bool
) -> None:
    found = contradictions([scoped("a", 12_000, flight), scoped("b", 4_000, other)])
    assert bool(found) is against


def test_claims_on_other_scopes_of_other_kinds_or_of_sums_do_not_contradict() -> None:
    others = [
        scoped("b", 100, end="w2"),
        scoped("c", 50, quantity=Quantity.BROKERS),
        scoped("d", 9, counts=Counts.SUM),
    ]
    assert contradictions([scoped("a", 12_000), *others]) == []


@pytest.mark.parametrize(
    ("mode", "counts"), [("foot", Counts.PART), ("road", Counts.PART), (None, Counts.JOURNEY)]
)
def test_a_distance_by_one_mode_is_of_a_part_where_others_are_told_too(
    mode: str | None, counts: Counts
) -> None:
    """What was walked is no length of a way that was driven too: it is told, and weighed against nothing."""
    document = json.loads((PROJECT / "geo" / "ro-family.geojson").read_text("utf-8"))
    document["journey"]["claims"][0]["mode"] = mode
    (told, *_) = read.read(json.dumps(document).encode(), "ro").claims
    assert told.counts is counts
    assert (judged(told.value, counts=told.counts).verdict is Verdict.NOT_COMPARABLE) is (
        counts is Counts.PART
    )


def test_a_distance_by_the_one_mode_of_its_way_is_of_the_whole() -> None:
    document = json.loads((PROJECT / "geo" / "ro-family.geojson").read_text("utf-8"))
    (first, *_) = document["journey"]["claims"]
    first["mode"] = "foot"
    for feature in document["features"]:
        feature["properties"].pop("mode", None)
        feature["properties"]["modes"] = [{"mode": "foot", "status": "reported"}]
    assert read.read(json.dumps(document).encode(), "ro").claims[0].counts is Counts.JOURNEY


@pytest.mark.parametrize(
    ("are", "counts"), [("alternatives", Counts.JOURNEY), ("parts", Counts.PART)]
)
def test_a_distance_by_the_mode_of_one_account_is_of_the_whole_and_by_that_of_a_part_is_not(
    are: str, counts: Counts
) -> None:
    document = json.loads((PROJECT / "geo" / "ro-family.geojson").read_text("utf-8"))
    document["journey"]["claims"][0]["mode"] = "foot"
    told = [{"mode": mode, "weight": 0.5, "status": "reported"} for mode in ("foot", "rail")]
    for feature in document["features"]:
        feature["properties"].pop("mode", None)
        feature["properties"] |= {"modes": told, "modes_are": are}
    assert read.read(json.dumps(document).encode(), "ro").claims[0].counts is counts


def test_a_part_that_follows_from_the_modes_is_not_written() -> None:
    """Whoever narrows the claim to where they walked finds no "part" in the file that nobody wrote."""
    document = json.loads((PROJECT / "geo" / "ro-family.geojson").read_text("utf-8"))
    for told in (None, "part"):
        first = document["journey"]["claims"][0]
        first |= {"mode": "foot"} if told is None else {"mode": "foot", "counts": told}
        one = read.read(json.dumps(document).encode(), "ro")
        written = geojson.to_document(one)["journey"]["claims"][0]  # type: ignore[index]
        assert (one.claims[0].counts, written.get("counts")) == (Counts.PART, told)


@pytest.mark.parametrize("lacking", [None, "some_places"])
def test_a_number_that_fits_by_a_stop_that_is_drawn_nowhere_is_not_firm(
    lacking: str | None,
) -> None:
    firm = lacking is None
    journey = three_stops(is_drawn=firm)
    found = report.gather(journey)
    (claim,) = found.claims
    assert claim.judgements[0].verdict is Verdict.CONSISTENT
    assert claim.firmness[0] is not None
    assert (claim.firmness[0].is_firm, claim.firmness[0].lacking) == (firm, lacking)
    assert [each is not None for each in found.leg_draws] == [firm, firm]
    said = ReportView.of(found, MEASURED).claims[0].weighed["en"]
    assert ("the way may be longer" in said) is not firm


def three_stops(*, is_drawn: bool) -> Journey:
    middle = waypoint(1) if is_drawn else waypoint(1, precision="region") | {"geometry": None}
    return read.read(content(document_of(waypoint(0), middle, waypoint(2))), "walk")


def in_a_straight_line(*places: dict[str, Any], **stated: Any) -> dict[str, Any]:
    """A journey whose one number is of the straight line from its first place to its last."""
    scope = {"from": "w0", "to": f"w{len(places) - 1}", "flight": "no"}
    return document_of(*places, claims=[document_claim(counts="straight", scope=scope, **stated)])


def straight(
    *values: float, radii_m: tuple[float | None, float | None] = (None, None), **stated: Any
) -> list[str]:
    """Verdicts on numbers of the straight line between two places a degree of longitude apart at 15 degrees north."""
    places = [
        waypoint(at, coordinateUncertaintyInMeters=radius) for at, radius in enumerate(radii_m)
    ]
    told = [
        in_a_straight_line(*places, value=value, **{"wording": "exact", **stated})
        for value in values
    ]
    gathered = [report.gather(read.read(content(each), "x")) for each in told]
    return [str(each.claims[0].judgements[0].verdict) for each in gathered]


def test_a_straight_line_is_held_against_the_points_that_are_nearest_and_farthest() -> None:
    """GeographicLib: 107.55 km from 100 to 101 degrees east at 15 degrees north; a number reaches as it was rounded."""
    short, fits, long = "impossible_short", "consistent", "above_plausible"
    assert straight(106, 107, 108, 109, 110) == [short, short, fits, long, fits]
    assert straight(91, 93, 108, 122, 124, radii_m=(5_000, 10_000)) == [
        short,
        fits,
        fits,
        fits,
        long,
    ]


def test_the_wording_of_a_straight_line_counts_as_of_any_number() -> None:
    assert straight(100, 107, 110, wording="over") == [
        "consistent",
        "consistent",
        "above_plausible",
    ]
    assert straight(100, 107, 110, wording="under") == [
        "impossible_short",
        "impossible_short",
        "consistent",
    ]
    assert straight(90, 100, 130, wording="about") == [
        "impossible_short",
        "consistent",
        "above_plausible",
    ]


def test_a_straight_line_says_how_far_apart_the_places_are_and_nothing_of_detours() -> None:
    one = report.gather(
        read.read(content(in_a_straight_line(waypoint(0), waypoint(1), value=150)), "x")
    )
    view = ReportView.of(one, MEASURED)
    assert view.claims[0].weighed["en"] == (
        "About 150 km to Place 1 in a straight line is unexplained: from the nearest of their "
        "points to the farthest, "
        "the two places are 107 to 108 km apart."
    )
    assert [scope.key.is_straight for scope in one.scopes] == [
        True,
        False,
    ]  # the way itself is measured as ever


def test_a_straight_line_to_a_place_that_is_nowhere_cannot_be_judged() -> None:
    nowhere = waypoint(1, withheld=True) | {"geometry": None}
    one = report.gather(read.read(content(in_a_straight_line(waypoint(0), nowhere)), "x"))
    assert one.claims[0].judgements[0].verdict is Verdict.INSUFFICIENT


def test_a_time_is_no_straight_line() -> None:
    told = in_a_straight_line(waypoint(0), waypoint(1), quantity="duration", unit="d")
    with pytest.raises(JourneyFileError, match="duration is not told in a straight line"):
        read.read(content(told), "x")
