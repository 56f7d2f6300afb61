"""How many people an announcement reaches, by which media and on whose clocks, as far as it may be told. Pure.

How many there are of an audience everybody may know. By which medium somebody is reached says whether they have signed
in yet, and perhaps what they prefer: that is told in steps (`bot.figures`), of groups of `k` people or more alone, so
that neither a figure nor the difference of two says it of somebody. Whoever is named or left out by name, or by a group
that is smaller, makes no difference to these figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.figures import Told as Figure
from bot.figures import arrange, told
from bot.figures.words import count
from bot.nudging.preview import counted
from bot.say import Line, Names, Term

PAPER = "paper"
"""What people are reached by who have neither signed in nor an address."""
NO_DEPARTMENT = ""
"""Those of departments too small to be told of, and of none."""

Step = tuple[int, int, int]
"""Between the first and the second of so many people."""


class Counts(BaseModel):
    """people: how many it is for. media: platform, or "paper" -> how many are reached by it first. zones: how many
    people's clocks are those of a zone. alone: it is for one person.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    people: int = 0
    media: dict[str, Step] = {}
    zones: dict[str, int] = {}

    def text(self) -> str:
        """As it is kept."""
        return self.model_dump_json()


def kept(text: str) -> Counts | None:
    """What was kept; None: nothing yet."""
    try:
        return Counts.model_validate_json(text) if text else None
    except ValidationError:
        return None


def counts(people: int, media: Iterable[str], zones: Iterable[str], k: int, every: Iterable[str] = ()) -> Counts:
    """What may be told. people: of the audience. media, zones: of each of those who are counted openly.

    every: the media there are; that nobody is reached by one is told like any other number.
    """
    by, where = Counter(media), Counter(zones)
    by.update(dict.fromkeys(every, 0))
    of = sum(by.values())
    figures = {each: told(number, of, k) for each, number in sorted(by.items())}
    steps = {each: (said.low, said.high, said.of) for each, said in figures.items() if said is not None}
    return Counts(people=people, media=steps, zones=counted(where, k))


def figure(step: Step) -> Figure:
    """As figures are said."""
    return Figure(*step)


def copies(paper: Mapping[str, int], sizes: Mapping[str, int], k: int) -> dict[str, int]:
    """How many copies each department is given, so that nobody learns who needs one: rounded up to a step, and a few
    where nobody needs any; departments under `k` people together, under "". None at all where nobody needs one.

    paper: department -> people who are reached by paper alone. sizes: department -> people of the audience.
    """
    if not any(paper.values()):
        return {}
    named = arrange({each or NO_DEPARTMENT: size for each, size in sizes.items()}, k)
    groups: dict[str, tuple[int, int]] = {}
    for each, size in sizes.items():
        name = each if named.get(each) == each else NO_DEPARTMENT
        people, of = groups.get(name, (0, 0))
        groups[name] = (people + paper.get(each, 0), of + size)
    found = {}
    for name, (people, of) in groups.items():
        said = told(people, of, k)
        if said is not None or people:
            found[name] = said.high if said is not None else k
    return dict(sorted(found.items()))


# ---------------------------------------------------------------- what changed


def difference(before: Counts, now: Counts, k: int) -> list[Line]:
    """What changed between two times, in words; nothing where nothing did that may be told.

    Of a few people more or fewer it is not said how many, and a figure has changed when `k` people or more did.
    """
    return [*_people(before.people, now.people, k), *_media(before.media, now.media, k)]


def _people(before: int, now: int, k: int) -> list[Line]:
    if before == now:
        return []
    way: Literal["more", "fewer"] = "more" if now > before else "fewer"
    by = abs(now - before)
    few = "few-" if by < k else ""
    return [Line(id=f"counts-{few}{way}", args={"people": by, "before": before, "now": now}, kind="item")]


def _media(before: Mapping[str, Step], now: Mapping[str, Step], k: int) -> Sequence[Line]:
    lines = []
    for each in sorted({*before, *now}):
        was, is_ = before.get(each), now.get(each)
        if was is None or is_ is None:
            id = "counts-medium-gone" if is_ is None else "counts-medium-new"
            lines.append(Line(id=id, args={"medium": medium(each)}, kind="item"))
        elif was[0] - is_[1] >= k or is_[0] - was[1] >= k:
            args = {"medium": medium(each), "before": count(figure(was)), "now": count(figure(is_))}
            lines.append(Line(id="counts-medium", args={**args}, kind="item"))
    return lines


def medium(name: str) -> Term | str:
    """What a medium is called: a platform by its name."""
    return Term(term="counts-paper") if name == PAPER else name


def in_words(figures: Mapping[str, Step]) -> Names:
    """Figures by medium, as a list."""
    return Names(
        names=tuple(
            Term(term="counts-by", args={"medium": medium(each), "count": count(figure(step))})
            for each, step in figures.items()
        )
    )
