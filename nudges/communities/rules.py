"""What the communities' rules are: names, likeness, quota, balance, flags. Pure; texts in, verdicts out."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from nudges.communities.settings import Settings
from nudges.communities.themes import EMPTY, RANKS, THEMES

SLUG_MAX = 80
"""Characters of a channel's name on Slack, the shorter of the platforms."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "’": "'"})
# What may stand in a name besides letters, digits and spaces; "@", "#", "<" and the like would be read as markup.
_MARKS = frozenset("-'’&+.,()/!?")


# ---------------------------------------------------------------- names


def fold(text: str) -> str:
    """A text as it is compared: without case, accents or ligatures."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(each for each in bare if not unicodedata.combining(each))


def slugify(name: str) -> str:
    """A name as platforms show it: lower case, ASCII letters and digits, hyphens; at most 80 characters."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:SLUG_MAX].rstrip("-")


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What is wrong with a name. code: "short", "long", "characters", "look-alike", "reserved", "taken", "former", or
    "" when nothing is. suggestion: a name that would do, "" when none can be guessed.
    """

    code: str = ""
    suggestion: str = ""


def tidy(name: str) -> str:
    """A name as it is kept: compatibility forms made plain, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def judge_name(
    name: str, taken: Collection[str], settings: Settings, purpose: str = "", former: Collection[str] = ()
) -> NameVerdict:
    """Whether a community may have this name. taken: slugs that are not free. former: those of them that nobody has
    now, and somebody may get back. purpose: where a suggestion may find a word.
    """
    tidied = tidy(name)
    code = _fault(tidied, taken, settings)
    if code == "taken" and slugify(tidied) in former:
        code = "former"
    return NameVerdict(code, _suggest(tidied, taken, settings, purpose)) if code else NameVerdict()


def _fault(name: str, taken: Collection[str], settings: Settings) -> str:
    if len(name) < settings.name_min:
        return "short"
    if len(name) > settings.name_max:
        return "long"
    if any(not _permitted(each) for each in name):
        return "characters"
    if _pretenders(name):
        return "look-alike"
    slug = slugify(name)
    if len(slug) < 2:
        return "characters"
    if slug in {slugify(word) for word in settings.reserved_names}:
        return "reserved"
    return "taken" if slug in taken else ""


def _permitted(each: str) -> bool:
    return each.isalnum() or each in _MARKS or each == " "


def _pretenders(name: str) -> dict[str, str]:
    """Letters that only look Latin, each with the Latin letter it pretends to be.

    ASCII is what the others pretend to be, so it is never at fault; accented Latin letters are not in the table.
    """
    foreign = "".join(each for each in name.casefold() if not each.isascii() and each.isalpha())
    if not foreign:
        return {}
    from confusable_homoglyphs import confusables  # noqa: PLC0415 - eight megabytes of tables, wanted once in a while

    found: Any = confusables.is_confusable(foreign, preferred_aliases=["latin"], greedy=True)
    return {
        each["character"]: next((alike["c"] for alike in each["homoglyphs"] if alike["c"].isascii()), "")
        for each in found or ()
    }


def _suggest(name: str, taken: Collection[str], settings: Settings, purpose: str) -> str:
    """The nearest name that would do; none where letters of another alphabet are left: nobody could guess for them."""
    repaired = _repaired(name, settings)
    if any(each.isalpha() and "LATIN" not in unicodedata.name(each, "") for each in repaired):
        return ""
    for each in _candidates(repaired, purpose, settings):
        if not _fault(each, taken, settings):
            return each
    return ""


def _repaired(name: str, settings: Settings) -> str:
    pretenders = _pretenders(name)
    plain = "".join(_capital(each, pretenders.get(each.casefold(), each)) for each in name)
    kept = "".join(each if _permitted(each) else " " for each in plain)
    return _shorten(" ".join(kept.split()), settings.name_max)


def _capital(model: str, letter: str) -> str:
    return letter.upper() if model.isupper() else letter


def _shorten(text: str, limit: int) -> str:
    """At most so many characters, cut between words where there is one."""
    if len(text) <= limit:
        return text
    whole, _, _ = text[: limit + 1].rpartition(" ")
    return (whole or text[:limit]).rstrip(" -&,(/")


def _candidates(name: str, purpose: str, settings: Settings) -> Iterator[str]:
    yield name
    for word in words_of(purpose, as_written=True)[:3]:
        yield _shorten(f"{name} {word}".strip(), settings.name_max)
    for number in range(2, 30):
        yield f"{_shorten(name, settings.name_max - 3)} {number}".strip()


# ---------------------------------------------------------------- likeness


def words_of(text: str, *, as_written: bool = False) -> list[str]:
    """The words of a text that say what it is about, in order, each once."""
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]+", text):
        bare = fold(word)
        if len(bare) > 2 and bare not in EMPTY:
            found.setdefault(bare, word)
    return list(found.values() if as_written else found)


def themes_of(text: str) -> frozenset[int]:
    """The themes a text touches, by index."""
    spaced = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    return frozenset(index for index, theme in enumerate(THEMES) if any(f" {word} " in spaced for word in theme))


@dataclass(frozen=True, slots=True)
class Known:
    """A community or a request that another may resemble. key: what its owner calls it by."""

    key: str
    name: str
    purpose: str


def likeness(name: str, purpose: str, other: Known) -> int:
    """How alike two communities are, from 0 to 100; from `ALIKE` on, people are asked whether they mean the same."""
    mine, theirs = slugify(name), slugify(other.name)
    # Short words differ by one letter and mean something else: lean, learn.
    spelling = spelt(mine, theirs) if min(len(mine), len(theirs)) >= 7 or mine == theirs else 0.0
    worded = _share(words_of(name), words_of(other.name))
    aim = _share(words_of(purpose), words_of(other.purpose)) if _told(purpose, other.purpose) else 0.0
    some, others = themes_of(name), themes_of(other.name)
    theme = 90.0 if _mostly(some, others) else 0.0
    told = some and others  # where both names tell, purposes add nothing
    both = 80.0 if not told and _themed(name, purpose) & _themed(other.name, other.purpose) else 0.0
    return int(max(spelling, worded, aim, theme, both))


ALIKE = 80


def _mostly(some: frozenset[int], others: frozenset[int]) -> bool:
    """More themes are shared than not: finance is not the same as sales and finance."""
    return 2 * len(some & others) > len(some | others)


def _told(one: str, other: str) -> bool:
    """Both purposes say enough to be compared."""
    return min(len(words_of(one)), len(words_of(other))) >= 3


def _themed(name: str, purpose: str) -> frozenset[int]:
    """What a community is about by its name; by its purpose when the name tells nothing."""
    return themes_of(name) or themes_of(purpose)


def _share(some: Sequence[str], others: Sequence[str]) -> float:
    """How much of the shorter list is in the longer one, spelling mistakes and endings aside; 0 to 100."""
    few, many = sorted((some, others), key=len)
    if not few:
        return 0.0
    return 100.0 * sum(any(_same(word, each) for each in many) for word in few) / len(few)


def _same(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 6:
        return one.removesuffix("s") == other.removesuffix("s")
    return one[:6] == other[:6] or spelt(one, other) >= 84


def spelt(one: str, other: str) -> float:
    """How alike two words are spelt, from 0 to 100."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - three megabytes, wanted once somebody asks for a community

    return fuzz.ratio(one, other)


def alike(name: str, purpose: str, others: Iterable[Known], limit: int) -> list[Known]:
    """Those that resemble it most, nearest first."""
    scored = [(likeness(name, purpose, other), other) for other in others]
    near = sorted((each for each in scored if each[0] >= ALIKE), key=lambda each: (-each[0], each[1].name))
    return [other for _, other in near[:limit]]


def near_works(works: Iterable[str], others: Iterable[Known], limit: int) -> dict[str, list[Known]]:
    """What profiles say of people's work -> the communities near it, nearest first; none when it says nothing.

    A theme in common weighs as much as two words. Ranks and other words that any job may have say nothing.
    """
    told = [(other, words_of(text), themes_of(text)) for other in others for text in [f"{other.name} {other.purpose}"]]

    @cache  # many people's work is said by the same few words
    def having(word: str) -> frozenset[int]:
        return frozenset(at for at, (_, theirs, _) in enumerate(told) if any(_same(word, each) for each in theirs))

    found: dict[str, list[Known]] = {}
    for work in set(works):
        themes = themes_of(work)
        shared = Counter(at for word in words_of(work) if word not in RANKS for at in having(word))
        scored = [(2 * len(themes & theirs) + shared[at], other) for at, (other, _, theirs) in enumerate(told)]
        near = sorted((each for each in scored if each[0]), key=lambda each: (-each[0], each[1].name))
        found[work] = [other for _, other in near[:limit]]
    return found


# ---------------------------------------------------------------- quota and balance


@dataclass(frozen=True, slots=True)
class Quota:
    """Private communities: now, and as they would be.

    private, total: communities now. ahead: private requests asked earlier and still waiting, which keep their turn.
    would, of: private and total, were this one opened too. limit: private communities allowed then.
    percent: the limit as a percentage, None while a plain number applies.
    """

    private: int
    total: int
    ahead: int
    would: int
    of: int
    limit: int
    percent: int | None

    @property
    def over(self) -> bool:
        """One more would pass the limit."""
        return self.would > self.limit


def quota(private: int, total: int, ahead: int, settings: Settings, *, adds: bool) -> Quota:
    """The quota as one request sees it. adds: the request is for a private community."""
    would, of = private + ahead + int(adds), total + ahead + 1
    if of < settings.private_percent_from:
        return Quota(private, total, ahead, would, of, settings.private_before, None)
    limit = of * settings.private_percent // 100
    return Quota(private, total, ahead, would, of, limit, settings.private_percent)


@dataclass(frozen=True, slots=True)
class Balance:
    """Business and interest, now. percent: of interest, were this one opened. out: that leaves the band, further."""

    business: int
    interest: int
    percent: int
    out: bool


def balance(business: int, interest: int, kind: str, settings: Settings) -> Balance:
    """The balance as one request sees it. kind: "business" or "interest"."""
    after = interest + (kind == "interest")
    total = business + interest + 1
    percent = round(100 * after / total)
    low, high = settings.interest_min_percent, settings.interest_max_percent
    worse = percent > high if kind == "interest" else percent < low
    return Balance(business, interest, percent, worse and total >= settings.balance_from)


# ---------------------------------------------------------------- flags and dates


def flags(texts: Sequence[str], settings: Settings) -> list[str]:
    """What the animators should look at twice: "enthusiasts", "tool"."""
    said = f" {' '.join(re.findall(r'[a-z0-9]+', fold(' '.join(texts))))} "

    def holds(words: Iterable[str]) -> bool:
        return any(f" {' '.join(re.findall(r'[a-z0-9]+', fold(word)))} " in said for word in words)

    found = {"enthusiasts": holds(settings.enthusiast_words), "tool": holds(settings.tool_words)}
    return [flag for flag, here in found.items() if here]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def on_weekdays(day: date) -> bool:
    """Monday to Friday: when people work, as far as is known without their calendar."""
    return day.weekday() < 5


def review_day(today: date, months: int, works_on: Callable[[date], bool] = on_weekdays) -> date:
    """When a community is looked at again unless somebody says otherwise: a day when people work, months later."""
    day = months_later(today, months)
    return next(each for each in (day + timedelta(days=more) for more in range(400)) if works_on(each))


def review_fits(day: date, today: date) -> bool:
    """A review lies ahead, and within two years: later nobody remembers what it was for."""
    return today < day <= months_later(today, 24)
