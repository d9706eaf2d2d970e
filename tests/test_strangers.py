"""Invented interviews as people type them who were told nothing: nobody's words, one round of errors."""

from __future__ import annotations

import pytest

from escape_route.errors import JourneyFileError
from escape_route.formats.tables import csv as csv_tables
from escape_route.geography.gazetteer import GeoNames
from escape_route.model import somewhere
from escape_route.model.locate import by_name, resolve

#: Vienna to New York by way of Lisbon, 1938 to 1941: German, French and Spanish names, seasons,
#: stays.
BY_LISBON = """place,country,role,date,transport,stay,sources
Wien,Austria,start,March 1938,,,i1
Köln,Germany,stop,autumn 1938,train,some days,i1
the border near Aachen,Germany,crossing,December 1938,on foot at night,one night,i1
Brüssel,Belgium,stop,winter 1938/39,train,a year and a half,i1
Dunkirk,France,passed,May 1940,on foot and by cart,,i1
Toulouse,France,stop,June 1940,train,six weeks,i1
Gurs camp,France,stop,summer 1940,truck,about 4 months,i1
Marseilles,France,stop,winter 1940/41,train,ten weeks,i1
over the Pyrenees near Banyuls,France,crossing,early spring 1941,walked all night,12 hours,i1
Figueras,Spain,stop,March 1941,on foot,a night in jail,i1
Lissabon,Portugal,stop,April 1941,train,two or three months,i1
New York,USA,end,"10th of July, 1941",ship,,i1

[journey]
title,Vienna to Lisbon
summary,Told by one; invented.
people,three
outcome,arrived

[sources]
id,title
i1,Interview 1985

[claims]
quantity,value,unit,from,to,sources
distance,20 kilometres,,over the Pyrenees near Banyuls,Figueras,i1
duration,three years and four months,,Wien,New York,i1
"""
#: Out of Vietnam by boat, 1979: a two-figure year, Tết, a direction at sea, one of two towns.
BY_BOAT = """place,country,role,date,transport,stay,sources
Sài Gòn,Vietnam,start,Tết 1979,,,i1
My Tho,Vietnam,stop,"March '79",bus,four days,i1
an islet near Rach Gia,Vietnam,stop,end of March 1979,sampan,2 nights,i1
"the Gulf of Siam, about 80 miles south west of Rach Gia",,stop,April 1979,fishing boat,5 days & nights,i1
Ko Kra,Thailand,stop,April 1979,drifting,nearly a week,i1
Songkla,Thailand,stop,May 1979,coast guard boat,3 weeks,i1
Songkhla camp,Thailand,stop,May 1979,truck,seven months,i1
Bangkok or Phanat Nikhom,Thailand,stop,around Christmas 1979,bus,a couple of weeks,i1
Bangkok,Thailand,passed,Jan 1980,bus,,i1
"San Francisco",USA,passed,January 1980,plane,,i1
Camp Pendleton,USA,stop,January 1980,bus,two months,i1
"Westminster, California",USA,reached,spring 1980,by car,,i1

[journey]
title,Out of Rach Gia
summary,Told by one; invented.
people,sixty-two
outcome,arrived

[sources]
id,title
i1,Interview 2009

[claims]
quantity,value,unit,from,to,sources
distance,maybe 300 miles,,an islet near Rach Gia,Ko Kra,i1
duration,five days and nights,,an islet near Rach Gia,Ko Kra,i1
people,sixty-two,,an islet near Rach Gia,Ko Kra,i1
"""


def test_an_interview_is_read_in_no_round_of_errors_and_nothing_is_lost_without_a_line() -> None:
    loaded = csv_tables.read(BY_LISBON.encode(), "lisbon.csv")
    found = resolve(by_name(loaded.journey).journey, GeoNames())
    journey, words = somewhere.drawn(found.journey, found.elsewhere)
    drawn = [each.label is not None or bool(each.footprints) for each in journey.waypoints]
    assert drawn == [True] * 12
    assert {each.split('"')[1] for each in (*found.chosen, *words)} >= {
        "Wien",
        "Lissabon",
        "New York",
        "Gurs camp",
    }
    stays = [
        each.stay and (each.stay.value, each.stay.value_to, each.stay.unit)
        for each in journey.waypoints
    ]
    assert stays[3] == (1.5, None, "year")
    assert stays[10] == (2, 3, "month")
    assert stays[9] == (1, None, "night")  # in jail
    assert (loaded.journey.claims[1].value, loaded.journey.claims[1].unit) == (40, "month")


def test_an_interview_with_words_that_mean_several_is_read_after_one_round() -> None:
    with pytest.raises(JourneyFileError) as caught:
        csv_tables.read(BY_BOAT.encode(), "boat.csv")
    told = [str(each) for each in caught.value.problems]
    assert [each.partition(" is not known here")[0].rpartition(": ")[2] for each in told] == [
        '"sampan"',
        '"coast guard boat"',
    ]
    assert 'did you mean "boat_along" or "boat_across" or "sea"?' in told[1]
    mended = BY_BOAT.replace("coast guard boat", "sea").replace("sampan", "boat_along")
    found = resolve(
        by_name(csv_tables.read(mended.encode(), "boat.csv").journey).journey, GeoNames()
    )
    (line,) = [each for each in found.chosen if "Gulf of Siam" in each]
    assert "a quarter more than what was told, within 45° of the direction south-west" in line
    (line,) = [each for each in found.chosen if "Phanat Nikhom" in each]
    assert line.endswith(
        "drawn as the discs of Bangkok, Thailand or Phanat Nikhom, Thailand (which of them it was is not known)"
    )
