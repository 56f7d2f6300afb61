"""Closing, merging and reopening a community: archived and never deleted, told to those in it, brought back as it was.

Closing says so in the room, waits until it is said, and archives. Merging closes one into another, to which its people
are invited. Reopening undoes the archiving, lets back in who was in it, and pins what was pinned.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import people
from bot.chat import NotAllowed, NotFound, Profile
from bot.decide import name
from bot.nudge import Asking, Context, Refused, SequenceSpec, Step
from bot.say import Line, Moment, Pick, Say, plain, say
from nudges.communities import facts
from nudges.communities.capability import nudge
from nudges.communities.invited import INVITATION, not_told, release_seconds
from nudges.communities.life import changes as life
from nudges.communities.life import rights
from nudges.communities.life.rules import meant
from nudges.communities.life.telling import charter_name, tell_room, to_person, to_room, until_said
from nudges.communities.open import coded
from nudges.communities.opening import grant_leads
from storage import changes, communities
from storage.changes import Change, detail_of, note
from storage.communities import Community

CLOSE, MERGE = "community.close", "community.merge"
REOPEN, RESTORE = "community.reopen", "community.restore"
State = Mapping[str, Any]
REASON = 300
"""Characters of a reason."""


# ---------------------------------------------------------------- what is wanted


async def _read_close(_ctx: Context | Asking, community: Community, words: str) -> dict[str, Any]:
    return {"reason": words.strip()[:REASON], "old": community.name}


async def _read_merge(ctx: Context | Asking, community: Community, words: str) -> dict[str, Any]:
    """Into which community. Raises Refused: none is named, it is the same, or not the actor's."""
    assert ctx.who is not None
    known = [each for each in await communities.opened(ctx.session) if each.id != community.id]
    number, _ = meant(words, rights.names(known))
    into = await communities.get(ctx.session, number) if number is not None else None
    if into is None or into.state not in rights.LIVING or into.platform != community.platform:
        raise Refused("life-merge-into-unknown", name=words[:80])
    if not await rights.may_change(ctx.session, ctx.who, into):
        hidden = into.visibility == "private"
        raise Refused("life-merge-into-unknown" if hidden else "life-merge-into-not-yours", name=into.name)
    return {"into": into.id, "name": into.name, "old": community.name}


async def _read_reopen(ctx: Context | Asking, community: Community, _words: str) -> dict[str, Any]:
    await _name_is_free(ctx, community)
    last = await _closing_of(ctx, community)
    inside = detail_of(last).get("members", ()) if last else ()
    return {"old": community.name, "people": len(inside)}


async def _name_is_free(ctx: Context | Asking, community: Community) -> None:
    """Raises Refused: another community has its name by now."""
    if community.slug in facts.slugs(await facts.landscape(ctx.session), own=community.id):
        raise Refused("life-reopen-taken", name=community.name)


async def _closing_of(ctx: Context | Asking, community: Community) -> Change | None:
    """The change that closed a community last."""
    closed = await changes.of_community(ctx.session, community.id or 0, "done", "undoing", "undo-stuck")
    return next((each for each in reversed(closed) if each.kind in {"close", "merge"}), None)


async def _lines_close(_ctx: Context, community: Community, change: Change) -> list[Line]:
    args = life.args_of(community, change)
    return [Line(id=f"life-close-{what}", kind="item", args=args) for what in ("told", "archived", "kept")]


async def _lines_merge(_ctx: Context, community: Community, change: Change) -> list[Line]:
    args = life.args_of(community, change)
    lines = [Line(id="life-merge-invited", kind="item", args=args)]
    return [*lines, *(Line(id=f"life-close-{what}", kind="item", args=args) for what in ("archived", "kept"))]


async def _lines_reopen(_ctx: Context, community: Community, change: Change) -> list[Line]:
    args = life.args_of(community, change)
    return [Line(id=f"life-reopen-{what}", kind="item", args=args) for what in ("open", "people")]


# ---------------------------------------------------------------- closing


async def _begin_close(ctx: Context, community: Community, change: Change) -> None:
    community.state = "closing"
    ctx.session.add(community)
    await life.start(ctx, community, change, CLOSE, **_begun(community, change))


def _begun(community: Community, change: Change) -> dict[str, Any]:
    """What closing begins with. Begun again, the room may be closed already, with nobody in it or out of sight."""
    detail = detail_of(change)
    hidden = community.visibility == "private"
    return {"known": detail.get("members", []), "private": hidden, "by_hand": bool(detail.get("by_hand"))}


async def _members(state: State, platform: Any) -> State:
    """Who is in it: for bringing them back, should it be undone."""
    try:
        room = await platform.room(state["room"])
    except NotFound:
        if not (state["private"] and state["by_hand"]):
            raise
        return {"members": state["known"], "archived": True}
    inside = await platform.members(state["room"]) if room.inside and not room.archived else []
    return {"members": inside or state["known"], "archived": room.archived}


async def _remember(state: State, ctx: Context) -> None:
    change, _ = await life.place(ctx, state)
    note(change, members=state["members"])
    ctx.session.add(change)


async def _notice(state: State, ctx: Context) -> None:
    """Say in the room what will happen to it, and until when it can be undone."""
    if state["archived"]:
        return
    change, community = await life.place(ctx, state)
    until = Moment(at=ctx.now + timedelta(days=ctx.settings.undo_days), style="date")
    args = {**life.args_of(community, change), "who": await name(ctx, change.person_id), "day": until}
    reason = str(detail_of(change).get("reason", ""))
    kind = "merge" if change.kind == "merge" else "close"
    lines = [Line(id=f"life-notice-{kind}", args=args), *([plain(reason, "quote")] if reason else [])]
    lines.append(Line(id="life-notice-kept", kind="note", args=args))
    join = Pick(label="community-join", action="community.join", value=str(detail_of(change).get("into", "")))
    told = Say(lines=tuple(lines), choices=(join,) if change.kind == "merge" else ())
    await tell_room(ctx, community, told, _notice_name(change))


def _notice_name(change: Change) -> str:
    return f"life:{change.id}:notice:{'undo' if change.state == 'undoing' else 'do'}"


async def _said(state: State, ctx: Context) -> None:
    change, _ = await life.place(ctx, state)
    await until_said(ctx, _notice_name(change))


async def _archive(state: State, platform: Any) -> State:
    if not state["archived"]:  # somebody did it by hand, where the bot may not
        try:
            await platform.archive(state["room"])
        except NotFound:
            # It was there when this began, and the bot spoke in it. Archiving a private one may put it out of the bot's
            # sight: the answer of the call that did it was lost.
            if not state["private"]:
                raise
    return {"members": [], "known": []}  # kept with the change alone


async def closed(state: State, ctx: Context) -> None:
    """It is archived: it leaves the directory, and those concerned are told."""
    change, community = await life.place(ctx, state)
    community.state, community.closed_at = "closed", ctx.now
    lines: list[Line] = []
    if change.kind == "merge":
        community.merged_into = detail_of(change)["into"]
        into = await communities.get(ctx.session, detail_of(change)["into"])
        lines += await not_told(ctx, into.name if into else "", len(state["met"]))
    ctx.session.add(community)
    await ctx.session.flush()
    await release_seconds(ctx, community, f"life:{change.id}:closed:{change.tries}")
    await life.finish(ctx, change, community, *lines)


# ---------------------------------------------------------------- merging


async def _meet(state: State, platform: Any) -> State:
    """Who the people of the one are, those apart that are in the other already."""
    met: list[dict[str, Any]] = []
    there = set(await platform.members(state["into_room"]))
    for account in state["members"]:
        if account in there:
            continue
        try:
            profile: Profile = await platform.profile(account)
        except NotFound:
            continue
        if profile.kind == "member":
            met.append(profile.model_dump(exclude={"email", "fields"}))
    return {"met": met}


async def _invited(state: State, ctx: Context) -> None:
    """Each is told where their community went, with a way in; nobody is added."""
    change, community = await life.place(ctx, state)
    for known in state["met"]:
        account = await people.update(ctx.session, community.platform, Profile.model_validate(known), ctx.now)
        await _invite(ctx, change, community, account.person_id)


async def _invite(ctx: Context, change: Change, community: Community, person: int) -> None:
    detail = detail_of(change)
    into = await communities.get(ctx.session, detail["into"])
    assert into is not None
    if into.visibility == "private" and await communities.membership(ctx.session, into.id or 0, person) is None:
        await communities.set_role(ctx.session, into.id or 0, person, "invited", ctx.now)
    args = {"old": community.name, "new": into.name}
    told = Say(
        lines=(
            Line(id="life-merged-invited", args=args),
            plain(into.purpose, "quote"),
        ),
        choices=(Pick(label="community-join", action="community.join", value=str(into.id), style="primary"),),
    )
    await ctx.outbox.tell(
        to_person(person, community),
        told,
        name=f"life:{change.id}:merged:{person}",
        kind=INVITATION,
        reason="its community was merged",
        batch=f"life:{change.id}:invitations",
    )


async def merged(state: State, ctx: Context) -> None:
    """As `closed`; and its people are invited to the other."""
    await closed(state, ctx)
    await _invited(state, ctx)


async def _begin_merge(ctx: Context, community: Community, change: Change) -> None:
    into = await communities.get(ctx.session, detail_of(change)["into"])
    assert into is not None
    community.state = "closing"
    ctx.session.add(community)
    await life.start(ctx, community, change, MERGE, **_begun(community, change), into_room=into.room)


async def _forget(_state: State, _platform: Any) -> State:
    return {"met": [], "members": [], "known": []}  # what a profile says is kept in the account alone


async def _close_refused(state: State, code: str, ctx: Context) -> None:
    change, community = await life.place(ctx, state)
    args = {"name": community.name, "slug": community.slug, "old": community.name}
    if code.startswith("not-allowed"):
        await life.stuck(ctx, change, community, code, Line(id="life-stuck-close", args=args))
        return
    community.state = str(detail_of(change).get("before", "active")) if change.state != "undoing" else "active"
    ctx.session.add(community)
    known = "gone" if code.startswith("not-found") else "failed"
    await life.refused(ctx, change, community, Line(id=f"life-refused-{known}", args=args))


# ---------------------------------------------------------------- reopening


async def _begin_reopen(ctx: Context, community: Community, change: Change) -> None:
    await life.start(ctx, community, change, REOPEN)


async def _unclose(ctx: Context, community: Community, change: Change) -> None:
    """Undo a closing or a merging. Raises Refused."""
    await _name_is_free(ctx, community)
    await _begin_reopen(ctx, community, change)


async def _reopen(state: State, platform: Any) -> State:
    await platform.reopen(state["room"])
    return {}


async def reopened(state: State, ctx: Context) -> None:
    """The room is open again: what was in it is brought back, in steps of their own."""
    change, community = await life.place(ctx, state)
    await life.start(ctx, community, change, RESTORE, members=await members_before(ctx, community))


async def members_before(ctx: Context, community: Community) -> list[str]:
    """The accounts that were in a community when it closed, while that is kept."""
    last = await _closing_of(ctx, community)
    return list(detail_of(last).get("members", [])) if last else []


async def _enter(state: State, platform: Any) -> State:
    room = await platform.adopt(state["room"])
    if room.archived:
        raise NotAllowed("still_archived")
    return {}


async def _let_back_in(state: State, platform: Any) -> State:
    """Who was in it is in it again; who left the organisation meanwhile is not missed here."""
    here = set(await platform.members(state["room"]))
    away = [each for each in state["members"] if each not in here]
    refused = await platform.invite(state["room"], away) if away else {}
    return {"members": [], "back": len(away) - len(refused)}


async def _back(state: State, ctx: Context) -> None:
    """It is in the directory again, with its charter pinned, and says so."""
    change, community = await life.place(ctx, state)
    last = await _closing_of(ctx, community)
    before = str(detail_of(last).get("before", "")) if last else ""
    community.state = before if before in rights.LIVING else "active"
    community.closed_at, community.merged_into, community.missing_at = None, None, None
    ctx.session.add(community)
    await ctx.session.flush()
    await grant_leads(ctx, community)
    room, promise = to_room(community), charter_name(community)
    pin = f"life:{change.id}:pin:{change.tries}"
    await ctx.outbox.tell(room, None, name=pin, kind="decision", op="pin", of=promise)
    line = say("life-notice-reopened", name=community.name)
    promise = f"life:{change.id}:reopened:{change.tries}"
    await tell_room(ctx, community, line, promise)
    if last is not None:
        await ctx.outbox.cancel(batch=f"life:{last.id}:invitations")
    await life.finish(ctx, change, community)


async def _reopen_refused(state: State, code: str, ctx: Context) -> None:
    change, community = await life.place(ctx, state)
    args = {"name": community.name, "slug": community.slug, "old": community.name}
    if code.startswith(("not-allowed", "not-found")):
        await life.stuck(ctx, change, community, code, Line(id="life-stuck-reopen", args=args))
        return
    await life.refused(ctx, change, community, Line(id="life-refused-failed", args=args))


CLOSED = frozenset({"closed"})
life.VERBS["close"] = life.Verb("close", _read_close, _lines_close, _begin_close, _unclose)
life.VERBS["merge"] = life.Verb("merge", _read_merge, _lines_merge, _begin_merge, _unclose, question="into")
life.VERBS["reopen"] = life.Verb("reopen", _read_reopen, _lines_reopen, _begin_reopen, _begin_close, allowed=CLOSED)
_BEFORE = (Step("members", run=coded(_members), done=_remember),)
_TELL = (Step("notice", done=_notice), Step("said", done=_said))
nudge.sequences[CLOSE] = SequenceSpec(
    CLOSE, (*_BEFORE, *_TELL, Step("archive", run=coded(_archive), done=closed)), _close_refused
)
nudge.sequences[MERGE] = SequenceSpec(
    MERGE,
    (*_BEFORE, Step("meet", run=coded(_meet)), *_TELL, Step("archive", run=coded(_archive), done=merged),
     Step("forget", run=_forget)),
    _close_refused,
)  # fmt: skip
nudge.sequences[REOPEN] = SequenceSpec(REOPEN, (Step("reopen", run=coded(_reopen), done=reopened),), _reopen_refused)
nudge.sequences[RESTORE] = SequenceSpec(
    RESTORE, (Step("enter", run=coded(_enter)), Step("members", run=coded(_let_back_in), done=_back)), _reopen_refused
)
