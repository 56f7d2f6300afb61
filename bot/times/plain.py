"""A text as the pieces expect it: small letters, no accents, one space, numbers as digits."""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-") | {ord("’"): "'", ord("‘"): "'"}
_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}
_EN_PLACES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_FR = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}
_FR_PLACES = {"premier": "1er", "premiere": "1er", "deuxieme": "2e", "troisieme": "3e", "quatrieme": "4e"}


def _numbers() -> dict[str, dict[str, str]]:
    """Language -> how numbers are written in words -> digits."""
    english = {name: str(number) for number, name in enumerate(_EN)}
    english |= {name: f"{number}{_suffix(number)}" for number, name in enumerate(_EN_PLACES, 1)}
    french = {name: str(number) for number, name in enumerate(_FR)} | {"une": "1"} | _FR_PLACES
    for ten, name in _EN_TENS.items():
        english[name] = str(ten)
        english |= {f"{name}-{_EN[one]}": str(ten + one) for one in range(1, 10)}
        english |= {f"{name}-{_EN_PLACES[one - 1]}": f"{ten + one}{_suffix(ten + one)}" for one in range(1, 10)}
    for ten, name in _FR_TENS.items():
        french[name] = str(ten)
        french |= {f"{name}-{_FR[one]}": str(ten + one) for one in range(2, 10)}
        french |= {f"{name}-et-un": str(ten + 1), f"{name}-et-une": str(ten + 1)}
    english["thirtieth"] = "30th"
    return {"en": english, "fr": french}


def _suffix(number: int) -> str:
    return "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


NUMBERS = _numbers()
_WORDED = {
    language: re.compile(
        r"(?<![\w'-])(?:"
        + "|".join(name.replace("-", "[ -]") for name in sorted(names, key=len, reverse=True))
        + r")(?![\w'])"
    )
    for language, names in NUMBERS.items()
}


def plain(text: str, language: str) -> str:
    """A text in small letters without accents, with single spaces, numbers as digits, without marks between words.

    language: "fr" or "en", for numbers in words.
    """
    said = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_DASHES).casefold())
    said = "".join(each for each in said if not unicodedata.combining(each))
    said = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", said)
    said = re.sub(r"(?<=\d)t(?=\d\d:)", " ", said)  # 2026-11-24T09:00Z (RFC 3339)
    said = re.sub(r"(?<=:\d\d)z\b", " utc", said)
    said = re.sub(r"\bs'il (?:vous|te) plait\b", "svp", said)
    said = re.sub(r"[,;!()\[\]\"«»]|\.(?=\s|$)|(?<=\s):(?=\s)", " ", said)
    said = re.sub(r"(?<![\w'])([ld])'(?=\w)", r"\1' ", said)  # "l'apres-midi" is two words
    said = " ".join(said.split())
    return _WORDED[language].sub(lambda found: NUMBERS[language][found[0].replace(" ", "-")], said)
