"""Where an announcement is drafted together: its thread in a room, which is told every version, what is changed of its
time and its audience, and what becomes of it.

What people write there stays in the chat: nothing of it is read or kept, until somebody hands it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from bot import people
from bot.nudge import Context, HomeRoom, Role, To
from bot.say import Line, Pick, Say, Term, plain
from nudges.launch import facts
from nudges.launch.capability import nudge
from storage import launch as rows
from storage import signing, threads
from storage.launch import Announcement, AnnouncementVersion

SHOWN, SHORT = 3, 160
"""How many changed lines of a new version a thread is shown, and characters of each."""


@nudge.every(minutes=1)
async def told(ctx: Context) -> None:
    """Tell each thread what became of its announcement, whoever did it and wherever."""
    for made in await threads.untold(ctx.session):
        await follow(ctx, made)


async def begin(ctx: Context, made: Announcement, version: AnnouncementVersion) -> None:
    """Say where it is talked about: below the message it was made from, else below one of ours in the comms room."""
    head = f"announcement:{made.id}:thread"
    if not made.room:
        home = _home(ctx, ctx.actor.platform)
        if home is None:
            return
        made.platform, made.room, made.thread = home.platform, home.room, head
        ctx.session.add(made)
        await ctx.session.flush()
    if not await threads.tell(ctx.session, made, _stands(made)):
        return
    args = {
        "number": str(made.id),
        "title": version.title,
        "speaker": await people.name(ctx.session, made.speaker_id),
        "owner": await people.name(ctx.session, made.owner_id),
    }
    lines = (
        Line(id="announce-thread-title", kind="title", args={**args}),
        Line(id="announce-thread-about", args={**args}),
        Line(id="announce-thread-how", kind="note", args={**args}),
    )
    value = str(made.id)
    ways = (
        Pick(label="announce-show", action="announce.show", value=value),
        Pick(label="announce-edit", action="announce.edit", value=value),
        Pick(label="announce-take", action="announce.own", value=value),
    )
    await ctx.outbox.tell(
        To(room=made.room, platform=made.platform),
        Say(lines=lines, choices=ways),
        name=head,
        kind="decision",
        reply_to="" if made.thread == head else made.thread,
        language=_language(ctx, made),
    )


async def follow(ctx: Context, made: Announcement) -> None:
    """Tell its thread what it was not told yet: versions, and how it stands. Where it has none, nothing."""
    stands, (version, _, state) = _stands(made), made.told.partition(" ")
    if not made.room or made.told == stands or not await threads.tell(ctx.session, made, stands):
        return
    every = await rows.versions(ctx.session, made.id or 0)
    for before, after in pairwise(every):
        if after.number > int(version or 0):
            lines = await _version(ctx, before, after)
            await say(ctx, made, lines, f"v{after.number}")
    if made.state != state:
        lines = await _became(ctx, made)
        await say(ctx, made, lines, f"{stands}:{made.changed_at:%Y%m%d%H%M%S%f}")


async def say(ctx: Context, made: Announcement, lines: list[Line], name: str) -> None:
    """Say something in its thread, if it has one. name: of what is said, among all that is said there."""
    if made.room:
        await ctx.outbox.tell(
            To(room=made.room, platform=made.platform),
            Say(lines=tuple(lines)),
            name=f"announcement:{made.id}:thread:{name}",
            kind="decision",
            reply_to=made.thread,
            language=_language(ctx, made),
        )


@dataclass(frozen=True, slots=True)
class Stood:
    """Whom an announcement is for and when it comes, in words, at one time."""

    whom: Sequence[Line]
    when: Sequence[Line]


async def stands(ctx: Context, made: Announcement) -> Stood:
    """Both as they are now: to be asked before something is changed, and given to `altered` afterwards."""
    return Stood(await facts.whom(ctx, made), facts.when(made))


async def altered(ctx: Context, made: Announcement, stood: Stood, key: str) -> None:
    """Tell its thread who changed its time or its audience, what that was and what it is. key: of what changed it."""
    if not made.room:
        return
    now = await stands(ctx, made)
    for what, before, after in (("whom", stood.whom, now.whom), ("when", stood.when, now.when)):
        if before != after:
            by = Line(id=f"announce-thread-{what}", args={"who": ctx.actor.name})
            await say(ctx, made, [by, *before, Line(id="announce-thread-now"), *after], f"{what}:{key}")


async def _became(ctx: Context, made: Announcement) -> list[Line]:
    """How it stands now; where it was refused, by whom and with which words."""
    args = {"number": str(made.id), "version": made.version}
    request = await signing.request_of(ctx.session, made)
    if made.state != rows.DRAFT or request is None or request.state != "refused" or request.decided_by is None:
        return [Line(id=f"announce-thread-{made.state}", args={**args})]
    who = await people.name(ctx.session, request.decided_by)
    return [
        Line(id="announce-thread-refused", args={**args, "who": who}),
        Line(id="decide-reason", kind="fact", args={"reason": Term(term=f"option-{request.reason_code}")}),
        *([plain(request.reason, "quote")] if request.reason else []),
    ]


async def _version(ctx: Context, before: AnnouncementVersion, after: AnnouncementVersion) -> list[Line]:
    """Who wrote another version, and what is different in it."""
    who = await people.name(ctx.session, after.by_id)
    return [
        Line(id="announce-thread-version", args={"version": after.number, "who": who}),
        *difference(f"{before.title}\n{before.text}", f"{after.title}\n{after.text}"),
    ]


def difference(before: str, after: str) -> list[Line]:
    """What is different between two texts, by their lines: a few of them. Pure."""
    changes = list(_changed(before, after))
    lines = [Line(id=id, kind="item", args={"text": _short(text)}) for id, text in changes[: 2 * SHOWN]]
    if len(changes) > 2 * SHOWN:
        lines.append(Line(id="announce-thread-more", kind="note", args={"count": len(changes) - 2 * SHOWN}))
    return lines or [Line(id="announce-thread-same", kind="note")]


def _changed(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = (list(filter(None, map(str.strip, text.splitlines()))) for text in (before, after))
    for kind, begin_, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (("announce-thread-gone", line) for line in old[begin_:end])
            yield from (("announce-thread-new", line) for line in new[first:last])


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def _stands(made: Announcement) -> str:
    return f"{made.version} {made.state}"


def _home(ctx: Context, platform: str) -> HomeRoom | None:
    """The room of those who look after communication: of that platform, else of any."""
    every = ctx.rooms.get(Role.COMMS, ())
    return next((each for each in every if each.platform == platform), every[0] if every else None)


def _language(ctx: Context, made: Announcement) -> str:
    """What that room speaks."""
    of = {(each.platform, each.room): each.language for each in ctx.rooms.get(Role.COMMS, ())}
    return of.get((made.platform, made.room), ctx.language)
