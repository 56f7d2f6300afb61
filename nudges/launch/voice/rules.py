"""What a question is, which ones look alike, whom it is for, and when an office is reminded. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.lookup import account_id, fold

TEXT = 3000
"""Characters of a question, and of an answer; a form of Slack takes no more in one field."""
ALIKE = 68
"""Of 100: how alike two questions are that are shown as look-alikes. Only people join them."""
FEW = 2
"""Words that say what a question is about, below which only the whole of it is compared."""
POSTED, LITTLE, WHOLLY = 0.5, 8, 0.75
"""How much of what was to be posted a message holds in the same order, of 1, so that it is that; where it is about
fewer words than so many, how much then."""
QUOTE = 5
"""Words in a row that are somebody's own, below which they are anybody's."""
EMPTY = frozenset(
    word
    for line in (
        "a an and are as at be by can could do does for from have how if in is it my of on or our shall should that",
        "the there they this to us was we what when where which who why will with would you your",
        "ai au aux avec ce cela ces cet cette comment dans de des du elle elles en est et etre il ils je la le les",
        "leur lorsque mais mon ne nos notre nous ou par pas pour pourquoi quand que quel quelle quelles quels qui quoi",
        "sa se sera ses si son sont sur ta te tu un une va vont vos votre vous y",
    )
    for word in line.split()
)
"""Words that say nothing of what a question is about, in both languages."""

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def is_question(text: str) -> bool:
    """Whether something that was said asks something: it has a question mark, and not only in a link."""
    return "?" in _LINK.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who can be asked. person: their row; accounts: their ids on the platform where somebody asks."""

    person: int
    name: str
    accounts: tuple[str, ...] = ()


def whom(text: str, leaders: Sequence[Leader]) -> tuple[Leader | None, str]:
    """Whom a line is for, and what is left of it: "@diane When does it open?".

    An account, a whole name, or a first name that one leader alone has. None: it begins with none of them.
    """
    said = text.strip()
    first, _, rest = said.partition(" ")
    word = account_id(first.rstrip(",:"))
    for each in leaders:
        if word in each.accounts:
            return each, rest.strip()
    plain = said.removeprefix("@")
    for each in sorted(leaders, key=lambda one: -len(one.name)):
        if each.name and _begins(plain, each.name):
            return each, plain[len(each.name) :].lstrip(" ,:").strip()
    called = fold(first.removeprefix("@").rstrip(",:"))
    theirs = [each for each in leaders if called and fold(each.name).split()[:1] == [called]]
    return (theirs[0], rest.strip()) if len(theirs) == 1 and first.startswith("@") else (None, said)


def chosen(value: str, leaders: Sequence[Leader]) -> Leader | None:
    """Whom an answer to a form means: the number that its list has, or an account."""
    return next((each for each in leaders if value == str(each.person) or account_id(value) in each.accounts), None)


def _begins(text: str, name: str) -> bool:
    return fold(text[: len(name)]) == fold(name) and not text[len(name) : len(name) + 1].isalnum()


def same(one: str, other: str) -> bool:
    """Whether two texts ask the same in the same words."""
    return _words(one) == _words(other)


def quotes(text: str, words: str) -> bool:
    """Whether a text says some words of somebody as they wrote them."""
    said, theirs = _words(text), _words(words)
    within = len(theirs) >= QUOTE and f" {' '.join(theirs)} " in f" {' '.join(said)} "
    return within or said == theirs


def alike(text: str, others: Mapping[int, str]) -> list[int]:
    """Those of other questions that look like this one, the most alike first. others: number -> text."""
    found = [(_likeness(text, each), number) for number, each in others.items()]
    return [number for how, number in sorted(found, key=lambda pair: (-pair[0], pair[1])) if how >= ALIKE]


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415 - three megabytes, wanted only where there are several questions

    mine, theirs = ([each for each in _words(text) if each not in EMPTY] for text in (one, other))
    if min(len(mine), len(theirs)) < FEW:
        return fuzz.ratio(" ".join(_words(one)), " ".join(_words(other)))
    return fuzz.token_set_ratio(" ".join(mine), " ".join(theirs))


def which(said: str, texts: Mapping[str, Sequence[str]]) -> str:
    """Which text a message is, by its key; "" for none. texts: key -> each form in which it may be said."""
    found = [(_sameness(said, each), key) for key, every in texts.items() for each in every]
    return max(found, key=lambda pair: pair[0])[1] if found and max(found)[0] > 0 else ""


def _sameness(said: str, text: str) -> float:
    """Of 1, how much of two texts is the same, in the same order; 0 where it is too little."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - as below

    mine, theirs = ([each for each in _words(one) if each not in EMPTY] for one in (said, text))
    least = POSTED if len(theirs) >= LITTLE else WHOLLY
    return Indel.normalized_similarity(mine, theirs, score_cutoff=least) if mine and theirs else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def groups(joined: Iterable[tuple[int, int | None]]) -> dict[int, list[int]]:
    """What is answered together, by its oldest question. joined: (number, the number it is joined to)."""
    found: dict[int, list[int]] = {}
    for number, root in joined:
        found.setdefault(root or number, []).append(number)
    return found


def step(age: int, days: int) -> int:
    """How many times an office was to be reminded by now. age, days: working days; days: between two of them."""
    return age // days
