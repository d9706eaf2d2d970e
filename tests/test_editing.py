"""What if: one leg or one place changed, the rest as it was, and marked as nobody's telling."""

from __future__ import annotations

from dataclasses import replace

import pytest

import escape_route as er
from escape_route.errors import JourneyFileError, UsageError
from escape_route.model.journey import ModeShare
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.vocabulary import Status
from making import journey as made
from making import track

RO = er.read_journey("ro-family")


def test_a_mode_is_changed_and_nothing_else() -> None:
    changed = RO.with_mode("ro-4", "road_poor")
    assert changed.data.waypoints[4].modes == (ModeShare(Mode.ROAD_POOR, 1, Status.INFERRED),)
    back = replace(changed.data.waypoints[4], modes=RO.data.waypoints[4].modes)
    assert (*changed.data.waypoints[:4], back, *changed.data.waypoints[5:]) == RO.data.waypoints
    assert replace(changed.data, waypoints=RO.data.waypoints, notes=RO.data.notes) == RO.data


def test_several_modes_are_alternatives_or_parts() -> None:
    by = {"road": 0.6, "flight": 0.4}
    assert RO.with_mode("ro-4", by).data.waypoints[4].modes_are is ModesAre.ALTERNATIVES
    assert RO.with_mode("ro-4", by, parts=True).data.waypoints[4].modes_are is ModesAre.PARTS


def test_a_place_is_changed_and_keeps_its_name_and_its_way() -> None:
    place = RO.with_place("ro-3", at=(113.5, 34.5), within_km=200).data.waypoints[3]
    assert (place.label, place.uncertainty_m, place.footprints) == ((113.5, 34.5), 200_000, ())
    assert (place.name, place.modes) == (RO.data.waypoints[3].name, RO.data.waypoints[3].modes)
    assert place.status is Status.INFERRED


def test_a_change_is_marked_once_however_often_it_is_made() -> None:
    changed = (
        RO.with_mode("ro-4", "road")
        .with_mode("ro-4", "rail")
        .with_place("ro-3", footprint="country:MN")
    )
    notes = [note.text["en"] for note in changed.data.notes[len(RO.data.notes) :]]
    assert notes == [
        "What if: how they arrived at Vietnam was set by whoever made this; no source says so.",
        "What if: where China was, was set by whoever made this; no source says so.",
    ]


def test_the_journey_that_is_asked_stays_as_it_is_and_its_file_is_known() -> None:
    before = RO.data
    assert RO.with_mode("ro-4", "foot").path == RO.path
    assert RO.data == before


def test_tracks_to_a_place_that_moved_are_left_out() -> None:
    told = made(
        *({"label": (n, n), "sources": ("S1",)} for n in (1.0, 2.0, 3.0)),
        traces=(track(0, (1, 1), (2, 2)),),
    )
    assert er.Journey(told).with_place("w1", at=(2.5, 2.0)).data.traces == ()
    assert er.Journey(told).with_place("w2", at=(3.5, 3.0)).data.traces == told.traces


def test_a_track_is_not_wound_by_a_mode() -> None:
    told = made({"label": (1.0, 1.0)}, {"label": (2.0, 2.0)}, traces=(track(0, (1, 1), (2, 2)),))
    with pytest.raises(UsageError, match=r"\Awith_mode: the way to w1 is a track"):
        er.Journey(told).with_mode("w1", "road")


def test_a_waypoint_that_is_not_there_is_told_with_the_likely_one() -> None:
    message = r'no waypoint ro4 \(did you mean "ro-4"\?\)\Z'
    with pytest.raises(UsageError, match=rf"\Awith_mode: {message}"):
        RO.with_mode("ro4", "road")
    with pytest.raises(UsageError, match=rf"\Awith_place: {message}"):
        RO.with_place("ro4", footprint="country:VN")


def test_a_change_that_is_wrong_is_told_by_its_argument() -> None:
    with pytest.raises(JourneyFileError, match=r'waypoint "Vietnam": by: "rod" is not known here'):
        RO.with_mode("ro-4", "rod")
    with pytest.raises(
        JourneyFileError, match=r'waypoint "Vietnam": by: the weights add up to 0\.5'
    ):
        RO.with_mode("ro-4", {"road": 0.5})
    with pytest.raises(JourneyFileError, match=r'waypoint "China": at: latitude 113 is outside'):
        RO.with_place("ro-3", at=(34, 113))


def test_what_a_change_contradicts_is_told_as_of_a_file() -> None:
    hidden = made({"withheld": True, "label": None}, {"label": (2.0, 2.0)})
    with pytest.raises(
        JourneyFileError, match=r'waypoint "W0": withheld: a withheld place with a geometry'
    ):
        er.Journey(hidden).with_place("w0", at=(2.5, 2.0))
    with pytest.raises(
        JourneyFileError,
        match=r'waypoints: waypoint "ro-3" has the role start but is not the first',
    ):
        RO.with_place("ro-3", footprint="country:MN", role="start")
    with pytest.raises(
        JourneyFileError, match=r'waypoint "China": within_km: a radius without a point'
    ):
        RO.with_place("ro-3", within_km=5)


def test_positions_stay_as_fine_as_they_are_held() -> None:
    """A file has seven decimals; what is not changed does not go through one."""
    fine = made({"label": (1.123456789, 1.0)}, {"label": (2.0, 2.0)})
    assert er.Journey(fine).with_mode("w1", "rail").data.waypoints[0].label == (1.123456789, 1.0)


def test_what_is_told_of_a_new_place_counts_and_what_is_not_stays() -> None:
    changed = RO.with_place("ro-3", at=(113.5, 34.5), role="stop", when="2018").data.waypoints[3]
    told = RO.data.waypoints[3]
    assert (changed.role, changed.when, changed.precision) == ("stop", "2018", "exact")
    assert (changed.narration, changed.sources, changed.sensitivity) == (
        told.narration,
        told.sources,
        told.sensitivity,
    )


def test_the_verdict_moves_with_what_is_changed() -> None:
    built = er.journey(
        "x",
        er.waypoint("A", at=(100, 15)),
        er.waypoint("B", at=(103, 15), by="flight"),
        claims=[er.claim(420, "km", flight="yes", source="x")],
    )
    assert built.check(draws=2000).claims["verdict"].item() == "above_plausible"
    assert built.with_mode("b", "road").check(draws=2000).claims["verdict"].item() == "consistent"
    assert (
        built.check(draws=2000, priors={"flight": (1.2, 1.5)}).claims["verdict"].item()
        == "consistent"
    )
