"""Rules that the readers of `formats` look for: a file that breaks one of them cannot be used as it is."""

from __future__ import annotations

from escape_route.lint.rules import Severity, reading_rule

reading_rule(
    "unreadable",
    "The file is not there, is empty, or is not what its ending says.",
    "Nothing more can be said of a file that cannot be parsed. Save it as UTF-8, and look at the place that is named.",
)
reading_rule(
    "not-geojson",
    "The file is JSON but breaks RFC 7946.",
    "Other programs refuse such a file or read something else in it.",
)
reading_rule(
    "not-a-journey",
    "The file holds no journey: no member `journey`, or no waypoint.",
    "Any GeoJSON file has shapes; a journey also has a title, sources and an order. See geo/README.md.",
)
reading_rule(
    "newer-format",
    "A later escape-route wrote the file, in a format that this one does not know.",
    "What it says there could be read wrongly. A newer program reads it; files without a number are read for ever.",
)
reading_rule(
    "missing-value",
    "A value that every journey needs is missing.",
    "Without it something would have to be guessed, and nothing is guessed here.",
)
reading_rule(
    "wrong-value",
    "A value is not of the kind or range that its place asks for.",
    "The message says what was found and what may stand there.",
)
reading_rule(
    "misspelt-member",
    "A member's name is unknown, and close to a known one.",
    "It would be passed over in silence. A member of your own may have any name that is not so close.",
)
reading_rule(
    "unknown-name",
    "A source, waypoint or footprint is named that is not there.",
    "Footprints are country:XX, border:XX-YY, river:NAME and their like, as the base geography holds them.",
)
reading_rule(
    "same-id-twice",
    "Two things of one kind have the same id.",
    "Whoever refers to it could mean either.",
)
reading_rule(
    "wrong-order",
    "Something comes before what it should follow.",
    "Waypoints stand in travel order, a start is the first of them, a claim or a track leads from earlier to later.",
)
reading_rule(
    "contradiction",
    "Two values exclude each other.",
    "A place is a disc or a footprint or a drawn shape, and a withheld place is none of them.",
)
reading_rule(
    "without-source",
    "A claim or a place names no source.",
    "What nobody stated cannot be weighed. What is your own inference has the status inferred and needs none.",
)
reading_rule(
    "wrong-date",
    "A date is not one that EDTF knows.",
    "Such as 2019, 2019-12, 2008~ (about), 2008? (uncertain), 2019-05/2019-08, ../2019, -0044. 30 February is none.",
)
reading_rule(
    "swapped-order",
    "Longitude and latitude are swapped.",
    "GeoJSON, and everything here, has longitude first. The point is outside the Earth, or outside its stated "
    "country, and the other way round it fits.",
)
reading_rule(
    "outside-country",
    "A place lies outside the country that `within` says it lies in.",
    "It would be no place at all. Borders are those of Natural Earth at 1:10m, with 0.02 degrees of slack.",
)
reading_rule(
    "broken-shape",
    "A drawn shape crosses itself, or has too few points.",
    "Its inside is then anybody's guess. Draw it anew.",
)
reading_rule(
    "file-advice",
    "The file holds what its format advises against.",
    "It is read all the same. In GeoJSON: a ring that does not follow the right-hand rule, a position of more than "
    "three numbers (RFC 7946, sections 3.1.1 and 3.1.6). In a spreadsheet: a column that is not known and not read, a "
    "row with a name and no coordinates, which `escape-route import` looks up.",
    Severity.WARNING,
)
