"""Asking for a community: three questions, one summary to correct, or one line with options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot import people
from bot.chat import Command, Press, Submission
from bot.decide import closed_own, correct, fields_of, load_own, number_of, split_number, submit
from bot.forms import several
from bot.lookup import account_ids, options
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused
from bot.say import Ask, Line, Names, Pick, Say
from nudges.communities import rules
from nudges.communities.capability import nudge
from nudges.communities.directory import queue_place
from nudges.communities.facts import PROCESS_ID
from nudges.communities.forms import (
    REQUEST,
    SUMMARY,
    Meta,
    Values,
    cleaned,
    first_page,
    lookalikes,
    problems,
    read_meta,
    summary,
)
from nudges.communities.process import PROCESS
from nudges.communities.settings import Settings
from storage import people as people_rows
from storage import requests
from storage.requests import Request

_FLAGS = {
    "private": ("visibility", "private"),
    "prive": ("visibility", "private"),
    "privee": ("visibility", "private"),
    "public": ("visibility", "public"),
    "publique": ("visibility", "public"),
    "interest": ("kind", "interest"),
    "interet": ("kind", "interest"),
    "business": ("kind", "business"),
    "metier": ("kind", "business"),
    "yes": ("yes", "yes"),
    "oui": ("yes", "yes"),
}
_VALUES = {
    "name": "name",
    "nom": "name",
    "purpose": "purpose",
    "but": "purpose",
    "work": "work",
    "travail": "work",
    "reason": "reason",
    "raison": "reason",
    "objective": "objective",
    "objectif": "objective",
    "second": "second",
    "invite": "invitees",
    "invites": "invitees",
    "inviter": "invitees",
    "review": "review_on",
    "revue": "review_on",
    "language": "language",
    "langue": "language",
}
"""Options of the one line, in both languages, and the answers they stand for."""


# ---------------------------------------------------------------- one line


def read_line(text: str) -> dict[str, str]:
    """What one line with options says: field -> text; "yes" when it is to be sent as it is. Raises Refused."""
    name, found = options(text, _FLAGS, _VALUES)
    if unknown := re.search(r"(?:^|\s)--([\w-]+)", name):
        raise Refused("community-option-unknown", option=unknown[1])
    values = {_VALUES[option]: words for option, words in found.items() if option in _VALUES}
    values |= dict(_FLAGS[option] for option in found if option in _FLAGS)
    if name:
        values["name"] = name
    return {key: value for key, value in values.items() if value}


@nudge.command(
    "community request",
    aliases=["communaute demander", "community ask-for", "communaute demande"],
    shortcut="anywhere",
)
async def request(event: Command, ctx: Context) -> Answer:
    """Ask for a community: with nothing, three questions; with everything, one summary; with --yes, at once."""
    return await _begin(read_line(event.text), ctx)


@nudge.choice("community.request")
async def request_pressed(event: Press, ctx: Context) -> Answer:
    """The same from a button; its value is a line."""
    return await _begin(read_line(event.value), ctx)


async def _begin(values: Mapping[str, str], ctx: Context) -> Answer:
    today = ctx.calendar.today(ctx.now)
    values, doubtful = await _named(values, ctx)
    if values.get("yes"):
        await requests.hold(ctx.session, PROCESS_ID)
        await _not_twice(ctx, values, Meta())
    errors = await problems(ctx.session, ctx.settings, values, today)
    errors |= _too_many(values, ctx.settings, ctx.actor.external) | doubtful
    wrong = [line.model_copy(update={"kind": "text"}) for line in errors.values()]
    if not all(values.get(each) for each in ("name", "purpose", "work")):
        # What is wrong is asked again, first.
        return first_page({name: value for name, value in values.items() if name not in errors}, wrong)
    alike = await lookalikes(ctx.session, ctx.settings, values)
    if values.get("yes") and not wrong and not alike:
        known = await _known(ctx, values)
        if known is not None:
            return await _send(ctx, {**cleaned(values, ctx.settings, today, ctx.calendar.works_on), **known}, Meta())
    # A form has room for one second lead; the sentence above it says that there were several.
    first = values if "second" in doubtful else {**values, "second": "".join(tokens(values, "second")[:1])}
    return summary(first, ctx.settings, today, Meta(), alike, wrong, ctx.calendar.works_on)


async def _named(values: Values, ctx: Context) -> tuple[dict[str, str], dict[str, Line]]:
    """The same answers, people being accounts whatever they were called; and what is wrong with how they were."""
    given, wrong = dict(values), dict[str, Line]()
    for field in ("second", "invitees"):
        found = await people.named(ctx.session, ctx.actor.platform, given.get(field, ""))
        if line := several(found):
            wrong[field] = line
        elif field in given:
            given[field] = " ".join(found.accounts)
    return given, wrong


async def _known(ctx: Context, values: Values) -> dict[str, Any] | None:
    """The people named, when each is a member met before; None when the platform must be asked first."""
    found: dict[str, int] = {}
    for external in tokens(values, "second") + tokens(values, "invitees"):
        row = await people_rows.account(ctx.session, ctx.actor.platform, external)
        if row is None or row.kind != "member" or external == ctx.actor.external:
            return None
        found[external] = row.person_id
    return _people_fields(values, found)


def tokens(values: Values, field: str) -> list[str]:
    """The accounts named in a field, each once."""
    return account_ids(values.get(field, ""))


def _people_fields(values: Values, found: Mapping[str, int]) -> dict[str, Any]:
    second = [found[each] for each in tokens(values, "second")[:1]]
    invited = [found[each] for each in tokens(values, "invitees") if each in found]
    fields: dict[str, Any] = {"invitees": [each for each in dict.fromkeys(invited) if each not in second]}
    return fields | ({"second": second[0]} if second else {})


# ---------------------------------------------------------------- checks


async def _three(asking: Asking) -> FieldErrors | Ask | None:
    """The first page: names are checked as they are typed; when all is said, the summary follows."""
    values, today = asking.submission.values, asking.calendar.today(asking.now)
    errors = await problems(asking.session, asking.settings, values, today)
    if errors or not all(values.get(each, "").strip() for each in ("name", "purpose", "work")):
        return errors or None
    alike = await lookalikes(asking.session, asking.settings, values)
    return summary(values, asking.settings, today, Meta(), alike, works_on=asking.calendar.works_on)


async def _all(asking: Asking) -> FieldErrors | Ask | None:
    """The summary: what is wrong, beside its field; look-alikes of a name changed meanwhile, once."""
    values, today = asking.submission.values, asking.calendar.today(asking.now)
    meta = read_meta(asking.submission.meta)
    errors = await problems(asking.session, asking.settings, values, today, meta.correct)
    errors |= _strangers(asking, values)
    if errors:
        return errors
    alike = await lookalikes(asking.session, asking.settings, values, meta.seen)
    return summary(values, asking.settings, today, meta, alike, works_on=asking.calendar.works_on) if alike else None


def _strangers(asking: Asking, values: Values) -> dict[str, Line]:
    """People who cannot be asked: unknown to the platform, not of the organisation, or oneself."""
    second, invitees = tokens(values, "second"), tokens(values, "invitees")
    if wrong := _too_many(values, asking.settings, asking.who.external):
        return wrong
    errors: dict[str, Line] = {}
    for field, named in (("second", second), ("invitees", invitees)):
        verdicts = [verdict(asking.accounts.get(each, "later")) for each in named]
        for code in ("unknown", "outside", "later"):
            those = tuple(each for each, verdict in zip(named, verdicts, strict=True) if verdict == code)
            if those:
                args = {"names": Names(names=those), "count": len(those)}
                errors.setdefault(field, Line(id=f"community-people-{code}", args={**args}))
    return errors


def _too_many(values: Values, settings: Settings, asker: str) -> dict[str, Line]:
    """What is wrong with the people named, whoever they are. asker: the account that asks."""
    second, invitees = tokens(values, "second"), tokens(values, "invitees")
    errors: dict[str, Line] = {}
    if len(second) > 1:
        errors["second"] = Line(id="community-second-one")
    elif asker in second:
        errors["second"] = Line(id="community-second-self")
    if len(invitees) > settings.invitees_max:
        args = {"count": len(invitees), "limit": settings.invitees_max}
        errors["invitees"] = Line(id="community-invitees-many", args={**args})
    return errors


def verdict(kind: str) -> str:
    """What is wrong with naming an account of that kind, as the sentences call it; "" when nothing is."""
    return {"member": "", "gone": "unknown", "unknown": "unknown", "later": "later"}.get(kind, "outside")


# ---------------------------------------------------------------- sending


@nudge.form(REQUEST, check=_three)
async def three(event: Submission, ctx: Context) -> Answer:
    """The first page alone, from somewhere that shows no second one: the summary follows by itself."""
    return await _begin(event.values, ctx)


@nudge.form(SUMMARY, check=_all, accounts=["second", "invitees"])
async def send(event: Submission, ctx: Context) -> Answer:
    """The summary, accepted: it becomes a request, or corrects one."""
    values, meta, today = event.values, read_meta(event.meta), ctx.calendar.today(ctx.now)
    await requests.hold(ctx.session, PROCESS_ID)
    await _not_twice(ctx, values, meta)
    errors = await problems(ctx.session, ctx.settings, values, today, meta.correct)
    errors |= _too_many(values, ctx.settings, event.by)
    if errors or not all(values.get(each, "").strip() for each in ("name", "purpose", "work")):
        # Taken since it was checked: nothing is lost, it is all there to be corrected.
        return summary(values, ctx.settings, today, meta, (), list(errors.values()), ctx.calendar.works_on)
    found = {
        each: await people.find(ctx.session, event.platform, each, ctx.now)
        for each in tokens(values, "second") + tokens(values, "invitees")
        if each != event.by
    }
    return await _send(
        ctx, {**cleaned(values, ctx.settings, today, ctx.calendar.works_on), **_people_fields(values, found)}, meta
    )


async def _not_twice(ctx: Context, values: Values, meta: Meta) -> None:
    """The same form sent twice asks once. Raises Refused, with the number of the request it made."""
    slug = rules.slugify(values.get("name", ""))
    for mine in await requests.of_person(ctx.session, PROCESS_ID, ctx.actor.person):
        open_ = mine.state in {"waiting", "refusing"} and number_of(mine) != meta.correct
        if open_ and rules.slugify(fields_of(mine)["name"]) == slug:
            raise Refused("community-asked-already", number=str(number_of(mine)), name=fields_of(mine)["name"])


async def _send(ctx: Context, fields: Mapping[str, Any], meta: Meta) -> Say:
    if meta.correct:
        made = await correct(ctx, PROCESS, meta.correct, fields)
        return await _sent(ctx, made, "community-corrected")
    made = await submit(ctx, PROCESS, fields)
    return await _sent(ctx, made, "community-sent")


async def _sent(ctx: Context, made: Request, line: str) -> Say:
    place, total = await queue_place(ctx, made)
    number = str(number_of(made))
    args = {
        "number": number,
        "name": fields_of(made)["name"],
        "place": place,
        "total": total,
        "days": ctx.settings.offer_again_days,
    }
    return Say(
        lines=(Line(id=line, args=args), Line(id="community-sent-next", args=args)),
        choices=(
            Pick(label="community-correct", action="community.correct", value=number),
            Pick(label="decide-withdraw", action="community.withdraw", value=number),
        ),
    )


# ---------------------------------------------------------------- correcting


@nudge.choice("community.correct", aliases=["communaute corriger"])
async def correct_pressed(event: Press, ctx: Context) -> Answer:
    """The summary again, as it was sent."""
    mine = await load_own(ctx, PROCESS, split_number(event.value)[0])
    if mine.state != "waiting":
        raise await closed_own(ctx, PROCESS, mine)
    return await _prefilled(ctx, mine)


async def _prefilled(ctx: Context, mine: Request) -> Ask:
    fields = fields_of(mine)
    values = {name: str(fields.get(name) or "") for name in ("name", "purpose", "work", "kind", "visibility")}
    values |= {name: str(fields.get(name) or "") for name in ("reason", "objective", "review_on", "language")}
    values["second"] = " ".join(await _accounts(ctx, [fields["second"]] if fields.get("second") else []))
    values["invitees"] = " ".join(await _accounts(ctx, fields.get("invitees", [])))
    alike = await lookalikes(ctx.session, ctx.settings, values)
    seen = tuple(each.key for each in alike)
    meta, today = Meta(number_of(mine), seen), ctx.calendar.today(ctx.now)
    return summary(values, ctx.settings, today, meta, (), (), ctx.calendar.works_on)


async def _accounts(ctx: Context, persons: Sequence[int]) -> list[str]:
    """The accounts of people where the actor is; who left is left out."""
    found = [await people.account_for(ctx.session, person, ctx.actor.platform) for person in persons]
    return [each.external_id for each in found if each and each.platform == ctx.actor.platform]
