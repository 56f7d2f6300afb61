"""Changing a community: proposed with a preview, agreed to, carried out step by step, undone within its delay.

What kinds of change there are stands in `VERBS`: each says what it needs, what its preview tells, and how it begins.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.decide import name
from bot.nudge import Asking, Context, Refused
from bot.say import Arg, Line, Moment, Pick, Say, Term
from nudges.communities.life import rights
from nudges.communities.life.telling import tell_animators, to_person
from storage import changes, communities
from storage import people as people_rows
from storage.changes import Change, detail_of
from storage.communities import Community

GOOD_FOR = timedelta(hours=24)
"""How long a preview can be agreed to: later, things may have become different."""

BY_HAND = timedelta(days=7)
"""How long, at least, an undoing waits for somebody to do it by hand, however late it was asked for."""

WAITS = timedelta(days=14)
"""How long a change, from its preview on, waits for somebody to do it by hand: it keeps the community from others."""

Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of change. kind: "rename"… question: the field of its form besides the community ("" for none).

    read: from the words to what it needs; raises Refused. allowed: the states of a community in which it makes sense.
    lines: what its preview tells. begin: it was agreed to. back: it is to be undone.
    """

    kind: str
    read: Callable[[Context | Asking, Community, str], Awaitable[Detail]]
    lines: Callable[[Context, Community, Change], Awaitable[list[Line]]]
    begin: Callable[[Context, Community, Change], Awaitable[None]]
    back: Callable[[Context, Community, Change], Awaitable[None]]
    question: str = ""
    allowed: frozenset[str] = rights.LIVING


VERBS: dict[str, Verb] = {}


# ---------------------------------------------------------------- proposed


async def propose(ctx: Context, community: Community, verb: Verb, words: str) -> Change:
    """Write what somebody wants, and have the platform asked whom it concerns; the preview follows. Raises Refused."""
    await fits(ctx, community, verb)
    detail = {**await verb.read(ctx, community, words), "words": words, "before": community.state}
    change = await changes.add(ctx.session, community.id or 0, ctx.actor.person, verb.kind, detail, ctx.now)
    state = {
        "platform": community.platform,
        "change": change.id,
        "room": community.room,
        "account": str(detail.get("account", "")),
        "to": ctx.actor.platform,
    }
    await ctx.outbox.start("community.preview", f"life:{change.id}:preview", state)
    return change


async def fits(ctx: Context | Asking, community: Community, verb: Verb) -> None:
    """Raises Refused: the community is in no state for this, or something else is being done to it."""
    busy = await changes.of_community(ctx.session, community.id or 0, *changes.UNDER_WAY)
    if busy:
        raise Refused("life-busy", name=community.name, what=Term(term=f"life-verb-{busy[0].kind}"))
    if community.state not in verb.allowed:
        raise Refused(f"life-not-{'closed' if verb.kind == 'reopen' else 'open'}", name=community.name)


async def preview(ctx: Context, community: Community, change: Change) -> Say:
    """What will happen, to how many people, and until when it can be undone."""
    verb, number = VERBS[change.kind], str(change.id)
    until = Moment(at=ctx.now + timedelta(days=ctx.settings.undo_days), style="date")
    lines = [
        Line(id=f"life-{change.kind}-title", kind="title", args=args_of(community, change)),
        *await verb.lines(ctx, community, change),
        Line(id="life-people", kind="fact", args={"count": int(detail_of(change).get("people", 0))}),
        Line(id="life-undo-until", kind="fact", args={"day": until}),
        Line(id="life-nothing-yet", kind="note"),
    ]
    return Say(
        lines=tuple(lines),
        choices=(
            Pick(label=f"life-confirm-{change.kind}", action="community.confirm", value=number, style="primary"),
            Pick(label="life-cancel", action="community.cancel", value=number),
        ),
    )


def args_of(community: Community, change: Change) -> dict[str, Arg]:
    """What every sentence about a change may use."""
    detail = detail_of(change)
    return {
        "name": str(detail.get("old") or community.name),
        "new": str(detail.get("name", "")),
        "number": str(change.id),
    }


# ---------------------------------------------------------------- agreed to


async def mine(ctx: Context, value: str, *states: str) -> tuple[Change, Community]:
    """The change of that number, proposed by the actor, in one of these states. Raises Refused."""
    change, community = await load(ctx, value)
    if change.person_id != ctx.actor.person:
        raise Refused("life-not-your-preview")
    if change.state not in states:
        raise Refused(f"life-is-{_told(change)}", name=community.name)
    return change, community


async def load(ctx: Context, value: str) -> tuple[Change, Community]:
    """The change of that number, and its community. Raises Refused."""
    words = value.strip()
    change = await changes.get(ctx.session, int(words)) if words.isdecimal() and len(words) < 10 else None
    community = await communities.get(ctx.session, change.community_id) if change else None
    if change is None or community is None or not await may_see(ctx, change, community):
        raise Refused("life-no-change")
    return change, community


async def may_see(ctx: Context, change: Change, community: Community) -> bool:
    """Whether a change is the actor's business: they proposed it, lead the community, or are asked to."""
    if change.person_id == ctx.actor.person or ctx.actor.person in await persons(ctx, change, "person"):
        return True
    return await rights.may_change(ctx.session, ctx.actor, community)


async def persons(ctx: Context, change: Change, key: str) -> list[int]:
    """The people whom a change names under a key; two who turned out to be one since are that one."""
    named = detail_of(change).get(key, [])
    listed = named if isinstance(named, list) else [named]
    now = await people_rows.current(ctx.session, listed)
    return [now[each] for each in listed]


def _told(change: Change) -> str:
    """A state as sentences call it."""
    words = {"running": "running", "undoing": "running", "stuck": "stuck", "undo-stuck": "stuck", "asked": "asked"}
    return words.get(change.state, "done" if change.state in {"done", "undone"} else "over")


async def confirm(ctx: Context, value: str) -> Community:
    """Agree to a preview: it is carried out from here on. Raises Refused."""
    change, community = await mine(ctx, value, "proposed")
    if ctx.now - change.created_at > GOOD_FOR:
        raise Refused("life-preview-old")
    await rights.entitled(ctx, community)
    await communities.hold(ctx.session, community)
    verb = VERBS[change.kind]
    await fits(ctx, community, verb)
    await verb.read(ctx, community, str(detail_of(change).get("words", "")))  # a name may have been taken meanwhile
    if not await changes.move(ctx.session, change, "proposed", state="running"):
        raise Refused("life-is-running", name=community.name)
    await verb.begin(ctx, community, change)
    return community


async def start(ctx: Context, community: Community, change: Change, kind: str, **more: Any) -> None:
    """Begin a sequence of steps for a change; each time under a name of its own."""
    change.tries += 1
    ctx.session.add(change)
    await ctx.session.flush()
    state = {
        "platform": community.platform,
        "room": community.room,
        "community": community.id,
        "change": change.id,
        "undo": change.state in {"undoing", "undo-stuck"},
        "at": ctx.now.isoformat(),
        **more,
    }
    await ctx.outbox.start(kind, f"life:{change.id}:{change.tries}", state)


# ---------------------------------------------------------------- done, or refused


async def place(ctx: Context, state: Mapping[str, Any]) -> tuple[Change, Community]:
    """The change a sequence carries out, and its community."""
    change = await changes.get(ctx.session, state["change"])
    community = await communities.get(ctx.session, state["community"])
    assert change is not None, "changes are not deleted"
    assert community is not None, "nor are communities"
    return change, community


async def finish(ctx: Context, change: Change, community: Community, *lines: Line) -> None:
    """It is done, or undone: the trail, and everybody concerned is told, with a way back. lines: more to say of it."""
    undone = change.state in {"undoing", "undo-stuck"}
    until = ctx.now + timedelta(days=ctx.settings.undo_days)
    change.state = "undone" if undone else "done"
    change.error = ""
    change.done_at = ctx.now
    if not undone:
        change.undo_until = until
    ctx.session.add(change)
    await ctx.session.flush()
    await trace(ctx, community, change, "undo" if undone else "")
    args = {**args_of(community, change), "who": await name(ctx, change.person_id)}
    told = [Line(id=f"life-{'undone' if undone else 'done'}-{change.kind}", args=args), *lines]
    if not undone:
        told.append(Line(id="life-undo-until", kind="fact", args={"day": Moment(at=until, style="date")}))
    undo = Pick(label="life-undo", action="community.undo", value=str(change.id))
    await spread(ctx, change, community, Say(lines=tuple(told), choices=() if undone else (undo,)), change.state)


async def spread(ctx: Context, change: Change, community: Community, say: Say, what: str) -> None:
    """Tell who asked for a change at once, its leads when they work, and the animators. what: names the message."""
    batch = f"life:{change.id}:{what}:{change.tries}"
    await ctx.outbox.tell(to_person(change.person_id, community), say, name=f"{batch}:asker", kind="answer")
    for lead in await communities.leads(ctx.session, community.id or 0):
        if lead != change.person_id:
            await ctx.outbox.tell(to_person(lead, community), say, name=f"{batch}:{lead}", kind="decision")
    await tell_animators(ctx, say, batch)


async def trace(ctx: Context, community: Community, change: Change, suffix: str = "") -> None:
    """Leave a trace of a change. suffix: "undo" and the like."""
    detail = detail_of(change)
    before = str(detail.get("before", ""))
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.who.person if ctx.who else change.person_id,
        action=f"community.{change.kind}{'.' if suffix else ''}{suffix}",
        subject=f"community:{community.id}",
        before={"state": before} if before else {},
        after={"state": community.state},
        texts={"old_slug": str(detail.get("old_slug", "")), "slug": community.slug},
    )


async def refused(ctx: Context, change: Change, community: Community, line: Line) -> None:
    """The platform refused for good: nothing changed, or no further; who asked is told why, in words."""
    undone = change.state in {"undoing", "undo-stuck"}
    change.state = "done" if undone else "refused"
    ctx.session.add(change)
    await ctx.session.flush()
    await trace(ctx, community, change, "refused")
    await ctx.outbox.tell(
        to_person(change.person_id, community),
        Say(lines=(line,)),
        name=f"life:{change.id}:refused:{change.tries}",
        kind="answer",
    )


async def stuck(ctx: Context, change: Change, community: Community, code: str, line: Line) -> None:
    """The platform keeps this to its admins: say who must press what; one press then has the bot go on.

    line: what is to be done by hand.
    """
    change.state = "undo-stuck" if change.state in {"undoing", "undo-stuck"} else "stuck"
    change.error = code
    if change.undo_until is not None and change.state == "undo-stuck":
        change.undo_until = max(change.undo_until, ctx.now + BY_HAND)
    ctx.session.add(change)
    await ctx.session.flush()
    await trace(ctx, community, change, "stuck")
    done = Pick(label="life-done-by-hand", action="community.done", value=str(change.id), style="primary")
    left = Pick(label="life-give-up", action="community.give-up", value=str(change.id))
    until = change.undo_until if change.state == "undo-stuck" else change.created_at + WAITS
    day = Moment(at=until or ctx.now, style="date")
    told = Say(lines=(line, Line(id="life-stuck-until", kind="note", args={"day": day})), choices=(done, left))
    await spread(ctx, change, community, told, change.state)
