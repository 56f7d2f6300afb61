"""The second lead: asked at the opening, or later; nothing to the community until they accept.

Who declines, or never answers, may be followed by another: whoever leads the community names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import Press, Submission
from bot.decide import name, split_number, trace
from bot.lookup import account_ids
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused, SequenceSpec, Step, To
from bot.say import Ask, Line, Names, Pick, Question, Say, say
from nudges.communities import rules
from nudges.communities.ask import verdict
from nudges.communities.capability import nudge
from nudges.communities.invited import ask_second, question
from nudges.communities.open import coded, let_in
from nudges.communities.opening import grant_leads
from nudges.communities.process import PROCESS
from storage import communities
from storage import people as people_rows
from storage.communities import Community, Membership
from storage.requests import Request

FORM = "community.second"

_STANDING = {"opening", *communities.OPENED} - {"closing"}
"""The states of a community in which it may get another lead."""


async def _asked(ctx: Context, value: str) -> tuple[Community, Membership]:
    number, _ = split_number(value)
    community = await communities.get(ctx.session, number) if number else None
    member = await communities.membership(ctx.session, number, ctx.actor.person) if community and number else None
    if community is None or member is None or member.role not in {"second", "lead"}:
        raise Refused("community-second-not-asked")
    if member.accepted_at or member.declined_at or member.role == "lead":
        raise Refused("community-second-answered", name=community.name)
    if not community.room or community.state not in _STANDING:
        raise Refused("community-second-over", name=community.name)
    return community, member


@nudge.choice("community.accept", aliases=["communaute accepter"])
async def accept(event: Press, ctx: Context) -> Answer:
    """The second lead accepts: let in, with what a lead needs."""
    community, member = await _asked(ctx, event.value)
    member.role, member.accepted_at = "lead", ctx.now
    ctx.session.add(member)
    await ctx.session.flush()
    await grant_leads(ctx, community)
    await _trace(ctx, community, "accept")
    await _let_in(ctx, community, event.key)
    await _tell_leads(ctx, community, "community-second-accepted", member.person_id, event.key)
    return say("community-second-welcome", name=community.name)


async def _leads(ctx: Context, community_id: int) -> list[int]:
    known = await communities.memberships(ctx.session, community_id)
    return [each.person_id for each in known if each.role == "lead"]


async def _trace(ctx: Context, community: Community, action: str) -> None:
    request = await ctx.session.get(Request, community.request_id) if community.request_id else None
    if request is not None:
        await trace(ctx, PROCESS, request, f"second-{action}", "asked", action)
        return
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action=f"{PROCESS.id}.second-{action}",
        subject=f"community:{community.id}",
        after={"state": action},
    )


async def _let_in(ctx: Context, community: Community, key: str) -> None:
    """key: of the event by which they accept: who leads it no more and is asked again is let in again."""
    account = await people.account_for(ctx.session, ctx.actor.person, community.platform)
    if account is None or account.platform != community.platform:
        raise Refused("community-elsewhere", name=community.name)
    state = {
        "platform": community.platform,
        "community": community.id,
        "person": ctx.actor.person,
        "room": community.room,
        "leads": [account.external_id],
        "key": key,
    }
    await ctx.outbox.start("community.second", f"second:{community.id}:{ctx.actor.person}:{key}", state)


@nudge.choice("community.decline", aliases=["communaute decliner"])
async def decline(event: Press, ctx: Context) -> Answer:
    """The second lead would rather not."""
    community, member = await _asked(ctx, event.value)
    member.declined_at = ctx.now
    ctx.session.add(member)
    await ctx.session.flush()
    await _trace(ctx, community, "decline")
    await _tell_leads(ctx, community, "community-second-declined", member.person_id, event.key, another_pick(community))
    return say("community-second-thanks", name=community.name)


def another_pick(community: Community) -> Pick:
    """The way to name somebody else."""
    return Pick(label="community-second-another", action="community.second", value=_called(community))


def _called(community: Community) -> str:
    """What its leads call a community by: the number of its request, which they were told; else its name."""
    return str(community.request_id) if community.request_id else community.name


async def _tell_leads(ctx: Context, community: Community, line: str, person: int, key: str, *choices: Pick) -> None:
    told = say(line, *choices, who=await name(ctx, person), name=community.name)
    for lead in await _leads(ctx, community.id or 0):
        if lead != person:
            await ctx.outbox.tell(
                To(person=lead, platform=community.platform),
                told,
                name=f"second:{community.id}:{person}:answer:{lead}:{key}",
                kind="decision",
            )


# ---------------------------------------------------------------- naming another


@nudge.choice("community.second", aliases=["communaute second"])
async def another(event: Press, ctx: Context) -> Answer:
    """Name somebody to lead with: at once when the line says whom, else after a form of one field."""
    community, words = await _led(ctx, event.value)
    found = await people.named(ctx.session, ctx.actor.platform, words)
    if found.beyond:
        raise Refused("people-too-many", words=found.beyond, limit=people.NAMED_WORDS)
    if len(found.accounts) == 1 and not found.doubtful:
        row = await people_rows.account(ctx.session, ctx.actor.platform, found.accounts[0])
        if row is not None and row.kind == "member":
            return await _ask(ctx, community, row.person_id, event.key)
    field = Question(name="person", kind="person", max_length=100, value=words[:100])
    return Ask(id=FORM, questions=(field,), meta=_called(community))


async def _led(ctx: Context, value: str) -> tuple[Community, str]:
    """The open community meant, which the actor leads, and what was typed after it. Raises Refused."""
    community, words = await _meant(ctx.session, ctx.actor.person, value)
    member = await communities.membership(ctx.session, community.id or 0, ctx.actor.person) if community else None
    if community is None or member is None or member.role != "lead" or not member.accepted_at:
        raise Refused("community-second-not-yours")
    if community.state not in communities.OPENED:
        raise Refused("community-join-not-open", name=community.name)
    return community, words


async def _meant(session: AsyncSession, person: int, value: str) -> tuple[Community | None, str]:
    """The community that a line begins with, by its request's number or its name, and the rest of the line.

    By name, those alone that know the person are looked at.
    """
    number, rest = split_number(value)
    found = await communities.of_request(session, number) if number else None
    if found is not None:
        return found, rest
    words = value.split()
    own = {each.slug: each for each, _ in await communities.of_person(session, person)}
    for length in range(len(words), 0, -1):
        if named := own.get(rules.slugify(" ".join(words[:length]))):
            return named, " ".join(words[length:])
    return None, value


async def _ask(ctx: Context, community: Community, person: int, key: str) -> Say:
    """Ask somebody to lead with the actor; who was asked before and has not answered is told that they need not."""
    if wrong := await _unfit(ctx.session, community, ctx.actor.person, person):
        raise Refused(wrong.id, **wrong.args)
    assert community.id is not None
    for former in await communities.memberships(ctx.session, community.id):
        if former.role == "second" and not former.declined_at:
            await _release(ctx, community, former, key)
    member = await communities.membership(ctx.session, community.id, person)
    member = member or Membership(community_id=community.id, person_id=person, role="second")
    if member.role == "member":  # who is in it stays in it, whatever they answer
        member.inside_at = member.inside_at or ctx.now
    member.role, member.accepted_at, member.declined_at = "second", None, None
    ctx.session.add(member)
    await ctx.session.flush()
    await _trace(ctx, community, "name")
    await ask_second(ctx, community, ctx.actor.person, person, f"second:{community.id}:{person}:asked:{key}")
    return say("community-second-done", who=await name(ctx, person), name=community.name)


async def _release(ctx: Context, community: Community, former: Membership, key: str) -> None:
    former.role = "member" if former.inside_at else "invited"
    ctx.session.add(former)
    await ctx.session.flush()
    if await ctx.outbox.cancel(batch=question(community, former.person_id)):
        return  # they were not asked yet, and never knew of it
    await ctx.outbox.tell(
        To(person=former.person_id, platform=community.platform),
        say("community-second-released", who=await name(ctx, ctx.actor.person), name=community.name),
        name=f"second:{community.id}:{former.person_id}:released:{key}",
        kind="decision",
    )


async def _unfit(session: AsyncSession, community: Community, lead: int, person: int) -> Line | None:
    """Why a colleague cannot be asked to lead with `lead`, as a sentence; None when they can."""
    if person == lead:
        return Line(id="community-second-self")
    member = await communities.membership(session, community.id or 0, person)
    if member is None:
        return None
    code = {"lead": "leads", "second": "waits"}.get(member.role, "") if not member.declined_at else "declined-before"
    if not code:
        return None
    who = await people.name(session, person)
    return Line(id=f"community-second-{code}", args={"who": who, "name": community.name})


async def _wrong(asking: Asking) -> FieldErrors | Ask | None:
    """One person, of the organisation, other than oneself, who was not asked before."""
    named = account_ids(asking.submission.values.get("person", ""))
    if len(named) > 1:
        return {"person": Line(id="community-second-one")}
    if asking.who.external in named:
        return {"person": Line(id="community-second-self")}
    if named and (code := verdict(asking.accounts.get(named[0], "later"))):
        return {"person": Line(id=f"community-people-{code}", args={"names": Names(names=tuple(named)), "count": 1})}
    community, _ = await _meant(asking.session, asking.who.person, asking.submission.meta)
    known = await people.known(asking.session, asking.submission.platform, named[0]) if named else None
    if community is None or known is None:
        return None
    wrong = await _unfit(asking.session, community, asking.who.person, known.person)
    return {"person": wrong} if wrong else None


@nudge.form(FORM, check=_wrong, accounts=["person"])
async def named(event: Submission, ctx: Context) -> Answer:
    """Whom the form names is asked."""
    community, _ = await _led(ctx, event.meta)
    accounts = account_ids(event.values.get("person", ""))
    if len(accounts) != 1:
        raise Refused("community-second-one")
    person = await people.find(ctx.session, event.platform, accounts[0], ctx.now)
    return await _ask(ctx, community, person, event.key)


async def _second_refused(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    assert community is not None
    await ctx.outbox.tell(
        To(person=state["person"], platform=state["platform"]),
        say("community-join-failed", name=community.name),
        name=f"second:{community.id}:{state['person']}:failed:{state['key']}",
        kind="decision",
    )


nudge.sequences["community.second"] = SequenceSpec(
    "community.second", (Step("let-in", run=coded(let_in)),), _second_refused
)
