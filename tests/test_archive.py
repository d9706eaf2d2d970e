"""Archives: a data set checked in partitions gives what each own check gives, and goes on where it stopped."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import escape_route as er
from beside import long
from escape_route.archive import jobs, protect, summary
from escape_route.archive.run import connected, run
from escape_route.cli.main import main
from escape_route.distance.settings import Settings
from escape_route.distance.verdicts import Verdict
from escape_route.errors import EscapeRouteError, LeakError, OutputError, UsageError
from escape_route.formats import dataset
from escape_route.language.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from distributed import Client

FEW = Settings(draws=100)


def walks(count: int) -> er.Journeys:
    """Journeys of three exact places, each with a distance that was stated."""
    rng = np.random.default_rng(7)
    names = [f"walk-{number}" for number in range(count) for _ in range(3)]
    lon, lat = 10 + rng.uniform(0, 8, 3 * count), 45 + rng.uniform(0, 5, 3 * count)
    table = pd.DataFrame(
        {"journey": names, "name": "x", "lon": lon, "lat": lat, "mode": "foot", "when": "1944"}
    )
    claims = pd.DataFrame({"journey": sorted(set(names)), "value": 500})
    return er.read_journeys(table, claims=claims)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return walks(8).save(tmp_path_factory.mktemp("archive") / "held", partitions=3)


@pytest.fixture(scope="module")
def one() -> Iterator[Client]:
    """A worker."""
    with connected() as client:
        yield client


@pytest.fixture(scope="module")
def checked(archive: Path) -> Path:
    """Results of two workers."""
    result = archive.parent / "checked"
    with connected(2) as client:
        assert run(client, jobs.check, archive, result, FEW).partitions == 3
    return result


def verdicts_in(result: Path) -> pd.DataFrame:
    paths = sorted((result / "verdicts").glob("*.parquet"))
    return dataset.tables_at(paths).sort_values("journey", ignore_index=True)


def test_an_archive_has_the_words_of_each_journeys_own_check(checked: Path) -> None:
    own = (
        er.check_all(walks(8), draws=100)
        .drop(columns="problem")
        .sort_values("journey", ignore_index=True)
    )
    assert_frame_equal(verdicts_in(checked), own, check_dtype=False)


def test_what_was_done_is_left_alone_and_the_rest_is_done(
    archive: Path, checked: Path, one: Client, tmp_path: Path
) -> None:
    result = tmp_path / "result"
    shutil.copytree(checked, result)
    first = dataset.path_of(result, "verdicts", 0)
    before = first.stat().st_mtime_ns
    dataset.path_of(result, "problems", 1).unlink()  # broken off before the partition was whole
    done = run(one, jobs.check, archive, result, FEW)
    assert (done.were_there, first.stat().st_mtime_ns) == (2, before)
    assert_frame_equal(verdicts_in(result), verdicts_in(checked))


def test_results_of_another_run_are_not_written_over(
    archive: Path, checked: Path, one: Client
) -> None:
    with pytest.raises(OutputError, match="results of another run"):
        run(one, jobs.check, archive, checked, Settings(draws=101))


def test_one_bad_journey_is_a_row_with_its_rule_and_nothing_that_is_held(
    archive: Path, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(archive, spoilt)
    path = dataset.path_of(spoilt, "waypoints", 0)
    table = dataset.table_of(path)
    name = table["journey"].iloc[0]
    table.loc[table["journey"] == name, "role"] = "Secret Place"
    path.write_bytes(dataset.to_bytes(table))
    found = jobs.check(str(spoilt), 0, FEW)
    assert found["problems"].to_dict("records") == [{"journey": name, "rule": "wrong-value"}]
    assert name not in set(found["verdicts"]["journey"])
    assert len(found["verdicts"])


def test_a_partition_that_cannot_be_read_is_told_and_the_others_stay(
    archive: Path, one: Client, tmp_path: Path, capsys
) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(archive, spoilt)
    dataset.path_of(spoilt, "claims", 1).write_bytes(b"PAR1")
    here = ["--scheduler", one.scheduler.address]
    assert main(["archive", "lint", str(spoilt), "-o", str(tmp_path / "result"), *here]) == 1
    told = capsys.readouterr()
    assert "2 of 3 partitions; 1 could not be read" in told.out
    assert "partition 1" in told.err
    assert "part-00001.parquet: not a Parquet file" in told.err


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.7:8786", "10.0.0.7:8786", "ucx://host:1", "tcp://127.0.0.1.example.org:1"],
)
def test_what_is_held_goes_over_no_open_network(address: str) -> None:
    with pytest.raises(UsageError, match="in the open"), connected(scheduler=address):
        pass


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escape_route.archive.run._TIMEOUT_S", 1)
    with (
        pytest.raises(EscapeRouteError, match="does not answer"),
        connected(scheduler="tcp://127.0.0.1:1"),
    ):
        pass


def test_a_scheduler_that_wants_a_certificate_is_told_where_one_is_named() -> None:
    with (
        pytest.raises(
            UsageError, match=r"wants a certificate and a key \(name them in Dask's configuration"
        ),
        connected(scheduler="tls://127.0.0.1:9"),
    ):
        pass


@long
def test_a_worker_that_dies_leaves_what_was_done(archive: Path, tmp_path: Path) -> None:
    with (
        connected() as client,
        pytest.raises(EscapeRouteError, match="give the same command again"),
    ):
        run(client, dies, archive, tmp_path / "x")


def dies(folder: str, number: int) -> dict[str, pd.DataFrame]:  # noqa: ARG001  # as a job is called
    """A job that takes its process with it."""
    import os  # noqa: PLC0415  # in another process

    os._exit(9)


def told_by(
    journey: str, sensitivity: int, lon: float = 16.37205, lat: float = 48.20812, **more: object
) -> pd.DataFrame:
    """A journey to a house in Vienna that is as sensitive as that, and one to a town that is not."""
    return pd.DataFrame(
        {
            "journey": journey,
            "name": ["A house", "A town"],
            "lon": [lon, 15.4409],
            "lat": [lat, 47.0672],
            "mode": [None, "road"],
            "sensitivity": [sensitivity, 0],
            **more,
        }
    )


def archive_of(folder: Path, *tables: pd.DataFrame) -> Path:
    return er.read_journeys(pd.concat(tables, ignore_index=True)).save(folder, partitions=2)


def test_what_is_published_is_each_journeys_publishable_form(one: Client, tmp_path: Path) -> None:
    held = archive_of(tmp_path / "held", told_by("a", 2), told_by("b", 2))
    protect.publish(one, held, tmp_path / "out")
    published = er.read_journeys(tmp_path / "out")
    assert dataset.head_of(tmp_path / "out").form == "published"
    forms = {each.id: each.protect().data for each in er.read_journeys(held)}
    assert {each.id: each.data for each in published} == forms
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"archive.json", *dataset.TABLES}
    assert not (held / ".protecting").exists()


@pytest.mark.parametrize(
    ("other", "away"),
    [
        (told_by("b", 0), True),
        (told_by("b", 0, 16.3731), True),  # 78 m
        (told_by("b", 0, 16.3741), False),  # 152 m
        (told_by("b", 3), True),  # in a smaller cell
        (told_by("b", 2), False),
        (told_by("b", 2, 20.0, 44.0, told=["She stayed at 48.20812, 16.37209", ""]), True),
        (told_by("b", 2, 20.0, 44.0, told=["She stayed at 47.20812, 16.37209", ""]), False),
    ],
)
def test_no_journey_gives_away_what_another_holds_back(
    tmp_path: Path, other: pd.DataFrame, *, away: bool
) -> None:
    held = archive_of(tmp_path / "held", told_by("a", 2), other)
    found = protect.protected(str(held), 0), protect.protected(str(held), 1)
    kept, told = (pd.concat([each[table] for each in found]) for table in ("kept", "told"))
    pairs = protect.given_away(kept, told)
    assert (not pairs.empty) == away


def test_an_archive_whose_journeys_give_one_another_away_is_not_published(
    one: Client, tmp_path: Path
) -> None:
    held = archive_of(tmp_path / "held", told_by("a", 2), told_by("b", 0))
    with pytest.raises(LeakError, match='of "b" tells "a-house" of "a"'):
        protect.publish(one, held, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not (held / "register").exists()


def test_an_archive_has_a_register(one: Client, tmp_path: Path) -> None:
    protect.publish(one, archive_of(tmp_path / "held", told_by("a", 2)), tmp_path / "out")
    finer = er.read_journeys(told_by("a", 0))
    dataset.write([each.data for each in finer], tmp_path / "now", partitions=2)
    shutil.copytree(tmp_path / "held" / "register", tmp_path / "now" / "register")
    protect.publish(one, tmp_path / "now", tmp_path / "out2")
    told = pd.read_csv(tmp_path / "now" / "problems.csv").iloc[0]
    assert (told["journey"], told["rule"]) == ("a", "finer-than-before")
    assert "a-house" in told["problem"]
    assert told["fix"].startswith("mend the journey in the data set")
    assert len(er.read_journeys(tmp_path / "out2")) == 0


@pytest.mark.parametrize("where", ["held/inside", "held"])
def test_what_is_published_never_lies_with_what_is_held(
    one: Client, tmp_path: Path, where: str
) -> None:
    held = archive_of(tmp_path / "held", told_by("a", 2))
    with pytest.raises(OutputError, match=r"lies in the data set|not empty"):
        protect.publish(one, held, tmp_path / where)


def counted(**counts: int) -> pd.DataFrame:
    """Verdicts of so many journeys by country and verdict: ``KP_consistent=7``."""
    rows = [
        {
            "journey": f"{key}-{number}",
            "verdict": verdict,
            "countries": country,
            "modes": "foot",
            "first_year": 1944.0,
        }
        for key, count in counts.items()
        for country, _, verdict in [key.partition("_")]
        for number in range(count)
    ]
    return pd.DataFrame(rows)


def of_country(table: pd.DataFrame, code: str) -> dict[str, object]:
    rows = table[(table["by"] == "country") & (table["group"] == code)]
    return {} if rows.empty else rows.iloc[0][list(map(str, Verdict))].to_dict()


@pytest.mark.parametrize(("count", "told"), [(4, None), (5, 5), (6, 6)])
def test_no_cell_tells_of_fewer_than_five(count: int, told: int | None) -> None:
    table = summary.tally(
        counted(KP_consistent=count, KP_above_plausible=20, CN_consistent=30, CN_above_plausible=30)
    )
    found = of_country(table, "KP").get("consistent")
    assert (None if pd.isna(found) else found) == told


def test_a_cell_that_its_neighbours_would_give_away_hides_another() -> None:
    table = summary.tally(
        counted(KP_consistent=2, KP_above_plausible=9, CN_consistent=30, CN_above_plausible=40)
    )
    for code in ("KP", "CN"):
        assert sum(pd.isna(count) for count in of_country(table, code).values()) != 1


def test_a_group_of_which_nothing_can_be_told_is_left_out() -> None:
    assert of_country(summary.tally(counted(KP_consistent=3, CN_consistent=9)), "KP") == {}


def test_the_summary_is_a_table_a_figure_and_a_page_that_asks_for_nothing(
    archive: Path, tmp_path: Path, capsys
) -> None:
    result = tmp_path / "sums"
    assert (
        main(
            [
                "archive",
                "summary",
                str(archive),
                "-o",
                str(result),
                "--draws",
                "100",
                "--language",
                "ko",
            ]
        )
        == 0
    )
    assert "verdicts: 8 rows" in capsys.readouterr().out
    page = (result / "summary.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "").replace(
        'xmlns="http://www.w3.org/2000/svg"', ""
    ).replace('xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    assert "walk-" not in page
    table = pd.read_csv(result / "summary.csv")
    assert table.loc[0, "by"] == "all"
    assert table.loc[0, list(map(str, Verdict))].sum() <= 8


def test_nothing_to_tell_is_still_a_page() -> None:
    empty = summary.tally(
        pd.DataFrame(columns=["journey", "verdict", "countries", "modes", "first_year"])
    )
    assert b"<h1>" in summary.page(empty)


def test_what_is_not_told_is_a_dash_and_a_bar_says_that_there_are_others() -> None:
    """A cell may be kept though it is five or more, for what stands beside it: "fewer than five" would not be true."""
    table = summary.tally(
        counted(KP_consistent=12, KP_impossible_short=9, KP_above_plausible=2, CN_consistent=30)
    )
    page = summary.page(table).decode()
    assert "<td>–</td>" in page
    assert "&lt; 5" not in page
    rows = {
        row.name: row.said(Phrases("en"))
        for row in summary._rows(table, Phrases("en"))  # noqa: SLF001
        if row.by == "country"
    }
    assert rows == {"North Korea": "North Korea (12+)", "China": "China (30)"}


def test_bars_run_from_where_one_begins_to_read() -> None:
    table = summary.tally(
        counted(KP_consistent=8, KP_impossible_short=9, CN_consistent=30, CN_impossible_short=40)
    )
    ends = {}
    for language in ("en", "ar"):
        drawn = summary.figure(table, language).decode()
        bars = re.findall(
            r'<path d="M ([\d.]+) [^"]*"[^>]*style="fill: (#b0241c|#1d5c88);[^"]*stroke: #faf8f3',
            drawn,
        )
        ends[language] = (
            [float(x) for x, colour in bars if colour == "#b0241c"],
            [float(x) for x, colour in bars if colour == "#1d5c88"],
        )
    red, blue = ends["en"]
    assert all(one < other for one, other in zip(red, blue, strict=True))
    red, blue = ends["ar"]
    assert all(one > other for one, other in zip(red, blue, strict=True))


def test_countries_stand_by_how_many_journeys_they_have_and_years_in_their_order() -> None:
    rows = counted(KP_consistent=8, CN_consistent=30)
    rows.loc[rows["countries"] == "KP", "first_year"] = 1950.0
    page = summary.page(summary.tally(rows)).decode()
    tables = page.split("</svg>")[1]
    assert tables.index("China") < tables.index("North Korea")
    assert tables.index("1944") < tables.index("1950")
    assert "–" not in tables
