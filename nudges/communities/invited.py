"""Those whom a request names: met anew when it opens, asked or invited if they are still there, and never added.

Being asked to lead is a decision that waits for somebody. Being invited is not: it counts in the budget of attention,
says why it came, and "parvis stop" stops it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import people
from bot.attention import hushed
from bot.chat import NotAllowed, NotFound, Profile
from bot.decide import name, note_on_cards
from bot.nudge import ContactSpec, Context, To
from bot.say import Arg, Line, Moment, Names, Pick, Say, Term, plain, say
from nudges.communities.capability import nudge
from nudges.communities.opening import place
from nudges.communities.process import PROCESS
from storage import communities, releases
from storage import people as people_rows
from storage.communities import Community
from storage.outbox import HELD_LONGEST
from storage.requests import Request

State = Mapping[str, Any]

INVITATION = "community.invitation"
"""The kind of contact that an invitation is."""


# ---------------------------------------------------------------- still there?


async def meet(state: State, platform: Any) -> State:
    """Learn who the people named are now: their language, and whether they are still there."""
    met: dict[str, Any] = {}
    for external in [*state["leads"], *state["named"]]:
        try:
            met[external] = (await platform.profile(external)).model_dump(exclude={"email"})
        except NotFound:
            met[external] = None
        except NotAllowed:  # of one whom the bot may not look at, nothing is concluded
            continue
    there = [each for each in state["leads"] if each not in met or (met[each] or {}).get("kind") == "member"]
    return {"met": met, "leads": there}


async def met(state: State, ctx: Context) -> None:
    """Who left since the request was made is not contacted, leads nothing, and the animators are told."""
    community, request = await place(state, ctx)
    for external, known in state["met"].items():
        row = await people_rows.account(ctx.session, state["platform"], external)
        before = row.name if row else external
        profile = Profile.model_validate(known) if known else Profile(id=external, name=before, kind="gone")
        await people.update(ctx.session, state["platform"], profile, ctx.now)
    gone: list[str] = []
    for member in await communities.memberships(ctx.session, community.id or 0):
        if await is_there(ctx, member.person_id):
            continue
        if member.role == "lead":  # what becomes of it then is said once it is open
            member.role = "former"
        else:
            gone.append(await last_called(ctx, member.person_id))
            member.role = "invited"
        ctx.session.add(member)
    await ctx.session.flush()
    await _tell_gone(ctx, request, gone)


async def _tell_gone(ctx: Context, request: Request, gone: list[str]) -> None:
    if not gone:
        return
    lines = [Line(id="community-note-gone", args={"names": Names(names=tuple(gone)), "count": len(gone)})]
    if await is_there(ctx, request.requester_id):
        lines.append(Line(id="community-note-gone-next", args={"who": await name(ctx, request.requester_id)}))
    await note_on_cards(ctx, PROCESS, request, "gone", *lines)


async def forget(_state: State, _platform: Any) -> State:
    """What a profile says is kept in the account alone."""
    return {"met": {}}


async def is_there(ctx: Context, person: int) -> bool:
    """Whether somebody is still a member of the organisation, on any platform."""
    return await people.account_for(ctx.session, person) is not None


async def last_called(ctx: Context, person: int) -> str:
    """What somebody was called when they were last met, though they may have left since."""
    theirs = await people_rows.every_account(ctx.session, await people.current(ctx.session, person))
    return next((each.name for each in theirs if each.name), "") or await name(ctx, person)


async def waiting(ctx: Context, community: Community, role: str) -> list[int]:
    """The people of a role who have not answered and can be reached, by id."""
    known = await communities.memberships(ctx.session, community.id or 0)
    unanswered = [each for each in known if each.role == role and not each.accepted_at and not each.declined_at]
    return [each.person_id for each in unanswered if await is_there(ctx, each.person_id)]


# ---------------------------------------------------------------- asked, or invited


async def second(state: State, ctx: Context) -> None:
    """Ask the second lead whether they accept; until then they are nothing to this community."""
    community, request = await place(state, ctx)
    for person in await waiting(ctx, community, "second"):
        await ask_second(ctx, community, request.requester_id, person, f"opening:{state['request']}:second:{person}")


async def ask_second(ctx: Context, community: Community, lead: int, person: int, promise: str) -> None:
    """Ask a person whether they lead a community with `lead`. promise: the name of what is said."""
    value = str(community.id)
    asked = Line(id="community-second-asked", args={"who": await name(ctx, lead), "name": community.name})
    await ctx.outbox.tell(
        To(person=person, platform=community.platform),
        Say(
            lines=(asked, plain(community.purpose, "quote")),
            choices=(
                Pick(label="community-accept", action="community.accept", value=value, style="primary"),
                Pick(label="community-decline", action="community.decline", value=value),
            ),
        ),
        name=promise,
        kind="decision",
        reason="second lead",
        batch=question(community, person),
        asks=True,
    )


def question(community: Community, person: int) -> str:
    """The batch of the question to a second lead: it is taken back by it while it is not said yet."""
    return f"second:{community.id}:{person}"


async def release_seconds(ctx: Context, community: Community, told: str) -> None:
    """Nobody is waited for any more to lead a community that is closed. told: begins the name of what is said."""
    for person in await waiting(ctx, community, "second"):
        member = await communities.membership(ctx.session, community.id or 0, person)
        assert member is not None, "it was just read"
        member.role = "member" if member.inside_at else "invited"
        ctx.session.add(member)
        await ctx.session.flush()
        if await ctx.outbox.cancel(batch=question(community, person)):
            continue  # they were not asked yet, and never knew of it
        await ctx.outbox.tell(
            To(person=person, platform=community.platform),
            say("community-second-over", name=community.name),
            name=f"{told}:second:{person}",
            kind="decision",
        )


def _invites(who: Arg, name: Arg, purpose: Line, community: str) -> Say:
    return Say(
        lines=(Line(id="community-invited", args={"who": who, "name": name}), purpose),
        choices=(Pick(label="community-join", action="community.join", value=community, style="primary"),),
    )


def example(_ctx: Context) -> Say:
    """An invitation by nobody, to no community; see `bot.nudge.ContactSpec`."""
    purpose = Line(id="community-example-purpose", kind="quote")
    return _invites(Term(term="community-example-who"), Term(term="community-example-name"), purpose, "")


CALLED = ("invitations", "invitations to communities", "les invitations à des communautés")
nudge.contacts.append(ContactSpec(INVITATION, example=example, called=CALLED))


async def invite_all(state: State, ctx: Context) -> None:
    """Tell those invited, with a way in; nobody is added."""
    community, request = await place(state, ctx)
    who = await name(ctx, request.requester_id)
    told = _invites(who, community.name, plain(community.purpose, "quote"), str(community.id))
    for person in await waiting(ctx, community, "invited"):
        await ctx.outbox.tell(
            To(person=person, platform=community.platform),
            told,
            name=f"opening:{state['request']}:invite:{person}",
            kind=INVITATION,
            reason="invited",
        )


async def not_told(ctx: Context, name: str, invited: int) -> list[Line]:
    """What keeps invitations from being said, for whoever had them sent: else they would count on it. name: of the
    community. invited: how many people were to be told.
    """
    args: dict[str, Arg] = {"count": invited, "name": name}
    until = await hushed(ctx.session, ctx.now)
    if not invited:
        return []
    if until is not None:
        args["until"] = Moment(at=until, style="date")
        return [Line(id="community-invited-hushed", args=args, kind="note")]
    if await releases.held(ctx.session, [INVITATION]):
        return [Line(id="community-invited-held", args={**args, "days": HELD_LONGEST.days}, kind="note")]
    return []
