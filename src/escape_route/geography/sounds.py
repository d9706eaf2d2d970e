"""How names sound: a name in Hangul beside the names that gazetteers have, where none of these is in Hangul.

Of China by the National Institute of Korean Language's table from pinyin (외래어 표기법, 표 5),
with the spellings that people use beside it (티엔진, 뻬이징); of other countries by what sounds
alike when it is written in Latin letters. Two towns may sound alike: what is found is a candidate,
told as read so, and never silent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_HANGUL = re.compile("[가-힣]+")
_INITIALS = "kknttlmppss-cccktph"  # of each consonant, in the order of Unicode; - is none
_VOWELS = tuple(re.split(",", "a,e,ia,ie,o,e,io,ie,o,ua,ue,ue,io,u,uo,ue,ui,iu,,ui,i"))
_FINALS = "-kkknnntlkmlllplmppttNttktp-"
#: What Latin letters sound like in the same letters, one after the other.
_LATIN = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        ("ngh?", "N"),
        ("[cts]h|j|z", lambda match: {"th": "t", "sh": "s"}.get(match[0], "C")),
        ("[ckq]h?|g", "k"),
        ("C", "c"),
        ("ph|[bfv]", "p"),
        ("d", "t"),
        ("r", "l"),
        ("x", "s"),
        ("ae|oe", "e"),
        ("ou|ue|eu", "u"),
        ("aw", "o"),
        ("y", "i"),
        ("w", "u"),
    )
)
_TWICE = re.compile(r"(.)\1")

#: Initials and finals of pinyin in Hangul, the finals as letters behind an initial (u is ü behind
#: j, q and x).
_INITIALS_OF_PINYIN = (
    "b ㅂ p ㅍ m ㅁ f ㅍ d ㄷ t ㅌ n ㄴ l ㄹ g ㄱ k ㅋ h ㅎ j ㅈ q ㅊ x ㅅ r ㄹ z ㅈ c ㅊ s ㅅ zh "
    "ㅈ ch ㅊ sh ㅅ"
)
_FINALS_OF_PINYIN = (
    "a 아 o 오 e 어 i 이 u 우 ü 위 ai 아이 ei 에이 ao 아오 ou 어우 an 안 en 언 ang 앙 eng 엉 ong "
    "웅 ia 야 ie 예 "
    "iao 야오 iu 유 ian 옌 in 인 iang 양 ing 잉 iong 융 ua 와 uo 워 uai 와이 ui 우이 uan 완 un 운 "
    "uang 왕 "
    "üe 웨 üan 위안 ün 윈"
)
_ALONE = (
    "er 얼 yi 이 ya 야 ye 예 yao 야오 you 유 yan 옌 yin 인 yang 양 ying 잉 yong 융 yo 요 wu 우 wa "
    "와 wo 워 wai 와이 "
    "wei 웨이 wan 완 wen 원 wang 왕 weng 웡 yu 위 yue 웨 yuan 위안 yun 윈 a 아 o 오 e 어 ai 아이 "
    "ao 아오 ou 어우 an 안 "
    "en 언 ang 앙"
)
#: What people write otherwise: one vowel in two, a tense consonant, an e that is an ae.
_OTHERWISE = (
    (re.compile("ㅣㅇㅔ|ㅣㅇㅖ"), "ㅖ"),
    (re.compile("ㅣㅇㅏ"), "ㅑ"),
    (re.compile("ㅣㅇㅜ"), "ㅠ"),
    (re.compile("ㅜㅇㅓ"), "ㅝ"),
    (re.compile("ㅟㅇㅔ|ㅟㅇㅐ"), "ㅟㅇㅏ"),
    (re.compile("ㅏㅇㅜ"), "ㅏㅇㅗ"),
    (re.compile("ㅐ"), "ㅔ"),
    (re.compile("ㅒ"), "ㅖ"),
)
_PALATAL = (("ㅑ", "ㅏ"), ("ㅖ", "ㅔ"), ("ㅛ", "ㅗ"), ("ㅠ", "ㅜ"), ("ㅕ", "ㅓ"))
_PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
_PARTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_ENDS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_FIRST, _OF_VOWELS, _OF_ENDS = ord("가"), 21, 28


def is_hangul(name: str) -> bool:
    """Whether a name is in Hangul, of two syllables or more: of one there are too many that sound alike.

    >>> is_hangul("쿤밍"), is_hangul("치앙 라이"), is_hangul("한"), is_hangul("Kunming")
    (True, True, False, False)
    """
    bare = unicodedata.normalize("NFC", name).replace(" ", "")
    return len(bare) > 1 and _HANGUL.fullmatch(bare) is not None


def of_hangul(name: str, *, in_china: bool) -> str:
    """Sound of a name in Hangul, to be held against `of_latin` or `of_pinyin`.

    >>> of_hangul("치앙센", in_china=False), of_hangul("루앙프라방", in_china=False), of_hangul("티엔진", in_china=True)
    ('ciaNsen', 'luaNplapaN', 'ㅌㅖㄴㅈㅣㄴ')
    """
    whole = unicodedata.normalize("NFC", name)
    numbers = [ord(letter) - _FIRST for letter in whole if _HANGUL.match(letter)]
    parts = [
        (number // _OF_ENDS // _OF_VOWELS, number // _OF_ENDS % _OF_VOWELS, number % _OF_ENDS)
        for number in numbers
    ]
    if in_china:
        letters = (
            _PARTS[0][initial] + _PARTS[1][vowel] + _ENDS[final].strip("\0")
            for initial, vowel, final in parts
        )
        return _usual("".join(letters))
    sound = "".join(
        _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final] for initial, vowel, final in parts
    )
    return _TWICE.sub(r"\1", sound.replace("-", ""))


def of_latin(name: str) -> str:
    """Sound of a name in Latin letters, in the letters of `of_hangul`; of letters of other scripts nothing.

    >>> of_latin("Chiang Saen"), of_latin("Nong Khai"), of_latin("Lạng Sơn"), of_latin("เชียงแสน")
    ('ciaNsen', 'noNkai', 'laNson', '')
    >>> of_latin("Hŭngnam") == of_hangul("흥남", in_china=False)
    True
    """
    whole = (
        unicodedata.normalize("NFC", name.casefold())
        .replace("đ", "d")
        .replace("ŭi", "ui")
        .replace("ŭ", "")
    )
    plain = unicodedata.normalize("NFKD", whole)
    bare = "".join(letter for letter in plain if letter.isalpha())
    if not bare.isascii():
        return ""
    for letters, sound in _LATIN:
        bare = letters.sub(sound, bare)
    return _TWICE.sub(r"\1", bare)


def of_pinyin(name: str) -> frozenset[str]:
    """Sounds of a name in pinyin, in the letters of `of_hangul`: of each way to part it in syllables.

    >>> of_pinyin("Kunming") == {of_hangul("쿤밍", in_china=True)}, of_pinyin("Hohhot")
    (True, frozenset())
    >>> of_hangul("시안", in_china=True) in of_pinyin("Xi'an"), of_hangul("톈진", in_china=True) in of_pinyin("Tianjin")
    (True, True)
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = re.split("[ '’-]+", plain)
    if not all(re.fullmatch("[a-zü]{1,24}", word) for word in words):
        return frozenset()
    ends = {""}
    for word in words:
        ends = {f"{before}{after}" for before in ends for after in _parted(word)}
    return frozenset(map(_usual, ends))


def _parted(word: str) -> set[str]:
    if not word:
        return {""}
    heads = ((_syllables().get(word[:at]), word[at:]) for at in range(1, min(len(word), 6) + 1))
    return {f"{head}{rest}" for head, tail in heads if head for rest in _parted(tail)}


@cache
def _syllables() -> dict[str, str]:
    """Syllables of pinyin, each in the letters of Hangul as `_usual` has them."""
    initials, finals, alone = (
        dict(zip(*[iter(row.split())] * 2, strict=True))
        for row in (_INITIALS_OF_PINYIN, _FINALS_OF_PINYIN, _ALONE)
    )
    syllables = {syllable: of_hangul(hangul, in_china=True) for syllable, hangul in alone.items()}
    for initial, letter in initials.items():
        for final, hangul in finals.items():
            behind = "ü" if initial in {"j", "q", "x"} and final[0] == "ü" else ""
            written = f"{initial}{final.replace('ü', 'u') if behind else final}"
            sound = of_hangul(hangul, in_china=True)
            if final == "i" and initial in {"z", "c", "s", "zh", "ch", "sh", "r"}:
                sound = "ㅇㅡ"
            if not (initial in {"j", "q", "x"} and final in {"u", "uan", "un", "ua"}):
                syllables[written] = _usual(letter + sound[1:])
    return syllables


def _usual(letters: str) -> str:
    """Letters of Hangul as people write them otherwise made one."""
    written = letters.translate(_PLAIN)
    for pattern, usual in _OTHERWISE:
        written = pattern.sub(usual, written)
    for wide, narrow in _PALATAL:
        written = re.sub(f"([ㅈㅊ]){wide}", rf"\1{narrow}", written)
    return written.replace("ㅅㅕ", "ㅅㅓ")
