"""Who gets the bundle: whoever looks after communication, by a link; an administrator, on the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from bot import people
from bot.chat import Press
from bot.nudge import Answer, Browsed, Context, File, Refused, Terminal
from bot.paper import typeset
from bot.say import Line, Moment, Say
from bot.visits import link
from nudges.launch import reaching
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import found
from nudges.launch.guide import telling
from nudges.launch.paper.bundle import Announced, Way, bundle, copies
from storage import communities
from storage import launch as rows
from storage.launch import Announcement

PRINTED = (rows.SIGNED, rows.SENDING, rows.HELD, rows.PAUSED, rows.SENT)
"""States of what may be printed: signed, and not taken back."""

WAYS = 4
"""Communities on the page: as many codes as one finds one's way among."""


@nudge.choice("announce.paper", by=WRITERS, aliases=["annonce papier"])
async def paper(event: Press, ctx: Context) -> Answer:
    """How many copies are needed, and a link to the sheets."""
    announced, counts = await _printed(ctx, event.value)
    path = f"/{nudge.id}/paper.pdf?{urlencode({'announcement': announced.number})}"
    total = sum(count for _, count in copies(counts, ctx.smallest_group))
    lines = (
        Line(id="sheets-needed", args={"count": total, "number": str(announced.number), "title": announced.title}),
        Line(id="sheets-link", kind="link", url=await link(ctx, path)),
        Line(id="sheets-link-once", args={"count": ctx.link_minutes}, kind="note"),
    )
    return Say(lines=lines)


@nudge.shows("paper.pdf", by=WRITERS)
async def page(browsed: Browsed, ctx: Context) -> File:
    """The sheets as a file; the query says of which announcement."""
    announced, counts = await _printed(ctx, browsed.query.get("announcement", ""))
    made = bundle(browsed.voice, announced, counts, ctx.smallest_group)
    body = await asyncio.to_thread(typeset, made, ctx.now)
    return File(body, "application/pdf", f"{nudge.id}-{announced.number}.pdf")


@nudge.verb("launch print")
async def printing(at: Terminal, number: int, /, *, out: Path = Path()) -> bool:
    """Write the sheets of an announcement into a folder. Raises Refused: there are none, or they cannot be written."""
    async with at.reads() as ctx:
        announced, counts = await _printed(ctx, str(number))
        made, now, smallest = bundle(at.voice, announced, counts, ctx.smallest_group), ctx.now, ctx.smallest_group
    body = await asyncio.to_thread(typeset, made, now)
    path = out / f"{nudge.id}-{announced.number}.pdf"
    try:
        await asyncio.to_thread(_write, path, body)
    except OSError as error:
        raise Refused("sheets-not-written", path=str(path), reason=error.strerror or "") from None
    at.line(at.voice("sheets-written", path=str(path)))
    headings = [at.voice("sheets-column-team"), at.voice("sheets-column-copies")]
    teams = copies(counts, smallest)
    at.table(headings, [(team or at.voice("sheets-others"), count) for team, count in teams])
    return False


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


async def _printed(ctx: Context, text: str) -> tuple[Announced, Mapping[str, int]]:
    """What is printed, and for how many of which department. Raises Refused."""
    made, version = await found(ctx, text)
    if made.state not in PRINTED:
        raise Refused("sheets-unsigned", number=str(made.id), title=version.title)
    resolved = await reaching.resolve(ctx, made)
    if not any(resolved.paper.values()):
        raise Refused("sheets-nobody", number=str(made.id), title=version.title)
    speaker = await people.name(ctx.session, made.speaker_id)
    number, when = made.id or 0, _when(ctx, made)
    told = Announced(number, version.number, version.title, version.text, speaker, await ways(ctx), when)
    return told, resolved.paper


def _when(ctx: Context, made: Announcement) -> Line | None:
    """From when on it may be handed out."""
    if made.at is None:
        return None
    if not made.each_local:
        return Line(id="sheets-not-before", args={"at": Moment(at=made.at, zone=made.zone or ctx.calendar.zone)})
    local = datetime.fromisoformat(made.local).replace(tzinfo=UTC)
    day, time = Moment(at=local, style="day"), Moment(at=local, zone="UTC", style="time")
    return Line(id="sheets-not-before-each", args={"day": day, "time": time})


async def ways(ctx: Context) -> tuple[Way, ...]:
    """Public communities: those that guides name first, then those that most people are in."""
    named = [example.community for guide in telling.guides(ctx) for example in guide.examples]
    every = await communities.listed(ctx.session)
    every.sort(key=lambda each: (each.slug not in named, -each.members, each.name))
    return tuple((each.name, ctx.way_to(each.platform, each.room)) for each in every[:WAYS])
