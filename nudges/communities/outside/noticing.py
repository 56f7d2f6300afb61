"""What somebody did to a community outside: the rows follow, the trail says so, and those who must decide are told.

Each once: a change that the rows show already is none, and what the bot does itself is not outside.
"""

from __future__ import annotations

from bot import people
from bot.chat import Press
from bot.decide import name
from bot.nudge import Answer, Context, Refused
from bot.say import Arg, Line, Pick, Say, say
from nudges.communities import facts, rules
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.card import limit_of
from nudges.communities.invited import release_seconds
from nudges.communities.life import byhand, rights
from nudges.communities.life.telling import tell_animators, to_person
from nudges.communities.opening import accounts_of, grant_leads
from storage import changes, communities
from storage.changes import detail_of
from storage.communities import Community

CLOSING = {"close", "merge", "reopen"}
RETURN, CHECK = "community.return", "community.check"


async def follow(ctx: Context, community: Community, what: str, called: str = "", successor: str = "") -> None:
    """Let a community follow what happened to its room. what: as `rules.differences`, or "upgraded".

    called: its name afterwards, for "renamed". successor: the room that takes its place, for "upgraded".
    """
    await communities.hold(ctx.session, community)  # an event and a look may say the same at once
    if await _is_ours(ctx, community, what, called):
        return
    before, old = {"state": community.state}, community.slug
    if not await _apply(ctx, community, what, called, successor):
        return
    community.noticed += 1
    ctx.session.add(community)
    await ctx.session.flush()
    await _trace(ctx, community, what, before, old)
    if community.state == "closed":
        await release_seconds(ctx, community, f"outside:{community.id}:{community.noticed}")
    await _tell(ctx, community, what, old)
    if what == "reopened":  # archiving a room may put bots out of it
        await enter(ctx, community, f"noticed:{community.noticed}")


async def enter(ctx: Context, community: Community, why: str, *, by: int = 0) -> None:
    """Let the bot enter a community's room again. why: the occasion, once for each. by: who hears if it may not."""
    state = {"platform": community.platform, "room": community.room, "community": community.id, "by": by}
    key = f"return:{community.id}:{why}"
    await ctx.outbox.start(RETURN, key, {**state, "key": key})


async def check(ctx: Context, community: Community, why: str, *, out: bool = False) -> None:
    """Let a community's room be looked at. why: the occasion, once for each. out: the bot was told that it is out."""
    leads = await communities.leads(ctx.session, community.id or 0)
    state = {
        "platform": community.platform,
        "community": community.id,
        "room": community.room,
        "leads": await accounts_of(ctx, community, leads),
        "private": community.visibility == "private",
        "out": out,
    }
    await ctx.outbox.start(CHECK, f"check:{community.id}:{why}", state)


async def _is_ours(ctx: Context, community: Community, what: str, called: str) -> bool:
    """Whether the bot does this itself just now; what waits to be done by hand is looked at."""
    for change in await changes.of_community(ctx.session, community.id or 0, *changes.UNDER_WAY):
        detail = detail_of(change)
        wanted = {str(detail.get("slug", "")), str(detail.get("old_slug", ""))}
        same = (what in {"archived", "reopened"} and change.kind in CLOSING) or (
            what == "renamed" and change.kind == "rename" and rules.slugify(called) in wanted
        )
        if same:
            if change.state in {"stuck", "undo-stuck"}:
                await byhand.look(ctx, community, change)
            return True
    return False


async def _apply(ctx: Context, community: Community, what: str, called: str, successor: str) -> bool:
    """Change the row; False where it says so already."""
    is_open = community.state in rights.OPEN
    match what:
        case "renamed":
            return _renamed(community, called)
        case "archived" if is_open:
            community.state, community.closed_at = "closed", ctx.now
        case "reopened" if community.state == "closed":
            community.state, community.closed_at, community.merged_into = "active", None, None
            await grant_leads(ctx, community)
        case "made-private" if community.visibility == "public" and is_open:
            community.visibility = "private"
        case "made-public" if community.visibility == "private" and is_open:
            community.visibility = "public"
        case "vanished" | "put-out" if community.missing_at is None and is_open:
            community.missing_at = ctx.now
        case "found" if community.missing_at is not None:
            community.missing_at = None
        case "upgraded" if successor and community.room != successor:
            community.room = successor
        case _:
            return False
    return True


def _renamed(community: Community, called: str) -> bool:
    """A platform without titles tells the slug: it stands for the name when it says something else."""
    slug = rules.slugify(called)
    if not slug or slug in {community.slug, rules.slugify(community.name)}:
        return False
    community.name, community.slug = rules.tidy(called)[:100], slug
    return True


async def _trace(ctx: Context, community: Community, what: str, before: dict[str, str], old: str = "") -> None:
    """old: the slug before, where it may be another one."""
    after = {"state": community.state, "change": what}
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.who.person if ctx.who else None,
        action="community.outside",
        subject=f"community:{community.id}",
        before=before,
        after=after,
        texts={"old_slug": old if old != community.slug else "", "slug": community.slug},
    )


async def _tell(ctx: Context, community: Community, what: str, old: str) -> None:
    """Tell the animators, and those who lead it where it concerns them."""
    args: dict[str, Arg] = {"name": community.name, "old": old}
    lines = [Line(id=f"outside-{what}", args=args)]
    if what == "made-private" and (quota := await _quota(ctx)):
        lines.append(quota)
    picks: tuple[Pick, ...] = ()
    number = str(community.id)
    if what == "archived":
        picks = (Pick(label="outside-reopen", action="community.reopen", value=number),)
    if what in {"vanished", "put-out"}:
        picks = (
            Pick(label="outside-enter-again", action="community.enter-again", value=number, style="primary"),
            Pick(label="outside-close-entry", action="community.close-entry", value=number, style="danger"),
        )
    told = f"outside:{number}:{community.noticed}"
    await tell_animators(ctx, Say(lines=tuple(lines), choices=picks), told)
    for lead in await communities.leads(ctx.session, community.id or 0) if what != "found" else []:
        if ctx.who is None or ctx.who.person != lead:
            answer = Say(lines=(lines[0],), choices=picks if what == "archived" else ())
            await ctx.outbox.tell(to_person(lead, community), answer, name=f"{told}:{lead}", kind="decision")


async def _quota(ctx: Context) -> Line | None:
    """Where that leaves the quota of private communities, when it is passed."""
    land = await facts.landscape(ctx.session)
    private = sum(each.visibility == "private" for each in land.communities)
    quota = rules.quota(private - 1, len(land.communities) - 1, 0, ctx.settings, adds=True)
    if not quota.over:
        return None
    args: dict[str, Arg] = {"private": quota.would, "total": quota.of, "limit": limit_of(quota)}
    return Line(id="outside-over-quota", args=args)


# ---------------------------------------------------------------- vanished


@nudge.choice("community.close-entry", by=ANIMATORS, aliases=["communaute classer"])
async def close_entry(event: Press, ctx: Context) -> Answer:
    """The room is gone for good: the community is closed here too."""
    community = await missing(ctx, event.value)
    if not await communities.move(ctx.session, community, *communities.OPENED, state="closed", closed_at=ctx.now):
        raise Refused("life-not-open", name=community.name)
    await release_seconds(ctx, community, f"outside:{community.id}:{event.key}")
    await _trace(ctx, community, "entry-closed", {"state": "vanished"})
    return say("outside-entry-closed", name=community.name)


async def missing(ctx: Context, value: str) -> Community:
    """The community of a number whose room is gone, or the bot no longer in it. Raises Refused: there is none."""
    words = value.strip()
    number = int(words) if words.isdecimal() and len(words) < 10 else 0
    community = await communities.get(ctx.session, number)
    if community is None or community.missing_at is None:
        raise Refused("outside-not-missing")
    return community


# ---------------------------------------------------------------- who leads


async def lead_gone(ctx: Context, community: Community, person: int, why: str) -> None:
    """A lead left the room ("left"), or the organisation ("gone"): they lead no longer."""
    await communities.hold(ctx.session, community)
    member = await communities.membership(ctx.session, community.id or 0, person)
    if member is None or member.role != "lead" or not member.accepted_at or community.state not in rights.OPEN:
        return
    member.role, member.inside_at = "former", None
    ctx.session.add(member)
    await ctx.session.flush()
    leads = await grant_leads(ctx, community)
    community.noticed += 1
    ctx.session.add(community)
    await ctx.session.flush()
    await _trace(ctx, community, f"lead-{why}", {"state": community.state})
    await _tell_gone(ctx, community, person, why, leads)


async def _tell_gone(ctx: Context, community: Community, person: int, why: str, leads: list[int]) -> None:
    args = {"who": await name(ctx, person), "name": community.name}
    told = f"outside:{community.id}:{community.noticed}"
    for lead in leads:
        line = say(f"outside-lead-{why}", **args)
        await ctx.outbox.tell(to_person(lead, community), line, name=f"{told}:{lead}", kind="decision")
    if not leads:
        hand = Pick(label="outside-find-lead", action="community.hand-over", value=str(community.id), style="primary")
        lines = (Line(id=f"outside-lead-{why}", args=args), Line(id="outside-leaderless", args=args))
        await tell_animators(ctx, Say(lines=lines, choices=(hand,)), told)


async def lead_back(ctx: Context, community: Community, person: int) -> None:
    """Who led it, left and comes back, leads it again, unless somebody else does by now."""
    member = await communities.membership(ctx.session, community.id or 0, person)
    if member is None or member.role != "former" or community.leaderless_at is None:
        return
    await communities.set_role(ctx.session, community.id or 0, person, "lead", ctx.now)
    await grant_leads(ctx, community)
    community.noticed += 1
    ctx.session.add(community)
    await _trace(ctx, community, "lead-back", {"state": community.state})
    line = say("outside-lead-back", who=await name(ctx, person), name=community.name)
    await tell_animators(ctx, line, f"outside:{community.id}:{community.noticed}")


async def person_gone(ctx: Context, person: int) -> None:
    """Somebody has no account left on any platform: what they led is led by them no longer."""
    if await people.account_for(ctx.session, person) is not None:
        return
    for community in await communities.led_by(ctx.session, person):
        await lead_gone(ctx, community, person, "gone")
