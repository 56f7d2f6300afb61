"""The forms by which a community is asked for, and what they must hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.calendar import read_day
from bot.say import Ask, Line, Pick, Question
from nudges.communities import facts, rules
from nudges.communities.settings import Settings

REQUEST = "community.request"
SUMMARY = "community.summary"
LIMITS = {"purpose": 300, "work": 500, "reason": 300, "objective": 150}
"""Characters of each text."""

LANGUAGES = ("en", "fr")
"""The languages a community may choose to be spoken to in."""

NAME = 75
"""Characters of a name that the form takes: more than the setting allows, to be able to suggest a shorter one."""

LONGEST_NAME = 200
"""Characters of a name that are looked at."""

Values = Mapping[str, str]
WorksOn = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Meta:
    """What a form carries along. correct: the request it corrects, 0 for a new one. seen: look-alikes shown already."""

    correct: int = 0
    seen: tuple[str, ...] = ()

    def text(self) -> str:
        """As a form's meta."""
        return json.dumps({"correct": self.correct, "seen": self.seen})


def read_meta(text: str) -> Meta:
    """A form's meta, as it came back."""
    try:
        found = json.loads(text or "{}")
        return Meta(int(found.get("correct", 0)), tuple(str(each) for each in found.get("seen", ())))
    except (ValueError, TypeError, AttributeError):
        return Meta()


def first_page(values: Values, lines: Sequence[Line] = ()) -> Ask:
    """The three questions. values: what is known already; lines: what was wrong with it."""
    return Ask(
        id=REQUEST,
        questions=_three(values),
        lines=tuple(lines),
    )


def summary(
    values: Values,
    settings: Settings,
    today: date,
    meta: Meta,
    alike: Sequence[rules.Known],
    lines: Sequence[Line] = (),
    works_on: WorksOn = rules.on_weekdays,
) -> Ask:
    """Everything at once, with sensible defaults, to correct or to send. alike: what people may want to join.

    works_on: whether people work on a day, where their calendar is known.
    """
    shown = Meta(meta.correct, tuple(sorted({*meta.seen, *(each.key for each in alike)})))
    joins = tuple(
        Pick(label="community-join-instead", action="community.join", value=each.key, args={"name": each.name[:50]})
        for each in alike
    )
    told = [*lines, *_alike_lines(alike)]
    return Ask(
        id=SUMMARY,
        questions=_questions(values, settings, today, works_on),
        lines=tuple(told),
        choices=joins,
        review=True,
        meta=shown.text(),
    )


def _alike_lines(alike: Sequence[rules.Known]) -> list[Line]:
    if not alike:
        return []
    items = [
        Line(id="community-list-item", kind="item", args={"name": each.name, "purpose": each.purpose}) for each in alike
    ]
    return [Line(id="community-alike-first"), *items]


def _questions(values: Values, settings: Settings, today: date, works_on: WorksOn) -> tuple[Question, ...]:
    get = values.get
    # What is no day could not be shown by a date picker; the sentence above the form says so.
    review = read_day(get("review_on", "")) or rules.review_day(today, settings.review_months, works_on)
    return (
        *_three(values),
        Question(name="kind", kind="choice", options=("business", "interest"), value=get("kind") or "business"),
        Question(name="visibility", kind="choice", options=("public", "private"), value=get("visibility") or "public"),
        _text("reason", values, required=False),
        _objective(get("objective", ""), settings),
        Question(name="second", kind="person", required=False, max_length=100, value=get("second", "")[:100]),
        Question(name="invitees", kind="people", required=False, max_length=2000, value=get("invitees", "")[:2000]),
        Question(name="review_on", kind="date", max_length=10, value=review.isoformat()),
        Question(name="language", kind="choice", options=LANGUAGES, required=False, value=_language(values)),
    )


def _language(values: Values) -> str:
    """The language chosen for what several people read there; "" for the organisation's own."""
    said = rules.fold(values.get("language", "").strip())[:2]
    return said if said in LANGUAGES else ""


def _three(values: Values) -> tuple[Question, ...]:
    # What is longer than a form can show is cut; the sentence above it says how long it was.
    return (
        Question(name="name", max_length=NAME, value=values.get("name", "")[:NAME]),
        _text("purpose", values),
        _text("work", values),
    )


def _text(name: str, values: Values, *, required: bool = True) -> Question:
    limit = LIMITS[name]
    return Question(name=name, kind="long", max_length=limit, value=values.get(name, "")[:limit], required=required)


def _objective(value: str, settings: Settings) -> Question:
    """One of the organisation's objectives where it named them, else the person's own words."""
    if not settings.objectives:
        return Question(name="objective", required=False, max_length=LIMITS["objective"], value=value[:150])
    labels = {f"objective-{index}": text for index, text in enumerate(settings.objectives, 1)}
    known = {text: key for key, text in labels.items()}
    return Question(
        name="objective",
        kind="choice",
        options=tuple(labels),
        labels=labels,
        required=False,
        value=known.get(value, value),
    )


# ---------------------------------------------------------------- what is wrong


async def problems(
    session: AsyncSession, settings: Settings, values: Values, today: date, but: int = 0
) -> dict[str, Line]:
    """What is wrong with what was filled, as far as our own rows tell; what is still empty is not wrong yet.

    but: the request that is being corrected, whose name is its own.
    """
    errors = dict(_texts(values))
    given = values.get("name", "").strip()[:LONGEST_NAME]
    if given:
        land = await facts.landscape(session)
        verdict = rules.judge_name(
            given, facts.slugs(land, but or None), settings, values.get("purpose", ""), land.former
        )
        if verdict.code:
            errors["name"] = Line(id=f"community-name-{verdict.code}", args={**name_args(given, verdict, settings)})
    if values.get("visibility") == "private" and not values.get("reason", "").strip():
        errors["reason"] = Line(id="community-reason-needed")
    if review := values.get("review_on", "").strip():
        day = read_day(review)
        if day is None or not rules.review_fits(day, today):
            errors["review_on"] = Line(
                id="community-review-wrong", args={"example": rules.months_later(today, 6).isoformat()}
            )
    return errors


def _texts(values: Values) -> Iterable[tuple[str, Line]]:
    for name, limit in LIMITS.items():
        length = len(values.get(name, ""))
        if length > limit:
            yield name, Line(id="community-too-long", args={"limit": limit, "length": length})
    for name in ("purpose", "work"):
        text = values.get(name, "").strip()
        if text and len(rules.fold(text)) < 10:
            yield name, Line(id=f"community-{name}-short")


def name_args(given: str, verdict: rules.NameVerdict, settings: Settings) -> dict[str, str | int]:
    """What the sentence about a bad name may say."""
    return {
        "name": given[:80],
        "suggestion": verdict.suggestion,
        "suggested": "yes" if verdict.suggestion else "no",
        "min": settings.name_min,
        "max": settings.name_max,
        "days": settings.undo_days,
    }


async def lookalikes(
    session: AsyncSession, settings: Settings, values: Values, seen: Iterable[str] = ()
) -> list[rules.Known]:
    """Communities that the person may want to join instead, and has not been shown yet."""
    land = await facts.landscape(session)
    others = [each for each in facts.joinable(land) if each.key not in set(seen)]
    return rules.alike(values.get("name", ""), values.get("purpose", ""), others, settings.lookalikes_shown)


def cleaned(values: Values, settings: Settings, today: date, works_on: WorksOn = rules.on_weekdays) -> dict[str, Any]:
    """What is kept of a filled summary, people apart."""
    review = read_day(values.get("review_on", "")) or rules.review_day(today, settings.review_months, works_on)
    objective = values.get("objective", "").strip()
    labels = {f"objective-{index}": text for index, text in enumerate(settings.objectives, 1)}
    private = values.get("visibility") == "private"
    return {
        "name": rules.tidy(values["name"]),
        "purpose": " ".join(values["purpose"].split()),
        "work": " ".join(values["work"].split()),
        "kind": "interest" if values.get("kind") == "interest" else "business",
        "visibility": "private" if private else "public",
        "reason": values.get("reason", "").strip() if private else "",
        "objective": labels.get(objective, objective),
        "review_on": review.isoformat(),
        "language": _language(values),
    }
