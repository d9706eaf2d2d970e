"""Dates as people tell them, in several languages and calendars: read right, or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escape_route.language.catalogues import Words, languages
from escape_route.language.whens import in_words
from escape_route.model import calendars, date_steps
from escape_route.model.dates import is_date
from escape_route.model.told_dates import each_way, meanings, ways
from strategies import DATES

TOLD = {
    "1945-21": "spring 1945|in the spring of 1945|Frühjahr 1945|Frühling 1945|printemps 1945|"
    "primavera de 1945|1945년 봄|весной 1945 года",
    "1945-37": "early 1945|the beginning of 1945|Anfang 1945|début 1945|1945년 초|principios de 1945",
    "1945-38": "mid-1945|mid 1945|Mitte 1945|mi-1945|1945년 중반",
    "1945-39": "late 1945|the end of 1945|Ende 1945|fin 1945|1945년 말",
    "1940-02-21/1940-02-29": "end of February 1940|late February 1940|Ende Februar 1940|fin février 1940|1940년 2월 말",
    "1941-02-21/1941-02-28": "end of February 1941|1941년 2월 말",
    "1944-06-11/1944-06-20": "mid-June 1944|Mitte Juni 1944|mi-juin 1944|1944년 6월 중순",
    "[..1944]": "before 1945|vor 1945|avant 1945|1945년 전|до 1945",
    "[1946..]": "after 1945|nach 1945|après 1945|1945년 후|1945年より後",
    "../1945-05": "until May 1945|bis Mai 1945|jusqu'en mai 1945|1945년 5월까지",
    "1945-05/..": "since May 1945|seit Mai 1945|depuis mai 1945|1945년 5월부터",
    "[..1944-12]": "before January 1945|vor Januar 1945",
    "[..1945-02-28]": "before 1 March 1945|vor dem 1. März 1945",
    "194X": "the 1940s|1940s|die 1940er Jahre|1940er|les années 1940|1940년대|1940年代",
    "1940/1943~": "early 1940s|Anfang der 1940er Jahre|1940년대 초",
    "1940-12/1941-02": "winter 1940/41|winter 1940-41|Winter 1940/41|hiver 1940-1941|1940/41년 겨울",
    "1940-24": "winter 1940|Winter 1940|hiver 1940|1940년 겨울",
    "[1941,1942]": "1941 or 1942|1941 oder 1942|1941 ou 1942|1941년 또는 1942년",
    "1941/1942": "from 1941 to 1942|1941–1942|von 1941 bis 1942|de 1941 à 1942|"
    "1941년부터 1942년까지|between 1941 and 1942",
    "1944-05/1944-08": "May to August 1944|between May and August 1944|Mai bis August 1944|de mai à août 1944",
    "1945-05-05/1945-05-07": "5 to 7 May 1945|5. bis 7. Mai 1945",
    "1944-12-24/1944-12-26": "Christmas 1944|Weihnachten 1944|Noël 1944|1944년 크리스마스|성탄절 1944",
    "1945-03-30/1945-04-02": "Easter 1945|at Easter 1945|Ostern 1945|an Ostern 1945|Pâques 1945|à Pâques 1945|"
    "1945년 부활절",
    "1945-03-30~/1945-04-02~": "around Easter 1945|um Ostern 1945|vers Pâques 1945|1945년 부활절 무렵",
    "1945-04-01": "Easter Sunday 1945|Ostersonntag 1945|dimanche de Pâques 1945",
    "1945-05-04/1945-05-07": "Orthodox Easter 1945|Пасха 1945|Pâques orthodoxes 1945",
    "1945-05-20/1945-05-21": "Whitsun 1945|Pentecost 1945|Pfingsten 1945|la Pentecôte 1945|1945년 성령강림절",
    "1945-03-30": "Good Friday 1945|Karfreitag 1945|Vendredi saint 1945|1945년 성금요일",
    "1945-05-10": "Ascension Day 1945|Christi Himmelfahrt 1945|Ascension 1945",
    "1944-12-31": "New Year's Eve 1944|Silvester 1944|la Saint-Sylvestre 1944",
    "1944-12-31/1945-01-01": "turn of the year 1944/45|Jahreswechsel 1944/45",
    "1950-08-01/1950-09-22": "late summer 1950|in the late summer of 1950|end of summer 1950|Spätsommer 1950|"
    "Ende des Sommers 1950|fin de l'été 1950|1950년 늦여름",
    "1950-06-01/1950-07-21": "early summer 1950|Frühsommer 1950|début de l'été 1950|1950년 초여름",
    "1944-11-01/1944-12-20": "late autumn 1944|Spätherbst 1944|fin de l'automne 1944|1944년 늦가을",
    "1944-12-01/1945-01-20": "early winter 1944|early winter 1944/45",
    "1945-02-01/1945-03-20": "late winter 1944/45|Spätwinter 1944/45|fin de l'hiver 1944/45",
    "1945-05-08/1945-05-14": "second week of May 1945|2nd week of May 1945|zweite Maiwoche 1945|"
    "zweite Woche im Mai 1945|in der zweiten Maiwoche 1945|deuxième semaine de mai 1945|1945년 5월 둘째 주",
    "1945-05-25/1945-05-31": "last week of May 1945|letzte Maiwoche 1945|dernière semaine de mai 1945|"
    "1945년 5월 마지막 주",
    "1945-05-07/1945-05-13": "the week of 7 May 1945",
    "../1945-05-31": "until the end of May 1945|bis Ende Mai 1945|jusqu'à la fin de mai 1945|1945년 5월 말까지",
    "[..1945-05]": "by May 1945|not later than May 1945|spätestens Mai 1945|au plus tard en mai 1945",
    "1944-21/1945-05": "from spring 1944 until May 1945|vom Frühjahr 1944 bis Mai 1945",
    "1945~": "c 1945|c. 1945|ca. 1945|about 1945|um 1945|vers 1945|1945년경",
    "1941/1942 ": "1941/42|im Jahr 1941/42|1941/42년",
    "1944-01/1944-06": "first half of 1944|erste Hälfte 1944|1944년 상반기|première moitié de 1944",
    "18XX": "19th century|the 19th century|19. Jahrhundert|19e siècle|19세기",
    "1945?": "probably 1945|vermutlich 1945|peut-être 1945|아마 1945년",
    "1944-23 ": "à l'automne 1944|im Herbst 1944|1944년 가을에",
    "1945-21 ": "au printemps 1945",
    "1945-01": "Jänner 1945|Januar 1945|janvier 1945|1945년 1월",
    "1914/1918": "1914-18|1914–18|1914~18년",
    "1943-04-19%/1943-04-27": "Passover 1943|Pessach 1943|Pâque juive 1943",
    "1942-09-20%/1942-09-21": "Yom Kippur 1942|Jom Kippur 1942",
    "[1940-12-01..1941-02-28,1941-03-01..1941-05-31]": "winter 1940/41, or it may have been the spring|"
    "Winter 1940/41, vielleicht auch im Frühjahr|hiver 1940-41, ou peut-être au printemps",
    "1945/.. ": "1945 or later|1945 oder später|1945 ou plus tard|not before 1945|pas avant 1945|빨라야 1945년",
    "[..1945]": "1945 or earlier|no later than 1945|1945 at the latest|bis spätestens 1945|늦어도 1945년까지",
    "1945-03/1945-04": "1945년 3, 4월|March & April 1945",
    "1945-05 ": "1945. 5.|one day in May 1945|1945년 5월 어느 날",
    "1945-05-05T03:00:00": "1945-05-05 03:00",
    "1945-08-15 ": "1945년 광복절|Mariä Himmelfahrt 1945",
    "1945": "2488 BE|B.E. 2488|พ.ศ. 2488|불기 2489|Juche 34|주체 34년|주체34(1945)년|Juche 34 (1945)|昭和20年|"
    "쇼와 20년|١٩٤٥",
    "1945-08-15": "주체34(1945)년 8월 15일|단기 4278년 8월 15일|昭和20年8月15日|1945. 8. 15.|"
    "15-Aug-1945|15 August 2488 BE",
    "1932-04/1933-03": "2475 BE",  # Thai years began in April
    "1933-02": "February 2475 BE",
    "1940-04/1940-12": "พ.ศ. 2483",
    "1945-09-20": "음력 1945년 8월 15일|1945년 음력 8월 15일|1945년 8월 15일(음력)",
    "1944-05-24": "음력 1944년 윤4월 3일",
    "1945-09-19/1945-09-21": "1945년 추석|Chuseok 1945",
    "1945-02-12/1945-02-14": "1945년 설날|Lunar New Year 1945",
    "1945-08-09/1945-09-09": "Ramadan 1945|Ramadan 1364 AH|ramadan 1945|im Ramadan 1945|1945년 라마단",
    "1945-02-14/1945-03-31": "Lent 1945|Fastenzeit 1945|Carême 1945|1945년 사순절",
    "1944-12-03/1944-12-24": "Advent 1944|l'Avent 1944",
    "1946-04-28~": "a week after Easter 1946|eine Woche nach Ostern 1946|une semaine après Pâques 1946|"
    "1946년 부활절 일주일 후",
    "1946-04-23/1946-04-29~": "the week after Easter 1946|die Woche nach Ostern 1946",
    "1945-05-11": "three days after 8 May 1945|drei Tage nach dem 8. Mai 1945|trois jours après le 8 mai 1945|"
    "1945년 5월 8일 사흘 후",
    "1945-04-08": "the Sunday after Easter 1945",
    "1944-12-10~/1944-12-23": "shortly before Christmas 1944|kurz vor Weihnachten 1944|peu avant Noël 1944|"
    "1944년 성탄절 직전",
    "1945-05-06/1945-05-12~": "a few days after 5 May 1945|ein paar Tage nach dem 5. Mai 1945|1945년 5월 5일 며칠 후",
    "[..1945-02]": "before spring 1945|vor dem Frühjahr 1945|avant le printemps 1945",
    "1945-05-11/1945-05-12": "11-12 May 1945|11./12. Mai 1945",
    "1945-05-05/1945-05-07 ": "5-7 May 1945|May 5-7, 1945|5.-7. Mai 1945|du 5 au 7 mai 1945|1945년 5월 5일~7일|"
    "1945년 5월 5일부터 7일까지|5 a 7 de mayo de 1945|del 5 al 7 de mayo de 1945",
    "1945-05/1945-06": "May/June 1945|Mai/Juni 1945|mai-juin 1945|1945년 5~6월|1945년 5월에서 6월 사이",
    "[1945-05,1945-06]": "May or June 1945|Mai oder Juni 1945|mai ou juin 1945|1945년 5월이나 6월|1945년 5월 또는 6월",
    "[1945-03-01..1945-05-31,1945-06-01..1945-08-31]": "spring or summer 1945|au printemps ou à l'été 1945|"
    "1945년 봄이나 여름",
    "[1944-09-01..1944-12-31,1945-01-01..1945-04-30]": "late 1944 or early 1945|fin 1944 ou début 1945",
    "1944-39/1945-37": "Ende 1944/Anfang 1945|1944년 말에서 1945년 초",
    "[1939-12-01..1940-02-29,1940-03-01..1940-05-31]": "winter 1939-40 or spring 1940|"
    "in the winter of 1939-40 or the spring of 1940|Winter 1939/40 oder Frühling 1940",
    "[1941-09-01..]": "after 31 August 1941|after the end of August 1941|nach Ende August 1941|after late August 1941",
    "1941-09-01/..": "since 1 September 1941",
    "1941-09/..": "since September 1941|1941年9月以降",
    "[1941-09..]": "after August 1941",
    "[1944-12-24..1944-12-26,1945-03-30..1945-04-02]": "Christmas 1944 or Easter 1945",
    "1944-12/1945-02": "December 1944 to February|1944년 12월에서 2월 사이|winter 1944/45",
    "1914~/1918~": "circa 1914-1918|c. 1914-18",
    "1945-03~/1945-05~": "ca. spring 1945|um Frühjahr 1945|vers le printemps 1945|1945년 봄쯤",
    "1944-05-01 ": "1.5.1944|01.05.1944|1. 5. 1944",  # with dots no language has the month first
    "1945%": "c. 1945?",
    "1917-02-14/1917-03-13": "February 1917 O.S.",
    "1917-11-07": "25 October (7 November) 1917|25 October/7 November 1917|7 November 1917 N.S.",
    "1945-03-21/1946-03-20": "1324 SH",
    "1945-01/1945-03": "first quarter of 1945|Q1 1945|erstes Quartal 1945|premier trimestre 1945|1945년 1분기",
    "1945-05-01/1945-05-15": "first half of May 1945|erste Maihälfte 1945|première quinzaine de mai 1945",
    "1944-12/1945-12": "1364 AH|AH 1364",
    "1917-03-14": "1 March 1917 O.S.|1 March 1917 (Julian)|1. März 1917 alten Stils|1er mars 1917 ancien style",
    "1915-12-05": "5 December 1915|December 5, 1915|5. Dezember 1915|5 décembre 1915|le 5 décembre 1915|"
    "1915년 12월 5일|"
    "1915年12月5日|5 grudnia 1915|5 декабря 1915 г.",
    "2020-05": "May 2020|Mai 2020|mai 2020|2020년 5월|mayo de 2020|май 2020",
}  # fmt: skip
SPELLINGS = [(text, edtf) for edtf, texts in TOLD.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "edtf"), SPELLINGS, ids=[text for text, _ in SPELLINGS])
def test_a_date_is_read_as_it_was_told(text: str, edtf: str) -> None:
    assert meanings(text) == (edtf.strip(),)


@pytest.mark.parametrize("shift", [0, 1, 29, 1_000])
def test_a_year_of_another_era_is_counted_from_its_beginning(shift: int) -> None:
    assert meanings(f"{2484 + shift} BE") == (str(1941 + shift),)
    if shift < 1_000:
        assert meanings(f"Juche {1 + shift}") == (str(1912 + shift),)


_BEFORE_EASTER = (
    "../1945-22",
    "1945-03-29/1945-22",
)  # a beginning before something has no place in EDTF


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("12/05/1915", ("1915-05-12", "1915-12-05")),
        ("5-12-1915", ("1915-12-05", "1915-05-12")),
        ("December or January 1945", ("[1944-12,1945-01]", "[1945-01,1945-12]")),
        ("1940年から1941年の冬", ("1940/1941-24", "1940-12/1941-02")),
        ("1945년 이전", ("[..1944]", "[..1945]")),  # with that year itself, in the dictionary
        ("1945년 이후", ("[1946..]", "1945/..")),
        (
            "5. listopad 1915",
            ("1915-10-05", "1915-11-05"),
        ),  # October to Croats, November to Czechs and Poles
        (
            "late winter 1944",
            ("1944-02-01/1944-03-20", "1945-02-01/1945-03-20"),
        ),  # of 1943/44, or of 1944/45
        ("1945-6", ("1945/1946", "1945-06")),
        ("winter 44/45", ("1944-12/1945-02", "1844-12/1845-02")),
        ("1911/12", ("1911/1912", "1911-12")),
        ("2003\u201309", ("2003/2009", "2003-09")),
        ("1941/45", ("1941/1945", "[1941,1945]")),
        ("December to February 1945", ("1944-12/1945-02", "1945-12/1946-02")),
        (
            "between Christmas and New Year 1944",
            ("1943-12-24~/1944-01-01", "1944-12-24~/1945-01-01"),
        ),
        (
            "around the turn of the year 1945",
            ("1944-12-31~/1945-01-01~", "1945-12-31~/1946-01-01~"),
        ),
        ("Ramadan 1364", ("1364-06-09/1364-07-10", "1945-08-09/1945-09-09")),
        ("Eid 1945", ("1945-09-08%/1945-09-12", "1945-11-15%/1945-11-20")),
        ("Sonntag, 7. Mai 1945", ("1945-05-07", "1945-05-06")),  # it was a Monday
        ("the forties", ("194X", "184X")),
        ("Herbst 44", ("1944-23", "1844-23")),
        ("midsummer 1945", ("1945-06-20/1945-06-26", "1945-07-01/1945-08-22")),
        ("5 May 45", ("1945-05-05", "1845-05-05")),
        ("Bayram 1992", ("1992-04-03%/1992-04-07", "1992-06-10%/1992-06-15")),
        ("in den 40er Jahren", ("194X", "184X")),
        ("Ende der 30er", ("1937~/1939", "1837~/1839")),
        ("before Easter 1945 to summer 1945", _BEFORE_EASTER),
        ("from before Easter 1945 until summer 1945", _BEFORE_EASTER),
        ("before Easter 1945 - summer 1945", _BEFORE_EASTER),
        ("before Easter to summer 1945", _BEFORE_EASTER),
        ("vor Ostern 1945 bis Sommer 1945", _BEFORE_EASTER),
        ("von vor Ostern 1945 bis Sommer 1945", _BEFORE_EASTER),
        ("avant Pâques 1945 jusqu'à l'été 1945", _BEFORE_EASTER),
        ("avant Pâques 1945 à l'été 1945", _BEFORE_EASTER),
        ("antes de Pascua 1945 hasta verano 1945", _BEFORE_EASTER),
        ("1945년 부활절 전부터 1945년 여름까지", _BEFORE_EASTER),
        ("قبل عيد الفصح 1945 إلى صيف 1945", _BEFORE_EASTER),
        ("before 1945 to 1946", ("../1946", "1944/1946")),
        ("mid-winter 1941", ("1941-01-01/1941-02-19", "1942-01-01/1942-02-19")),
    ],
)
def test_a_date_that_means_two_gives_both(text: str, both: tuple[str, str]) -> None:
    assert meanings(text) == both


#: Easter Sundays of the West and of the East, as the tables of the US Census Bureau and of the
#: GOARCH have them.
EASTERS = {
    1900: ("04-15", "04-22"),
    1943: ("04-25", "04-25"),
    1945: ("04-01", "05-06"),
    2019: ("04-21", "04-28"),
}


@pytest.mark.parametrize("year", EASTERS)
def test_easter_is_when_it_was_kept(year: int) -> None:
    days = [
        calendars.feast("eastersunday", year, is_orthodox=orthodox) for orthodox in (False, True)
    ]
    assert days == [f"{year}-{day}" for day in EASTERS[year]]


@given(st.from_regex(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", fullmatch=True))
def test_any_stretch_of_days_has_a_name_or_none(text: str) -> None:
    assert calendars.named(text) is None or is_date(text)


READ_BACK = [
    ("en", "late summer 1950", "late summer 1950"),
    ("de", "Spätsommer 1950", "Ende Sommer 1950"),
    ("fr", "fin de l'été 1950", "fin été 1950"),
    ("ko", "1950년 늦여름", "1950년 여름 말"),
    ("en", "late winter 1944/45", "late winter 1944/45"),
    ("en", "early winter 1944/45", "early winter 1944/45"),
    ("en", "around Easter 1945", "about Easter 1945"),
    ("de", "Pfingsten 1945", "Pfingsten 1945"),
    ("fr", "Pâques orthodoxes 1945", "Pâques orthodoxes 1945"),
    ("ko", "1945년 부활절", "1945년 부활절"),
    ("en", "second week of May 1945", "second week of May 1945"),
    ("de", "letzte Maiwoche 1945", "letzte Woche im Mai 1945"),
    ("ko", "1945년 5월 둘째 주", "1945년 5월 둘째 주"),
    ("en", "last week of February 1943", "fourth week of February 1943"),  # the same seven days
    ("en", "Christmas 1944", "Christmas 1944"),
    ("en", "until May 1945", "until May 1945"),
    ("fr", "du 5 au 7 mai 1945", "du 5 mai 1945 au 7 mai 1945"),
    ("en", "ca. spring 1945", "about spring 1945"),
    ("fr", "vers la fin de 1944", "vers fin 1944"),
    ("ko", "1945년 추석", "1945년 추석"),
    ("ko", "1945년 설날 무렵", "1945년 설날쯤"),
    ("en", "Ramadan 1364 AH", "Ramadan 1945"),
    ("de", "Fastenzeit 1945", "Fastenzeit 1945"),
    ("en", "turn of the year 1944/45", "turn of the year 1944/45"),
    ("en", "Christmas 1944 or Easter 1945", "Christmas 1944 or Easter 1945"),
    ("en", "c. 1945?", "perhaps about 1945"),
    ("en", "winter 1939-40 or spring 1940", "winter 1939/40 or spring 1940"),
    ("de", "Winter 1939/40 oder Frühling 1940", "Winter 1939/40 oder Frühling 1940"),
    ("en", "spring or summer 1945", "spring 1945 or summer 1945"),
    ("en", "late 1944 or early 1945", "late 1944 or early 1945"),
    ("en", "spring 1940 or 1941", "spring 1940 or 1941"),
    ("en", "winter 1939-40 or May 1940", "winter 1939/40 or May 1940"),
    ("en", "after the end of August 1941", "after August 1941"),
    ("en", "after the end of December 1941", "after December 1941"),
    ("de", "nach Ende August 1941", "nach August 1941"),
    ("en", "since 1 September 1939", "1 September 1939 or later"),
    ("en", "after 1941", "after 1941"),
    ("de", "nach 1941", "nach 1941"),
    ("fr", "après 1941", "après 1941"),
    ("ko", "1941년 후", "1941년 후"),
    ("en", "before 1945", "before 1945"),
    ("de", "vor 1945", "vor 1945"),
    ("en", "before 1 March 1945", "before 1 March 1945"),
    ("en", "after 31 August 1941", "after August 1941"),
    ("en", "after 5 May 1945", "after 5 May 1945"),
    ("en", "before spring 1945", "before March 1945"),
]


#: Language, date as it is told, what it is in EDTF, and how it is read back in that language (else
#: in English).
RETOLD = [
    tuple(each.split(" | "))
    for each in (Path(__file__).parent / "told_dates.txt").read_text("utf-8").splitlines()
    if not each.startswith("#")
]


@pytest.mark.parametrize(
    ("language", "told", "edtf", "read"), RETOLD, ids=[each[1] for each in RETOLD]
)
def test_a_date_is_read_and_read_back(language: str, told: str, edtf: str, read: str) -> None:
    spoken = language if language in languages() else "en"
    said = re.sub(
        "[\u2066-\u2069]", "", in_words(edtf, Words(spoken))
    )  # marks that isolate figures
    assert (meanings(told), said) == ((edtf,), read)


#: Language, date as it is told that means several, or depends on the place, or is not understood,
#: and its ways on.
ASKED = [
    tuple(each.split(" | "))
    for each in (Path(__file__).parent / "asked_dates.txt").read_text("utf-8").splitlines()
    if not each.startswith("#")
]


@pytest.mark.parametrize(
    ("told", "fix"), [each[1:] for each in ASKED], ids=[each[1] for each in ASKED]
)
def test_a_date_that_is_not_clear_gives_its_ways_on(told: str, fix: str) -> None:
    meant = meanings(told)
    assert len(meant) != 1
    assert (each_way(meant) if meant else ways(told)) == fix


@pytest.mark.parametrize("language", languages())
def test_what_has_a_name_is_read_back_by_it_in_every_language(language: str) -> None:
    words = Words(language)
    for year in (1943, 1950, 1979):
        for feast, name in calendars.feasts_of(year).items():
            said = in_words(feast, words)
            assert re.findall(r"\d+", said) == [str(year)]  # its year, and no day
            if name in calendars.SAME_EVERY_YEAR:  # what lies before it is told by its day
                continue
            before = date_steps.step(["soon"])(feast, is_after=False)
            assert re.findall(r"\d+", in_words(before, words)) == [str(year)]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("1943-04-19/1943-04-27", "19 April 1943 to 27 April 1943"),  # Passover, if nobody said so
        ("1945-03-16/1945-03-29", "16 March 1945 to 29 March 1945"),
        ("1940/1943", "1940 to 1943"),
        ("1940~/1943~", "about 1940 to 1943"),
        ("1945-04-21~/1945-05-04", "shortly before 5 May 1945"),
        ("1945-04-22~/1945-05-04", "about 22 April 1945 to 4 May 1945"),  # thirteen days
        ("1944-12-24~/1945-05-05", "Christmas 1944 to 5 May 1945"),
        ("1944-12-23~/1945-05-05", "about 23 December 1944 to 5 May 1945"),
    ],
)
def test_days_that_were_told_by_their_numbers_are_read_back_by_them(when: str, said: str) -> None:
    assert in_words(when, Words()) == said


@pytest.mark.parametrize(("language", "told", "read"), READ_BACK)
def test_a_date_is_read_back_in_the_words_that_it_was_told_in(
    language: str, told: str, read: str
) -> None:
    (when,) = meanings(told)
    assert in_words(when, Words(language)) == read


EDTF = [
    ("1950S2", "about 1950"),
    ("Y-17E7", "170000001 BCE"),
    ("156X-12-25", "25 December 156X"),
    ("15XX-12-XX", "December 15XX"),
    ("[1667,1668,1670..1672]", "1667 or 1668 or 1670 to 1672"),
    ("{1960,1961-12}", "1960 and December 1961"),
    ("[..1760-12-03]", "before 4 December 1760"),
    ("[1760-12..]", "after November 1760"),
    ("?2004-06-~11", "perhaps about 11 June 2004"),
]


@pytest.mark.parametrize(("text", "said"), EDTF)
def test_what_edtf_alone_can_write_is_said_in_words(text: str, said: str) -> None:
    assert is_date(text)
    assert in_words(text, Words()) == said


def test_a_month_that_is_open_to_the_ten_is_read_without_a_word_on_the_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (is_date("1984-1X"), meanings("1984-1X")) == (False, ("1984-10/1984-12",))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (
            "noon 1945?",
            "write 1945 for some day of that year, or from and to, such as 1945-03/1945-06",
        ),
        (
            "harvest 1945",
            "write 1945-07/1945-08 (of grain in Europe), or 1945-09/1945-11 (of rice, wine",
        ),
        ("harvest", "with its year in four figures"),
    ],
)
def test_what_is_not_understood_is_told_with_the_ways_to_write_it(text: str, fix: str) -> None:
    assert ways(text).startswith(fix)


@given(
    st.text(max_size=20)
    | st.from_regex(r"(c\. )?\d{1,4}[./ -]\d{1,2}([./ -]\d{1,4})?", fullmatch=True)
)
def test_what_a_text_may_mean_is_a_date(text: str) -> None:
    assert all(map(is_date, meanings(text)))


@pytest.mark.parametrize("sign", ["", "?", "~", "%"])
def test_a_month_as_our_own_files_have_it_is_no_span_of_years(sign: str) -> None:
    told = [f"20{year:02d}-{month:02d}{sign}" for year in range(12) for month in range(1, 13)]
    assert {each: meanings(each) for each in told if meanings(each)} == {}


@given(
    st.sampled_from(DATES)
    | st.from_regex(r"-?\d{4}(-\d\d(-\d\d)?)?[~?%]?(/\d{4}(-\d\d)?)?", fullmatch=True)
)
def test_a_date_in_edtf_means_itself_or_nothing_else(text: str) -> None:
    if is_date(text) and not re.search(
        r"(?<!\d)2[456]\d\d(?!\d)", text
    ):  # which is of the Buddhist Era
        assert meanings(text) in {(text,), ()}


@pytest.mark.parametrize(
    "text",
    [
        "12/05/15",
        "Ma 1915",
        "31.02.1915",
        "5 May 3, 1915",
        "13/1915",
        "spring",
        "foo 1915",
        "3 May",
        "spring 1944/45",
        "35th century",
        "Juche 34 (1946)",
        "Showa 65",
        "음력 1945년 8월 31일",
        "15 days after August 1945",
        "shortly after 1945",
        "1945-1944",
        "the week after 31 December 9999",
        "harvest 1945",
        "9999.rujna-segundo tercio/",
        "Easter 0000",
        "second week of May 0000",
        "the week of 31 December 9999",
        "6th week of May 1945",
        "30 Bahman 2357",
        "three months after May 1945",
        "",
    ],
)
def test_what_means_no_date_for_sure_is_not_guessed(text: str) -> None:
    assert meanings(text) == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            ("the night before All Souls' 1956", "1956-11-01"),
            ("evening before 3 May 1950", "1950-05-02"),
        ),
        *(
            ("the night before Christmas 1956", "1956-12-24~"),
            ("die Nacht vor Allerseelen 1956", "1956-11-01"),
        ),
        *(
            ("la nuit d'avant Noël 1956", "1956-12-24~"),
            ("la noche antes de Navidad 1956", "1956-12-24~"),
        ),
        *(
            ("the night after St. Stephen's Day 1956", "1956-12-27"),
            ("am Morgen nach Ostern 1957", "1957-04-22"),
        ),
        *(
            ("two nights before Christmas 1956", "1956-12-23~"),
            ("1956年クリスマスの前夜", "1956-12-24~"),
        ),
        *(
            ("before midnight on 3 May 1950", "1950-05-03"),
            ("avant l'aube du 3 mai 1950", "1950-05-03"),
        ),
        *(
            ("vor Sonnenaufgang am 3. Mai 1950", "1950-05-03"),
            ("after dark on 3 May 1950", "1950-05-03"),
        ),
        *(
            ("some ten days after All Souls' 1956", "1956-11-12~"),
            ("before Christmas 1956", "[..1956-12-23]"),
        ),
    ],
)
def test_a_part_of_a_day_before_or_after_is_of_the_day_next_to_it(text: str, meant: str) -> None:
    assert list(meanings(text)) == [meant]


def test_days_after_something_are_no_single_day() -> None:
    assert list(meanings("days after Easter 1957")) == list(
        meanings("a few days after Easter 1957")
    )


def test_two_figures_that_are_no_day_of_a_month_are_a_year() -> None:
    assert list(meanings("late October 56")) == list(meanings("late October '56"))
    assert "1956-10-21/1956-10-31" in meanings("late October 56")
