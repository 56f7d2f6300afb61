"""What one person gets of an announcement, whichever medium carries it."""

from __future__ import annotations

from bot import people
from bot.chat import Block, Run
from bot.markdown import write
from bot.nudge import Context
from bot.say import Line, Say, plain
from storage.launch import Announcement, AnnouncementVersion


async def say_of(ctx: Context, made: Announcement, version: AnnouncementVersion) -> Say:
    """Its title, whose words they are and that they are relayed, the words as they were written (Markdown).

    Whoever gets it from the bot gets it so, also where the speaker posts it in their own name elsewhere.
    """
    speaker = await people.name(ctx.session, made.speaker_id)
    relayed = Line(id="announcement-relayed", kind="note", args={"speaker": speaker})
    return Say(lines=(plain(version.title, "title"), relayed, plain(version.text, "rich")))


async def in_chat(ctx: Context, made: Announcement, version: AnnouncementVersion) -> Say:
    """The same as it stands in the chat: what its speaker posts in their own name, nobody relays."""
    said = await say_of(ctx, made, version)
    return said.model_copy(update={"lines": (said.lines[0], *said.lines[2:])}) if made.own_name else said


def to_post(version: AnnouncementVersion) -> str:
    """What its speaker posts, as Markdown: the title in bold, then the words. Pure."""
    title = write([Block(kind="paragraph", runs=(Run(text=version.title, bold=True),))])
    return f"{title}\n\n{version.text}"
