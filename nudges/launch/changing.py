"""What a change of an announcement does to its signature: nobody answers for words that they did not see."""

from __future__ import annotations

from bot.nudge import Context
from storage import launch as rows
from storage.launch import Announcement, AnnouncementVersion


async def changed(ctx: Context, made: Announcement, version: AnnouncementVersion) -> None:
    """Its words, its time, its audience or who posts it were written anew: whatever was signed is signed no more.

    To be called once the change is written. made, version: as it is now.
    """
    assert made.id == version.announcement_id, "the version is of that announcement"
    await rows.void(ctx.session, version.announcement_id, ctx.now)
    await ctx.session.refresh(made)
