"""Showing announcements: those there are, one of them, its versions."""

from __future__ import annotations

from collections.abc import Sequence

from bot import people
from bot.chat import Command, Press
from bot.decide import split_number
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Moment, Pick, Say, Term, plain
from nudges.launch import facts, progress
from nudges.launch.capability import WRITERS, nudge
from storage import launch as rows
from storage import launching
from storage.launch import Announcement, AnnouncementVersion
from storage.signing import UNASKED

SHOWN = 20
"""Announcements in one list."""


@nudge.command("announce list", by=WRITERS, aliases=["annonce liste"])
async def listed(_event: Command, ctx: Context) -> Answer:
    """Those being prepared or sent, the newest first."""
    found = await rows.listed(ctx.session, (*rows.OPEN, *launching.UNDER_WAY))
    new = Pick(label="announce-new", action="announce.begin")
    if not found:
        return Say(lines=(Line(id="announce-none"),), choices=(new,))
    lines = [Line(id="announce-list", args={"count": len(found)}, kind="title")]
    for made, version in found[:SHOWN]:
        args = {
            "number": str(made.id), "title": version.title, "version": version.number,
            "speaker": await people.name(ctx.session, made.speaker_id), "state": Term(term=f"announce-is-{made.state}"),
        }  # fmt: skip
        lines.append(Line(id="announce-item", args={**args}, kind="item"))
    if len(found) > SHOWN:
        lines.append(Line(id="announce-more", args={"count": len(found) - SHOWN}, kind="note"))
    return Say(lines=tuple(lines), choices=(new,))


@nudge.choice("announce.show", by=WRITERS, aliases=["annonce voir"])
async def show(event: Press, ctx: Context) -> Answer:
    """One of them, as it stands."""
    number, _ = split_number(event.value)
    row = await rows.get(ctx.session, number) if number is not None else None
    if row is None:
        raise Refused("announce-unknown", number=str(number or ""))
    made, version = row
    title = Line(id="announce-title", kind="title", args={"number": str(made.id), "title": version.title})
    history = await _history(ctx, made)
    return Say(lines=(title, *await about(ctx, made, version), *history), choices=ways(made))


async def about(ctx: Context, made: Announcement, version: AnnouncementVersion) -> list[Line]:
    """Whose words they are, who looks after them, and the words."""
    args = {
        "speaker": await people.name(ctx.session, made.speaker_id),
        "owner": await people.name(ctx.session, made.owner_id),
        "state": Term(term=f"announce-is-{made.state}"),
    }
    return [
        Line(id="announce-speaker-own" if made.own_name else "announce-speaker", args={**args}, kind="fact"),
        Line(id="announce-owner", args={**args}, kind="fact"),
        Line(id="announce-state", args={**args}, kind="fact"),
        *_thread(ctx, made),
        *await facts.about(ctx, made),
        plain(version.text, "rich"),
    ]


def _thread(ctx: Context, made: Announcement) -> list[Line]:
    """Where it is talked about: a link, for who is on that platform."""
    if not made.room:
        return []
    if ctx.who is None or ctx.who.platform != made.platform:
        return [Line(id="announce-thread-elsewhere", args={"platform": made.platform})]
    return [Line(id="announce-thread-here", kind="room", room=made.room)]


async def _history(ctx: Context, made: Announcement) -> Sequence[Line]:
    """Who wrote which version, when there are several."""
    every = await rows.versions(ctx.session, made.id or 0)
    if len(every) < 2:
        return ()
    return [
        Line(
            id="announce-version",
            kind="item",
            args={
                "version": each.number, "who": await people.name(ctx.session, each.by_id), "at": Moment(at=each.at),
            },
        )
        for each in reversed(every)
    ]  # fmt: skip


def ways(made: Announcement) -> tuple[Pick, ...]:
    """What can be done about it."""
    if made.begun_at is not None:
        return progress.ways(made)
    if made.state not in rows.OPEN:
        return ()
    value = str(made.id)
    submit = Pick(label="announce-submit", action="announce.submit", value=value, style="primary")
    paper = Pick(label="sheets-print", action="announce.paper", value=value)
    return (
        *((submit,) if made.state in UNASKED else ()),
        *((paper,) if made.state == rows.SIGNED else ()),
        Pick(label="announce-edit", action="announce.edit", value=value),
        Pick(label="announce-audience", action="announce.audience", value=value),
        Pick(label="announce-when", action="announce.when", value=value),
        Pick(label="announce-preview", action="announce.preview", value=value),
        Pick(label="announce-cancel", action="announce.cancel", value=value, style="danger"),
    )
