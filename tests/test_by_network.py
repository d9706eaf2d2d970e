"""Ways by today's networks: on a network of a few junctions, and on the real one where the shipped journeys lead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside import GEO, long
from escape_route import read_journey
from escape_route.distance import by_network as ways
from escape_route.distance.bounds import Edge
from escape_route.distance.by_network import ByNetwork, by_network
from escape_route.distance.settings import Settings
from escape_route.errors import UsageError
from escape_route.geography import geodesic, network
from escape_route.geography.network import Kind, Network
from escape_route.language.json import to_document
from escape_route.language.view import view_published
from escape_route.model.journey import ModeShare, Waypoint
from escape_route.model.modes import Mode
from escape_route.model.places import Place, Region
from escape_route.model.vocabulary import Precision, Role, Status
from escape_route.publish import figure
from escape_route.publish.figure.ledger_layout import lay_out
from escape_route.publish.page.payload import payload
from escape_route.publish.report import document
from making import reported, shipped

STEP_DEG = 0.1  # 11 km on the equator


def grid(kind, columns=12, rows=8, *, west=0.0, south=0.0):
    """Junctions on a grid, each joined to its neighbours by the straight line."""
    lon, lat = np.meshgrid(west + STEP_DEG * np.arange(columns), south + STEP_DEG * np.arange(rows))
    lonlat = np.column_stack([lon.ravel(), lat.ravel()])
    number = np.arange(len(lonlat)).reshape(rows, columns)
    pairs = np.concatenate(
        [
            np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.stack([number[:-1].ravel(), number[1:].ravel()]),
        ],
        axis=1,
    )
    one, other = np.concatenate([pairs, pairs[::-1]], axis=1)
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    lengths_m = geodesic.distances_m(*lonlat[one].T, *lonlat[other].T)
    starts = np.concatenate([[0], np.cumsum(np.bincount(one, minlength=len(lonlat)))])
    return Network(kind, lonlat, lengths_m, other.astype(np.int32), starts.astype(np.int32))


@pytest.fixture
def held(monkeypatch):
    """Roads on one grid, rails on another beside it; all countries whole."""
    nets = {Kind.ROADS: grid(Kind.ROADS), Kind.RAILS: grid(Kind.RAILS, west=0.6)}
    monkeypatch.setattr(network, "load", nets.__getitem__)
    monkeypatch.setattr(ways, "_countries", lambda *_: [])
    ways.doors.cache_clear()
    yield nets
    ways.doors.cache_clear()


def at(lon, lat, radius_m=0.0):
    return Place((Region(None, (lon, lat), radius_m),))


def told(*modes):
    """Waypoints, the first a start, the others arrived at by these modes."""
    return [
        Waypoint(
            id=f"w{index}",
            name={"en": f"w{index}"},
            role=Role.STOP,
            precision=Precision.EXACT,
            status=Status.REPORTED,
            modes=() if mode is None else (ModeShare(mode, 1.0, Status.REPORTED),),
        )
        for index, mode in enumerate((None, *modes))
    ]


def measured(sets, *modes, edges=None, traced_m=0.0):
    edges = edges or [Edge.GEODESIC] * len(modes)
    return by_network(told(*modes), range(len(sets)), sets, edges, traced_m)


@pytest.mark.usefixtures("held")
def test_the_way_follows_the_streets():
    found = measured([at(0, 0), at(0.3, 0.4)], Mode.ROAD)
    streets_m = geodesic.geodesic_m((0, 0), (0.3, 0)) + geodesic.geodesic_m((0.3, 0), (0.3, 0.4))
    assert found.length_m == pytest.approx(streets_m, rel=1e-4)
    assert found.kinds == (Kind.ROADS,)


@pytest.mark.usefixtures("held")
def test_of_a_place_the_best_door_is_taken_and_the_same_to_go_on():
    through = measured([at(0, 0), at(0.2, 0.2, 25_000), at(0.4, 0)], Mode.ROAD, Mode.ROAD)
    straight = measured([at(0, 0), at(0.4, 0)], Mode.ROAD)
    middle = measured([at(0, 0), at(0.2, 0.2), at(0.4, 0)], Mode.ROAD, Mode.ROAD)
    assert straight.length_m <= through.length_m < middle.length_m
    # A street that bends into the disc and back: two blocks up, two down, less what the disc
    # reaches.
    assert through.length_m == pytest.approx(straight.length_m, rel=1e-4)


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 0.7), st.floats(12_000, 60_000)),
        min_size=2,
        max_size=5,
    ),
)
def test_never_shorter_than_the_discs_are_apart(discs):
    nets = {Kind.ROADS: grid(Kind.ROADS)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "load", nets.__getitem__)
        patch.setattr(ways, "_countries", lambda *_: [])
        ways.doors.cache_clear()
        found = measured([at(*disc) for disc in discs], *[Mode.ROAD] * (len(discs) - 1))
        ways.doors.cache_clear()
    first, last = discs[0], discs[-1]
    apart_m = geodesic.geodesic_m(first[:2], last[:2]) - first[2] - last[2]
    assert found.length_m is None or found.length_m >= apart_m - 0.01 * abs(apart_m) - 1


@pytest.mark.usefixtures("held")
def test_a_place_is_a_point_on_both_networks_where_one_changes():
    found = measured([at(0, 0), at(0.8, 0), at(1.2, 0)], Mode.ROAD, Mode.RAIL)
    assert found.kinds == (Kind.ROADS, Kind.RAILS)
    assert found.length_m == pytest.approx(geodesic.geodesic_m((0, 0), (1.2, 0)), rel=1e-3)


@pytest.mark.usefixtures("held")
def test_what_is_not_counted_is_not_measured():
    sets = [at(0, 0), at(0.3, 0), at(0.8, 0.5), at(0.9, 0.5)]
    edges = [Edge.GEODESIC, Edge.FREE, Edge.GEODESIC]
    found = measured(sets, Mode.ROAD, Mode.FLIGHT, Mode.ROAD, edges=edges, traced_m=500.0)
    assert found.length_m == pytest.approx(0.4 * 111_319.5 + 500, rel=1e-3)


@pytest.mark.parametrize(
    ("sets", "modes", "reason", "where"),
    [
        ([at(0, 0), at(0.5, 0)], [Mode.FLIGHT], "flown", "w1"),
        ([at(0, 0), at(0.5, 0)], [Mode.BOAT_ALONG], "river", "w1"),
        ([at(0, 0), at(0.5, 0), at(9, 9)], [Mode.ROAD] * 2, "off_network", "w2"),
        ([at(9, 9), at(0.5, 0)], [Mode.ROAD], "off_network", "w0"),
        # 4.4 km to the nearest junction: a fifth of 25 km and not of 11.
        ([at(0, 0), at(0.1, -0.04)], [Mode.ROAD], "off_network", "w1"),
    ],
)
@pytest.mark.usefixtures("held")
def test_a_way_that_is_not_given_says_why_and_where(sets, modes, reason, where):
    assert measured(sets, *modes) == ByNetwork(None, reason=reason, where=where)


@pytest.mark.usefixtures("held")
def test_a_place_near_the_network_is_on_it():
    assert measured([at(0, 0), at(0.3, -0.04)], Mode.ROAD).length_m == pytest.approx(
        0.3 * 111_319.5, rel=1e-3
    )


def test_a_way_that_no_whole_network_makes_is_a_gap(held):
    roads = held[Kind.ROADS]
    lengths_m = roads.lengths_m.copy()
    lengths_m[:] *= 6
    held[Kind.ROADS] = Network(Kind.ROADS, roads.lonlat_deg, lengths_m, roads.ends, roads.starts)
    assert measured([at(0, 0), at(0.9, 0)], Mode.ROAD).reason == "winding"


@pytest.mark.usefixtures("held")
def test_a_country_whose_network_has_gaps_is_named(monkeypatch):
    monkeypatch.setattr(ways, "_countries", lambda *_: ["CH", "KZ"])
    assert measured([at(0, 0), at(0.9, 0)], Mode.ROAD) == ByNetwork(
        None, reason="broken", where="KZ"
    )


def test_two_pieces_are_not_joined(held):
    roads, far = grid(Kind.ROADS), grid(Kind.ROADS, west=5.0)
    starts = np.concatenate([roads.starts, far.starts[1:] + roads.starts[-1]])
    held[Kind.ROADS] = Network(
        Kind.ROADS,
        np.concatenate([roads.lonlat_deg, far.lonlat_deg]),
        np.concatenate([roads.lengths_m, far.lengths_m]),
        np.concatenate([roads.ends, far.ends + len(roads.lonlat_deg)]),
        starts,
    )
    assert measured([at(0, 0), at(5, 0)], Mode.ROAD) == ByNetwork(
        None, reason="not_joined", where="w1"
    )


def test_text_is_read_as_the_network_that_it_is(tmp_path):
    text = (
        "from x import y\ngraph=[{1: 1.5}, {0: 1.5, 2: 0.25}, {1: 2.5e-1}]\nnodes=[[1.0, 2.0], [3, "
        "-4.5], [0, 0]]\n"
    )
    (tmp_path / "few.py").write_text(text)
    arrays = network.read(tmp_path / "few.py", "reading")
    found = Network(Kind.ROADS, **arrays)
    assert found.lonlat_deg.tolist() == [[2, 1], [-4.5, 3], [0, 0]]
    length_m, before = found.onward_m(np.array([0]), np.array([10.0]))
    assert length_m == pytest.approx([10, 1510, 1760], abs=0.1)
    assert before.tolist() == [3, 0, 1]


DAMAGES = [lambda body: body[:-5], lambda body: body[:40] + b"x" + body[41:], lambda _: b""]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_made_anew(tmp_path, damage):
    made = {"lonlat_deg": np.zeros((3, 2)), "lengths_m": np.ones(2)}
    file = tmp_path / "kept.npz"
    network.keep(file, made)
    assert network.kept(file)["lengths_m"].tolist() == [1, 1]
    file.write_bytes(damage(file.read_bytes()))
    assert network.kept(file) is None
    assert network.kept(tmp_path / "none.npz") is None


def test_what_is_not_installed_is_told_with_the_command(monkeypatch):
    missing = network.find_spec
    monkeypatch.setattr(
        network, "find_spec", lambda name: None if name == "searoute" else missing(name)
    )
    with pytest.raises(
        UsageError, match=r'searoute: python -m pip install "escape-route\[routes\]"'
    ):
        Settings(routes=True)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_network_whose_cache_is_damaged_is_read_from_its_package_again(
    tmp_path, monkeypatch, damage
):
    """All of it: what is given is what was given before, and so is what is kept."""
    monkeypatch.setattr(network, "cache_folder", lambda: tmp_path)
    fresh = network.load.__wrapped__(Kind.LANES)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    again = network.load.__wrapped__(Kind.LANES)
    for name in ("lonlat_deg", "lengths_m", "ends", "starts"):
        assert np.array_equal(getattr(again, name), getattr(fresh, name))
    assert file.read_bytes() == whole
    monkeypatch.setattr(
        network, "_lanes", lambda: pytest.fail("read from the package though the cache is whole")
    )
    assert np.array_equal(network.load.__wrapped__(Kind.LANES).lengths_m, fresh.lengths_m)


@pytest.fixture(scope="module")
def cached(tmp_path_factory):
    """Cache of this module's own, so that the first use is seen too."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "cache_folder", lambda: folder)
        network.load.cache_clear()
        ways.doors.cache_clear()
        yield folder
    network.load.cache_clear()
    ways.doors.cache_clear()


@long
def test_the_family_s_way_by_today_s_roads(cached):
    found = to_document(
        read_journey(GEO / "ro-family.geojson").check(draws=100, routes=True).data, as_held=False
    )
    thailand, flown, korea = (scope["by_network"] for scope in found["scopes"])
    # Independently 4,323 km from one end of the mountain's Chinese side; the near end is 190 km
    # nearer.
    assert thailand["length_km"] == pytest.approx(4205, abs=1)
    assert korea["length_km"] == pytest.approx(4205, abs=1)
    assert list(thailand["networks"]) == ["roads"]
    assert thailand["networks"]["roads"].startswith("2024-04, scgraph_data ")
    assert (flown["length_km"], flown["reason"], flown["where"]) == (None, "flown", "ro-8")
    assert thailand["length_km"] > found["scopes"][0]["lower_bound_km"]
    assert [file.name for file in cached.iterdir()] == ["roads-2.0.0-2.npz"]
    network.load.cache_clear()
    again = network.load(Kind.ROADS)  # from the cache
    assert len(again.lonlat_deg) == 560_282


@pytest.mark.usefixtures("cached", "undrawn")
def test_what_is_published_shows_one_tick_by_today_s_roads_and_says_why_another_is_missing():
    """The figure has the mark, the page what it draws it by, the report the reason."""
    found = reported(shipped("ro-family"), Settings(draws=200, routes=True))
    layout = lay_out(
        view_published(found), figure.options(size="page", language="en").look(), 500.0, beside=True
    )
    ticks = [row.network_km for row in layout.rows]
    assert ticks == [4200, None, 4200]
    texts = [tag.lines[0][0] for row in layout.rows for tag in row.tags]
    assert texts.count("4,200 km by today’s roads") == 2
    shown = [scope.network for scope in payload([found]).journeys[0].scopes]
    assert [each.length_km for each in shown] == ticks
    assert shown[1].tick is None
    written = document.render(found, document.Kind.MARKDOWN).decode()
    assert (
        "by today’s roads and railways: not given, for a flight is counted (to South Korea)."
        in written
    )


@pytest.mark.usefixtures("cached")
def test_lanes_lead_over_the_sea():
    lanes = network.load(Kind.LANES)
    assert not np.isnan(lanes.lengths_m).any()
    assert len(lanes.rows) > 1000
