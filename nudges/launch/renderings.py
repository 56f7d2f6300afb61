"""An announcement as those see it who are asked to sign it: what goes with it, then each of its renderings."""

from __future__ import annotations

from bot import people
from bot.chat import letter
from bot.markdown import read
from bot.nudge import Context
from bot.say import Line, plain
from nudges.launch import facts
from nudges.launch.wording import say_of
from storage.launch import Announcement, AnnouncementVersion


async def about(ctx: Context, made: Announcement, version: AnnouncementVersion) -> list[Line]:
    """Which announcement it is, whose words, who wrote them, whom it is for and when it is sent."""
    args = {
        "number": str(made.id),
        "title": version.title,
        "version": version.number,
        "speaker": await people.name(ctx.session, made.speaker_id),
        "owner": await people.name(ctx.session, made.owner_id),
        "by": await people.name(ctx.session, version.by_id),
    }
    lines = [
        Line(id="announcement-card", kind="title", args={**args}),
        Line(id="announcement-voice-own" if made.own_name else "announcement-voice", args={**args}),
        Line(id="announce-owner", kind="fact", args={**args}),
        Line(id="announcement-version", kind="fact", args={**args}),
        *await facts.about(ctx, made),
    ]
    if made.counted is not None:
        lines.append(Line(id="announcement-counted", kind="fact", args={"count": made.counted}))
    return lines


async def renderings(ctx: Context, made: Announcement, version: AnnouncementVersion) -> list[Line]:
    """As it looks in the chat, then as a letter, whose first words are its subject."""
    chat = await say_of(ctx, made, version)
    reading = read(version.text)
    relayed = next(each for each in chat.lines if each.id == "announcement-relayed")
    return [
        Line(id="announcement-in-chat"),
        *chat.lines,
        Line(id="announcement-in-mail"),
        Line(id="announcement-subject", kind="fact", args={"title": version.title}),
        relayed.model_copy(update={"kind": "quote"}),
        plain(letter(reading.blocks)[0], "quote"),
    ]
