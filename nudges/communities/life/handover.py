"""Handing a community over: whoever is to lead it is asked first, and nothing changes until they accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot import people
from bot.chat import Press
from bot.decide import name
from bot.forms import several
from bot.nudge import EVERYONE, Answer, Asking, Context, Refused, SequenceSpec, Step
from bot.say import Line, Pick, Say, plain, say
from nudges.communities.capability import nudge
from nudges.communities.life import changes as life
from nudges.communities.life.telling import tell_room, to_person
from nudges.communities.open import coded, let_in
from nudges.communities.opening import accounts_of, grant_leads
from storage import changes, communities
from storage import people as people_rows
from storage.changes import Change
from storage.communities import Community

HANDOVER = "community.handover"
WAITS = timedelta(days=14)
"""How long an answer is waited for."""


async def _read(ctx: Context | Asking, community: Community, words: str) -> dict[str, Any]:
    """Who is to lead it. Raises Refused: nobody is named, or somebody who leads it already."""
    assert ctx.who is not None
    found = await people.named(ctx.session, ctx.who.platform, words)
    if doubt := several(found):
        raise Refused(doubt.id, **doubt.args)
    if len(found.accounts) != 1:
        raise Refused("life-handover-one")
    (account,) = found.accounts
    known = await people_rows.account(ctx.session, ctx.who.platform, account)
    if known is None and ctx.who.platform != community.platform:
        raise Refused("community-elsewhere", name=community.name)
    leads = await communities.leads(ctx.session, community.id or 0)
    if known is not None and known.person_id in leads:
        raise Refused("life-handover-leads", who=known.name, name=community.name)
    giving = [ctx.who.person] if ctx.who.person in leads else leads
    return {"account": account, "from": giving} | ({"person": known.person_id} if known else {})


async def _lines(ctx: Context, community: Community, change: Change) -> list[Line]:
    args = await _args(ctx, community, change)
    givers = [{"who": await name(ctx, person)} for person in await life.persons(ctx, change, "from")]
    gives = [Line(id="life-handover-gives", kind="item", args={**each}) for each in givers]
    return [Line(id="life-handover-asked", kind="item", args=args), *gives]


async def _args(ctx: Context, community: Community, change: Change) -> dict[str, Any]:
    (person,) = await life.persons(ctx, change, "person")
    return {"who": await name(ctx, person), "name": community.name}


async def ask(ctx: Context, community: Community, change: Change) -> None:
    """Ask whoever is to lead it; the change waits for their answer."""
    await changes.move(ctx.session, change, "running", "proposed", state="asked")
    number = str(change.id)
    args = {"who": await name(ctx, change.person_id), "name": community.name}
    told = Say(
        lines=(Line(id="life-lead-asked", args=args), plain(community.purpose, "quote")),
        choices=(
            Pick(label="community-accept", action="community.lead-accept", value=number, style="primary"),
            Pick(label="community-decline", action="community.lead-decline", value=number),
        ),
    )
    (person,) = await life.persons(ctx, change, "person")
    await ctx.outbox.tell(
        to_person(person, community),
        told,
        name=f"life:{number}:asked",
        kind="decision",
        reason="asked to lead",
        asks=True,
    )


async def _asked(ctx: Context, value: str) -> tuple[Change, Community]:
    change, community = await life.load(ctx, value)
    if change.kind != "handover" or ctx.actor.person not in await life.persons(ctx, change, "person"):
        raise Refused("community-second-not-asked")
    if change.state != "asked":
        raise Refused("community-second-answered", name=community.name)
    return change, community


@nudge.choice("community.lead-accept", by=EVERYONE, aliases=["communaute reprendre-la-main"])
async def accept(event: Press, ctx: Context) -> Answer:
    """The new lead accepts: let in, with what a lead needs."""
    change, community = await _asked(ctx, event.value)
    accounts = await accounts_of(ctx, community, [ctx.actor.person])
    if not accounts:
        raise Refused("community-elsewhere", name=community.name)
    if not await changes.move(ctx.session, change, "asked", state="running"):
        raise Refused("community-second-answered", name=community.name)
    await life.start(ctx, community, change, HANDOVER, leads=accounts)
    return say("community-second-welcome", name=community.name)


@nudge.choice("community.lead-decline", by=EVERYONE, aliases=["communaute ne-pas-reprendre"])
async def decline(event: Press, ctx: Context) -> Answer:
    """They would rather not: nothing changes."""
    change, community = await _asked(ctx, event.value)
    await _over(ctx, change, community, "declined")
    return say("community-second-thanks", name=community.name)


async def _over(ctx: Context, change: Change, community: Community, how: str) -> None:
    """It came to nothing; who proposed it is told. how: "declined" or "expired"."""
    if not await changes.move(ctx.session, change, "asked", state="cancelled" if how == "declined" else "expired"):
        return
    await life.trace(ctx, community, change, how)
    line = say(f"life-lead-{how}", **await _args(ctx, community, change))
    await ctx.outbox.tell(to_person(change.person_id, community), line, name=f"life:{change.id}:{how}", kind="decision")


async def expire(ctx: Context) -> None:
    """Nobody waits for an answer for ever."""
    for change in await changes.in_states(ctx.session, "asked"):
        community = await communities.get(ctx.session, change.community_id)
        if community is not None and ctx.now - change.created_at >= WAITS:
            await ctx.outbox.cancel(name=f"life:{change.id}:asked")
            await _over(ctx, change, community, "expired")


async def _back(ctx: Context, community: Community, change: Change) -> None:
    before = await life.persons(ctx, change, "from")
    await life.start(ctx, community, change, HANDOVER, leads=await accounts_of(ctx, community, before))


async def _led(state: Mapping[str, Any], ctx: Context) -> None:
    change, community = await life.place(ctx, state)
    giving, taking = await life.persons(ctx, change, "from"), await life.persons(ctx, change, "person")
    if state["undo"]:
        giving, taking = taking, giving
    for person in giving:
        await communities.set_role(ctx.session, community.id or 0, person, "member", ctx.now)
    for person in taking:
        await communities.set_role(ctx.session, community.id or 0, person, "lead", ctx.now)
    await grant_leads(ctx, community)
    for person in taking:
        line = Line(id="life-leads-now", args={"who": await name(ctx, person), "name": community.name})
        promise = f"life:{change.id}:room:{change.tries}:{person}"
        told = Say(lines=(line,))
        await tell_room(ctx, community, told, promise)
    notes = [Line(id="life-note-powerless", kind="note")] if state.get("powerless") else []
    await life.finish(ctx, change, community, *notes)
    await _tell_former(ctx, change, community, giving)


async def _tell_former(ctx: Context, change: Change, community: Community, giving: Sequence[int]) -> None:
    """Those who led it until now and did not ask for this themselves."""
    told = say("life-lead-undone" if change.state == "undone" else "life-lead-no-more", name=community.name)
    for person in giving:
        if person != change.person_id:
            await ctx.outbox.tell(
                to_person(person, community),
                told,
                name=f"life:{change.id}:former:{change.tries}:{person}",
                kind="decision",
            )


async def _refused(state: Mapping[str, Any], code: str, ctx: Context) -> None:
    change, community = await life.place(ctx, state)
    known = "gone" if code.startswith("not-found") else "failed"
    await life.refused(ctx, change, community, Line(id=f"life-refused-{known}", args={"old": community.name}))


life.VERBS["handover"] = life.Verb("handover", _read, _lines, ask, _back, question="person")
nudge.sequences[HANDOVER] = SequenceSpec(HANDOVER, (Step("let-in", run=coded(let_in), done=_led),), _refused)
