"""Words of dates in the languages that are read, and what each stands for: a text as rows of signs.

`m02` is a month, `s21` a season, `p0` the early part of something; a word that is known in no language makes a text no
date. A word of several senses gives several rows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Signs, and the words that stand for each in the languages that are read; a phrase of several words is one.
_WORDS = {
    "m01": "jänner",
    "m02": "feber, fevrier",
    "m08": "aout",
    "m12": "decembre",
    "s21": "spring, frühling, frühlings, frühjahr, printemps, primavera, wiosna, wiosną, весна, "
    "весной, lente, voorjaar, vår, 봄, 春, الربيع, ربيع",
    "s22": "summer, sommer, sommers, été, verano, estate, verão, lato, latem, лето, летом, zomer, "
    "여름, 夏, الصيف, صيف, ete",
    "s23": "autumn, fall, herbst, herbstes, automne, otoño, autunno, outono, jesień, jesienią, "
    "осень, осенью, herfst, höst, 가을, 秋, الخريف, خريف",
    "s24": "winter, winters, hiver, invierno, inverno, zima, zimą, зима, зимой, vinter, 겨울, 冬, الشتاء, شتاء",
    "p0": "early, beginning, start, first days, ersten tage, ersten tagen, premiers jours, früh, "
    "연초, anfang, beginn, début, principios, comienzos, inizio, início, początek, начало, "
    "начале, begin, 초순, 초반, 초, 初め, 初頭, first third, erstes drittel, ersten drittel, premier "
    "tiers, primer tercio, 上旬, أوائل, مطلع, 初旬, jahresanfang, frühe, frühen",
    "p1": "mid, middle, high, hoch, 한, mitte, milieu, mi, mediados, metà, meados, połowa, середина, "
    "середине, midden, 중순, 중반, 半ば, 中旬, second third, zweites drittel, zweiten drittel, "
    "deuxième tiers, segundo tercio, منتصف",
    "p2": "late, end, last days, letzten tage, letzten tagen, derniers jours, spät, 연말, 늦, ende, "
    "fin, finales, fines, fine, final, koniec, конец, конце, eind, einde, 하순, 후반, 말, 末, last "
    "third, final third, letztes drittel, letzten drittel, dernier tiers, último tercio, 下旬, "
    "後半, أواخر, نهاية, jahresende, späte, späten",
    "about": "about, around, approximately, approx, circa, ca, c, um, etwa, ungefähr, gegen, vers, "
    "environ, hacia, alrededor, verso, około, około, около, ongeveer, rond, 경, 쯤, 무렵, 약, 頃, "
    "ごろ, 約, or so, roughly, 대략, حوالي, نحو, unos, env, towards, toward, autour",
    "before": "before, vor, avant, antes, prima, przed, до, перед, voor, 전, قبل, 이전, 以前, より前",
    "after": "after, nach, après, después, dopo, depois, после, na, 후, بعد, 뒤, 後, 이후, 以後, より後",
    "until": "until, till, up to, by, not later than, no later than, spätestens, au plus tard, bis, "
    "jusqu'en, jusqu'à, hasta, fino a, fino al, até, tot, 까지, まで, حتى, 이전, 以前, or earlier, "
    "and earlier, at the latest, latest, oder früher, bis spätestens, ou plus tôt, o antes, "
    "늦어도, jusque",
    "since": "since, from, ab, seit, depuis, à partir, desde, dal, von, vom, vanaf, od, с, 부터, から, "
    "منذ, 以降, 이후, 以後, not before, no earlier than, not earlier than, frühestens, au plus tôt, "
    "nicht vor, or later, and later, onwards, onward, at the earliest, earliest, oder später, "
    "ou plus tard, o más tarde, dès, pas avant, 빨라야",
    "or": "or, oder, ou, o, oppure, lub, или, 또는, 혹은, または, أو, 이나, 나, か, or perhaps, or maybe, or "
    "possibly, or else, oder vielleicht, oder auch, vielleicht auch, ou peut - être, ou bien, "
    "아니면",
    "to": "to, and, und, et, bis, à, au, a, y, e, i, и, по, en, ~, 에서, through, auf den, إلى, 와, 과, al, zum, &",
    "between": "between, zwischen, entre, tra, między, между, tussen, 사이, بين",
    "xmas": "christmas, weihnachten, noël, navidad, natale, natal, boże narodzenie, рождество, "
    "kerstmis, 성탄절, 크리스마스, クリスマス, weihnachtstage, fêtes de noël",
    "ashwednesday": "ash wednesday, aschermittwoch, mercredi des cendres, miércoles de ceniza, 재의 수요일",
    "palmsunday": "palm sunday, palmsonntag, dimanche des rameaux, domingo de ramos, 종려주일",
    "goodfriday": "good friday, karfreitag, vendredi saint, viernes santo, venerdì santo, 성금요일, 聖金曜日",
    "easter": "easter, ostern, pâques, pascua, pasqua, páscoa, wielkanoc, pasen, 부활절, 復活祭",
    "orthodoxeaster": "orthodox easter, orthodoxe ostern, orthodoxes ostern, pâques orthodoxes, pâque "
    "orthodoxe, пасха, пасху, великдень",
    "eastersunday": "easter sunday, easter day, ostersonntag, dimanche de pâques, domingo de pascua, 부활주일",
    "eastermonday": "easter monday, ostermontag, lundi de pâques, lunes de pascua",
    "ascension": "ascension, ascension day, himmelfahrt, christi himmelfahrt, ascensión, 승천일",
    "whitsun": "whitsun, whitsuntide, pentecost, pfingsten, pentecôte, pentecostés, pentecoste, zielone "
    "świątki, pinksteren, 성령강림절, 오순절, 聖霊降臨祭",
    "whitsunday": "whit sunday, whitsunday, pfingstsonntag, dimanche de pentecôte, 성령강림주일",
    "whitmonday": "whit monday, pfingstmontag, lundi de pentecôte",
    "corpuschristi": "corpus christi, fronleichnam, fête - dieu",
    "xmaseve": "christmas eve, heiligabend, heiliger abend, réveillon de noël, nochebuena, 성탄 전야, 크리스마스 이브",
    "xmasday": "christmas day",
    "newyearseve": "new year's eve, silvester, saint - sylvestre, la saint - sylvestre, nochevieja, 大晦日",
    "turn": "turn of year, jahreswechsel, jahreswende, tournant de l année, tournant d année, cambio de año",
    "week": "week, woche, semaine, semana, settimana, tydzień, неделя, неделе, неделю, 주, 주차, 주간, 週, "
    "weeks, wochen, semaines, semanas, 주일, 週間",
    "o1": "first, erste, ersten, première, premier, primera, 첫, 첫째, 첫 번째, erstes, primer",
    "o2": "second, zweite, zweiten, deuxième, seconde, segunda, 둘째, 두 번째, zweites, segundo",
    "o3": "third, dritte, dritten, troisième, tercera, 셋째, 세 번째, drittes, tercer",
    "o4": "fourth, vierte, vierten, quatrième, cuarta, 넷째, 네 번째, viertes, cuarto",
    "o5": "last, letzte, letzten, dernière, última, 마지막, letztes, dernier, último",
    "newyear": "new year's day, new year, neujahr, nouvel an, año nuevo, capodanno, ano novo, nowy rok, "
    "новый год, nieuwjaar, 신정, 元日, new year's, jour de l an, le jour de l an, 새해",
    "decade": "s, er, er jahre, er jahren, années, años, anni, anos, lata, latach, годы, годах, jaren, 年代, 년대",
    "century": "century, jahrhundert, jh, jhd, siècle, siglo, secolo, século, wiek, wieku, век, века, "
    "eeuw, 세기, 世紀, jahrhunderts",
    "h0": "first half, erste hälfte, ersten hälfte, première moitié, premier semestre, 상반기, 전반기, "
    "上半期, première quinzaine, primera quincena",
    "h1": "second half, zweite hälfte, zweiten hälfte, seconde moitié, deuxième moitié, second "
    "semestre, 하반기, 후반기, 下半期, deuxième quinzaine, seconde quinzaine, segunda quincena",
    "maybe": "probably, perhaps, maybe, possibly, wahrscheinlich, vermutlich, vielleicht, "
    "probablement, peut - être, sans doute, 아마, 아마도, おそらく, wohl, presumably, possiblement, "
    "quizás, tal vez, 추정, ?",
    "dangun": "단기, dangun, dangi",
    "be": "be, b e, buddhist era, buddhist, พ ศ, 仏暦, era budista, ère bouddhique, buddhistischer zeitrechnung",
    "juche": "juche, 주체, dschutsche, chuch'e, djoutché",
    "ah": "ah, a h, hijri, anno hegirae, h, هـ, ه, هجري, هجرية, 이슬람력",
    "os": "os, o s, old style, julian, julian calendar, alten stils, julianisch, vieux style, "
    "ancien style, julien, ст ст, 율리우스력, a st, calendrier julien, julianischer kalender, "
    "julianischen kalender, calendario juliano",
    "day": "st, nd, rd, th, er, ème, e, ème, 일, 日",
    "year": "년, 年",
    "month": "월, 月",
    "": "the, of, in, on, at, year, years, der, die, das, des, dem, im, am, jahr, jahre, jahres, "
    "le, les, la, l, du, de, d, an, année, à, à l, au, aux, dans, en, den, del, el, los, año, "
    "di, nel, anno, roku, rok, r, г, гг, года, году, год, het, der, um die, 에, n s, new "
    "style, neuen stils, nouveau style, gregorian, gregorianisch, 양력, ad, ce, n chr, ap j - "
    "c, 서기, 西暦, night, morning, evening, afternoon, noon, dawn, nacht, morgen, abend, mittag, "
    "nachmittag, nuit, matin, soir, aube, noche, tarde, 밤, 아침, 저녁, 새벽, 낮, 오전, 오후, 朝, 夜, "
    "during, während, pendant, durante, auf, zum, zur, um den, سنة, عام, في, من, شهر, 간, 동안, "
    "の, 의, 중, some time, sometime, irgendwann, 언젠가, abends, morgens, nachts, mittags, "
    "nachmittags, vormittags, in the evening, courant, cours, im laufe, laufe, course, al, an "
    "einem, einmal, once, jahren, zu, im laufe des jahres, one day in, some day in, eines "
    "tages im, un jour de, 어느 날, 로 넘어가는, 때",
    "lent": "lent, fastenzeit, carême, cuaresma, 사순절, 四旬節",
    "holyweek": "holy week, karwoche, semaine sainte, semana santa, 성주간, 고난주간",
    "maundythursday": "maundy thursday, gründonnerstag, jeudi saint, jueves santo",
    "advent": "advent, adventszeit, l avent, avent, adviento, 대림절",
    "epiphany": "epiphany, dreikönigstag, heilige drei könige, épiphanie, reyes",
    "allsaints": "all saints day, all saints, all saints' day, allerheiligen, toussaint, todos los santos",
    "assumption": "assumption, mariä himmelfahrt, assomption, asunción",
    "mayday": "may day, tag der arbeit, fête du travail, 노동절",
    "betweenyears": "zwischen den jahren",
    "ramadan": "ramadan, ramadhan, ramazan, ramadán, 라마단, ラマダン, رمضان",
    "eidalfitr": "eid al - fitr, eid, eïd, aïd, عيد الفطر",
    "eidaladha": "eid al - adha, eid, eïd, aïd, عيد الأضحى",
    "ashura": "ashura, aschura, achoura, عاشوراء",
    "chuseok": "chuseok, 추석, 한가위",
    "seollal": "seollal, lunar new year, 설날, 설, 음력 설",
    "daeboreum": "대보름, 정월 대보름",
    "dano": "단오",
    "bulgi": "불기",
    "meiji": "meiji, 明治, 메이지",
    "taisho": "taisho, taishō, 大正, 다이쇼",
    "showa": "showa, shōwa, 昭和, 쇼와",
    "heisei": "heisei, 平成",
    "reiwa": "reiwa, 令和",
    "sh": "sh, s h, a p, shamsi, solar hijri, ه ش, هـ ش, شمسی, هجری شمسی",
    "bce": "bc, bce, b c, v chr, vor christus, av j - c, 기원전, 紀元前",
    "lunar": "음력, lunar, lunar calendar, mondkalender, calendrier lunaire, 旧暦, 陰暦",
    "leap": "윤, 윤달",
    "quarter": "quarter, quartal, quartals, trimestre, 분기, 四半期, q",
    "n1": "a, an, one, ein, eine, einem, einen, einer, un, une, una, 한",
    "n2": "two, zwei, deux, dos, 두",
    "n3": "three, drei, trois, tres, 세",
    "n4": "four, vier, quatre, cuatro, 네",
    "n5": "five, fünf, cinq, cinco",
    "n6": "six, sechs, seis",
    "n7": "seven, sieben, sept, siete",
    "n8": "eight, acht, huit, ocho",
    "n9": "nine, neun, neuf, nueve",
    "n10": "ten, zehn, dix, diez",
    "days": "day, days, tag, tage, tagen, tages, jour, jours, día, días, 일, 日",
    "months": "month, months, monat, monate, monaten, mois, mes, meses, 개월, 달, か月, ヶ月",
    "q1": "하루",
    "q2": "이틀",
    "q3": "사흘",
    "q4": "나흘",
    "q5": "닷새",
    "q6": "엿새",
    "q7": "일주일",
    "q10": "열흘",
    "q14": "fortnight, vierzehn tage, quinze jours, quinzaine",
    "q15": "보름",
    "soon": "shortly, just, soon, kurz, peu, un peu, juste, poco, 바로, 얼마",
    "w0": "monday, montag, lundi, lunes, 월요일, 月曜日, الاثنين",
    "w1": "tuesday, dienstag, mardi, martes, 화요일, 火曜日",
    "w2": "wednesday, mittwoch, mercredi, miércoles, 수요일, 水曜日",
    "w3": "thursday, donnerstag, jeudi, jueves, 목요일, 木曜日",
    "w4": "friday, freitag, vendredi, viernes, 금요일, 金曜日",
    "w5": "saturday, samstag, sonnabend, samedi, sábado, 토요일, 土曜日",
    "w6": "sunday, sonntag, dimanche, domingo, 일요일, 日曜日",
    "i01": "muharram, محرم",
    "i02": "safar, صفر",
    "i03": "rabi al - awwal, rabi i, ربيع الأول",
    "i04": "rabi al - thani, rabi ii, ربيع الآخر",
    "i05": "jumada al - awwal, jumada i, جمادى الأولى",
    "i06": "jumada al - thani, jumada ii, جمادى الآخرة",
    "i07": "rajab, radschab, rajeb, رجب",
    "i08": "sha'ban, shaban, schaban, شعبان",
    "i10": "shawwal, schawwal, شوال",
    "i11": "dhu al - qadah, dhu'l - qa'da, ذو القعدة",
    "i12": "dhu al - hijjah, dhu'l - hijja, ذو الحجة",
    "i09": "ramadan, ramadhan, ramazan, ramadán, 라마단, ラマダン, رمضان",
    "halfof": "half, hälfte, halbjahr, halbjahres, moitié, semestre, mitad, 반기, jahreshälfte",
    "few": "few, a few, some, several, einige, einigen, ein paar, wenige, wenigen, quelques, "
    "plusieurs, unos, algunos, 몇",
    "f1": "며칠, 몇일",
    "t20": "twenties, zwanziger, vingt",
    "t30": "thirties, dreißiger, dreissiger, trente, treinta",
    "t40": "forties, vierziger, quarante, cuarenta",
    "t50": "fifties, fünfziger, cinquante, cincuenta",
    "t60": "sixties, sechziger, soixante, sesenta",
    "t70": "seventies, siebziger, setenta",
    "t80": "eighties, achtziger, ochenta",
    "t90": "nineties, neunziger, noventa",
    "midsummer": "midsummer, mittsommer, saint - jean, la saint - jean",
    "allsouls": "all souls, all souls' day, all souls day, allerseelen, fête des morts, jour des morts, 위령의 날",
    "boxingday": "boxing day, st stephen's day, zweiter weihnachtstag, zweiten weihnachtstag, stephanitag, "
    "saint - étienne",
    "candlemas": "candlemas, lichtmess, mariä lichtmess, chandeleur, la chandeleur, candelaria",
    "nicholas": "st nicholas day, nikolaus, nikolaustag, saint - nicolas, san nicolás",
    "martinmas": "martinmas, st martin's day, martini, martinstag, st martin, sankt martin, saint - martin, san martín",
    "michaelmas": "michaelmas, michaeli, michaelis, saint - michel, san miguel",
    "shrovetuesday": "shrove tuesday, mardi gras, fastnacht, fastnachtsdienstag, faschingsdienstag, martes de carnaval",
    "rosenmontag": "rosenmontag, rose monday, lundi gras",
    "samil": "삼일절, 3·1절",
    "gwangbok": "광복절",
    "passover": "passover, pesach, pessach, pâque juive, la pâque juive, pascua judía, 유월절",
    "shavuot": "shavuot, schawuot, chavouot, feast of weeks",
    "roshhashanah": "rosh hashanah, rosch haschana, roch hachana, jewish new year, jüdisches neujahr",
    "yomkippur": "yom kippur, jom kippur, day of atonement, versöhnungstag",
    "sukkot": "sukkot, sukkoth, laubhüttenfest, souccot, feast of tabernacles",
    "hanukkah": "hanukkah, chanukah, chanukka, hanoucca, hanouka, janucá",
    "purim": "purim, pourim",
}
_MOST_READINGS = 96
#: Words that are written as one: Spätsommer, Maiwoche, midwinter.
_COMPOUND = re.compile(
    r"\b(?:(?:spät|früh|hoch)(?=(?:sommer|herbst|winter)s?\b)|mid(?=(?:winter|autumn|spring)\b))|\b(?:januar|jänner|februar"
    r"|märz|april|mai|juni|juli|august|september|oktober|november|dezember)(?=woche|hälfte)"
)
#: What is said otherwise than by words in a row.
_SAID = (
    ("turn of the year", "turn of year"),
    ("\N{EN DASH}", "-"),
    ("\N{EM DASH}", "-"),
    ("or it may have been", "or"),
    ("or it might have been", "or"),
    ("한여름", "중반 여름"),
    ("한겨울", "중반 겨울"),
    ("직전", "바로 전"),
    ("직후", "바로 후"),
)
#: A day told in two calendars: 25 October (7 November) 1917.
_TWO_DAYS = re.compile(r"(\d{1,2}\.? [^\W\d]+) \((\d{1,2}\.? [^\W\d]+)\),? (\d{4})")
#: Months in a row before one word for them, and two years with the stroke of Korean: 3, 4월; 1940~41년.
_SEVERAL_MONTHS = re.compile(r"(?<!\d)(\d{1,2}), ?(?=\d{1,2} ?[월月])")
_KOREAN_YEARS = re.compile(r"(\d{4})~(\d\d)(?=년)")
#: Centuries by their Roman numbers: siglo XIX, XIXe siècle.
_ROMAN = ("xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi")
_FIRST_ROMAN = 15
_CENTURY = re.compile(
    r"(?<=\bsiglo )(?:xv(?:iii|ii|i)?|xix|xxi?)\b|\b(?:xv(?:iii|ii|i)?|xix|xxi?)(?=(?:e|eme|ème) siècle)"
)
#: A date whose parts strokes join: 5-May-1945, 1945-May.
_DASHED = re.compile(r"(\d{1,2})-([^\W\d]+)-(\d{4})|(\d{4})-([^\W\d]+)(?:-(\d{1,2}))?")
_MARKS = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[/~-]|[^\s.,()\[\]'’]")
_LONGEST_PHRASE = 4


def plain(text: str) -> str:
    """Text in small letters, with figures of our own script, single blanks and one kind of dash."""
    figures = "".join(each if (digit := unicodedata.decimal(each, -1)) < 0 else str(digit) for each in text)
    folded = " ".join(unicodedata.normalize("NFC", figures.casefold()).replace("’", "'").split()).strip(" ,;.")
    for said, other in _SAID:
        folded = folded.replace(said, other)
    folded = _CENTURY.sub(lambda told: str(_ROMAN.index(told[0]) + _FIRST_ROMAN), folded)
    if dashed := _DASHED.fullmatch(folded):
        folded = " ".join(filter(None, dashed.groups()))
    folded = _SEVERAL_MONTHS.sub(r"\1~", _KOREAN_YEARS.sub(r"\1-\2", folded))
    apart = _TWO_DAYS.sub(r"\1 / \2 \3", _COMPOUND.sub(r"\g<0> ", folded))
    return re.sub(r"\b([dl])'", r"\1 ", apart)


def rows_of_signs(plain_text: str) -> Iterator[list[str]]:
    """Each way to read the words of a plain text; none where a word is known in no language."""
    senses = _signs(plain_text)
    for signs in islice(product(*senses), _MOST_READINGS) if senses else ():
        yield [sign for sign in signs if sign]


def _signs(plain_text: str) -> list[tuple[str, ...]] | None:
    """Signs of each word of a text in turn; None where a word is known in no language."""
    words = _MARKS.findall(_run_on().sub(r" \g<0> ", plain_text))
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        phrases = (" ".join(words[at : at + length]) for length in range(_LONGEST_PHRASE, 0, -1))
        phrase = next((each for each in phrases if each in _senses()), words[at])
        if phrase not in _senses() and not re.fullmatch(r"\d+|[/-]", phrase):
            return None
        found.append(_senses().get(phrase, (phrase,)))
        at += phrase.count(" ") + 1
    return found


@cache
def _senses() -> Mapping[str, tuple[str, ...]]:
    """Signs of each phrase: words first, then names of months."""
    found: dict[str, tuple[str, ...]] = {}
    for sign, phrases in _WORDS.items():
        for phrase in phrases.split(", "):
            found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), sign)))
    path = files("escape_route").joinpath("model", "month_names.json")
    months: dict[str, list[int]] = json.loads(path.read_text("utf-8"))
    for name, numbers in months.items():
        found[name] = (*found.get(name, ()), *(f"m{number:02d}" for number in numbers))
    return found


@cache
def _run_on() -> re.Pattern[str]:
    """Words of scripts that put no blank between them, the longest first."""
    phrases = (each for each in _senses() if re.match("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", each))
    return re.compile("|".join(sorted(phrases, key=len, reverse=True)))
