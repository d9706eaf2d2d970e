"""Numbers as people say them: read as what they say, exact, about, at least or a range; else not at all."""

from __future__ import annotations

import pytest

from escape_route.formats.tables.stated import stated
from escape_route.model.said_numbers import said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("ten thousand", 10_000),
            ("a dozen", 12),
            ("half a", 0.5),
            ("two and a half", 2.5),
            ("2½", 2.5),
        ),
        *(
            ("a hundred and fifty", 150),
            ("twelve hundred", 1_200),
            ("one million two hundred thousand", 1_200_000),
        ),
        *(
            ("zwölf", 12),
            ("dreiundzwanzig", 23),
            ("zweihundertfünfzigtausend", 250_000),
            ("anderthalb", 1.5),
        ),
        *(
            ("zweieinhalb", 2.5),
            ("ein halbes Dutzend", 6),
            ("quatre-vingt-dix-sept", 97),
            ("soixante et onze", 71),
        ),
        *(
            ("deux cent cinquante", 250),
            ("trois mille", 3_000),
            ("dos mil quinientos", 2_500),
            ("treinta y cinco", 35),
        ),
        *(
            ("만 사천", 14_000),
            ("이십삼", 23),
            ("스물다섯", 25),
            ("다섯", 5),
            ("1.2만", 12_000),
            ("3천", 3_000),
        ),
        *(
            ("三百五十", 350),
            ("一万二千", 12_000),
            ("ثلاثة وعشرون", 23),
            ("مئتان وخمسون", 250),
            ("خمسة آلاف", 5_000),
        ),
    ],
)
def test_a_number_in_words_is_exact(text: str, value: float) -> None:
    number = said(text)
    assert number is not None
    assert (number.value, number.value_to, number.wording) == (value, None, "")


@pytest.mark.parametrize(
    ("text", "value", "wording"),
    [
        *(("a couple of", 2, "about"), ("une vingtaine", 20, "about"), ("수천", 2_000, "at_least")),
        *(("hundreds", 200, "at_least"), ("several", 2, "at_least"), ("ein paar", 2, "at_least")),
        *(
            ("quelques", 2, "at_least"),
            ("수십", 20, "at_least"),
            ("tens of thousands", 20_000, "at_least"),
        ),
    ],
)
def test_a_number_in_words_is_about_or_at_least(text: str, value: float, wording: str) -> None:
    number = said(text)
    assert number is not None
    assert (number.value, number.wording) == (value, wording)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        *(
            ("70-odd", 70, 80),
            ("seventy-odd", 70, 80),
            ("a hundred-odd", 100, 200),
            ("24-odd", 24, 25),
        ),
        *(
            ("treinta y pico", 30, 40),
            ("70여", 70, 80),
            ("三百余り", 300, 400),
            ("200余", 200, 300),
        ),
    ],
)
def test_what_goes_beyond_a_number_stays_below_the_next(text: str, low: float, high: float) -> None:
    number = said(text)
    assert number is not None
    assert (number.value, number.value_to, number.wording) == (low, high, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "and",
        "two three",
        "삼일",
        "three lorries",
        "1,200",
        "zwei, drei",
        "four or three",
        "x" * 61,
    ],
)
def test_what_is_no_number_or_may_be_several_is_none(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("cell", "columns"),
    [
        ("about three hundred miles", {"wording": "about", "value": "300", "unit": "mi"}),
        ("three or four days", {"value": "3", "value_to": "4", "unit": "d"}),
        (
            "about three or four days",
            {"wording": "about", "value": "3", "value_to": "4", "unit": "d"},
        ),
        ("maybe 70-odd miles", {"wording": "about", "value": "70", "value_to": "80", "unit": "mi"}),
        ("1,500 kilometres", {"value": "1500", "unit": "km"}),
        ("1.500 Kilometer", {"value": "1500", "unit": "km"}),
        ("about 1,234 miles", {"wording": "about", "value": "1234", "unit": "mi"}),
        ("1.234 kilómetros", {"value": "1234", "unit": "km"}),
        ("1 500 km", {"value": "1500", "unit": "km"}),
        ("1'500 km", {"value": "1500", "unit": "km"}),
        ("1,234 people", {"quantity": "people", "value": "1234"}),
        (",5 km", {"value": "0.5", "unit": "km"}),
        ("3 1/2 hours", {"value": "3.5", "unit": "h"}),
        ("90 min", {"value": "1.5", "unit": "h"}),
        ("90 Minuten", {"value": "1.5", "unit": "h"}),
        ("30분", {"value": "0.5", "unit": "h"}),
        ("min. 30 km", {"wording": "at_least", "value": "30", "unit": "km"}),
        ("석 달", {"value": "3", "unit": "month"}),
        ("Hunderte von Kilometern", {"wording": "at_least", "value": "200", "unit": "km"}),
        ("annähernd 300 km", {"wording": "nearly", "value": "300", "unit": "km"}),
        ("one day's walk", {"value": "1", "unit": "d"}),
        ("perhaps ten miles", {"wording": "about", "value": "10", "unit": "mi"}),
        ("half a day", {"value": "0.5", "unit": "d"}),
        ("a fortnight", {"value": "2", "unit": "week"}),
        ("a year and a half", {"value": "1.5", "unit": "year"}),
        ("about a dozen people", {"quantity": "people", "wording": "about", "value": "12"}),
        ("over 2 000", {"wording": "over", "value": "2000"}),
        ("between 30 and 40 km", {"value": "30", "value_to": "40", "unit": "km"}),
        ("zweieinhalb Jahre", {"value": "2.5", "unit": "year"}),
        ("plus de mille kilomètres", {"wording": "over", "value": "1000", "unit": "km"}),
        ("cerca de 300 millas", {"wording": "about", "value": "300", "unit": "mi"}),
        (
            "수백 리",
            {"wording": "at_least", "value": "200", "unit": "리"},
        ),  # which li or ri, its column asks
        ("사나흘", {"value": "3", "value_to": "4", "unit": "d"}),
        ("약 만 사천명", {"quantity": "people", "wording": "about", "value": "14000"}),
        ("300キロ以上", {"wording": "over", "value": "300", "unit": "km"}),
        ("حوالي مئة كم", {"wording": "about", "value": "100", "unit": "km"}),
    ],
)
def test_a_stated_number_is_taken_apart(cell: str, columns: dict[str, str]) -> None:
    assert stated(cell) == [columns]


SIXTY_OR_SEVENTY = {"wording": "about", "value": "60", "value_to": "70", "unit": "km"}


@pytest.mark.parametrize(
    ("cell", "columns"),
    [
        *(
            (each, SIXTY_OR_SEVENTY)
            for each in (
                "about sixty or seventy kilometres",
                "about 60 to 70 km",
                "I think sixty or seventy kilometres",
                "sixty or seventy km, I think",
                "60 or 70 km?",
                "it must have been 60 or 70 km",
                "it may be 60 or 70 km",
                "60 to 70 km or so",
                "ich glaube, 60 oder 70 km",
                "60 bis 70 km, glaube ich",
                "je crois que c'était 60 ou 70 km",
                "60 ou 70 km, je crois",
                "creo que 60 o 70 km",
                "60 o 70 km, más o menos",
                "아마 60~70km",
                "약 60~70km",
                "たぶん60から70キロ",
                "60から70キロだと思う",
                "أظن ستين أو سبعين كيلومترا",
                "حوالي 60 إلى 70 كم",
            )
        ),
        *(
            (each, {"wording": "over", "value": "60", "unit": "km"})
            for each in (
                "a good 60 km",
                "gut 60 km",
                "gute 60 km",
                "60 km or more",
                "une bonne soixantaine de kilomètres",
                "60km 남짓",
            )
        ),
        *(
            (each, {"wording": "nearly", "value": "70", "unit": "km"})
            for each in (
                "not quite 70 km",
                "knapp 70 km",
                "pas tout à fait 70 km",
            )
        ),
        *(
            (each, {"wording": "at_least", "value": "60", "unit": "km"})
            for each in (
                "no less than 60 km",
                "at least 60 or 70 km",
                "mindestens 60 bis 70 km",
                "I think at least 60 km",
            )
        ),
        *(
            (each, {"value": "100", "unit": "km"})
            for each in (
                "Mother always said a hundred km",
                "a hundred km, Mother said",
                "Mutter sagte immer hundert km",
                "ma mère disait toujours cent km",
                "mi madre siempre decía cien km",
                "엄마 말로는 백 km",
                "母の話では百キロ",
                "كانت أمي تقول مئة كم",
            )
        ),
        ("up to 60 or 70 km", {"wording": "up_to", "value": "70", "unit": "km"}),
        (
            "almost 60 or 70 km",
            {"wording": "almost", "value": "60", "value_to": "70", "unit": "km"},
        ),
    ],
)
def test_a_hedge_is_kept_as_the_word_that_it_means(cell: str, columns: dict[str, str]) -> None:
    assert stated(cell) == [columns]


@pytest.mark.parametrize(
    "cell",
    [
        "1,234 km",
        "1.234 miles",
        "1.500",
        "Mother never said a hundred",
        "I think",
        "60 or 70 or 80 km",
        "x" * 201,
    ],
)
def test_what_may_be_a_fraction_or_was_denied_is_not_read(cell: str) -> None:
    assert stated(cell) == []


def test_what_may_be_two_numbers_has_both() -> None:
    assert stated("이십일") == [{"value": "21"}, {"value": "20", "unit": "d"}]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        *(
            ("four to five thousand", 4_000, 5_000),
            ("between 4 and 5 thousand", 4_000, 5_000),
            ("2~3만", 20_000, 30_000),
        ),
        *(
            ("three or four hundred", 300, 400),
            ("vier bis fünftausend", 4_000, 5_000),
            ("4 à 5 mille", 4_000, 5_000),
        ),
        *(
            ("two to three hundred thousand", 200_000, 300_000),
            ("fifty to a hundred thousand", 50_000, 100_000),
        ),
        *(
            ("900 to a thousand", 900, 1_000),
            ("five to a hundred", 5, 100),
            ("five hundred to a thousand", 500, 1_000),
        ),
        *(("60 to 70", 60, 70), ("100-200", 100, 200), ("5-1000", 5, 1_000)),
    ],
)
def test_thousands_that_are_told_with_the_last_of_a_range_are_those_of_the_first(
    text: str, low: float, high: float
) -> None:
    number = said(text)
    assert number is not None
    assert (number.value, number.value_to) == (low, high)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("4-5000 km", "4000"),
        ("8-12,000 km", "8000"),
        ("2-300 miles", "200"),
        ("5-6,500 km", "5000"),
    ],
)
def test_a_range_in_figures_whose_thousands_may_be_left_out_has_two_meanings(
    text: str, low: str
) -> None:
    assert [each["value"] for each in stated(text)] == [text[0], low]


@pytest.mark.parametrize(
    "text", ["-5 km", "−5 km", "half of 600 km", "12k km", "12 Tkm", "1 km + 2 km"]
)
def test_what_is_only_partly_a_number_is_not_read(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "wording", "value"),
    [
        *(("300+ km", "at_least", "300"), (">300 km", "over", "300"), ("≤ 300 km", "up_to", "300")),
        *(("some hundreds of km", "at_least", "200"), ("des centaines de km", "at_least", "200")),
    ],
)
def test_signs_and_vague_hundreds_are_qualifiers(text: str, wording: str, value: str) -> None:
    assert stated(text) == [{"wording": wording, "value": value, "unit": "km"}]


def test_a_unit_that_is_told_with_both_ends_is_one() -> None:
    assert stated("from 300 km to 400 km") == [{"value": "300", "value_to": "400", "unit": "km"}]


def hours(low: float, high: float | None = None, unit: str = "h") -> dict[str, str]:
    """Columns of a time."""
    return {"value": f"{low:g}", **({"value_to": f"{high:g}"} if high else {}), "unit": unit}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        *(
            (each, hours(1.5, 2))
            for each in (
                "an hour and a half, two hours",
                "an hour and a half to two hours",
                "between an hour and a half and two hours",
                "anderthalb Stunden bis zwei Stunden",
                "anderthalb, zwei Stunden",
                "une heure et demie, deux heures",
                "una hora y media o dos horas",
                "한 시간 반에서 두 시간",
                "一時間半から二時間",
                "ساعة ونصف أو ساعتين",
            )
        ),
        *(
            (each, hours(6, 6.5))
            for each in ("six hours, six and a half", "sechs Stunden, sechseinhalb")
        ),
        *(
            (each, hours(6, 7))
            for each in (
                "six hours, no, seven hours",
                "seven hours, no, six",
                "sechs Stunden, nein, sieben",
                "six heures, non, sept",
                "seis horas, no, siete",
                "여섯 시간, 아니 일곱 시간",
                "여섯 시간 아니면 일곱 시간",
                "六時間、いや七時間",
            )
        ),
        *(
            (each, hours(5, 6, "d"))
            for each in (
                "five days, maybe six",
                "five, perhaps six days",
                "fünf Tage, vielleicht sechs",
                "cinq jours, peut-être six",
                "cinco días, quizás seis",
                "닷새, 아마 엿새",
                "五日か六日",
                "خمسة أيام، ربما ستة",
            )
        ),
        *(
            (each, hours(3, unit="d"))
            for each in (
                "three days without getting out of the bus",
                "drei Tage ohne auszusteigen",
                "trois jours sans descendre du bus",
                "tres días sin bajar del autobús",
                "버스에서 내리지 않고 사흘",
                "ثلاثة أيام بلا نزول",
            )
        ),
        ("a week or ten days", hours(7, 10, "d")),
        ("three-quarters of an hour, an hour", None),
        ("45 minutes to an hour", hours(0.75, 1)),
        ("4h30", hours(4.5)),
        ("4 h 30 min", hours(4.5)),
        ("two hours twenty minutes", hours(2.33)),
        ("하루 반", hours(1.5, unit="d")),
        ("ein halber Tag", hours(0.5, unit="d")),
        ("يومان ونصف", hours(2.5, unit="d")),
        ("toute la nuit", hours(1, unit="night")),
        ("300 ± 50 km", hours(250, 350, "km")),
        ("400-300 km", hours(300, 400, "km")),
        ("12,000 km (7,456 miles)", hours(12000, unit="km")),
        ("40 milles nautiques", hours(40, unit="nmi")),
        ("5, 6 km", hours(5, 6, "km")),
        # below, on and above: a margin as large as its number, units that lie far apart, what is a
        # rate or a denial
        ("50 ± 50 km", None),
        ("50 ± 300 km", None),
        ("120-30 km", None),
        ("1, 200 km", None),
        ("three hours, two days", None),
        ("12,000 km (5,000 miles)", None),
        ("20 km per day", None),
        ("20 km pro Tag", None),
        ("zwei von drei Tagen", None),
        ("an hour, no, less", None),
        ("1945, 1946", None),
        ("4:30", None),
        ("six hours, " * 18, None),
        ("from 1 to " * 20, None),
    ],
)
def test_a_number_that_is_told_twice_or_among_other_words_is_one(
    text: str, columns: dict[str, str] | None
) -> None:
    assert stated(text) == ([] if columns is None else [columns])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cent soixante", 160),
        ("cent six", 106),
        ("deux cent seize", 216),
        ("deux cents", 200),
        ("cent un", 101),
    ],
)
def test_a_hundred_before_a_word_with_s_is_no_plural(text: str, number: int) -> None:
    told = said(text)
    assert told is not None
    assert (told.value, told.value_to) == (number, None)
