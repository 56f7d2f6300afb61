"""Adopting a room that lives outside: a short form, then it is a community like the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import people
from bot.chat import NotFound, Press, Profile, Submission
from bot.decide import name
from bot.lookup import account_ids
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused, SequenceSpec, Step, To
from bot.say import Ask, Line, Pick, Question, Say, say
from nudges.communities import facts, rules
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.forms import LIMITS, LONGEST_NAME, NAME, name_args
from nudges.communities.life import handover
from nudges.communities.life.telling import charter_name, tell_animators, tell_room, to_room
from nudges.communities.open import coded, let_in
from nudges.communities.opening import grant_leads
from nudges.communities.outside import strays as outside
from storage import changes, communities, strays
from storage.communities import Community
from storage.strays import Stray

TAKE_IN = "community.take-in"
FORM = "community.adopt-room"


async def ask(event: Press, ctx: Context) -> Answer:
    """What the animators must say of a room before it is a community. Raises Refused: no such room outside."""
    stray = await outside.meant(ctx, event.value)
    if stray is None:
        raise Refused("strays-unknown", name=event.value.strip()[:80], hours=ctx.settings.look_hours)
    return Ask(
        id=FORM,
        questions=(
            Question(name="name", max_length=NAME, value=_title(stray.name)),
            Question(name="purpose", kind="long", max_length=LIMITS["purpose"]),
            Question(name="kind", kind="choice", options=("business", "interest")),
            Question(name="lead", kind="person", required=False, max_length=100),
        ),
        lines=(Line(id="strays-adopting", args={"name": stray.name}),),
        meta=str(stray.id),
    )


def _title(shown: str) -> str:
    """A room's name as a title: "sales-methods" reads "Sales methods"."""
    words = " ".join(shown.replace("-", " ").replace("_", " ").split())[:NAME]
    return words[:1].upper() + words[1:]


async def _wrong(asking: Asking) -> FieldErrors | Ask | None:
    """What is wrong with it, beside its field."""
    values = asking.submission.values
    errors = await _faults(asking, values)
    for account in account_ids(values.get("lead", ""))[:1]:
        kind = asking.accounts.get(account, "later")
        if kind not in {"member", "later"}:
            id = "community-people-unknown" if kind in {"unknown", "gone"} else "community-people-outside"
            errors["lead"] = Line(id=id, args={"names": account, "count": 1})
    return errors or None


async def _faults(ctx: Asking | Context, values: Mapping[str, str]) -> dict[str, Line]:
    errors: dict[str, Line] = {}
    given = values.get("name", "").strip()[:LONGEST_NAME]
    if given:
        land = await facts.landscape(ctx.session)
        verdict = rules.judge_name(given, facts.slugs(land), ctx.settings, values.get("purpose", ""), land.former)
        if verdict.code:
            errors["name"] = Line(id=f"community-name-{verdict.code}", args={**name_args(given, verdict, ctx.settings)})
    purpose = values.get("purpose", "").strip()
    if purpose and len(rules.fold(purpose)) < 10:
        errors["purpose"] = Line(id="community-purpose-short")
    return errors


@nudge.form(FORM, check=_wrong, by=ANIMATORS, accounts=["lead"])
async def filled(event: Submission, ctx: Context) -> Answer:
    """All is said: the bot enters the room."""
    stray = await strays.get(ctx.session, int(event.meta)) if event.meta.isdecimal() else None
    if stray is None:
        raise Refused("strays-unknown", name="", hours=ctx.settings.look_hours)
    if errors := await _faults(ctx, event.values):
        raise Refused(next(iter(errors.values())).id, **next(iter(errors.values())).args)
    if not await strays.move(ctx.session, stray.id or 0, "found", "told", "ignored", state="adopting"):
        raise Refused("strays-adopted-already", name=stray.name)
    lead = "".join(account_ids(event.values.get("lead", ""))[:1])
    state = {
        "platform": stray.platform,
        "room": stray.room,
        "stray": stray.id,
        "by": ctx.actor.person,
        "lead": lead if ctx.actor.platform == stray.platform else "",
        "leads": [lead] if lead and lead == ctx.actor.external else [],
        "name": rules.tidy(event.values["name"]),
        "purpose": " ".join(event.values["purpose"].split()),
        "kind": "interest" if event.values.get("kind") == "interest" else "business",
    }
    await ctx.outbox.start(TAKE_IN, f"take-in:{stray.id}:{event.platform}:{event.key}", state)
    return say("strays-entering", name=stray.name)


# ---------------------------------------------------------------- taken in


async def _enter(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    room = await platform.adopt(state["room"])
    profile = None
    if state["lead"]:
        try:
            profile = (await platform.profile(state["lead"])).model_dump(exclude={"email", "fields"})
        except NotFound:
            profile = None
    return {"shown": room.name, "private": room.private, "people": max(0, room.members - 1), "profile": profile}


async def _taken_in(state: Mapping[str, Any], ctx: Context) -> None:
    """It is a community: in the directory, with a purpose, and a lead once they accept."""
    if await communities.in_room(ctx.session, state["platform"], state["room"]) is not None:
        return
    community = _row(state, ctx)
    ctx.session.add(community)
    await ctx.session.flush()
    await strays.move(ctx.session, state["stray"], "adopting", state="adopted")
    await _lead(state, ctx, community)
    await grant_leads(ctx, community)
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=state["by"],
        action="community.adopt",
        subject=f"community:{community.id}",
        before={"state": "stray"},
        after={"state": community.state},
        texts={"slug": community.slug},
    )
    await _say_so(state, ctx, community)


def _row(state: Mapping[str, Any], ctx: Context) -> Community:
    today: date = ctx.calendar.today(ctx.now)
    return Community(
        platform=state["platform"],
        room=state["room"],
        name=state["name"],
        slug=rules.slugify(state["name"]),
        shown=rules.slugify(state["shown"]),
        purpose=state["purpose"],
        work="",
        kind=state["kind"],
        visibility="private" if state["private"] else "public",
        language=next((home.language for homes in ctx.rooms.values() for home in homes), ""),
        state="pilot" if ctx.settings.phase == "pilot" else "active",
        members=state["people"],
        review_on=rules.review_day(today, ctx.settings.review_months, ctx.calendar.works_on),
        opened_at=ctx.now,
        created_at=ctx.now,
    )


async def _lead(state: Mapping[str, Any], ctx: Context, community: Community) -> None:
    """Who adopts it may lead it at once; anybody else is asked."""
    number = community.id or 0
    if state["leads"]:
        await communities.set_role(ctx.session, number, state["by"], "lead", ctx.now)
        return
    if not state["profile"]:
        return
    account = await people.update(ctx.session, community.platform, Profile.model_validate(state["profile"]), ctx.now)
    if account.kind != "member":
        return
    detail = {"account": state["lead"], "from": [], "person": account.person_id, "old": community.name}
    change = await changes.add(ctx.session, number, state["by"], "handover", detail, ctx.now)
    await handover.ask(ctx, community, change)


async def _say_so(state: Mapping[str, Any], ctx: Context, community: Community) -> None:
    """In the room, where what it is for is pinned, and to the animators."""
    promise, room = charter_name(community), to_room(community)
    charter = Say(
        lines=(
            Line(id="community-charter-title", kind="title", args={"name": community.name}),
            Line(id="community-charter-purpose", kind="fact", args={"text": community.purpose}),
            Line(id="strays-charter"),
        )
    )
    await tell_room(ctx, community, charter, promise)
    await ctx.outbox.tell(room, None, name=f"{promise}:pin", kind="decision", op="pin", of=promise)
    args = {"name": community.name, "who": await name(ctx, state["by"])}
    await tell_animators(ctx, say("strays-adopted", **args), f"adopted:{community.id}")


async def _refused(state: Mapping[str, Any], code: str, ctx: Context) -> None:
    """The bot may not enter: who wanted it hears what to do by hand."""
    await strays.move(ctx.session, state["stray"], "adopting", state="told")
    stray = await strays.get(ctx.session, state["stray"])
    assert isinstance(stray, Stray), "strays are not deleted"
    again = Pick(label="strays-adopt", action="community.adopt", value=stray.room, args={"name": stray.name[:50]})
    known = "closed" if code.startswith("not-allowed") else "gone" if code.startswith("not-found") else "failed"
    await ctx.outbox.tell(
        To(person=state["by"], platform=state["platform"]),
        say(f"strays-{known}", again, name=stray.name),
        name=f"take-in:{stray.id}:{ctx.now.isoformat()}:refused",
        kind="answer",
    )


nudge.sequences[TAKE_IN] = SequenceSpec(
    TAKE_IN,
    (Step("enter", run=coded(_enter), done=_taken_in), Step("leads", run=coded(let_in))),
    _refused,
)
