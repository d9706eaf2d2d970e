"""What rests on which account, and where in it: one interview is one account, and a statement has its page."""

from __future__ import annotations

import pytest

from documents import claim, content, journey, leg, waypoint
from escape_route.errors import JourneyFileError
from escape_route.formats import format_named, geojson, linked_places, writer
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import xlsx
from escape_route.language.catalogues import Words
from escape_route.language.radii import within
from escape_route.model import read
from escape_route.model.published import Published
from escape_route.model.vocabulary import Status
from escape_route.protection.protect import protect
from escape_route.publish.page import page
from escape_route.publish.report import document, terminal
from making import reported
from test_languages import document as told_in

INTERVIEW = """\
name_en,lat,lon,precision,role,mode,status,sources,sources_at,narration_en,narration_en_sources,narration_en_at
Vienna,48.2,16.4,city,start,,,,00:14:32,She left.,I,00:15:00
Linz,48.3,14.3,city,reached,rail,{status},,,,,

[journey]
title_en,A way
summary_en,A way.
outcome,reached

[sources]
id,title
I,Interview of 1996
{more}
[claims]
id,quantity,value,unit,from,to,sources,sources_at
d,distance,200,km,Vienna,Linz,,00:20:10
"""


def interview(status: str = "", more: str = "") -> str:
    return INTERVIEW.format(status=status, more=more)


def test_a_journey_of_one_source_rests_on_one_account() -> None:
    told = csv_tables.read(interview().encode(), "way.csv").journey
    assert [(each.status, each.sources) for each in told.waypoints] == [(Status.SINGLE, ("I",))] * 2
    assert told.waypoints[1].modes[0].status is Status.SINGLE
    assert told.claims[0].sources == ("I",)


def test_what_is_our_inference_needs_no_source() -> None:
    told = csv_tables.read(interview("our inference").encode(), "way.csv").journey
    assert (told.waypoints[1].status, told.waypoints[1].sources) == (Status.INFERRED, ())


def test_of_two_sources_none_is_guessed() -> None:
    with pytest.raises(
        JourneyFileError, match=r"rows 2 and 3, column H \(sources\): empty"
    ) as caught:
        csv_tables.read(interview(more="L,A letter\n").encode(), "way.csv")
    assert "column I (sources_at): a place, and no source is cited (" in str(caught.value)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("one account", Status.SINGLE),
        ("Several accounts", Status.REPORTED),
        ("accounts differ", Status.CONFLICT),
        ("our inference", Status.INFERRED),
        ("single", Status.SINGLE),
    ],
)
def test_a_table_says_how_well_something_stands_in_words(words: str, status: Status) -> None:
    assert (
        csv_tables.read(interview(words).encode(), "way.csv").journey.waypoints[1].status is status
    )


def test_an_id_that_nobody_typed_is_said_as_the_name() -> None:
    with pytest.raises(JourneyFileError, match="Viena") as caught:
        csv_tables.read(interview().replace("Vienna,Linz,,", "Viena,Linz,,").encode(), "way.csv")
    assert '"Vienna"' in str(caught.value)
    assert "w1" not in str(caught.value)


def test_where_in_a_source_is_kept_by_every_format_of_ours() -> None:
    told = csv_tables.read(interview().encode(), "way.csv").journey
    assert told.waypoints[0].sources_at == {"I": "00:14:32"}
    assert told.waypoints[0].narration["en"][0].sources_at == {"I": "00:15:00"}
    assert told.claims[0].sources_at == {"I": "00:20:10"}
    again = [
        geojson.read(geojson.to_bytes(told), "way.geojson").journey,
        csv_tables.read(csv_tables.write(Published(told)).content, "way.csv").journey,
        xlsx.read(xlsx.write(Published(told)).content, "way.xlsx").journey,
    ]
    assert [each == told for each in again] == [True, True, True]


def test_a_place_in_a_source_that_is_not_cited_is_told() -> None:
    told = told_in("de")
    told["features"][0]["properties"]["sources_at"] = {"B": "p. 3"}  # type: ignore[index]
    with pytest.raises(JourneyFileError, match=r'sources_at: "B" is not cited here'):
        read.read(content(told))


def test_two_places_in_the_only_source_are_both_of_it() -> None:
    told = csv_tables.read(
        interview().replace(",00:14:32,", ",p. 1; p. 2,").encode(), "way.csv"
    ).journey
    assert "p. 1; p. 2" in {place for each in told.waypoints for place in each.sources_at.values()}


@pytest.mark.usefixtures("undrawn")
def test_where_in_a_source_stands_beside_its_number() -> None:
    told = csv_tables.read(interview().encode(), "way.csv").journey
    found = reported(protect(told).journey)
    shown = page.build([found])
    assert ">1, 00:15:00</a>" in shown
    assert ">1, 00:20:10</a>" in shown
    assert r"\[1, 00:20:10\]" in document.render(found, document.Kind.MARKDOWN).decode()
    assert "[1, 00:20:10]" in document.render(found, document.Kind.HTML).decode()


@pytest.mark.usefixtures("undrawn")
def test_where_in_its_sources_a_place_or_a_leg_stands_is_shown_beside_its_certainty() -> None:
    letter, talk = (
        {"id": each, "title": title, "url": None}
        for each, title in (("A", "A letter"), ("B", "A talk"))
    )
    told = read.read(
        content(
            journey(
                waypoint(0, sensitivity=0, sources_at={"A": "p. 12"}),
                waypoint(
                    1,
                    sensitivity=0,
                    sources=["A", "B"],
                    sources_at={"A": "fol. 3v", "B": "00:14:32"},
                ),
                waypoint(2, sensitivity=0, sources=["B"]),
                leg(sources=["B"], sources_at={"B": "00:20:00"}),
                sources=[letter, talk],
            )
        )
    )
    found = reported(protect(told).journey)
    shown = page.build([found])
    assert [part in shown for part in (">1, p. 12</a>", ">1, fol. 3v</a>", ">2, 00:14:32</a>")] == [
        True
    ] * 3
    assert ">2, 00:14:32; 00:20:00</a>" in shown  # of the leg: its end and its line
    markdown = document.render(found, document.Kind.MARKDOWN).decode()
    assert r"\[1, p. 12; fol. 3v\]\[2, 00:14:32; 00:20:00\]" in markdown
    published = Published(told)
    assert '"A letter, fol. 3v"' in linked_places.write(published).content.decode()
    assert (
        '"A talk, 00:14:32"'
        in writer(format_named("annotations")).write(published).content.decode()
    )


def test_where_in_its_source_a_number_stands_is_said_on_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = read.read(content(journey(claims=[claim(sources_at={"A": "p. 40"})])))
    terminal.show([reported(told)])
    assert "[A, p. 40]" in capsys.readouterr().out


@pytest.mark.parametrize(("told_m", "said"), [(80_467.2, "100 km"), (200_000, "250 km")])
def test_a_radius_that_is_made_coarser_is_a_step_of_the_ladder(told_m: float, said: str) -> None:
    told = told_in("de")
    properties = told["features"][0]["properties"]  # type: ignore[index]
    properties |= {"sensitivity": 2, "precision": "region", "coordinateUncertaintyInMeters": told_m}
    (place, _) = protect(read.read(content(told))).journey.waypoints
    assert place.uncertainty_m is not None
    assert place.uncertainty_m > told_m
    assert within(place, Words()) == f"somewhere within {said}"
